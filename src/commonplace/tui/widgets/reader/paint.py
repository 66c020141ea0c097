"""From a row of the layout to the segments a terminal prints."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from commonplace.domain.span import Span
from commonplace.tui.widgets.reader.cells import Glyph, shorten
from commonplace.tui.widgets.reader.document import Document, Needle
from commonplace.tui.widgets.reader.layout import Layout
from commonplace.tui.widgets.reader.marks import (
    LANES,
    CodeLook,
    CodingMark,
    Lanes,
    Marks,
    SuggestionMark,
)
from commonplace.tui.widgets.reader.palette import Palette

OWN_BAR, OTHER_BAR = "┃", "┊"
SUGGESTED, SUGGESTED_ON, MORE = "?", "·", "+"

ENOUGH = 60
"""Cells of text beyond which the margin gets what it would like to have."""

_BETWEEN = 4
"""Cells for `+`, for the hint, after it, and behind the last word for the cursor."""

Range = tuple[int, int]


class Columns(NamedTuple):
    """How a row is divided, in cells: speaker, lanes of marks, hints, and the text."""

    gutter: int
    lanes: int
    lane: int
    """Cells of one lane."""
    text: int
    """Where the text begins."""
    measure: int
    """Cells of the text, at most."""
    width: int
    """Cells of the whole row."""

    @classmethod
    def fit(cls, width: int, *, measure: int, name: int, mark: int, lanes: int) -> Columns:
        """Columns for a row of `width` cells: first the text, then marks, then names in full.

        `name` and `mark` are the widest to be shown, `lanes` how many there should be.
        """
        room = width - _BETWEEN - min(measure, ENOUGH, max(width - 12, width * 3 // 4))
        least, lane = min(name, 4 if width >= 40 else 3), max(2, mark)
        while lanes > 1 and least + lanes * lane > room:
            lanes -= 1
        gutter = min(name, max(least, room - lanes * lane))
        if gutter + lanes * (mark + 1) <= room:
            lane = mark + 1
        text = gutter + lanes * lane + _BETWEEN - 1
        return cls(gutter, lanes, lane, text, max(4, min(measure, width - text - 1)), width)


class Overlay(NamedTuple):
    """What lies over a row for the moment, in offsets: selection, cursor, the current hit."""

    selection: Range | None = None
    cursor: Range | None = None
    """The glyph under the cursor; empty behind the last word."""
    hit: Range | None = None

    @classmethod
    def of(
        cls, row: Range, selection: Span | None, cursor: Range | None, hit: Span | None
    ) -> Overlay | None:
        """What of them lies over a row with these offsets; None when nothing does."""
        found = cls(_meeting(selection, row), cursor, _meeting(hit, row))
        return None if found == cls() else found

    def is_whole(self, shown: Range) -> bool:
        """Whether it is nothing but a selection of the whole row, of which so much is shown."""
        return (
            self.cursor is None
            and self.hit is None
            and self.selection is not None
            and self.selection[0] <= shown[0]
            and shown[1] <= self.selection[1]
        )


def _meeting(span: Span | None, row: Range) -> Range | None:
    """`span` as a pair, if it shares anything with a row."""
    if span is None or not (span.start < row[1] and row[0] < span.end):
        return None
    return span.start, span.end


class Painter:
    """Paints rows of one layout with the marks that lie on them."""

    __slots__ = (
        "_hits",
        "codes",
        "codings",
        "columns",
        "lanes",
        "layout",
        "needle",
        "palette",
        "suggestions",
    )

    def __init__(
        self,
        *,
        layout: Layout,
        columns: Columns,
        palette: Palette,
        codes: Mapping[str, CodeLook],
        codings: Marks[CodingMark],
        lanes: Lanes,
        suggestions: Marks[SuggestionMark],
        needle: Needle | None = None,
    ) -> None:
        self.layout = layout
        self.columns = columns
        self.palette = palette
        self.codes = codes
        self.codings = codings
        self.lanes = lanes
        self.suggestions = suggestions
        self.needle = needle
        self._hits: dict[int, list[Range]] = {}

    def seek(self, needle: Needle | None) -> None:
        """Paints other search hits from now on, or none."""
        self.needle = needle
        self._hits.clear()

    @property
    def document(self) -> Document:
        """The document that is painted."""
        return self.layout.document

    def row(self, row: int, overlay: Overlay | None = None) -> list[Segment]:
        """The segments of a row, as wide as the columns say."""
        start, end = self.layout.owned(row)
        end = max(end, start + 1)
        codings = self.codings.within(start, end)
        suggestions = self.suggestions.within(start, end)
        columns, palette = self.columns, self.palette
        segments = [
            self._gutter(row),
            *self._lane_segments(row, start, codings),
            self._hint(start, suggestions),
            Segment(" ", palette.base),
        ]
        used = columns.text
        for segment in self._text(row, codings, suggestions, overlay):
            segments.append(segment)
            used += cell_len(segment.text)
        if overlay is not None and overlay.cursor is not None and used < columns.width:
            at, past = overlay.cursor
            if at == past:
                segments.append(Segment(" ", palette.cursor(palette.base)))
                used += 1
        if used < columns.width:
            segments.append(Segment(" " * (columns.width - used), palette.base))
        return segments

    # The margin

    def _gutter(self, row: int) -> Segment:
        """The speaker beside the first row of a turn, the time beneath."""
        layout, width = self.layout, self.columns.gutter
        piece = layout.piece_of(row)
        turn = self.document.turn_of[piece]
        place = row - layout.first_row(piece)
        if turn < 0 or place > 1 or not self.document.opens(piece):
            return Segment(" " * width, self.palette.base)
        if place == 1:  # beside a blank row it would crowd the next speaker
            time = None if layout.is_blank(row) else self.document.time(turn)
            text = "" if time is None else clock(time, width)
            return Segment(text.ljust(width), self.palette.time)
        speaker = self.document.speaker(turn)
        if speaker is None:
            return Segment("·".ljust(width), self.palette.time)
        name = self._name(speaker.label)
        style = self.palette.interviewer if speaker.interviewer else self.palette.speaker
        return Segment(set_cell_size(name, width), style)

    def _name(self, label: str) -> str:
        """A speaker's name in the gutter: whole, else its first word if no other begins so."""
        width = self.columns.gutter
        if cell_len(label) > width:
            words = label.split()
            alike = [s for s in self.document.speakers if s.label.split()[:1] == words[:1]]
            if words and len(alike) == 1 and cell_len(words[0]) <= width:
                label = words[0]
        return shorten(label, width)

    def _lane_segments(self, row: int, start: int, codings: Sequence[CodingMark]) -> list[Segment]:
        """The marks and bars, the first lane next to the text; `+` where some found no room."""
        columns, palette = self.columns, self.palette
        if not codings:
            return [Segment(" " * (columns.lanes * columns.lane + 1), palette.base)]
        slots: list[Segment | None] = [None] * columns.lanes
        more = False
        turn_begins = row == self.layout.first_row(self.layout.piece_of(row))
        for coding in codings:
            lane = self.lanes.lane(coding.id)
            if lane >= columns.lanes or lane == LANES:
                more = True
                continue
            look = self.codes.get(coding.code) or palette.unknown
            begins = coding.span.start >= start or turn_begins
            text = look.mark if begins else OWN_BAR if coding.own else OTHER_BAR
            style = palette.mark((look.color, coding.own, coding.pending))
            slots[lane] = Segment(set_cell_size(text, columns.lane), style)
        blank = Segment(" " * columns.lane, palette.base)
        found = [Segment(MORE if more else " ", palette.time)]
        found += [slot or blank for slot in reversed(slots)]
        return found

    def _hint(self, start: int, suggestions: Sequence[SuggestionMark]) -> Segment:
        if not suggestions:
            return Segment(" ", self.palette.base)
        begins = any(suggestion.span.start >= start for suggestion in suggestions)
        best = min(suggestions, key=lambda mark: _SURENESS[mark.band.value])
        return Segment(SUGGESTED if begins else SUGGESTED_ON, self.palette.hint(best.band))

    # The text

    def _text(
        self,
        row: int,
        codings: Sequence[CodingMark],
        suggestions: Sequence[SuggestionMark],
        overlay: Overlay | None,
    ) -> list[Segment]:
        """The words of a row in runs of one style each."""
        words = _Words.of(self.layout, row, self.columns.width - self.columns.text)
        if words.start == words.end:
            return []
        palette, voice = self.palette, self._voice(row)
        hits = self._row_hits(row, words) if self.needle else []
        if not (codings or suggestions or hits or overlay):
            return [Segment(words.print(words.start, words.end), palette.text(voice))]
        over = overlay or Overlay()
        widest_first = sorted(codings, key=lambda mark: -len(mark.span))
        coded = [(words.ink(_pair(mark.span)), mark) for mark in widest_first]
        hinted = [words.ink(_pair(mark.span)) for mark in suggestions]
        hits = [words.ink(hit) for hit in hits]
        laid = [words.clip(span or _NONE) for span in (over.hit, over.selection, over.cursor)]
        paints = (palette.current_hit, palette.selected, palette.cursor)
        cuts = {words.start, words.end}
        for span in (*(span for span, _ in coded), *hinted, *hits, *laid):
            if span[0] < span[1]:
                cuts.update(span)
        segments = []
        for low, high in pairwise(sorted(cuts)):
            tints = tuple(
                (self._color(mark.code), mark.own, mark.pending)
                for span, mark in coded
                if span[0] <= low < span[1]
            )
            style = palette.text(voice, tints, any(a <= low < b for a, b in hinted))
            if any(a <= low < b for a, b in hits):
                style = palette.hit(style)
            for (a, b), paint in zip(laid, paints, strict=True):
                if a <= low < b:
                    style = paint(style)
            if text := words.print(low, high):
                segments.append(Segment(text, style))
        return segments

    def _color(self, code: str) -> str:
        return (self.codes.get(code) or self.palette.unknown).color

    def _voice(self, row: int) -> str:
        """Whose words these are: "speech", "interviewer", or "gap" for text in no turn."""
        turn = self.document.turn_of[self.layout.piece_of(row)]
        if turn < 0:
            return "gap"
        speaker = self.document.speaker(turn)
        return "interviewer" if speaker is not None and speaker.interviewer else "speech"

    def _row_hits(self, row: int, words: _Words) -> list[Range]:
        """The hits of the search that show on a row."""
        piece = self.layout.piece_of(row)
        hits = self._hits.get(piece)
        if hits is None:
            base = self.document.starts[piece]
            found = self.needle.spans(self.document.texts[piece]) if self.needle else ()
            hits = [(base + low, base + high) for low, high in found]
            if len(self._hits) > 256:
                self._hits.clear()
            self._hits[piece] = hits
        return [hit for hit in hits if hit[0] < words.end and hit[1] > words.start]


