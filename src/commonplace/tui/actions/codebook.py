"""What can be done on the screen Codebook."""

from __future__ import annotations

from commonplace.tui.actions.action import Action, Where


def _book(
    id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0, written: str = ""
) -> Action:
    return Action(id, tuple(keys.split()), label, help, Where.BOOK, act, bar, written)


def _passages(id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(id, tuple(keys.split()), label, help, Where.PASSAGES, act, bar)


def _reading(id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(id, tuple(keys.split()), label, help, Where.READING, act, bar)


ACTIONS = (
    _book("book.edit", "e", "Write", "Opens the definition, or the field you were at: ctrl+s "
          "keeps it, esc drops it.", "edit_field", bar=1),
    _book("book.new", "+", "New", "Adds a code under this one.", "new_code", bar=3),
    _book("book.rename", "r", "Rename", "Gives the code another name.", "rename_code", bar=4),
    _book("book.move", ">", "Move", "Puts the code, with all below it, elsewhere.", "move_code",
          bar=5),
    _book("book.merge", "M", "Merge", "Makes one code of two; the codings follow.", "merge_code",
          bar=6),
    _book("book.retire", "x", "Retire", "Takes the code out of use, or brings it back; what is "
          "coded with it stays.", "retire_code", bar=8),
    _book("book.color", "C", "Colour", "Gives the code another colour.", "color_code", bar=9),
    _book("book.up", "shift+up alt+up", "Up", "Puts the code before the one above.", "reorder(-1)",
          written="shift+↑"),
    _book("book.down", "shift+down alt+down", "Down", "Puts the code after the one below.",
          "reorder(1)", written="shift+↓"),
    _book("book.remove", "delete", "Remove", "Removes a code that nothing is coded with.",
          "remove_code"),
    _book("book.find", "/", "Find", "Goes to a code by a few of its letters.", "find", bar=11),
    _book("book.rereading", "R", "To read again", "Lists what was coded under older definitions, "
          "or the passages of the code again.", "rereading", bar=10),
    _book("book.compare", "=", "Compare", "Shows how a codebook file differs, and takes it "
          "in.", "compare", bar=12),
    _book("book.export", "o", "Export", "Writes the codebook to a file.", "export", bar=13),
    _book("book.panes", "tab", "Panes", "Goes to the entry, the passages, and back to the codes.",
          "next_pane(1)", bar=2),
    _book("book.panes_back", "shift+tab", "Panes back", "The same the other way round.",
          "next_pane(-1)"),
    _book("book.back", "escape", "Back", "Unmarks all passages; else goes back to the codes.",
          "back"),
    Action("entry.open", ("enter",), "Write", "Opens the field: ctrl+s keeps what you write, esc "
           "drops it, going elsewhere keeps it.", Where.ENTRY, "edit_field", 1, palette=False),
    Action("entry.keep", ("ctrl+s",), "Keep", "Keeps what you write.", Where.WRITING,
           "keep_field", 1, palette=False),
    Action("entry.drop", ("escape",), "Drop", "Drops what you write; with changes, pressed twice.",
           Where.WRITING, "drop_field", 2, palette=False),
    Action("passages.open", ("enter",), "Go to passage", "Opens the transcript at the passage.",
           Where.PASSAGES, "open_passage", 1, palette=False),
    _passages("passages.mark", "space", "Mark", "Marks the passage, or not.", "mark", bar=2),
    _passages("passages.split", "s", "Split off", "Gives the marked passages another code, or a "
              "new one.", "split", bar=3),
    _passages("passages.alike", "a", "Alike", "Marks those whose words are most like the marked "
              "ones, a few at a time.", "mark_alike", bar=4),
    _passages("passages.containing", "w", "With words", "Marks those with certain words.",
              "mark_containing", bar=5),
    _passages("passages.all", "*", "All", "Marks all passages listed, or none.", "mark_all"),
    _reading("passages.fits", "y", "Still fits", "Says of the marked passages, or of this one, "
             "that they fit as the code is now defined.", "still_fits", bar=2),
    _reading("passages.recode", "c", "Recode", "Gives the marked passages, or this one, another "
             "code.", "recode", bar=3),
    _reading("passages.remove", "d", "Remove", "Removes the coding of this passage.",
             "remove_coding", bar=4),
)  # fmt: skip
