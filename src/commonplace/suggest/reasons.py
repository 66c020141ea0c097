"""Why a code was proposed: the words of the segment that weighed, from the score's own weights."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from commonplace.domain.span import Span
from commonplace.suggest.corpus import Corpus
from commonplace.suggest.features import Space
from commonplace.suggest.inputs import SENSE_SCALE
from commonplace.suggest.keywords import Keywords
from commonplace.suggest.model import Model
from commonplace.suggest.prior import (
    ANY_HIT,
    BELOW,
    DISTINCT_HITS,
    LENGTH,
    MEANING,
    PARTS,
    RARITY,
    SENSE,
    WORDS,
    Prior,
    likeness_share,
)
from commonplace.suggest.text import printable

if TYPE_CHECKING:
    from spacy.tokens import Doc

FEW = 4
"""Words and phrases given for one suggestion in any case: a line, no essay."""
MOST = 8
"""Given where it takes as many to account for half of the score."""

WORTH_NAMING = 0.1
"""Least contribution to the log-odds from which a word that is no keyword is a reason."""
WORTH_ADDING = 0.02
"""The same for a word that is named only beside others, to account for half of the score."""

CARRIED = 1 / 3
"""Share of what is to be accounted for, in log-odds, from which words carry a suggestion: what is
told of each word leaves out what stop words and the order of words add."""

COMMON_FROM = 0.1
"""Share of the segments from which on a word that is no keyword is no reason."""
MANY = 100
"""Segments from which on that share can be told."""

_WORDS, _MEANING, _BELOW = (PARTS.index(part) for part in ("words", "meaning", "below"))


@dataclass(frozen=True, slots=True)
class Reason:
    """A word or phrase as it stands in the segment; `weight` is what it adds to the log-odds."""

    words: str
    weight: float
    keyword: bool
    place: Span
    """In the segment's words with single spaces between them."""


class Explainer:
    """Tells why a model proposes codes; made once for a model, and asked about any segments."""

    def __init__(self, prior: Prior, model: Model, corpus: Corpus) -> None:
        self.prior = prior
        self.model = model
        self._corpus = corpus
        self._kinds = model.learnt.weights()
        self.entries = [dict(zip(row.indices, row.data, strict=True)) for row in prior.entries]
        """Of each code's entry: the TF-IDF of the n-grams in it, by their columns."""
        self.common = _common(prior.space, len(corpus))

    def explain(
        self, wanted: Mapping[int, Mapping[int, float]], parts: NDArray[np.float32]
    ) -> Iterator[tuple[int, dict[int, list[Reason]]]]:
        """For each row of the corpus: the reasons for the codes (columns) wanted there.

        `wanted` says for each code how much of the log-odds the words should account for, if they
        can; `parts` is the codebook's evidence for these segments, in the order of `wanted`.
        Keyword hits come first, the weightiest of each kind first. A code for which no word of the
        segment speaks by `WORTH_NAMING` at least, or whose words do not carry it, has none.
        """
        keywords = self.prior.keywords
        docs = {row: keywords.english.turn([self._corpus.text(row)]) for row in wanted}
        stems = [keywords.english.stems(doc) for doc in docs.values()]
        grams = self.prior.space.words(stems)
        shares = likeness_share(np.array([len(each) for each in stems], dtype=np.float32))
        for number, (row, doc) in enumerate(docs.items()):
            begin, end = grams.indptr[number : number + 2]
            words = _Words(
                self,
                keywords,
                doc,
                grams=grams.indices[begin:end],
                values=grams.data[begin:end],
                share=float(shares[number]),
            )
            evidence = parts[:_BELOW, number].sum(axis=0)
            yield (
                row,
                {
                    column: _named(
                        _speaking(words, column, self._kinds[:, column], evidence, needed)
                    )
                    for column, needed in wanted[row].items()
                },
            )


@dataclass(frozen=True, slots=True)
class _Group:
    """What speaks for a code in one way, by its own words or through a code below it: what that
    `holds` up of the log-odds, and how much thereof its words are to account for."""

    reasons: list[Reason]
    needed: float
    holds: float = 0.0


