"""What stands above the names of columns in a table: its title, when it was exported, headings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

_ROWS_AT_MOST = 20
_NAMED = 0.75
"""Share of the columns that have names in a row of names; headings above stand over several."""


class _Row(Protocol):
    @property
    def line(self) -> int: ...
    @property
    def cells(self) -> tuple[str, ...]: ...


_R = TypeVar("_R", bound=_Row)


def below_titles(rows: Sequence[_R], *, text: bool = False) -> tuple[Sequence[_R], tuple[str, ...]]:
    """The rows from that of the names on, and a note of what stands above them.

    A title is a first row with one cell, where further down a row names nearly every column that
    is filled below it, and most rows there are wider. In a file of text, in which any comma makes
    a cell, a blank line must part them, or the first row have separators after its one cell.
    """
    count = _titles(rows, text=text)
    if not count:
        return rows, ()
    words = "; ".join(cell.strip() for row in rows[:count] for cell in row.cells if cell.strip())
    what = "1 row" if count == 1 else f"{count} rows"
    said = words if len(words) <= 80 else f"{words[:80]}…"
    return rows[count:], (f"{what} above the names of the columns left out: {said}",)


def _titles(rows: Sequence[_Row], *, text: bool) -> int:
    if len(rows) < 3 or len(_filled(rows[0])) != 1:
        return 0
    filled = [_filled(row) for row in rows]
    used: set[int] = set().union(*filled[_ROWS_AT_MOST + 1 :])
    found = 0
    for place in range(min(_ROWS_AT_MOST, len(rows) - 2), 0, -1):
        used |= filled[place + 1]
        wider = sum(len(each) > 1 for each in filled[place + 1 :])
        named = len(filled[place]) > max(1, _NAMED * len(used | filled[place]))
        apart = len(rows[0].cells) > 1 or rows[place].line > rows[place - 1].line + 1
        if named and (apart or not text) and 2 * wider > len(rows) - place - 1:
            found = place
    return found


def _filled(row: _Row) -> set[int]:
    return {place for place, cell in enumerate(row.cells) if cell.strip()}
