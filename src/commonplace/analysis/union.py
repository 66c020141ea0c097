"""Counting the words of many overlapping spans, each word once however often it is coded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter

from commonplace.analysis.layout import Edges, merged, together


class WordCounter:
    """The coded passages of one transcript, ready to be counted for any of its speakers.

    `starts`, `ends` and `rows` run in step; `rows` holds, for each passage, the keys under which
    it counts. The edges of all passages cut the coded text into pieces. Each piece is counted
    once, and the words before each edge are kept, so that a stretch of any key is one
    subtraction. What is a word, and to which piece it belongs, is as in `domain.words`.
    """

    def __init__(
        self,
        text: str,
        starts: Sequence[int],
        ends: Sequence[int],
        rows: Sequence[Iterable[str]],
    ) -> None:
        self._text = text
        spans: dict[str, list[tuple[int, int]]] = {}
        spread = zip(zip(starts, ends, strict=True), rows, strict=True)
        for span, keys in sorted(spread, key=itemgetter(0)):
            for key in keys:
                spans.setdefault(key, []).append(span)
        self._stretches = {key: merged(found) for key, found in spans.items()}
        self._covered = merged(sorted(zip(starts, ends, strict=True)))
        self._cuts = sorted({*starts, *ends})

    def words(self, spoken: Iterable[Edges]) -> dict[str, int]:
        """Words by key, of what is `spoken` (by one speaker or several) in the passages."""
        before = self._before(together(spoken))
        return {
            key: sum([before[end] - before[start] for start, end in stretches])
            for key, stretches in self._stretches.items()
        }

    def _before(self, spoken: Edges) -> dict[int, int]:
        """For each edge of a passage, the words that begin before it in speech and are coded."""
        before: dict[int, int] = {}
        count = 0
        cuts, place = self._cuts, 0
        for low, high in self._covered:
            left = low
            before[left] = count
            place = bisect_right(cuts, low, place)
            while left < high:
                right = cuts[place]
                place += 1
                count += self._words(spoken, left, right)
                before[right] = count
                left = right
        return before

    def _words(self, spoken: Edges, left: int, right: int) -> int:
        """The words of speech that begin in `[left, right)`."""
        text = self._text
        place = bisect_right(spoken, left)
        count = 0
        if place & 1:
            stop = spoken[place]
            count = len(text[left : min(right, stop)].split())
            if (
                count
                and left > spoken[place - 1]
                and not text[left].isspace()
                and not text[left - 1].isspace()
            ):
                count -= 1
            place += 1
        while place < len(spoken) and spoken[place] < right:
            count += len(text[spoken[place] : min(right, spoken[place + 1])].split())
            place += 2
        return count
