"""Agreement on sets of codes, against the package krippendorff with the distance by definition."""

from __future__ import annotations

from collections import Counter

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.analysis.agreement.multilabel import alpha, labels, masi, same

SETS = st.frozensets(st.sampled_from("abc"))


def by_definition(one: frozenset[str], other: frozenset[str]) -> float:
    """MASI as Passonneau (2006) words it."""
    if one == other:
        return 0.0
    if not one & other:
        return 1.0
    monotonic = 2 / 3 if one < other or other < one else 1 / 3
    return 1 - len(one & other) / len(one | other) * monotonic


@given(st.lists(SETS, min_size=1, max_size=6, unique=True))
def test_distances_are_those_of_the_definition(sets) -> None:
    theirs = [[by_definition(one, other) for other in sets] for one in sets]
    assert masi(sets) == pytest.approx(np.array(theirs))


@settings(max_examples=60)
@given(st.integers(2, 4).flatmap(lambda m: st.lists(st.tuples(*[SETS] * m), min_size=1)))
def test_alpha_is_that_of_the_package(units) -> None:
    found, coders = Counter(units), len(units[0])
    domain = sorted({codes for unit in units for codes in unit}, key=sorted)
    if len(domain) < 2:
        assert alpha(found, coders) is None
        return
    places = [[domain.index(codes) for codes in unit] for unit in units]

    def distance(v1, v2, i1, i2, n_v, dtype=np.float64):  # noqa: PLR0917
        pairs = np.broadcast(v1, v2)
        flat = [by_definition(domain[int(a)], domain[int(b)]) for a, b in pairs]
        return np.array(flat, dtype=dtype).reshape(pairs.shape)

    theirs = krippendorff.alpha(
        np.array(places, dtype=float).T,
        value_domain=list(range(len(domain))),
        level_of_measurement=distance,
    )
    assert alpha(found, coders) == pytest.approx(theirs)
    back = Counter(unit[::-1] for unit in units)
    assert alpha(back, coders) == pytest.approx(alpha(found, coders))
    assert same(found, 2) is not None if coders == 2 else True


def test_what_nobody_coded_counts_as_nothing_by_all() -> None:
    patterns = {"a": {0: 0b11, 1: 0b01}, "b": {0: 0b10}}
    found = labels(patterns, [2, 1, 4], 2)
    a, ab, nothing = frozenset("a"), frozenset("ab"), frozenset()
    assert found == {(a, ab): 2, (a, nothing): 1, (nothing, nothing): 4}
    assert same(found, 2) == pytest.approx(4 / 7)
    assert same({}, 2) is None
