"""Sheets of spreadsheet programs, as the tables that they hold."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from commonplace.readers.columns import is_text
from commonplace.readers.csvfile import Grid, Row, refuse_many
from commonplace.readers.errors import ReadError
from commonplace.readers.titles import below_titles

COLUMNS_AT_MOST = 1000
"""Cells further to the right are not read."""
Cells = Iterable[Iterable[object]]
Sheet = tuple[str, Cells]
"""Its name, and its rows of cells."""
_COVER = 20
"""Rows of a page that says what the file is, at most."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def rows_of(cells: Cells, name: str) -> list[Row]:
    """The rows with something in them, as text, by their number in the sheet."""
    rows: list[Row] = []
    size = 0
    for row in _filled(cells):
        size += len(row.cells)
        rows.append(row)
        refuse_many(size, name)
    return rows


def _filled(cells: Cells) -> Iterator[Row]:
    for number, row in enumerate(cells, start=1):
        texts = [text_of(cell) for cell in row]
        while texts and not texts[-1].strip():
            texts.pop()
        if texts:
            yield Row(number, tuple(texts))


class Merged:
    """Cells that are merged downwards: what stands in the first holds for all of them."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[int, object]] = {}

    def filled(
        self, number: int, cells: Sequence[object], begin: Iterable[tuple[int, int]] = ()
    ) -> Sequence[object]:
        """The row of that number with what holds for it, if there is anything else in it; `begin`
        are the places of cells that begin here, each with the row that is the last of it."""
        for place, last in begin:
            if place < len(cells):
                self._held[place] = (last, cells[place])
        if not self._held:
            return cells
        self._held = {place: held for place, held in self._held.items() if held[0] >= number}
        if not any(cell not in (None, "") for cell in cells):
            return cells
        full = list(cells)
        for place, (_, value) in self._held.items():
            full += [None] * (place + 1 - len(full))
            full[place] = value
        return full


def text_of(value: object) -> str:
    """A cell as text: whole numbers without a point, dates and times as ISO 8601 has them."""
    match value:
        case None:
            text = ""
        case str():
            text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        case bool():
            text = "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            text = str(int(value))
        case datetime.datetime():
            text = value.isoformat(sep=" ").removesuffix(" 00:00:00")
        case datetime.timedelta():
            seconds = int(value.total_seconds())
            text = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case _:
            text = str(value)
    return text


def chosen_sheet(sheets: Iterable[Sheet], name: str, wanted: str | None = None) -> Grid:
    """The sheet called `wanted`, or the first that is a table: a row of names and more below; else
    the first that may be a cover page.

    Raises `ReadError` when there is none, with the names of those that there are.
    """
    if wanted is not None:
        return _named_sheet(sheets, name, wanted)
    filled: list[str] = []
    found: tuple[str, list[Row]] | None = None
    for title, cells in sheets:
        if found is not None and _tabular(found[1]) == _TABLE:
            filled += [title] if next(_filled(cells), None) else []
        elif rows := rows_of(cells, name):
            filled.append(title)
            better = found is None or _tabular(rows) > _tabular(found[1])
            found = (title, rows) if better else found
    if found is None:
        raise ReadError(f"{name} is empty: there is nothing in its sheets")
    grid = _grid(name, *found, filled)
    if not grid.others:
        return grid
    others = ", ".join(grid.others)
    note = f"read from its sheet '{grid.sheet}'; --sheet reads another: {others}"
    return replace(grid, notes=(note, *grid.notes))


def _grid(name: str, title: str, rows: Sequence[Row], filled: Iterable[str]) -> Grid:
    below, above = below_titles(rows)
    return Grid(name, tuple(below), above, title, tuple(filled))


_TABLE = 2


def _tabular(rows: Sequence[Row]) -> int:
    """How much rows look like a table: `_TABLE`, less for a cover page, least for a single row."""
    rows = below_titles(rows)[0]
    if len(rows) < 2:
        return 0
    named = [cell for cell in rows[0].cells if cell.strip()]
    cover = len(named) == 1 and len(rows) <= _COVER and not is_text(named[0])
    return 1 if cover else _TABLE


def _named_sheet(sheets: Iterable[Sheet], name: str, wanted: str) -> Grid:
    titles: list[str] = []
    filled: list[str] = []
    found: tuple[str, list[Row]] | None = None
    for title, cells in sheets:
        titles.append(title)
        if found is None and same_title(title, wanted):
            found = title, rows_of(cells, f"{name}, sheet '{title}'")
            filled.append(title)
        elif next(_filled(cells), None):
            filled.append(title)
    if found is None:
        raise ReadError(f"{name} has no sheet '{wanted}'; there are {', '.join(titles)}")
    title, rows = found
    return _grid(f"{name}, sheet '{title}'", title, rows, filled)


def same_title(title: str, wanted: str) -> bool:
    """Whether a sheet is the one that is asked for; case and white space around do not count."""
    return title.strip().casefold() == wanted.strip().casefold()
