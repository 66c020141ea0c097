"""Where words that were coded stand in a corrected text, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from commonplace.domain.anchor import Anchor, anchor
from commonplace.domain.rewording import LONGEST, Rewording, is_inside_word
from commonplace.domain.span import Span, trim

ENOUGH = 0.5
"""Share of a passage's characters that must have stayed for its place to be sure."""

FEW = 4
"""Words that may all be others, where what stands before and after them stayed."""

BRIEF = 5
"""Words fewer than these say too little by themselves: what stands around them must agree."""

AGREES = 0.5
"""How alike two contexts must be, 0–1 (`difflib`'s ratio)."""

_REACH = range(LONGEST)


class Outcome(StrEnum):
    """What became of a passage."""

    UNMOVED = "unmoved"
    MOVED = "moved"
    """The same words at another place."""
    CHANGED = "changed"
    """Other words in the same place."""
    UNPLACED = "unplaced"


GONE = "its words are gone"
TOO_FEW = "too few of its words are left"
ELSEWHERE = "these words stand there, but all around them has changed"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a passage stands now."""

    outcome: Outcome
    span: Span | None
    """None for what could not be placed."""
    reason: str = ""
    """Why it could not."""


def place(rewording: Rewording, span: Span, words: Anchor | None = None) -> Placement:
    """Where the passage at `span` of the older text stands in the newer one.

    `words` is what was noted of it when it was coded: where that does not stand at `span`, the
    noted words decide, and nothing else.
    """
    noted = words or anchor(rewording.old, span)
    if rewording.old[span.start : span.end] != noted.exact:
        led, why = None, GONE
    else:
        led, why = _led(rewording, span, noted)
    if led is None or rewording.new[led.start : led.end] != noted.exact:
        elsewhere = _found(rewording, noted)
        if elsewhere is not None:
            led, why = elsewhere, ""
    if led is None or why:
        return Placement(Outcome.UNPLACED, None, why or GONE)
    if rewording.new[led.start : led.end] != noted.exact:
        return Placement(Outcome.CHANGED, led)
    return Placement(Outcome.UNMOVED if led == span else Outcome.MOVED, led)


def _led(rewording: Rewording, span: Span, noted: Anchor) -> tuple[Span | None, str]:
    """Where the ends of a span went; and, where that is not surely its place, why not."""
    new = rewording.new
    start, end = rewording.start(span.start), rewording.end(span.end)
    if start.offset >= end.offset:
        return None, GONE
    led = _whole_words(rewording, span, Span(start.offset, end.offset))
    if led is None:
        return None, GONE
    words = new[led.start : led.end]
    if words == noted.exact:
        return (led, "") if _agrees(noted, anchor(new, led)) else (None, ELSEWHERE)
    if not any(character.isalnum() for character in words):
        return None, GONE
    size = sum(map(len, noted.exact.split()))
    few = max(len(noted.exact.split()), len(words.split())) <= FEW
    sure = rewording.stayed(span.start, span.end) >= ENOUGH * size
    return led, "" if sure or (few and start.firm and end.firm) else TOO_FEW


def _whole_words(rewording: Rewording, old: Span, span: Span) -> Span | None:
    """`span` of the newer text from word to word and without white space at its ends, as the
    older one was; None when nothing is left."""
    start, end = span.start, span.end
    if not is_inside_word(rewording.old, old.start):
        start -= next((n for n in _REACH if not is_inside_word(rewording.new, start - n)), 0)
    if not is_inside_word(rewording.old, old.end):
        end += next((n for n in _REACH if not is_inside_word(rewording.new, end + n)), 0)
    words = rewording.old[old.start : old.end]
    whole = Span(start, end)
    return trim(rewording.new, whole) if words == words.strip() else whole


def _agrees(noted: Anchor, there: Anchor) -> bool:
    """Whether words are certainly the ones that were meant: long ones are, brief ones where what
    stands before or after them is much the same."""
    if len(noted.exact.split()) >= BRIEF:
        return True
    return _alike(noted.prefix, there.prefix) or _alike(noted.suffix, there.suffix)


def _alike(noted: str, there: str) -> bool:
    if noted == there:
        return True
    return SequenceMatcher(None, noted, there, autojunk=False).ratio() >= AGREES


def _found(rewording: Rewording, words: Anchor) -> Span | None:
    """The only place among what is new where these very words stand in a context that agrees."""
    places = []
    for candidate in _occurrences(rewording.new, words.exact):
        if rewording.is_new(candidate.start, candidate.end) and _agrees(
            words, anchor(rewording.new, candidate)
        ):
            places.append(candidate)
            if len(places) > 1:
                return None
    return places[0] if places else None


def _occurrences(text: str, words: str) -> Iterator[Span]:
    start = text.find(words)
    while start >= 0:
        yield Span(start, start + len(words))
        start = text.find(words, start + 1)
