"""What the machine proposes: a code for a span, how sure it is, and why."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum

from commonplace.domain.span import Span

NAMESPACE = uuid.UUID("0c6f7f0e-35b4-5d51-8a0b-2a6d5f3f6a10")


class Verdict(StrEnum):
    """What a person decided about a suggestion."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


class Band(StrEnum):
    """How sure a suggestion is, in words; digits would promise more than a cold start knows."""

    LIKELY = "likely"
    MAYBE = "maybe"
    WEAK = "weak"


LIKELY_FROM = 0.6
MAYBE_FROM = 0.35


def percent(score: float) -> int:
    """A score between 0 and 1 in per cent, as it is shown: nothing is certain."""
    return min(99, round(100 * score))


def band(score: float) -> Band:
    """The word for a score between 0 and 1, going by its per cents."""
    if percent(score) >= 100 * LIKELY_FROM:
        return Band.LIKELY
    return Band.MAYBE if percent(score) >= 100 * MAYBE_FROM else Band.WEAK


def suggestion_id(document: str, span: Span, code: str) -> str:
    """The identity of a suggestion (UUIDv5): the same whenever the same thing is proposed."""
    return str(uuid.uuid5(NAMESPACE, f"{document}\n{span.start}\n{span.end}\n{code}"))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed coding: never one by itself. `score` is a confidence from 0 to 1."""

    document: str
    span: Span
    code: str
    score: float
    reasons: tuple[str, ...] = ()
    """The words that caused it, weightiest first."""

    @property
    def id(self) -> str:
        """See `suggestion_id`."""
        return suggestion_id(self.document, self.span, self.code)

    @property
    def band(self) -> Band:
        """See `band`."""
        return band(self.score)
