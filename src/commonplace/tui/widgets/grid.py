"""A list in which one cell of the current row is the current one: tables that are worked in."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Region
from textual.message import Message
from textual.style import Style as ContentStyle

from commonplace.tui.widgets.columns import GAP, MARGIN
from commonplace.tui.widgets.linelist import Cell, Column, LineList, Row, Rows

MARKED, MARKED_HERE = "●", "◉"
_LEAST = 4
"""Cells of a column that is cut at the right edge, below which it is left out."""


class Grid(LineList):
    """Columns that scroll sideways by whole columns while the first one stays.

    | component class | styles |
    |---|---|
    | `grid--cell` | the current cell |
    | `grid--mark` | the sign before a marked row |
    | `grid--title` | the title of the current column |
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--cell", "grid--mark", "grid--title"}
    DEFAULT_CSS = """
    Grid {
        & > .grid--title { color: $text; text-style: bold underline; }
        & > .grid--mark { color: $accent; }
        & > .grid--cell { background: $foreground 16%; }
        &:focus > .grid--cell { background: $primary; color: $background; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "sideways(-1)", "Column before", show=False, id="grid.left"),
        Binding("right", "sideways(1)", "Next column", show=False, id="grid.right"),
        Binding("ctrl+left", "sideways(-999)", "First column", show=False, id="grid.leftmost"),
        Binding("ctrl+right", "sideways(999)", "Last column", show=False, id="grid.rightmost"),
    ]

    class ColumnMoved(Message):
        """Another column is the current one, or others are in view."""

    class Pressed(Message):
        """The current cell was clicked."""

    class TitlePressed(Message):
        """The title of a column was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, empty: str = "", id: str | None = None) -> None:
        super().__init__([], empty=empty, id=id)
        self.marks: Container[str] = ()
        """Keys of the rows that are marked."""
        self._place = 0
        self._first = 1
        self._painting_current = False

    # Columns

    @property
    def place(self) -> int:
        """The current column, counted from 0."""
        return self._place

    @property
    def hidden(self) -> tuple[int, int]:
        """How many columns are out of view to the left and to the right."""
        widths = self._widths(self.scrollable_content_region.width)
        after = len(widths) - 1 - max((p for p, w in enumerate(widths) if w), default=0)
        return self._first - 1, max(0, after)

    def show_table(self, columns: Sequence[Column], rows: Rows) -> None:
        """Shows other columns and rows; the current column is known by its title's first word."""
        before = self._columns[self._place].title if self._columns else ""
        self._columns = tuple(columns)
        self._titles = 1
        titles = [_name(column.title) for column in columns]
        name = _name(before)
        place = titles.index(name) if name in titles else min(self._place, len(columns) - 1)
        self._place = max(0, place)
        self.show(rows)
        self._reveal()

    def move_to_column(self, place: int) -> None:
        """Makes the column at `place` the current one, the nearest if there is none."""
        self._place = min(max(0, place), max(0, len(self._columns) - 1))
        self._painted.clear()
        self._reveal()
        self.refresh()

    def cell_region(self) -> Region:
        """Where the current cell stands on the screen."""
        width = self.scrollable_content_region.width
        x = MARGIN
        for place, cells in enumerate(self._widths(width)):
            if place == self._place:
                break
            x += cells + GAP if cells else 0
        y = self.cursor * self._pitch - self.scroll_offset.y + self._titles
        corner = self.content_region.offset + Offset(x, y)
        return Region(corner.x, corner.y, self._widths(width)[self._place], 1)

    def _widths(self, width: int) -> list[int]:
        left = width - MARGIN - 1
        widths = []
        for place, column in enumerate(self._columns):
            cells = 0
            if place == 0 or place >= self._first:
                cells = min(column.width, left)
                if place and cells < min(_LEAST, column.width):
                    cells = left = 0
                left -= cells + GAP
            widths.append(max(0, cells))
        return widths

    def _whole(self, width: int) -> bool:
        return self._widths(width)[self._place] == self._columns[self._place].width

    def _reveal(self) -> None:
        """Scrolls sideways no further than it takes to show the current column whole."""
        if not self._columns:
            return
        width = self.scrollable_content_region.width
        before = self._first
        if self._place:
            self._first = min(self._first, self._place)
            while width and self._first < self._place and not self._whole(width):
                self._first += 1
        while self._first > 1 and self._fits_from(self._first - 1, width):
            self._first -= 1
        if before != self._first:
            self._painted.clear()
        self.post_message(self.ColumnMoved())

    def _fits_from(self, first: int, width: int) -> bool:
        """Whether all columns from `first` on are in view beside the one that stays."""
        shown = [self._columns[0], *self._columns[first:]]
        return sum(c.width + GAP for c in shown) - GAP <= width - MARGIN - 1

    def on_resize(self) -> None:
        """Keeps the current cell in view."""
        self._reveal()

    # Painting

    def _title_style(self, place: int) -> ContentStyle:
        if place == self._place:
            return self.get_visual_style("linelist--header", "grid--title")
        return super()._title_style(place)

    def _paint(self, row: Row, current: bool, width: int) -> list[list[Segment]]:
        self._painting_current = current
        lines = super()._paint(row, current, width)
        if row.key in self.marks:
            style = self.get_visual_style(
                *(["linelist--cursor"] if current else []), "grid--mark"
            ).rich_style
            lines[0][0] = Segment((MARKED_HERE if current else MARKED).ljust(MARGIN), style)
        return lines

    def _cell(
        self, cell: Cell, width: int, column: Column, style: ContentStyle
    ) -> list[list[Segment]]:
        if self._painting_current and column is self._columns[self._place]:
            style = self.get_visual_style("linelist--cursor", "grid--cell")
            cell = cell.plain if isinstance(cell, Content) else cell
        return super()._cell(cell, width, column, style)

    # Keys and mouse

    def action_sideways(self, columns: int) -> None:
        """Goes to a column to the left (negative) or right."""
        self.move_to_column(self._place + columns)

    def on_click(self, event: events.Click) -> None:
        """A click makes a cell the current one; on the current one it presses it."""
        event.prevent_default()
        y = event.y - self.gutter.top - self._titles
        place = self._place_at(event.x - self.gutter.left)
        if place is None:
            return
        if y < 0:
            self.post_message(self.TitlePressed(place))
            return
        index = (y + self.scroll_offset.y) // self._pitch
        if not 0 <= index < self.count:
            return
        if (index, place) == (self.cursor, self._place):
            self.post_message(self.Pressed())
            return
        self.move_to_column(place)
        self.move_to(index)

    def _place_at(self, x: int) -> int | None:
        """The column at a cell of the line."""
        edge = MARGIN
        for place, cells in enumerate(self._widths(self.scrollable_content_region.width)):
            if cells and x < edge + cells + GAP:
                return place
            edge += cells + GAP if cells else 0
        return None


def _name(title: str) -> str:
    """A title without the sign of sorting."""
    return title.removesuffix(" ↑").removesuffix(" ↓")
