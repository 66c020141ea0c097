"""Excel sheets (.xlsx), through openpyxl, a row at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator

from commonplace.domain.transcript import Transcript
from commonplace.readers.archive import damaged, opened
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Format, Options
from commonplace.readers.sheets import COLUMNS_AT_MOST, Sheet, chosen_table
from commonplace.readers.source import Source
from commonplace.readers.table import read_table

_WHAT = "Excel file"
_BOOK = "xl/workbook.xml"


def _read(source: Source, options: Options) -> list[Transcript]:
    with opened(source, _WHAT) as archive:
        archive.read(_BOOK)
        archive.refuse_document_types()
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
                yield sheet.title, sheet.iter_rows(values_only=True, max_col=COLUMNS_AT_MOST)
    finally:
        book.close()


FORMAT = Format("xlsx", (".xlsx", ".xlsm"), 1, _read)
