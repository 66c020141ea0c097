"""Learning from what people decided: logistic regression around the codebook's evidence.

For segment i and code j

    logit = sum over k of part[k, i, j] · (m[k] + s[k] + e[k, j]) + x[i] · w[j] + b + d[j]

where part are the codebook's evidence with the weights m that it starts with, s and e what the
project teaches about these (all codes together, and each for itself), and x words, spelling,
meaning and context of the segment. All have Gaussian priors around 0. With nothing coded this is
the codebook's own score; with much, w speaks. How freely w may speak is a matter of evidence,
too: its variance is the one that predicts best out of fold (empirical Bayes), so that where
sentences were coded in passing the codebook goes on leading. For the same reason s, e and w count
in full only where that predicts better out of fold by more than chance would have it.

The regression is solved in the dual, in as many dimensions as there are coded segments, by a
Cholesky factor of their Gram matrix and L-BFGS. Weights per pair of segment and code let a
rejection count against that pair alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular  # here, so that `threadpool_limits` sees its BLAS
from scipy.optimize import minimize

from commonplace.suggest.calibration import ENOUGH, prior_precision
from commonplace.suggest.prior import INTERCEPT

Matrix = NDArray[np.float64]

REGULARISATION = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Precisions (inverse variances) of the prior of w to choose from: the regularisation."""

SHARED = 20.0
"""Precision of s: the weight of a kind of evidence in this project against the shipped one."""
BIASED_SHARED = 100.0
"""The same where segments were picked by their scores, and not read whole: of the surest alone it
cannot be told what evidence is worth in others."""
OF_CODE = 200.0
"""Precision of e: the same, for one code."""
BASE_RATE = 0.05
"""Precision of b: how often any code applies is the least that can be known beforehand."""
BIASED_BASE_RATE = 64.0
"""The same where segments were picked by their scores: they say little of how often codes apply to
others, so that what is decided about a code moves that code."""
OF_CODE_RATE = 8.0
"""Precision of d: how often this code applies against others."""

BLENDS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Shares of what was learnt to choose from: at 0 the codebook's own score."""
EVIDENCE = 3.0
"""Log-likelihood out of fold that what was learnt must gain to count in full: what is called strong
evidence (Kass & Raftery 1995). On statements 10 coded ones cost up to .015 of average precision
without it, and nothing with it; at 2, 20 coded ones cost .0003 on average."""

JITTER = 1e-4
ITERATIONS = 80
FINE, ROUGH = 1e-7, 1e-5
"""Relative changes of the likelihood at which the search ends."""
FOLDS = 4

MOST_TUNED_ON = 500
"""Segments on which regularisation, blend and calibration are decided: more add time and little
else."""


@dataclass(frozen=True, slots=True)
class Task:
    """What there is to learn from: rows are coded segments, columns codes.

    `gram[i, i']` is the inner product of two segments' features; `parts` is the codebook's
    evidence (`prior.Prior.evidence`) of these segments; `weight` of a pair is 0 where nothing
    is known, and `target` then means nothing. Segments of one `group` are never parted between
    what is learnt from and what is predicted. `active` are the columns of codes that segments
    speak for or against by what they say; of the others only the codebook is asked.
    """

    gram: Matrix
    parts: Matrix
    target: Matrix
    weight: Matrix
    group: Sequence[object]
    active: NDArray[np.int64]
    read_whole: int = ENOUGH
    """How many segments were read whole: only these tell how often codes apply."""

    def __len__(self) -> int:
        return len(self.target)

    def only(self, rows: NDArray[np.int64]) -> Task:
        """The task of learning from some rows alone."""
        return Task(
            gram=self.gram[np.ix_(rows, rows)],
            parts=self.parts[:, rows],
            target=self.target[rows],
            weight=self.weight[rows],
            group=[self.group[row] for row in rows],
            active=self.active,
            read_whole=self.read_whole,
        )


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt. The weights of features are `dual` in the coded segments: w = Xᵀ dual,
    for the codes in the columns `active`."""

    dual: Matrix
    active: NDArray[np.int64]
    of_code: Matrix
    shared: Matrix
    base: Matrix
    """b + d, a number for each code."""

    def predict(self, products: Matrix, parts: Matrix) -> Matrix:
        """Log-odds, given inner products with the coded segments, and evidence."""
        logit = self.of_evidence(parts)
        logit[:, self.active] += products @ self.dual
        return logit

    def of_evidence(self, parts: NDArray[np.floating]) -> Matrix:
        """What the codebook's evidence, as weighed in this project, comes to."""
        return np.asarray(np.einsum("knc,kc->nc", parts, self.weights()) + self.base)

    def blended(self, share: float) -> Learnt:
        """The codebook's own score, and a share of what was learnt beyond it."""
        return replace(
            self,
            dual=share * self.dual,
            of_code=share * self.of_code,
            shared=share * self.shared,
        )

    def weights(self) -> Matrix:
        """The weight of each part of evidence for each code, kinds × codes."""
        started = np.ones((len(self.shared), 1))
        started[-1] = 0
        return np.asarray(started + self.shared[:, None] + self.of_code)


