"""The keys by which the reader moves; it moves by itself, these describe them."""

from __future__ import annotations

from commonplace.tui.actions.action import Action, Where


def _move(id: str, written: str, label: str, help: str) -> Action:
    return Action(id, (), label, help, Where.READER, written=written, palette=False)


ACTIONS = (
    _move("move.line", "↑ ↓ pgup pgdn", "Line, page", "Moves by line and by page."),
    _move("move.edge", "home end", "Line ends", "Moves to the beginning or end of the line."),
    _move("move.turn", "ctrl+↑ ctrl+↓", "Turn", "Moves by turn."),
    _move("move.character", "← →", "Character", "Moves by character."),
    _move("move.word", "ctrl+← ctrl+→", "Word", "Moves by word."),
    _move("move.document", "ctrl+home ctrl+end", "Ends", "Moves to the beginning or end."),
    _move("move.extend", "shift+ any of these", "Extend", "Extends the selection."),
    _move(
        "move.select",
        "space",
        "Select",
        "Selects the sentence; again, the turn. Dragging the mouse selects, too.",
    ),
    _move("move.clear", "esc", "Clear", "Selects nothing; ends mark mode and search."),
)  # fmt: skip
