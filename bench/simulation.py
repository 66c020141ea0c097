"""How many decisions it takes to find what people coded, by the order of a review: simulated.

Every pair of segment and code is a suggestion that a person accepts or rejects as the coding
has it. The learned order is made anew as decisions come in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from commonplace.suggest.dataset import Dataset
from commonplace.suggest.evaluation import Coded, taught
from commonplace.suggest.labels import MOST_UNASKED, UNASKED, Labels, evenly, thinned
from commonplace.suggest.model import Model

SHARES = (0.5, 0.8, 0.9)

FIRST_BATCH = 100
"""Decisions between two rounds of learning at the beginning; later a tenth of those taken."""
FIRST_READ = 20
"""The same of whole segments."""
GROWTH = 10

ORDERS = ("keywords", "cold", "accepts", "learned")
"""By keyword hits; by the codebook's score; learnt from what is accepted; and from both."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Decisions that were needed to find a share of what people coded; None: more than allowed."""

    order: str
    share: float
    decisions: int | None
    pairs: int
    positives: int


def review(
    study: Coded,
    *,
    orders: Sequence[str] = ORDERS,
    shares: Sequence[float] = SHARES,
    at_most: int | None = None,
) -> Iterator[Effort]:
    """The effort of each order on everything that is coded, `at_most` so many decisions."""
    with threadpool_limits(1):
        desk = _Desk(study)
        for order in orders:
            if order in ("keywords", "cold"):
                found = desk.found_in(desk.fixed(order))
            else:
                found = desk.learning(rejections=order == "learned", at_most=at_most)
            for share in shares:
                wanted = share * desk.gold.sum()
                place = int(np.searchsorted(found, wanted))
                done = place + 1 if place < len(found) else None
                yield Effort(order, share, done, desk.gold.size, int(desk.gold.sum()))


def reading(study: Coded, shares: Sequence[float] = SHARES) -> Iterator[Effort]:
    """How many whole segments must be read to find shares of what people coded: in document order,
    and in the order of what is expected in them, made anew as reading goes on."""
    with threadpool_limits(1):
        desk = _Desk(study)
        worth = desk.gold.sum(axis=1)
        for order in ("document", "learned"):
            rows = np.arange(len(worth)) if order == "document" else desk.by_expectation()
            found = np.cumsum(worth[rows])
            for share in shares:
                read = int(np.searchsorted(found, share * worth.sum())) + 1
                yield Effort(order, share, read, len(worth), int(worth.sum()))


class _Desk:
    """The segments that codes may be suggested for, and what is coded there."""

    def __init__(self, study: Coded) -> None:
        self._study = study
        self._dataset = Dataset.of(study.codebook, study.segments)
        self._rows = np.flatnonzero(self._dataset.eligible)
        self.gold: NDArray[np.bool_] = study.gold[self._rows]

    def fixed(self, order: str) -> NDArray[np.float32]:
        """Scores that no decision changes."""
        if order == "keywords":
            return self._dataset.inputs(self._rows).hit.astype(np.float32)
        return self._logit(self._dataset.untaught)

    def found_in(self, score: NDArray[np.float32]) -> NDArray[np.int64]:
        """How much has been found after each decision, in falling order of score."""
        return np.cumsum(self.gold.ravel()[np.argsort(-score.ravel(), kind="stable")])

    def learning(self, *, rejections: bool, at_most: int | None) -> NDArray[np.int64]:
        """The same, where the order is made anew all the time."""
        decided = np.zeros(self.gold.shape, dtype=bool)
        logit = self._logit(self._dataset.untaught)
        taken: list[NDArray[np.bool_]] = []
        count, limit = 0, min(self.gold.size, at_most or self.gold.size)
        while count < limit:
            open_ = np.where(decided, -np.inf, logit).ravel()
            size = min(max(FIRST_BATCH, count // GROWTH), limit - count)
            batch = np.argsort(-open_, kind="stable")[:size]
            np.put(decided, batch, True)
            taken.append(np.take(self.gold, batch))
            count += size
            logit = self._logit(
                self._taught(decided if rejections else np.asarray(decided & self.gold))
            )
        return np.cumsum(np.concatenate(taken))

    def by_expectation(self) -> NDArray[np.int64]:
        """Segments in the order of how many codes are expected in them, learning on the way."""
        read = np.zeros(len(self.gold), dtype=bool)
        model = self._dataset.untaught
        order: list[int] = []
        while len(order) < len(read):
            expected = model.confidence(self._logit(model)).sum(axis=1)
            expected[read] = -np.inf
            size = min(max(FIRST_READ, len(order) // GROWTH), len(read) - len(order))
            batch = np.argsort(-expected, kind="stable")[:size]
            read[batch] = True
            order += batch.tolist()
            model = taught(self._dataset, self._study, self._rows[np.array(order)])
        return np.array(order)

    def _logit(self, model: Model) -> NDArray[np.float32]:
        return self._dataset.logit(model)[self._rows]

    def _taught(self, decided: NDArray[np.bool_]) -> Model:
        seen: NDArray[np.bool_] = np.asarray(decided.any(axis=1))
        unread = evenly(np.flatnonzero(~seen), MOST_UNASKED)
        places = np.sort(np.concatenate([np.flatnonzero(seen), unread]))
        known = thinned(
            Labels(
                rows=self._rows[places],
                target=(decided & self.gold)[places].astype(np.float64),
                weight=np.where(decided[places], 1.0, UNASKED),
                seen=seen[places],
                active=np.asarray(decided.any(axis=0)),
                all_seen=self._rows[np.flatnonzero(seen)],
                calibration_weight=np.where(decided[places], 1.0, UNASKED),
                imputed=np.asarray(~decided[places]),
                read_whole=np.zeros(decided.shape[1], dtype=np.int64),
            )
        )
        return self._dataset.taught_by(known)
