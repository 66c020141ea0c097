"""Where a sentence of spoken, transcribed English begins and ends.

Speech is punctuated by whoever typed it: people trail off, get interrupted, and are quoted
inside their own sentences. The rules are plain ones, so that a person can foresee them:

- `.`, `!`, `?` with whatever quotes and brackets close after them end a sentence where white
  space follows; abbreviations, initials and decimals do not;
- an ellipsis ends one only where a capital follows, and `I` is no evidence of a new sentence;
- a quotation that goes on in lower case (`"Why?" she said`) does not end one;
- nothing inside [square brackets] does: they hold the transcriber's remarks;
- a blank line always ends one, a single line break does unless the line is full, as in a text
  that was wrapped by hand;
- what goes on for more than 60 words all the same, as machines transcribe, is cut into shorter
  windows (see `domain.windows`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from commonplace.domain.span import Span, trim
from commonplace.domain.windows import windows

_STOP = re.compile(
    r"""(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>["'”’»)\]]*+)(?=\s)   # as in English
      | (?P<wide>[。！？]+[”’」』）]*)                               # no space follows these
    """,
    re.VERBOSE,
)
_BRACKETS = re.compile(r"\[[^\[\]\n]*\]")
_LINE_BREAK = re.compile(r"(?<![^\S\n])[^\S\n]*+\n\s*")
_LAST_WORD = re.compile(r"[^\s\"'“”‘’«»()\[\]]+$")
_FIRST_WORD = re.compile(r"\S+")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_PRONOUN = re.compile(r"I(?:['’](?:m|d|ll|ve))?\b")
_OPENERS = "\"'“‘«(["


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ABBREVIATIONS = _words(
    "mr mrs ms mx dr prof rev hon st sr jr cllr sgt cpl capt col gen lt gov sen rep pres "
    "no nos vol pp fig figs ed eds al vs viz cf approx est dept min max tel ext ref incl excl "
    "ave rd jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs "
    "fri sat sun ltd plc inc co corp bros"
)
_NUMBERED = _words("no nos vol pp fig figs ext min max mar jun may sat sun ed al co st")
"""Also everyday words: abbreviations only where a figure or a name follows (see `_abbreviated`)."""

_WRAP_FROM, _WRAP_TO = 40, 100
"""Longest line, in code points, of a text that may have been wrapped by hand."""


def sentences(text: str) -> list[Span]:
    """The sentences of one turn's speech, in order, without the white space between them.

    Speech that goes on and on without a stop comes in windows. They do not overlap, and every
    code point that is not white space is in exactly one. Spans count from the beginning of
    `text`; an empty or blank text has none.
    """
    remarks = _Remarks(text)
    return [
        window
        for sentence in _written(text, remarks)
        for window in windows(text, sentence, remarks.hold)
    ]


def written_sentences(text: str) -> list[Span]:
    """The same without windows: sentences as whoever typed the text bounded them."""
    return _written(text, _Remarks(text))


class _Remarks:
    """The transcriber's remarks in square brackets."""

    def __init__(self, text: str) -> None:
        found = [match.span() for match in _BRACKETS.finditer(text)]
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def hold(self, offset: int) -> bool:
        """Whether `offset` lies in one, its last code point excepted."""
        place = bisect_right(self._starts, offset) - 1
        return place >= 0 and offset < self._ends[place] - 1


def _written(text: str, remarks: _Remarks) -> list[Span]:
    spans = []
    start = 0
    for end in (*_ends(text, remarks), len(text)):
        if start < end and (span := trim(text, Span(start, end))) is not None:
            spans.append(span)
        start = max(start, end)
    return spans


def sentence_at(text: str, offset: int) -> Span | None:
    """The sentence that holds `offset`, or the last one before it; None when there is none."""
    found = None
    for span in sentences(text):
        if found is not None and span.start > offset:
            break
        found = span
    return found


def _ends(text: str, remarks: _Remarks) -> list[int]:
    """Where sentences end, by punctuation and by line breaks, in order."""
    ends = [
        match.end()
        for match in _STOP.finditer(text)
        if not remarks.hold(match.start()) and (match["wide"] or _is_end(text, match))
    ]
    return sorted({*ends, *_paragraph_ends(text)})


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Whether the punctuation that `match` found ends a sentence, by what stands around it."""
    mark, closed = match["mark"], bool(match["close"])
    following = text[match.end() : match.end() + 64].lstrip().lstrip(_OPENERS)
    if not following:
        return True
    if closed and following[0].islower():
        return False
    if "…" in mark or ".." in mark:
        if mark[-1] in "!?":
            return True
        return following[0].isupper() and not _PRONOUN.match(following)
    if mark == ".":
        return not _abbreviated(text, match.start(), following)
    return True


def _abbreviated(text: str, stop: int, following: str) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation or an initial."""
    found = _LAST_WORD.search(text, max(0, stop - 32), stop)
    if found is None:
        return False
    word = found[0]
    if _ACRONYM.fullmatch(word):
        # "at 9 a.m. We" ends, "the U.K. Government" and "e.g. Housing" do not.
        return not (word.lower() in {"a.m", "p.m"} and following[0].isupper())
    if len(word) == 1 and word.isupper():
        return word != "I" and following[0].isupper()
    folded = word.lower()
    if folded in _NUMBERED:
        return following[0].isdigit() or (folded == "st" and following[0].isupper())
    return folded in _ABBREVIATIONS


def _paragraph_ends(text: str) -> Iterator[int]:
    """Ends of lines that end a paragraph: before a blank line, or when the line is not full."""
    if "\n" not in text:
        return
    longest = max(map(len, text.split("\n")))
    by_hand = _WRAP_FROM <= longest <= _WRAP_TO
    for match in _LINE_BREAK.finditer(text):
        if by_hand and match[0].count("\n") == 1:
            line = match.start() - (text.rfind("\n", 0, match.start()) + 1)
            word = _FIRST_WORD.match(text, match.end())
            if word is not None and line + 1 + len(word[0]) > longest:
                continue
        yield match.start()
