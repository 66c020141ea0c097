"""What would come of something, to read before deciding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from commonplace.tui.dialogs.dialog import Dialog
from commonplace.tui.widgets.sheet import Sheet


class ReportDialog(Dialog[int]):
    """Shows paragraphs, and asks for one of several; the answer is its place, from 0."""

    DEFAULT_CSS = """
    ReportDialog > Vertical { width: 84; }
    ReportDialog Sheet { height: auto; max-height: 16; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,space", "scroll(8)", "Page down", show=False),
        Binding("pageup", "scroll(-8)", "Page up", show=False),
    ]
    KEYS = "pgup pgdn read · ↑ ↓ enter choose · esc leave"

    def __init__(
        self,
        title: str,
        paragraphs: Sequence[Content],
        choices: Sequence[Content],
        *,
        at: int = 0,
    ) -> None:
        """`at` is the place of the one that is offered first."""
        super().__init__(title)
        self._at = at
        self._paragraphs = paragraphs
        self._choices = choices

    def body(self) -> ComposeResult:
        yield Sheet()
        yield OptionList(*self._choices)

    def on_mount(self) -> None:
        choices = self.query_one(OptionList)
        choices.focus()
        choices.highlighted = self._at
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        sheet = self.query_one(Sheet)
        lines = sum(
            len(paragraph.wrap(max(1, sheet.scrollable_content_region.width or 78)))
            for paragraph in self._paragraphs
        )
        sheet.styles.height = max(1, min(lines, 16, self.app.size.height - 12))
        sheet.show(self._paragraphs)

    @on(OptionList.OptionSelected)
    def _answer(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_scroll(self, rows: int) -> None:
        sheet = self.query_one(Sheet)
        sheet.scroll_to(y=sheet.scroll_offset.y + rows, animate=False)
