"""The one shape in which anything leaves the project: named columns and rows to iterate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `unit` says what the figures count ("quotes", "code points", "share 0–1")."""

    name: str
    unit: str = ""
    of: str = ""
    """The column that holds this one's denominator, if it has one."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, a note on what was counted, and rows that can be iterated again and again.

    `rows` is called for each pass and yields tuples as long as `columns`, so that writers
    stream from a cursor instead of holding everything.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[tuple[Cell, ...]]]
    note: str = ""

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return iter(self.rows())

    def records(self) -> Iterator[dict[str, Cell]]:
        """Each row as a mapping from column name to value."""
        header = self.header
        for row in self.rows():
            yield dict(zip(header, row, strict=True))
