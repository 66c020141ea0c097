"""What may go from a quote without a mark: fillers, and the first or second of what is said twice.

Sets of places among the words are whole numbers whose bits are the places: a set of any size is
searched, shifted and joined in one step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from commonplace.domain.published.tokens import Word
from commonplace.domain.published.vocabulary import (
    ASIDES,
    DOUBLES,
    is_filled_pause,
    is_negation,
    phrases_in,
)

LONGEST_REPEAT = 8
"""Words that may be said twice and printed once."""

LONGEST = 64
"""Words that may be dropped in one place without a mark."""

_WITHIN = (1 << (LONGEST + 1)) - 1
_VOWELS = frozenset("aeiouy")


class Drops:
    """Which stretches of `words` may be dropped without a mark.

    A stretch may go when it consists of fillers and noises, then of words that only repeat what
    stands before it, then of words that only begin what stands behind it.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self.fillers = dict(_fillers(words))
        """Where a filler begins, and where it ends."""
        inside = {place for start, end in self.fillers.items() for place in range(start, end)}
        self._content = [place for place in range(len(words)) if place not in inside]
        forward, backward = self._repeats()
        self._reach = self._find_reach(forward, backward)
        self.beginnings = places_of(self._reach)
        """Places at which something may be dropped."""
        alike: dict[int, list[int]] = {}
        for place, reach in self._reach.items():
            alike.setdefault(reach, []).append(place)
        self._alike = {reach: places_of(places) for reach, places in alike.items()}
        self._steps = sum(map(int.bit_count, self._alike))

    def ends(self, place: int) -> int:
        """Where a stretch that begins at `place` and may be dropped can end: a set of places, with
        `place` itself."""
        return self._reach.get(place, 1) << place

    def ends_of(self, places: int) -> int:
        """The ends of stretches that begin at any of a set of places."""
        found, begun = places, places & self.beginnings
        if begun.bit_count() <= self._steps:
            for place in bits(begun):
                found |= self._reach[place] << place
        else:
            for reach, alike in self._alike.items():
                here = begun & alike
                for step in bits(reach) if here else ():
                    found |= here << step
        return found

    def _repeats(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """By place, where words end that are said again at once; and that were just said."""
        words, content = self._words, self._content
        forward: dict[int, list[int]] = {}
        backward: dict[int, list[int]] = {}
        count = len(content)
        for first in range(count):
            for length in range(1, min(LONGEST_REPEAT, (count - first) // 2) + 1):
                second = first + length
                if words[content[second]].turn != words[content[first]].turn:
                    break
                kind = self._same(first, second, length)
                if not kind:
                    continue
                start, end = content[first], content[second - 1] + 1
                forward.setdefault(start, []).append(end)
                if kind == "whole":
                    start, end = content[second], content[second + length - 1] + 1
                    backward.setdefault(start, []).append(end)
        return forward, backward

    def _same(self, first: int, second: int, length: int) -> str:
        """`whole` where the words from `first` are said again from `second`, `cut` where the last
        of them was broken off the first time; else empty."""
        words, content = self._words, self._content
        kind = "whole"
        for offset in range(length):
            one, two = words[content[first + offset]], words[content[second + offset]]
            if one.remark or two.remark or one.turn != two.turn:
                return ""
            if one.folded != two.folded:
                following = words[content[first + offset] + 1]
                if offset < length - 1 or not _broken_off(one, two, following):
                    return ""
                kind = "cut"
        apart = words[content[second]].set_off and not words[content[second]].glued
        if apart or kind == "cut":
            return kind
        said = [words[content[first + offset]].folded for offset in range(length)]
        doubled = length == 1 and (said[0] in DOUBLES or said[0][0].isdigit())
        return "" if doubled or any(map(is_negation, said)) else kind

    def _find_reach(
        self, forward: dict[int, list[int]], backward: dict[int, list[int]]
    ) -> dict[int, int]:
        """By place, how many words may be dropped there: a set of numbers, 0 among them."""
        reach: dict[int, int] = {}
        for repeats in (forward, backward):
            later = dict(reach)
            for place in sorted({*self.fillers, *repeats}, reverse=True):
                found = later.get(place, 1)
                for end in (*repeats.get(place, ()), *self._filler_ends(place)):
                    found |= later.get(end, 1) << (end - place)
                later[place] = found & _WITHIN
            reach = later
        return reach

    def _filler_ends(self, place: int) -> list[int]:
        return [self.fillers[place]] if place in self.fillers else []


def _broken_off(one: Word, two: Word, following: Word) -> bool:
    """Whether `one` is the beginning of `two`, broken off: `th- the`, `b-bus`."""
    if len(one.folded) >= len(two.folded) or not two.folded.startswith(one.folded):
        return False
    stutter = following.glued and _VOWELS.isdisjoint(one.folded)
    return one.cut or stutter


def _fillers(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where fillers and noises begin and end; they do not overlap."""
    taken = 0
    asides = dict(phrases_in([word.folded for word in words], ASIDES))
    for place, word in enumerate(words):
        if place < taken:
            continue
        end = 0
        if word.remark == "noise" or (is_filled_pause(word.folded) and _loose(words, place)):
            end = place + 1
        elif place in asides and _set_off(words, place, asides[place]):
            end = asides[place]
        if end:
            yield place, end
            taken = end


def _loose(words: Sequence[Word], place: int) -> bool:
    """Whether no hyphen ties a word to its neighbours."""
    return not words[place].glued and not (_follows(words, place) and words[place + 1].glued)


def _set_off(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether punctuation or an end of the turn stands on both sides of `[start, end)`."""
    if any(word.turn != words[start].turn for word in words[start:end]):
        return False
    closed = not _follows(words, end - 1) or words[end].set_off
    return words[start].set_off and closed and not words[start].glued


def _follows(words: Sequence[Word], place: int) -> bool:
    """Whether the same turn goes on behind a word."""
    return place + 1 < len(words) and words[place + 1].turn == words[place].turn


def places_of(places: Collection[int]) -> int:
    """A set of places as a number."""
    digits = bytearray(b"0" * (max(places, default=0) + 1))
    for place in places:
        digits[-1 - place] = ord("1")
    return int(digits, 2)


def bits(places: int) -> Iterator[int]:
    """The places of a set, in order."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest


def downwards(places: int) -> Iterator[int]:
    """The places of a set, the last one first."""
    while places:
        highest = places.bit_length() - 1
        yield highest
        places ^= 1 << highest
