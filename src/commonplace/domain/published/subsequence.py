"""The longest common subsequence of two sequences of words, in bounded time and memory."""

from __future__ import annotations

from collections.abc import Sequence


def longest_common(matches: Sequence[int], length: int) -> list[tuple[int, int]]:
    """Pairs of places (here, there) of a longest common subsequence, in order.

    `matches` holds for each element here the set of places there that it matches, as the bits of a
    whole number; `length` is how many there are. Bit-parallel: one addition of `length` bits for
    each element here, and as many bits of memory (Hyyrö 2004, after Crochemore et al. 2001); of
    several longest ones it is that which keeps to the end.
    """
    every = (1 << length) - 1
    unmatched = every
    rows = []
    for places in matches:
        hit = unmatched & places
        unmatched = ((unmatched + hit) | (unmatched - hit)) & every
        rows.append(unmatched)
    pairs = []
    here, there = len(matches), length
    while here and there:
        bit = 1 << (there - 1)
        if rows[here - 1] & bit:
            there -= 1
        else:
            here -= 1
            if here == 0 or rows[here - 1] & bit:
                there -= 1
                pairs.append((here, there))
    return pairs[::-1]
