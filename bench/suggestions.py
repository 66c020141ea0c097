"""How good suggestions are on what other people have coded: `python -m bench.suggestions`.

The statements and interviews lie beside the project, in `../shared/data`, and not in it; a set
that is not there is left out. Whole transcripts are held out; the program, the codebook alone,
plain TF-IDF with logistic regression, and keyword matching see the same segments.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from bench.balances import ASKED, asked_for_precision, balanced, surer
from bench.coded import SETS, SHARED, sample
from bench.deciding import least_found
from bench.measure import Figure, cpu, quantile
from bench.prepare import Workshop
from bench.reasons import halved
from bench.simulation import reading, review
from commonplace.domain.codebook import Codebook
from commonplace.project import Project
from commonplace.suggest import encoder
from commonplace.suggest.cache import Shelf, forget
from commonplace.suggest.calibration import logistic
from commonplace.suggest.dataset import Dataset
from commonplace.suggest.evaluation import (
    MEASURES,
    UNITS,
    Coded,
    CodingOrder,
    Forecast,
    Method,
    Rows,
    Score,
    evaluate,
    program,
    split,
)
from commonplace.suggest.labels import Decided, Mark, labels
from commonplace.suggest.prior import DISTINCT_HITS, PARTS
from commonplace.suggest.segments import Segment, segments
from commonplace.suggest.text import english

BUDGETS = (0, 20, 50, 100, 200, 400)
DISTINCT = PARTS.index("distinct")

Found = dict[tuple[int, str], float | None]
"""Measures over all codes, by budget and name."""


def codebook_alone(dataset: Dataset, study: Coded, known: Rows, held_out: Rows) -> Forecast:
    """The program before anything is coded, at every budget."""
    return program(dataset, study, known[:0], held_out)


def plain(dataset: Dataset, study: Coded, known: Rows, held_out: Rows) -> Forecast:
    """Plain TF-IDF of words and logistic regression, a code at a time; proposed from 0.5."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    del dataset
    texts = [segment.text for segment in study.segments]
    rows = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2)).fit_transform(texts)
    confidence = np.zeros((len(held_out), study.gold.shape[1]), dtype=np.float32)
    for column in range(study.gold.shape[1]):
        there = study.gold[known, column]
        if there.any() and not there.all():
            model = LogisticRegression(C=10.0, max_iter=300).fit(rows[known], there)
            confidence[:, column] = model.predict_proba(rows[held_out])[:, 1]
    return Forecast(confidence, confidence, confidence >= 0.5)


def keywords(dataset: Dataset, study: Coded, known: Rows, held_out: Rows) -> Forecast:
    """How many different keywords of a code stand in the segment; proposed where any does."""
    del study, known
    rows = np.sort(held_out)
    distinct = np.expm1(dataset.inputs(rows).parts[DISTINCT] / DISTINCT_HITS)
    hits = distinct[np.searchsorted(rows, held_out)]
    return Forecast(hits.astype(np.float32), logistic(hits - 1), hits > 0)


METHODS: dict[str, Method] = {
    "program": program,
    "codebook alone": codebook_alone,
    "plain TF-IDF + LR": plain,
    "keywords": keywords,
}


@contextmanager
def an_encoder(folder: Path | None) -> Iterator[None]:
    """Lets the program have the encoder in a folder, or none."""
    before = os.environ.get(encoder.VARIABLE)
    os.environ[encoder.VARIABLE] = str(folder) if folder else "none"
    try:
        yield
    finally:
        os.environ.pop(encoder.VARIABLE)
        if before is not None:
            os.environ[encoder.VARIABLE] = before


def averages(study: Coded, method: Method, *, order: str = "random", seeds: int = 3) -> Found:
    """Each measure over all codes by budget, averaged over seeds."""
    scores = evaluate(study, budgets=BUDGETS, order=order, seeds=seeds, method=method)
    lines = [score for score in scores if score.code is None]
    return {
        (budget, measure): _mean(lines, budget, measure)
        for budget in BUDGETS
        for measure in MEASURES
    }


def rows_of(study: Coded, *, order: str, seeds: int) -> Iterator[tuple[str, Found]]:
    """Each method with its measures; the program also with an encoder, where there is one."""
    folder = encoder.find()
    if folder is not None:
        with an_encoder(folder):
            yield "program, semantic", averages(study, program, order=order, seeds=seeds)
    with an_encoder(None):
        for label, method in METHODS.items():
            yield label, averages(study, method, order=order, seeds=seeds)


def coverage(study: Coded, order: str, count: int, seeds: int) -> tuple[float, float]:
    """The share of codes with at least three examples after so many coded segments: of those that
    have three at all among what may be coded, and of all codes."""
    of_possible, of_all = [], []
    with threadpool_limits(1):
        dataset = Dataset.of(study.codebook, study.segments)
        for seed in range(seeds):
            pool, _ = split(study, seed)
            known = CodingOrder(dataset, study, pool, order).first(min(count, len(pool)))
            enough = study.gold[known].sum(axis=0) >= THREE
            of_possible.append(enough[study.gold[pool].sum(axis=0) >= THREE].mean())
            of_all.append(enough.mean())
    return float(np.mean(of_possible)), float(np.mean(of_all))


