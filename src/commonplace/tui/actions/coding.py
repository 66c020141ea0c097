"""What can be done on the screen Code."""

from __future__ import annotations

from commonplace.tui.actions.action import Action, Where


def _code(id: str, keys: str, label: str, help: str, act: str, *, bar: int = 0) -> Action:
    return Action(id, tuple(keys.split()), label, help, Where.CODE, act, bar)


ACTIONS = (
    Action(
        "code.nth",
        tuple("123456789"),
        "Code",
        "Applies the n-th top-level code to the selection, or to the sentence under the cursor.",
        Where.CODE,
        "apply_nth({key})",
        1,
        written="1–9",
        palette=False,
    ),
    _code(
        "code.pick",
        "c",
        "Pick",
        "Chooses a code by a few of its letters and applies it; a new name makes a new code.",
        "pick_code", bar=2,
    ),
    _code("code.invivo", "i", "In vivo", "Makes a code of the selected words.", "in_vivo"),
    _code("code.remove", "d", "Remove", "Removes a coding at the cursor.", "remove_coding", bar=9),
    _code(
        "code.memo",
        "m",
        "Memo",
        "Writes a memo on the coding at the cursor, else on the selection.",
        "memo", bar=8,
    ),
    _code("code.document_memo", "M", "Transcript memo", "Writes a memo on the transcript.",
          "document_memo"),
    _code("suggestion.next", "n", "Next", "Goes to the next suggestion.", "suggestion(1)", bar=3),
    _code("suggestion.previous", "N", "Previous suggestion", "Goes to the suggestion before.",
          "suggestion(-1)"),
    _code("suggestion.accept", "a", "Accept", "Makes a coding of the suggestion at the cursor.",
          "accept", bar=4),
    _code("suggestion.reject", "x", "Reject",
          "Puts the suggestion at the cursor aside, and asks why; enter leaves that open.",
          "reject", bar=5),
    _code("code.edit", "e", "Edit",
          "Gives the suggestion or coding at the cursor another code; with a selection, that "
          "stretch.", "edit", bar=6),
    _code("code.fits", "y", "Still fits",
          "Says that the coding at the cursor still fits, its code having changed.",
          "still_fits"),
    _code("code.mark", "v", "Mark", "Mark mode: every movement extends the selection.", "mark"),
    _code("code.done", "D", "Done", "Marks the transcript as read to the end, or not.", "done"),
    _code("code.search", "/", "Search", "Searches in this transcript.", "search", bar=10),
    _code("code.filter", "f", "Filter", "Shows one code and what stands below it, or all again.",
          "filter", bar=11),
    _code("document.next", "]", "Next transcript", "Opens the next transcript.", "document(1)"),
    _code("document.previous", "[", "Previous transcript", "Opens the transcript before.",
          "document(-1)"),
    _code("code.panes", "tab", "Panes", "Goes to the transcripts, the codebook, and back.",
          "next_pane(1)", bar=12),
    _code("code.panes_back", "shift+tab", "Panes back", "The same the other way round.",
          "next_pane(-1)"),
    _code("turn.flip", "s", "Speaker", "Gives this turn to the next speaker.", "flip_speaker"),
    _code("turn.flip_following", "S", "Speakers from here",
          "Flips this turn and the following, up to the next one set by hand.",
          "flip_speaker(True)"),
    _code("turn.split", "t", "Split turn", "Begins a new turn at the cursor.", "split_turn"),
    _code("turn.join", "J", "Join turn", "Joins the next turn to this one.", "join_turn"),
    _code("turn.edit", "E", "Correct", "Corrects the words of this turn; codings go with them.",
          "edit_turn"),
    _code("code.amend", "", "Amend from a file",
          "Puts a corrected text in the place of this transcript; codings go with their words.",
          "amend"),
    _code("waiting.next", "W", "Without a place",
          "Goes to the next passage that lost its place in a correction.", "waiting"),
    _code("waiting.place", "P", "Place", "Says that it stands at the selected words.", "place"),
    _code("waiting.drop", "X", "Let go", "Drops the passage that lost its place.", "let_go"),
    _code("code.export", "o", "Export", "Writes the codings of this transcript to a file.",
          "export"),
    _code("code.back", "escape", "Back",
          "Goes back to the transcript; from a passage opened on F3, back there.", "back"),
    # On the transcripts
    Action("shelf.open", ("enter",), "Open", "Opens the transcript.", Where.SHELF,
           "open_volume", 1, palette=False),
    # On the codebook
    Action("codebook.apply", ("enter",), "Apply", "Applies the code to the selection.",
           Where.CODEBOOK, "apply_code", 1, palette=False),
    Action("codebook.new", ("+",), "New", "Adds a code under this one.", Where.CODEBOOK,
           "new_code", 2),
    Action("codebook.rename", ("r",), "Rename", "Gives the code another name.", Where.CODEBOOK,
           "rename_code", 3),
    Action("codebook.move", (">",), "Move", "Puts the code, with all below it, elsewhere.",
           Where.CODEBOOK, "move_code", 4),
)  # fmt: skip
