"""Exact words and context that let a coding be found again, and any drift be noticed."""

from __future__ import annotations

from dataclasses import dataclass

from commonplace.domain.span import Span

CONTEXT = 32
"""Code points of context kept on each side of a coded segment."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words of a span and up to `CONTEXT` code points on each side of it."""

    exact: str
    prefix: str
    suffix: str

    def holds(self, text: str, span: Span) -> bool:
        """Whether these words stand at `span` in `text`, with this context around them."""
        return anchor(text, span) == self


def anchor(text: str, span: Span) -> Anchor:
    """The anchor of `span`. Raises `ValueError` when the text ends before the span does."""
    if span.end > len(text):
        raise ValueError(f"the text ends at {len(text)}, before {span.end}")
    return Anchor(
        exact=text[span.start : span.end],
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )
