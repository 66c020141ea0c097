"""Searching in the transcript: a line below it, hits as you type."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Label

from commonplace.tui.screens.code.desk import Desk
from commonplace.tui.widgets.line import Line


class SearchLine(Horizontal):
    """Where the words to search for are typed."""

    DEFAULT_CSS = """
    SearchLine { height: 1; background: $panel; padding: 0 1; display: none; }
    SearchLine.-open { display: block; }
    SearchLine Label { width: auto; color: $text-muted; }
    SearchLine Input { width: 1fr; height: 1; border: none; padding: 0 1; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "step(1)", "Next hit", show=False, priority=True),
        Binding("shift+enter,up", "step(-1)", "Hit before", show=False, priority=True),
        Binding("escape", "close", "Close", show=False, priority=True),
    ]

    class Step(Message):
        """Somebody wants the next hit, or the one before."""

        def __init__(self, direction: int) -> None:
            super().__init__()
            self.direction = direction

    class Closed(Message):
        """The search is over."""

    def compose(self) -> ComposeResult:
        yield Label("/")
        yield Line(placeholder="words in this transcript")
        yield Label("enter next · ↑ before · esc ends")

    def action_step(self, direction: int) -> None:
        self.post_message(self.Step(direction))

    def action_close(self) -> None:
        self.post_message(self.Closed())


class Searcher(Desk):
    """What a person does to find words."""

    _from = 0

    @property
    def search_line(self) -> SearchLine:
        """The line to type into."""
        return self.query_one(SearchLine)

    def action_search(self) -> None:
        if self.opened is None or not self.ready:
            return
        self._from = self.reader.cursor
        self.session.typeahead.begin()
        self.search_line.add_class("-open")
        self.search_line.query_one(Input).focus()

    @on(Input.Changed, "SearchLine Input")
    def _search_typed(self, event: Input.Changed) -> None:
        event.stop()
        hit = self.reader.search(event.value, self._from)
        if hit is None:
            self.reader.go_to(self._from)
        self.say(
            "" if hit or not event.value else f"“{event.value}” is not in this transcript",
            trouble=True,
        )

    @on(SearchLine.Step)
    def _search_step(self, event: SearchLine.Step) -> None:
        if self.search_line.query_one(Input).value:
            self.reader.search_next(event.direction)

    @on(SearchLine.Closed)
    def _search_closed(self) -> None:
        line = self.search_line
        line.remove_class("-open")
        with self.prevent(Input.Changed):
            line.query_one(Input).value = ""
        self.reader.search("")
        self.reader.focus()
