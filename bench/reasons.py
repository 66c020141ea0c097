"""Do the words that a suggestion names carry it? They are deleted, and the score is asked again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from commonplace.domain.suggestion import Suggestion
from commonplace.project.suggestions import CHANGED
from commonplace.suggest import encoder
from commonplace.suggest.dataset import Dataset, vectorise
from commonplace.suggest.evaluation import Coded
from commonplace.suggest.features import Layout
from commonplace.suggest.inputs import Inputs
from commonplace.suggest.labels import Decided, Mark, covered, labels
from commonplace.suggest.model import Model
from commonplace.suggest.proposing import proposals
from commonplace.suggest.segments import Segment
from commonplace.suggest.teacher import Teaching

HALF = 0.5


def deletions(study: Coded, coded: int) -> Iterator[tuple[Suggestion, float]]:
    """Each suggestion after so many coded segments, and the share of its score that is left when
    the words that it names are deleted from it."""
    codes = study.codebook.in_reading_order()
    rows = np.flatnonzero(study.gold.any(axis=1))
    rows = rows[np.linspace(0, len(rows) - 1, min(coded, len(rows))).round().astype(int)]
    decided = Decided(
        [
            Mark(study.segments[row].document, study.segments[row].span, codes[column].id)
            for row in np.unique(rows).tolist()
            for column in np.flatnonzero(study.gold[row])
        ]
        if coded
        else []
    )
    with threadpool_limits(1):
        dataset = Dataset.of(study.codebook, study.segments)
        known = labels(dataset.corpus, codes, decided)
        model = dataset.taught_by(known)
        found = proposals(
            dataset,
            model,
            seen=known.all_seen,
            taught=Teaching(decided, decided.coded),
            balance=1.0,
        )
        for suggestion in (one for _, each in found for one in each):
            left = _without(dataset, model, suggestion)
            if left is not None:
                yield suggestion, left


def _without(dataset: Dataset, model: Model, suggestion: Suggestion) -> float | None:
    """The share of the score that is left."""
    whole = Mark(suggestion.document, suggestion.span, suggestion.code)
    mine = sorted(row for row, _ in covered(dataset.corpus, [whole]))
    inside = np.flatnonzero(dataset.turns == dataset.turns[mine[0]])
    margin = dataset.corpus.margin(slice(int(inside[0]), int(inside[-1]) + 1))
    column = [code.id for code in dataset.codes].index(suggestion.code)
    found = dataset.corpus[margin]
    words = [word for word in suggestion.reasons if word != CHANGED]
    bare = [
        _deleted(segment, words) if row in mine else segment
        for row, segment in enumerate(found, start=margin.start)
    ]
    places = [row - margin.start for row in mine]
    layout = Layout(dataset.turns[margin], dataset.corpus.adjacent(margin))
    before, after = (
        float(_confidence(dataset, model, each, layout)[places, column].max())
        for each in (found, bare)
    )
    return after / before if before else None


def _confidence(
    dataset: Dataset, model: Model, found: list[Segment], layout: Layout
) -> NDArray[np.float32]:
    vectorised = vectorise(dataset.prior, [[segment.text] for segment in found])
    folder = encoder.find()
    if folder is not None:
        vectors = encoder.at(folder).encode([segment.text for segment in found])
        vectorised = replace(vectorised, vectors=vectors)
    inputs = Inputs.of(vectorised, layout, dataset.prior, slice(0, len(found)))
    return model.confidence(model.logit(inputs))


def _deleted(segment: Segment, words: Iterable[str]) -> Segment:
    text = segment.text
    for word in sorted(words, key=len, reverse=True):
        pattern = r"\s+".join(map(re.escape, word.split()))
        text = re.sub(rf"(?<!\w){pattern}(?!\w)", " ", text, flags=re.IGNORECASE)
    return replace(segment, text=text if text.strip() else "–")


def halved(study: Coded, coded: int) -> tuple[float, int]:
    """The share of suggestions whose score falls by at least half, and how many there are."""
    left = [share for _, share in deletions(study, coded)]
    return float(np.mean([share <= HALF for share in left])) if left else 0.0, len(left)
