"""Counting words: a word is a run of characters without white space, as word processors count.

A word belongs to a span when its first code point lies in it, so that the parts of a text that
are counted apart add up to the whole.
"""

from __future__ import annotations

from collections.abc import Iterable

from commonplace.domain.span import Span


def count_words(text: str) -> int:
    """How many words stand in `text`."""
    return len(text.split())


def words_beginning_in(text: str, span: Span, *, floor: int = 0) -> int:
    """How many words begin inside `span`; `floor` is where the speech around it begins.

    A word cut by the left edge belongs to what stands before it, unless the edge is `floor`.
    """
    count = len(text[span.start : span.end].split())
    cut = (
        span.start > floor and not text[span.start].isspace() and not text[span.start - 1].isspace()
    )
    return count - 1 if cut else count


def words_in(text: str, spans: Iterable[Span]) -> int:
    """How many words begin inside any of `spans`, which must not overlap (see `span.union`)."""
    return sum(words_beginning_in(text, span) for span in spans)
