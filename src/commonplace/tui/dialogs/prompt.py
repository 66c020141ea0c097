"""A question with one line as its answer."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from commonplace.tui.dialogs.dialog import Dialog
from commonplace.tui.widgets.line import Line


class Prompt(Dialog[str]):
    """Asks for a line; an empty one is an answer only where `optional`.

    `problem` says why an answer will not do; it is empty for one that will.
    """

    def __init__(
        self,
        title: str,
        *,
        about: str = "",
        value: str = "",
        hint: str = "",
        optional: bool = False,
        problem: Callable[[str], str] = lambda _: "",
    ) -> None:
        super().__init__(title, about)
        self._value = value
        self._hint = hint
        self._optional = optional
        self._problem = problem

    def body(self) -> ComposeResult:
        yield Line(self._value, placeholder=self._hint, select_on_focus=False)

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        value = event.value.strip()
        if not value and not self._optional:
            self.complain("Write something, or leave with esc.")
        elif problem := self._problem(value):
            self.complain(problem)
        else:
            self.dismiss(value)


class ReasonPrompt(Prompt):
    """Asks why something was rejected; it stays rejected whatever the answer."""

    KEYS = "enter keep · esc rejected without a reason"

    def __init__(self, code: str, about: str) -> None:
        """`code` is the path of what was suggested, `about` the words."""
        super().__init__(
            f"Why not {code}?", about=about, hint="a reason, or just enter", optional=True
        )


class FilePrompt(Prompt):
    """Asks for the name of a file to be written."""

    KEYS = "enter write · esc leave"
