"""Which codes, sub-codes counted in, there are on what each speaker says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from commonplace.analysis.layout import speech_of, touching
from commonplace.analysis.scope import Scope, Voice


class Passage(NamedTuple):
    """A distinct stretch of a transcript, and the codes on it."""

    document: str
    start: int
    end: int
    codes: frozenset[str]


def rows_above(scope: Scope) -> dict[str, frozenset[str]]:
    """For each code the codes asked about under which it counts: itself and those above it, or
    itself alone when the filters ask for that."""
    book, shown = scope.codebook, set(scope.codes)
    return {
        code.id: frozenset(
            [code.id] if scope.filters.direct else [above.id for above in book.lineage(code.id)]
        )
        & shown
        for code in book
    }


def passages(scope: Scope, document: str) -> list[Passage]:
    """The coded passages of a transcript that the filters ask for, whoever speaks, in order;
    `codes` are those applied, not those above them."""
    found: dict[tuple[int, int], set[str]] = {}
    rows = scope.project.connection.execute(
        'SELECT start, "end", code_id FROM codings '
        f'WHERE document_id = ? AND {scope.condition} ORDER BY start, "end"',
        (document, *scope.values),
    )
    for start, end, code in rows:
        found.setdefault((start, end), set()).add(code)
    return [Passage(document, *span, frozenset(codes)) for span, codes in found.items()]


def said_by(scope: Scope) -> Iterator[tuple[Voice, list[Passage]]]:
    """Each speaker asked about, with the coded passages in which they say something."""
    heard = [voice for voices in scope.heard.values() for voice in voices]
    speech = speech_of(scope.project.connection, [voice.id for voice in heard])
    for document, voices in scope.heard.items():
        found = passages(scope, document)
        starts, ends = [p.start for p in found], [p.end for p in found]
        for voice in voices:
            if voice.id not in speech or not found:
                yield voice, []
                continue
            hits = touching(speech[voice.id], starts, ends)
            yield voice, found if hits is None else [found[place] for place in hits]


def codes_by_voice(scope: Scope) -> dict[str, set[str]]:
    """The codes, those above counted in, on what each speaker (by id) says."""
    above = rows_above(scope)
    return {
        voice.id: {row for p in found for code in p.codes for row in above.get(code, ())}
        for voice, found in said_by(scope)
    }
