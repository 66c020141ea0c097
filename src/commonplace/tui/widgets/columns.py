"""How columns share the lines of a list, and how a cell is laid into its column."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.style import Style as ContentStyle

from commonplace.tui.widgets.rows import Cell, Column, clean

GAP = 2
"""Cells between columns."""

MARGIN = 2
"""Cells at the left edge, for the sign of the current row."""


def widths(columns: Sequence[Column], width: int) -> list[int]:
    """Cells of each column in a line of `width` cells, 0 for one that is left out."""
    shown = [column for column in columns if width >= column.wide_from]
    fixed = sum(column.width for column in shown)
    shares = [column for column in shown if not column.width]
    left = max(0, width - MARGIN - 1 - fixed - GAP * (len(shown) - 1))
    found = []
    for column in columns:
        if column not in shown:
            found.append(0)
        elif column.width:
            found.append(column.width)
        else:
            share = left // len(shares)
            left -= share
            shares = shares[1:]
            found.append(share)
    return found


def laid(
    cell: Cell, width: int, column: Column, height: int, style: ContentStyle
) -> list[list[Segment]]:
    """A cell as `height` lines of `width` cells, an ellipsis where more would follow."""
    content = clean(cell) if isinstance(cell, str | Content) else cell.fit(width)
    if height == 1:
        lines = [content.truncate(width, ellipsis=True)]
    else:
        lines = [content] if content.cell_length <= width else content.wrap(width)
    shown = lines[:height]
    if len(lines) > height:
        last = shown[-1].rstrip()
        if last.cell_length >= width:
            last = last.truncate(width - 1)
        shown[-1] = last.rstrip() + "…"
    found = []
    for place in range(height):
        line = shown[place].rstrip() if place < len(shown) else Content("")
        line = line.truncate(width)
        room = width - line.cell_length
        line = line.pad_left(room) if column.align == "right" else line.pad_right(room)
        found.append(line.render_segments(style))
    return found


def exactly(segments: list[Segment], used: int, width: int, style: Style) -> list[Segment]:
    """Segments of `used` cells, cut or filled up to `width`."""
    if used == width:
        return segments
    return list(Strip(segments, used).adjust_cell_length(width, style))
