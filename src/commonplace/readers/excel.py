"""Excel sheets (.xlsx), through openpyxl, a row at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from commonplace.domain.transcript import Transcript
from commonplace.readers.archive import damaged, opened
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Format, Options
from commonplace.readers.sheets import COLUMNS_AT_MOST, Sheet, chosen_table
from commonplace.readers.source import Source
from commonplace.readers.table import read_table

_WHAT = "Excel file"
_BOOK = "xl/workbook.xml"
_BEYOND = 16
"""Columns that are looked at to the right of the last that has a name."""


def _read(source: Source, options: Options) -> list[Transcript]:
    with opened(source, _WHAT) as archive:
        archive.read(_BOOK)
        archive.refuse_hostile_parts()
    try:
        sheets = _sheets(source, options.table.sheet)
        table = chosen_table(sheets, source.name, options.table.sheet)
    except ReadError:
        raise
    except Exception as error:  # a broken file raises whatever its first broken part raises
        raise damaged(source.name, _WHAT, error) from error
    return read_table(source, FORMAT, options, table)


def _sheets(source: Source, wanted: str | None) -> Iterator[Sheet]:
    """The sheets; those that are hidden only where one is asked for by name."""
    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(source.data), read_only=True, data_only=True, keep_links=False
    )
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible" or wanted:
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


FORMAT = Format("xlsx", (".xlsx", ".xlsm"), 1, _read)
