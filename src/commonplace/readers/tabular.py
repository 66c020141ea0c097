"""A table that is looked at before it is read: its sheets, its columns, and what each is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

from commonplace.domain.transcript import Transcript
from commonplace.readers.columns import Role, columns_of
from commonplace.readers.csvfile import Csv, Grid, table_of
from commonplace.readers.formats import Format, Options, TableReading
from commonplace.readers.registry import format_of
from commonplace.readers.source import Source, load
from commonplace.readers.table import read_table

_EXAMPLES = 2
_LONGEST = 200
"""Characters of an example."""

TableLayout = tuple[tuple[str, ...], tuple[str, ...]]
"""The sheets of a file, and the names of the columns of that which is read unless one is asked for:
tables of one layout are read alike."""


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """A column: what it is called, what it is, and the first values that differ."""

    name: str
    role: Role
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableLook:
    """What a table holds, and how it is read."""

    layout: TableLayout
    reading: TableReading
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    columns: tuple[ColumnLook, ...] = ()
    rows: int = 0
    guessed: bool = False
    """Whether what holds the words was seen from the cells alone, or sheets were passed over."""

    def holding(self, role: Role) -> list[str]:
        """The columns that are that."""
        return [column.name for column in self.columns if column.role is role]

    @property
    def settled(self) -> TableReading:
        """How it is read, with nothing guessed any more."""
        first = next((column for column in self.columns), None)
        return self.reading if first is None else self.with_role(first.name, first.role)

    def with_role(self, name: str, role: Role) -> TableReading:
        """The reading in which a column is something else, and nothing is guessed any more.

        Several columns may be text, attributes or left out; what else a column was before
        becomes an attribute.
        """
        several = (Role.TEXT, Role.ATTRIBUTE, Role.LEFT_OUT)
        roles = {
            column.name: Role.ATTRIBUTE
            if column.role is role and role not in several
            else column.role
            for column in self.columns
        }
        roles[name] = role

        def of(role: Role) -> tuple[str, ...]:
            return tuple(name for name, found in roles.items() if found is role)

        def the(role: Role) -> str | None:
            return next(iter(of(role)), None)

        return replace(
            self.reading,
            sheet=self.sheet or None,
            text=of(Role.TEXT),
            document=the(Role.DOCUMENT),
            speaker=the(Role.SPEAKER),
            codes=the(Role.CODES),
            time=the(Role.TIME),
            attributes=of(Role.ATTRIBUTE),
            by_content=False,
            left_out=of(Role.LEFT_OUT),
        )


class TableFile:
    """A file that is a table, opened once and read in as many ways as one likes.

    It holds the bytes, and the sheet that was read last.
    """

    def __init__(self, source: Source, form: Format) -> None:
        """Raises `ReadError` for what is no table."""
        self._source = source
        self._form = form
        self._asked = TableReading()
        self._grid = self._rows(self._asked)
        self._table: Csv | None = None
        first = self._grid.rows[0].cells if self._grid.rows else ()
        self.layout: TableLayout = (self._grid.sheets, tuple(cell.strip() for cell in first))

    def _rows(self, table: TableReading) -> Grid:
        if self._form.rows is None:
            raise TypeError(f"{self._form.name} is no format of tables")
        return self._form.rows(self._source, table)

    def _read(self, table: TableReading) -> Grid:
        if (table.sheet, table.delimiter) != (self._asked.sheet, self._asked.delimiter):
            self._grid, self._table = self._rows(table), None
            self._asked = table
        return self._grid

    def _table_of(self, grid: Grid) -> Csv:
        self._table = self._table or table_of(grid)
        return self._table

    def look(self, options: Options) -> TableLook:
        """What the columns are. Raises `ReadError` for a sheet or a column that is not there."""
        grid = self._read(options.table)
        bare = TableLook(self.layout, options.table, grid.sheet, grid.sheets)
        try:
            table = self._table_of(grid)
            columns = columns_of(table, options, self._source.name)
        except ValueError:  # whoever reads it says why; another sheet can be chosen all the same
            return bare
        looks = tuple(
            ColumnLook(name, columns.role(number), tuple(_examples(table, number)))
            for number, name in enumerate(table.columns)
            if name
        )
        passed_over = options.table.sheet is None and grid.sheet != next(iter(grid.sheets), "")
        guessed = columns.guessed or passed_over
        return replace(bare, columns=looks, rows=len(table.rows), guessed=guessed)

    def read(self, options: Options, *, first: int | None = None) -> list[Transcript]:
        """The transcripts, as `readers.read` has them; of the `first` rows alone where so said."""
        table = self._table_of(self._read(options.table))
        table = replace(table, rows=table.rows[:first])
        return read_table(self._source, self._form, options, table)


def open_table(path: str | os.PathLike[str], *, name: str) -> TableFile | None:
    """The table in a file, None for what is none. Raises `ReadError` as `readers.read` does."""
    form = format_of(name)
    return TableFile(load(path, name), form) if form.rows else None


def _examples(table: Csv, number: int) -> Iterator[str]:
    seen: set[str] = set()
    for row in table.rows:
        cell = row.cells[number].strip()[:_LONGEST]
        if cell and cell not in seen:
            yield cell
            seen.add(cell)
        if len(seen) == _EXAMPLES:
            return
