"""Coded or plain tables (.csv, .xlsx, .ods): a turn per row, other columns as attributes.

Which column holds the words is said by `text_column`, or seen from its name. With
`document_column` each value of it is a transcript; without one, and without a column of speakers
(`speaker_column`, or one called speaker, label or who), each row is a transcript of its own;
else the table is one transcript. `codes_column` holds codes already applied to the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commonplace.domain.span import Span
from commonplace.domain.transcript import ReadCoding, Transcript, Turn
from commonplace.readers.csvfile import Csv, Row, read_csv
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Format, Options
from commonplace.readers.source import Source
from commonplace.readers.speakers import Speakers
from commonplace.readers.speakers.stamps import CLOCK_ONLY, seconds
from commonplace.readers.speakers.vocabulary import key_of, name_and_role
from commonplace.readers.speakers.who import speakers_of

_TEXT = (
    "text", "speech", "utterance", "quote", "transcript", "transcription", "response", "answer",
    "statement", "comment", "content", "verbatim", "words", "message",
)  # fmt: skip
_SPEAKER = ("speaker", "label", "who")
_TIME = ("time", "timestamp", "timecode")


@dataclass(frozen=True, slots=True)
class _Columns:
    """The numbers of the columns that mean something to us."""

    text: int
    document: int | None
    speaker: int | None
    codes: int | None
    time: int | None

    def others(self, table: Csv) -> list[int]:
        """The columns that are attributes."""
        known = (self.text, self.document, self.speaker, self.codes, self.time)
        return [n for n, column in enumerate(table.columns) if column and n not in known]


def _read(source: Source, options: Options) -> list[Transcript]:
    return read_table(source, FORMAT, options, read_csv(source, delimiter=options.delimiter))


def read_table(source: Source, form: Format, options: Options, table: Csv) -> list[Transcript]:
    """The transcripts in the table of a file. Raises `ReadError` when no column holds words."""
    columns = _columns(table, options, source.name)
    said = [row for row in table.rows if row.cells[columns.text].strip()]
    if not said:
        column = table.columns[columns.text]
        raise ReadError(f"{source.name} is empty: no row has text in its column '{column}'")
    notes = table.notes
    if len(said) < len(table.rows):
        notes += (f"{len(table.rows) - len(said)} rows without text were left out",)
    return [
        _Document(source, form, table, columns, options, name, rows).transcript(notes)
        for name, rows in _documents(source.name, said, columns)
    ]


def _columns(table: Csv, options: Options, name: str) -> _Columns:
    text = _asked(table, options.text_column, "--text-column", name)
    if text is None:
        text = _first(table, _TEXT)
    if text is None and len(table.columns) == 1:
        text = 0
    if text is None:
        raise ReadError(
            f"{name}: which column holds the words? Name it with --text-column; there are "
            f"{_listed(table)}"
        )
    speaker = _asked(table, options.speaker_column, "the speaker column", name)
    if speaker is None and options.speakers is not Speakers.NONE:
        speaker = _first(table, _SPEAKER)
    return _Columns(
        text,
        _asked(table, options.document_column, "--document-column", name),
        None if speaker == text else speaker,
        _asked(table, options.codes_column, "--codes-column", name),
        _first(table, _TIME),
    )


def _asked(table: Csv, column: str | None, option: str, name: str) -> int | None:
    if column is None:
        return None
    number = table.column(column)
    if number is None:
        raise ReadError(
            f"{name} has no column '{column}', as {option} says; there are {_listed(table)}"
        )
    return number


def _first(table: Csv, names: Iterable[str]) -> int | None:
    return next((n for each in names if (n := table.column(each)) is not None), None)


def _listed(table: Csv) -> str:
    return ", ".join(column for column in table.columns if column)


def _documents(
    name: str, rows: Sequence[Row], columns: _Columns
) -> Iterable[tuple[str, list[Row]]]:
    """The rows of each transcript, by its name, in order of first appearance."""
    if columns.document is not None:
        documents: dict[str, list[Row]] = {}
        for row in rows:
            document = row.cells[columns.document].strip()
            if not document:
                raise ReadError(f"{name}, line {row.line}: no document is named; fill it in")
            documents.setdefault(document, []).append(row)
        return documents.items()
    if columns.speaker is not None:
        return [(name, list(rows))]
    digits = len(str(len(rows)))
    return [(f"{name}#{n:0{digits}}", [row]) for n, row in enumerate(rows, start=1)]


@dataclass(frozen=True, slots=True)
class _Document:
    """The rows of one transcript on their way to becoming it."""

    source: Source
    form: Format
    table: Csv
    columns: _Columns
    options: Options
    name: str
    rows: list[Row]

    def transcript(self, notes: tuple[str, ...]) -> Transcript:
        """The rows as turns parted by blank lines, their codes, and what holds of all."""
        parts: list[str] = []
        turns: list[Turn] = []
        codings: list[ReadCoding] = []
        size = 0
        for row in self.rows:
            size += 2 if parts else 0
            words = row.cells[self.columns.text].strip()
            label = self._label(row)
            line = f"{label}: {words}" if label else words
            turn = self._turn(row, label, size, size + len(line))
            parts.append(line)
            turns.append(turn)
            codings += self._codings(row, Span(turn.speech_start, turn.end))
            size += len(line)
        text = "\n\n".join(parts)
        known, attributes, left_out = self._people()
        settled, speakers = speakers_of(text, turns, known, self.options.corrections)
        if left_out:
            listed = ", ".join(left_out)
            notes += (f"left out, as it differs from row to row for one speaker: {listed}",)
        return Transcript(
            name=self.name, text=text, turns=settled, speakers=speakers, format=self.form.name,
            sha256=self.source.sha256, reader=self.form.reader, attributes=attributes,
            codings=tuple(codings), notes=notes,
        )  # fmt: skip

    def _label(self, row: Row) -> str:
        if self.columns.speaker is None:
            return ""
        label = " ".join(row.cells[self.columns.speaker].split()).rstrip(": ")
        unnamed = map(key_of, self.options.corrections.not_speakers)
        return "" if key_of(name_and_role(label)[0]) in unnamed else label

    def _turn(self, row: Row, label: str, start: int, end: int) -> Turn:
        time = None
        if self.columns.time is not None:
            time = _time(row.cells[self.columns.time])
        if not label:
            return Turn(start, start, end, time=time)
        span = Span(start, start + len(label) + 1)
        return Turn(start, span.end + 1, end, name_and_role(label)[0], span, time=time)

    def _codings(self, row: Row, span: Span) -> list[ReadCoding]:
        if self.columns.codes is None:
            return []
        codes = row.cells[self.columns.codes].split(self.options.codes_separator)
        return [ReadCoding(span, code) for code in dict.fromkeys(map(str.strip, codes)) if code]

    def _people(self) -> tuple[dict[str, dict[str, str]], Mapping[str, str], list[str]]:
        """Attributes by speaker, attributes of all, and the columns that are neither."""
        attributes: dict[str, str] = {}
        by_speaker: dict[str, dict[str, str]] = {}
        for row in self.rows:
            name, role = name_and_role(self._label(row))
            if name:
                found = by_speaker.setdefault(name, {})
                if role:
                    found["role"] = role
        left_out = []
        for column in self.columns.others(self.table):
            title = self.table.columns[column]
            values = self._values(column)
            distinct = {value for each in values.values() for value in each}
            if len(distinct) == 1:
                attributes[title] = distinct.pop()
            elif "" not in values and all(len(each) == 1 for each in values.values()):
                for name, each in values.items():
                    by_speaker[name][title] = min(each)
            elif distinct:
                left_out.append(title)
        return by_speaker, attributes, left_out

    def _values(self, column: int) -> dict[str, set[str]]:
        """The values of a column that are not empty, by speaker ("" where nobody is named)."""
        values: dict[str, set[str]] = {}
        for row in self.rows:
            if cell := row.cells[column].strip():
                values.setdefault(name_and_role(self._label(row))[0], set()).add(cell)
        return values


def _time(cell: str) -> float | None:
    cell = cell.strip().strip("[]()")
    if CLOCK_ONLY.fullmatch(cell):
        return seconds(cell)
    try:
        time = float(cell)
    except ValueError:
        return None
    return time if 0 <= time < 1e7 else None


FORMAT = Format("csv", (".csv", ".tsv"), 1, _read)
