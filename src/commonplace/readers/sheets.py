"""Sheets of spreadsheet programs, as the tables that they hold."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from commonplace.readers.csvfile import Csv, Row, table_of
from commonplace.readers.errors import ReadError

COLUMNS_AT_MOST = 1000
"""Cells further to the right are not read."""
_CELLS_AT_MOST = 5_000_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def rows_of(cells: Iterable[Iterable[object]], name: str) -> list[Row]:
    """The rows with something in them, as text, by their number in the sheet."""
    rows: list[Row] = []
    size = 0
    for number, row in enumerate(cells, start=1):
        texts = [text_of(cell) for cell in row]
        while texts and not texts[-1].strip():
            texts.pop()
        if texts:
            size += len(texts)
            rows.append(Row(number, tuple(texts)))
        if size > _CELLS_AT_MOST:
            raise ReadError(f"{name} has more than {_CELLS_AT_MOST} cells; save a part as .csv")
    return rows


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


def first_table(sheets: Iterable[tuple[str, list[Row]]], name: str) -> Csv:
    """The first sheet that is a table: a row of names and more below; others are mentioned."""
    filled = [(title, rows) for title, rows in sheets if rows]
    if not filled:
        raise ReadError(f"{name} is empty: there is nothing in its sheets")
    chosen = next(((title, rows) for title, rows in filled if len(rows) > 1), filled[0])
    notes: tuple[str, ...] = ()
    if others := [title for title, _ in filled if title != chosen[0]]:
        notes = (
            f"read from its sheet '{chosen[0]}'; save others as files of their own: "
            + ", ".join(others),
        )
    return table_of(chosen[1], name, notes)
