"""Why a code was proposed: the words of the segment that weighed, from the score's own weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from commonplace.domain.span import Span
from commonplace.suggest.prior import MEANING, WORDS, Prior, likeness_share
from commonplace.suggest.segments import Segment
from commonplace.suggest.text import printable

if TYPE_CHECKING:
    from spacy.tokens import Doc

MOST = 4
"""Words and phrases given for one suggestion: a line, no essay."""

WORTH_NAMING = 0.15
"""Least contribution to the log-odds for a word that is no keyword."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A word or phrase as it stands in the segment, and how much it weighed.

    `weight` is the rarity of a keyword, and the share in the log-odds of any other word.
    """

    words: str
    weight: float
    keyword: bool
    place: Span
    """In the segment's words with single spaces between them."""


def explain(
    prior: Prior, found: Sequence[Segment], wanted: Mapping[int, Sequence[int]]
) -> Iterator[tuple[int, dict[int, list[Reason]]]]:
    """For each position among the segments: the reasons for the codes (columns) wanted there.

    Keyword hits come first, the weightiest of each kind first. A code for which no word of the
    segment speaks has an empty list.
    """
    keywords, english = prior.keywords, prior.keywords.english
    docs = {row: english.turn([found[row]]) for row in wanted}
    stems = [english.stems(doc) for doc in docs.values()]
    words = prior.space.words(stems)
    shares = likeness_share(np.array([len(each) for each in stems], dtype=np.float32))
    entries = [dict(zip(entry.indices, entry.data, strict=True)) for entry in prior.entries]
    for number, (row, doc) in enumerate(docs.items()):
        likeness = _Likeness(prior, doc, words[number], float(shares[number]))
        hits = keywords.hits(doc)
        reasons = {}
        for column in wanted[row]:
            said = _keyword_reasons(prior, doc, hits, column)
            like = [
                reason
                for reason in likeness.words(column, entries[column])
                if not any(reason.place.overlaps(other.place) for other in said)
            ]
            reasons[column] = _sorted(said + like)
        yield row, reasons


def shortest(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """The weightiest words and phrases, each once whatever its case."""
    once = {reason.words.casefold(): reason.words for reason in reversed(_sorted(reasons))}
    return tuple(reversed(once.values()))[:MOST]


def _keyword_reasons(
    prior: Prior, doc: Doc, hits: Iterable[tuple[int, int, int]], column: int
) -> list[Reason]:
    """The code's keywords in the segment."""
    return [
        Reason(printable(doc[first:last].text), float(prior.rarity[cue]), True, place)
        for cue, first, last in hits
        if prior.keywords.owner[cue] == column
        for place in [_place(doc, first, last)]
    ]


class _Likeness:
    """What each word of a segment adds to its likeness, by TF-IDF and in latent space."""

    def __init__(self, prior: Prior, doc: Doc, words: sparse.csr_matrix, share: float) -> None:
        self._prior = prior
        self._doc = doc
        self._share = share
        self._grams, self._values = words.indices, words.data
        self._terms = prior.space.terms[self._grams]
        latent = self._values @ self._terms
        self._length = float(np.linalg.norm(latent)) or 1.0

    def words(self, column: int, entry: Mapping[int, float]) -> list[Reason]:
        """The words that add most to a code's likeness, stop words left out."""
        prior = self._prior
        latent = self._terms @ prior.directions[column] / self._length
        alike = np.array([entry.get(gram, 0.0) for gram in self._grams])
        weights = self._share * self._values * (WORDS * alike + MEANING * latent)
        added: dict[str, float] = {}
        for gram, weight in zip(self._grams, weights, strict=True):
            stems = prior.space.names[gram].split(" ")
            for stem in stems:
                added[stem] = added.get(stem, 0.0) + float(weight) / len(stems)
        stop = prior.keywords.english.stop_stems
        return [
            Reason(printable(token.text), added[token.norm_], False, place)
            for token in self._doc
            if added.get(token.norm_, 0.0) >= WORTH_NAMING and token.norm_ not in stop
            for place in [_place(self._doc, token.i, token.i + 1)]
        ]


def _place(doc: Doc, first: int, last: int) -> Span:
    words = doc[first:last]
    return Span(words.start_char, words.end_char)


def _sorted(reasons: Iterable[Reason]) -> list[Reason]:
    return sorted(reasons, key=lambda r: (not r.keyword, -r.weight, r.place, r.words))
