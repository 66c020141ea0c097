"""What a virtual list shows: columns, rows, and where the rows come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from textual.content import Content

from commonplace.tui.widgets.reader.cells import safe


class Drawn(Protocol):
    """A cell that is drawn as wide as its column: a bar, a figure on a ground, an interval."""

    def fit(self, width: int) -> Content:
        """The cell in `width` cells."""


Cell = str | Content | Drawn
"""What stands in a column of a row: plain words, words with styles, or something drawn."""


class Column(NamedTuple):
    """A column of a list: `width` in cells, 0 for an equal share of what is left."""

    title: str = ""
    width: int = 0
    align: Literal["left", "right"] = "left"
    wide_from: int = 0
    """The column is left out of lists narrower than this."""


class Row(NamedTuple):
    """A row: `key` is its identity, `cells` stand in the columns in order."""

    key: str
    cells: tuple[Cell, ...]


class Rows(Protocol):
    """Where a list gets its rows from, a stretch at a time."""

    def count(self) -> int:
        """How many rows there are."""

    def rows(self, start: int, end: int) -> Sequence[Row]:
        """The rows `[start, end)`, fewer where there are no more."""

    def index(self, key: str) -> int | None:
        """Where the row of that key is, counted from 0; None when it is not there."""


class ListedRows:
    """Rows that are all at hand."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._rows = list(rows)
        self._places = {row.key: place for place, row in enumerate(self._rows)}

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def rows(self, start: int, end: int) -> Sequence[Row]:
        """The rows `[start, end)`."""
        return self._rows[start:end]

    def index(self, key: str) -> int | None:
        """Where the row of that key is."""
        return self._places.get(key)


def clean(cell: str | Content) -> Content:
    """A cell on one line, with stand-ins for what a terminal would obey; styles stay in place."""
    if isinstance(cell, str):
        return Content(safe(cell), strip_control_codes=False)
    plain = safe(cell.plain)
    if plain == cell.plain:
        return cell
    return Content(plain, list(cell.spans), strip_control_codes=False)
