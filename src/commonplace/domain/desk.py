"""What the quote desk knows of a passage: marks, consent, its published version, its uses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from commonplace.domain.span import Span

OPEN = "open"
"""An embargo without a day on which it ends."""


class Mark(StrEnum):
    """What the desk says of a passage with one word; each may stand beside the others."""

    STAR = "star"
    SHORTLIST = "shortlist"
    CLEAR = "clear"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Use:
    """Where a quote was printed or shown, and in what words."""

    id: str
    quote: str
    place: str
    words: str
    coder: str
    used_at: str
    """ISO 8601, UTC; when it was noted."""


@dataclass(frozen=True, slots=True)
class Override:
    """The decision that a published version may be used though it fails the check."""

    reason: str
    coder: str
    at: str
    """ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class DeskQuote:
    """A passage on the desk. It is the same whatever codes it has."""

    id: str
    document: str
    span: Span
    marks: frozenset[Mark]
    embargo: str | None
    """The day (ISO 8601) before which it must not be used, `OPEN`, or None."""
    note: str
    published: str | None
    """Its published version; None: the words as they were said."""
    published_by: str | None
    published_at: str | None
    override: Override | None
    consent_quote: bool | None
    """What was agreed for this passage alone; None: what holds for the participant."""
    consent_name: bool | None
    consent_audio: bool | None
    uses: tuple[Use, ...] = ()

    def embargoed(self, today: str) -> bool:
        """Whether it must not be used on that day (ISO 8601)."""
        return self.embargo is not None and (self.embargo == OPEN or today < self.embargo)
