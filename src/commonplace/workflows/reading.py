"""How files are read for import and for its review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from commonplace.workflows.find_files import Found

if TYPE_CHECKING:
    from commonplace.domain.transcript import Transcript
    from commonplace.readers import (
        Corrections,
        Options,
        TableFile,
        TableLayout,
        TableLook,
        TableReading,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How files are to be read; see `commonplace.readers.read`."""

    speakers: str = "auto"
    corrections: Corrections | None = None
    """Beyond those that the project remembers."""
    table: TableReading | None = None
    tables: Mapping[TableLayout, TableReading] = field(default_factory=dict)
    """Instead of `table`, for the tables of such a layout."""

    def options(self, corrections: Corrections, layout: TableLayout | None = None) -> Options:
        """What a reader is told; `layout` is that of the table, if it is one."""
        from commonplace.readers import Options, Speakers, TableReading

        table = self.tables.get(layout) if layout is not None else None
        return Options(Speakers(self.speakers), corrections, table or self.table or TableReading())


class FileRead(NamedTuple):
    """What is in a file, and as what it was read if it is a table."""

    transcripts: list[Transcript]
    table: TableReading


class Tables:
    """Opens tables, and keeps the last one open to be read in other ways."""

    def __init__(self) -> None:
        self._last: tuple[object, TableFile | None] = (None, None)

    def open(self, found: Found) -> TableFile | None:
        """The table in a file, None for what is none. Raises `ReadError` and `OSError`."""
        from commonplace.readers import open_table

        status = found.path.stat()
        key = (found.path, found.name, status.st_mtime_ns, status.st_size)
        if self._last[0] != key:
            self._last = (None, None)
            self._last = (key, open_table(found.path, name=found.name))
        return self._last[1]

    def look(self, found: Found, reading: Reading, corrections: Corrections) -> TableLook | None:
        """What a table holds, None for what is none or cannot be read at all."""
        try:
            file = self.open(found)
            return file.look(reading.options(corrections, file.layout)) if file else None
        except Exception:  # reading it, which comes next, says why
            return None


def read_file(
    found: Found,
    reading: Reading,
    corrections: Corrections,
    tables: Tables | None = None,
    *,
    first: int | None = None,
) -> FileRead:
    """What is in a file; of the `first` rows alone, where `tables` are given and it is one of them.

    Raises `ValueError` or `OSError` for what cannot be read.
    """
    from commonplace import readers

    if tables is None and reading.tables:
        tables = Tables()
    try:
        if tables and (file := tables.open(found)):
            options = reading.options(corrections, file.layout)
            return FileRead(file.read(options, first=first), options.table)
        options = reading.options(corrections)
        return FileRead(
            readers.read(
                found.path,
                name=found.name,
                speakers=options.speakers,
                corrections=corrections,
                table=options.table,
            ),
            options.table,
        )
    except (ValueError, OSError):
        raise
    except Exception as error:
        # One file that a library chokes on must not take the others with it.
        raise ValueError(
            f"it cannot be read ({type(error).__name__}: {error}); it may be damaged: open "
            "it where it came from and save it again"
        ) from error
