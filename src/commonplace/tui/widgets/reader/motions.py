"""Where the cursor goes: functions from a layout and an offset to another offset.

Every result is a place where the cursor can stand: the beginning of a glyph, or behind the last
word of a paragraph.
"""

from __future__ import annotations

import re
from typing import Literal

from commonplace.tui.widgets.reader.layout import Layout

Unit = Literal["character", "word", "line", "edge", "page", "turn", "document"]
"""What the cursor moves by. `edge` is the beginning or end of the row."""

_WORD = re.compile(r"\w+(?:['’‑-]\w+)*")


def snap(layout: Layout, offset: int) -> int:
    """The place nearest to `offset` where the cursor can stand, not after it where possible."""
    row = layout.row_of(min(max(0, offset), layout.document.length))
    if layout.is_blank(row) and row > 0:
        return layout.last_stop(row - 1)
    start, end = layout.shown(row)
    if offset >= end:
        return layout.last_stop(row)
    return layout.glyph_at(max(start, offset))[0]


def character(layout: Layout, offset: int, direction: int) -> int:
    """One glyph on or back."""
    row = layout.row_of(offset)
    start, end = layout.shown(row)
    if direction > 0:
        if offset < end:
            after = layout.glyph_at(offset)[1]
            # A row that ends without a space or a line break has no place behind its last glyph.
            return after if after < end or layout.breaks(row) else _row_start(layout, row, after)
        return _row_start(layout, row, offset)
    if offset > start:
        return layout.glyph_at(min(offset, end) - 1)[0]
    above = beside(layout, row, -1)
    if above is None:
        return offset
    stop = layout.last_stop(above)
    if stop < offset:
        return stop
    return layout.glyph_at(offset - 1)[0] if offset else 0


def _row_start(layout: Layout, row: int, otherwise: int) -> int:
    below = beside(layout, row, 1)
    return otherwise if below is None else layout.shown(below)[0]


def beside(layout: Layout, row: int, step: int) -> int | None:
    """The row with words `step` rows on (or back), at least; None beyond the first and last."""
    direction = 1 if step > 0 else -1
    row += step
    layout.wrap_to_row(row + 1)
    while 0 <= row < len(layout.starts):
        if not layout.is_blank(row):
            return row
        row += direction
        layout.wrap_to_row(row + 1)
    return None


def line(layout: Layout, offset: int, rows: int, goal: int) -> int:
    """`rows` rows on or back, at cell `goal`; to the end of the text when there are too few."""
    row = layout.row_of(offset)
    target = beside(layout, row, rows)
    if target is None:
        return document(layout, 1 if rows > 0 else -1)
    return layout.offset_at(target, goal)


def edge(layout: Layout, offset: int, direction: int) -> int:
    """The beginning or end of the row."""
    row = layout.row_of(offset)
    return layout.last_stop(row) if direction > 0 else layout.shown(row)[0]


def document(layout: Layout, direction: int) -> int:
    """The beginning or end of the text."""
    whole = layout.document
    return snap(layout, whole.length if direction > 0 else 0)


def turn(layout: Layout, offset: int, direction: int) -> int:
    """The beginning of the next turn, of this one, or, there already, of the one before."""
    whole = layout.document
    piece = whole.piece_at(offset)
    while not whole.opens(piece):
        piece -= 1
    here = whole.starts[piece] + whole.hidden[piece]
    if direction < 0:
        if offset > here or piece == 0:
            return snap(layout, here)
        piece -= 1
        while not whole.opens(piece):
            piece -= 1
        return snap(layout, whole.starts[piece] + whole.hidden[piece])
    while not whole.closes(piece):
        piece += 1
    if piece + 1 == len(whole.texts):
        return document(layout, 1)
    return snap(layout, whole.starts[piece + 1] + whole.hidden[piece + 1])


def word(layout: Layout, offset: int, direction: int) -> int:
    """On to the end of a word, or back to the beginning of one."""
    whole = layout.document
    piece = whole.piece_at(offset)
    while 0 <= piece < len(whole.texts):
        base, text = whole.starts[piece], whole.texts[piece]
        hidden = whole.hidden[piece]
        if direction > 0:
            found = _WORD.search(text, max(hidden, offset - base))
            if found:
                return _stop_at(layout, base + found.end(), offset)
        else:
            begin = _last_word(text, hidden, max(hidden, min(len(text), offset - base)))
            if begin is not None:
                return layout.glyph_at(base + begin)[0]
        piece += direction
    return document(layout, direction)


def _stop_at(layout: Layout, target: int, origin: int) -> int:
    """`target`, or past the glyph it would cut, so that the cursor gets on."""
    stop = snap(layout, target)
    return stop if stop > origin else character(layout, origin, 1)


def _last_word(text: str, start: int, end: int) -> int | None:
    """Where the last word that begins in `text[start:end]` begins."""
    reach = 64
    while True:
        low = max(start, end - reach)
        if low > start:  # not from inside a word
            low = max(start, text.rfind(" ", start, low) + 1)
        begin = None
        for found in _WORD.finditer(text, low, end):
            begin = found.start()
        if begin is not None or low == start:
            return begin
        reach *= 8


def word_at(layout: Layout, offset: int) -> tuple[int, int]:
    """The word at `offset`, else the glyph there, as `[start, end)`."""
    whole = layout.document
    piece = whole.piece_at(offset)
    base, text = whole.starts[piece], whole.texts[piece]
    at = offset - base
    low = max(0, text.rfind(" ", 0, at) + 1)
    low = max(low, text.rfind("\n", 0, at) + 1)
    for found in _WORD.finditer(text, low):
        if found.start() <= at < found.end():
            return base + found.start(), base + found.end()
        if found.start() > at:
            break
    return layout.glyph_at(offset)