THREE = 3
"""Examples."""


def figures(workshop: Workshop, size: str) -> Iterator[Figure]:
    """What is missed on what others have coded, how long reading and learning take, and how many
    reasons hold."""
    if SHARED.is_dir():
        for name in ("statements", "interviews"):
            study = SETS[name]("turn")
            yield from _missed(name, study)
            with an_encoder(None):
                yield surer(name, study)
                if name == "statements":
                    yield least_found(name, study)
    yield from _reviewed()
    with an_encoder(None):
        yield from _paces(workshop.prepared(size).project)


REACHED = {
    ("statements", 0): 0.897,
    ("statements", 20): 0.899,
    ("statements", 50): 0.907,
    ("statements", 100): 0.915,
    ("statements", 200): 0.922,
}
"""Macro average precision of the best design that was measured before."""
BETTER = 0.01
ERRORS = {50: 0.03, 200: 0.02}
"""Calibration error at most after so many, for sets with 1,000 held-out rows and more; these have
fewer, and their errors more of chance in them."""
SHOWN = (0, 20, 50, 100, 200)


def _missed(name: str, study: Coded) -> Iterator[Figure]:
    """100 less each measure in per cent, against plain logistic regression."""
    found = dict(rows_of(study, order="random", seeds=3))
    ours, plainly, by_words = found["program"], found["plain TF-IDF + LR"], found["keywords"]
    for measure, what in (("average_precision", "precision missed"), ("f1", "F1 missed")):
        for budget in SHOWN:
            reached = REACHED.get((name, budget)) if measure == "average_precision" else None
            note = f"{measure}, macro; limit: TF-IDF + LR; keywords {_missing(by_words, measure)} %"
            if more := found.get("program, semantic"):
                note += f"; with the extra {_lack(more, budget, measure):.1f} %"
            yield Figure(
                f"{name}: {what} after {budget}",
                _lack(ours, budget, measure),
                _lack(plainly, budget, measure),
                unit="%",
                at_most=1.0 if reached is None else round(100 * (1 - reached - BETTER), 1),
                absolute=reached is not None,
                note=note,
            )
        yield _worst(f"{name}: {what}, worst against cold", ours, found["codebook alone"], measure)
    for budget in SHOWN[1:]:
        target = ERRORS.get(budget)
        yield Figure(
            f"{name}: calibration error after {budget}",
            100 * (ours[budget, "ece"] or 0),
            unit="%",
            at_most=None if target is None else 100 * target,
            absolute=True,
            note=f"mean over codes; pooled {100 * (ours[budget, 'pooled_ece'] or 0):.1f} %, of "
            f"what is proposed {100 * (ours[budget, 'proposed_ece'] or 0):.1f} %",
        )


def _worst(what: str, ours: Found, cold: Found, measure: str) -> Figure:
    """The budget at which learning loses most, or gains least, against the codebook alone."""
    lacks = {
        budget: (_lack(ours, budget, measure), _lack(cold, budget, measure))
        for budget in BUDGETS[1:]
    }
    budget = max(lacks, key=lambda budget: lacks[budget][0] / lacks[budget][1])
    return Figure(what, *lacks[budget], unit="%", at_most=1.0, note=f"after {budget}")


def _lack(found: Found, budget: int, measure: str) -> float:
    return 100 * (1 - (found[budget, measure] or 0))


def _missing(found: Found, measure: str) -> str:
    return f"{_lack(found, 0, measure):.1f}"


def _reviewed() -> Iterator[Figure]:
    """Decisions to find nine tenths of what was coded, and what reasons are worth."""
    with an_encoder(None):
        study = sample("sentence")
        yield least_found("sample", study)
        effort = {(e.order, e.share): e.decisions or e.pairs for e in review(study)}
        yield Figure(
            "sample: decisions to find 90 %",
            effort["learned", 0.9],
            effort["cold", 0.9],
            unit="",
            at_most=0.65,
            note=f"limit: the cold order; by keywords {effort['keywords', 0.9]:,}",
        )
        read = {(e.order, e.share): e.decisions or e.pairs for e in reading(study)}
        yield Figure(
            "sample: sentences read to find half",
            read["learned", 0.5],
            read["document", 0.5],
            unit="",
            at_most=1.0,
            note="limit: document order",
        )
        for coded in (0, 100):
            share, count = halved(study, coded)
            yield Figure(
                f"sample: reasons that carry less than half after {coded}",
                100 * (1 - share),
                unit="%",
                at_most=20,
                absolute=True,
                note=f"words named are deleted from {count} suggestions",
            )


SEGMENTS, CODES = 10_000, 36


