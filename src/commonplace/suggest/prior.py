"""What the codebook alone says about a segment: log-odds before anything is coded.

The combination is that of "design A, cold", found on five sets coded by other people (short
statements, patient comments, oral-history interviews), each scored with weights learnt on the
others: whether any keyword hits (about 2.5), the logarithm of the number of distinct hits (about
2), the rarity of what hit, and likeness in TF-IDF and in latent space to the codebook's entry,
each against the code's own mean in this corpus. To this comes a share of the keyword evidence in
the neighbouring sentences, whoever speaks them: the question that is being answered, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from commonplace.domain.codebook import Code
from commonplace.suggest.features import Reading, Space, unit
from commonplace.suggest.keywords import Keywords, phrases

ANY_HIT = 2.5
DISTINCT_HITS = 2.0
"""Of log(1 + number of distinct phrases that hit)."""
RARITY = 0.2
"""Of the summed inverse document frequency of what hit, over 1 + 0.3 log words."""
NEIGHBOURS = 0.15
"""Of the keyword evidence in the sentence before and in the one after. On real interviews with a
codebook of bare names 0.15 was best by sentence and did no harm by turn; 0.3 harmed turns."""
WORDS = 4.0
"""Of the TF-IDF cosine to the entry, less the code's mean."""
MEANING = 1.5
"""Of the latent cosine to the keywords' centroid, less other codes', less the code's mean."""
FULL_LENGTH = 6
"""Words from which likeness counts in full; in shorter sentences a cosine hangs on one word."""
INTERCEPT = -6.2
"""So that one ordinary keyword alone stays below even odds, and two of them exceed it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The parts of a score, each segments × codes in log-odds; their sum with the intercept."""

    keywords: NDArray[np.float32]
    context: NDArray[np.float32]
    words: NDArray[np.float32]
    meaning: NDArray[np.float32]

    @property
    def logit(self) -> NDArray[np.float32]:
        """The log-odds, segments × codes."""
        return self.keywords + self.context + self.words + self.meaning + INTERCEPT


class Prior:
    """Scores segments by the codebook. Columns follow `codes`.

    `corpus` gives how rare each cue is and what each code's mean likeness is; it may be a
    sample of what is scored.
    """

    def __init__(
        self, codes: Sequence[Code], keywords: Keywords, space: Space, corpus: Reading
    ) -> None:
        self.codes = codes
        self.keywords = keywords
        self.space = space
        english = keywords.english
        found = np.asarray(corpus.hits.sum(axis=0)).ravel()
        self.rarity = np.log((len(corpus) + 1) / (found + 1)) + 1

        def rows(texts: Sequence[str]) -> sparse.csr_matrix:
            return space.words([english.stems(english.doc(text)) for text in texts])

        self.entries = rows([_entry(code) for code in codes])
        self.counters = rows([f"{code.exclude}\n{code.near_miss}" for code in codes])
        centroids = np.zeros((len(codes), space.terms.shape[1]), dtype=np.float32)
        for row, code in enumerate(codes):
            if looked_for := phrases(code, english):
                centroids[row] = space.meaning(rows(looked_for)).mean(axis=0)
        self.directions = _against_others(unit(centroids))
        words, meaning = self._likeness(space.words(corpus.stems))
        self._mean_words = words.mean(axis=0)
        self._mean_meaning = meaning.mean(axis=0)

    def score(self, batch: Reading) -> NDArray[np.float32]:
        """Log-odds of every code in every segment, segments × codes."""
        return self.evidence(batch).logit

    def evidence(self, batch: Reading) -> Evidence:
        """What speaks for every code in every segment, in its parts."""
        own = self._keyword_evidence(batch)
        words, meaning = self._likeness(self.space.words(batch.stems))
        share = likeness_share(_lengths(batch))[:, None]
        return Evidence(
            keywords=own,
            context=NEIGHBOURS * _neighbouring(own, batch),
            words=WORDS * share * (words - self._mean_words),
            meaning=MEANING * share * (meaning - self._mean_meaning),
        )

    def _keyword_evidence(self, batch: Reading) -> NDArray[np.float32]:
        owners = self.keywords.owners
        distinct = (batch.hits @ owners).toarray().astype(np.float32)
        rare = (batch.hits @ sparse.diags(self.rarity) @ owners).toarray().astype(np.float32)
        rare /= 1 + 0.3 * np.log(_lengths(batch))[:, None]
        evidence = ANY_HIT * (distinct > 0) + DISTINCT_HITS * np.log1p(distinct) + RARITY * rare
        return np.asarray(evidence, dtype=np.float32)

    def _likeness(
        self, words: sparse.csr_matrix
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Cosines to the entries and along the codes' directions, segments × codes.

        A segment that is more like what the entry excludes than like the entry itself loses
        the difference.
        """
        entry = (words @ self.entries.T).toarray()
        counter = (words @ self.counters.T).toarray()
        entry -= np.maximum(0, counter - entry)
        return entry, self.space.meaning(words) @ self.directions.T


def likeness_share(lengths: NDArray[np.float32]) -> NDArray[np.float32]:
    """The weight that likeness has in sentences of so many words, 0–1."""
    return np.asarray(np.minimum(1, lengths / FULL_LENGTH), dtype=np.float32)


def _lengths(batch: Reading) -> NDArray[np.float32]:
    """Words in each segment, at least 1."""
    return np.array([max(1, len(stems)) for stems in batch.stems], dtype=np.float32)


def _entry(code: Code) -> str:
    """All that says what the code is, as one text."""
    parts = (code.name, code.definition, code.include, *code.keywords, code.anchor)
    return "\n".join(filter(None, parts))


def _against_others(centroids: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each code's direction less the mean of the others': what is common to all cancels out."""
    count = len(centroids)
    if count < 2:
        return centroids
    others = (centroids.sum(axis=0) - centroids) / (count - 1)
    return np.asarray(centroids - others, dtype=np.float32)


def _neighbouring(own: NDArray[np.float32], batch: Reading) -> NDArray[np.float32]:
    """The sum of the rows before and after, within the same transcript."""
    context: NDArray[np.float32] = np.zeros_like(own)
    documents = np.array([segment.document for segment in batch.segments])
    same = (documents[1:] == documents[:-1])[:, None]
    context[1:] += own[:-1] * same
    context[:-1] += own[1:] * same
    return context
