"""Where codes meet: pairs of passages that overlap or lie near, or sentences and turns."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import accumulate, repeat
from typing import NamedTuple

from commonplace.analysis.filters import FilterError
from commonplace.analysis.layout import Edges, layout, merged, speech_of, together, touching
from commonplace.analysis.people_codes import Passage, passages
from commonplace.analysis.scope import Scope
from commonplace.domain.sentences import sentences

OVERLAP, SENTENCE, TURN = "overlap", "sentence", "turn"

_WORD = re.compile(r"\S+")


class Meeting(NamedTuple):
    """A stretch in which codes are together: each of `one` with each of `other`."""

    start: int
    end: int
    one: frozenset[str]
    other: frozenset[str]
    passages: tuple[tuple[int, int], ...]
    """The one or two coded passages, or the sentence or turn."""


def nearness(within: str) -> int:
    """The number of words in a `within` that is one. Raises `FilterError` for anything else."""
    if within.isascii() and within.isdigit():
        return int(within)
    raise FilterError(
        f"'{within}' says nothing about nearness: it is {OVERLAP}, {SENTENCE}, {TURN}, or a "
        "number of words"
    )


class Meetings:
    """Finds where codes are together `within` overlapping passages, a sentence, a turn, or a
    number of words. Raises `FilterError` for a `within` that is none of these."""

    def __init__(self, scope: Scope, within: str = OVERLAP) -> None:
        self.scope = scope
        self.within = within.strip().casefold()
        self.pairwise = self.within not in (SENTENCE, TURN)
        """Whether two passages meet, rather than codes in a sentence or turn."""
        if self.pairwise and self.within != OVERLAP:
            self._words: int | None = nearness(self.within)
        else:
            self._words = None

    @property
    def unit(self) -> str:
        """What is counted, in words."""
        return "pairs of passages" if self.pairwise else f"{self.within}s"

    def coded(self, document: str) -> list[Passage]:
        """What may meet: coded passages, or sentences or turns with the codes on them; only
        such in which those asked about say something."""
        found = passages(self.scope, document)
        if not found:
            return []
        spoken = self._spoken(document)
        if not self.pairwise:
            return self._units(document, found, spoken)
        if self.scope.keeps_everything:
            return found
        hits = touching(spoken, [p.start for p in found], [p.end for p in found])
        return found if hits is None else [found[place] for place in hits]

    def of(self, document: str, coded: list[Passage]) -> Iterator[Meeting]:
        """All meetings of what is `coded` in a transcript, by the beginning of the first."""
        room = self._room(document) if self._words is not None and coded else None
        for place, one in enumerate(coded):
            at = (one.start, one.end)
            if len(one.codes) > 1:
                yield Meeting(*at, one.codes, one.codes, (at,))
            if not self.pairwise:
                continue
            limit = one.end if room is None else room(one.end)
            for other in coded[place + 1 :]:
                if other.start >= limit:
                    break
                end = max(one.end, other.end)
                there = (other.start, other.end)
                yield Meeting(one.start, end, one.codes, other.codes, (at, there))

    def length(self, document: str, coded: list[Passage]) -> Callable[[int], int]:
        """How much of what those asked about say stands before an offset, in code points; only
        differences within `coded` count."""
        spoken = self._spoken(document)
        first = list(map(bisect_right, repeat(spoken), [p.start for p in coded]))
        last = map(bisect_left, repeat(spoken), [p.end for p in coded])
        if self.scope.keeps_everything or (first == list(last) and all(at & 1 for at in first)):
            return lambda offset: offset  # all of it is speech: the common case
        sizes = [end - start for start, end in zip(spoken[::2], spoken[1::2], strict=True)]
        before = [0, *accumulate(sizes)]

        def length(offset: int) -> int:
            place = bisect_right(spoken, offset)
            inside = offset - spoken[place - 1] if place & 1 else 0
            return before[place // 2] + inside

        return length

    @cached_property
    def _speech(self) -> dict[str, Edges]:
        heard = [voice.id for voices in self.scope.heard.values() for voice in voices]
        return speech_of(self.scope.project.connection, heard)

    def _spoken(self, document: str) -> Edges:
        heard = self.scope.heard[document]
        return together(self._speech[voice.id] for voice in heard if voice.id in self._speech)

    def _units(self, document: str, found: list[Passage], spoken: Edges) -> list[Passage]:
        units = list(zip(spoken[::2], spoken[1::2], strict=True))
        covered = merged(sorted((passage.start, passage.end) for passage in found))
        edges = [edge for stretch in covered for edge in stretch]
        hits = touching(edges, spoken[::2], spoken[1::2])
        units = units if hits is None else [units[place] for place in hits]
        if self.within == SENTENCE:
            text = self.scope.project.documents.text(document)
            units = [
                (start + span.start, start + span.end)
                for start, end in units
                for span in sentences(text[start:end])
            ]
        ends = [end for _, end in units]
        codes: dict[int, set[str]] = {}
        for passage in found:
            place = bisect_left(ends, passage.start + 1)
            while place < len(units) and units[place][0] < passage.end:
                codes.setdefault(place, set()).update(passage.codes)
                place += 1
        return [Passage(document, *units[p], frozenset(codes[p])) for p in sorted(codes)]

    def _room(self, document: str) -> Callable[[int], int]:
        """Before which offset a passage must begin to be near one that ends at an offset: words
        that begin between the two are counted, labels and time stamps are not."""
        text = self.scope.project.documents.text(document)
        turns = layout(self.scope.project.connection, document)
        begins = [
            match.start()
            for start, end in zip(turns.speech_starts, turns.ends, strict=True)
            for match in _WORD.finditer(text, start, end)
        ]
        words = self._words or 0

        def room(end: int) -> int:
            place = bisect_left(begins, end) + words
            return begins[place] + 1 if place < len(begins) else len(text) + 1

        return room
