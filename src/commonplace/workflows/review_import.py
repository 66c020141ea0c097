"""Transcripts as they would be understood, before anything is imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonplace.workflows.corrections import remembered
from commonplace.workflows.reading import Reading, Tables, read_file
from commonplace.workflows.understood import Understood, understood

if TYPE_CHECKING:
    from commonplace.project import Project
    from commonplace.readers import TableLook
    from commonplace.workflows.find_files import Found


FIRST_ROWS = 2000
"""Rows by which a table is judged: each may be a transcript of its own."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One file: what was understood, or why it is refused or passed over."""

    file: str
    understood: tuple[Understood, ...] = ()
    refused: str = ""
    table: TableLook | None = None
    """What it holds, if it is a table."""
    as_before: bool = False
    """Whether it is read as tables of its layout were last time."""

    @property
    def in_part(self) -> bool:
        """Whether it was read in part."""
        return self.table is not None and self.table.rows > FIRST_ROWS


def review_file(
    project: Project, found: Found, reading: Reading, tables: Tables | None = None
) -> Reviewed:
    """Reads a file as `import_transcripts` would, and writes nothing; of a table the first rows.

    Of `tables`, the one that was read last is not opened again. The corrections that the project
    remembers, and its readings of tables, apply, and those of `reading` on top of them.
    """
    corrections = remembered(project)
    if reading.corrections:
        corrections = corrections.and_then(reading.corrections)
    reading, tables = reading.with_remembered(project), tables or Tables()
    look = tables.look(found, reading, corrections)
    before = look is not None and reading.as_before(look.layout)
    try:
        read = read_file(found, reading, corrections, tables, first=FIRST_ROWS)
    except (ValueError, OSError) as error:
        return Reviewed(found.name, refused=str(error), table=look, as_before=before)
    told = tuple(map(understood, read.transcripts))
    return Reviewed(found.name, told, table=look, as_before=before)
