"""The table of people: who is behind which label in which transcript, and their attributes."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from commonplace.readers.csvfile import Csv, Grid, Row, read_rows, table_of
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import TableReading
from commonplace.readers.registry import formats
from commonplace.readers.source import Source, load
from commonplace.readers.speakers.vocabulary import key_of, name_and_role

_NAME, _LABEL, _DOCUMENT = "name", "label", "document"
_SPEAKER, _ID = "speaker", "participant_id"
"""Columns of a table that the program itself has written."""

_ALTERED = re.compile(r"(.+?)( \(attribute\))+")
"""A column that would have had the name of one of these."""


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """One row of a participants file."""

    line: int
    """In the file, for messages."""
    name: str
    """The person; rows of the same name are the same person. Empty where only a label is given."""
    label: str
    """The speaker's label in the transcripts, as `Turn.speaker` has it."""
    document: str
    """The transcript's name, or empty: the label is looked for in all."""
    attributes: Mapping[str, str]
    """The other columns, by column name; empty cells left out."""
    empty: tuple[str, ...] = ()
    """The names of those other columns whose cell is empty."""
    id: str = ""
    """The person's identity, in a table that the program itself has written."""


@dataclass(frozen=True, slots=True)
class Participants:
    """The table of people in a file."""

    rows: tuple[ParticipantRow, ...]
    sheet: str = ""
    """Which it was read from, where the file has sheets."""
    others: tuple[str, ...] = ()
    """Further sheets that are such a table."""


def read_participants(path: str | os.PathLike[str], *, sheet: str | None = None) -> Participants:
    """The people in a table (CSV, TSV, .xlsx or .ods) with the columns `name` or `label` or both,
    perhaps `document`, and any others as attributes. The table of participants that the program
    writes is read, too.

    Of several sheets the one called `sheet` is read, or the first that is such a table. A row
    without a label is about the label that is its name. Raises `ReadError`, with the line, for a
    missing sheet or column, a row without both, and a label given twice for a transcript.
    """
    file = Path(path).name
    grids = _grids(load(path, file), sheet)
    fitting = [grid for grid in grids if grid.rows and _names_people(grid.rows[0])]
    if not fitting and grids[0].rows:
        raise ReadError(_nobody_named(file, grids))
    grid = next(iter(fitting or grids))
    table = table_of(grid, strict=True)
    rows = tuple(_participant(table, row, grid.name) for row in table.rows)
    _refuse_twice(rows, grid.name)
    return Participants(rows, grid.sheet, tuple(other.sheet for other in fitting[1:]))


def _grids(source: Source, sheet: str | None) -> list[Grid]:
    """The rows of each sheet with something in it, or of the one asked for; of text its rows."""
    ending = Path(source.name).suffix.lower()
    form = formats().get(ending)
    if ending == ".xls" or (ending != ".txt" and form is not None and form.rows is None):
        raise ReadError(f"{source.name} is no table that can be read; save it as .xlsx or .csv")
    if form is None or form.rows is None:
        return [read_rows(source)]
    first = form.rows(source, TableReading(sheet=sheet))
    if sheet is not None or not first.others:
        return [first]
    return [form.rows(source, TableReading(sheet=each)) for each in first.sheets]


def _names_people(names: Row) -> bool:
    return not {_NAME, _LABEL, _SPEAKER}.isdisjoint(
        " ".join(cell.split()).casefold() for cell in names.cells
    )


def _nobody_named(file: str, grids: Sequence[Grid]) -> str:
    """What is missing in a file of which no sheet is a table of people."""
    wanted = "neither a column 'name' nor a column 'label'"
    if len(grids) > 1:
        sheets = ", ".join(each.sheet for each in grids)
        return f"{file}: there is {wanted} in any of its sheets ({sheets}); rename one there"
    names = grids[0].rows[0]
    named = ", ".join(filter(None, map(str.strip, names.cells)))
    where = f"{grids[0].name}, line {names.line}"
    return f"{where}: there is {wanted}, only {named}; rename one of them"


def _participant(table: Csv, row: Row, file: str) -> ParticipantRow:
    cells = {
        column.casefold(): cell.strip()
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column
    }
    name, label = cells.pop(_NAME, ""), cells.pop(_LABEL, "")
    document, identity = cells.pop(_DOCUMENT, ""), cells.pop(_ID, "")
    if table.column(_LABEL) is None:
        label = cells.pop(_SPEAKER, "")
    if not name and not label:
        raise ReadError(f"{file}, line {row.line}: neither name nor label is filled in; give one")
    others = {
        column: cells[column.casefold()] for column in table.columns if column.casefold() in cells
    }
    speaker, _ = name_and_role(label or name)
    if identity and label:
        speaker = label  # as the program has it, brackets and all
    return ParticipantRow(
        row.line,
        name,
        speaker,
        document,
        {_attribute(column): cell for column, cell in others.items() if cell},
        tuple(_attribute(column) for column, cell in others.items() if not cell),
        identity,
    )


def _attribute(column: str) -> str:
    """The attribute that a column is about: `name (attribute)` is about an attribute `name`."""
    match = _ALTERED.fullmatch(column)
    return match[1] if match else column


def _refuse_twice(rows: Sequence[ParticipantRow], file: str) -> None:
    seen: dict[tuple[str, str], ParticipantRow] = {}
    for row in rows:
        if row.id and not row.document:
            continue
        first = seen.setdefault((row.document, key_of(row.label)), row)
        if first is not row:
            where = f" in {row.document}" if row.document else ""
            raise ReadError(
                f"{file}, line {row.line}: the label '{row.label}'{where} stands in line "
                f"{first.line} already; "
                + ("leave one out" if row.document else "say in a column 'document' which is where")
            )
