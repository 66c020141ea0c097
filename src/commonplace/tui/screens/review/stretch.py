"""A question: which stretch, and which code, a suggestion is accepted with."""

from __future__ import annotations

import re
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from commonplace.analysis.review import Passage
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.tui import dialogs
from commonplace.tui.dialogs.dialog import Dialog
from commonplace.tui.screens.review import shown
from commonplace.tui.screens.review.listing import title_of
from commonplace.tui.session import Session
from commonplace.tui.widgets.sheet import Page

_WORD = re.compile(r"\S+")


class Changed(NamedTuple):
    """A stretch, and a code by id or, if it is to be made, by path."""

    span: Span
    code: str
    new: str = ""


class StretchDialog(Dialog[Changed]):
    """Shows the passage; its edges go by words."""

    DEFAULT_CSS = """
    StretchDialog > Vertical { width: 90; }
    StretchDialog Page { height: 14; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "edge(1, -1)", "End a word earlier", show=False),
        Binding("right", "edge(1, 1)", "End a word later", show=False),
        Binding("shift+left,up", "edge(0, -1)", "Begin a word earlier", show=False),
        Binding("shift+right,down", "edge(0, 1)", "Begin a word later", show=False),
        Binding("c", "code", "Another code", show=False),
        Binding("enter,a", "take", "Accept", show=False),
    ]
    KEYS = "← → end · ↑ ↓ beginning · c code · enter accept · esc leave"

    def __init__(self, session: Session, suggestion: Suggestion, found: Passage) -> None:
        super().__init__("Accept with another stretch or code")
        self._session = session
        self._found = found
        self.span = suggestion.span
        self.code = suggestion.code
        self.new = ""
        words = [
            (turn.start + match.start(), turn.start + match.end())
            for turn in found.said
            if turn.start <= suggestion.span.end
            and suggestion.span.start <= turn.start + len(turn.text)
            for match in _WORD.finditer(turn.text)
        ]
        self._edges = ([start for start, _ in words], [end for _, end in words])

    def body(self) -> ComposeResult:
        yield Page()

    def on_mount(self) -> None:
        self.query_one(Page).focus()
        self.query_one(Page).styles.height = max(4, min(14, self.app.size.height - 10))
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        sheet = self.query_one(Page)
        room = sheet.size.width * max(1, sheet.size.height - 3)
        inside = Passage(
            self._found.document,
            self._found.turn,
            self.span,
            tuple(
                turn
                for turn in self._found.said
                if turn.start < self.span.end and self.span.start < turn.start + len(turn.text)
            ),
        )
        code = title_of(self._session, self.code)
        if self.new:
            code = Content.assemble(("+ new code ", "$text-success"), self.new)
        sheet.show([code, shown.BLANK, *shown.in_context(inside, room, ("[", "]"))])

    def action_edge(self, edge: int, by: int) -> None:
        """Moves the beginning (0) or the end (1) by a word."""
        at = (self.span.start, self.span.end)[edge]
        edges = self._edges[edge]
        if by > 0:
            found = next((place for place in edges if place > at), at)
        else:
            found = next((place for place in reversed(edges) if place < at), at)
        start, end = (found, self.span.end) if edge == 0 else (self.span.start, found)
        if start < end:
            self.span = Span(start, end)
            self._show()

    def action_code(self) -> None:
        """Asks for another code."""

        def picked(answer: dialogs.Picked | None) -> None:
            if answer is not None:
                self.code, self.new = answer.code or self.code, answer.new
                self._show()

        self.app.push_screen(
            dialogs.CodePicker("It is", self._session.codebook, self._session.looks), picked
        )

    def action_take(self) -> None:
        """Accepts it so."""
        self.dismiss(Changed(self.span, self.code, self.new))