def _speaking(
    words: _Words,
    column: int,
    kinds: NDArray[np.float64],
    evidence: NDArray[np.float32],
    needed: float,
) -> list[_Group]:
    """A code's own words; and those of every code below it that would by itself hold up more of
    its score than is to be accounted for, the strongest first."""
    groups = [_Group(words.reasons(column, kinds), needed)]
    below = words.prior.below.get(column, [])
    share = BELOW * float(kinds[_BELOW])
    if below and share > 0:
        strongest = max(0.0, float(evidence[below].max()))
        level = max(0.0, strongest - needed / share)
        for other in sorted(below, key=lambda other: (-float(evidence[other]), other)):
            if evidence[other] > level:
                said = words.reasons(other, None, share)
                holds = share * float(evidence[other])
                groups.append(_Group(said, holds - share * level, holds))
    return groups


def _named(groups: Sequence[_Group]) -> list[Reason]:
    """The words to name: of each group the weightiest, `FEW` in all; more of them, and others than
    weighty ones, only until they account for what is needed.

    None where the words that are named do not carry the suggestion: what any sentence would be
    proposed for, because the code is frequent, is proposed for no sentence. (Where nothing tells
    segments apart, the best F-measure is that of proposing a code for all: Lipton et al. 2014.)
    """
    found: dict[str, Reason] = {}
    accounted = [0.0] * len(groups)
    for number, group in enumerate(groups):
        for reason in once(group.reasons):
            worthy = len(found) < FEW and (reason.keyword or reason.weight >= WORTH_NAMING)
            if len(found) == MOST or not (worthy or accounted[number] < group.needed):
                break
            found.setdefault(reason.words.casefold(), reason)
            accounted[number] += reason.weight
    left = [each.holds - done for each, done in zip(groups, accounted, strict=True)]
    carried = accounted[0] + max(each.holds for each in groups) - max([0.0, *left[1:]])
    named = _sorted(found.values())
    telling = any(reason.keyword or reason.weight >= WORTH_NAMING for reason in named)
    needed = groups[0].needed
    return named if telling and carried >= CARRIED * needed else []


def once(reasons: Iterable[Reason]) -> list[Reason]:
    """The weightiest first, each once whatever its case."""
    found: dict[str, Reason] = {}
    for reason in _sorted(reasons):
        found.setdefault(reason.words.casefold(), reason)
    return list(found.values())


def _common(space: Space, segments: int) -> frozenset[str]:
    """The stems that stand in so many segments that they explain nothing: the function words of
    any language."""
    if segments < MANY:
        return frozenset()
    share = np.exp(1 - space.rarity)  # as TF-IDF has it, smoothed
    return frozenset(space.names[column] for column in np.flatnonzero(share >= COMMON_FROM))


