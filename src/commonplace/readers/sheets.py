"""Sheets of spreadsheet programs, as the tables that they hold."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from commonplace.readers.csvfile import Grid, Row, refuse_many
from commonplace.readers.errors import ReadError

COLUMNS_AT_MOST = 1000
"""Cells further to the right are not read."""
Cells = Iterable[Iterable[object]]
Sheet = tuple[str, Cells]
"""Its name, and its rows of cells."""
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
    """The sheet called `wanted`, or the first that is a table: a row of names and more below.

    Raises `ReadError` when there is none, with the names of those that there are.
    """
    if wanted is not None:
        return _named_sheet(sheets, name, wanted)
    filled: list[str] = []
    found: tuple[str, list[Row]] | None = None
    for title, cells in sheets:
        if found is not None and len(found[1]) > 1:
            filled += [title] if next(_filled(cells), None) else []
        elif rows := rows_of(cells, name):
            filled.append(title)
            found = (title, rows) if found is None or len(rows) > 1 else found
    if found is None:
        raise ReadError(f"{name} is empty: there is nothing in its sheets")
    grid = Grid(name, tuple(found[1]), (), found[0], tuple(filled))
    if not grid.others:
        return grid
    others = ", ".join(grid.others)
    note = f"read from its sheet '{grid.sheet}'; --sheet reads another: {others}"
    return replace(grid, notes=(note,))


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
        raise ReadError(
            f"{name} has no sheet '{wanted}', as --sheet says; there are {', '.join(titles)}"
        )
    title, rows = found
    return Grid(f"{name}, sheet '{title}'", tuple(rows), (), title, tuple(filled))


def same_title(title: str, wanted: str) -> bool:
    """Whether a sheet is the one that is asked for; case and white space around do not count."""
    return title.strip().casefold() == wanted.strip().casefold()
