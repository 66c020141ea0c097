"""What a format is, and what its reader is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from commonplace.domain.transcript import Transcript
from commonplace.readers.source import Source
from commonplace.readers.speakers import (
    AUTO,
    NO_CORRECTIONS,
    Corrections,
    Layout,
    Speakers,
)

if TYPE_CHECKING:
    from commonplace.readers.csvfile import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading:
    """How a table is to be read; columns by name, case aside. See `readers.table`."""

    text: tuple[str, ...] = ()
    """The columns with what was said; several are several questions."""
    document: str | None = None
    speaker: str | None = None
    codes: str | None = None
    codes_separator: str = ";"
    by_question: bool = False
    """With several columns of text: a transcript for each question, not for each respondent."""
    time: str | None = None
    attributes: tuple[str, ...] = ()
    """Columns that are attributes, whatever their names look like."""
    left_out: tuple[str, ...] = ()
    """Columns that are not read."""
    by_content: bool = False
    """Where no name tells which columns hold the words: those that hold sentences; and a column
    called codes holds some. For a guess that a person looks at."""
    sheet: str | None = None
    """In files that have several."""
    delimiter: str | None = None
    """In text; default: what is most frequent in the first row."""

    @property
    def said(self) -> bool:
        """Whether anything is said, beyond that it may be guessed."""
        return replace(self, by_content=False) != TableReading()


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may ask of a reader; see `readers.read`."""

    speakers: Speakers = AUTO
    corrections: Corrections = NO_CORRECTIONS
    table: TableReading = TableReading()


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that can be read."""

    name: str
    """Short, as in `Transcript.format`."""
    extensions: tuple[str, ...]
    """With the dot, in small letters."""
    version: int
    """Counts up when the reader would render the same file differently."""
    read: Callable[[Source, Options], list[Transcript]]
    rows: Callable[[Source, TableReading], Grid] | None = None
    """The rows of a file of this kind, where that is a table."""

    @property
    def reader(self) -> str:
        """Name and version, as in `Transcript.reader`."""
        return f"{self.name}/{self.version}"


def transcript(
    source: Source, form: Format, text: str, layout: Layout, notes: tuple[str, ...] = ()
) -> Transcript:
    """The transcript of a whole file, from its text and what is where in it."""
    return Transcript(
        name=source.name,
        text=text,
        turns=layout.turns,
        speakers=layout.speakers,
        format=form.name,
        sha256=source.sha256,
        reader=form.reader,
        cues=layout.cues,
        notes=notes + layout.notes,
    )
