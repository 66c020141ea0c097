"""Which codes to propose where: from which score on, and never so many that the screen drowns."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from commonplace.suggest.calibration import ENOUGH, FLOOR, SURE, logistic, thresholds
from commonplace.suggest.corpus import Corpus
from commonplace.suggest.model import Model
from commonplace.suggest.segments import Segment

FLOOR_AT_FIRST = 0.05
"""Score below which the codebook alone proposes nothing: hardly anything speaks for it. It
costs no F1 on any of the coded sets; .15 would cost .1 on statements."""

AT_LEAST = 2
"""Of its keyword-hit segments, so that a code which is hardly mentioned is not silent."""

ROUNDING = 1e-4
"""Log-odds by which a level lies below the score that it was chosen at, so that scores alike stay
together."""

PER_SEGMENT = 3
"""Most codes proposed for one segment."""

PAGE_WORDS = 400
PER_PAGE = 16
"""Most proposals on so many words of a transcript, at balance 1."""

OPTIMISM = 1.5
"""Beta of the F-measure at balance 1, where confidences are calibrated. Rare codes have their
confidence drawn to that of others, so that the promised F1 errs on the side of silence: with 1.5
the F1 that came true was best or nearly so on statements and on interviews, by turn and by
sentence, from 20 labelled segments to 400."""


CODEBOOKS_SHARE = 0.4
"""How far the number proposed of a code is drawn from what confidences promise to what the codebook
alone would propose, between their logarithms. With few examples confidences are drawn to those of
other codes, and say less of how many segments a code has than its keywords do. On interviews by
turn the F1 of 22 codes after 20 turns is .26 with it and .24 without, where the codebook's own is
.25; with sentence embeddings .27 and .25, and .27. More would cost F1 by sentence."""
HALF_WITH = 10
"""Examples of the code with which that share is half as large."""


def how_many(hits: int, share: float) -> int:
    """How many segments of a code to propose, given how many its keywords hit."""
    return max(math.ceil(share * hits), min(hits, AT_LEAST))


def levels(
    model: Model,
    logit: NDArray[np.float32],
    by_book: NDArray[np.bool_],
    *,
    decided: NDArray[np.int8] | None = None,
    fresh: NDArray[np.bool_] | None = None,
    balance: float = 1.0,
) -> NDArray[np.float32]:
    """For each code the log-odds from which a taught model proposes it, over these eligible
    segments, given which pairs the codebook alone would propose (`levels_at_first`).

    Where enough was read whole, confidences over segments that are `fresh` (all, if not given) say
    how many are worth proposing, and the codebook still has a say while there are few examples.
    Before, nothing is known of how often a code applies to what was not decided, and no fewer are
    proposed than the codebook alone would propose; what was learnt says which. Those accepted (1 in
    `decided`) count among them, those rejected (-1) do not. `balance` below 1 asks for fewer and
    surer, above 1 for more and looser ones.
    """
    if not len(logit):
        return np.full(logit.shape[1], np.inf, dtype=np.float32)
    there = np.ones(len(logit), dtype=bool) if fresh is None else fresh
    least = thresholds(model.confidence(logit[there]), OPTIMISM * balance).astype(np.float64)
    level = model.calibration.logit(least) - np.float32(ROUNDING)
    drawn = _drawn_to_codebook(logit[there], level, by_book[there], model.examples)
    known = model.representative
    level[known] = np.maximum(drawn, model.calibration.logit(np.full_like(least, FLOOR)))[known]
    few = ~known
    if few.any():
        if decided is None:
            decided = np.zeros(logit.shape, dtype=np.int8)
        as_many = _as_many(by_book[:, few], logit[:, few], decided[:, few])
        more = ~by_book[:, few].any(axis=0) | (model.labelled >= ENOUGH)
        level[few] = np.where(more, np.minimum(level[few], as_many), as_many)
    return level


def _drawn_to_codebook(
    logit: NDArray[np.float32],
    level: NDArray[np.float32],
    by_book: NDArray[np.bool_],
    examples: NDArray[np.int64],
) -> NDArray[np.float32]:
    """The levels at which a number is proposed between that at `level` and that of the codebook's
    own (the geometric mean of both, weighted by `CODEBOOKS_SHARE`)."""
    share = CODEBOOKS_SHARE * HALF_WITH / (HALF_WITH + examples)
    ours, its = (np.log(np.maximum(each.sum(axis=0), 0.5)) for each in (logit >= level, by_book))
    drawn = np.full_like(level, np.inf)
    for column, wanted in enumerate(np.exp(ours + share * (its - ours)).round().astype(int)):
        if wanted:
            drawn[column] = np.sort(logit[:, column])[-wanted] - np.float32(ROUNDING)
    return drawn


def _as_many(
    found: NDArray[np.bool_], logit: NDArray[np.float32], decided: NDArray[np.int8]
) -> NDArray[np.float32]:
    """The levels at which as many are proposed as were `found`, less those accepted."""
    level = np.full(logit.shape[1], np.inf, dtype=np.float32)
    for column, wanted in enumerate((found & (decided <= 0)).sum(axis=0).tolist()):
        left = np.sort(logit[decided[:, column] == 0, column])
        if wanted and len(left):
            level[column] = left[-min(wanted, len(left))]
    return level


def levels_at_first(
    logit: NDArray[np.float32], hit: NDArray[np.bool_], balance: float, *, statements: bool
) -> NDArray[np.float32]:
    """For each code the log-odds from which the codebook alone proposes it.

    Before anything is coded it is a measure of evidence only: of `statements` (one to a
    transcript, as in a table of comments) as many are proposed as keywords hit, because what a
    statement mentions it is about; of conversation what would be worth it if the score were a
    confidence.
    """
    if not len(logit):
        return np.full(logit.shape[1], np.inf, dtype=np.float32)
    least = np.minimum(thresholds(logistic(logit), balance).astype(np.float64), SURE)
    level = np.asarray(np.log(least / (1 - least)) - ROUNDING, dtype=np.float32)
    floor = np.float32(np.log(FLOOR_AT_FIRST / (1 - FLOOR_AT_FIRST)))
    for column in range(logit.shape[1]):
        hits = int(hit[:, column].sum())
        wanted = how_many(hits, balance if statements else 0.0)
        ranked = np.sort(logit[:, column])[::-1]
        by_rank = ranked[min(wanted, len(ranked)) - 1] if wanted else np.inf
        level[column] = max(by_rank if statements else min(level[column], by_rank), floor)
    return level


def choose(
    logit: NDArray[np.float32], level: NDArray[np.float32], open_: NDArray[np.bool_]
) -> list[tuple[int, int]]:
    """(segment, code) pairs at or above their code's level, by segment and falling score.

    `open_` says for which pairs a proposal may be made.
    """
    rows, columns = np.nonzero((logit >= level) & open_)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return sorted(pairs, key=lambda pair: (pair[0], -logit[pair], pair[1]))


def are_statements(segments: Sequence[Segment]) -> bool:
    """Whether most transcripts are a single turn, as when each row of a table is one."""
    corpus = Corpus.of(segments)
    there = np.unique(corpus.document)
    return 2 * int(corpus.single_turn[there].sum()) > len(there)


def within_pages(
    pairs: Sequence[tuple[int, int]],
    confidence: NDArray[np.float32],
    page: Sequence[int],
    balance: float = 1.0,
) -> list[tuple[int, int]]:
    """The surest pairs of every page, in the order given; `page` is each segment's.

    `balance` times `PER_PAGE` of them, at least one: what is asked to be surer is the surest.
    """
    most = max(1, round(PER_PAGE * balance))
    pages: dict[int, list[tuple[int, int]]] = {}
    for pair in pairs:
        pages.setdefault(page[pair[0]], []).append(pair)
    kept = {
        pair
        for found in pages.values()
        for pair in sorted(found, key=lambda pair: (-confidence[pair], pair))[:most]
    }
    return [pair for pair in pairs if pair in kept]


def pages(segments: Sequence[Segment]) -> NDArray[np.int32]:
    """A number for the page that each segment begins on; transcripts share none."""
    corpus = Corpus.of(segments)
    page = np.zeros(len(corpus), dtype=np.int32)
    first = 0
    for document in corpus.documents:
        rows = corpus.rows_of(document)
        if rows.stop > rows.start:
            words = corpus.words[rows]
            page[rows] = first + (np.cumsum(words, dtype=np.int64) - words) // PAGE_WORDS
            first = int(page[rows.stop - 1]) + 1
    return page
