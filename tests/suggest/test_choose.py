"""How many proposals stand on a page, and which."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from commonplace.suggest.choose import PER_PAGE, within_pages

PAGE = [0] * 40 + [1] * 3
CONFIDENCE = np.linspace(0.1, 0.9, 43, dtype=np.float32)[:, None]
PAIRS = [(row, 0) for row in range(43)]


def test_a_page_has_no_more_than_its_surest() -> None:
    kept = within_pages(PAIRS, CONFIDENCE, PAGE)
    assert kept == PAIRS[40 - PER_PAGE :]


@given(st.floats(0.1, 10), st.floats(0.1, 10))
def test_fewer_are_the_surer_ones_among_more(one: float, other: float) -> None:
    fewer, more = (
        within_pages(PAIRS, CONFIDENCE, PAGE, balance) for balance in sorted((one, other))
    )
    assert set(fewer) <= set(more)
    assert {row for row, _ in fewer} & {40, 41, 42} and {row for row, _ in fewer} & {39}
