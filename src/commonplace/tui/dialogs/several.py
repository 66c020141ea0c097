"""A question with answers of which several may be chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from commonplace.tui.dialogs.dialog import Dialog


class Several(Dialog[tuple[str, ...]]):
    """Asks for some of several; the answer is their names, in the order in which they stand.

    `choices` are names, each with how it is shown; fewer than `least` are no answer.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "Choose", show=False, priority=True),
        Binding("enter", "take", "Take", show=False, priority=True),
    ]
    KEYS = "space choose · enter take · esc leave"

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[str, Content]],
        chosen: Collection[str] = (),
        *,
        about: str = "",
        least: int = 0,
        problem: str = "",
    ) -> None:
        """`problem` is said when fewer than `least` are chosen."""
        super().__init__(title, about)
        self._choices = choices
        self._least = least
        self._problem = problem
        self.chosen = set(chosen)

    def body(self) -> ComposeResult:
        yield OptionList(*map(self._described, range(len(self._choices))))

    def on_mount(self) -> None:
        choices = self.query_one(OptionList)
        choices.focus()
        choices.highlighted = 0

    def action_choose(self) -> None:
        """Takes what is under the cursor in, or leaves it out."""
        choices = self.query_one(OptionList)
        place = choices.highlighted
        if place is not None:
            self.chosen ^= {self._choices[place][0]}
            choices.replace_option_prompt_at_index(place, self._described(place))
            self.complain("")

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_choose()

    def action_take(self) -> None:
        """Answers with what is chosen."""
        if len(self.chosen) < self._least:
            self.complain(self._problem)
            return
        self.dismiss(tuple(name for name, _ in self._choices if name in self.chosen))

    def _described(self, place: int) -> Content:
        name, shown = self._choices[place]
        return Content("✓ " if name in self.chosen else "  ") + shown
