"""Tables as CSV (RFC 4180): comma, double quotes where needed, CRLF.

The standard library's writer looks at every character on its own; most cells here are long
passages, and letting `str` search and double the quotes is several times as fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

from commonplace.domain.table import Cell, Row, Table

FORMULA = frozenset("=+-@\t\r")
"""With one of these a cell begins that a spreadsheet may take for a formula."""

GUARD = "'"
"""Stands before such a cell, and before one that has it there already, so that taking one away
always gives the text back: the spreadsheet then shows it."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What could steer a terminal that shows the file."""
_ESCAPED = re.compile(rf"{_CONTROL.pattern}|_(?=x[0-9A-Fa-f]{{4}}(?:_|{_CONTROL.pattern}))")

_ROWS = 256
"""Rows put together into one piece of output."""


def write(table: Table, stream: TextIO, *, raw: bool = False, bom: bool = False) -> None:
    """Writes a header and the rows; `stream` must not translate line ends.

    Text that begins like a formula gets `GUARD` in front, and control characters are written as
    Excel does in its own files (`_x001B_`, and `_x005F_` for the `_` of a text that looks so),
    unless `raw`; numbers are written as they are. True and false are `true` and `false`, what is
    not known is an empty cell. `bom` begins with a byte order mark, by which Excel knows UTF-8.
    """
    if bom:
        stream.write("\ufeff")
    for lines in _pieces(table, FORMULA if not raw else frozenset()):
        piece = "".join(lines)
        stream.write(piece if raw else _escaped(piece))


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


def _escaped(text: str) -> str:
    """The text without control characters; a piece at a time, for most have none."""
    if "_x" not in text and _CONTROL.search(text) is None:
        return text
    return _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


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
