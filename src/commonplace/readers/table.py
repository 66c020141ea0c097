"""Coded or plain tables (.csv, .xlsx, .ods): a turn per row, other columns as attributes.

Which columns hold the words is said by `TableReading`, or seen; see `readers.columns`. With
a column of documents each value of it is a transcript; without one, and without a column of
speakers (named, or called speaker, label or who), each row is a transcript of its own; else the
table is one transcript. Several columns of text are questions: each row is a respondent, whose
answers are turns labelled with the question, or, by question, each column is a transcript in which
the respondents speak one after the other. A column of codes holds codes already applied to the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from commonplace.domain.span import Span
from commonplace.domain.transcript import ReadCoding, Transcript, Turn
from commonplace.readers.columns import Columns, columns_of, listed
from commonplace.readers.csvfile import Csv, Grid, Row, read_rows, table_of
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Format, Options, TableReading
from commonplace.readers.source import Source
from commonplace.readers.speakers.stamps import CLOCK_ONLY, seconds
from commonplace.readers.speakers.vocabulary import key_of, name_and_role
from commonplace.readers.speakers.who import speakers_of

_LONGEST_TITLE = 60


class _Who(NamedTuple):
    """A speaker's label as it is shown, and the name and role in it; "" where nobody is named."""

    label: str = ""
    name: str = ""
    role: str = ""

    @classmethod
    def called(cls, label: str) -> Self:
        """Who goes by a label."""
        return cls(label, *name_and_role(label))


class _Said(NamedTuple):
    """What is said in one cell."""

    row: Row
    words: str
    who: _Who
    question: str = ""
    """What it answers, where a row has several answers."""


def read_table(source: Source, form: Format, options: Options, table: Csv) -> list[Transcript]:
    """The transcripts in the table of a file. Raises `ReadError` when no column holds words."""
    columns = columns_of(table, options, source.name)
    if not columns.text:
        raise ReadError(
            f"{source.name}: which column holds the words? Name it with --text-column; there are "
            f"{listed(table)}"
        )
    said = [row for row in table.rows if any(row.cells[n].strip() for n in columns.text)]
    if not said:
        named = " or ".join(f"'{table.columns[n]}'" for n in columns.text)
        raise ReadError(f"{source.name} is empty: no row has text in its column {named}")
    notes = table.notes
    if (empty := len(table.rows) - len(said)) > 0:
        rows = "1 row without text was" if empty == 1 else f"{empty} rows without text were"
        notes += (f"{rows} left out",)
    return [
        _Document(source, form, table, columns, options, name, cells).transcript(notes)
        for name, cells in _Cells(source.name, table, columns, options).by_document(said)
    ]


class _Cells:
    """What is said in a table, and in which transcript."""

    def __init__(self, name: str, table: Csv, columns: Columns, options: Options) -> None:
        self.name = name
        self.table = table
        self.columns = columns
        self.unnamed = {key_of(label) for label in options.corrections.not_speakers}
        self.several = len(columns.text) > 1
        self.by_question = self.several and options.table.by_question
        self.speakers: dict[str, _Who] = {}

    def by_document(self, rows: Sequence[Row]) -> Iterable[tuple[str, list[_Said]]]:
        """What is said by the transcript's name, in order of first appearance."""
        if self.by_question:
            return self._questions(rows).items()
        questions = [(n, self._title(n) if self.several else "") for n in self.columns.text]
        documents: dict[str, list[_Said]] = {}
        for number, row in enumerate(rows, start=1):
            said = documents.setdefault(self._document(row, number, len(rows)), [])
            for column, question in questions:
                if words := row.cells[column].strip():
                    said.append(_Said(row, words, self._speaker(row), question))
        return documents.items()

    def _document(self, row: Row, number: int, rows: int) -> str:
        columns = self.columns
        if columns.document is not None:
            document = row.cells[columns.document].strip()
            if not document:
                raise ReadError(f"{self.name}, line {row.line}: no document is named; fill it in")
            return document
        if columns.speaker is not None and not self.several:
            return self.name
        return f"{self.name}#{_padded(number, rows)}"

    def _questions(self, rows: Sequence[Row]) -> dict[str, list[_Said]]:
        """The answers to each question, each under a name for who gives it."""
        documents: dict[str, list[_Said]] = {}
        for column in self.columns.text:
            name = f"{self.name}#{self._title(column)[:_LONGEST_TITLE].replace('/', '∕').strip()}"
            if name in documents:
                name = f"{name} ({self._title(column)[_LONGEST_TITLE:].strip() or column + 1})"
            said = [
                _Said(row, words, self._respondent(row, _padded(number, len(rows))))
                for number, row in enumerate(rows, start=1)
                if (words := row.cells[column].strip())
            ]
            if said:
                documents[name] = said
        return documents

    def _title(self, column: int) -> str:
        return " ".join(self.table.columns[column].split())

    def _respondent(self, row: Row, number: str) -> _Who:
        speaker, document = self._speaker(row), self.columns.document
        if speaker.label:
            return speaker
        named = row.cells[document] if document is not None else ""
        return _Who.called(" ".join(named.split()) or f"Respondent {number}")

    def _speaker(self, row: Row) -> _Who:
        if self.columns.speaker is None:
            return _Who()
        cell = row.cells[self.columns.speaker]
        who = self.speakers.get(cell)
        if who is None:
            who = _Who.called(" ".join(cell.split()).rstrip(": "))
            who = _Who() if key_of(who.name) in self.unnamed else who
            self.speakers[cell] = who
        return who


