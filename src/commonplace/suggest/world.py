"""Everything that depends on texts and codebook alone, read once and scored again and again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from commonplace.domain.codebook import Code, Codebook
from commonplace.suggest.cache import Shelf, key, packed, unpacked
from commonplace.suggest.features import (
    Progress,
    Reading,
    Space,
    batches,
    read,
    sample,
    sampling,
)
from commonplace.suggest.index import Features, Index, Indexes, Seen, stack
from commonplace.suggest.keywords import Keywords
from commonplace.suggest.model import Model
from commonplace.suggest.prior import Prior
from commonplace.suggest.segments import Segment
from commonplace.suggest.text import english

Rows = NDArray[np.int64]

MOST_AT_HAND = 30_000
"""Segments of a project whose indexes are all kept in memory."""

MOST_KEPT = 100_000
"""Segments of a project that is kept in the cache."""


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
        cls,
        codebook: Codebook,
        found: Sequence[Segment],
        progress: Progress | None = None,
        shelf: Shelf | None = None,
    ) -> World:
        """Reads the segments, in the order given, or takes from the `shelf` what was read."""
        codes = codebook.in_reading_order()
        keywords = Keywords.of(codes, english())
        made_of = key(codes, found) if shelf is not None else ""
        kept = shelf.load(made_of) if shelf is not None else None
        if kept is None:
            reading = read(found, keywords, progress)
            space = Space(sample(reading).stems)
            seen = Seen.of(reading, space)
            if shelf is not None and len(found) <= MOST_KEPT:
                shelf.save(made_of, pack(reading, space, seen))
        else:
            reading, space, seen = unpack(kept, found)
        step = sampling(reading)
        prior = Prior(codes, keywords, space, reading[step], words=seen.words[step])
        parts = list(batches(reading))
        return cls(
            codes=codes,
            reading=reading,
            prior=prior,
            indexes=Indexes(reading, prior, seen, parts, keep=len(found) <= MOST_AT_HAND),
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
            (self.indexes[number], rows[batch == number] - self.starts[number])
            for number in (np.unique(batch).tolist() or [0])
        ]


def pack(reading: Reading, space: Space, seen: Seen) -> dict[str, Any]:
    """What was read, as arrays."""
    words = sorted({stem for stems in reading.stems for stem in stems})
    number = {word: place for place, word in enumerate(words)}
    arrays: dict[str, Any] = {
        "words": packed(words),
        "stems": np.array([number[s] for stems in reading.stems for s in stems], dtype=np.int32),
        "lengths": np.array([len(stems) for stems in reading.stems], dtype=np.int32),
        "names": packed(space.names),
        "rarity": space.rarity,
        "terms": space.terms,
        "meaning": seen.meaning,
    }
    for name, matrix in (
        ("hits", reading.hits),
        ("shapes", space.shapes),
        ("in_words", seen.words),
        ("in_spelling", seen.spelling),
    ):
        for part in _PARTS:
            arrays[f"{name}_{part}"] = getattr(matrix, part)
        arrays[f"{name}_shape"] = np.array(matrix.shape)
    return arrays


def unpack(arrays: Mapping[str, Any], found: Sequence[Segment]) -> tuple[Reading, Space, Seen]:
    """What was read of these segments, out of the arrays of `pack`."""

    def matrix(name: str) -> sparse.csr_matrix:
        parts = tuple(arrays[f"{name}_{part}"] for part in _PARTS)
        return sparse.csr_matrix(parts, shape=tuple(arrays[f"{name}_shape"]))

    words = unpacked(arrays["words"])
    flat = [words[place] for place in arrays["stems"].tolist()]
    ends = np.cumsum(arrays["lengths"]).tolist()
    stems = [flat[start:end] for start, end in pairwise([0, *ends])]
    space = Space.again(
        unpacked(arrays["names"]), arrays["rarity"], arrays["terms"], matrix("shapes")
    )
    seen = Seen(matrix("in_words"), matrix("in_spelling"), arrays["meaning"])
    return Reading(found, stems, matrix("hits")), space, seen


_PARTS = ("data", "indices", "indptr")


def unseen(world: World, seen: Rows) -> Rows:
    """The segments that a code may be suggested for and nobody has been at; all where that
    leaves none. What a model has learnt from says nothing of how sure it is elsewhere."""
    rows = np.flatnonzero(world.eligible)
    left = np.setdiff1d(rows, seen)
    return left if len(left) else rows
