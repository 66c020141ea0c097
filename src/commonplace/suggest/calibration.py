"""From scores to confidences that can be shown, and to what is worth showing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

ENOUGH = 20
"""Segments that a person must have been at before confidences are digits and not words."""

SLOPE = 4.0
"""Precision of the slope around 1."""
OFFSET = 0.1
"""Precision of the offset of all codes."""
BIASED_OFFSET = 16.0
"""The same where what is known was picked by its scores (`learner.BIASED_BASE_RATE`)."""
OF_CODE = 4.0
"""Precision of the offset of one code: with few examples a code keeps to the others."""
OF_CODE_SLOPE = 16.0
"""Precision of the slope of one code against the others': some are told less surely by words. It
turns about half of the code's mean log-odds, between those of most segments, for which hardly
anything speaks, and evens: turned about the former it tells too little of statements, turned about
evens it raises codes of which nothing is known."""

LEAST_SLOPE = 0.05
"""Confidences keep the order of scores."""

FLOOR = 0.01
"""Confidence below which nothing is proposed, whatever the balance."""

SURE = 1 - 1e-7
"""Confidence (log-odds of 16) above which single precision hardly tells scores apart: whatever is
proposed from there on is proposed from here on."""


def prior_precision(representative: float, biased: float, read_whole: int) -> float:
    """The precision of what all codes share: `biased` where nothing was read whole, falling to
    `representative` as segments are read whole."""
    return max(representative, biased / (1 + read_whole) ** 2)


def logistic(logit: NDArray[np.floating]) -> NDArray[np.float32]:
    """1 / (1 + exp(-logit))."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -30, 30))), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns log-odds into confidences between 0 and 1, keeping their order within a code.

    confidence = logistic(slope · logit + offset) (Platt 2000), slopes and offsets being those of
    each code, drawn towards each other.
    """

    slope: NDArray[np.float64]
    offset: NDArray[np.float64]

    def __call__(self, logit: NDArray[np.floating]) -> NDArray[np.float32]:
        return logistic(self.slope * logit + self.offset)

    def from_to(self, column: int, one: float, other: float) -> float:
        """How far apart in log-odds two confidences of the code in a column are."""
        odds = [math.log(max(each, 1e-9) / max(1 - each, 1e-9)) for each in (one, other)]
        return (odds[0] - odds[1]) / float(self.slope[column])

    def logit(self, confidence: NDArray[np.float64]) -> NDArray[np.float32]:
        """The log-odds at which each code has its `confidence` (between 0 and 1)."""
        odds = np.log(confidence) - np.log1p(-np.minimum(confidence, SURE))
        return np.asarray((odds - self.offset) / self.slope, dtype=np.float32)


def uncalibrated(codes: int) -> Calibration:
    """The logistic function alone, the same for every code.

    Nothing is known of how often a code applies before anyone has coded, so this is a measure
    of evidence: one ordinary keyword alone gives about 0.3, two about 0.7, and likeness to the
    entry and hits next door move it. It is shown in words (`domain.suggestion.band`).
    """
    return Calibration(np.ones(codes), np.zeros(codes))


def calibrate(
    logit: NDArray[np.float64],
    target: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    read_whole: int = ENOUGH,
) -> Calibration:
    """From log-odds predicted out of fold and what people decided, rows × codes; so many segments
    were read whole."""
    codes = logit.shape[1]
    firmness = prior_precision(OFFSET, BIASED_OFFSET, read_whole)
    pivot = (weight * logit).sum(axis=0) / np.maximum(weight.sum(axis=0), 1e-9) / 2
    apart = logit - pivot

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slope, base, (slopes, offset) = values[0], values[1], values[2:].reshape(2, codes)
        moved = slope * logit + slopes * apart + base + offset
        value = float((weight * (np.logaddexp(0, moved) - target * moved)).sum())
        error = weight * (1 / (1 + np.exp(-np.clip(moved, -50, 50))) - target)
        higher = error.sum(axis=0)
        value += 0.5 * (
            SLOPE * (slope - 1) ** 2
            + OF_CODE_SLOPE * float(slopes @ slopes)
            + firmness * base**2
            + OF_CODE * float(offset @ offset)
        )
        gradient = np.concatenate(
            [
                [
                    float((error * logit).sum()) + SLOPE * (slope - 1),
                    float(higher.sum()) + firmness * base,
                ],
                (error * apart).sum(axis=0) + OF_CODE_SLOPE * slopes,
                higher + OF_CODE * offset,
            ]
        )
        return value, gradient

    begin = np.concatenate([[1.0], np.zeros(2 * codes + 1)])
    found = minimize(loss, begin, jac=True, method="L-BFGS-B").x
    slopes, offset = found[2:].reshape(2, codes)
    slope = np.maximum(found[0] + slopes, LEAST_SLOPE)
    return Calibration(slope, (found[0] - slope) * pivot + found[1] + offset)


def thresholds(confidence: NDArray[np.float32], balance: float = 1.0) -> NDArray[np.float32]:
    """For each code the confidence from which proposing it is worth while.

    It maximises the F-measure that the confidences themselves promise over these segments
    (Ye et al. 2012), with beta = `balance`: below 1 fewer and surer, above 1 more and looser.
    """
    beta = balance * balance
    chosen = np.empty(confidence.shape[1], dtype=np.float32)
    for column in range(len(chosen)):  # one at a time: all would take a hundred megabytes
        ranked = np.sort(confidence[:, column])[::-1]
        right = np.cumsum(ranked, dtype=np.float64)
        promised = (1 + beta) * right / (np.arange(1, len(ranked) + 1) + beta * right[-1])
        chosen[column] = ranked[promised.argmax()]
    return np.maximum(chosen, np.float32(FLOOR))
