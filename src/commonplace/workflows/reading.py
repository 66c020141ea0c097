"""How files are read for import and for its review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from commonplace.workflows.find_files import Found
from commonplace.workflows.layouts import remembered_tables

if TYPE_CHECKING:
    from commonplace.domain.transcript import Transcript
    from commonplace.project import Project
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
    remembered: Mapping[TableLayout, TableReading] = field(default_factory=dict)
    """As tables of such a layout were read last, where nobody says anything now."""

    def with_remembered(self, project: Project) -> Reading:
        """The same, with what the project remembers of tables."""
        return replace(self, remembered=remembered_tables(project))

    def options(self, corrections: Corrections, layout: TableLayout | None = None) -> Options:
        """What a reader is told; `layout` is that of the table, if it is one."""
        from commonplace.readers import Options, Speakers, TableReading

        table = self.table or TableReading()
        if layout is not None:
            table = self.remembered[layout] if self.as_before(layout) else table
            table = self.tables.get(layout, table)
        return Options(Speakers(self.speakers), corrections, table)

    def as_before(self, layout: TableLayout | None) -> bool:
        """Whether tables of such a layout are read as last time."""
        unsaid = self.table is None or not self.table.said
        return unsaid and layout in self.remembered and layout not in self.tables


class FileRead(NamedTuple):
    """What is in a file, and as what it was read if it is a table."""

    transcripts: list[Transcript]
    table: TableReading
    layout: TableLayout | None = None
    """That of the table."""


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

    layout = None
    try:
        if file := _opened(found, tables or Tables()):
            layout = file.layout
            options = reading.options(corrections, layout)
            return FileRead(file.read(options, first=first), options.table, layout)
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
    except ValueError as error:
        if reading.as_before(layout):
            raise ValueError(
                f"{error}. It was read as tables like it were last time; --forget-corrections has "
                "it read anew"
            ) from error
        raise
    except OSError:
        raise
    except Exception as error:
        # One file that a library chokes on must not take the others with it.
        raise ValueError(
            f"it cannot be read ({type(error).__name__}: {error}); it may be damaged: open "
            "it where it came from and save it again"
        ) from error


def _opened(found: Found, tables: Tables) -> TableFile | None:
    """The table in a file; None for what is none, and where the sheet that would be read unless
    another is asked for cannot be."""
    from commonplace.readers import ReadError

    try:
        return tables.open(found)
    except ReadError:
        return None