def _padded(number: int, of: int) -> str:
    """The number with as many digits as the last one, so that names sort."""
    return f"{number:0{len(str(of))}}"


@dataclass(frozen=True, slots=True)
class _Document:
    """What is said in one transcript, on its way to becoming it."""

    source: Source
    form: Format
    table: Csv
    columns: Columns
    options: Options
    name: str
    said: list[_Said]

    def transcript(self, notes: tuple[str, ...]) -> Transcript:
        """The cells as turns parted by blank lines, their codes, and what holds of all."""
        parts: list[str] = []
        turns: list[Turn] = []
        codings: list[ReadCoding] = []
        start = 0
        for said in self.said:
            label = said.who.label
            heading = said.question or (f"{label}:" if label else "")
            gap = "\n" if said.question else " " if heading else ""
            parts.append(heading + gap + said.words)
            turn = self._turn(said, heading, start, start + len(parts[-1]))
            turns.append(turn)
            if self.columns.codes is not None:
                codes = said.row.cells[self.columns.codes]
                codings += self._codings(codes, Span(turn.speech_start, turn.end))
            start = turn.end + 2
        text = "\n\n".join(parts)
        known, attributes, left_out = self._people()
        settled, speakers = speakers_of(text, turns, known, self.options.corrections)
        if left_out:
            named = ", ".join(left_out)
            notes += (f"left out, as it differs from row to row for one speaker: {named}",)
        return Transcript(
            name=self.name, text=text, turns=settled, speakers=speakers, format=self.form.name,
            sha256=self.source.sha256, reader=self.form.reader, attributes=attributes,
            codings=tuple(codings), notes=notes,
        )  # fmt: skip

    def _turn(self, said: _Said, heading: str, start: int, end: int) -> Turn:
        time = None
        if self.columns.time is not None:
            time = _time(said.row.cells[self.columns.time])
        speaker = said.who.name if said.who.label else None
        label = Span(start, start + len(heading)) if heading else None
        return Turn(start, end - len(said.words), end, speaker, label, None, time)

    def _codings(self, cell: str, span: Span) -> list[ReadCoding]:
        codes = cell.split(self.options.table.codes_separator)
        return [ReadCoding(span, code) for code in dict.fromkeys(map(str.strip, codes)) if code]

    def _people(self) -> tuple[dict[str, dict[str, str]], Mapping[str, str], list[str]]:
        """Attributes by speaker, attributes of all, and the columns that are neither."""
        attributes: dict[str, str] = {}
        by_speaker: dict[str, dict[str, str]] = {}
        for said in self.said:
            _, name, role = said.who
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
        for said in self.said:
            if cell := said.row.cells[column].strip():
                values.setdefault(said.who.name, set()).add(cell)
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


def table_format(
    name: str,
    extensions: tuple[str, ...],
    version: int,
    rows: Callable[[Source, TableReading], Grid],
) -> Format:
    """A format that is a table, of which `rows` gives the rows."""

    def read_it(source: Source, options: Options) -> list[Transcript]:
        return read_table(source, form, options, table_of(rows(source, options.table)))

    form = Format(name, extensions, version, read_it, rows)
    return form


def _rows_in(source: Source, table: TableReading) -> Grid:
    return read_rows(source, delimiter=table.delimiter)


FORMAT = table_format("csv", (".csv", ".tsv"), 1, _rows_in)
