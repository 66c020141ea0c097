"""How many are proposed, and which."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.suggest.calibration import FLOOR, logistic, uncalibrated
from commonplace.suggest.choose import PER_PAGE, levels, levels_at_first, within_pages
from commonplace.suggest.learner import nothing_learnt
from commonplace.suggest.model import Model

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


def model(examples: int, *, read: int = 50) -> Model:
    """A calibrated model of one code, confident as the logistic function of the score."""
    return Model(
        nothing_learnt(1, 1),
        None,
        uncalibrated(1),
        labelled=50,
        read_whole=np.array([read]),
        examples=np.array([examples]),
    )


SCORES = np.linspace(-6, 2, 400, dtype=np.float32)[:, None]


def proposed(examples: int, by_book: int) -> int:
    """How many of `SCORES` are proposed where the codebook alone would propose so many."""
    book = np.arange(400)[:, None] < by_book
    return int((levels(model(examples), SCORES, book) <= SCORES).sum())


@pytest.mark.parametrize("by_book", [5, 350])
def test_few_examples_draw_the_number_proposed_towards_the_codebooks_own(by_book: int) -> None:
    few, more, many = (proposed(examples, by_book) for examples in (0, 10, 10_000))
    assert sorted((few, more, many, by_book)) in (
        [by_book, few, more, many],
        [many, more, few, by_book],
    )
    assert len({few, more, many}) == 3


def test_scores_too_high_to_tell_apart_are_proposed_all_alike() -> None:
    scores = np.array([[40], [19], [17], [-6]], dtype=np.float32)
    hit = scores > 0
    assert (levels(model(10_000), scores, hit) <= scores).tolist() == hit.tolist()
    with np.errstate(all="raise"):
        level = levels_at_first(scores, hit, 0.5, statements=False)
    assert (level <= scores).tolist() == hit.tolist()


def test_nothing_is_proposed_of_which_hardly_anything_is_promised() -> None:
    unlikely = SCORES - 6
    level = levels(model(0), unlikely, np.ones((400, 1), dtype=bool))
    assert 0 < (unlikely >= level).sum() < 400
    assert logistic(unlikely[unlikely >= level]).min() >= FLOOR
