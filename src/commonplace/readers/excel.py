"""Excel sheets (.xlsx), through openpyxl, a row at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from commonplace.readers.archive import damaged, opened
from commonplace.readers.csvfile import Grid
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import TableReading
from commonplace.readers.sheets import COLUMNS_AT_MOST, Sheet, chosen_sheet, same_title
from commonplace.readers.source import Source
from commonplace.readers.table import table_format

_WHAT = "Excel file"
_BOOK = "xl/workbook.xml"
_BEYOND = 16
"""Columns that are looked at to the right of the last that has a name."""


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


def _rows(sheet: Any) -> Iterator[tuple[object, ...]]:
    """The rows of a sheet, as wide as the first that is not empty, and a little wider.

    openpyxl fills every row up to the width that it is asked for, at most `COLUMNS_AT_MOST`.
    """
    cells = sheet.iter_rows(values_only=True, max_col=COLUMNS_AT_MOST)
    widths = (
        max((n for n, cell in enumerate(row, 1) if cell is not None), default=0) for row in cells
    )
    width = next(filter(None, widths), COLUMNS_AT_MOST)
    return sheet.iter_rows(values_only=True, max_col=min(width + _BEYOND, COLUMNS_AT_MOST))  # type: ignore[no-any-return]


FORMAT = table_format("xlsx", (".xlsx", ".xlsm"), 1, _rows_in)
