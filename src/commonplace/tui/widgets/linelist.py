"""A list of rows by the tens of thousands: only those in view are ever asked for or painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style as ContentStyle

from commonplace.tui.widgets.columns import GAP, MARGIN, exactly, laid, widths
from commonplace.tui.widgets.reader.cells import shorten
from commonplace.tui.widgets.rows import Cell, Column, ListedRows, Row, Rows

__all__ = ["Cell", "Column", "LineList", "ListedRows", "Row", "Rows"]

_CHUNK = 64
"""Rows asked for at once."""

POINTER = "▌"


class LineListMessage(Message):
    """Something about the row `key` at `index` of a list; the key is None in an empty one."""

    def __init__(self, line_list: LineList, index: int, key: str | None) -> None:
        super().__init__()
        self.line_list = line_list
        self.index = index
        self.key = key

    @property
    def control(self) -> LineList:
        """The list it came from."""
        return self.line_list


class LineList(ScrollView, can_focus=True):
    """Rows of `height` lines each, one of them the current one.

    | component class | styles |
    |---|---|
    | `linelist--header` | titles of the columns |
    | `linelist--cursor` | the current row |
    | `linelist--pointer` | the sign before it |
    | `linelist--empty` | what is said when there are no rows |
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "linelist--header",
        "linelist--cursor",
        "linelist--pointer",
        "linelist--empty",
    }
    DEFAULT_CSS = """
    LineList {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > .linelist--header { color: $text-muted; text-style: underline; }
        & > .linelist--cursor { background: $foreground 8%; }
        & > .linelist--pointer { color: $foreground 50%; }
        & > .linelist--empty { color: $text-muted; }
        &:focus > .linelist--cursor { background: $primary 30%; }
        &:focus > .linelist--pointer { color: $accent; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", show=False, id="list.up"),
        Binding("down", "step(1)", "Down", show=False, id="list.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="list.pageup"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="list.pagedown"),
        Binding("home", "first", "First", show=False, id="list.first"),
        Binding("end", "last", "Last", show=False, id="list.last"),
        Binding("enter", "choose", "Open", show=False, id="list.choose"),
    ]

    class Highlighted(LineListMessage):
        """Another row is the current one."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, LineList.Highlighted) and (
                message.line_list is self.line_list
            )

    class Selected(LineListMessage):
        """The current row was chosen, by enter or by a click on it."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Rows | None = None,
        *,
        height: int = 1,
        gap: int = 0,
        empty: str = "",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """`height` is the lines of a row, 1 to 4, and `gap` the blank lines after it; `empty` is
        said when there are no rows.
        """
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._columns = tuple(columns)
        self._rows: Rows = rows or ListedRows()
        self._lines = min(4, max(1, height))
        self._pitch = self._lines + max(0, gap)
        self._empty = empty
        self._count = 0
        self._at = 0
        self._key: str | None = None
        self._told: tuple[int, str | None] | None = None
        self._titles = 1 if any(column.title for column in columns) else 0
        self._chunks: LRUCache[int, Sequence[Row]] = LRUCache(16)
        self._painted: LRUCache[tuple[int, bool], list[list[Segment]]] = LRUCache(256)

    # Rows

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    @property
    def cursor(self) -> int:
        """The current row, counted from 0."""
        return self._at

    @property
    def key(self) -> str | None:
        """The key of the current row; None in an empty list."""
        return self._key

    @property
    def current(self) -> Row | None:
        """The current row."""
        return self._row(self._at)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Shows rows under other columns from now on."""
        if tuple(columns) != self._columns:
            self._columns = tuple(columns)
            self._titles = 1 if any(column.title for column in columns) else 0
            self.refresh()

    def show(self, rows: Rows) -> None:
        """Shows other rows; the current one stays current if it is among them."""
        self._rows = rows
        self.reload()

    def reload(self) -> None:
        """Asks for the rows again; the current one, known by its key, stays current."""
        self._chunks.clear()
        self._painted.clear()
        self._count = self._rows.count()
        found = None if self._key is None else self._rows.index(self._key)
        moved = (self._at if found is None else found) - self._at
        self._at = min(max(0, self._at + moved), max(0, self._count - 1))
        self._fit()
        if moved and self.is_mounted:  # what is current keeps its place on the screen
            self._scroll_to_line(self.scroll_offset.y + moved * self._pitch)
        self._follow()
        self._tell()
        self.refresh()

    def forget(self) -> None:
        """Other rows that are shown next are shown from the first."""
        self._at, self._key = 0, None

    def move_to(self, index: int) -> None:
        """Makes the row at `index` the current one, the nearest if there is none."""
        before = self._at
        self._at = min(max(0, index), max(0, self._count - 1))
        self._refresh_row(before)
        self._refresh_row(self._at)
        self._follow()
        self._tell()

    def move_to_key(self, key: str) -> bool:
        """Makes the row of that key the current one; returns whether there is one."""
        index = self._rows.index(key)
        if index is not None:
            self.move_to(index)
        return index is not None

    def _row(self, index: int) -> Row | None:
        if not 0 <= index < self._count:
            return None
        chunk, place = divmod(index, _CHUNK)
        rows = self._chunks.get(chunk)
        if rows is None:
            rows = self._rows.rows(chunk * _CHUNK, min(self._count, (chunk + 1) * _CHUNK))
            self._chunks[chunk] = rows
        return rows[place] if place < len(rows) else None

    def _tell(self) -> None:
        row = self.current
        self._key = None if row is None else row.key
        place = (self._at, self._key)
        if place != self._told:
            self._told = place
            self.post_message(self.Highlighted(self, self._at, self._key))

    # Scrolling

    @property
    def _room(self) -> int:
        """Lines there are for rows."""
        return max(1, self.scrollable_content_region.height - self._titles)

    def _fit(self) -> None:
        size = Size(self.scrollable_content_region.width, self._count * self._pitch + self._titles)
        if size != self.virtual_size:
            self.virtual_size = size

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=max(0, line), animate=False, force=True)

    def _follow(self) -> None:
        """Scrolls no further than it takes to show the current row."""
        top, line = self.scroll_offset.y, self._at * self._pitch
        if line < top:
            self._scroll_to_line(line)
        elif line + self._lines > top + self._room:
            hidden = max(0, line + self._lines - self._room)
            first = -(-hidden // self._pitch)  # so that the topmost row is a whole one
            self._scroll_to_line(min(line, first * self._pitch))

    def _refresh_row(self, index: int) -> None:
        y = index * self._pitch - self.scroll_offset.y + self._titles
        self.refresh(Region(0, y, self.size.width, self._lines))

    def on_mount(self) -> None:
        """Asks for the first rows."""
        self.reload()

    def on_resize(self) -> None:
        """Paints to the new width; the current row stays in view."""
        self._painted.clear()
        self._fit()
        self._follow()

    # Painting

    def notify_style_update(self) -> None:
        """The theme or the focus has changed."""
        super().notify_style_update()
        self._painted.clear()

    def _widths(self, width: int) -> list[int]:
        """Cells of each column, 0 for one that is left out."""
        return widths(self._columns, width)

    def render_line(self, y: int) -> Strip:
        """One line of the view: the titles, then the rows."""
        width = self.scrollable_content_region.width
        base = self.visual_style
        if self._titles and y == 0:
            return Strip(self._title_segments(width), width)
        line = y - self._titles + self.scroll_offset.y
        index, part = divmod(line, self._pitch)
        if not self._count and line == 0 and self._empty:
            style = self.get_visual_style("linelist--empty")
            text = " " * MARGIN + shorten(self._empty, max(1, width - MARGIN))
            return Strip([Segment(text, style.rich_style)]).adjust_cell_length(
                width, base.rich_style
            )
        if part >= self._lines:
            return Strip.blank(width, base.rich_style)
        key = (index, index == self._at)
        painted = self._painted.get(key)
        if painted is None:
            row = self._row(index)
            if row is None:
                return Strip.blank(width, base.rich_style)
            painted = self._painted[key] = self._paint(row, index == self._at, width)
        return Strip(painted[part], width)

    def _title_style(self, place: int) -> ContentStyle:  # noqa: ARG002
        """How the title of the column at `place` looks."""
        return self.get_visual_style("linelist--header")

    def _title_segments(self, width: int) -> list[Segment]:
        base = self.visual_style.rich_style
        segments = [Segment(" " * MARGIN, base)]
        used = MARGIN
        for place, cells in enumerate(self._widths(width)):
            if cells:
                column, style = self._columns[place], self._title_style(place).rich_style
                title = shorten(column.title, cells)
                before = cells - cell_len(title) if column.align == "right" else 0
                after = cells - cell_len(title) - before + GAP
                segments.append(Segment(" " * before, base))
                segments.append(Segment(title, style))
                segments.append(Segment(" " * after, base))
                used += cells + GAP
        return exactly(segments, used, width, base)

    def _paint(self, row: Row, current: bool, width: int) -> list[list[Segment]]:
        """The lines of a row."""
        style = pointer = self.visual_style
        if current:
            style = self.get_visual_style("linelist--cursor")
            pointer = self.get_visual_style("linelist--cursor", "linelist--pointer")
        base = style.rich_style
        sign = (POINTER if current else "").ljust(MARGIN)
        lines = [[Segment(sign, pointer.rich_style)] for _ in range(self._lines)]
        used = MARGIN
        for column, cells, cell in zip(self._columns, self._widths(width), row.cells, strict=False):
            if not cells:
                continue
            for line, painted in zip(lines, self._cell(cell, cells, column, style), strict=True):
                line.extend(painted)
                line.append(Segment(" " * GAP, base))
            used += cells + GAP
        return [exactly(line, used, width, base) for line in lines]

    def _cell(
        self, cell: Cell, width: int, column: Column, style: ContentStyle
    ) -> list[list[Segment]]:
        """The lines of a cell of the row that is painted."""
        return laid(cell, width, column, self._lines, style)

    # Keys and mouse

    def action_step(self, rows: int) -> None:
        """The row above (-1) or below (1)."""
        self.move_to(self._at + rows)

    def action_page(self, pages: int) -> None:
        """As many rows up or down as are in view."""
        self.move_to(self._at + pages * max(1, self._room // self._pitch - 1))

    def action_first(self) -> None:
        """The first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """The last row."""
        self.move_to(self._count - 1)

    def action_choose(self) -> None:
        """Chooses the current row."""
        if self._key is not None:
            self.post_message(self.Selected(self, self._at, self._key))

    def on_click(self, event: events.Click) -> None:
        """A click makes a row the current one; on the current one it chooses it."""
        y = event.y - self.gutter.top - self._titles
        index = (y + self.scroll_offset.y) // self._pitch
        if y < 0 or not 0 <= index < self._count:
            return
        if index == self._at:
            self.action_choose()
        else:
            self.move_to(index)
