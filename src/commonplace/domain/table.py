"""The one shape in which anything leaves the project: named columns and rows to iterate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]
Note = str | Sequence[str]
"""A remark on a table, or several."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `unit` says what the figures count ("quotes", "code points", "share 0–1");
    a column without a unit holds no figures."""

    name: str
    unit: str = ""
    of: str = ""
    """The column that holds this one's denominator, if it has one."""
    time: bool = False
    """Whether its texts are times: ISO 8601, in UTC."""
    ends_here: bool = False
    """Whether its texts lead up to the next column: of long ones the end is worth most."""


class Table:
    """Columns, a note on what was counted, and rows that can be iterated again and again.

    `rows` is called for each pass and yields tuples as long as `columns`, so that writers
    stream from a cursor instead of holding everything. `note` is one remark or several, and may
    be given as a function: it is then called once, by the first who reads the note, for a note
    may need a count that a writer of bare rows should not have to wait for. `brief` names the
    columns that are worth most, the worthiest first, for a place too narrow for all; empty means
    all, in their order.
    """

    __slots__ = ("_note", "brief", "columns", "name", "rows")

    def __init__(
        self,
        name: str,
        columns: tuple[Column, ...],
        rows: Callable[[], Iterable[Row]],
        note: Note | Callable[[], Note] = "",
        brief: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.columns = columns
        self.rows = rows
        self._note = note
        self.brief = brief

    def __repr__(self) -> str:
        return f"Table({self.name!r}, {self.header!r})"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was counted, against what, with which filters: whole sentences, each a remark."""
        if callable(self._note):
            self._note = self._note()
        if isinstance(self._note, str):
            self._note = (self._note,)
        return tuple(remark for remark in self._note if remark)

    @property
    def note(self) -> str:
        """The remarks as one paragraph."""
        return " ".join(self.remarks)

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows())

    def records(self) -> Iterator[dict[str, Cell]]:
        """Each row as a mapping from column name to value."""
        header = self.header
        for row in self.rows():
            yield dict(zip(header, row, strict=True))
