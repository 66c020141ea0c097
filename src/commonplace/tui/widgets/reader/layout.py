"""Rows: a document wrapped to a width, as far as anyone has looked.

A row is a stretch of code points. Every code point stands on exactly one row, in order; the
line break or the space a row ends with belongs to it. After each turn comes a blank row, which
owns the white space between turns except its first code point: that one stays on the last row
of words, where the cursor can stand behind the last word.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from time import perf_counter

from commonplace.tui.widgets.reader.cells import Glyph, glyphs, is_plain
from commonplace.tui.widgets.reader.document import Document

_TOKEN = re.compile(r"\t| +|[^ \t]+")
_UNKNOWN, _PLAIN, _WIDE = 0, 1, 2


class Layout:
    """The rows of a document at a width in cells. Wraps in order, on demand or in slices."""

    __slots__ = ("_first_rows", "_kinds", "_wrapped", "document", "starts", "width")

    def __init__(self, document: Document, width: int, before: Layout | None = None) -> None:
        """`before` is an earlier layout of the same text: what still holds of it is kept."""
        self.document = document
        self.width = max(4, width)
        self.starts = array("I")
        """The first code point of each row wrapped so far."""
        self._first_rows = array("I")
        """The first row of each piece wrapped so far."""
        self._wrapped = 0
        self._kinds = bytearray(len(document.texts))
        if before is not None and before.document.same_pieces(document):
            self._kinds = before._kinds
            if before.width == self.width:
                self.starts, self._first_rows = before.starts, before._first_rows
                self._wrapped = before._wrapped

    # Wrapping

    @property
    def complete(self) -> bool:
        """Whether every piece has been wrapped."""
        return self._wrapped == len(self.document.texts)

    @property
    def rows(self) -> int:
        """How many rows there are; an estimate until the layout is complete."""
        done = len(self.starts)
        if self.complete:
            return done
        starts, pieces = self.document.starts, len(self.document.texts)
        seen = starts[self._wrapped] if self._wrapped else 0
        left = self.document.length - seen
        if seen > 2000:
            return done + left * done // seen
        return done + left * 11 // (10 * self.width) + 2 * (pieces - self._wrapped)

    def wrap_to_row(self, row: int) -> None:
        """Wraps as far as `row`, if there are that many."""
        while len(self.starts) <= row and not self.complete:
            self._wrap_next()

    def wrap_to_offset(self, offset: int) -> None:
        """Wraps as far as the piece that holds `offset`."""
        piece = self.document.piece_at(offset)
        while self._wrapped <= piece and not self.complete:
            self._wrap_next()

    def wrap_for(self, seconds: float) -> bool:
        """Wraps for about that long; returns whether the layout is complete."""
        end = perf_counter() + seconds
        while not self.complete and perf_counter() < end:
            for _ in range(min(8, len(self.document.texts) - self._wrapped)):
                self._wrap_next()
        return self.complete

    def _wrap_next(self) -> None:
        document, piece = self.document, self._wrapped
        self._first_rows.append(len(self.starts))
        base = document.starts[piece]
        text = document.texts[piece]
        end = document.content_end(piece) - base
        kind = self._kinds[piece]
        if kind == _UNKNOWN:
            plain = is_plain(text.replace("\n", " "))
            kind = self._kinds[piece] = _PLAIN if plain else _WIDE
        starts = _wrap(text, document.hidden[piece], end, self.width, kind == _PLAIN)
        starts[0] = 0
        if base:
            self.starts.extend([base + start for start in starts])
        else:
            self.starts.extend(starts)
        self._wrapped += 1
        if document.closes(piece):
            last = self._wrapped == len(document.texts)
            self.starts.append(base + (end + 1 if last else min(end + 1, len(text))))

    # Rows

    def row_of(self, offset: int) -> int:
        """The row that holds `offset`."""
        self.wrap_to_offset(offset)
        return max(0, bisect_right(self.starts, offset) - 1)

    def piece_of(self, row: int) -> int:
        """The piece that a row shows, or follows if it is blank."""
        self.wrap_to_row(row)
        return max(0, bisect_right(self._first_rows, row) - 1)

    def first_row(self, piece: int) -> int:
        """The first row of a piece."""
        while self._wrapped <= piece:
            self._wrap_next()
        return self._first_rows[piece]

    def owned(self, row: int) -> tuple[int, int]:
        """The code points `[start, end)` that stand on a row, seen or not."""
        self.wrap_to_row(row + 1)
        start = self.starts[row]
        end = self.starts[row + 1] if row + 1 < len(self.starts) else self.document.length
        return min(start, self.document.length), min(max(start, end), self.document.length)

    def is_blank(self, row: int) -> bool:
        """Whether a row separates turns."""
        piece = self.piece_of(row)
        if not self.document.closes(piece):
            return False
        following = piece + 1
        first = self._first_rows[following] if following < self._wrapped else len(self.starts)
        return row + 1 == first

    def shown(self, row: int) -> tuple[int, int]:
        """The code points `[start, end)` of a row that are visible; empty on a blank row."""
        start, end = self.owned(row)
        if self.is_blank(row):
            return start, start
        piece = self.piece_of(row)
        base = self.document.starts[piece]
        if row == self._first_rows[piece]:
            start = base + self.document.hidden[piece]
        end = min(end, self.document.content_end(piece))
        if end > start and self.document.texts[piece][end - base - 1] == "\n":
            end -= 1
        return start, max(start, end)

    def breaks(self, row: int) -> bool:
        """Whether a row ends its paragraph, so that the cursor can stand behind its last word."""
        end = self.shown(row)[1]
        return end < self.owned(row)[1] or end == self.document.length

    def is_plain(self, row: int) -> bool:
        """Whether each code point shown on a row is one glyph of one cell."""
        return self._kinds[self.piece_of(row)] == _PLAIN

    def text(self, row: int) -> str:
        """What is shown on a row, as stored."""
        start, end = self.shown(row)
        piece = self.piece_of(row)
        base = self.document.starts[piece]
        return self.document.texts[piece][start - base : end - base]

    def glyphs(self, row: int) -> list[Glyph]:
        """The glyphs shown on a row."""
        return glyphs(self.text(row), self.shown(row)[0])

    # Cells

    def cell_of(self, offset: int) -> int:
        """The cell in the text column at which the glyph that holds `offset` begins."""
        row = self.row_of(offset)
        start, end = self.shown(row)
        offset = min(max(start, offset), end)
        if self.is_plain(row):
            return offset - start
        cell = 0
        for glyph in self.glyphs(row):
            if glyph.end > offset:
                break
            cell += glyph.cells
        return cell

    def offset_at(self, row: int, cell: int) -> int:
        """The glyph at `cell` of a row: its first code point; past the words, the last stop."""
        start, end = self.shown(row)
        if self.is_plain(row):
            offset = start + max(0, cell)
            return offset if offset < end else self.last_stop(row)
        at = 0
        for glyph in self.glyphs(row):
            at += glyph.cells
            if at > cell:
                return glyph.start
        return self.last_stop(row)

    def last_stop(self, row: int) -> int:
        """The last place on a row where the cursor can stand."""
        start, end = self.shown(row)
        if self.breaks(row) or end == start:
            return end
        return end - 1 if self.is_plain(row) else self.glyphs(row)[-1].start

    def glyph_at(self, offset: int) -> tuple[int, int]:
        """The glyph that holds `offset`, as `[start, end)`; empty behind the last word of a row."""
        row = self.row_of(offset)
        start, end = self.shown(row)
        if offset >= end:
            return end, end
        if self.is_plain(row):
            offset = max(start, offset)
            return offset, offset + 1
        for glyph in self.glyphs(row):
            if glyph.end > offset:
                return glyph.start, glyph.end
        return end, end


def _wrap(text: str, start: int, end: int, width: int, plain: bool) -> list[int]:
    """Where the rows of `text[start:end]` begin; always at least one."""
    starts: list[int] = []
    while True:
        line_end = text.find("\n", start, end)
        stop = line_end if line_end >= 0 else end
        if plain:
            _wrap_plain(text, start, stop, width, starts)
        else:
            _wrap_wide(text, start, stop, width, starts)
        if line_end < 0 or line_end + 1 >= end:
            return starts
        start = line_end + 1


def _wrap_plain(text: str, start: int, end: int, width: int, starts: list[int]) -> None:
    """One paragraph in which each code point is one cell."""
    starts.append(start)
    find_space = text.rfind
    while end - start > width:
        cut = find_space(" ", start, start + width + 1)
        if cut <= start:
            start += width
        else:
            start = cut + 1
            while start < end and text[start] == " ":
                start += 1
        if start >= end:
            return
        starts.append(start)


def _wrap_wide(text: str, start: int, end: int, width: int, starts: list[int]) -> None:
    """One paragraph with glyphs of any width; words that fit no row are cut between glyphs."""
    starts.append(start)
    column = 0
    for token in _TOKEN.finditer(text, start, end):
        word = token[0]
        if word[0] == " ":
            column += len(word)
            continue
        if is_plain(word) and column + len(word) <= width:
            column += len(word)
            continue
        parts = glyphs(word, token.start(), column)
        cells = sum(glyph.cells for glyph in parts)
        if column and column + cells > width:
            starts.append(token.start())
            column = 0
            parts = glyphs(word, token.start(), 0)
            cells = sum(glyph.cells for glyph in parts)
        if cells <= width:
            column += cells
            continue
        for glyph in parts:
            if column + glyph.cells > width:
                starts.append(glyph.start)
                column = 0
            column += glyph.cells
