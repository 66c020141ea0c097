"""What a coder lives through who begins with the suggestions: the surest are decided first.

Random sentences labelled for every code, as in `evaluate`, are not what a beginner gives: a
beginner accepts and rejects what is proposed, from the top of the list. After each few decisions
all is learnt anew and proposed anew, by the very functions that the program calls, page limits,
merging of neighbours and reasons included.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bench.measure import Figure
from commonplace.domain.suggestion import Suggestion
from commonplace.suggest.dataset import Dataset
from commonplace.suggest.evaluation import Coded
from commonplace.suggest.labels import Decided, Mark, covered, labels, lineages
from commonplace.suggest.model import Model
from commonplace.suggest.proposing import proposals
from commonplace.suggest.teacher import Teaching

DECISIONS = (0, 4, 8, 12, 20, 24, 40, 100)
AT_A_TIME = 4
"""Decisions between two rounds of learning."""
BINS = 10


class Moment(NamedTuple):
    """What a coder has before them after so many decisions."""

    decisions: int
    accepted: int
    waiting: int
    precision: float
    """The share of what waits that people coded so."""
    recall: float
    """The share of what people coded that is accepted or waits."""
    f1: float
    """Of both: as if all that waits were accepted."""
    confidence: float
    """The mean of what waits."""
    error: float
    """Expected calibration error of what waits."""
    calibrated: bool


@dataclass
class Desk:
    """Transcripts as people coded them, and what somebody has decided so far."""

    study: Coded
    dataset: Dataset
    coded: list[Mark] = field(default_factory=list)
    rejected: list[Mark] = field(default_factory=list)
    read: frozenset[str] = frozenset()

    @classmethod
    def of(cls, study: Coded) -> Desk:
        """Nothing decided."""
        return cls(study, Dataset.of(study.codebook, study.segments))

    @property
    def decided(self) -> Decided:
        """What there is to learn from."""
        return Decided(self.coded, self.rejected, self.read)

    def model(self) -> Model:
        """What is learnt from it."""
        return self.dataset.taught_by(labels(self.dataset.corpus, self.dataset.codes, self.decided))

    def waiting(self) -> list[Suggestion]:
        """What is proposed now, the surest first."""
        known = labels(self.dataset.corpus, self.dataset.codes, self.decided)
        model = self.dataset.taught_by(known)
        found = proposals(
            self.dataset,
            model,
            seen=known.all_seen,
            taught=Teaching(self.decided, self.coded),
            balance=1.0,
        )
        every = [one for _, each in found for one in each]
        return sorted(every, key=lambda s: (-s.score, s.document, s.span.start, s.code))

    def pairs(self, some: Sequence[Suggestion | Mark]) -> list[list[tuple[int, int]]]:
        """The pairs of segment and code that each is about."""
        column = {code.id: number for number, code in enumerate(self.dataset.codes)}
        order = sorted(range(len(some)), key=lambda n: some[n].document)
        marks = [Mark(some[n].document, some[n].span, str(n)) for n in order]
        found: list[list[tuple[int, int]]] = [[] for _ in some]
        for row, mark in covered(self.dataset.corpus, marks):
            number = int(mark.code)
            found[number].append((row, column[some[number].code]))
        return found

    def right(self, some: Sequence[Suggestion]) -> NDArray[np.bool_]:
        """Which of them people coded so."""
        gold = self.study.gold
        return np.array([any(gold[pair] for pair in pairs) for pairs in self.pairs(some)], bool)

    def decide(self, some: Sequence[Suggestion]) -> None:
        """Accepts what is right and rejects the rest."""
        for one, right in zip(some, self.right(some), strict=True):
            mark = Mark(one.document, one.span, one.code, reading=False)
            (self.coded if right else self.rejected).append(mark)

    def moment(self, waiting: Sequence[Suggestion]) -> Moment:
        """How things stand."""
        right = self.right(waiting)
        score = np.array([one.score for one in waiting])
        line = lineages(self.dataset.codes)
        every = [*waiting, *self.coded]
        there = np.zeros_like(self.study.gold)
        for one, pairs in zip(every, self.pairs(every), strict=True):
            for row, _ in pairs:
                there[row, line[one.code]] = True
        gold = self.study.gold & self.dataset.eligible[:, None]
        recall = float((there & gold).sum() / gold.sum())
        right_of_all = float((there & gold).sum() / max(1, there.sum()))
        place = np.minimum((score * BINS).astype(int), BINS - 1)
        gap = np.bincount(place, score - right, BINS) if len(score) else np.zeros(1)
        decisions = len(self.coded) + len(self.rejected)
        return Moment(
            decisions,
            len(self.coded),
            len(waiting),
            float(right.mean()) if len(right) else 0.0,
            recall,
            2 * right_of_all * recall / max(1e-9, right_of_all + recall),
            float(score.mean()) if len(score) else 0.0,
            float(np.abs(gap).sum() / max(1, len(score))),
            self.model().calibrated,
        )


def surest_first(study: Coded, budgets: Sequence[int] = DECISIONS) -> Iterator[Moment]:
    """How things stand after so many decisions, made from the top of the list."""
    with threadpool_limits(1):
        desk = Desk.of(study)
        for budget in sorted(budgets):
            while (taken := len(desk.coded) + len(desk.rejected)) < budget:
                waiting = desk.waiting()
                if not waiting:
                    break
                desk.decide(waiting[: min(AT_A_TIME, budget - taken)])
            yield desk.moment(desk.waiting())


def least_found(name: str, study: Coded) -> Figure:
    """The least of what people coded that is ever accepted or waiting, against the codebook's."""
    first, *later = surest_first(study, (0, 4, 8, 12, 20, 24, 40))
    worst = min(later, key=lambda moment: moment.recall)
    return Figure(
        f"{name}: missed while deciding the surest",
        100 * (1 - worst.recall),
        100 * (1 - first.recall),
        unit="%",
        at_most=1.005,
        note=f"limit: the codebook alone; worst after {worst.decisions} decisions",
    )


def main(arguments: list[str]) -> int:
    """Prints the table."""
    from bench.coded import SETS

    parser = argparse.ArgumentParser(prog="python -m bench.deciding", description=__doc__)
    parser.add_argument("--sets", default=",".join(SETS), help="comma between names")
    parser.add_argument("--unit", default="sentence")
    chosen = parser.parse_args(arguments)
    for name in chosen.sets.split(","):
        print(f"\n{name}: " + "  ".join(Moment._fields), flush=True)
        for moment in surest_first(SETS[name](chosen.unit)):
            cells = (f"{v:7.3f}" if isinstance(v, float) else f"{v:6d}" for v in moment)
            print("".join(cells), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
