"""A memo to write or change."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from commonplace.tui.dialogs.dialog import Dialog


class MemoDialog(Dialog[str]):
    """Asks for the text of a memo; an empty one takes the memo away.

    Leaving with changes takes `esc` twice, so that no sentence is lost to one key.
    """

    DEFAULT_CSS = """
    MemoDialog TextArea {
        height: 10;
        border: none;
        margin: 1 0;
        background: $surface;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "keep", "Keep", show=False)]
    KEYS = "ctrl+s keep · esc leave"

    def __init__(self, title: str, text: str = "", *, about: str = "") -> None:
        super().__init__(title, about)
        self._text = text
        self._warned = False

    def body(self) -> ComposeResult:
        yield TextArea(self._text, soft_wrap=True, show_line_numbers=False, compact=True)

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)

    def action_keep(self) -> None:
        self.dismiss(self.query_one(TextArea).text)

    def action_leave(self) -> None:
        if self.query_one(TextArea).text != self._text and not self._warned:
            self._warned = True
            self.complain("Not kept yet: ctrl+s keeps it, esc once more drops the changes.")
            return
        self.dismiss(None)

    def on_text_area_changed(self) -> None:
        self._warned = False
