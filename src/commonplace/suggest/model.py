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
from commonplace.suggest.index import Features, Index, Weights
from commonplace.suggest.labels import Labels
from commonplace.suggest.learner import (
    Learnt,
    Task,
    choose,
    fit,
    nothing_learnt,
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
    read: NDArray[np.int64]
    """How many segments were read whole while there was the code, for each (`Labels.read`)."""
    examples: NDArray[np.int64]
    """How many of the labelled segments carry each code."""
    stiffness: float | None = None

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
        return np.asarray(self.read >= ENOUGH)

    @property
    def taught(self) -> bool:
        """Whether anything was learnt."""
        return self.weights is not None

    def logit(self, index: Index) -> NDArray[np.float32]:
        """Log-odds of every code in every segment of an index."""
        logit = self.learnt.of_evidence(index.parts)
        if self.weights is not None:
            logit[:, self.learnt.active] += self.weights.of(index.features)
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


def learn(index: Index, known: Labels, group: Sequence[object]) -> Model:
    """The model that these labels teach.

    `index` is that of the labelled rows, `group` says which of these must not be parted when
    predicting out of fold (see `groups`).
    """
    features, parts = index.features, index.parts
    codes, kinds = known.target.shape[1], len(parts)
    if len(known) < LEARNS_FROM:
        return cold_model(codes, kinds, len(known))
    by_book = logistic(nothing_learnt(kinds, codes).of_evidence(parts))
    target = np.where(known.guessed, by_book, known.target)
    task = Task(
        gram=features.products(features),
        parts=parts.astype(np.float64),
        target=target,
        weight=known.weight,
        group=group,
        active=np.flatnonzero(known.lively | ((parts[_ANY] > 0).sum(axis=0) >= ENOUGH_HITS)),
        read=int(known.read.max(initial=0)),
    )
    choice = choose(task)
    learnt = fit(task, choice.stiffness).blended(choice.blend)
    calibration = uncalibrated(codes)
    if len(known) >= ENOUGH:
        calibration = calibrate(
            choice.held_out,
            target[choice.rows],
            known.counted[choice.rows],
            read=task.read,
        )
    return Model(
        learnt,
        features.weights(learnt.dual),
        calibration,
        len(known),
        known.read,
        (known.seen[:, None] & ~known.guessed & (known.target > 0)).sum(axis=0),
        choice.stiffness,
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
