"""What a retrieval query finds, as passages, as lines in context, or counted."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import Layout, layout
from commonplace.analysis.names import free_names
from commonplace.analysis.notes import noted
from commonplace.analysis.people_codes import Passage, passages
from commonplace.analysis.retrieval.evaluate import Found, Place
from commonplace.analysis.scope import Voice
from commonplace.domain.people import attribution
from commonplace.domain.quote import context
from commonplace.domain.span import Span
from commonplace.domain.table import Column, Row, Table
from commonplace.domain.words import words_beginning_in
from commonplace.project import Project


class Shape(StrEnum):
    """In which form the passages are given."""

    QUOTES = "quotes"
    KWIC = "kwic"
    TABLE = "table"
    """Counts by transcript."""


_PLACE = (
    Column("document"),
    Column("turn", "turns, from 1"),
    Column("speaker"),
    Column("attribution"),
    Column("start", "code points"),
    Column("end", "code points"),
)
_LINE = (*_PLACE, Column("left", ends_here=True), Column("keyword"), Column("right"))
_QUOTE = (*_PLACE, Column("quote"), Column("before"), Column("after"), Column("code_paths"))
_COUNTED = (
    Column("document"),
    Column("passages", "passages"),
    Column("participants", "people", of="participants_of"),
    Column("participants_of", "people"),
    Column("words", "words", of="words_of"),
    Column("words_of", "words"),
)


def retrieve(
    project: Project,
    query: str,
    filters: Filters | None = None,
    *,
    shape: Shape = Shape.QUOTES,
) -> Table:
    """The passages that a query asks for: see `retrieval.tree` for what it may say.

    As `QUOTES`, a row for each passage: `code_paths` are the codes on passages that overlap it,
    `before` and `after` up to 200 code points of the same turns, and attributes those of the
    first interviewee who speaks in it. As `KWIC` the same with the context on both sides in line.
    As `TABLE` a row for each transcript asked about. `words` are those of interviewees' speech
    in the passages; two passages that overlap count them twice.

    Raises `QueryError`, which points at the word, and as `Scope` does.
    """
    found = Found(project, query, filters)
    note = noted(found.scope, f"Query: {' '.join(query.split())}.")
    if shape is Shape.TABLE:
        return Table("retrieval", _COUNTED, lambda: _counts(found), note)
    columns: tuple[Column, ...] = _LINE
    if shape is Shape.QUOTES:
        names = free_names(found.scope.attribute_names, [column.name for column in _QUOTE])
        columns = (*_QUOTE, *map(Column, names))
    brief = ("document", "left", "keyword", "right", "quote", "speaker")
    return Table(
        "retrieval",
        columns,
        lambda: _passages(found, shape),
        note,
        tuple(column.name for column in columns if column.name in brief),
    )


def _passages(found: Found, shape: Shape) -> Iterator[Row]:
    scope = found.scope
    for document, name in scope.documents.items():
        places = found.places(document)
        if not places:
            continue
        text = scope.project.documents.text(document)
        turns = layout(scope.project.connection, document)
        coded = passages(scope, document) if shape is Shape.QUOTES else []
        for place in places:
            start, end = place
            spoken = _spoken(turns, place)
            within = [*spoken] or [*turns.turns_in(start, end)]
            before, after = "", ""
            if within:
                near = Span(turns.speech_starts[within[0]], turns.ends[within[-1]])
                before, after = context(text, Span(start, end), near)
            voices = _voices(found, document, turns, place)
            if scope.silenced(voice.id for voice in voices):
                continue
            first = next((voice for voice in voices if not voice.interviewer), None)
            known = {} if first is None else scope.attributes(first)
            row: Row = (
                name,
                spoken[0] + 1 if spoken else None,
                "; ".join(voice.label for voice in voices),
                attribution(known),
                start,
                end,
            )
            if shape is Shape.KWIC:
                yield (*row, before, text[start:end], after)
            else:
                codes = _codes(found, coded, place)
                values = (known.get(attribute) for attribute in scope.attribute_names)
                yield (*row, text[start:end], before, after, codes, *values)


def _counts(found: Found) -> Iterator[Row]:
    scope = found.scope
    for document, name in scope.documents.items():
        places = found.places(document)
        heard = [voice for voice in scope.heard[document] if not voice.interviewer]
        people: set[str] = set()
        words = 0
        if places:
            text = scope.project.documents.text(document)
            turns = layout(scope.project.connection, document)
            mine = {voice.id: voice.person for voice in heard}
            for place in places:
                for turn in _spoken(turns, place):
                    speech = Span(turns.speech_starts[turn], turns.ends[turn])
                    part = speech.clip(Span(*place))
                    if part is not None and turns.speakers[turn] in mine:
                        people.add(mine[turns.speakers[turn]])
                        words += words_beginning_in(text, part, floor=speech.start)
        of = len({voice.person for voice in heard})
        yield name, len(places), len(people), of, words, sum(voice.words for voice in heard)


def _spoken(turns: Layout, place: Place) -> list[int]:
    return [turn for turn in turns.turns_in(*place) if turns.speaks_in(turn, *place)]


def _voices(found: Found, document: str, turns: Layout, place: Place) -> list[Voice]:
    """Those who say something there, in order."""
    known = {voice.id: voice for voice in found.scope.voices[document]}
    return [
        known[speaker]
        for speaker in dict.fromkeys(turns.speakers[turn] for turn in _spoken(turns, place))
    ]


def _codes(found: Found, coded: list[Passage], place: Place) -> str:
    here = {code for p in coded if p.start < place[1] and place[0] < p.end for code in p.codes}
    book = found.scope.codebook
    return "; ".join(book.path(code.id) for code in book.in_reading_order() if code.id in here)