class _Words:
    """What each word of a segment adds to the log-odds: as a keyword, by its likeness to the
    codebook, in TF-IDF and in latent space, and by what was learnt of it, of its spelling and its
    meaning.

    `grams` are the columns of the segment's TF-IDF, `values` what stands there, and `share` is the
    weight that likeness has in a sentence of its length.
    """

    def __init__(
        self,
        explainer: Explainer,
        keywords: Keywords,
        doc: Doc,
        *,
        grams: NDArray[np.int32],
        values: NDArray[np.float32],
        share: float,
    ) -> None:
        self.prior = prior = explainer.prior
        self._model = explainer.model
        self._doc = doc
        self._entries = explainer.entries
        self._hits = keywords.hits(doc)
        self._owner = keywords.owner
        unnamed = (keywords.english.stop_stems, explainer.common)
        self._tokens = [
            (token.i, token.norm_)
            for token in doc
            if not any(token.norm_ in stems for stems in unnamed)
        ]
        self._share = share
        self._grams, self._values = grams, values
        self._stems = [prior.space.names[gram].split(" ") for gram in self._grams]
        self._terms = prior.space.terms[self._grams]
        latent = self._values @ self._terms
        self._length = float(np.linalg.norm(latent)) or 1.0

    @cached_property
    def _spelling(self) -> sparse.csr_matrix:
        """The characters of each n-gram, as they count in the segment's spelling."""
        shapes = self.prior.space.shapes[self._grams]
        length = float(np.linalg.norm(shapes.T @ self._values)) or 1.0
        return shapes / length

    def reasons(
        self, column: int, kinds: NDArray[np.float64] | None, share: float = 1.0
    ) -> list[Reason]:
        """Keywords and other words that speak for a code, times `share`.

        `kinds` are the weights of evidence that were learnt for it; without them the codebook alone
        is asked.
        """
        said = self._keywords(column, kinds)
        places = [reason.place for reason in said]
        said += [
            reason
            for reason in self._others(column, kinds)
            if not any(reason.place.overlaps(place) for place in places)
        ]
        return [replace(reason, weight=share * reason.weight) for reason in said]

    def _keywords(self, column: int, kinds: NDArray[np.float64] | None) -> list[Reason]:
        """The code's keywords that stand there: what they add together, shared out by rarity."""
        doc = self._doc
        hits = [hit for hit in self._hits if self._owner[hit[0]] == column]
        if not hits:
            return []
        counts = {cue: float(self.prior.owners.data[cue]) for cue, _, _ in hits}
        rare = {cue: count * float(self.prior.usual.rarity[cue]) for cue, count in counts.items()}
        amount, rarity = sum(counts.values()), sum(rare.values())
        weights = (1.0, 1.0, 1.0) if kinds is None else kinds[:3]
        together = (
            weights[0] * ANY_HIT * min(1.0, amount)
            + weights[1] * DISTINCT_HITS * math.log1p(amount)
            + weights[2] * RARITY * rarity / (1 + LENGTH * math.log(max(1, len(doc))))
        )
        return [
            Reason(
                printable(doc[first:last].text),
                together * rare[cue] / rarity,
                True,
                _place(doc, first, last),
            )
            for cue, first, last in hits
        ]

    def _others(self, column: int, kinds: NDArray[np.float64] | None) -> list[Reason]:
        """The words that add most to the log-odds, stop words left out."""
        added: dict[str, float] = {}
        weights = self._weights(column, kinds).tolist()
        for stems, weight in zip(self._stems, weights, strict=True):
            for stem in stems:
                added[stem] = added.get(stem, 0.0) + weight / len(stems)
        return [
            Reason(
                printable(self._doc[number].text),
                added[stem],
                False,
                _place(self._doc, number, number + 1),
            )
            for number, stem in self._tokens
            if added.get(stem, 0.0) >= WORTH_ADDING
        ]

    def _weights(self, column: int, kinds: NDArray[np.float64] | None) -> NDArray[np.float64]:
        """What each n-gram of the segment adds."""
        latent = self._terms @ self.prior.directions[column] / self._length
        entry = self._entries[column]
        alike = np.array([entry.get(gram, 0.0) for gram in self._grams])
        by_words, by_meaning = (1.0, 1.0) if kinds is None else (kinds[_WORDS], kinds[_MEANING])
        weights = self._share * (WORDS * by_words * alike + MEANING * by_meaning * latent)
        learnt, place = self._model.weights, self._model.place(column)
        if kinds is not None and learnt is not None and place is not None:
            weights = weights + learnt.words[self._grams, place]
            weights += self._terms @ learnt.meaning[: self._terms.shape[1], place] / self._length
            weights += self._spelling @ learnt.spelling[:, place]
        return np.asarray(self._values * (weights + self._sense(column, kinds)))

    def _sense(self, column: int, kinds: NDArray[np.float64] | None) -> NDArray[np.float64]:
        """What each n-gram adds by what an encoder makes of the segments with it."""
        prior = self.prior
        if prior.glossary is None or prior.senses is None or not len(self._values):
            return np.zeros(len(self._values))
        sense = prior.glossary[self._grams].astype(np.float64)
        weight = 1.0 if kinds is None else kinds[prior.kinds.index("sense")]
        direction = weight * self._share * SENSE * prior.senses[column].astype(np.float64)
        learnt, place = self._model.weights, self._model.place(column)
        if kinds is not None and learnt is not None and place is not None:
            direction += SENSE_SCALE * learnt.meaning[self._terms.shape[1] :, place]
        return np.asarray(sense @ direction / self._values.sum())


def _place(doc: Doc, first: int, last: int) -> Span:
    words = doc[first:last]
    return Span(words.start_char, words.end_char)


def _sorted(reasons: Iterable[Reason]) -> list[Reason]:
    return sorted(reasons, key=lambda r: (not r.keyword, -r.weight, r.place, r.words))
