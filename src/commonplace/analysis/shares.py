"""Shares and numbers of people or passages, and how far off they may be by chance."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from math import comb, sqrt

Z = 1.959963984540054
"""Two-sided 95 % quantile of the normal distribution."""


def wilson(count: int, of: int) -> tuple[float | None, float | None, float | None]:
    """A share and its 95 % interval by the score method (Wilson 1927), all 0–1; None of nothing.

    It never leaves 0–1, and holds for small numbers and for shares of 0 or 1 (Newcombe 1998).
    """
    if of == 0:
        return None, None, None
    share = count / of
    middle = (share + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z / (1 + Z * Z / of) * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    return share, max(0.0, middle - half), min(1.0, middle + half)


TAIL = 40
"""What is as unlikely as one in so many, or unlikelier, is left out at either end: 2.5 %."""


def of_the_rest(count: int, drawn: int, rest: int) -> tuple[int, int]:
    """How many of the rest have what `count` of `drawn` have, those drawn at random, without
    replacement, out of all: the ends of the 95 % interval, each from 0 to `rest`.

    Exact: the numbers that neither one-sided hypergeometric test at 2.5 % refuses (Buonaccorsi
    1987), as Clopper and Pearson (1934) do with the binomial, which would be for an endless rest.
    """
    every = drawn + rest

    def likely(having: int, seen: Iterable[int]) -> bool:
        """Whether that many are likely to be drawn, where so many of all have it."""
        ways = sum(comb(having, n) * comb(every - having, drawn - n) for n in seen)
        return TAIL * ways > comb(every, drawn)

    possible = range(count, count + rest + 1)
    low = bisect_left(possible, True, key=lambda n: likely(n, range(count, drawn + 1)))
    too_many = bisect_left(possible, True, key=lambda n: not likely(n, range(count + 1)))
    return low, too_many - 1
