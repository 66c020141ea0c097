"""A question with a few answers to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from commonplace.tui.dialogs.dialog import Dialog


class Choose(Dialog[int]):
    """Asks for one of several; the answer is its place, from 0."""

    KEYS = "↑ ↓ enter choose · esc leave"

    def __init__(
        self, title: str, choices: Sequence[Content], *, about: str = "", at: int = 0
    ) -> None:
        """`at` is the place of the one that is offered first."""
        super().__init__(title, about)
        self._at = at
        self._choices = choices

    def body(self) -> ComposeResult:
        yield OptionList(*self._choices)

    def on_mount(self) -> None:
        choices = self.query_one(OptionList)
        choices.focus()
        choices.highlighted = self._at

    @on(OptionList.OptionSelected)
    def _answer(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)
