"""How good suggestions are on what other people have coded: `python -m bench.suggestions`.

The statements and interviews lie beside the project, in `../shared/data`, and not in it; a set
that is not there is left out. Whole transcripts are held out; the program, the codebook alone,
plain TF-IDF with logistic regression, and keyword matching see the same segments.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from bench.measure import Figure, cpu, quantile
from bench.prepare import Workshop
from commonplace import codebooks, readers
from commonplace.domain.codebook import Code, Codebook
from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.suggest.cache import Shelf, forget
from commonplace.suggest.calibration import logistic
from commonplace.suggest.engine import taught_by
from commonplace.suggest.evaluation import (
    UNITS,
    Coded,
    Forecast,
    Method,
    Rows,
    Score,
    evaluate,
    gold,
    program,
)
from commonplace.suggest.labels import Decided, Mark, labels
from commonplace.suggest.prior import DISTINCT_HITS, PARTS
from commonplace.suggest.segments import Segment, segments, whole_turns
from commonplace.suggest.simulation import review
from commonplace.suggest.text import english
from commonplace.suggest.world import World

HERE = Path(__file__).resolve().parents[1]
SHARED = HERE.parent / "shared" / "data"
SAMPLE = HERE / "transcripts_sample"
BUDGETS = (0, 20, 50, 100, 200, 400)
DISTINCT = PARTS.index("distinct")
MEASURES = ("average_precision", "precision", "recall", "f1", "ece")

_TURN = re.compile(r"^(\S[^\n]{0,40}?) {2}\d+:\d\d(?::\d\d)?\n", re.MULTILINE)
"""The line above a turn in a transcript by Otter: `Name  00:13`."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn, as segmenting wants it."""

    speech_start: int
    end: int
    speaker: str
    interviewer: bool


def statements(unit: str) -> Coded:
    """787 statements on five social determinants (SDOH-NLI), each a transcript of one turn."""
    del unit  # a statement is one segment either way
    entries = json.loads((SHARED / "coded/sdoh-nli.codebook.json").read_text(encoding="utf-8"))
    with (SHARED / "coded/sdoh-nli.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = tuple(
        Code(
            id=name,
            name=name,
            definition=entry["definition"],
            anchor=" ".join(entry["examples"]),
            keywords=tuple(entry["keywords"]),
        )
        for name, entry in entries.items()
    )
    found = [
        Segment(str(number), Span(0, len(row["text"])), row["text"], 0, "", False, True)
        for number, row in enumerate(rows)
    ]
    there = np.array([[code.id in row["codes"].split(";") for code in codes] for row in rows])
    return Coded(Codebook("SDOH-NLI", codes), found, there)


def interviews(unit: str) -> Coded:
    """28 interviews with 753 codings out of a QualCoder project; the codebook is bare names."""
    path = SHARED / "exchange/qualcoder-interviews.qda/data.qda"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        texts = connection.execute("SELECT id, fulltext FROM source ORDER BY name").fetchall()
        applied = connection.execute(
            "SELECT t.fid, t.pos0, t.pos1, n.name FROM code_text t JOIN code_name n "
            "ON n.cid = t.cid WHERE t.pos1 > t.pos0 ORDER BY 1, 2, 3, 4"
        ).fetchall()
    codes: dict[str, Code] = {}
    for name in sorted({row[3] for row in applied}):
        head, _, tail = name.partition(" - ")
        codes.setdefault(head, Code(id=head, name=head))
        if tail:
            codes[name] = Code(id=name, name=tail, parent=head)
    found: list[Segment] = []
    for number, text in texts:
        found += _cut(unit)(str(number), text, list(_turns(text)))
    codebook = Codebook("interviews", tuple(codes.values()))
    marks = [Mark(str(fid), Span(start, end), name) for fid, start, end, name in applied]
    return Coded(codebook, found, gold(codebook, found, marks))


