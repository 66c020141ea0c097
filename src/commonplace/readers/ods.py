"""Sheets of LibreOffice (.ods), read from the XML as `odf` does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from commonplace.readers.archive import opened
from commonplace.readers.csvfile import Grid
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import TableReading
from commonplace.readers.odf import WHAT, Styles, paragraph_of, refuse_encrypted, repeats
from commonplace.readers.safexml import local_name, parse_xml
from commonplace.readers.sheets import COLUMNS_AT_MOST, Merged, chosen_sheet, text_of
from commonplace.readers.source import Source
from commonplace.readers.table import table_format

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ROWS_AT_MOST = 1000
"""How often one row may be repeated: that a sheet has a million alike is its way to say none."""
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d{1,9})?S")


def _rows_in(source: Source, table: TableReading) -> Grid:
    with opened(source, WHAT) as archive:
        refuse_encrypted(archive)
        content = parse_xml(archive.read("content.xml"), source.name, WHAT)
    sheet = content.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    if sheet is None:
        is_text = content.find(f"{_OFFICE}body/{_OFFICE}text") is not None
        what = "a text: give it the ending .odt" if is_text else "no sheet; save it as .ods"
        raise ReadError(f"{source.name} is an OpenDocument file, but {what}")
    sheets = (
        (each.get(f"{_TABLE}name", ""), _rows(each)) for each in sheet.findall(f"{_TABLE}table")
    )
    return chosen_sheet(sheets, source.name, table.sheet)


def _rows(table: Any) -> Iterator[Sequence[object]]:
    merged = Merged()
    for number, row in enumerate(table.iter(f"{_TABLE}table-row")):
        cells: list[object] = []
        begin: list[tuple[int, int]] = []
        for cell in row:
            if local_name(cell) in ("table-cell", "covered-table-cell"):
                value = _value(cell)
                room = COLUMNS_AT_MOST - len(cells)
                if (down := repeats(cell, f"{_TABLE}number-rows-spanned")) > 1:
                    begin.append((len(cells), number + down - 1))
                cells += [value] * min(repeats(cell, f"{_TABLE}number-columns-repeated"), room)
        times = repeats(row, f"{_TABLE}number-rows-repeated")
        full = merged.filled(number, cells, begin)
        filled = any(cell != "" for cell in cells)
        for _ in range(min(times, _ROWS_AT_MOST) if filled else 1):
            yield full


def _value(cell: Any) -> str:
    kind = cell.get(f"{_OFFICE}value-type", "string")
    if kind in ("float", "percentage", "currency"):
        try:
            return text_of(float(cell.get(f"{_OFFICE}value", "")))
        except ValueError:
            return ""
    if kind == "date":
        return str(cell.get(f"{_OFFICE}date-value", "")).removesuffix("T00:00:00")
    if kind == "time" and (time := _DURATION.fullmatch(cell.get(f"{_OFFICE}time-value", ""))):
        return f"{int(time[1])}:{time[2]:0>2}:{time[3]:0>2}"
    styles = Styles()
    return "\n".join(paragraph_of(each, styles).text for each in cell if local_name(each) == "p")


FORMAT = table_format("ods", (".ods",), 1, _rows_in)
