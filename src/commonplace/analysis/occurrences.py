"""Where a word or phrase is said by those asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from commonplace.analysis.layout import Layout, layout
from commonplace.analysis.scope import Scope
from commonplace.analysis.wording import as_search, fold, pattern


@dataclass(frozen=True, slots=True)
class Occurrences:
    """All places in one transcript, in order."""

    document: str
    text: str
    turns: Layout
    places: list[tuple[int, int, int]]
    """Place of the turn (from 0), start and end in code points."""


def occurrences(scope: Scope, term: str) -> Iterator[Occurrences]:
    """Each transcript in which those asked about say the term: see `wording.pattern`.

    The full-text index says which turns to look at. Raises `FilterError` for a term without a
    word, at the first transcript.
    """
    found = pattern(term)
    for document, starts in _turns(scope, term).items():
        text = scope.project.documents.text(document)
        turns = layout(scope.project.connection, document)
        heard = {voice.id for voice in scope.heard[document]}
        places = []
        for place, speaker in enumerate(turns.speakers):
            if speaker not in heard or (starts is not None and turns.starts[place] not in starts):
                continue
            first = turns.speech_starts[place]
            for match in found.finditer(fold(text[first : turns.ends[place]])):
                places.append((place, first + match.start(), first + match.end()))
        if places:
            yield Occurrences(document, text, turns, places)


def _turns(scope: Scope, term: str) -> dict[str, set[int] | None]:
    """The transcripts to look at, by name, with the beginnings of their turns; None: all."""
    query = as_search(term)
    if query is None:
        return dict.fromkeys(scope.documents)
    starts: dict[str, set[int] | None] = {}
    for hit in scope.project.search.turns(query):
        if hit.document in scope.documents:
            here = starts.setdefault(hit.document, set())
            if here is not None:
                here.add(hit.start)
    return starts
