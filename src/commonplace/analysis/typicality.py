"""How typical a quote is of what was coded with a theme, by the words in it.

Each passage is a list of weighted words: 1 + ln(count in the passage), times how rare the word is
among all coded passages, ln((1 + passages) / (1 + passages with it)) (tf-idf: Spärck Jones 1972,
Salton & Buckley 1988), scaled to length 1. Each person has a mean of their passages; the centre of
a theme is the mean of these means (Rocchio 1971), so that whoever says most does not define it.
The typicality of a passage is its cosine with the centre of all *other* people's (of their other
passages, where nobody else speaks of it): 0 nothing in common, 1 the same words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

from commonplace.domain.published.vocabulary import FILLED_PAUSES

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Typical:
    """How typical a passage is, 0–1, and the share of its theme's passages that are less so."""

    value: float
    above: float


def rarity(passages: Iterable[Iterable[str]]) -> Weights:
    """How much each word tells: of the words of all passages, the fewer have it the more."""
    having: Counter[str] = Counter()
    count = 0
    for words in passages:
        having.update(set(words))
        count += 1
    return {word: log((1 + count) / (1 + found)) for word, found in having.items()}


def weighted(words: Sequence[str], rare: Weights) -> Weights:
    """A passage's words, weighted, of length 1; empty when none of them tells anything."""
    raw = {
        word: (1 + log(count)) * rare.get(word, 0.0)
        for word, count in Counter(words).items()
        if len(word) > 1 and word not in FILLED_PAUSES
    }
    length = sqrt(sum(value * value for value in raw.values()))
    return {word: value / length for word, value in raw.items() if value} if length else {}


def likeness(one: Weights, other: Weights) -> float:
    """How alike two weighted passages are: their cosine, 0–1."""
    if len(one) > len(other):
        one, other = other, one
    return min(1.0, sum(value * other[word] for word, value in one.items() if word in other))


def typicality(passages: Sequence[Weights], people: Sequence[str]) -> list[Typical]:
    """How typical each passage of a theme is; `people` say who speaks in it, in step."""
    means: dict[str, Weights] = {}
    count = Counter(people)
    for words, person in zip(passages, people, strict=True):
        _add(means.setdefault(person, {}), words, 1 / count[person])
    centre: Weights = {}
    for mean in means.values():
        _add(centre, mean, 1.0)
    square = sum(value * value for value in centre.values())
    rests: dict[str, float] = {}
    values = []
    for words, person in zip(passages, people, strict=True):
        own = means[person]
        if len(means) == 1:
            own = {word: value / count[person] for word, value in words.items()}
            rest = _rest(centre, square, own)
        elif person in rests:
            rest = rests[person]
        else:
            rest = rests[person] = _rest(centre, square, own)
        towards = sum(value * (centre[word] - own.get(word, 0.0)) for word, value in words.items())
        # Rounded, so that what is alike but for the order of additions is alike.
        values.append(max(0.0, min(1.0, round(towards / rest, 9))) if rest else 0.0)
    ordered = sorted(values)
    below = {value: place for place, value in reversed(list(enumerate(ordered)))}
    return [Typical(value, below[value] / max(1, len(values) - 1)) for value in values]


def _rest(centre: Weights, square: float, own: Weights) -> float:
    """The length of the centre from which `own` is taken; 0 where nothing is left."""
    both = sum(centre[word] * value for word, value in own.items())
    left = square - 2 * both + sum(value * value for value in own.values())
    return sqrt(left) if left > 1e-12 else 0.0


def _add(into: Weights, words: Weights, share: float) -> None:
    for word, value in words.items():
        into[word] = into.get(word, 0.0) + value * share
