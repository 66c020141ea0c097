"""What the columns of a table are: as somebody said, as their names say, as their cells look."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from commonplace.domain.words import count_words
from commonplace.readers.csvfile import Csv
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Options
from commonplace.readers.speakers import Speakers

_TEXT = (
    "text", "speech", "utterance", "quote", "transcript", "transcription", "response", "answer",
    "statement", "comment", "content", "verbatim", "words", "message",
)  # fmt: skip
_SPEAKER = ("speaker", "label", "who")
_TIME = ("time", "timestamp", "timecode")
_CODES = ("codes", "code")
_LISTED = 30
_LOOKED_AT = 200
"""Cells by which it is judged whether a column holds sentences."""
_WORDS = 5
"""Words that they have on average, at least."""
_DIFFERENT = 2 / 3
"""Share of them that stand there once: choices such as "neither agree nor disagree" recur."""


class Role(StrEnum):
    """What a column is."""

    TEXT = "text"
    SPEAKER = "speaker"
    DOCUMENT = "transcript"
    """A transcript for each of its values."""
    CODES = "codes"
    TIME = "time"
    ATTRIBUTE = "attribute"
    LEFT_OUT = "left out"


def is_text(name: str) -> bool:
    """Whether a column of that name holds what was said, by its name alone."""
    return name.strip().casefold() in _TEXT


@dataclass(frozen=True, slots=True)
class Columns:
    """The numbers of the columns that mean something to us."""

    text: tuple[int, ...]
    document: int | None
    speaker: int | None
    codes: int | None
    time: int | None
    left_out: tuple[int, ...] = ()
    guessed: bool = False
    """Whether what holds the words was seen from the cells alone, or is all there is."""

    def role(self, number: int) -> Role:
        """What the column of that number is."""
        if number in self.text:
            return Role.TEXT
        single = {
            self.document: Role.DOCUMENT,
            self.speaker: Role.SPEAKER,
            self.codes: Role.CODES,
            self.time: Role.TIME,
        }
        return single.get(number, Role.LEFT_OUT if number in self.left_out else Role.ATTRIBUTE)

    def others(self, table: Csv) -> list[int]:
        """The columns that are attributes."""
        known = {*self.text, self.document, self.speaker, self.codes, self.time, *self.left_out}
        return [n for n, column in enumerate(table.columns) if column and n not in known]


def columns_of(table: Csv, options: Options, name: str) -> Columns:
    """What the columns of the file called `name` are; none may be text.

    Raises `ReadError` where somebody spoke of a column that is not there.
    """
    asked = options.table
    text = _all(table, asked.text, "--text-column", name)
    document = _asked(table, asked.document, "--document-column", name)
    codes = _asked(table, asked.codes, "--codes-column", name)
    speaker = _asked(table, asked.speaker, "--speaker-column", name)
    time = _asked(table, asked.time, "--time-column", name)
    left_out = _all(table, asked.left_out, "--leave-out", name)
    settled = {*left_out, *_all(table, asked.attributes, "the list of attributes", name)}
    settled |= {n for n in (codes, time) if n is not None}
    if not text:
        text = _text(table, settled | ({document, speaker} - {None}))
    lone = asked.by_content and not asked.text and not all(is_text(table.columns[n]) for n in text)
    settled |= set(text)
    guessed = not text and asked.by_content
    if speaker is None and options.speakers is not Speakers.NONE:
        speaker = _first(table, _SPEAKER, settled)
    if time is None:
        time = _first(table, _TIME, settled)
    if asked.by_content and codes is None:
        codes = _first(table, _CODES, settled)
    if guessed:
        text = tuple(_of_sentences(table, settled | {speaker, time, codes, document}))
    if speaker in text:
        speaker = None
    return Columns(text, document, speaker, codes, time, left_out, lone or (guessed and bool(text)))


def _text(table: Csv, settled: Collection[int | None]) -> tuple[int, ...]:
    found = _first(table, _TEXT, settled)
    if found is None and len(table.columns) == 1 and not settled:
        found = 0
    return () if found is None else (found,)


def _of_sentences(table: Csv, settled: Collection[int | None]) -> Iterator[int]:
    """The columns whose cells hold sentences, of which few recur."""
    for number, column in enumerate(table.columns):
        if not column or number in settled:
            continue
        filled = (cell for row in table.rows if (cell := row.cells[number].strip()))
        cells = list(islice(filled, _LOOKED_AT))
        words = sum(map(count_words, cells))
        if cells and words >= _WORDS * len(cells) and len(set(cells)) >= _DIFFERENT * len(cells):
            yield number


def _all(table: Csv, columns: Iterable[str], option: str, name: str) -> tuple[int, ...]:
    found = (_asked(table, column, option, name) for column in columns)
    return tuple(dict.fromkeys(n for n in found if n is not None))


def _asked(table: Csv, column: str | None, option: str, name: str) -> int | None:
    if column is None:
        return None
    number = table.column(column)
    if number is None:
        raise ReadError(
            f"{name} has no column '{column}', as {option} says; there are {listed(table)}"
        )
    return number


def _first(table: Csv, names: Iterable[str], settled: Collection[int | None]) -> int | None:
    numbers = (table.column(each) for each in names)
    return next((n for n in numbers if n is not None and n not in settled), None)


def listed(table: Csv) -> str:
    """The names of the columns, for a message; of very many the first."""
    named = [column for column in table.columns if column]
    columns = ", ".join(named[:_LISTED])
    if len(named) > _LISTED:
        columns += f" and {len(named) - _LISTED:,} more"
    if not table.others:
        return columns
    return f"{columns}; it has other sheets, which --sheet reads: {', '.join(table.others)}"
