from __future__ import annotations

import numpy as np

from commonplace.suggest.calibration import (
    FLOOR,
    calibrate,
    logistic,
    thresholds,
    uncalibrated,
)
from commonplace.suggest.evaluation import calibration_error

RNG = np.random.default_rng(7)


def test_confidences_come_to_mean_what_they_say():
    truth = RNG.normal(-2, 1.5, size=(1500, 3))
    there = RNG.random(truth.shape) < logistic(truth)
    told = 3 * truth + 2  # much too sure of itself
    fitted = calibrate(told, there.astype(float), np.ones_like(truth))
    assert calibration_error(there, logistic(told)) > 0.05
    assert calibration_error(there, fitted(told)) < 0.02


def test_order_within_a_code_stays_and_levels_turn_back():
    fitted = calibrate(RNG.normal(size=(50, 2)), np.zeros((50, 2)), np.ones((50, 2)))
    logit = np.sort(RNG.normal(size=(20, 2)), axis=0)
    confidence = fitted(logit).astype(float)
    assert (np.diff(confidence, axis=0) >= 0).all()
    assert np.allclose(fitted.logit(confidence), logit, atol=1e-3)


def test_before_anything_is_coded_a_confidence_is_the_plain_logistic():
    assert np.allclose(uncalibrated(2)(np.array([[0.0, 2.0]])), [[0.5, 0.8808]], atol=1e-4)


def test_thresholds_keep_what_is_worth_while_and_obey_the_balance():
    confidence = np.array([[0.9], [0.8], [0.3], [0.05], [0.01]], dtype=np.float32)
    assert np.isclose(thresholds(confidence), 0.8)
    fewer, more = thresholds(confidence, 0.3), thresholds(confidence, 3.0)
    assert fewer >= 0.8 > more >= FLOOR
