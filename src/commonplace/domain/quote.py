"""A coded passage as a quote: its context, and the words as a report may print them."""

from __future__ import annotations

from collections.abc import Sequence

from commonplace.domain.span import Span

CONTEXT = 200
"""Code points of context that a quote shows on each side, at most."""

BREAK = "\n\n"
"""What stands between two turns in a published quote where the text has more than white space."""


def context(text: str, span: Span, within: Span) -> tuple[str, str]:
    """Up to `CONTEXT` code points before and after `span` that lie in `within`.

    `within` reaches from the first turn of the quote to the last. A side on which the span
    reaches beyond it has no context.
    """
    before = text[max(within.start, span.start - CONTEXT) : span.start]
    after = text[span.end : min(within.end, span.end + CONTEXT)]
    return before, after


def published(text: str, span: Span, speeches: Sequence[Span]) -> str:
    """The speech in `span` alone: labels, time stamps and whatever is in no turn left out.

    `speeches` are the spoken parts of the turns, in order. The white space between two turns
    stays as it is.
    """
    said, last = "", None
    for speech in speeches:
        part = speech.clip(span)
        if part is None:
            continue
        if last is not None:
            said += _between(text[last.end : part.start])
        said += text[part.start : part.end]
        last = part
    return said


def _between(gap: str) -> str:
    """The white space at the beginning of `gap`: before a label, or before what is no speech."""
    blank = gap[: len(gap) - len(gap.lstrip())]
    return blank or BREAK
