"""A line in which a list is narrowed down."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from commonplace.tui.widgets.line import Line

PAUSE = 0.25
"""Seconds without a key after which what was typed is taken."""


class FilterLine(Horizontal):
    """Takes words or a condition; says so when it is not understood."""

    DEFAULT_CSS = """
    FilterLine { height: 1; background: $panel; padding: 0 1; }
    FilterLine .name { width: auto; color: $text-muted; padding-right: 1; }
    FilterLine Input { width: 1fr; background: $surface; padding: 0 1; }
    FilterLine .problem { width: auto; max-width: 60%; color: $text-error; padding-left: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave(True)", "Clear", show=False, priority=True),
        Binding("enter,down", "leave", "Take", show=False, priority=True),
    ]

    class Changed(Message):
        """Something else is asked for."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    class Left(Message):
        """Keys should go to the list again."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._hint = hint
        self._timer: Timer | None = None
        self._taken = ""

    def compose(self) -> ComposeResult:
        yield Static("Filter", classes="name", markup=False)
        yield Line(placeholder=self._hint, select_on_focus=False)
        yield Static("", classes="problem", markup=False)

    @property
    def value(self) -> str:
        """What is typed."""
        return self.query_one(Input).value.strip()

    def set(self, value: str) -> None:
        """Puts something in and takes it at once."""
        with self.prevent(Input.Changed):
            self.query_one(Input).value = value
        self._taken = value.strip()

    def ask(self) -> None:
        """Waits for something to be typed."""
        self.query_one(Input).focus()

    def complain(self, problem: str) -> None:
        """Says why what is typed cannot be taken; nothing when it can."""
        self.query_one(".problem", Static).update(
            Content(problem.splitlines()[0] if problem else "")
        )

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._take)

    def _take(self) -> None:
        if self.value != self._taken:
            self._taken = self.value
            self.post_message(self.Changed(self.value))

    def action_leave(self, clear: bool = False) -> None:
        if clear:
            self.query_one(Input).value = ""
        self._take()
        self.post_message(self.Left())
