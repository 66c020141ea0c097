"""The table of people: who is behind which label in which transcript, and their attributes."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from commonplace.readers.csvfile import Csv, Row, read_csv
from commonplace.readers.errors import ReadError
from commonplace.readers.source import load
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


def read_participants(path: str | os.PathLike[str]) -> list[ParticipantRow]:
    """The people in a CSV file with the columns `name` or `label` or both, perhaps `document`,
    and any others as attributes. The table of participants that the program writes is read, too.

    A row without a label is about the label that is its name. Raises `ReadError`, with
    the line, for a missing column, a row without both, and a label given twice for a transcript.
    """
    file = Path(path)
    table = read_csv(load(file, file.name))
    if all(table.column(column) is None for column in (_NAME, _LABEL, _SPEAKER)):
        raise ReadError(
            f"{file.name}, line 1: there is neither a column 'name' nor a column 'label', only "
            f"{', '.join(column for column in table.columns if column)}; rename one of them"
        )
    rows = [_participant(table, row, file.name) for row in table.rows]
    _refuse_twice(rows, file.name)
    return rows


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


def _refuse_twice(rows: list[ParticipantRow], file: str) -> None:
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
