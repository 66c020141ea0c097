"""Which passages are most like some others, by the words they share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import log, sqrt

_WORD = re.compile(r"[^\W\d_]{3,}")

COMMON = 0.5
"""Words that stand in more than this share of the passages say nothing about any of them."""


def likeness(passages: Mapping[str, str], chosen: AbstractSet[str]) -> dict[str, float]:
    """How much each passage that is not `chosen` is like those that are, 0–1.

    The cosine between a passage's words and the sum of those of the chosen ones, each word
    weighed by log(1 + count) and by its rarity among all passages, log(n / n with the word)
    (tf-idf: Salton & Buckley 1988). Passages by id; words of three letters or more.
    """
    counts = {key: Counter(_words(text)) for key, text in passages.items()}
    spread = Counter(word for words in counts.values() for word in words)
    most = max(2.0, COMMON * len(passages))
    rarity = {
        word: log((1 + len(passages)) / number) for word, number in spread.items() if number <= most
    }
    vectors = {
        key: _unit({w: log(1 + n) * rarity[w] for w, n in words.items() if w in rarity})
        for key, words in counts.items()
    }
    wanted: Counter[str] = Counter()
    for key in chosen & vectors.keys():
        wanted.update(vectors[key])
    aim = _unit(wanted)
    return {
        key: sum(weight * aim.get(word, 0.0) for word, weight in vector.items())
        for key, vector in vectors.items()
        if key not in chosen
    }


def most_like(passages: Mapping[str, str], chosen: AbstractSet[str], number: int) -> list[str]:
    """The `number` passages most like those chosen, the likest first; those that share no
    telling word with them are never among them."""
    alike = likeness(passages, chosen)
    found = sorted((key for key, share in alike.items() if share > 0), key=lambda key: -alike[key])
    return found[:number]


def _words(text: str) -> Sequence[str]:
    return _WORD.findall(text.casefold())


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items()} if length else {}
