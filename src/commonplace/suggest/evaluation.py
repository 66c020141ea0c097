"""How good suggestions would have been on what people have coded: learning curves.

Whole transcripts are held out; of the others, more and more segments count as coded, in a given
order; what is then proposed for the held-out ones is compared with what people coded there. All
functions are pure: nothing is read from or written to a project but by `coded`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from commonplace.domain.codebook import Codebook
from commonplace.project import Project
from commonplace.suggest.active_learning import most_informative
from commonplace.suggest.choose import are_statements, levels, levels_at_first
from commonplace.suggest.dataset import Dataset, unseen
from commonplace.suggest.features import Progress
from commonplace.suggest.labels import Labels, Mark, covered, lineages
from commonplace.suggest.model import Model
from commonplace.suggest.segments import Segment, segments, whole_turns

HELD_OUT = 0.4
"""Share of the transcripts."""
FEWEST = 5
"""Positives that a code must have among the held-out segments to be scored."""
BINS = 10
"""Of the calibration error, equally wide."""
BATCH = 10
"""Segments that are coded at a time where the order depends on what was learnt."""

ORDERS = ("random", "uncertain", "document")
UNITS = ("sentence", "turn")
BUDGETS = (0, 10, 20, 50, 100, 200)

Bools = NDArray[np.bool_]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Coded:
    """Segments of transcripts that people have coded: `gold[segment, code]`, in reading order
    of the codebook. What is coded with a code counts for those above it."""

    codebook: Codebook
    segments: Sequence[Segment]
    gold: Bools


@dataclass(frozen=True, slots=True)
class Measures:
    """How good a forecast is of one code, or on average of several."""

    average_precision: float | None
    precision: float | None
    """None of a code that is not proposed; in an average such a code counts 0, as it does in F1."""
    recall: float | None
    f1: float | None
    ece: float | None
    """Expected calibration error (Naeini et al. 2015)."""
    pooled_ece: float | None
    """The same over all pairs of segment and code at once: of one code no other than `ece`, of
    several less, because chance evens out."""
    proposed_ece: float | None
    """The same over what is proposed, all codes at once: None of nothing."""


@dataclass(frozen=True, slots=True)
class Score(Measures):
    """One line of an evaluation: a code, or the macro average over codes (`code` None)."""

    budget: int
    order: str
    seed: int
    code: str | None
    """The path of the code."""
    codes: int
    """How many codes it is the average of."""
    positives: int

    def as_row(self) -> dict[str, Any]:
        """As it stands in `evaluate --json`."""
        row = asdict(self)
        return {name: row[name] for name in FIELDS}


MEASURES = tuple(field.name for field in fields(Measures))
FIELDS = ("budget", "order", "seed", "code", "positives", *MEASURES, "codes")
"""Of a line, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a method says of held-out segments: scores (any scale), confidences 0–1, proposals."""

    score: NDArray[np.float32]
    confidence: NDArray[np.float32]
    proposed: Bools


Method = Callable[[Dataset, Coded, Rows, Rows], Forecast]
"""From everything, the positions of the coded and of the held-out segments."""


def coded(project: Project, *, unit: str = "sentence", coder: str | None = None) -> Coded:
    """What people (or one coder) have coded in a project.

    A transcript takes part when it carries a coding, is marked done, or comes out of the same
    table as one that carries an imported coding: a row without codes is a row that has none. One
    that is only coded counts as read as far as its last coding; what follows is context, and no
    passage that people would have coded or not.
    """
    cut = segments if unit == "sentence" else whole_turns
    found: list[Segment] = []
    marks: list[Mark] = []
    with project.snapshot():
        codebook = project.codes.codebook()
        documents = project.documents.all()
        of = {document.id: project.codings.of_document(document.id) for document in documents}
        if coder is not None:
            of = {key: [c for c in codings if c.coder == coder] for key, codings in of.items()}
        tables = {d.sha256 for d in documents if any(c.origin == "imported" for c in of[d.id])}
        for document in documents:
            done = project.documents.done(document.id)
            read = bool(done) if coder is None else coder in done
            if not (of[document.id] or read or document.sha256 in tables):
                continue
            text = project.documents.text(document.id)
            whole = read or document.sha256 in tables
            until = len(text) if whole else max(c.span.end for c in of[document.id])
            found += (
                replace(segment, eligible=segment.eligible and segment.span.start < until)
                for segment in cut(document.id, text, project.documents.turns(document.id))
            )
            marks += [Mark(c.document, c.span, c.code) for c in of[document.id]]
    return Coded(codebook, found, gold(codebook, found, marks))


def gold(codebook: Codebook, found: Sequence[Segment], marks: Iterable[Mark]) -> Bools:
    """Which codes are on which segments, by overlap, those above them included."""
    codes = codebook.in_reading_order()
    line = lineages(codes)
    there = np.zeros((len(found), len(codes)), dtype=bool)
    for row, mark in covered(found, marks):
        there[row, line[mark.code]] = True
    return there


def program(dataset: Dataset, study: Coded, known: Rows, held_out: Rows) -> Forecast:
    """The program itself, at the thresholds that it would use."""
    rows = np.flatnonzero(unseen(dataset, known))
    model = taught(dataset, study, known)
    logit = dataset.logit(model)
    level = levels_over(dataset, model, logit, rows)
    return Forecast(logit[held_out], model.confidence(logit[held_out]), logit[held_out] >= level)


def levels_over(
    dataset: Dataset, model: Model, logit: NDArray[np.float32], rows: Rows, balance: float = 1.0
) -> NDArray[np.float32]:
    """The log-odds from which a model proposes each code, chosen on the segments at `rows`."""
    cold = dataset.logit(dataset.untaught)[rows] if model.taught else logit[rows]
    statements = are_statements(dataset.corpus)
    first = levels_at_first(cold, dataset.inputs(rows).hit, balance, statements=statements)
    if not model.taught:
        return first
    return levels(model, logit[rows], cold >= first, balance=balance)


def taught(dataset: Dataset, study: Coded, known: Rows) -> Model:
    """The model after these segments were coded completely."""
    rows = np.sort(known)
    target = study.gold[rows].astype(np.float64)
    whole = np.ones_like(target)
    return dataset.taught_by(
        Labels(
            rows=rows,
            target=target,
            weight=whole,
            seen=np.ones(len(rows), dtype=bool),
            active=np.asarray((target > 0).any(axis=0)),
            all_seen=rows,
            calibration_weight=whole,
            imputed=np.zeros(target.shape, dtype=bool),
            read_whole=np.full(target.shape[1], len(rows)),
        )
    )


def evaluate(
    study: Coded,
    *,
    budgets: Sequence[int] = BUDGETS,
    order: str = "random",
    seeds: int = 3,
    method: Method = program,
    progress: Progress | None = None,
) -> Iterator[Score]:
    """Learning curves: for each seed and budget a line per code and one for all.

    A budget is a number of completely coded segments; one beyond what there is, is left out.
    """
    if not study.segments or not study.codebook.codes:
        return
    with threadpool_limits(1):
        dataset = Dataset.of(study.codebook, study.segments)
        for seed in range(seeds):
            pool, held_out = split(study, seed)
            sequence = CodingOrder(dataset, study, pool, order)
            for number, budget in enumerate(sorted(set(budgets))):
                if budget > len(pool) or not len(held_out):
                    break
                known = sequence.first(budget)
                forecast = method(dataset, study, known, held_out)
                yield from scores(study, held_out, forecast, budget=budget, order=order, seed=seed)
                if progress is not None:
                    progress(seed * len(budgets) + number + 1, seeds * len(budgets))


def split(study: Coded, seed: int) -> tuple[Rows, Rows]:
    """The segments that may count as coded, in random order, and the held-out ones.

    Whole transcripts on either side.
    """
    rng = np.random.default_rng(seed)
    documents = list(dict.fromkeys(s.document for s in study.segments if s.eligible))
    rng.shuffle(documents)
    count = max(1, round(HELD_OUT * len(documents))) if len(documents) > 1 else 0
    away = set(documents[:count])
    rows = [row for row, segment in enumerate(study.segments) if segment.eligible]
    held_out = [row for row in rows if study.segments[row].document in away]
    pool = np.array([row for row in rows if study.segments[row].document not in away], dtype=int)
    rng.shuffle(pool)
    return pool, np.array(held_out, dtype=int)


class CodingOrder:
    """The order in which segments get coded."""

    def __init__(self, dataset: Dataset, study: Coded, pool: Rows, order: str) -> None:
        if order not in ORDERS:
            raise ValueError(f"no such order: {order}; there are {', '.join(ORDERS)}")
        self._dataset = dataset
        self._study = study
        self._pool = pool
        self._order = order
        self._known: Rows = np.zeros(0, dtype=int)
        if order == "document":
            places = {d: n for n, d in enumerate(dict.fromkeys(self._documents(pool)))}
            self._pool = np.array(
                sorted(pool, key=lambda row: (places[study.segments[row].document], row)),
                dtype=int,
            )

    def _documents(self, rows: Rows) -> list[str]:
        return [self._study.segments[row].document for row in rows]

    def first(self, budget: int) -> Rows:
        """The first `budget` segments. Ask for growing numbers."""
        if self._order != "uncertain":
            return self._pool[:budget]
        while len(self._known) < budget:
            model = taught(self._dataset, self._study, self._known)
            left = np.setdiff1d(self._pool, self._known)
            confidence = model.confidence(self._dataset.logit(model)[left])
            positives = self._study.gold[self._known].sum(axis=0)
            count = min(BATCH, budget - len(self._known))
            meaning = self._dataset.inputs(left).features.meaning
            picked = most_informative(confidence, positives, meaning, count)
            self._known = np.concatenate([self._known, left[picked]])
        return self._known[:budget]


def scores(
    study: Coded, rows: Rows, forecast: Forecast, *, budget: int, order: str, seed: int
) -> Iterator[Score]:
    """The lines of one round: codes with enough positives, and before them their average."""
    there = study.gold[rows]
    codes = study.codebook.in_reading_order()
    columns = np.flatnonzero(there.sum(axis=0) >= FEWEST)
    if not len(columns):
        return

    def line(code: str | None, of: Rows, measures: Measures) -> Score:
        return Score(
            **asdict(measures),
            budget=budget,
            order=order,
            seed=seed,
            code=code,
            codes=len(of),
            positives=int(there[:, of].sum()),
        )

    each = [
        measure(
            there[:, column],
            forecast.score[:, column],
            forecast.confidence[:, column],
            forecast.proposed[:, column],
        )
        for column in columns
    ]
    confidence, chosen = forecast.confidence[:, columns], forecast.proposed[:, columns]
    yield line(None, columns, average(each, there[:, columns], confidence, chosen))
    for place, measures in enumerate(each):
        path = study.codebook.path(codes[columns[place]].id)
        yield line(path, columns[place : place + 1], measures)


def measure(
    there: Bools,
    score: NDArray[np.float32],
    confidence: NDArray[np.float32],
    chosen: Bools,
) -> Measures:
    """The measures of one code.

    There must be positives; where nothing is proposed there is no precision, and F1 is 0.
    """
    from sklearn.metrics import average_precision_score

    right = int((there & chosen).sum())
    proposals, positives = int(chosen.sum()), int(there.sum())
    error = calibration_error(there, confidence)
    return Measures(
        average_precision=float(average_precision_score(there, score)),
        precision=right / proposals if proposals else None,
        recall=right / positives,
        f1=2 * right / (proposals + positives),
        ece=error,
        pooled_ece=error,
        proposed_ece=_among(chosen, there, confidence),
    )


def average(
    each: Sequence[Measures], there: Bools, confidence: NDArray[np.float32], chosen: Bools
) -> Measures:
    """The macro average over codes, with what is measured over all of them at once."""

    def mean(name: str) -> float:
        return float(np.mean([getattr(measures, name) or 0.0 for measures in each]))

    return Measures(
        average_precision=mean("average_precision"),
        precision=mean("precision"),
        recall=mean("recall"),
        f1=mean("f1"),
        ece=mean("ece"),
        pooled_ece=calibration_error(there, confidence),
        proposed_ece=_among(chosen, there, confidence),
    )


def _among(chosen: Bools, there: Bools, confidence: NDArray[np.float32]) -> float | None:
    """The calibration error over what is proposed."""
    return calibration_error(there[chosen], confidence[chosen]) if chosen.any() else None


def calibration_error(there: Bools, confidence: NDArray[np.float32]) -> float:
    """Expected calibration error: how far confidences are from shares that come true, on
    average over all predictions, in `BINS` equally wide bins."""
    place = np.minimum((confidence * BINS).astype(int), BINS - 1).ravel()
    promised = np.bincount(place, weights=confidence.ravel(), minlength=BINS)
    happened = np.bincount(place, weights=there.ravel().astype(float), minlength=BINS)
    return float(np.abs(promised - happened).sum() / confidence.size)


def interval(values: Sequence[float]) -> tuple[float, float] | None:
    """The 95 % interval of a mean over random splits, for measures between 0 and 1.

    Student's t, its variance enlarged because the splits share transcripts (Nadeau & Bengio 2003).
    None of fewer than two values.
    """
    from scipy.stats import t

    count = len(values)
    if count < 2:
        return None
    mean, spread = float(np.mean(values)), float(np.var(values, ddof=1))
    share = HELD_OUT / (1 - HELD_OUT)
    half = float(t.ppf(0.975, count - 1)) * math.sqrt((1 / count + share) * spread)
    return max(0.0, mean - half), min(1.0, mean + half)
