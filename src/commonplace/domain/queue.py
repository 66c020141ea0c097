"""In which order a person is asked about suggestions. Standard library only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log

from commonplace.domain.suggestion import Suggestion

ORDERS = ("confidence", "uncertain", "document")

ALIKE = 0.5
"""What a suggestion is worth beside one from the same transcript and of the same code that is
asked about before it; beside two, the square of it, and so on."""


def queue(
    suggestions: Iterable[Suggestion],
    order: str = "confidence",
    examples: Mapping[str, int] | None = None,
) -> list[Suggestion]:
    """The suggestions, which come in order of document and place, in the order asked for.

    "confidence": the surest first. "uncertain": first what would teach most, which is what is
    doubtful, of a code with few `examples` (codings so far, by code), and unlike what is asked
    before. "document": as they come. Raises `ValueError` for any other order.
    """
    found = list(suggestions)
    if order == "document":
        return found
    if order == "confidence":
        return sorted(found, key=lambda one: -one.score)
    if order != "uncertain":
        raise ValueError(f"no such order: {order}; there are {', '.join(ORDERS)}")
    examples = examples or {}
    worth = [(doubt(one.score) / (examples.get(one.code, 0) + 2), one) for one in found]
    asked: dict[tuple[str, str], int] = {}
    ranked = []
    for value, one in sorted(worth, key=lambda pair: -pair[0]):
        place = (one.document, one.code)
        ranked.append((value * ALIKE ** asked.get(place, 0), one))
        asked[place] = asked.get(place, 0) + 1
    return [one for _, one in sorted(ranked, key=lambda pair: -pair[0])]


def doubt(score: float) -> float:
    """The entropy of a confidence, in nats: greatest at 0.5, nothing at 0 and 1."""
    if not 0 < score < 1:
        return 0.0
    return -(score * log(score) + (1 - score) * log(1 - score))
