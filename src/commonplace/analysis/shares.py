"""Shares of people or passages, and how far off they may be by chance."""

from __future__ import annotations

from math import sqrt

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
