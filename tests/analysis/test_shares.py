"""Intervals of shares and numbers against other programs."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import binomtest, hypergeom

from commonplace.analysis.shares import of_the_rest, wilson


@given(of=st.integers(1, 400), data=st.data())
def test_the_interval_is_that_of_scipy(of: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, of))
    expected = binomtest(count, of).proportion_ci(method="wilson")
    assert wilson(count, of) == pytest.approx((count / of, expected.low, expected.high))


def test_a_published_example() -> None:
    """Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662, 0 of 20 gives 0 to 0.1611."""
    assert wilson(81, 263)[1:] == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20)[1:] == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_of_nothing_there_is_no_share() -> None:
    assert wilson(0, 0) == (None, None, None)


@example(count=9, drawn=10, rest=25)
@given(count=st.integers(0, 10), drawn=st.integers(1, 10), rest=st.integers(0, 60))
def test_of_a_rest_are_likely_what_no_test_of_scipy_refuses(
    count: int, drawn: int, rest: int
) -> None:
    count = min(count, drawn)
    kept = [
        n
        for n in range(rest + 1)
        if hypergeom.sf(count - 1, drawn + rest, count + n, drawn) > 0.025
        and hypergeom.cdf(count, drawn + rest, count + n, drawn) > 0.025
    ]
    assert of_the_rest(count, drawn, rest) == (kept[0], kept[-1])
    assert kept == [*range(kept[0], kept[-1] + 1)]


def test_of_a_rest_the_interval_holds_what_is_true_in_95_of_100_draws_and_ends_at_the_rest() -> (
    None
):
    every, drawn = range(12), 4
    for having in range(13):
        draws = [sum(n < having for n in some) for some in combinations(every, drawn)]
        ends = {count: of_the_rest(count, drawn, 8) for count in set(draws)}
        held = sum(ends[n][0] <= having - n <= ends[n][1] for n in draws)
        assert held >= 0.95 * len(draws)
    assert of_the_rest(9, 10, 25) == (13, 25)
    assert of_the_rest(10, 10, 0) == (0, 0)
    low, high = of_the_rest(9, 10, 1_000_000)
    exact = binomtest(9, 10).proportion_ci(method="exact")
    assert (low / 1e6, high / 1e6) == pytest.approx((exact.low, exact.high), abs=1e-4)