def nothing_learnt(kinds: int, codes: int) -> Learnt:
    """The codebook's own score."""
    return Learnt(
        dual=np.zeros((0, 0)),
        active=np.zeros(0, dtype=np.int64),
        of_code=np.zeros((kinds, codes)),
        shared=np.zeros(kinds),
        base=np.full(codes, INTERCEPT),
    )


def fit(task: Task, regularisation: float, start: NDArray[np.float64] | None = None) -> Learnt:
    """The most probable weights.

    With a `start`, which is overwritten with the solution for a next time, they are found
    roughly: enough to compare one regularisation with another.
    """
    factor: Matrix = np.linalg.cholesky(task.gram + JITTER * np.eye(len(task))).astype(np.float64)
    problem = _Problem(task, factor, regularisation)
    found = minimize(
        problem,
        _beginning(task) if start is None else start,
        jac=True,
        method="L-BFGS-B",
        options={
            "maxiter": ITERATIONS,
            "maxcor": 5,
            "ftol": FINE if start is None else ROUGH,
            "gtol": 1e-3,
        },
    )
    if start is not None:
        start[:] = found.x
    theta, of_code, of_rate, shared, base = problem.apart(found.x)
    return Learnt(
        dual=solve_triangular(factor, theta, lower=True, trans=1),
        active=task.active,
        of_code=of_code,
        shared=shared,
        base=of_rate + base[0],
    )


