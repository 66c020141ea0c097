"""Why a code was proposed: the words of the segment that weighed, from the score's own weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from commonplace.domain.span import Span
from commonplace.suggest.model import Model
from commonplace.suggest.prior import MEANING, PARTS, WORDS, Prior, likeness_share
from commonplace.suggest.segments import Segment
from commonplace.suggest.text import printable

if TYPE_CHECKING:
    from spacy.tokens import Doc

MOST = 4
"""Words and phrases given for one suggestion: a line, no essay."""

WORTH_NAMING = 0.1
"""Least contribution to the log-odds for a word that is no keyword."""

_WORDS, _MEANING = PARTS.index("words"), PARTS.index("meaning")


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
    prior: Prior, model: Model, found: Sequence[Segment], wanted: Mapping[int, Sequence[int]]
) -> Iterator[tuple[int, dict[int, list[Reason]]]]:
    """For each position among the segments: the reasons for the codes (columns) wanted there.

    Keyword hits come first, the weightiest of each kind first. A code for which no word of the
    segment speaks has an empty list.
    """
    keywords = prior.keywords
    english = keywords.english
    docs = {row: english.turn([found[row]]) for row in wanted}
    stems = [english.stems(doc) for doc in docs.values()]
    words = prior.space.words(stems)
    shares = likeness_share(np.array([len(each) for each in stems], dtype=np.float32))
    entries = [dict(zip(entry.indices, entry.data, strict=True)) for entry in prior.entries]
    kinds = model.learnt.weights()
    for number, (row, doc) in enumerate(docs.items()):
        tokens = [(t.i, t.norm_) for t in doc if t.norm_ not in english.stop_stems]
        likeness = _Likeness(
            prior, model, doc, tokens, kinds=kinds, words=words[number], share=float(shares[number])
        )
        hits = keywords.hits(doc)
        reasons = {}
        for column in wanted[row]:
            said = _keyword_reasons(prior, keywords.owner, doc, hits, column)
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
    prior: Prior,
    owner: Sequence[int],
    doc: Doc,
    hits: Iterable[tuple[int, int, int]],
    column: int,
) -> list[Reason]:
    """The keywords in the segment of the code and, since these speak for it, of those below."""
    columns = {column, *prior.below.get(column, ())}
    return [
        Reason(printable(doc[first:last].text), float(prior.usual.rarity[cue]), True, place)
        for cue, first, last in hits
        if owner[cue] in columns
        for place in [_place(doc, first, last)]
    ]


class _Likeness:
    """What each word of a segment adds to the log-odds: by its likeness to the codebook, in
    TF-IDF and in latent space, and by what was learnt of it, of its spelling and its meaning."""

    def __init__(
        self,
        prior: Prior,
        model: Model,
        doc: Doc,
        tokens: Sequence[tuple[int, str]],
        *,
        kinds: NDArray[np.float64],
        words: sparse.csr_matrix,
        share: float,
    ) -> None:
        self._prior = prior
        self._model = model
        self._kinds = kinds
        self._doc = doc
        self._tokens = tokens
        self._share = share
        self._grams, self._values = words.indices, words.data
        self._terms = prior.space.terms[self._grams]
        latent = self._values @ self._terms
        self._length = float(np.linalg.norm(latent)) or 1.0
        self._shapes = prior.space.shapes[self._grams]
        spelt = self._shapes.T @ self._values
        self._spelt = float(np.linalg.norm(spelt)) or 1.0

    def words(self, column: int, entry: Mapping[int, float]) -> list[Reason]:
        """The words that add most to the log-odds, stop words left out."""
        prior = self._prior
        added: dict[str, float] = {}
        for gram, weight in zip(self._grams, self._weights(column, entry), strict=True):
            stems = prior.space.names[gram].split(" ")
            for stem in stems:
                added[stem] = added.get(stem, 0.0) + float(weight) / len(stems)
        return [
            Reason(printable(self._doc[number].text), added[stem], False, place)
            for number, stem in self._tokens
            if added.get(stem, 0.0) >= WORTH_NAMING
            for place in [_place(self._doc, number, number + 1)]
        ]

    def _weights(self, column: int, entry: Mapping[int, float]) -> NDArray[np.float64]:
        """What each n-gram of the segment adds."""
        latent = self._terms @ self._prior.directions[column] / self._length
        alike = np.array([entry.get(gram, 0.0) for gram in self._grams])
        by_words, by_meaning = self._kinds[_WORDS, column], self._kinds[_MEANING, column]
        weights = self._share * (WORDS * by_words * alike + MEANING * by_meaning * latent)
        learnt, place = self._model.weights, self._model.place(column)
        if learnt is not None and place is not None:
            weights = weights + learnt.words[self._grams, place]
            weights += self._terms @ learnt.meaning[:, place] / self._length
            weights += self._shapes @ learnt.spelling[:, place] / self._spelt
        return np.asarray(self._values * weights)


def _place(doc: Doc, first: int, last: int) -> Span:
    words = doc[first:last]
    return Span(words.start_char, words.end_char)


def _sorted(reasons: Iterable[Reason]) -> list[Reason]:
    return sorted(reasons, key=lambda r: (not r.keyword, -r.weight, r.place, r.words))
