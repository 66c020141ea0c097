"""Coefficients of agreement against other people's programs and published examples."""

from __future__ import annotations

import random

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from commonplace.analysis.agreement import measures

TALLIES = st.integers(2, 4).flatmap(
    lambda coders: st.tuples(
        st.dictionaries(st.integers(0, 2**coders - 1), st.integers(1, 30), min_size=1),
        st.just(coders),
    )
)
ALL = (measures.percent, measures.positive, measures.cohen, measures.fleiss, measures.alpha)


def judgements(tally: dict[int, int], coders: int) -> list[list[int]]:
    """What each coder said of each unit, spelt out."""
    units = [pattern for pattern, weight in tally.items() for _ in range(weight)]
    return [[pattern >> coder & 1 for pattern in units] for coder in range(coders)]


@pytest.mark.parametrize(
    ("one", "other", "both", "kappa"), [(5000, 5000, 2500, 0.0), (1000, 1000, 900, 0.8889)]
)
def test_chance_agreement_is_the_sum_of_both_ways_to_agree(one, other, both, kappa) -> None:
    tally = {3: both, 1: one - both, 2: other - both, 0: 10_000 - one - other + both}
    assert measures.cohen(tally, 2) == pytest.approx(kappa, abs=5e-5)


@given(drawn=TALLIES)
def test_cohens_kappa_is_that_of_scikit_learn(drawn) -> None:
    tally, coders = drawn
    said = judgements(tally, coders)
    pairs = [(a, b) for a in range(coders) for b in range(a + 1, coders)]
    constant = [len({*said[a], *said[b]}) == 1 for a, b in pairs]
    expected = (
        None if any(constant) else np.mean([cohen_kappa_score(said[a], said[b]) for a, b in pairs])
    )
    assert measures.cohen(tally, coders) == (
        None if expected is None else pytest.approx(expected, abs=1e-9)
    )


@given(drawn=TALLIES)
def test_alpha_is_that_of_the_krippendorff_package(drawn) -> None:
    tally, coders = drawn
    said = judgements(tally, coders)
    if len({value for row in said for value in row}) == 1:
        assert measures.alpha(tally, coders) is None
        return
    expected = krippendorff.alpha(said, level_of_measurement="nominal")
    assert measures.alpha(tally, coders) == pytest.approx(expected, abs=1e-9)


def test_alpha_of_the_published_binary_example() -> None:
    """Krippendorff (2011), Computing Krippendorff's alpha-reliability, section A."""
    one, other = "0100000010", "1110010000"
    tally: dict[int, int] = {}
    for a, b in zip(one, other, strict=True):
        pattern = int(a) + 2 * int(b)
        tally[pattern] = tally.get(pattern, 0) + 1
    assert measures.alpha(tally, 2) == pytest.approx(0.095, abs=5e-4)


def test_fleiss_kappa_of_a_published_example() -> None:
    """Ten subjects, fourteen raters, five categories: 0.210. The kappas of the categories, each
    against the rest, have that as their mean, weighted by p(1 − p) (Fleiss 1971, equation 16)."""
    table = """0 0 0 0 14|0 2 6 4 2|0 0 3 5 6|0 3 9 2 0|2 2 8 1 1|7 7 0 0 0|3 2 6 3 0|2 5 3 2 2
        |6 5 2 1 0|0 2 2 3 7"""
    subjects = [[int(n) for n in row.split()] for row in table.split("|")]
    weights, kappas = [], []
    for category in range(5):
        tally: dict[int, int] = {}
        for subject in subjects:
            pattern = (1 << subject[category]) - 1
            tally[pattern] = tally.get(pattern, 0) + 1
        share = sum(subject[category] for subject in subjects) / 140
        weights.append(share * (1 - share))
        kappas.append(measures.fleiss(tally, 14))
    assert np.average(kappas, weights=weights) == pytest.approx(0.210, abs=5e-4)


@given(drawn=TALLIES, seed=st.integers(0, 99))
def test_the_order_of_coders_makes_no_difference(drawn, seed) -> None:
    tally, coders = drawn
    order = list(range(coders))
    random.Random(seed).shuffle(order)
    shuffled = {
        sum(1 << order[coder] for coder in range(coders) if pattern >> coder & 1): weight
        for pattern, weight in tally.items()
    }
    for measure in ALL:
        one, other = measure(tally, coders), measure(shuffled, coders)
        assert (one is None) is (other is None)
        assert one is None or one == pytest.approx(other)


@given(drawn=TALLIES)
def test_material_twice_over_changes_no_share(drawn) -> None:
    tally, coders = drawn
    twice = measures.together([tally, tally])
    for measure in (measures.percent, measures.positive, measures.cohen, measures.fleiss):
        one, other = measure(tally, coders), measure(twice, coders)
        assert one == (None if other is None else pytest.approx(other))


def test_where_there_is_nothing_to_compare_there_is_no_figure() -> None:
    for measure in ALL:
        assert measure({}, 2) is None
    nobody = {0: 50}
    assert measures.percent(nobody, 2) == 1
    for measure in (measures.positive, measures.cohen, measures.fleiss, measures.alpha):
        assert measure(nobody, 2) is None
    for measure in (measures.cohen, measures.fleiss, measures.alpha):
        assert measure({3: 50}, 2) is None


def test_intervals_are_those_of_drawing_transcripts_one_by_one() -> None:
    chance = random.Random(1)
    tallies = [{p: chance.randint(1, 40) for p in range(8)} for _ in range(12)]
    samples = [[measures.moments(tally, 3)] for tally in tallies]
    (found,) = measures.intervals(samples, 3, replicates=200)
    drawn = np.random.default_rng(measures.SEED).multinomial(12, [1 / 12] * 12, size=200)
    alphas = [
        measures.alpha(
            measures.together(
                tally for times, tally in zip(row, tallies, strict=True) for _ in range(times)
            ),
            3,
        )
        for row in drawn
    ]
    assert found == pytest.approx(np.percentile(alphas, [2.5, 97.5]))
    whole = measures.alpha(measures.together(tallies), 3)
    assert found[0] < whole < found[1]


def test_no_interval_from_one_transcript_nor_where_alpha_hardly_exists() -> None:
    some, none = {3: 1, 0: 9}, {0: 10}
    assert measures.intervals([[measures.moments(some, 2)]], 2) == [None]
    rare = [[measures.moments(some if n == 0 else none, 2)] for n in range(10)]
    assert measures.intervals(rare, 2) == [None]
    assert measures.intervals([], 2) == []
