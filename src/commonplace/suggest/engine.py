"""From a project to what is proposed for it: a function of the project's state, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from commonplace.domain.codebook import Code, Codebook
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from commonplace.suggest.calibration import Calibration, cold
from commonplace.suggest.choose import PER_SEGMENT, RHO, choose
from commonplace.suggest.features import Progress, Reading, Space, batches, read, sample
from commonplace.suggest.keywords import Keywords
from commonplace.suggest.merge import runs
from commonplace.suggest.prior import Prior
from commonplace.suggest.reasons import Reason, explain, shortest
from commonplace.suggest.segments import Segment, segments
from commonplace.suggest.text import english

SETTING = "suggest_rho"
"""Fact of a project: see `choose.how_many`; `choose.RHO` where it is missing."""

DIGITS = 4
"""Of a score."""


def suggest(
    project: Project, progress: Progress | None = None
) -> Iterator[tuple[str, list[Suggestion]]]:
    """What is proposed for each transcript, empty lists included, by transcript name.

    The same state of the project gives the same suggestions, scores and reasons. Those that
    people have decided on are among them; whoever shows them leaves those out.
    """
    codebook, documents, found = _state(project)
    with threadpool_limits(1):  # more threads are slower on small matrices, and differ in digits
        proposed = propose(
            codebook,
            found,
            rho=setting(project),
            progress=progress,
        )
    by_document: dict[str, list[Suggestion]] = {document: [] for document in documents}
    for suggestion in proposed:
        by_document[suggestion.document].append(suggestion)
    yield from by_document.items()


def setting(project: Project) -> float:
    """The project's share of keyword-hit segments to propose; the default where none is set."""
    try:
        return min(10.0, max(0.0, float(project.fact(SETTING) or RHO)))
    except ValueError:
        return RHO


def propose(
    codebook: Codebook,
    found: Sequence[Segment],
    *,
    rho: float = RHO,
    calibration: Calibration = cold,
    progress: Progress | None = None,
) -> list[Suggestion]:
    """The suggestions for these segments, which are whole transcripts, in order of place."""
    codes = codebook.in_reading_order()
    if not codes or not any(segment.eligible for segment in found):
        return []
    keywords = Keywords.of(codes, english())
    reading = read(found, keywords, progress)
    corpus = sample(reading)
    prior = Prior(codes, keywords, Space(corpus.stems), corpus)
    logit = _scores(prior, reading)
    hit = np.asarray((reading.hits @ keywords.owners).toarray() > 0)
    pairs = choose(logit, hit, reading.eligible, rho)
    kept = list(_explained(codebook, prior, found, pairs))
    return _merged(kept, codes, found, calibration(logit))


@dataclass(frozen=True, slots=True)
class _Kept:
    """A code proposed for one segment, and why."""

    row: int
    column: int
    reasons: list[Reason]


def _state(project: Project) -> tuple[Codebook, list[str], list[Segment]]:
    """Codebook, transcripts by name, and all their segments, at one moment."""
    found: list[Segment] = []
    with project.snapshot():
        codebook = project.codes.codebook()
        documents = [document.id for document in project.documents.all()]
        for document in documents:
            turns = project.documents.turns(document)
            found += segments(document, project.documents.text(document), turns)
    return codebook, documents, found


def _scores(prior: Prior, reading: Reading) -> NDArray[np.float32]:
    parts = []
    for part in batches(reading):
        batch = Reading(reading.segments[part], reading.stems[part], reading.hits[part])
        parts.append(prior.score(batch))
    return np.concatenate(parts)


def _explained(
    codebook: Codebook,
    prior: Prior,
    found: Sequence[Segment],
    pairs: Sequence[tuple[int, int]],
) -> Iterator[_Kept]:
    """The pairs for which a word of the segment speaks, at most `PER_SEGMENT` of each segment."""
    by_row: dict[int, list[int]] = {}
    for row, column in pairs:
        by_row.setdefault(row, []).append(column)
    for row, reasons in explain(prior, found, by_row):
        named = [column for column in by_row[row] if reasons[column]]
        specific = _most_specific(codebook, prior, named, reasons)
        for column in specific[:PER_SEGMENT]:
            yield _Kept(row, column, reasons[column])


def _most_specific(
    codebook: Codebook, prior: Prior, columns: Sequence[int], reasons: dict[int, list[Reason]]
) -> list[int]:
    """Without codes that have no keyword evidence beyond that of a code below them."""
    kept = []
    for column in columns:
        code = prior.codes[column].id
        below = [
            reason.place
            for other in columns
            if other != column
            and code in {above.id for above in codebook.lineage(prior.codes[other].id)}
            for reason in reasons[other]
        ]
        own = [reason.place for reason in reasons[column] if reason.keyword]
        if below and all(any(place.overlaps(other) for other in below) for place in own):
            continue
        kept.append(column)
    return kept


def _merged(
    kept: Sequence[_Kept],
    codes: Sequence[Code],
    found: Sequence[Segment],
    confidence: NDArray[np.float32],
) -> list[Suggestion]:
    """Neighbouring sentences joined. A joined proposal is as sure as its surest sentence:
    what neighbours say is too much alike to count as independent evidence."""
    by_column: dict[int, dict[int, _Kept]] = {}
    for one in kept:
        by_column.setdefault(one.column, {})[one.row] = one
    proposed = []
    for column, by_row in by_column.items():
        for run in runs(found, sorted(by_row)):
            reasons = [reason for row in run.rows for reason in by_row[row].reasons]
            score = max(float(confidence[row, column]) for row in run.rows)
            proposed.append(
                (
                    run.rows[0],
                    Suggestion(
                        document=found[run.rows[0]].document,
                        span=run.span(found),
                        code=codes[column].id,
                        score=round(score, DIGITS),
                        reasons=shortest(reasons),
                    ),
                )
            )
    proposed.sort(key=lambda pair: (pair[0], -pair[1].score, pair[1].code))
    return [suggestion for _, suggestion in proposed]