class _Words(NamedTuple):
    """The words `[start, end)` of a row, and how stretches of them are printed."""

    start: int
    end: int
    text: str
    glyphs: list[Glyph] | None
    """None when each code point is a glyph of one cell."""
    firsts: list[int]
    """Where each glyph begins."""
    room: int
    """Cells there are for the words; spaces a row broke on may hang beyond them."""

    @classmethod
    def of(cls, layout: Layout, row: int, room: int) -> _Words:
        start, end = layout.shown(row)
        text = layout.text(row)
        if layout.is_plain(row):
            return cls(start, end, text, None, [], room)
        found = layout.glyphs(row)
        return cls(start, end, text, found, [glyph.start for glyph in found], room)

    def clip(self, span: Range) -> Range:
        """The part of `span` that is on this row, widened to whole glyphs."""
        low, high = max(self.start, span[0]), min(self.end, span[1])
        if self.glyphs is None or low >= high:
            return low, high
        first = self.glyphs[bisect_right(self.firsts, low) - 1]
        last = self.glyphs[bisect_right(self.firsts, high - 1) - 1]
        return first.start, last.end

    def ink(self, span: Range) -> Range:
        """As `clip`, without the spaces the row broke on: a tint there would fray the margin."""
        return self.clip((span[0], min(span[1], self.start + len(self.text.rstrip(" ")))))

    def print(self, low: int, high: int) -> str:
        """What is printed for `[low, high)`, which begins and ends between glyphs."""
        if self.glyphs is None:
            return self.text[low - self.start : min(high - self.start, self.room)]
        first = bisect_right(self.firsts, low) - 1
        last = bisect_right(self.firsts, high - 1)
        room = self.room - sum(glyph.cells for glyph in self.glyphs[:first])
        text = "".join(glyph.shown for glyph in self.glyphs[first:last])
        return text if cell_len(text) <= room else set_cell_size(text, max(0, room))


_NONE: Range = (0, 0)
_SURENESS = {"likely": 0, "maybe": 1, "weak": 2}


def _pair(span: Span) -> Range:
    return span.start, span.end


def clock(seconds: float, width: int) -> str:
    """A time as `1:02:03` or `2:03`, or nothing where it does not fit into `width` cells."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    text = f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
    return text if len(text) <= width else ""
