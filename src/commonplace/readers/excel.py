"""Excel sheets (.xlsx), through openpyxl, a row at a time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from commonplace.readers.archive import damaged, opened
from commonplace.readers.csvfile import Grid
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import TableReading
from commonplace.readers.sheets import COLUMNS_AT_MOST, Merged, Sheet, chosen_sheet, same_title
from commonplace.readers.source import Source
from commonplace.readers.table import table_format

_WHAT = "Excel file"
_BOOK = "xl/workbook.xml"
_BEYOND = 16
"""Columns that are looked at to the right of the last that has a name."""
_CHUNK = 1024 * 1024
_LONGEST = 128
"""Bytes of the tag of a merged cell, at most; such that lie across two chunks are seen again."""
_MERGED_AT_MOST = 100_000
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^<>]{0,60}?ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"'
)
_FIRST = 20
"""Rows among which that of the names is."""


def _rows_in(source: Source, table: TableReading) -> Grid:
    with opened(source, _WHAT) as archive:
        archive.read(_BOOK)
        archive.refuse_hostile_parts()
    try:
        return chosen_sheet(_sheets(source, table.sheet), source.name, table.sheet)
    except ReadError:
        raise
    except Exception as error:  # a broken file raises whatever its first broken part raises
        raise damaged(source.name, _WHAT, error) from error


def _sheets(source: Source, wanted: str | None) -> Iterator[Sheet]:
    """The sheets; one that is hidden only where it is asked for by name."""
    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(source.data), read_only=True, data_only=True, keep_links=False
    )
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible" or (wanted and same_title(sheet.title, wanted)):
                sheet.reset_dimensions()
                yield sheet.title, _rows(sheet)
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[Sequence[object]]:
    """The rows of a sheet, as wide as the widest of the first, and a little wider.

    openpyxl fills every row up to the width that it is asked for, at most `COLUMNS_AT_MOST`.
    """
    cells = sheet.iter_rows(values_only=True, max_col=COLUMNS_AT_MOST)
    widths = (
        max((n for n, cell in enumerate(row, 1) if cell is not None), default=0) for row in cells
    )
    width = max(islice(filter(None, widths), _FIRST), default=COLUMNS_AT_MOST)
    width = min(width + _BEYOND, COLUMNS_AT_MOST)
    begin, merged = _merged(sheet), Merged()
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=width), start=1):
        yield merged.filled(number, row, begin.get(number, ()))


def _merged(sheet: Any) -> dict[int, list[tuple[int, int]]]:
    """The cells that are merged downwards, by the row in which they begin: place and last row.

    openpyxl tells of them only where it holds the whole sheet in memory.
    """
    from openpyxl.utils import column_index_from_string

    found: dict[int, list[tuple[int, int]]] = {}
    with sheet._get_source() as part:
        tail = b""
        while (chunk := part.read(_CHUNK)) and len(found) < _MERGED_AT_MOST:
            seen = tail + chunk
            for column, first, last in _MERGED.findall(seen):
                if int(first) < int(last):
                    place = column_index_from_string(column.decode()) - 1
                    found.setdefault(int(first), []).append((place, int(last)))
            tail = seen[-_LONGEST:]
    return found


FORMAT = table_format("xlsx", (".xlsx", ".xlsm"), 1, _rows_in)
