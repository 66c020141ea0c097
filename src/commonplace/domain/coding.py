"""A code applied to a segment, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from commonplace.domain.anchor import Anchor
from commonplace.domain.span import Span


class Origin(StrEnum):
    """Where a coding came from. A machine alone never makes one."""

    MANUAL = "manual"
    ACCEPTED = "accepted"
    EDITED = "edited"
    AUTOCODE = "autocode"
    IMPORTED = "imported"
    CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class Coding:
    """A code applied to a span of a document by a coder.

    `score` (0–1) and `reasons` are those of the suggestion it grew from, if any.
    """

    id: str
    document: str
    span: Span
    code: str
    coder: str
    origin: Origin
    anchor: Anchor
    coded_at: datetime
    score: float | None = None
    reasons: tuple[str, ...] = ()
    suggestion: str | None = None
