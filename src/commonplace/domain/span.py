"""Stretches of a transcript's text, in code points, and arithmetic on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch `[start, end)` of a stored text, in Unicode code points; never empty.

    Raises `ValueError` when it starts before 0 or does not end after its start.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.end <= self.start:
            raise ValueError(f"no such stretch of text: {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def clip(self, other: Span) -> Span | None:
        """The part of this span that lies inside `other`, if any."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None


def union(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans merged where they overlap or touch, in order: each code point once."""
    merged: Span | None = None
    for span in sorted(spans):
        if merged is None:
            merged = span
        elif span.start <= merged.end:
            if span.end > merged.end:
                merged = Span(merged.start, span.end)
        else:
            yield merged
            merged = span
    if merged is not None:
        yield merged


def trim(text: str, span: Span) -> Span | None:
    """`span` without white space at its ends; None when nothing else is in it."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - len(words) + len(words.rstrip())
    return Span(start, end) if start < end else None