def _paces(path: Path) -> Iterator[Figure]:
    """CPU of reading so many segments, of taking them from the cache, and of learning."""
    found, codebook = _some(path)
    note = f"{len(found):,} segments × {len(codebook.codes)} codes, one thread"
    english()
    Dataset.of(codebook, found[:200])  # what has to be imported is imported
    with threadpool_limits(1):
        shelf = Shelf("bench")
        first = cpu(lambda: Dataset.of(codebook, found, shelf=shelf))
        yield Figure("read segments", first, at_most=3000, absolute=True, note=note)
        again = cpu(lambda: Dataset.of(codebook, found, shelf=shelf))
        yield Figure("read from the cache", again, at_most=1000, absolute=True, note=note)
        forget("bench")
        dataset = Dataset.of(codebook, found)
        for count, at_most in ((200, 250), (1000, 1000)):
            decided = _decided(dataset, found, count)

            def learn(decided: Decided = decided) -> None:
                model = dataset.taught_by(labels(dataset.corpus, dataset.codes, decided))
                dataset.logit(model)

            taken = quantile([cpu(learn) for _ in range(9)], 0.95)
            what = f"learn from {count}, score all"
            yield Figure(what, taken, at_most=at_most, absolute=True, note=f"p95; {note}")


def _some(path: Path) -> tuple[list[Segment], Codebook]:
    """The first segments and codes of a project."""
    found: list[Segment] = []
    with Project.open(path) as project:
        book = project.codes.codebook()
        for document in project.documents.all():
            text = project.documents.text(document.id)
            found += segments(document.id, text, project.documents.turns(document.id))
            if len(found) >= SEGMENTS:
                break
    return found[:SEGMENTS], Codebook(book.name, tuple(book.in_reading_order()[:CODES]))


def _decided(dataset: Dataset, found: list[Segment], count: int) -> Decided:
    """Codings of that many segments, evenly spread, by their highest score."""
    rows = np.flatnonzero(dataset.eligible)
    rows = rows[np.linspace(0, len(rows) - 1, min(count, len(rows))).round().astype(int)]
    best = dataset.logit(dataset.taught_by(labels(found, dataset.codes, Decided())))[rows]
    return Decided(
        [
            Mark(found[row].document, found[row].span, dataset.codes[column].id)
            for row, column in zip(rows.tolist(), best.argmax(axis=1).tolist(), strict=True)
        ]
    )


def main(arguments: list[str]) -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.suggestions", description=__doc__)
    parser.add_argument("--sets", default=",".join(SETS), help="comma between names")
    parser.add_argument("--unit", choices=UNITS, default="turn")
    parser.add_argument("--order", default="random")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--review", action="store_true", help="simulate a review, too")
    parser.add_argument("--at-most", type=int, default=None, help="decisions to simulate")
    chosen = parser.parse_args(arguments)
    for name in chosen.sets.split(","):
        try:
            study = SETS[name](chosen.unit)
        except (OSError, sqlite3.OperationalError):
            print(f"\n{name}: not here, left out", file=sys.stderr)
            continue
        eligible = sum(segment.eligible for segment in study.segments)
        print(f"\n{name}, by {chosen.unit}: {eligible} segments, {study.gold.shape[1]} codes")
        print(f"{'':20}{'':19}" + "".join(f"{budget:>8}" for budget in BUDGETS))
        for label, found in rows_of(study, order=chosen.order, seeds=chosen.seeds):
            for measure in MEASURES:
                values = (found[budget, measure] for budget in BUDGETS)
                cells = "".join("       –" if v is None else f"{v:8.3f}" for v in values)
                print(f"{label:20}{measure:19}{cells}", flush=True)
        with an_encoder(None):
            _tell_guidance(study, chosen.seeds)
            if chosen.review:
                _tell_review(study, chosen.at_most)
    return 0


def _tell_guidance(study: Coded, seeds: int) -> None:
    for budget in (100, 200, 400):
        share, count = asked_for_precision(study, budget, seeds)
        print(f"asked for {ASKED:.0%} right after {budget}: {share:.2f} of {count} are")
    for balance, found in balanced(study, 200, seeds).items():
        print(
            f"balance {balance:<4g} after 200: {found.proposed:.0f} proposed, "
            f"{found.precision:.3f} of them right, {found.recall:.3f} of what is coded"
        )
    for order in ("random", "uncertain"):
        of_possible, of_all = coverage(study, order, 100, seeds)
        print(
            f"three examples after 100, {order}: {of_possible:.2f} of the codes that have three, "
            f"{of_all:.2f} of all",
            flush=True,
        )


def _tell_review(study: Coded, at_most: int | None) -> None:
    for effort in review(study, at_most=at_most):
        print(
            f"{effort.order:12} to {effort.share:.0%} of {effort.positives} codings: "
            f"{effort.decisions or 'more'} of {effort.pairs} decisions",
            flush=True,
        )
    for effort in reading(study):
        print(
            f"{effort.order:12} to {effort.share:.0%} of {effort.positives} codings: "
            f"{effort.decisions} of {effort.pairs} segments read",
            flush=True,
        )


def _mean(lines: list[Score], budget: int, measure: str) -> float | None:
    found = [getattr(line, measure) for line in lines if line.budget == budget]
    values = [value for value in found if value is not None]
    return float(np.mean(values)) if values else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
