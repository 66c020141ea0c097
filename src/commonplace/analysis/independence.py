"""Whether a yes or no goes with the group people are in, where a test can say so at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tested:
    """The name of the test that was made and its two-sided p; or why there is none, and None."""

    name: str
    p: float | None


def independence(having: Sequence[int], of: Sequence[int]) -> Tested:
    """Tests `having` out of `of`, group by group: everyone is in one group and counted once.

    Pearson's chi-square (1900, no correction) where every expected count is at least 1 and at
    most a fifth of them are below 5 (Cochran 1954), with two groups none of them; otherwise, of
    two groups, Fisher's exact test (1922). Groups of nobody are left out.
    """
    table = [(yes, n - yes) for yes, n in zip(having, of, strict=True) if n]
    yes, no = sum(row[0] for row in table), sum(row[1] for row in table)
    if len(table) < 2:
        return Tested("none: fewer than two groups", None)
    if yes == 0 or no == 0:
        return Tested("none: all alike", None)
    expected = [sum(row) * column / (yes + no) for row in table for column in (yes, no)]
    below_five = sum(count < 5 for count in expected)
    if min(expected) >= 1 and below_five <= (0 if len(table) == 2 else len(expected) / 5):
        from scipy.stats import chi2_contingency

        return Tested("chi-square", float(chi2_contingency(table, correction=False).pvalue))
    if len(table) == 2:
        from scipy.stats import fisher_exact

        return Tested("Fisher", float(fisher_exact(table).pvalue))
    return Tested("none: too few people", None)


def holm(values: Sequence[float | None]) -> list[float | None]:
    """The p values adjusted for being several (Holm 1979); what was not tested stays None."""
    tested = sorted((p, place) for place, p in enumerate(values) if p is not None)
    adjusted: list[float | None] = [None] * len(values)
    largest = 0.0
    for rank, (p, place) in enumerate(tested):
        largest = max(largest, min(1.0, (len(tested) - rank) * p))
        adjusted[place] = largest
    return adjusted