def sample(unit: str) -> Coded:
    """The sample interviews that come with the program, as the first of their coders has them."""
    codebook = codebooks.builtin()
    with (SAMPLE / "codings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows = [row for row in rows if row["coder"] == min(row["coder"] for row in rows)]
    found: list[Segment] = []
    marks = []
    for name in sorted({row["document"] for row in rows}):
        (transcript,) = readers.read(SAMPLE / name)
        asking = {speaker.label for speaker in transcript.speakers if speaker.interviewer}
        turns = [
            Spoken(t.speech_start, t.end, t.speaker or "", t.speaker in asking)
            for t in transcript.turns
        ]
        found += _cut(unit)(name, transcript.text, turns)
        for row in rows:
            code = codebook.find(row["code"])
            if row["document"] != name or code is None:
                continue
            start = -1
            for _ in range(int(row["occurrence"])):
                start = transcript.text.find(row["quote"], start + 1)
            if start >= 0:
                marks.append(Mark(name, Span(start, start + len(row["quote"])), code.id))
    return Coded(codebook, found, gold(codebook, found, marks))


SETS: dict[str, Callable[[str], Coded]] = {
    "statements": statements,
    "interviews": interviews,
    "sample": sample,
}


def codebook_alone(world: World, study: Coded, known: Rows, held_out: Rows) -> Forecast:
    """The program before anything is coded, at every budget."""
    return program(world, study, known[:0], held_out)


def plain(world: World, study: Coded, known: Rows, held_out: Rows) -> Forecast:
    """Plain TF-IDF of words and logistic regression, a code at a time; proposed from 0.5."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    del world
    texts = [segment.text for segment in study.segments]
    rows = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2)).fit_transform(texts)
    confidence = np.zeros((len(held_out), study.gold.shape[1]), dtype=np.float32)
    for column in range(study.gold.shape[1]):
        there = study.gold[known, column]
        if there.any() and not there.all():
            model = LogisticRegression(C=10.0, max_iter=300).fit(rows[known], there)
            confidence[:, column] = model.predict_proba(rows[held_out])[:, 1]
    return Forecast(confidence, confidence, confidence >= 0.5)


def keywords(world: World, study: Coded, known: Rows, held_out: Rows) -> Forecast:
    """How many different keywords of a code stand in the segment; proposed where any does."""
    del study, known
    rows = np.sort(held_out)
    distinct = np.expm1(world.parts(rows)[DISTINCT] / DISTINCT_HITS)
    hits = distinct[np.searchsorted(rows, held_out)]
    return Forecast(hits.astype(np.float32), logistic(hits - 1), hits > 0)


METHODS: dict[str, Method] = {
    "program": program,
    "codebook alone": codebook_alone,
    "plain TF-IDF + LR": plain,
    "keywords": keywords,
}


def curves(
    study: Coded, method: Method, *, order: str, seeds: int
) -> Iterator[tuple[str, list[float | None]]]:
    """Each measure, averaged over seeds, by budget."""
    lines = [
        score
        for score in evaluate(study, budgets=BUDGETS, order=order, seeds=seeds, method=method)
        if score.code is None
    ]
    for measure in MEASURES:
        yield measure, [_mean(lines, budget, measure) for budget in BUDGETS]


def figures(workshop: Workshop, size: str) -> Iterator[Figure]:
    """What is missed on the statements, and how long reading and learning take."""
    if SHARED.is_dir():
        yield from _missed(statements("turn"))
    yield from _paces(workshop.prepared(size).project)


REACHED = {0: 0.897, 20: 0.899, 50: 0.907, 100: 0.915, 200: 0.922}
"""Macro average precision on the statements of the best design that was measured before."""
BETTER = 0.01


def _missed(study: Coded) -> Iterator[Figure]:
    """100 less macro average precision in per cent, against plain logistic regression."""
    ours, theirs = (
        [s for s in evaluate(study, budgets=tuple(REACHED), method=method) if s.code is None]
        for method in (program, plain)
    )
    for budget, reached in REACHED.items():
        yield Figure(
            f"missed after {budget} coded",
            100 * (1 - (_mean(ours, budget, "average_precision") or 0)),
            100 * (1 - (_mean(theirs, budget, "average_precision") or 0)),
            unit="%",
            at_most=round(100 * (1 - reached - BETTER), 1),
            absolute=True,
            note="macro average precision on SDOH-NLI; limit: TF-IDF + LR",
        )
    for budget, at_most in ((50, 3.0), (200, 2.0)):
        error = 100 * (_mean(ours, budget, "ece") or 0)
        yield Figure(
            f"calibration error after {budget}", error, unit="%", at_most=at_most, absolute=True
        )


SEGMENTS, CODES = 10_000, 36


def _paces(path: Path) -> Iterator[Figure]:
    """CPU of reading so many segments, of taking them from the cache, and of learning."""
    found, codebook = _some(path)
    note = f"{len(found):,} segments × {len(codebook.codes)} codes, one thread"
    english()
    World.of(codebook, found[:200])  # what has to be imported is imported
    with threadpool_limits(1):
        shelf = Shelf("bench")
        first = cpu(lambda: World.of(codebook, found, shelf=shelf))
        yield Figure("read segments", first, at_most=3000, absolute=True, note=note)
        again = cpu(lambda: World.of(codebook, found, shelf=shelf))
        yield Figure("read from the cache", again, at_most=1000, absolute=True, note=note)
        forget("bench")
        world = World.of(codebook, found)
        for count, at_most in ((200, 250), (1000, 1000)):
            decided = _decided(world, found, count)

            def learn(decided: Decided = decided) -> None:
                model = taught_by(world, labels(world.corpus, world.codes, decided))
                world.logit(model)

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


def _decided(world: World, found: list[Segment], count: int) -> Decided:
    """Codings of that many segments, evenly spread, by their highest score."""
    rows = np.flatnonzero(world.eligible)
    rows = rows[np.linspace(0, len(rows) - 1, min(count, len(rows))).round().astype(int)]
    best = world.logit(taught_by(world, labels(found, world.codes, Decided())))[rows]
    return Decided(
        [
            Mark(found[row].document, found[row].span, world.codes[column].id)
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
        for label, method in METHODS.items():
            began = time.process_time()
            for measure, values in curves(study, method, order=chosen.order, seeds=chosen.seeds):
                cells = "".join("       –" if v is None else f"{v:8.3f}" for v in values)
                print(f"{label:20}{measure:19}{cells}", flush=True)
            print(f"{'':20}{time.process_time() - began:.1f} s of CPU")
        if chosen.review:
            for effort in review(study, at_most=chosen.at_most):
                print(
                    f"{effort.order:12} to {effort.share:.0%} of {effort.positives} codings: "
                    f"{effort.decisions or 'more'} of {effort.pairs} decisions",
                    flush=True,
                )
    return 0


def _mean(lines: list[Score], budget: int, measure: str) -> float | None:
    values = [v for line in lines if line.budget == budget if (v := getattr(line, measure))]
    return float(np.mean(values)) if values else None


def _cut(unit: str) -> Callable[..., Iterator[Segment]]:
    return whole_turns if unit == "turn" else segments


def _turns(text: str) -> Iterator[Spoken]:
    heads = list(_TURN.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=False):  # a withdrawn interview has no turns
        yield Spoken(head.end(), end, head[1], "Mannheimer" in head[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
