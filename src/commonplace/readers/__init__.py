"""Transcript files in any format, read into `domain.transcript.Transcript`.

`read` reads a file; `open_table` opens a table that is to be looked at first; `read_participants`
reads a table of people; `find_turns` finds who speaks in a text that is there already;
`labels_alike` proposes which labels are one person.
"""

from __future__ import annotations

import os
from pathlib import Path

from commonplace.domain.transcript import Transcript
from commonplace.readers.columns import Role
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Format, Options, TableReading
from commonplace.readers.participants import ParticipantRow, Participants, read_participants
from commonplace.readers.registry import format_of, formats
from commonplace.readers.source import load
from commonplace.readers.speakers import (
    AUTO,
    NO_CORRECTIONS,
    Alike,
    Corrections,
    Layout,
    Speakers,
    find_turns,
    labels_alike,
)
from commonplace.readers.tabular import (
    ColumnLook,
    TableFile,
    TableLayout,
    TableLook,
    open_table,
)

__all__ = [
    "AUTO",
    "Alike",
    "ColumnLook",
    "Corrections",
    "Format",
    "Layout",
    "Options",
    "ParticipantRow",
    "Participants",
    "ReadError",
    "Role",
    "Speakers",
    "TableFile",
    "TableLayout",
    "TableLook",
    "TableReading",
    "find_turns",
    "formats",
    "labels_alike",
    "open_table",
    "read",
    "read_participants",
]

_TABLE = TableReading()


def read(
    path: str | os.PathLike[str],
    *,
    name: str | None = None,
    speakers: Speakers | str = AUTO,
    corrections: Corrections = NO_CORRECTIONS,
    table: TableReading = _TABLE,
) -> list[Transcript]:
    """The transcripts in a file: one, or several for a table.

    `name` is what the document is called in the project (default: the file's name); its ending
    decides the format. `speakers` says how speakers are found, `corrections` what a person knows
    better, and `table` how tables are to be read.

    Raises `ReadError` when the file cannot be read, and `ValueError` for an unknown `speakers`.
    """
    name = Path(path).name if name is None else name
    form = format_of(name)
    options = Options(
        speakers=Speakers(speakers),
        corrections=corrections,
        table=table,
    )
    return form.read(load(path, name), options)
