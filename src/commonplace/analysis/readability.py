"""How well a passage reads by itself: its length, and whether it is whole sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commonplace.domain.published import Spoken
from commonplace.domain.sentences import written_sentences
from commonplace.domain.span import Span
from commonplace.domain.words import count_words

SHORT, LONG = 12, 70
"""Words between which a quote is neither a scrap nor a page."""
TOO_LONG = 250
"""Words from which a quote is no longer one."""

CUT = 0.7
"""What is left of a passage's value for each end that is inside a sentence."""
UNHEARD = 0.5
"""What is left where a word could not be heard."""

_REMARKS = ("[inaudible", "[unclear", "[indistinct", "(inaudible", "(unclear", "[crosstalk")


@dataclass(frozen=True, slots=True)
class Readable:
    """How well a passage reads, 0–1, and why, in words."""

    value: float
    words: int
    said: str


def readable(text: str, speech: Sequence[Spoken], turns: Sequence[Span]) -> Readable:
    """Judges what is said in a passage of `text`; `turns` are the whole turns that `speech` is of,
    in step.

    The value is 1 between `SHORT` and `LONG` words, less in proportion below, and falls to 0 at
    `TOO_LONG`; `CUT` times that for each end inside a sentence, `UNHEARD` times for a word missed.
    A measure of our own, to put quotes in an order; no formula for reading ease, which are made for
    written prose, is in it.
    """
    said = [text[part.span.start : part.span.end] for part in speech]
    words = sum(map(count_words, said))
    if not speech or not words:
        return Readable(0.0, 0, "nothing is said")
    value = min(1.0, words / SHORT)
    if words > LONG:
        value = max(0.0, (TOO_LONG - words) / (TOO_LONG - LONG))
    begins = _begins(text, turns[0], speech[0].span)
    ends = _ends(text, turns[-1], speech[-1].span)
    value *= CUT ** ((not begins) + (not ends))
    notes = ["1 word" if words == 1 else f"{words} words"]
    cut = ["at the beginning"] * (not begins) + ["at the end"] * (not ends)
    notes.append(f"cut {' and '.join(cut)}" if cut else "whole sentences")
    if any(remark in part.casefold() for part in said for remark in _REMARKS):
        value *= UNHEARD
        notes.append("with words not heard")
    return Readable(value, words, ", ".join(notes))


def _begins(text: str, turn: Span, part: Span) -> bool:
    """Whether a sentence begins where the passage does."""
    start = part.start
    while start < part.end and text[start].isspace():
        start += 1
    found = written_sentences(text[turn.start : turn.end])
    return any(turn.start + sentence.start == start for sentence in found)


def _ends(text: str, turn: Span, part: Span) -> bool:
    """Whether a sentence ends where the passage does, or with the punctuation behind it."""
    end = part.end
    while end > part.start and text[end - 1].isspace():
        end -= 1
    for sentence in written_sentences(text[turn.start : turn.end]):
        stop = turn.start + sentence.end
        if stop >= end:
            return not any(map(str.isalnum, text[end:stop]))
    return False
