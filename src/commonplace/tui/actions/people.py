"""What can be done on the screen People."""

from __future__ import annotations

from commonplace.tui.actions.action import Action, Where


def _people(id: str, key: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(f"people.{id}", (key,), label, help, Where.PEOPLE, act, bar)


ACTIONS = (
    Action("people.cell", (), "Cell", "Moves from cell to cell.", Where.PEOPLE, written="← → ↑ ↓",
           palette=False),
    _people("edit", "e", "Edit", "Writes in the cell; of marked people, in all of theirs.",
            "edit", bar=1),
    _people("open", "enter", "Words", "Goes to the quotes or to a transcript of this person.",
            "open_person", bar=2),
    _people("mark", "space", "Mark", "Marks this person, for setting something for several, and "
            "for joining.", "mark", bar=3),
    Action("people.mark_all", ("asterisk",), "Mark all", "Marks everybody listed, or nobody.",
           Where.PEOPLE, "mark_all", written="*"),
    _people("join", "j", "Join", "Makes the marked people one person.", "join", bar=5),
    _people("apart", "t", "Take apart", "Makes a person of their own of a label.", "take_apart"),
    _people("transcripts", "w", "Transcripts", "A line for each label in each transcript, "
            "where waves are set; or a line for each person again.", "by_transcript", bar=6),
    _people("sort", "s", "Sort", "Sorts by this column; again, the other way round.", "sort",
            bar=8),
    _people("filter", "/", "Filter", "Narrows the list: words, or role=practitioner.", "filter",
            bar=4),
    _people("new", "+", "New attribute", "Adds an attribute with its type.", "new_attribute",
            bar=9),
    _people("type", "y", "Type", "Says what this attribute is: text, number, date or choice.",
            "type"),
    _people("rename", "r", "Rename", "Gives the person, or the attribute of this column, another "
            "name.", "rename"),
    _people("remove", "d", "Remove", "Takes the attribute of this column away from everybody.",
            "remove_attribute"),
    _people("import", "i", "Import", "Reads people and attributes from a table; shows first "
            "what would change.", "import_people", bar=11),
    _people("export", "o", "Export", "Writes people and attributes to a file; CSV and .xlsx can "
            "be read in again.", "export", bar=10),
)  # fmt: skip
