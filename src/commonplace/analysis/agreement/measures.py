"""Coefficients of agreement on whether a code applies to a unit, by two coders or more.

All are functions of a `Tally`: how much of the material has each pattern of coders. A pattern is
a number whose bit i says that coder i applied the code; the material is weighed in units
(sentences, turns) or code points. A coefficient that cannot be computed, because there is
nothing to compare or because nothing varies, is None and never 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

Tally = Mapping[int, int]
"""Weight of each pattern of coders; pattern 0 is what none of them coded."""

REPLICATES = 1000
SEED = 1_000_003
"""Of the bootstrap: the same material always gets the same interval."""

ENOUGH = 0.9
"""Share of replicates in which a coefficient must exist for it to get an interval."""


class Moments(NamedTuple):
    """What all coefficients but Cohen's need of a tally of `coders` coders; sums over units."""

    units: int
    applied: int
    """Times the code was applied: by two coders to one unit is twice."""
    mixed: int
    """Pairs of coders of whom one applied it and one did not."""


def moments(tally: Tally, coders: int) -> Moments:
    """The sums over a tally."""
    units = applied = mixed = 0
    for pattern, weight in tally.items():
        count = pattern.bit_count()
        units += weight
        applied += weight * count
        mixed += weight * count * (coders - count)
    return Moments(units, applied, mixed)


def together(tallies: Iterable[Tally]) -> dict[int, int]:
    """Several tallies as one."""
    total: dict[int, int] = {}
    for tally in tallies:
        for pattern, weight in tally.items():
            total[pattern] = total.get(pattern, 0) + weight
    return total


def percent(tally: Tally, coders: int) -> float | None:
    """The share (0–1) of pairs of judgements on a unit that are the same."""
    units, _, mixed = moments(tally, coders)
    return 1 - mixed / (units * _pairs(coders)) if units else None


def positive(tally: Tally, coders: int) -> float | None:
    """Of the judgements that the code applies, the share with which another coder agrees.

    Specific agreement on presence (Dice 1945; Cicchetti & Feinstein 1990): with two coders
    2a / (2a + b + c). What neither coded does not enter.
    """
    _, applied, mixed = moments(tally, coders)
    return 1 - mixed / (applied * (coders - 1)) if applied else None


def cohen(tally: Tally, coders: int) -> float | None:
    """Cohen's kappa (1960): chance agreement from what each coder's own habits would give.

    Of more than two coders the mean over all pairs (Light 1971); None where one of the pairs has
    none.
    """
    kappas = [_cohen(tally, *pair) for pair in combinations(range(coders), 2)]
    known = [kappa for kappa in kappas if kappa is not None]
    return sum(known) / len(known) if known and len(known) == len(kappas) else None


def _cohen(tally: Tally, one: int, other: int) -> float | None:
    cells = [0, 0, 0, 0]
    for pattern, weight in tally.items():
        cells[(pattern >> one & 1) + 2 * (pattern >> other & 1)] += weight
    units = sum(cells)
    mine, theirs = cells[1] + cells[3], cells[2] + cells[3]
    expected = mine * theirs + (units - mine) * (units - theirs)
    if expected == units * units:
        return None
    return ((cells[0] + cells[3]) * units - expected) / (units * units - expected)


def fleiss(tally: Tally, coders: int) -> float | None:
    """Fleiss' kappa (1971): chance agreement from the habits of all coders together."""
    units, applied, mixed = moments(tally, coders)
    judgements = units * coders
    if not 0 < applied < judgements:
        return None
    share = applied / judgements
    expected = share**2 + (1 - share) ** 2
    return (1 - mixed / (units * _pairs(coders)) - expected) / (1 - expected)


def alpha(tally: Tally, coders: int) -> float | None:
    """Krippendorff's alpha (2004) for nominal data: 1 − observed over expected disagreement.

    Expected is what pairing judgements at random, without replacement, gives.
    """
    return _alpha(moments(tally, coders), coders)


def _alpha(sums: Moments, coders: int) -> float | None:
    judgements = sums.units * coders
    rest = judgements - sums.applied
    if sums.applied == 0 or rest == 0:
        return None
    return 1 - (judgements - 1) * sums.mixed / ((coders - 1) * sums.applied * rest)


def _pairs(coders: int) -> int:
    return coders * (coders - 1) // 2


Interval = tuple[float, float] | None


def intervals(
    samples: Sequence[Sequence[Moments]], coders: int, *, replicates: int = REPLICATES
) -> list[Interval]:
    """95 % intervals of alpha, by drawing transcripts anew (percentile bootstrap, Efron 1979).

    `samples` has a sequence for each transcript, and in it the moments of each row; all in step.
    Units of one transcript are alike, so that transcripts and not units are drawn. A row gets
    None with fewer than two transcripts, or where alpha exists in too few of the replicates.
    """
    rows = len(samples[0]) if samples else 0
    if len(samples) < 2 or rows == 0:
        return [None] * rows
    import numpy as np

    units, applied, mixed = drawn(samples, replicates)
    judgements = units * coders
    expected = (coders - 1) * applied * (judgements - applied)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.where(expected > 0, 1 - (judgements - 1) * mixed / expected, np.nan)
    return [percentiles(values[:, row]) for row in range(rows)]


def drawn(samples: Sequence[Sequence[Sequence[float]]], replicates: int) -> list[Any]:
    """Sums over transcripts drawn anew: for each of the sums an array of replicates by rows."""
    import numpy as np

    count = len(samples)
    times = np.random.default_rng(SEED).multinomial(count, [1 / count] * count, size=replicates)
    known = np.asarray(samples, dtype=np.float64)
    return [times @ known[:, :, place] for place in range(known.shape[2])]


def percentiles(values: Any) -> Interval:
    """The middle 95 % of an array of replicates; None where too few are numbers."""
    import numpy as np

    defined = values[~np.isnan(values)]
    if len(defined) < ENOUGH * len(values):
        return None
    low, high = np.percentile(defined, [2.5, 97.5])
    return float(low), float(high)
