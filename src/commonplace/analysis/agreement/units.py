"""What is judged: sentences, turns, code points or marked stretches of what is said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonplace.analysis.layout import Edges, touching
from commonplace.domain.sentences import sentences


class Unit(StrEnum):
    """What is judged as coded or not."""

    SEGMENT = "segment"
    """A sentence, as `domain.sentences` bounds it."""
    TURN = "turn"
    CHARACTER = "character"
    """A code point of speech; held as stretches between which no coding begins or ends."""
    PRESET = "preset"
    """A stretch that was marked beforehand as one to be judged, by a code kept for that."""


IN_WORDS = {
    Unit.SEGMENT: "sentences",
    Unit.TURN: "turns",
    Unit.CHARACTER: "code points",
    Unit.PRESET: "marked stretches",
}


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one transcript in order, in code points, without overlaps."""

    starts: list[int]
    ends: list[int]
    weights: list[int]

    def touched(self, start: int, end: int) -> range:
        """Places of the units that share at least one code point with `[start, end)`."""
        first = bisect_right(self.ends, start)
        last = first
        while last < len(self.starts) and self.starts[last] < end:
            last += 1
        return range(first, last)


def units(
    unit: Unit,
    text: str,
    spoken: Edges,
    edges: Iterable[int],
    *,
    whole: bool = False,
    preset: Sequence[tuple[int, int]] = (),
) -> Units:
    """Cuts what is `spoken` in a transcript into units.

    `edges` are where codings begin and end: only stretches of code points are cut there. With
    `whole`, code points are those of the whole text, whoever says them or nobody. `preset` are
    the stretches marked beforehand, in order and without overlaps; those in which nothing is
    spoken are no units.
    """
    turns = list(zip(spoken[::2], spoken[1::2], strict=True))
    if unit is Unit.PRESET:
        hits = touching(spoken, [start for start, _ in preset], [end for _, end in preset])
        pieces = list(preset) if whole or hits is None else [preset[hit] for hit in hits]
        return Units(*_columns(pieces), [1] * len(pieces))
    if unit is Unit.CHARACTER:
        pieces = _cut([(0, len(text))] if whole and text else turns, sorted(set(edges)))
        return Units(*_columns(pieces), [end - start for start, end in pieces])
    if unit is Unit.TURN:
        pieces = [(start, end) for start, end in turns if not text[start:end].isspace()]
    else:
        pieces = [
            (start + span.start, start + span.end)
            for start, end in turns
            for span in sentences(text[start:end])
        ]
    return Units(*_columns(pieces), [1] * len(pieces))


def _cut(turns: list[tuple[int, int]], edges: list[int]) -> list[tuple[int, int]]:
    """The turns, cut at edges."""
    pieces = []
    for start, end in turns:
        left, place = start, bisect_right(edges, start)
        while place < len(edges) and edges[place] < end:
            pieces.append((left, edges[place]))
            left = edges[place]
            place += 1
        pieces.append((left, end))
    return pieces


def _columns(pieces: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [start for start, _ in pieces], [end for _, end in pieces]
