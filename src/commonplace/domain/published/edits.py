"""What editors do to a quote again and again: leave words out, bracket a word, drop fillers.

Each takes the text of a published version and gives another; offsets are code points in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from commonplace.domain.published.drops import Drops
from commonplace.domain.published.tokens import SENTENCE_OPENS, Spoken, said
from commonplace.domain.quote import OMITTED
from commonplace.domain.span import Span

_TOKEN = re.compile(r"\S+")
_BRACKET = re.compile(r"\[[^\[\]]*\]")
_MARKS = re.compile(rf"{re.escape(OMITTED)}(?:\s*{re.escape(OMITTED)})+")
_CORE = re.compile(r"[\w[](?:.*[\w\]])?", re.DOTALL)
_PAUSES = ",;–—"
_CLOSES = ".,;:!?…)”"
_ENDS = ".!?…"


class Edited(NamedTuple):
    """A text after an edit, and what is to be selected in it, `[start, end)`."""

    text: str
    start: int
    end: int


def omit(text: str, start: int, end: int) -> Edited:
    """Puts `[…]` in the place of the words that `[start, end)` touches; where it is empty, of the
    word there. Brackets go as a whole, and a mark that stands beside it already is taken in."""
    first, last = _words(text, start, end)
    if first == last:
        return Edited(text, start, end)
    before, after = text[:first].rstrip(), text[last:].lstrip()
    joined = " ".join(part for part in (before, OMITTED, after) if part)
    place = len(before) + bool(before)
    for marks in _MARKS.finditer(joined):
        if marks.start() <= place < marks.end():
            joined = joined[: marks.start()] + OMITTED + joined[marks.end() :]
            place = marks.start()
            break
    return Edited(joined, place + len(OMITTED), place + len(OMITTED))


def bracket(text: str, start: int, end: int) -> Edited:
    """Puts the words that `[start, end)` touches in brackets, and selects them there: the editor's
    own words can be written over them. Without words an empty pair is put in."""
    first, last = _words(text, start, end)
    core = _CORE.search(text, first, last)
    if core is not None:
        first, last = core.span()
    inside = text[first:last].replace("[", "").replace("]", "")
    return Edited(f"{text[:first]}[{inside}]{text[last:]}", first + 1, first + 1 + len(inside))


def without_fillers(text: str) -> str:
    """The text without the fillers that need no mark, and the pauses that set them off."""
    words = said(text, [Spoken(Span(0, len(text)), "")]) if text else []
    fillers = Drops(words).fillers
    for first, beyond in sorted(fillers.items(), reverse=True):
        text = _cut(text, words[first].start, words[beyond - 1].end)
    return text


def _words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch of whole words, and of whole brackets, that `[start, end)` touches."""
    touched = [span for span in _units(text) if span[0] < end and start < span[1]]
    if start == end:
        touched = [span for span in _units(text) if span[0] <= start <= span[1]][-1:]
    return (touched[0][0], touched[-1][1]) if touched else (start, start)


def _units(text: str) -> Iterator[tuple[int, int]]:
    """What is left out as a whole: words with the punctuation at them, and brackets."""
    brackets = [match.span() for match in _BRACKET.finditer(text)]
    last = (0, 0)
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        for opened, closed in brackets:
            if opened < end and start < closed:
                start, end = min(start, opened), max(end, closed)
        if start < last[1]:
            last = (last[0], max(end, last[1]))
        else:
            if last[1]:
                yield last
            last = (start, end)
    if last[1]:
        yield last


def _cut(text: str, start: int, end: int) -> str:
    """The text without `[start, end)`, and without the pauses and the capital it leaves behind."""
    left, right = text[:start].rstrip(), text[end:].lstrip()
    opened = text[start : start + 1].isupper()
    if right[:1] and right[0] in _PAUSES:
        right = right[1:].lstrip()
        left = left.rstrip(_PAUSES).rstrip()
    elif not right or right[0] in _ENDS:
        left = left.rstrip(_PAUSES).rstrip()
        if not left or left[-1] in _ENDS:
            right = right.lstrip(_ENDS).lstrip()
    begins = not left or left[-1] in SENTENCE_OPENS
    if opened and begins and right[:1].islower():
        right = right[0].upper() + right[1:]
    if not left or not right:
        return left + right
    return left + right if right[0] in _CLOSES else f"{left} {right}"
