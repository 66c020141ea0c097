"""The reader: a transcript with its marks, to move about in, to select in, and to search."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.timer import Timer

from commonplace.domain.span import Span
from commonplace.tui.widgets.reader import messages, motions
from commonplace.tui.widgets.reader.cursor import Cursor
from commonplace.tui.widgets.reader.document import Document
from commonplace.tui.widgets.reader.marks import CodingMark, Lanes, Marks, SuggestionMark
from commonplace.tui.widgets.reader.motions import Unit
from commonplace.tui.widgets.reader.searching import Searched

_MOVES: tuple[tuple[str, Unit, int], ...] = (
    ("left", "character", -1),
    ("right", "character", 1),
    ("ctrl+left", "word", -1),
    ("ctrl+right", "word", 1),
    ("up", "line", -1),
    ("down", "line", 1),
    ("home", "edge", -1),
    ("end", "edge", 1),
    ("pageup", "page", -1),
    ("pagedown", "page", 1),
    ("ctrl+up", "turn", -1),
    ("ctrl+down", "turn", 1),
    ("ctrl+home", "document", -1),
    ("ctrl+end", "document", 1),
)


def _bindings() -> list[BindingType]:
    """Two bindings for each movement: with shift it extends the selection."""
    found: list[BindingType] = []
    for key, unit, direction in _MOVES:
        name = f"reader.{unit}.{'next' if direction > 0 else 'previous'}"
        shifted = key.replace("ctrl+", "ctrl+shift+") if "ctrl" in key else f"shift+{key}"
        for keys, action, label, suffix in (
            (key, f"move('{unit}', {direction})", f"Move by {unit}", ""),
            (shifted, f"move('{unit}', {direction}, True)", f"Extend by {unit}", ".extend"),
        ):
            found.append(Binding(keys, action, label, show=False, id=name + suffix))
    return [
        *found,
        Binding("space", "select_sentence_or_turn", "Select", show=False, id="reader.select"),
        Binding("escape", "clear", "Clear", show=False, id="reader.clear"),
        Binding("enter", "activate", "Open", show=False, id="reader.activate"),
    ]


class Reader(Searched, can_focus=True):
    """Shows a `Document`; every offset and span is in code points of the stored text.

    Plain data goes in by `open`, `put_coding`, `set_suggestions` and their like; `CursorMoved`,
    `SelectionChanged` and `Activated` come out. Keys that move and select are bound here, keys
    that do something to what is selected are for the screen, which asks `target()`.

    | component class | colours |
    |---|---|
    | `reader--suggestion` | signs of suggestions (color) |
    | `reader--selection` | the selection (background) |
    | `reader--hit` | search hits (background) |
    | `reader--cursor` | the cursor (background) |
    """

    BINDINGS: ClassVar[list[BindingType]] = _bindings()

    CursorMoved = messages.CursorMoved
    SelectionChanged = messages.SelectionChanged
    Activated = messages.Activated

    _told: messages.Place | None = None
    _told_selection: tuple[Span | None, bool] = (None, False)
    _drag: Timer | None = None
    _drag_at = (0, 0)

    def open(
        self,
        document: Document,
        *,
        codings: Iterable[CodingMark] = (),
        suggestions: Iterable[SuggestionMark] = (),
        offset: int = 0,
    ) -> None:
        """Shows another document, the cursor at `offset`, nothing selected."""
        self._document = document
        self._codings, self._suggestions = Marks(codings), Marks(suggestions)
        self._lanes = Lanes(self._codings, self._document)
        self._forget_search()
        self._cursor = Cursor()
        self._rows = self._painter = None
        self.scroll_to(y=0, animate=False, force=True)
        self._lay_out()
        self.go_to(offset)

    # The cursor

    @property
    def cursor(self) -> int:
        """Where the cursor stands."""
        return self._cursor.offset

    @property
    def turn(self) -> int | None:
        """The number of the turn the cursor is in, from 0; None between turns."""
        return self._document.turn_at(self._cursor.offset)

    def codings_here(self) -> list[CodingMark]:
        """The codings that hold the cursor."""
        return self._codings.at(self._cursor.offset)

    def suggestions_here(self) -> list[SuggestionMark]:
        """The suggestions that hold the cursor."""
        return self._suggestions.at(self._cursor.offset)

    def move(self, unit: Unit, direction: int, extend: bool = False) -> None:
        """Moves the cursor by one `unit` on (1) or back (-1); `extend` selects on the way."""
        if self._rows is None:
            return
        page = max(1, self._view_height - 2)
        with _Change(self):
            self._cursor.move(self._rows, unit, direction, extend, page)

    def go_to(self, offset: int) -> None:
        """Puts the cursor at `offset` and shows it; nothing is selected any more."""
        with _Change(self):
            self._cursor.clear()
            self._cursor.place(self._snap(offset))

    def _snap(self, offset: int) -> int:
        """Before the first layout offsets are taken as they are."""
        return offset if self._rows is None else motions.snap(self._rows, offset)

    # The selection

    @property
    def selection(self) -> Span | None:
        """What is selected; None when nothing is."""
        return self._cursor.selection

    @property
    def marking(self) -> bool:
        """Whether mark mode is on: every movement extends the selection."""
        return self._cursor.marking

    def target(self) -> Span | None:
        """What a command applies to: the selection, else the sentence under the cursor."""
        return self.selection or self._document.sentence_at(self._cursor.offset)

    def select(self, span: Span | None) -> None:
        """Selects `span`, widened to whole characters, and shows it; None selects nothing."""
        with _Change(self):
            self._cursor.clear()
            if span is not None:
                end = min(span.end, self._document.length)
                if self._rows is not None and end > span.start:
                    end = max(end, self._rows.glyph_at(end - 1)[1])
                self._cursor.select(self._snap(span.start), end)
        if span is not None:
            self.reveal(span)

    def select_sentence_or_turn(self) -> None:
        """Selects the sentence under the cursor; when it is selected already, the turn."""
        found = self._document.sentence_at(self._cursor.offset)
        turn = self.turn
        if found is not None and turn is not None and self.selection == found:
            found = self._document.speech(turn)
        if found is not None:
            self.select(found)

    def toggle_marking(self) -> None:
        """Turns mark mode on or off, for terminals that send no shift with arrows."""
        with _Change(self):
            self._cursor.toggle_marking()

    def clear(self) -> None:
        """Selects nothing, leaves mark mode, and ends the search."""
        with _Change(self):
            self._cursor.clear()
        if self._query:
            self.search("")

    # Suggestions

    def next_suggestion(self, direction: int = 1) -> SuggestionMark | None:
        """Goes to the next suggestion (-1: the one before) and returns it, if there is one."""
        if direction > 0:
            found = self._suggestions.after(self._cursor.offset)
        else:
            found = self._suggestions.before(self._cursor.offset)
        if found is not None:
            self.go_to(found.span.start)
            self.reveal(found.span)
        return found

    # Telling

    def _marks_changed(self, *spans: Span | None) -> None:
        super()._marks_changed(*spans)
        self._tell()

    def _tell(self) -> None:
        """Posts what has changed since the last time."""
        offset = self._cursor.offset
        place = messages.Place(
            offset,
            self._document.turn_at(offset),
            tuple(mark.id for mark in self._codings.at(offset)),
            tuple(mark.id for mark in self._suggestions.at(offset)),
        )
        if place != self._told:
            self._told = place
            self._post_up(self.CursorMoved(self, place))
        selection = self._cursor.selection, self._cursor.marking
        if selection != self._told_selection:
            self._told_selection = selection
            self._post_up(self.SelectionChanged(self, *selection))

    def _post_up(self, message: messages.ReaderMessage) -> None:
        """Straight to the screen: what it shows of this is then painted with the rows."""
        (self.screen if self.is_attached else self).post_message(message)

    # Mouse

    def _pointed_at(self, event: events.MouseEvent) -> tuple[int, int]:
        """The row and the cell of the text column under the pointer."""
        left = self._painter.columns.text if self._painter else 0
        return event.y - self.gutter.top + self._top, event.x - self.gutter.left - left

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button != 1 or self._rows is None:
            return
        self.capture_mouse()
        row, cell = self._pointed_at(event)
        with _Change(self):
            self._cursor.marking = False
            self._cursor.place(self._offset_at(row, cell), extend=event.shift)

    def _offset_at(self, row: int, cell: int) -> int:
        """Where the cursor goes for a pointer there; on a blank row, to the words above."""
        assert self._rows is not None
        self._rows.wrap_to_row(row + 1)
        row = min(max(0, row), len(self._rows.starts) - 1)
        if self._rows.is_blank(row) and row > 0:
            row -= 1
        return self._rows.offset_at(row, cell)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self.app.mouse_captured is not self or event.button != 1:
            return
        row, cell = self._pointed_at(event)
        self._drag_at = row - self._top, cell
        self._drag_on()
        if self._beyond() == 0:
            self._stop_drag()
        elif self._drag is None:
            self._drag = self.set_interval(1 / 20, self._drag_on)

    def _beyond(self) -> int:
        """Rows the drag is above (negative) or below the view.

        Where the view ends with the screen no pointer gets beyond: its outermost row counts.
        """
        place, height = self._drag_at[0], self._view_height
        first = 1 if self.region.y <= 0 else 0
        last = height - (2 if self.region.bottom >= self.screen.size.height else 1)
        return min(0, place - first) + max(0, place - last)

    def _drag_on(self) -> None:
        """Extends the selection to the pointer, the character under it included."""
        if self._rows is None:
            return
        place, cell = self._drag_at
        if beyond := self._beyond():
            self._scroll_to_row(self._top + beyond)
        place = min(max(0, place), self._view_height - 1)
        offset = self._offset_at(self._top + place, cell)
        with _Change(self, follow=False):
            cursor = self._cursor
            if offset >= (cursor.offset if cursor.anchor is None else cursor.anchor):
                offset = max(offset, self._rows.glyph_at(offset)[1])
            if offset != cursor.offset:
                cursor.place(offset, extend=True)

    def _stop_drag(self) -> None:
        if self._drag is not None:
            self._drag.stop()
            self._drag = None

    def on_mouse_up(self) -> None:
        self._stop_drag()
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Two clicks select the word, three the sentence, four the turn."""
        if self._rows is None or event.chain < 2:
            return
        row, cell = self._pointed_at(event)
        offset = self._offset_at(row, cell)
        if event.chain == 2:
            start, end = motions.word_at(self._rows, offset)
            if start < end:
                self.select(Span(start, end))
        elif event.chain in {3, 4}:
            self.select_sentence_or_turn()

    # Actions

    def action_move(self, unit: Unit, direction: int, extend: bool = False) -> None:
        """See `move`."""
        self.move(unit, direction, extend)

    def action_select_sentence_or_turn(self) -> None:
        """See `select_sentence_or_turn`."""
        self.select_sentence_or_turn()

    def action_clear(self) -> None:
        """See `clear`; with nothing to clear the key goes on to whoever holds the reader."""
        if self.selection is None and not self.marking and not self._query:
            raise SkipAction
        self.clear()

    def action_activate(self) -> None:
        """Enter: for whoever holds the reader."""
        self.post_message(self.Activated(self, self._cursor.offset))


