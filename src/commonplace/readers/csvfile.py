"""Comma-separated tables: a row of column names, then rows of the same width."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from commonplace.readers.decode import decode
from commonplace.readers.errors import ReadError
from commonplace.readers.source import MAX_BYTES, Source
from commonplace.readers.titles import below_titles

_DELIMITERS = ",;\t|"
_CELLS_AT_MOST = 2_000_000
_ROWS_AT_MOST = 200_000
_GUARDED = frozenset("=+-@\t\r\n")
_TITLE_ALONE = re.compile(r"\A(?:[^,;\t|\"\r\n]+\r?\n){1,20}(?:[ ]*\r?\n)+")
"""First lines without separators, and a blank one."""
_ESCAPED = re.compile(r"_x(00(?:0[0-8BCEF]|[189][0-9A-F]|7F)_|005F_(?=x[0-9A-Fa-f]{4}_))")
"""A control character as exports write it, or the `_` of a text that looks so."""


class Row(NamedTuple):
    """One row: the line it ends on in the file, and its cells, as many as there are columns."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a file or of one of its sheets, blank ones left out; see `table_of`."""

    name: str
    """What messages call it."""
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    """The sheets of the file that hold something, this one among them."""

    @property
    def others(self) -> tuple[str, ...]:
        """The sheets that hold something beside this one."""
        return tuple(sheet for sheet in self.sheets if sheet != self.sheet)


@dataclass(frozen=True, slots=True)
class Csv:
    """A table's column names and rows, blank rows left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Other sheets in the same file that hold something."""

    def column(self, name: str) -> int | None:
        """The number of the column of that name; case and white space around it do not count."""
        wanted = " ".join(name.split()).casefold()
        names = [column.casefold() for column in self.columns]
        return names.index(wanted) if wanted in names else None


def read_csv(source: Source, *, delimiter: str | None = None) -> Csv:
    """The table in a file. Raises `ReadError`, with the line, for what is no table, or one in which
    not every column has a name of its own."""
    return table_of(read_rows(source, delimiter=delimiter), strict=True)


def read_rows(source: Source, *, delimiter: str | None = None) -> Grid:
    """The rows of a file. Raises `ReadError`, with the line, for what is no table.

    Without `delimiter` it is the one of comma, semicolon, tab and bar that is most frequent in
    the first row. The `'` that guards a cell against being taken for a formula is taken off.
    """
    text, _, notes = decode(source.data, source.name)
    separator = delimiter or _delimiter(text)
    rows, above = below_titles(tuple(_rows(text, separator, source.name)), text=True)
    return Grid(source.name, tuple(rows), notes + above)


def table_of(grid: Grid, *, strict: bool = False) -> Csv:
    """The table that rows make, of which the first names the columns.

    Columns without a name are numbered, and those of one name, unless it is to be `strict`: then
    raises `ReadError` for them, as it does for too many cells.
    """
    rows, name = grid.rows, grid.name
    if not rows:
        raise ReadError(f"{name} is empty: it has no row of column names")
    if len(rows) > _ROWS_AT_MOST:
        raise ReadError(f"{name} has more than {_ROWS_AT_MOST} rows; split it")
    columns, note = _columns(grid, strict=strict)
    notes = grid.notes + note
    return Csv(columns, tuple(_fitted(rows[1:], columns, grid)), notes, grid.others)


def _delimiter(text: str) -> str:
    """The most frequent separator outside quotes in the first row, or that below a title."""
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for character in _TITLE_ALONE.sub("", text.lstrip(), count=1):
        if character == '"':
            quoted = not quoted
        elif character == "\n" and not quoted:
            break
        elif not quoted and character in counts:
            counts[character] += 1
    return max(_DELIMITERS, key=lambda each: counts[each])


def _rows(text: str, delimiter: str, name: str) -> Iterator[Row]:
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    size = 0
    try:
        for cells in reader:
            size += len(cells)
            refuse_many(size, name)
            if any(map(str.strip, cells)):
                yield Row(reader.line_num, tuple(map(unguarded, cells)))
    except csv.Error as error:
        raise ReadError(
            f"{name}, line {reader.line_num}: {error}; a cell with a quotation mark in it is "
            'quoted, and the mark doubled: "she said ""no"""'
        ) from error


def refuse_many(cells: int, name: str) -> None:
    """Raises `ReadError` for more cells than can be read."""
    if cells > _CELLS_AT_MOST:
        raise ReadError(f"{name} has more than {_CELLS_AT_MOST} cells; split it")


def unguarded(cell: str) -> str:
    """The cell as it was before it was exported: without the one `'` that stands before `= + - @`,
    tab and CR, and before any `'` that stood there already, and with its control characters."""
    if "_x" in cell:
        cell = _ESCAPED.sub(lambda found: chr(int(found[1][:4], 16)), cell)
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'")[:1] in _GUARDED else cell


def _columns(grid: Grid, *, strict: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the columns, and a note of those that had none of their own."""
    first, *rows = grid.rows
    named: dict[str, str] = {}
    numbered: list[str] = []
    copies: dict[str, int] = {}
    for number, cell in enumerate(first.cells, start=1):
        column = " ".join(cell.split())
        filled = not column and any("".join(row.cells[number - 1 : number]).strip() for row in rows)
        if strict and filled:
            raise ReadError(
                f"{grid.name}, line {first.line}: column {number} has no name; give it one"
            )
        if strict and column and column.casefold() in named:
            raise ReadError(
                f"{grid.name}, line {first.line}: two columns are called '{column}'; rename one"
            )
        own = column or (f"column {number}" if filled else "")
        base = own.casefold()
        while own and own.casefold() in named:
            copies[base] = copies.get(base, 1) + 1
            own = f"{column or f'column {number}'} ({copies[base]})"
        named[own.casefold() or f"\0{number}"] = own
        numbered += [own] if own != column else []
    if not numbered:
        return tuple(named.values()), ()
    listed = ", ".join(numbered[:5]) + (", …" if len(numbered) > 5 else "")
    return tuple(named.values()), (f"columns without a name of their own are called {listed}",)


def _fitted(rows: Sequence[Row], columns: Sequence[str], grid: Grid) -> Iterator[Row]:
    """The rows with cells missing at the end filled in, and no more cells than columns."""
    width = len(columns)
    for row in rows:
        if len(row.cells) == width:
            yield row
            continue
        if any(cell.strip() for cell in row.cells[width:]):
            raise ReadError(f"{grid.name}, line {row.line}: {_too_wide(row, width, grid)}")
        yield Row(row.line, (row.cells + ("",) * width)[:width])


def _too_wide(row: Row, width: int, grid: Grid) -> str:
    """What to do about a row with more cells than columns have names."""
    if not grid.sheet:
        return (
            f"{len(row.cells)} cells, but {width} columns; a cell with the separator in it must "
            "stand in quotation marks"
        )
    only = "only its first column has a name" if width == 1 else f"only {width} columns have names"
    return (
        f"there is something in column {len(row.cells)}, but {only}, in line {grid.rows[0].line}; "
        "give the others names there, and take out notes beside the table and titles above it"
    )
