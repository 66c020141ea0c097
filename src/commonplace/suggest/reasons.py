"""Why a code was proposed: the words of the segment that weighed, from the score's own weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from commonplace.domain.span import Span
from commonplace.suggest.prior import MEANING, WORDS, Prior, likeness_share
from commonplace.suggest.segments import Segment
from commonplace.suggest.text import surface

if TYPE_CHECKING:
    from spacy.tokens import Doc

MOST = 4
"""Words and phrases given for one suggestion: a line, no essay."""

WORTH_NAMING = 0.15
"""Least contribution to the log-odds for a word that is no keyword."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A word or phrase as it stands in the segment, and what it added to the log-odds."""

    words: str
    weight: float
    keyword: bool
    place: Span
    """In the segment's own text."""


def explain(prior: Prior, segment: Segment, columns: Sequence[int]) -> dict[int, list[Reason]]:
    """The reasons for each of these codes, keyword hits first, weightiest first.

    A code for which no word of the segment speaks has none.
    """
    keywords = prior.keywords
    doc = keywords.english.turn([segment])
    hits = keywords.hits(doc)
    likeness = _Likeness(prior, doc)
    found: dict[int, list[Reason]] = {}
    for column in columns:
        reasons = [
            Reason(surface(doc.text, place), float(prior.rarity[phrase]), True, place)
            for phrase, first, last in hits
            if keywords.owners[phrase, column]
            for place in [_place(doc, first, last)]
        ]
        reasons = [reason for reason in reasons if not _inside_another(reason, reasons)]
        said = [reason.place for reason in reasons]
        for reason in likeness.words(column):
            if not any(place.overlaps(reason.place) for place in said):
                reasons.append(reason)
        found[column] = _sorted(reasons)
    return found


def shortest(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """The weightiest words and phrases, each once whatever its case."""
    once = {reason.words.casefold(): reason.words for reason in reversed(_sorted(reasons))}
    return tuple(reversed(once.values()))[:MOST]


class _Likeness:
    """What each word of a segment adds to its likeness, by TF-IDF and in latent space."""

    def __init__(self, prior: Prior, doc: Doc) -> None:
        self._prior = prior
        self._doc = doc
        english = prior.keywords.english
        stems = english.stems(doc)
        self._share = float(likeness_share(np.array([len(stems)], dtype=np.float32))[0])
        self._row = prior.space.words([stems]).tocoo()
        latent = self._row @ prior.space.components.T
        self._length = float((latent**2).sum()) ** 0.5 or 1.0

    def words(self, column: int) -> list[Reason]:
        prior, english = self._prior, self._prior.keywords.english
        entry = prior.entries[[column]].toarray()[0]
        direction = prior.directions[column]
        added: dict[str, float] = {}
        names = prior.space.names
        for gram, value in zip(self._row.col, self._row.data, strict=True):
            latent = float(prior.space.components[:, gram] @ direction) / self._length
            weight = self._share * float(value) * (WORDS * entry[gram] + MEANING * latent)
            stems = names[gram].split(" ")
            for stem in stems:
                added[stem] = added.get(stem, 0.0) + float(weight) / len(stems)
        return [
            Reason(surface(self._doc.text, place), added[token.norm_], False, place)
            for token in self._doc
            if added.get(token.norm_, 0.0) >= WORTH_NAMING and token.norm_ not in english.stop_stems
            for place in [_place(self._doc, token.i, token.i + 1)]
        ]


def _place(doc: Doc, first: int, last: int) -> Span:
    words = doc[first:last]
    return Span(words.start_char, words.end_char)


def _inside_another(reason: Reason, reasons: Iterable[Reason]) -> bool:
    """Whether the phrase is part of a longer one: "home" in "nursing home"."""
    place = reason.place
    return any(
        other.place != place and other.place.start <= place.start and place.end <= other.place.end
        for other in reasons
    )


def _sorted(reasons: Iterable[Reason]) -> list[Reason]:
    return sorted(reasons, key=lambda r: (not r.keyword, -r.weight, r.place, r.words))
