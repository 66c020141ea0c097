"""A model of what is coded how: learnt from labels, and able to score any segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonplace.project.suggestions import LEARNS_FROM
from commonplace.suggest.calibration import (
    ENOUGH,
    Calibration,
    calibrate,
    logistic,
    uncalibrated,
)
from commonplace.suggest.inputs import Features, Inputs, Weights
from commonplace.suggest.labels import Labels
from commonplace.suggest.learner import (
    Learnt,
    Task,
    fit,
    nothing_learnt,
    tune,
)
from commonplace.suggest.prior import PARTS

_ANY = PARTS.index("any")

ENOUGH_HITS = 2
"""Labelled segments with a keyword of a code from which passing it over says something."""

NEARBY_TURNS = 10
FEW_TRANSCRIPTS = 8
"""With fewer transcripts than this, stretches of `NEARBY_TURNS` turns stand in for them where
what is learnt from and what is predicted must be kept apart."""


@dataclass(frozen=True, slots=True)
class Model:
    """Scores, confidences, and how many labelled segments they rest on."""

    learnt: Learnt
    weights: Weights | None
    """Of features, for the columns `learnt.active`; None where nothing was learnt."""
    calibration: Calibration
    labelled: int
    read_whole: NDArray[np.int64]
    """See `Labels.read_whole`."""
    examples: NDArray[np.int64]
    """How many of the labelled segments carry each code."""

    @property
    def calibrated(self) -> bool:
        """Whether confidences mean what they say, or are just a measure of evidence.

        What was picked by its score says little of how often others are right: it takes segments
        that were read whole.
        """
        return bool(self.representative.any())

    @property
    def representative(self) -> NDArray[np.bool_]:
        """Of each code: whether enough was read whole to tell how often it applies."""
        return np.asarray(self.read_whole >= ENOUGH)

    @property
    def taught(self) -> bool:
        """Whether anything was learnt."""
        return self.weights is not None

    def logit(self, inputs: Inputs) -> NDArray[np.float32]:
        """Log-odds of every code in every segment."""
        logit = self.learnt.of_evidence(inputs.parts)
        if self.weights is not None:
            logit[:, self.learnt.active] += self.weights.of(inputs.features)
        return logit.astype(np.float32)

    def by_features(self, rows: Features, column: int) -> NDArray[np.float64]:
        """What the features of segments say of one code."""
        place = self.place(column)
        if self.weights is None or place is None:
            return np.zeros(rows.words.shape[0])
        return self.weights.of(rows)[:, place].astype(np.float64)

    def place(self, column: int) -> int | None:
        """Where a code stands among those whose features have weights."""
        places = np.flatnonzero(self.learnt.active == column)
        return int(places[0]) if len(places) else None

    def confidence(self, logit: NDArray[np.floating]) -> NDArray[np.float32]:
        """Confidences, 0–1."""
        return self.calibration(logit)


def cold_model(codes: int, kinds: int, labelled: int = 0) -> Model:
    """The codebook alone."""
    none = np.zeros(codes, dtype=np.int64)
    return Model(nothing_learnt(kinds, codes), None, uncalibrated(codes), labelled, none, none)


def learn(inputs: Inputs, known: Labels, group: Sequence[object]) -> Model:
    """The model that these labels teach.

    `inputs` are those of the labelled rows, `group` says which of these must not be parted when
    predicting out of fold (see `groups`).
    """
    features, parts = inputs.features, inputs.parts
    codes, kinds = known.target.shape[1], len(parts)
    if len(known) < LEARNS_FROM:
        return cold_model(codes, kinds, len(known))
    by_book = logistic(nothing_learnt(kinds, codes).of_evidence(parts))
    target = np.where(known.imputed, by_book, known.target)
    task = Task(
        gram=features.products(features),
        parts=parts.astype(np.float64),
        target=target,
        weight=known.weight,
        group=group,
        active=np.flatnonzero(known.active | ((parts[_ANY] > 0).sum(axis=0) >= ENOUGH_HITS)),
        read_whole=int(known.read_whole.max(initial=0)),
    )
    tuned = tune(task)
    learnt = fit(task, tuned.regularisation).blended(tuned.blend)
    calibration = uncalibrated(codes)
    if len(known) >= ENOUGH:
        calibration = calibrate(
            tuned.held_out,
            target[tuned.rows],
            known.calibration_weight[tuned.rows],
            read_whole=task.read_whole,
        )
    return Model(
        learnt,
        features.weights(learnt.dual),
        calibration,
        len(known),
        known.read_whole,
        (known.seen[:, None] & ~known.imputed & (known.target > 0)).sum(axis=0),
    )


def groups(
    documents: Sequence[str], turns: NDArray[np.int32], seen: NDArray[np.bool_]
) -> list[object]:
    """What must stay together: transcripts; where somebody has been at few, turns that are near."""
    if len({document for document, at in zip(documents, seen, strict=True) if at}) >= (
        FEW_TRANSCRIPTS
    ):
        return list(documents)
    return [
        (document, turn // NEARBY_TURNS)
        for document, turn in zip(documents, turns.tolist(), strict=True)
    ]
