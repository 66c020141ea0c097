"""Everything that depends on texts and codebook alone, read once and scored again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonplace.domain.codebook import Code, Codebook
from commonplace.suggest.features import Progress, Reading, Space, batches, read, sample
from commonplace.suggest.index import Features, Index, stack
from commonplace.suggest.keywords import Keywords
from commonplace.suggest.model import Model
from commonplace.suggest.prior import Prior
from commonplace.suggest.segments import Segment
from commonplace.suggest.text import english

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class World:
    """Segments of whole transcripts, featurised in batches; columns are codes, rows segments."""

    codes: Sequence[Code]
    reading: Reading
    prior: Prior
    indexes: Sequence[Index]
    starts: Rows
    """The first segment of each batch."""
    eligible: NDArray[np.bool_]
    hit: NDArray[np.bool_]
    """Whether any keyword of the code stands in the segment."""
    turns: Rows
    """A number for each segment's turn."""

    @classmethod
    def of(
        cls, codebook: Codebook, found: Sequence[Segment], progress: Progress | None = None
    ) -> World:
        """Reads the segments, in the order given."""
        codes = codebook.in_reading_order()
        keywords = Keywords.of(codes, english())
        reading = read(found, keywords, progress)
        corpus = sample(reading)
        space = Space(corpus.stems)
        prior = Prior(codes, keywords, space, corpus)
        parts = list(batches(reading))
        return cls(
            codes=codes,
            reading=reading,
            prior=prior,
            indexes=[Index.of(reading[part], space, prior) for part in parts],
            starts=np.array([part.start for part in parts], dtype=np.int64),
            eligible=reading.eligible,
            hit=np.asarray((reading.hits @ keywords.owners).toarray() > 0),
            turns=reading.turns,
        )

    def logit(self, model: Model) -> NDArray[np.float32]:
        """Log-odds of every code in every segment."""
        return np.concatenate([model.logit(index) for index in self.indexes])

    def features(self, rows: Rows) -> Features:
        """The features of some segments, ascending."""
        return stack(index.rows(part) for index, part in self._by_batch(rows))

    def parts(self, rows: Rows) -> NDArray[np.float32]:
        """The codebook's evidence for some segments, ascending."""
        found = [index.parts[:, part] for index, part in self._by_batch(rows)]
        return np.concatenate(found, axis=1)

    def meaning(self, rows: Rows) -> NDArray[np.float32]:
        """The latent components of some segments, ascending."""
        return np.concatenate([index.meaning[part] for index, part in self._by_batch(rows)])

    def _by_batch(self, rows: Rows) -> list[tuple[Index, Rows]]:
        batch = np.searchsorted(self.starts, rows, side="right") - 1
        return [
            (index, rows[batch == number] - self.starts[number])
            for number, index in enumerate(self.indexes)
        ]


def unseen(world: World, seen: Rows) -> Rows:
    """The segments that a code may be suggested for and nobody has been at; all where that
    leaves none. What a model has learnt from says nothing of how sure it is elsewhere."""
    rows = np.flatnonzero(world.eligible)
    left = np.setdiff1d(rows, seen)
    return left if len(left) else rows
