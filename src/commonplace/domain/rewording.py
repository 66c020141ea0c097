"""How one text became another: what stayed, what was put in its place, and where a span went."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from commonplace.domain.alignment import Run, runs

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Scripts that put no space between words: each character is compared by itself."""

_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:['’][^\W{_UNSPACED}]+)*|[^\w\s]")
_LETTERS = re.compile(rf"[^\W{_UNSPACED}]{{2}}")

LONGEST = 100
"""Code points of a word, beyond which it may be cut in two."""

PAIRED = 400
"""Words of one changed stretch times those of the other, up to which they are paired."""

ALIKE = 0.34
"""Share of a word's characters, at its beginning and end, by which it is the same word spelt
otherwise."""


class Splice(NamedTuple):
    """From `start` on, in the older text, `old` gave way to `new`; either may be empty."""

    start: int
    old: str
    new: str


class Edge(NamedTuple):
    """Where a boundary of a span stands in the newer text."""

    offset: int
    firm: bool
    """Whether it stood beside something that stayed; else it was inside what was replaced."""


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """The text with the splices made, which are in order. Raises `ValueError` where one of them
    does not find what it is to replace."""
    parts, last = [], 0
    for start, old, new in splices:
        if start < last or text[start : start + len(old)] != old:
            raise ValueError(f"the text at {start} is not the one that was changed")
        parts += [text[last:start], new]
        last = start + len(old)
    return "".join([*parts, text[last:]])


def inverse(splices: Iterable[Splice]) -> list[Splice]:
    """The splices that lead back."""
    shift, back = 0, []
    for start, old, new in splices:
        back.append(Splice(start + shift, new, old))
        shift += len(new) - len(old)
    return back


class Rewording:
    """The way from one text to another; offsets are code points."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.kept: list[Run] = _joined(_kept(old, new))
        """The stretches that stayed, in order."""
        self._starts = [run.old for run in self.kept]
        self._places = [run.new for run in self.kept]

    @property
    def splices(self) -> list[Splice]:
        """What was put in the place of what, in order."""
        return list(self._splices())

    def _splices(self) -> Iterator[Splice]:
        old = new = 0
        for run in [*self.kept, Run(len(self.old), len(self.new), 0)]:
            if run.old > old or run.new > new:
                yield Splice(old, self.old[old : run.old], self.new[new : run.new])
            old, new = run.old + run.length, run.new + run.length

    def start(self, offset: int) -> Edge:
        """Where a span that began at `offset` begins: words put in before it stay outside."""
        place = bisect_right(self._starts, offset) - 1
        if place >= 0:
            run = self.kept[place]
            inside = offset - run.old
            if inside < run.length:
                return Edge(run.new + inside, True)
            begins, came = run.old + run.length, run.new + run.length
        else:
            begins = came = 0
        ends, goes_on = self._next(place)
        if offset == ends:
            return Edge(goes_on, True)
        return Edge(came, True) if offset == begins else Edge(goes_on, False)

    def end(self, offset: int) -> Edge:
        """Where a span that ended at `offset` ends: words put in after it stay outside."""
        place = bisect_right(self._starts, offset) - 1
        if place >= 0 and self.kept[place].old == offset and offset > 0:
            place -= 1  # what begins here is after the span
        if place >= 0:
            run = self.kept[place]
            inside = offset - run.old
            if inside <= run.length:
                return Edge(run.new + inside, True)
            came = run.new + run.length
        else:
            came = 0
        ends, goes_on = self._next(place)
        return Edge(goes_on, True) if offset == ends else Edge(came, False)

    def _next(self, place: int) -> tuple[int, int]:
        """Where the stretch after the one at `place` begins, in both texts."""
        if place + 1 < len(self.kept):
            return self.kept[place + 1].old, self.kept[place + 1].new
        return len(self.old), len(self.new)

    def stayed(self, start: int, end: int) -> int:
        """How many code points of `[start, end)` stayed, white space left out."""
        place = max(0, bisect_right(self._starts, start) - 1)
        count = 0
        while place < len(self.kept) and self.kept[place].old < end:
            run = self.kept[place]
            count += _solid(self.old[max(start, run.old) : min(end, run.old + run.length)])
            place += 1
        return count

    def is_new(self, start: int, end: int) -> bool:
        """Whether nothing in `[start, end)` of the newer text was in the older one before."""
        place = max(0, bisect_right(self._places, start) - 1)
        while place < len(self.kept) and self.kept[place].new < end:
            run = self.kept[place]
            if _solid(self.new[max(start, run.new) : min(end, run.new + run.length)]):
                return False
            place += 1
        return True


def _solid(text: str) -> int:
    """How many code points are no white space."""
    return sum(map(len, text.split()))


def _kept(old: str, new: str) -> Iterator[Run]:
    """The stretches that both texts have, in order; those that touch are not joined."""
    first, last = _common_words(old, new)
    if first:
        yield Run(0, 0, first)
    old_end, new_end = len(old) - last, len(new) - last
    ours, theirs = _words(old, first, old_end), _words(new, first, new_end)
    numbers: dict[str, int] = {}
    found = runs(
        [numbers.setdefault(old[start:end], len(numbers)) for start, end in ours],
        [numbers.setdefault(new[start:end], len(numbers)) for start, end in theirs],
    )
    sides = _Sides(old, new, ours, theirs)
    at, other, word, their_word = first, first, 0, 0
    for run in [*found, Run(len(ours), len(theirs), 0)]:
        stop = ours[run.old][0] if run.length else old_end
        their_stop = theirs[run.new][0] if run.length else new_end
        yield from sides.between(
            (at, stop), (other, their_stop), (word, run.old), (their_word, run.new)
        )
        for step in range(run.length):
            start, end = ours[run.old + step]
            place = theirs[run.new + step][0]
            if step:
                yield from _trimmed(old, new, (at, start), (other, place))
            yield Run(start, place, end - start)
            at, other = end, place + end - start
        word, their_word = run.old + run.length, run.new + run.length
    if last:
        yield Run(old_end, new_end, last)


def _common_words(old: str, new: str) -> tuple[int, int]:
    """As `_common_ends`, but cutting no word in two, unless it is a very long one."""
    first, last = _common_ends(old, new)
    for less in range(min(LONGEST, first) + 1):
        if not (is_inside_word(old, first - less) or is_inside_word(new, first - less)):
            first -= less
            break
    ours, theirs = len(old) - last, len(new) - last
    for less in range(min(LONGEST, last) + 1):
        if not (is_inside_word(old, ours + less) or is_inside_word(new, theirs + less)):
            last -= less
            break
    return first, last


def is_inside_word(text: str, offset: int) -> bool:
    """Whether `offset` cuts a word in two; in scripts without spaces nothing does."""
    if not 0 < offset < len(text):
        return False
    return _LETTERS.fullmatch(text, offset - 1, offset + 1) is not None


def _joined(found: Iterable[Run]) -> list[Run]:
    """The runs with those made one that touch on both sides; empty ones go."""
    joined: list[Run] = []
    for run in found:
        if not run.length:
            continue
        if joined:
            old, new, length = joined[-1]
            if (old + length, new + length) == (run.old, run.new):
                joined[-1] = Run(old, new, length + run.length)
                continue
        joined.append(run)
    return joined


def _words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(text, start, end)]


class _Sides(NamedTuple):
    """Both texts and the words in them, for a look at what lies between two runs."""

    old: str
    new: str
    ours: Sequence[tuple[int, int]]
    theirs: Sequence[tuple[int, int]]

    def between(
        self,
        stretch: tuple[int, int],
        other: tuple[int, int],
        words: tuple[int, int],
        other_words: tuple[int, int],
    ) -> Iterator[Run]:
        """What stayed in two stretches that differ: in words spelt otherwise, and around them."""
        at, their_at = stretch[0], other[0]
        for place, their_place in self._pairs(words, other_words):
            start, end = self.ours[place]
            their_start, their_end = self.theirs[their_place]
            yield from _trimmed(self.old, self.new, (at, start), (their_at, their_start))
            yield from _trimmed(self.old, self.new, (start, end), (their_start, their_end))
            at, their_at = end, their_end
        yield from _trimmed(self.old, self.new, (at, stretch[1]), (their_at, other[1]))

    def _pairs(self, words: tuple[int, int], other_words: tuple[int, int]) -> list[tuple[int, int]]:
        """The words that are the same but for their spelling, in order: as alike as can be."""
        rows, columns = words[1] - words[0], other_words[1] - other_words[0]
        if not 0 < rows * columns <= PAIRED:
            return []
        best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
        alike: dict[tuple[int, int], float] = {}
        for row in range(rows - 1, -1, -1):
            word = self.old[slice(*self.ours[words[0] + row])]
            for column in range(columns - 1, -1, -1):
                likeness = _alike(word, self.new[slice(*self.theirs[other_words[0] + column])])
                best[row][column] = max(best[row + 1][column], best[row][column + 1])
                if likeness >= ALIKE:
                    alike[row, column] = likeness
                    paired = best[row + 1][column + 1] + likeness
                    best[row][column] = max(best[row][column], paired)
        found, row, column = [], 0, 0
        while row < rows and column < columns:
            likeness = alike.get((row, column), 0.0)
            if likeness and best[row][column] == best[row + 1][column + 1] + likeness:
                found.append((words[0] + row, other_words[0] + column))
                row, column = row + 1, column + 1
            elif best[row][column] == best[row + 1][column]:
                row += 1
            else:
                column += 1
        return found


def _alike(word: str, other: str) -> float:
    """How alike two words are, 0–1: the share of their characters that they begin and end with."""
    if word.casefold() == other.casefold():
        return 1.0
    first, last = _common_ends(word, other)
    return (first + last) / max(len(word), len(other))


def _trimmed(old: str, new: str, stretch: tuple[int, int], other: tuple[int, int]) -> Iterator[Run]:
    """What two stretches begin with and end with alike."""
    (start, end), (their_start, their_end) = stretch, other
    if start == end or their_start == their_end:
        return
    first, last = _common_ends(old[start:end], new[their_start:their_end])
    yield Run(start, their_start, first)
    yield Run(end - last, their_end - last, last)


def _common_ends(old: str, new: str) -> tuple[int, int]:
    """How many code points two texts begin with alike, and how many of the rest they end with."""
    first = _common_start(old, new)
    most = min(len(old), len(new)) - first
    low, high = 0, most
    while low < high:  # what is alike so far need not be looked at again
        middle = (low + high + 1) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            high = middle - 1
    return first, low


def _common_start(old: str, new: str) -> int:
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