class _Change:
    """Around a change of cursor or selection: repaints what differs, follows, and tells."""

    def __init__(self, reader: Reader, follow: bool = True) -> None:
        self._reader = reader
        self._follow = follow

    def __enter__(self) -> None:
        cursor = self._reader._cursor
        self._offset, self._selection = cursor.offset, cursor.selection

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        reader = self._reader
        cursor = reader._cursor
        reader._tell()
        if reader._rows is None:
            return
        row_of = reader._rows.row_of
        if cursor.offset != self._offset:
            for row in {row_of(self._offset), row_of(cursor.offset)}:
                reader._refresh_rows(row, row)
        if cursor.selection != self._selection:
            for start, end in _difference(self._selection, cursor.selection):
                reader._refresh_rows(row_of(start), row_of(end))
        if self._follow and cursor.offset != self._offset:
            reader._show_row(row_of(cursor.offset))


def _difference(one: Span | None, other: Span | None) -> list[tuple[int, int]]:
    """The stretches that are in one span only."""
    if one is None or other is None:
        return [(span.start, span.end) for span in (one, other) if span is not None]
    if not one.overlaps(other):
        return [(one.start, one.end), (other.start, other.end)]
    edges = (one.start, other.start), (one.end, other.end)
    return [(min(pair), max(pair)) for pair in edges if pair[0] != pair[1]]
