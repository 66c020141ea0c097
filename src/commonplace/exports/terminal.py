"""Tables on the terminal: aligned, as wide as the window, harmless."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TextIO

from commonplace.domain.table import Row, Table
from commonplace.exports.shown import Shown, columns, visible

SAMPLE = 200
"""Rows looked at to find how wide columns must be; text in later ones is cut to fit."""

WIDEST = 60
"""Cells that a column of text takes at most."""

READABLE = 14
"""Cells that text keeps in the column that is worth most, and beside what is not worth its cost."""

NARROWEST = 8
"""Cells below which no column of text shrinks."""

_SECOND = {"end": "start", "to": "from"}
_INTERVAL_END = re.compile("_(low|high)$")
_GAP = "  "
_CUT = "…"


@dataclass(slots=True)
class _Shown(Shown):
    """A column as it is shown."""

    width: int = 0
    """In terminal cells."""
    narrowest: int = NARROWEST
    """Those it keeps of them, if it is text."""
    ends_here: bool = False
    """Whether it stands against the next column, cut at its beginning."""

    def text(self, row: Row) -> str:
        """The cell of a row, in one line."""
        return _one_line(Shown.text(self, row))

    @property
    def title(self) -> str:
        """The name, in one line."""
        return _one_line(visible(self.name))

    @property
    def identity(self) -> bool:
        """Whether it holds identities, which are long and serve whole."""
        return self.name.endswith("_id")

    def least(self, narrowest: int = 0) -> int:
        """The cells it can do with, or if it is text that number; figures are never cut."""
        whole = self.figures or self.identity
        return self.width if whole else min(self.width, max(narrowest, self.narrowest))

    def line(self, text: str) -> str:
        """`text` cut or filled up to the width of the column."""
        if self.figures:
            return " " * (self.width - length(text)) + text
        if self.ends_here:
            text = cut(text[::-1], self.width)[::-1]
            return " " * (self.width - length(text)) + text
        text = cut(text, self.width)
        return text + " " * (self.width - length(text))


def write(table: Table, stream: TextIO, *, width: int) -> None:
    """Writes the rows under their headings, then the note; `width` is in terminal cells.

    Where not all columns have room, as many of those in `table.brief` are shown as have when text
    is cut short, and of the others as many as have room beside them uncut, the first first; what
    is left out is named. Long text is cut with `…`, figures never are; what leads up to the next
    column is cut at its beginning. Nothing in the text acts on the terminal.
    """
    rows = iter(table)
    sample = list(islice(rows, SAMPLE))
    shown = _with_room(_columns(table, sample), table.brief, width)
    _fit(shown, width)
    stream.write(_line(column.line(column.title) for column in shown))
    stream.write(_line("─" * column.width for column in shown))
    for row in chain(sample, rows):
        stream.write(_line(column.line(column.text(row)) for column in shown))
    for line in _remarks(table, shown):
        stream.write(f"\n{line}\n")


def length(text: str) -> int:
    """How many terminal cells `text` takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, cells: int) -> str:
    """`text` in at most that many cells, `…` at its end where something is left out."""
    if length(text) <= cells:
        return text
    kept, room = "", cells - 1
    for character in text:
        room -= length(character)
        if room < 0:
            break
        kept += character
    return kept + _CUT


def _columns(table: Table, sample: Sequence[Row]) -> list[_Shown]:
    """The columns, as wide as they like to be."""
    shown = [
        _Shown(c.name, c.place, c.of, c.figures, ends_here=table.columns[c.place].ends_here)
        for c in columns(table)
    ]
    for column in shown:
        widest = max((length(column.text(row)) for row in sample), default=0)
        widest = max(widest, length(column.title))
        column.width = widest if column.figures else min(widest, WIDEST)
    return shown


def _with_room(shown: list[_Shown], brief: Sequence[str], width: int) -> list[_Shown]:
    """All columns if they stay readable; else those worth most that have room when text is cut
    short, one at least, and what has room beside them uncut. What is worth most stays readable;
    beside identities all does, unless these are worth most and take no more than half the line.
    Two ends are shown together or not at all."""
    if _total([column.least(READABLE) for column in shown]) <= width:
        return shown
    by_name = {column.name: column for column in shown}
    worth = [by_name[name] for name in brief or by_name if name in by_name]
    if worth[0].identity and worth[0].width > width / 2:
        worth.append(worth.pop(0))
    worth[0].narrowest = READABLE
    kept: list[_Shown] = []
    for group in _together(worth):
        narrowest = READABLE if group[0].identity else 0
        if not kept or _total([column.least(narrowest) for column in (*kept, *group)]) <= width:
            kept += group
    for group in _together(column for column in shown if column not in worth):
        if _total([column.width for column in (*kept, *group)]) <= width:
            kept += group
    return [column for column in shown if column in kept]


def _together(shown: Iterable[_Shown]) -> Iterable[list[_Shown]]:
    """The columns, those together that are the ends of one interval or stretch."""
    groups: dict[str, list[_Shown]] = {}
    for column in shown:
        first = _SECOND.get(column.name) or _INTERVAL_END.sub("_low", column.name)
        groups.setdefault(first, []).append(column)
    return groups.values()


def _fit(shown: Sequence[_Shown], width: int) -> None:
    """Narrows the widest columns of text until the line fits, or none can give."""
    for _ in range(_total([column.width for column in shown]) - width):
        giving = [column for column in shown if column.width > column.least()]
        if not giving:
            return
        max(giving, key=lambda column: column.width).width -= 1


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _line(cells: Iterator[str]) -> str:
    return _GAP.join(cells).rstrip() + "\n"


def _remarks(table: Table, shown: Sequence[_Shown]) -> Iterator[str]:
    if table.note:
        yield visible(table.note)
    names = {column.name for column in shown} | {
        table.columns[column.of].name for column in shown if column.of is not None
    }
    left_out = [name for name in table.header if name not in names]
    if left_out:
        yield f"Not shown for want of room: {_one_line(visible(', '.join(left_out)))}."
