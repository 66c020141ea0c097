"""The page: a document laid out, scrolled and painted with its marks, cursor and selection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.cache import LRUCache
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from commonplace.domain.span import Span
from commonplace.domain.transcript import Speaker
from commonplace.tui.widgets.reader.cells import shorten
from commonplace.tui.widgets.reader.cursor import Cursor
from commonplace.tui.widgets.reader.document import Document, Needle
from commonplace.tui.widgets.reader.layout import Layout
from commonplace.tui.widgets.reader.marks import (
    CodeLook,
    CodingMark,
    Lanes,
    Marks,
    SuggestionMark,
)
from commonplace.tui.widgets.reader.paint import Columns, Overlay, Painter
from commonplace.tui.widgets.reader.palette import Palette

if TYPE_CHECKING:
    from commonplace.tui.widgets.reader.document import Said

MEASURE = 80
"""Widest text column, in cells: lines much longer than this are hard to read."""

_WIDEST = 90
_LANES = 3
"""Marks side by side, at most; `+` says that there are more."""

_SLICE = 0.004
"""Seconds the layout may hold up a key."""

_NEAR = 2
"""Rows kept between the cursor and the edges of the view while it scrolls."""


class Surface(ScrollView):
    """Shows a `Document` with codings, suggestions, and a cursor; `Reader` makes that move.

    Only the view is wrapped before the first paint; the rest follows in short slices. Painted
    rows are kept, except those that something lies over for the moment.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--suggestion",
        "reader--selection",
        "reader--hit",
        "reader--cursor",
    }
    DEFAULT_CSS = """
    Surface {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        & > .reader--suggestion { color: $accent; }
        & > .reader--selection { background: $primary 65%; }
        & > .reader--hit { background: $warning; }
        & > .reader--cursor { background: $foreground; }
    }
    """

    def __init__(
        self,
        document: Document | None = None,
        *,
        codes: Mapping[str, CodeLook] | None = None,
        codings: Iterable[CodingMark] = (),
        suggestions: Iterable[SuggestionMark] = (),
        measure: int = MEASURE,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """`codes` says how each code is shown, by its id; `measure` is the widest text column."""
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._document = document or Document.build("")
        self._codes: Mapping[str, CodeLook] = codes or {}
        self._codings = Marks(codings)
        self._suggestions = Marks(suggestions)
        self._lanes = Lanes(self._codings, self._document)
        self._laid_lanes = 0
        self._measure = min(measure, _WIDEST)
        self._rows: Layout | None = None
        self._painter: Painter | None = None
        self._needle: Needle | None = None
        self._cache: LRUCache[tuple[int, bool], list[Segment]] = LRUCache(512)
        self._cursor = Cursor()
        self._hit: Span | None = None
        self._height = 1
        self._slicing = False

    # What is shown

    @property
    def document(self) -> Document:
        """The document on the screen."""
        return self._document

    @property
    def codings(self) -> Marks[CodingMark]:
        """The codings on the screen; change them by `put_coding` and its like."""
        return self._codings

    @property
    def suggestions(self) -> Marks[SuggestionMark]:
        """The suggestions on the screen; change them by `put_suggestion` and its like."""
        return self._suggestions

    def set_codes(self, codes: Mapping[str, CodeLook]) -> None:
        """Says anew how each code is shown."""
        self._codes = codes
        self._lay_out()

    def set_codings(self, codings: Iterable[CodingMark]) -> None:
        """Replaces all codings."""
        self._codings = Marks(codings)
        self._lanes = Lanes(self._codings, self._document)
        self._marks_changed()

    def put_coding(self, coding: CodingMark) -> None:
        """Shows a coding, or what has become of it (its span, its code, no longer pending)."""
        before = self._codings.add(coding)
        if before is None or before.span != coding.span:
            self._lanes.remove(coding.id)
            self._lanes.add(coding, self._codings)
        self._marks_changed(coding.span, before.span if before else None)

    def remove_coding(self, coding: str) -> None:
        """Takes a coding off the screen; one that is not there is no error."""
        before = self._codings.remove(coding)
        if before is not None:
            self._lanes.remove(coding)
            self._marks_changed(before.span)

    def set_suggestions(self, suggestions: Iterable[SuggestionMark]) -> None:
        """Replaces all suggestions."""
        self._suggestions = Marks(suggestions)
        self._marks_changed()

    def put_suggestion(self, suggestion: SuggestionMark) -> None:
        """Shows one more suggestion, or one changed."""
        before = self._suggestions.add(suggestion)
        self._marks_changed(suggestion.span, before.span if before else None)

    def remove_suggestion(self, suggestion: str) -> None:
        """Takes a suggestion off the screen; one that is not there is no error."""
        before = self._suggestions.remove(suggestion)
        if before is not None:
            self._marks_changed(before.span)

    def set_turns(self, turns: Iterable[Said], speakers: Iterable[Speaker]) -> None:
        """Shows the same text with other turns or speakers; cursor and selection stay.

        Raises `ValueError` when the turns overlap or reach beyond the text.
        """
        self._document = Document.build(self._document.texts, turns, speakers)
        self._lanes = Lanes(self._codings, self._document)
        self._lay_out()

    def _marks_changed(self, *spans: Span | None) -> None:
        """Repaints what lies under `spans`; everything when none is given."""
        if self._rows is not None and self._wanted > self._laid_lanes:
            self._lay_out()
            return
        if self._painter is not None:
            self._painter.codings = self._codings
            self._painter.suggestions = self._suggestions
            self._painter.lanes = self._lanes
        if not spans:
            self._repaint()
        for span in {span for span in spans if span is not None}:
            self._touch(span)

    # Layout

    @property
    def _view_height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    @property
    def _top(self) -> int:
        return self.scroll_offset.y

    @property
    def _wanted(self) -> int:
        """How many lanes the marks of this document take."""
        return min(_LANES, self._lanes.used)

    def _columns(self, width: int) -> Columns:
        speakers = self._document.speakers
        names = [cell_len(shorten(speaker.label, 12)) for speaker in speakers[:64]]
        marks = [cell_len(look.mark) for look in self._codes.values()]
        return Columns.fit(
            width,
            measure=self._measure,
            name=max([4, *names]),
            mark=min(2, max([1, *marks])),
            lanes=self._wanted,
        )

    def _lay_out(self) -> None:
        """Wraps anew as far as the view; the cursor's row, else the top one, keeps its place."""
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        columns, self._laid_lanes = self._columns(width), self._wanted
        before = self._rows
        offset = self._cursor.offset  # opened before there was room to lay it out
        top = self._view_height // 3
        if before is not None:
            top = self._top
            offset = before.owned(min(top, len(before.starts) - 1))[0]
            place = before.row_of(self._cursor.offset) - top
            in_view = 0 <= place < self._height
            top = place if in_view else 0
            offset = self._cursor.offset if in_view else offset
        self._rows = Layout(self._document, columns.measure, before)
        self._new_painter(columns)
        offset = min(offset, self._document.length)
        row = self._rows.row_of(offset)
        self._height = self._view_height
        self._rows.wrap_to_row(row + 2 * self._height)
        self._sync_height(always=True)
        self._scroll_to_row(row - min(top, self._height - 1))
        self.refresh()
        self._wrap_on()

    def _wrap_on(self) -> None:
        """Wraps the rest in slices, so that no key waits for it."""
        if self._rows is not None and not self._rows.complete and not self._slicing:
            self._slicing = True
            self.call_after_refresh(self._wrap_slice)

    def _wrap_slice(self) -> None:
        self._slicing = False
        if self._rows is None:
            return
        if self._rows.wrap_for(_SLICE):
            self._sync_height()
        else:
            self._slicing = True
            self.set_timer(0.001, self._wrap_slice)

    def _sync_height(self, always: bool = False) -> None:
        """Tells the scrollbar how many rows there are, once that is known (or `always`)."""
        if self._rows is None:
            return
        rows = self._rows.rows
        if always or self._rows.complete or len(self._rows.starts) > self.virtual_size.height:
            size = Size(self.scrollable_content_region.width, rows)
            if size != self.virtual_size:
                self.virtual_size = size

    def _scroll_to_row(self, row: int) -> None:
        """Scrolls at once, so that `row` is the first in view."""
        self.scroll_to(y=max(0, row), animate=False, force=True)

    def _show_row(self, row: int) -> None:
        """Scrolls no further than it takes to show `row`; far off, to a third of the view."""
        self._sync_height()
        top, height = self._top, self._view_height
        near = min(_NEAR, (height - 1) // 2)
        if top + near <= row < top + height - near:
            return
        if row < top - height or row > top + 2 * height:
            self._scroll_to_row(row - height // 3)
        elif row < top + near:
            self._scroll_to_row(row - near)
        else:
            self._scroll_to_row(row - height + 1 + near)

    def reveal(self, span: Span) -> None:
        """Scrolls until `span` can be seen, from its beginning; the cursor stays."""
        if self._rows is None:
            return
        first = self._rows.row_of(span.start)
        last = self._rows.row_of(max(span.start, span.end - 1))
        self._rows.wrap_to_row(last + self._view_height)
        self._sync_height()
        top, height = self._top, self._view_height
        if top <= first and last < top + height:
            return
        room = height - (last - first)
        self._scroll_to_row(first - (room // 3 if room > 0 else 1))

    def on_resize(self) -> None:
        """Wraps to the new width around the place that was in view."""
        self._lay_out()

    # Painting

    def notify_style_update(self) -> None:
        """The theme or the focus has changed: styles are mixed anew when next painted."""
        super().notify_style_update()
        self._cache.clear()
        if self._painter is not None and self._rows is not None:
            self._painter.palette = self._mix()

    def _mix(self) -> Palette:
        styles = self.get_component_styles
        background, foreground = self.background_colors[1], self.colors[3]
        app = self.app
        return Palette(
            background=background,
            foreground=foreground,
            accent=styles("reader--suggestion").color,
            select=styles("reader--selection").background,
            seek=styles("reader--hit").background,
            cursor_color=styles("reader--cursor").background,
            plain=app.no_color or background.ansi is not None,
            focused=self.has_focus,
        )

    def _new_painter(self, columns: Columns) -> None:
        assert self._rows is not None
        self._cache.clear()
        self._painter = Painter(
            layout=self._rows,
            columns=columns,
            palette=self._mix(),
            codes=self._codes,
            codings=self._codings,
            lanes=self._lanes,
            suggestions=self._suggestions,
            needle=self._needle,
        )

    def render_line(self, y: int) -> Strip:
        """One row of the view."""
        width = self.scrollable_content_region.width
        painter, rows = self._painter, self._rows
        if painter is None or rows is None:
            return Strip.blank(width, self.rich_style)
        row = self._top + y
        rows.wrap_to_row(row)
        if row >= len(rows.starts):
            return Strip.blank(width, painter.palette.base)
        overlay = self._overlay(row)
        whole = overlay is not None and overlay.is_whole(rows.shown(row))
        if overlay is not None and not whole:
            return Strip(painter.row(row, overlay), painter.columns.width)
        key = (row, whole)
        segments = self._cache.get(key)
        if segments is None:
            segments = self._cache[key] = painter.row(row, overlay)
        return Strip(segments, painter.columns.width)

    def _overlay(self, row: int) -> Overlay | None:
        """What lies over a row for the moment: selection, cursor, the hit the search is at."""
        assert self._rows is not None
        start, end = self._rows.owned(row)
        offset = self._cursor.offset
        cursor = None
        if start <= offset <= end and self._rows.row_of(offset) == row:
            cursor = self._rows.glyph_at(offset)
        return Overlay.of((start, end), self._cursor.selection, cursor, self._hit)

    def _repaint(self) -> None:
        self._cache.clear()
        self.refresh()

    def _touch(self, span: Span) -> None:
        """Repaints the rows of a span whose marks have changed."""
        if self._rows is None:
            return
        last = self._rows.row_of(min(span.end, self._document.length) - 1)
        first = self._rows.row_of(min(span.start, self._document.length))
        if last - first > len(self._cache):
            self._cache.clear()
        else:
            for row in range(first, last + 1):
                self._cache.discard((row, False))
                self._cache.discard((row, True))
        self._refresh_rows(first, last)

    def _refresh_rows(self, first: int, last: int) -> None:
        """Asks for another paint of these rows, as far as they are in view."""
        top = self._top
        first, last = max(first, top), min(last, top + self._view_height)
        if first <= last:
            self.refresh_lines(first, last - first + 1)
