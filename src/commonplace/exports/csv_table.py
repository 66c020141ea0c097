"""Tables as CSV (RFC 4180): comma, double quotes where needed, CRLF.

The standard library's writer looks at every character on its own; most cells here are long
passages, and letting `str` search and double the quotes is several times as fast.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from commonplace.domain.table import Cell, Row, Table

FORMULA = frozenset("=+-@\t\r")
"""With one of these a cell begins that a spreadsheet may take for a formula."""

GUARD = "'"
"""Stands before such a cell, and before one that has it there already, so that taking one away
always gives the text back: the spreadsheet then shows it."""

_ROWS = 256
"""Rows put together into one piece of output."""


def write(table: Table, stream: TextIO, *, raw: bool = False, bom: bool = False) -> None:
    """Writes a header and the rows; `stream` must not translate line ends.

    Text that begins like a formula gets `GUARD` in front, unless `raw`; numbers are written as
    they are. True and false are `true` and `false`, what is not known is an empty cell. `bom`
    begins with a byte order mark, by which Excel knows UTF-8.
    """
    if bom:
        stream.write("\ufeff")
    for lines in _pieces(table, FORMULA if not raw else frozenset()):
        stream.write("".join(lines))


def _pieces(table: Table, guarded: frozenset[str]) -> Iterator[list[str]]:
    lines = [line(tuple(table.header), guarded)]
    for row in table:
        lines.append(line(row, guarded))
        if len(lines) == _ROWS:
            yield lines
            lines = []
    yield lines


def line(row: Row, guarded: frozenset[str] = FORMULA) -> str:
    """One record, its line end included."""
    cells = [
        _quoted(cell, guarded) if cell.__class__ is str else "" if cell is None else _plain(cell)
        for cell in row
    ]
    if cells == [""]:
        return '""\r\n'
    return ",".join(cells) + "\r\n"


def _quoted(cell: str, guarded: frozenset[str]) -> str:
    if cell[:1] in guarded or (cell[:1] == GUARD and cell.lstrip(GUARD)[:1] in guarded):
        cell = GUARD + cell
    if '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    if "," in cell or "\n" in cell or "\r" in cell:
        return '"' + cell + '"'
    return cell


def _plain(cell: Cell) -> str:
    """A cell that is no text; an enumeration's value is text nevertheless."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return _quoted(str(cell), FORMULA) if isinstance(cell, str) else repr(cell)
