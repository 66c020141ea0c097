"""The cursor and the selection, apart from any widget."""

from __future__ import annotations

from commonplace.domain.span import Span
from commonplace.tui.widgets.reader import motions
from commonplace.tui.widgets.reader.layout import Layout
from commonplace.tui.widgets.reader.motions import Unit


class Cursor:
    """Where the reader is, and what is selected.

    The selection runs from `anchor` to `head`. The head is where the cursor stands, except after
    a sentence or turn was selected whole: the cursor then stays, and extending goes on from the
    selection's end.
    """

    __slots__ = ("anchor", "goal", "head", "marking", "offset")

    def __init__(self) -> None:
        self.offset = 0
        self.head = 0
        self.anchor: int | None = None
        self.goal: int | None = None
        """The cell that moving by lines keeps to; None when it is where the cursor stands."""
        self.marking = False
        """In mark mode every movement extends the selection."""

    @property
    def selection(self) -> Span | None:
        """What is selected; None when nothing is."""
        if self.anchor is None or self.anchor == self.head:
            return None
        return Span(min(self.anchor, self.head), max(self.anchor, self.head))

    def move(self, layout: Layout, unit: Unit, direction: int, extend: bool, page: int) -> None:
        """Moves by one unit; `page` is the rows of a page."""
        extend = extend or self.marking
        origin = self.head if extend and self.anchor is not None else self.offset
        if unit in {"line", "page"}:
            if self.goal is None:
                self.goal = layout.cell_of(origin)
            rows = direction * (page if unit == "page" else 1)
            target = motions.line(layout, origin, rows, self.goal)
            self.place(target, extend, keep_goal=True)
            return
        if unit == "character":
            target = motions.character(layout, origin, direction)
        elif unit == "word":
            target = motions.word(layout, origin, direction)
        elif unit == "edge":
            target = motions.edge(layout, origin, direction)
        elif unit == "turn":
            target = motions.turn(layout, origin, direction)
        else:
            target = motions.document(layout, direction)
        self.place(target, extend)

    def place(self, offset: int, extend: bool = False, *, keep_goal: bool = False) -> None:
        """Puts the cursor where it can stand; `extend` takes the selection along."""
        if not extend:
            self.anchor = None
        elif self.anchor is None:
            self.anchor = self.offset
        self.offset = self.head = offset
        if not keep_goal:
            self.goal = None

    def select(self, start: int, end: int) -> None:
        """Selects `[start, end)`; the cursor stays if it is inside, else goes to its start."""
        self.anchor, self.head = start, end
        if not start <= self.offset < end:
            self.offset = start
        self.goal = None

    def clear(self) -> None:
        """Selects nothing and leaves mark mode."""
        self.anchor = None
        self.head = self.offset
        self.marking = False

    def toggle_marking(self) -> None:
        """Begins a selection here that every movement extends, or ends that."""
        self.marking = not self.marking
        if self.marking and self.anchor is None:
            self.anchor = self.head = self.offset
