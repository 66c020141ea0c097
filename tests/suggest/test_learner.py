from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.suggest.learner import (
    Task,
    fit,
    folds,
    nothing_learnt,
    tune,
)
from commonplace.suggest.prior import INTERCEPT, PARTS

KINDS = len(PARTS)


def task(features: np.ndarray, target: np.ndarray, weight: np.ndarray | None = None) -> Task:
    return Task(
        gram=features @ features.T,
        parts=np.zeros((KINDS, *target.shape)),
        target=target,
        weight=np.ones_like(target) if weight is None else weight,
        group=range(len(target)),
        active=np.arange(target.shape[1]),
    )


@pytest.fixture
def two_kinds():
    """Segments of two kinds in turn, the first of which carries the only code."""
    rng = np.random.default_rng(1)
    features = np.tile(np.eye(2), (30, 1)) + 0.1 * rng.normal(size=(60, 2))
    return features, np.tile([[1.0], [0.0]], (30, 1))


def test_nothing_learnt_is_the_codebooks_own_score():
    parts = np.ones((KINDS, 3, 2))
    assert np.allclose(
        nothing_learnt(KINDS, 2).of_evidence(parts), (KINDS - 1) + INTERCEPT, atol=1e-9
    )


def test_it_learns_what_is_coded(two_kinds):
    features, target = two_kinds
    learnt = fit(task(features, target), 0.1)
    logit = learnt.predict(np.eye(2) @ features.T, np.zeros((KINDS, 2, 1)))
    assert logit[0, 0] > 1
    assert logit[1, 0] < -1


def test_a_pair_without_weight_teaches_nothing(two_kinds):
    features, target = two_kinds
    weight = np.ones_like(target)
    weight[30:] = 0
    wrong = target.copy()
    wrong[30:] = 1 - wrong[30:]
    one, other = (fit(task(features, each, weight), 0.1) for each in (target, wrong))
    assert np.array_equal(one.dual, other.dual)


def test_kinds_of_evidence_that_mislead_lose_weight():
    rng = np.random.default_rng(0)
    target = (rng.random((80, 4)) < 0.3).astype(float)
    parts = np.zeros((KINDS, 80, 4))
    parts[0] = 4 * target
    parts[1] = 4 * (rng.random((80, 4)) < 0.5)
    problem = Task(np.eye(80), parts, target, np.ones_like(target), range(80), np.arange(4))
    weights = fit(problem, 10.0).weights()
    assert (weights[0] > weights[1] + 0.2).all()


def test_noise_is_held_stiffly_and_a_pattern_is_not(two_kinds):
    features, target = two_kinds
    rng = np.random.default_rng(3)
    noise = rng.permutation(target)
    patterned = tune(task(features, target)).regularisation
    assert patterned < tune(task(features, noise)).regularisation


def test_what_was_learnt_counts_only_when_it_predicts(two_kinds):
    features, target = two_kinds
    assert tune(task(features, target)).blend == 1
    noise = np.random.default_rng(3).permutation(target)[:12]
    unsure = tune(task(features[:12], noise))
    assert unsure.blend < 1
    learnt = fit(task(features[:12], noise), unsure.regularisation)
    parts = np.random.default_rng(0).normal(size=(KINDS, 4, 1))
    nothing = learnt.blended(0.0).predict(features[:4] @ features[:12].T, parts)
    assert np.allclose(nothing, parts[:-1].sum(axis=0) + learnt.base)


def test_the_same_task_gives_the_same_digits(two_kinds):
    one, other = (tune(task(*two_kinds)) for _ in range(2))
    assert one.regularisation == other.regularisation
    assert np.array_equal(one.held_out, other.held_out)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_folds_never_part_a_group(groups):
    fold = folds(groups, 4)
    assert all(len({int(f) for f, g in zip(fold, groups, strict=True) if g == x}) == 1
               for x in set(groups))  # fmt: skip
    assert set(fold.tolist()) <= {0, 1, 2, 3}
