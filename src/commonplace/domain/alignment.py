"""Two sequences side by side: the runs that stand in both, in the same order, in bounded time.

Where little differs, the shortest edit is found (Myers, 1986, "An O(ND) difference algorithm").
Where much does, the text is first divided at passages that stand once on either side and in the
same order (patience diff, Cohen, 2003). Effort is counted: what would take too long counts as
replaced, so that no pair of texts takes more than a few seconds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import isqrt
from typing import NamedTuple

LITTLE = 64
"""Edits that are searched for before a text is divided."""

MUCH = 1_000
"""Edits that are searched for where it cannot be divided."""

SHINGLES = (3, 1)
"""Lengths of the passages at which a text is divided; longer ones are surer."""

EFFORT = 4_000_000
"""Steps that all searches together may take, besides so many for each item."""
EFFORT_PER_ITEM = 40


class Run(NamedTuple):
    """`length` items that stand at `old` on one side and at `new` on the other."""

    old: int
    new: int
    length: int


class _Region(NamedTuple):
    """What is still to be compared: `[old, old_end)` with `[new, new_end)`."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def size(self) -> int:
        return self.old_end - self.old + self.new_end - self.new


def runs(old: Sequence[int], new: Sequence[int]) -> list[Run]:
    """The runs of items that both have, in order; neither overlaps another on either side."""
    found: list[Run] = []
    effort = EFFORT + EFFORT_PER_ITEM * (len(old) + len(new))
    waiting = [_Region(0, len(old), 0, len(new))]
    while waiting:
        region = _without_ends(old, new, waiting.pop(), found)
        if region.old == region.old_end or region.new == region.new_end or effort <= 0:
            continue
        effort -= region.size + LITTLE * LITTLE
        edit = _shortest_edit(old, new, region, LITTLE)
        if edit is None:
            effort -= len(SHINGLES) * region.size
            parts = _divided(old, new, region, found)
            if parts is not None:
                waiting += parts
                continue
            most = min(MUCH, isqrt(max(0, effort)))
            effort -= most * most
            edit = _shortest_edit(old, new, region, most)
        found += edit or []
    return sorted(found)


def _without_ends(
    old: Sequence[int], new: Sequence[int], region: _Region, found: list[Run]
) -> _Region:
    """The region without what is the same at its ends, which goes to `found`."""
    first, first_end, second, second_end = region
    start = first
    while first < first_end and second < second_end and old[first] == new[second]:
        first, second = first + 1, second + 1
    if first > start:
        found.append(Run(start, second - (first - start), first - start))
    end = first_end
    while first < first_end and second < second_end and old[first_end - 1] == new[second_end - 1]:
        first_end, second_end = first_end - 1, second_end - 1
    if first_end < end:
        found.append(Run(first_end, second_end, end - first_end))
    return _Region(first, first_end, second, second_end)


def _divided(
    old: Sequence[int], new: Sequence[int], region: _Region, found: list[Run]
) -> list[_Region] | None:
    """The regions between passages that stand once on either side; None where there are none.

    The passages themselves go to `found`, as far as they reach.
    """
    for length in SHINGLES:
        anchors = _in_order(_once_on_both(old, new, region, length))
        if anchors:
            break
    else:
        return None
    regions = []
    first, second = region.old, region.new
    for place, other in anchors:
        if place < first or other < second:
            continue
        regions.append(_Region(first, place, second, other))
        first, second = place, other
        while first < region.old_end and second < region.new_end and old[first] == new[second]:
            first, second = first + 1, second + 1
        found.append(Run(place, other, first - place))
    regions.append(_Region(first, region.old_end, second, region.new_end))
    return regions


def _once_on_both(
    old: Sequence[int], new: Sequence[int], region: _Region, length: int
) -> list[tuple[int, int]]:
    """(place, other place) of the passages of `length` items that stand once on either side."""
    there = _once(old, region.old, region.old_end, length)
    here = _once(new, region.new, region.new_end, length)
    return [(place, here[key]) for key, place in there.items() if key in here]


def _once(items: Sequence[int], start: int, end: int, length: int) -> dict[tuple[int, ...], int]:
    """Where each passage that stands only once stands."""
    places: dict[tuple[int, ...], int] = {}
    again: set[tuple[int, ...]] = set()
    shifted = (items[start + shift : end] for shift in range(length))
    for place, key in enumerate(zip(*shifted, strict=False), start):
        if key in places:
            again.add(key)
        else:
            places[key] = place
    for key in again:
        del places[key]
    return places


def _in_order(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs, given by their first place, whose second places rise as well."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        depth = bisect_left(tails, place)
        before.append(ends[depth - 1] if depth else -1)
        tails[depth : depth + 1] = [place]
        ends[depth : depth + 1] = [index]
    chosen = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _shortest_edit(
    old: Sequence[int], new: Sequence[int], region: _Region, most: int
) -> list[Run] | None:
    """The runs that the shortest edit leaves; None when it takes more than `most` steps.

    On diagonal k, `furthest[k]` is how far one gets in `old` with as many edits as made so far.
    """
    first, second = region.old, region.new
    width, height = region.old_end - first, region.new_end - second
    if abs(width - height) > most:
        return None
    furthest = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(min(most, width + height) + 1):
        trail.append(furthest.copy())
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
            x = furthest[k + 1] if down else furthest[k - 1] + 1
            y = x - k
            while x < width and y < height and old[first + x] == new[second + y]:
                x, y = x + 1, y + 1
            furthest[k] = x
            if x >= width and y >= height:
                return _walked_back(trail, region)
    return None


def _walked_back(trail: list[dict[int, int]], region: _Region) -> list[Run]:
    """The diagonal runs of the path that ends in the far corner."""
    x, y = region.old_end - region.old, region.new_end - region.new
    found = []
    for edits in range(len(trail) - 1, -1, -1):
        furthest, k = trail[edits], x - y
        down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
        before = k + 1 if down else k - 1
        from_x = furthest[before]
        start = from_x if down else from_x + 1
        if edits == 0:
            start = 0
        if x > start:
            found.append(Run(region.old + start, region.new + start - k, x - start))
        x, y = from_x, from_x - before
    return found
