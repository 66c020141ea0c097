"""How much is right of what is proposed at each balance, or where a precision is asked for."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bench.measure import Figure
from commonplace.suggest.choose import choose, pages, within_pages
from commonplace.suggest.dataset import Dataset, unseen
from commonplace.suggest.evaluation import Coded, levels_over, program, split, taught

BALANCES = (0.3, 0.6, 1.0, 1.7, 3.0)
"""Those that the keys of the review set."""
ASKED = 0.8
"""Precision that is asked for."""


class Balanced(NamedTuple):
    """Pairs of segment and code at one balance, over all codes and seeds."""

    proposed: float
    """How many, mean over seeds."""
    precision: float
    recall: float


def balanced(study: Coded, budget: int, seeds: int) -> dict[float, Balanced]:
    """What would be proposed for held-out transcripts after so many coded segments, pages no
    fuller than the program makes them."""
    counts = {balance: np.zeros(3) for balance in BALANCES}
    with threadpool_limits(1):
        dataset = Dataset.of(study.codebook, study.segments)
        page = pages(dataset.corpus).tolist()
        for seed in range(seeds):
            pool, held_out = split(study, seed)
            known = pool[:budget]
            model, rest = taught(dataset, study, known), np.flatnonzero(unseen(dataset, known))
            logit = dataset.logit(model)
            confidence = model.confidence(logit)
            may = np.zeros_like(study.gold)
            may[held_out] = True
            for balance in BALANCES:
                level = levels_over(dataset, model, logit, rest, balance)
                pairs = within_pages(choose(logit, level, may), confidence, page, balance)
                right = sum(bool(study.gold[pair]) for pair in pairs)
                counts[balance] += len(pairs), right, study.gold[held_out].sum()
    return {
        balance: Balanced(proposed / seeds, right / max(1, proposed), right / there)
        for balance, (proposed, right, there) in counts.items()
    }


def asked_for_precision(study: Coded, budget: int, seeds: int) -> tuple[float, int]:
    """What share of the proposals is right where confidences are asked for four fifths and four
    points more, and how many proposals there are, over all codes; means over seeds."""
    right, proposed = [], []
    with threadpool_limits(1):
        dataset = Dataset.of(study.codebook, study.segments)
        for seed in range(seeds):
            pool, held_out = split(study, seed)
            if budget > len(pool):
                continue
            confidence = program(dataset, study, pool[:budget], held_out).confidence
            chosen = confidence >= for_precision(confidence, ASKED + 0.04)
            right.append(int((chosen & study.gold[held_out]).sum()))
            proposed.append(int(chosen.sum()))
    return sum(right) / max(1, sum(proposed)), round(float(np.mean(proposed))) if proposed else 0


def for_precision(confidence: NDArray[np.float32], asked: float) -> float:
    """The confidence from which proposals (of all codes together) are right in the share
    `asked`, as far as confidences mean what they say; above 1 where there are no such."""
    ranked = -np.sort(-confidence.ravel())
    mean = np.cumsum(ranked, dtype=np.float64) / np.arange(1, ranked.size + 1)
    enough = np.flatnonzero(mean >= asked)
    return float(ranked[enough[-1]]) if enough.size else 2.0


def surer(name: str, study: Coded) -> Figure:
    """Whether asking for fewer gives surer ones."""
    found = balanced(study, 200, 3)
    told = "; ".join(f"{b:g}: {x.proposed:.0f}, {x.precision:.2f} right" for b, x in found.items())
    wrong = [100 * (1 - found[balance].precision) for balance in (min(BALANCES), 1.0)]
    return Figure(f"{name}: wrong among the surest, against 1", *wrong, unit="%", at_most=1.0,
                  note=f"after 200; {told}")  # fmt: skip
