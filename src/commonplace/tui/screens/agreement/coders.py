"""A question: whom to compare."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from commonplace.analysis.agreement.people import CoderInfo
from commonplace.tui.dialogs.dialog import Dialog
from commonplace.tui.screens.room import counted
from commonplace.tui.widgets.reader.cells import shorten


class CoderDialog(Dialog[tuple[str, ...]]):
    """Asks for two coders or more."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "Choose", show=False, priority=True),
        Binding("enter", "take", "Compare", show=False, priority=True),
    ]
    KEYS = "space choose · enter compare · esc leave"

    def __init__(self, known: Sequence[CoderInfo], chosen: Collection[str]) -> None:
        super().__init__("Compare whom?")
        self._known = known
        self.chosen = set(chosen)

    def body(self) -> ComposeResult:
        yield OptionList(*map(self._described, self._known))

    def on_mount(self) -> None:
        choices = self.query_one(OptionList)
        choices.focus()
        choices.highlighted = 0

    def action_choose(self) -> None:
        """Takes the coder under the cursor in, or leaves them out."""
        choices = self.query_one(OptionList)
        place = choices.highlighted
        if place is not None:
            self.chosen ^= {self._known[place].name}
            choices.replace_option_prompt_at_index(place, self._described(self._known[place]))
            self.complain("")

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_choose()

    def action_take(self) -> None:
        if len(self.chosen) < 2:
            self.complain("Choose two or more.")
            return
        self.dismiss(tuple(coder.name for coder in self._known if coder.name in self.chosen))

    def _described(self, coder: CoderInfo) -> Content:
        sign = "✓" if coder.name in self.chosen else " "
        work = f"{counted(coder.codings, 'coding')}, {counted(len(coder.done), 'transcript')} done"
        return Content(f"{sign} {shorten(coder.name, 24).ljust(20)}  {work}")
