"""The table of survey figures that a report sets beside its themes."""

from __future__ import annotations

import os
import re
from pathlib import Path

from commonplace.domain.survey import SurveyFigure
from commonplace.readers.csvfile import Csv, Row, read_csv
from commonplace.readers.errors import ReadError
from commonplace.readers.source import load

COLUMNS = ("theme", "statement", "figure", "base", "comparator", "comparator_figure", "source")
_NEEDED = ("theme", "statement", "figure")
_PERCENT = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*%?")
_WHOLE = re.compile(r"(?:n\s*=\s*)?([0-9]{1,3}(?:[ ,\u202f\u00a0][0-9]{3})+|[0-9]+)", re.IGNORECASE)


def read_survey(path: str | os.PathLike[str]) -> list[SurveyFigure]:
    """The figures in a CSV file with the columns `COLUMNS`; the first three must be there.

    `figure` and `comparator_figure` are per cent from 0 to 100, with or without the sign; `base`
    is a whole number. Several rows may be about one statement, each with another comparator.
    Raises `ReadError`, with the line.
    """
    file = Path(path)
    table = read_csv(load(file, file.name))
    for column in _NEEDED:
        if table.column(column) is None:
            raise ReadError(
                f"{file.name}, line 1: there is no column '{column}'; the columns are "
                f"{', '.join(COLUMNS)}"
            )
    return [_figure(table, row, file.name) for row in table.rows]


def _figure(table: Csv, row: Row, file: str) -> SurveyFigure:
    def cell(name: str) -> str:
        place = table.column(name)
        return "" if place is None else row.cells[place].strip()

    where = f"{file}, line {row.line}"
    for name in ("theme", "statement"):
        if not cell(name):
            raise ReadError(f"{where}: '{name}' is not filled in")
    if bool(cell("comparator")) is not bool(cell("comparator_figure")):
        raise ReadError(f"{where}: 'comparator' and 'comparator_figure' go together; give both")
    return SurveyFigure(
        row.line,
        cell("theme"),
        cell("statement"),
        _share(cell("figure"), f"{where}: 'figure'"),
        _number(cell("base"), f"{where}: 'base'"),
        cell("comparator"),
        _share(cell("comparator_figure"), f"{where}: 'comparator_figure'"),
        cell("source"),
    )


def _share(cell: str, where: str) -> float | None:
    if not cell:
        return None
    match = _PERCENT.fullmatch(cell)
    percent = float(match[1].replace(",", ".")) if match else -1.0
    if not 0 <= percent <= 100:
        raise ReadError(f"{where} is '{cell}'; write per cent from 0 to 100, as 82 or 82 %")
    return percent / 100


def _number(cell: str, where: str) -> int | None:
    if not cell:
        return None
    match = _WHOLE.fullmatch(cell)
    if match is None or not int(re.sub(r"\D", "", match[1])):
        raise ReadError(f"{where} is '{cell}'; write how many were asked, as 412")
    return int(re.sub(r"\D", "", match[1]))
