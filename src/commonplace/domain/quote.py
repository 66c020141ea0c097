"""A coded passage as a quote: its context, and the words as a report may print them."""

from __future__ import annotations

from collections.abc import Iterable

from commonplace.domain.span import Span

CONTEXT = 200
"""Code points of context that a quote shows on each side, at most."""

OMITTED = "[…]"
"""Stands in a published quote for what others say in between."""


def context(text: str, span: Span, within: Span) -> tuple[str, str]:
    """Up to `CONTEXT` code points before and after `span` that lie in `within`.

    `within` reaches from the first turn of the quote to the last. A side on which the span
    reaches beyond it has no context.
    """
    before = text[max(within.start, span.start - CONTEXT) : span.start]
    after = text[span.end : min(within.end, span.end + CONTEXT)]
    return before, after


def published(text: str, span: Span, speeches: Iterable[tuple[Span, bool]]) -> str:
    """The speech in `span` that is wanted: labels, time stamps and what is in no turn left out.

    `speeches` are the spoken parts of the turns, in order, each with whether it is wanted. What
    is said between wanted speech and is not wanted itself becomes `OMITTED`; at the ends it
    leaves no trace. Speech of several turns is joined by a space; line breaks within a turn stay.
    """
    said = ""
    omitted = False
    for speech, wanted in speeches:
        part = speech.clip(span)
        words = "" if part is None else text[part.start : part.end].strip()
        if not words:
            continue
        if wanted:
            between = f" {OMITTED} " if omitted else " "
            said = f"{said}{between}{words}" if said else words
        omitted = not wanted
    return said