class _Problem:
    """The negative log posterior and its gradient, in whitened coordinates theta = factorᵀ dual.

    What is as large as rows × codes is held in single precision, which halves the time of
    what takes most of it.
    """

    def __init__(self, task: Task, factor: Matrix, regularisation: float) -> None:
        self._active = task.active
        self._factor = factor.astype(np.float32)
        self._regularisation = regularisation
        self._shared_rate = prior_precision(SHARED, BIASED_SHARED, task.read_whole)
        self._base_rate = prior_precision(BASE_RATE, BIASED_BASE_RATE, task.read_whole)
        self._start = task.parts[:-1].sum(axis=0).astype(np.float32)
        self._parts = np.ascontiguousarray(task.parts.transpose(2, 1, 0), dtype=np.float32)
        self._weight = task.weight.astype(np.float32)
        self._right = (task.weight * task.target).astype(np.float32)
        kinds, rows, codes = task.parts.shape
        self._shapes = ((rows, len(task.active)), (kinds, codes), (codes,), (kinds,), (1,))
        self._cuts = np.cumsum([int(np.prod(shape)) for shape in self._shapes])

    def apart(self, values: NDArray[np.float64]) -> list[Matrix]:
        """theta, e, d, s and b out of one vector."""
        pieces = np.split(values, self._cuts[:-1])
        return [piece.reshape(shape) for piece, shape in zip(pieces, self._shapes, strict=True)]

    def __call__(self, values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        theta, of_code, of_rate, shared, base = self.apart(values)
        of_parts = (of_code + shared[:, None]).T.astype(np.float32)  # codes × kinds
        logit = self._start + (of_rate + base[0]).astype(np.float32)
        logit += np.matmul(self._parts, of_parts[:, :, None])[:, :, 0].T
        logit[:, self._active] += self._factor @ theta.astype(np.float32)
        odds = np.exp(-np.abs(logit))
        loss = float((self._weight * (np.log1p(odds) + np.maximum(logit, 0))).sum(dtype=np.float64))
        loss -= float((self._right * logit).sum(dtype=np.float64))
        error = self._weight * (np.where(logit >= 0, 1, odds) / (1 + odds)) - self._right
        of_evidence = np.matmul(error.T[:, None, :], self._parts)[:, 0, :].T.astype(np.float64)
        of_base = error.sum(axis=0, dtype=np.float64)
        gradient = [
            self._factor.T @ error[:, self._active] + self._regularisation * theta,
            of_evidence + OF_CODE * of_code,
            of_base + OF_CODE_RATE * of_rate,
            of_evidence.sum(axis=1) + self._shared_rate * shared,
            np.array([of_base.sum() + self._base_rate * (base[0] - INTERCEPT)]),
        ]
        loss += 0.5 * (
            self._regularisation * float((theta**2).sum())
            + OF_CODE * float((of_code**2).sum())
            + OF_CODE_RATE * float((of_rate**2).sum())
            + self._shared_rate * float((shared**2).sum())
            + self._base_rate * float((base[0] - INTERCEPT) ** 2)
        )
        return loss, np.concatenate([piece.ravel() for piece in gradient])


def _beginning(task: Task) -> NDArray[np.float64]:
    """The codebook's own score as a point to begin from."""
    kinds, rows, codes = task.parts.shape
    begin = np.zeros(rows * len(task.active) + kinds * codes + codes + kinds + 1)
    begin[-1] = INTERCEPT
    return begin


@dataclass(frozen=True, slots=True)
class Tuned:
    """The regularisation that predicts best, the share of what is learnt with it that counts, and
    what was predicted so out of fold (log-odds) for the segments at `rows` of the task."""

    regularisation: float
    blend: float
    held_out: Matrix
    rows: NDArray[np.int64]


def tune(task: Task) -> Tuned:
    """Cross-validation: by the likelihood of what is coded, each fold predicted from the others.

    The likelihood has one peak over `REGULARISATION` or nearly so: from the middle it is followed
    as long as it rises. At most `MOST_TUNED_ON` segments, evenly spread, take part.
    """
    count = min(len(task), MOST_TUNED_ON)
    rows = np.linspace(0, len(task) - 1, count).round().astype(np.int64)
    if count < len(task):
        task = task.only(rows)
    folds = list(_folds(task))
    tried: dict[int, tuple[float, Matrix, Matrix]] = {}

    def loss(index: int) -> float:
        if index not in tried:
            held_out, codebook = np.zeros(task.target.shape), np.zeros(task.target.shape)
            for fold in folds:
                held_out[fold.rows], codebook[fold.rows] = fold.predict(REGULARISATION[index])
            tried[index] = (_loss(task.weight, task.target, held_out), held_out, codebook)
        return tried[index][0]

    best = len(REGULARISATION) // 2
    for step in (-1, 1):
        while 0 <= best + step < len(REGULARISATION) and loss(best + step) < loss(best):
            best += step
    loss(best)
    _, held_out, codebook = tried[best]
    blended = {share: codebook + share * (held_out - codebook) for share in BLENDS}
    blend = min(
        BLENDS,
        key=lambda share: _loss(task.weight, task.target, blended[share]) + EVIDENCE * share,
    )
    return Tuned(REGULARISATION[best], blend, blended[blend], rows)


class _Fold:
    """Rows to be predicted, and the others, to learn from. Each fit begins where the one before
    ended."""

    def __init__(self, task: Task, known: NDArray[np.int64], held_out: NDArray[np.int64]) -> None:
        self.rows = held_out
        self._known = task.only(known)
        self._products = task.gram[np.ix_(held_out, known)]
        self._parts = task.parts[:, held_out]
        self._start = _beginning(self._known)

    def predict(self, regularisation: float) -> tuple[Matrix, Matrix]:
        """By what is learnt, and by the codebook alone."""
        learnt = fit(self._known, regularisation, self._start)
        full = learnt.predict(self._products, self._parts)
        return full, learnt.blended(0.0).of_evidence(self._parts)


def _folds(task: Task) -> Iterator[_Fold]:
    fold = folds(task.group, FOLDS)
    for number in range(FOLDS):
        known, held_out = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if len(known) and len(held_out):
            yield _Fold(task, known, held_out)


def _loss(weight: Matrix, target: Matrix, logit: Matrix) -> float:
    """The negative log likelihood, without exponentials that overflow."""
    return float((weight * (np.log1p(np.exp(-np.abs(logit))) + np.maximum(logit, 0))).sum()) - (
        float((weight * target * logit).sum())
    )


def folds(groups: Sequence[object], count: int) -> NDArray[np.int64]:
    """A fold for each row, such that groups stay whole: the groups in turn, as they come.

    Not by their sizes: one decision more would put many into another fold, and another
    regularisation and other confidences would come of that. On 570 codings, where folds were made
    equally large, each decision took a fifth of the suggestions away and brought others instead;
    now it is a tenth.
    """
    fold_of: dict[object, int] = {}
    for group in groups:
        fold_of.setdefault(group, len(fold_of) % count)
    return np.array([fold_of[group] for group in groups], dtype=np.int64)
