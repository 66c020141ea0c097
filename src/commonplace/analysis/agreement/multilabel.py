"""Agreement on all the codes of a unit together: each coder's codes there are one set.

Two sets differ by MASI (Passonneau 2006): 1 − J · M, where J is the share of their codes that
both have (Jaccard) and M is 1 for the same set, 2/3 where one holds the other, 1/3 where they
overlap, 0 where they share nothing. Two empty sets do not differ; an empty one differs wholly from
any other. Krippendorff's alpha (2004) is 1 − observed over expected difference with this distance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

Labels = tuple[frozenset[str], ...]
"""The codes that each coder gave a unit, in order of coders."""
NOTHING: frozenset[str] = frozenset()


def labels(
    patterns: Mapping[str, Mapping[int, int]], weights: Sequence[int], coders: int
) -> Counter[Labels]:
    """How much of a transcript has which labels; `patterns` of coders by code and unit."""
    sets: dict[int, list[set[str]]] = {}
    for code, units in patterns.items():
        for unit, pattern in units.items():
            mine = sets.get(unit)
            if mine is None:
                mine = sets[unit] = [set() for _ in range(coders)]
            for place in range(coders):
                if pattern >> place & 1:
                    mine[place].add(code)
    found: Counter[Labels] = Counter()
    for unit, mine in sets.items():
        found[tuple(map(frozenset, mine))] += weights[unit]
    found[(NOTHING,) * coders] += sum(weights) - found.total()
    return found


def same(found: Mapping[Labels, int], coders: int) -> float | None:
    """The share (0–1) of pairs of coders that gave a unit the same codes, or none both."""
    units = sum(found.values())
    pairs = coders * (coders - 1) // 2
    equal = sum(
        weight * sum(one == other for one, other in combinations(unit, 2))
        for unit, weight in found.items()
    )
    return equal / (units * pairs) if units else None


def alpha(found: Mapping[Labels, int], coders: int) -> float | None:
    """Krippendorff's alpha with the distance MASI; None where nothing varies."""
    import numpy as np

    counts: Counter[frozenset[str]] = Counter()
    for unit, weight in found.items():
        for mine in unit:
            counts[mine] += weight
    sets = [mine for mine, count in counts.items() if count]
    if len(sets) < 2:
        return None
    place = {mine: number for number, mine in enumerate(sets)}
    distance = masi(sets)
    times = np.asarray([counts[mine] for mine in sets], dtype=np.float64)
    judgements = float(times.sum())
    observed = sum(
        weight * 2 * float(distance[place[one], place[other]])
        for unit, weight in found.items()
        if weight
        for one, other in combinations(unit, 2)
        if one != other
    ) / (coders - 1)
    expected = float(times @ distance @ times) / (judgements - 1)
    return 1 - observed / expected


def masi(sets: Sequence[frozenset[str]]) -> Any:
    """The distances between all of some sets, as a square array of 0–1."""
    import numpy as np

    every = {code: number for number, code in enumerate(sorted(set().union(*sets)))}
    has = np.zeros((len(sets), max(1, len(every))))
    for row, mine in enumerate(sets):
        has[row, [every[code] for code in mine]] = 1
    both, size = has @ has.T, has.sum(axis=1)
    either = size[:, None] + size[None, :] - both
    smaller = np.minimum(size[:, None], size[None, :])
    kind = np.select([both == either, both == smaller], [1.0, 2 / 3], 1 / 3)
    jaccard = np.divide(both, either, out=np.ones_like(both), where=either > 0)
    return 1 - jaccard * kind
