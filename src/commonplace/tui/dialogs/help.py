"""The keys of a screen, from the registry of actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from commonplace.tui.actions import Where, of
from commonplace.tui.dialogs.dialog import Dialog
from commonplace.tui.widgets.sheet import Sheet


class HelpDialog(Dialog[None]):
    """Lists what can be done here, the nearest first."""

    DEFAULT_CSS = """
    HelpDialog > Vertical { width: 84; height: 85%; padding: 1 2; }
    HelpDialog Sheet { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll(12)", "Page down", show=False),
        Binding("pageup", "scroll(-12)", "Page up", show=False),
        Binding("f1,question_mark,q,enter", "leave", "Close", show=False),
    ]
    KEYS = "↑ ↓ scroll · esc close"
    TAKES_FOCUS = False

    def __init__(self, title: str, places: Sequence[Where]) -> None:
        super().__init__(title)
        self._places = places

    def body(self) -> ComposeResult:
        yield Sheet()

    def on_resize(self) -> None:
        """Wraps to the width there is."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        sheet = self.query_one(Sheet)
        sheet.show(list(self._paragraphs(sheet.scrollable_content_region.width)))

    def _paragraphs(self, width: int) -> Iterator[Content]:
        column = max(cell_len(action.shown) for action in of(*self._places)) + 2
        for where in self._places:
            yield Content.assemble((where.value, "bold $primary"))
            for action in of(where):
                key = action.shown or "–"
                text = Content.assemble(
                    (f"{action.label}. ", "$text"), (action.help, "$text-muted")
                )
                margin = Content.assemble((key + " " * (column - cell_len(key)), "bold $text"))
                for line in text.wrap(max(20, width - column)):
                    yield margin + line.rstrip()
                    margin = Content(" " * column)
            yield Content("")

    def action_scroll(self, rows: int) -> None:
        sheet = self.query_one(Sheet)
        sheet.scroll_to(y=sheet.scroll_offset.y + rows, animate=False)
