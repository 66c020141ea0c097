"""What the learner is given of segments: it depends on text and codebook, and on nothing coded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from commonplace.suggest.features import Layout, Vectorised
from commonplace.suggest.prior import PARTS, Prior

WORDS = 1.0
SPELLING = 0.7
MEANING = 0.5
NEAR = 0.4
"""Weights of the blocks of features; the last of the words of the segments before and after."""

SENSE = 1.0
"""Weight of an encoder's vectors, which where there are any stand beside the latent components."""
SENSE_SCALE = SENSE / MEANING

_ANY = PARTS.index("any")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Features and evidence of some segments; rows are segments."""

    features: Features
    parts: NDArray[np.float32]
    """The codebook's evidence (`prior.Prior.evidence`)."""

    @classmethod
    def of(cls, vectorised: Vectorised, layout: Layout, prior: Prior, inner: slice) -> Inputs:
        """Those of the segments in the rows `inner`; the others are their context."""
        latent = prior.space.meaning(vectorised.words)
        meaning, words = latent[inner], vectorised.words[inner]
        if vectorised.vectors is not None:
            sense = np.float32(SENSE_SCALE) * vectorised.vectors[inner].astype(np.float32)
            meaning = np.concatenate([meaning, sense], axis=1)
        return cls(
            Features(
                words=words,
                spelling=prior.space.spelling(words),
                meaning=meaning,
                near=_near(vectorised.words, layout.adjacent)[inner],
            ),
            prior.evidence(vectorised, layout, latent)[:, inner],
        )

    def __getitem__(self, rows: NDArray[np.int64]) -> Inputs:
        """Those of some of the segments."""
        return Inputs(self.features[rows], self.parts[:, rows])

    @property
    def hit(self) -> NDArray[np.bool_]:
        """Whether any keyword of the code stands in the segment."""
        return np.asarray(self.parts[_ANY] > 0)


@dataclass(frozen=True, slots=True)
class Features:
    """Blocks of features of some segments."""

    words: sparse.csr_matrix
    spelling: sparse.csr_matrix
    meaning: NDArray[np.float32]
    """Latent components, and what an encoder makes of them."""
    near: sparse.csr_matrix
    """The mean of the words before and after."""

    def __getitem__(self, rows: NDArray[np.int64]) -> Features:
        """Those of some of the segments."""
        return Features(self.words[rows], self.spelling[rows], self.meaning[rows], self.near[rows])

    def products(self, other: Features) -> NDArray[np.float64]:
        """Inner products with other segments."""
        product = np.asarray(MEANING**2 * (self.meaning @ other.meaning.T), dtype=np.float64)
        for weight, mine, theirs in (
            (WORDS, self.words, other.words),
            (SPELLING, self.spelling, other.spelling),
            (NEAR, self.near, other.near),
        ):
            product += weight**2 * (mine @ theirs.T).toarray()
        return product

    def squares(self) -> NDArray[np.float64]:
        """The squared length of each row."""
        sums = [
            WORDS**2 * self.words.multiply(self.words).sum(axis=1),
            SPELLING**2 * self.spelling.multiply(self.spelling).sum(axis=1),
            MEANING**2 * (self.meaning**2).sum(axis=1),
            NEAR**2 * self.near.multiply(self.near).sum(axis=1),
        ]
        return np.asarray(sum(np.asarray(each, dtype=np.float64).ravel() for each in sums))

    def weights(self, dual: NDArray[np.float64]) -> Weights:
        """The weights of features that `dual` in these segments comes to."""
        short = dual.astype(np.float32)
        return Weights(
            words=WORDS**2 * (self.words.T @ short),
            spelling=SPELLING**2 * (self.spelling.T @ short),
            meaning=np.asarray(MEANING**2 * (self.meaning.T @ short), dtype=np.float32),
            near=NEAR**2 * (self.near.T @ short),
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each feature for each code that was learnt, features × codes."""

    words: NDArray[np.float32]
    spelling: NDArray[np.float32]
    meaning: NDArray[np.float32]
    near: NDArray[np.float32]

    def of(self, rows: Features) -> NDArray[np.float32]:
        """What they come to, segments × codes."""
        return np.asarray(
            rows.words @ self.words
            + rows.spelling @ self.spelling
            + rows.meaning @ self.meaning
            + rows.near @ self.near
        )


def _near(words: sparse.csr_matrix, adjacent: NDArray[np.bool_]) -> sparse.csr_matrix:
    count = words.shape[0]
    if count < 2:
        return sparse.csr_matrix(words.shape, dtype=np.float32)
    half = 0.5 * adjacent.astype(np.float32)
    beside = sparse.diags([half, half], [1, -1], shape=(count, count), dtype=np.float32)
    return (beside @ words).tocsr()


def stack(parts: Iterable[Inputs]) -> Inputs:
    """The rows of several, one under the other."""
    found = list(parts)
    blocks = [each.features for each in found]
    return Inputs(
        Features(
            words=sparse.vstack([block.words for block in blocks], format="csr"),
            spelling=sparse.vstack([block.spelling for block in blocks], format="csr"),
            meaning=np.concatenate([block.meaning for block in blocks]),
            near=sparse.vstack([block.near for block in blocks], format="csr"),
        ),
        np.concatenate([each.parts for each in found], axis=1),
    )
