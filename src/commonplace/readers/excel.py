"""Excel sheets (.xlsx), through openpyxl, a row at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator

from commonplace.domain.transcript import Transcript
from commonplace.readers.archive import damaged, opened
from commonplace.readers.csvfile import Row
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Format, Options
from commonplace.readers.sheets import COLUMNS_AT_MOST, first_table, rows_of
from commonplace.readers.source import Source
from commonplace.readers.table import read_table

_WHAT = "Excel file"
_BOOK = "xl/workbook.xml"


def _read(source: Source, options: Options) -> list[Transcript]:
    with opened(source, _WHAT) as archive:
        archive.read(_BOOK)
        archive.refuse_document_types()
    table = first_table(_sheets(source), source.name)
    return read_table(source, FORMAT, options, table)


def _sheets(source: Source) -> Iterator[tuple[str, list[Row]]]:
    """The sheets by name, with their rows."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(
            io.BytesIO(source.data), read_only=True, data_only=True, keep_links=False
        )
        try:
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    sheet.reset_dimensions()
                    cells = sheet.iter_rows(values_only=True, max_col=COLUMNS_AT_MOST)
                    yield sheet.title, rows_of(cells, source.name)
        finally:
            book.close()
    except ReadError:
        raise
    except Exception as error:  # a broken file raises whatever its first broken part raises
        raise damaged(source.name, _WHAT, error) from error


FORMAT = Format("xlsx", (".xlsx", ".xlsm"), 1, _read)
