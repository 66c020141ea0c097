"""Speech as sentences: what a code can be suggested for, and the context it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from commonplace.domain.sentences import sentences
from commonplace.domain.span import Span, trim
from commonplace.domain.windows import count_words


def words_of(text: str) -> frozenset[str]:
    """The words of a list written as prose."""
    return frozenset(text.split())


FILLERS = words_of(
    """absolutely ah aha alright and aye brilliant but cause correct cos course definitely er erm
    exactly fine goodbye great hello hi hm hmm i indeed interesting just know like lovely maybe mean
    mhm mm mmm no nah nope not oh ok okay perfect perhaps possibly probably quite really right so
    sometimes sorry sure thank thanks that totally true uh uhm um very well wow yeah yep yes you"""
)
"""Words that answer, hesitate or agree and say nothing that a code could be about."""

_SOUNDS = r"(?:eh|er|erm|hm+|mhm|mm+|uh|uhm|um+)\b(?!['’-])"
_WORDS = r"(?:ah|aha|huh|i mean|oh|ok|okay|well|yeah|yep|you know|you see)\b(?!['’-])"
_PAUSE = r"[,.;…–—]"
_LEADING = re.compile(rf"(?:(?:{_SOUNDS}|{_WORDS}(?=\s*{_PAUSE}))[\s,.;…–—]*)+", re.IGNORECASE)
_TRAILING = re.compile(
    rf"(?:{_PAUSE}+\s*{_WORDS}|[\s,.;…–—]+{_SOUNDS})+[\s,.;…?!–—]*$", re.IGNORECASE
)
"""What answers and hesitates at the ends of a passage: mere sounds, and words before or after a
pause."""

FEWEST_WORDS = 2
"""A sentence with fewer words that are no fillers is never suggested: "Yes." "Um, I know.\" Where
it is all that somebody says, one such word is enough: "Unemployed." "No drugs.\""""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence of a turn, or a window of speech without stops. `turn` counts the document's turns
    from 0.

    Interviewer speech and sentences that say nothing are segments too, because they are the
    context of their neighbours; `eligible` is whether a code may be suggested here.
    """

    document: str
    span: Span
    text: str
    """Exactly the words at `span`."""
    turn: int
    speaker: str
    interviewer: bool
    eligible: bool


class SpokenTurn(Protocol):
    """What a turn must tell (the project's stored turns do)."""

    @property
    def speech_start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def speaker(self) -> str: ...
    @property
    def interviewer(self) -> bool: ...


def says_something(text: str, fewest: int = FEWEST_WORDS) -> bool:
    """Whether enough words are left when answers, fillers and bare signs are taken away."""
    words = ("".join(filter(str.isalnum, word)) for word in text.casefold().split())
    said = (count_words(word) for word in words if word and word not in FILLERS)
    return sum(said) >= fewest


def without_fillers(text: str) -> Span:
    """The part of a passage that is left when fillers at its ends are taken away."""
    lead, trail = _LEADING.match(text), _TRAILING.search(text)
    start = lead.end() if lead else 0
    end = trail.start() if trail else len(text)
    end += len(text[end:]) - len(text[end:].lstrip(".!?"))  # that end the sentence before
    whole = start >= end or not says_something(text[start:end])
    return Span(0, len(text)) if whole else Span(start, end)


def segments(document: str, text: str, turns: Iterable[SpokenTurn]) -> Iterator[Segment]:
    """The sentences of a transcript in order, over all its turns."""
    for number, turn in enumerate(turns):
        found = list(sentences(text[turn.speech_start : turn.end]))
        fewest = 1 if len(found) == 1 else FEWEST_WORDS
        for sentence in found:
            span = Span(turn.speech_start + sentence.start, turn.speech_start + sentence.end)
            words = text[span.start : span.end]
            yield Segment(
                document=document,
                span=span,
                text=words,
                turn=number,
                speaker=turn.speaker,
                interviewer=turn.interviewer,
                eligible=not turn.interviewer and says_something(words, fewest),
            )


def whole_turns(document: str, text: str, turns: Iterable[SpokenTurn]) -> Iterator[Segment]:
    """The turns of a transcript as one segment each, however short, for evaluation by turn."""
    for number, turn in enumerate(turns):
        if turn.speech_start == turn.end:
            continue
        span = trim(text, Span(turn.speech_start, turn.end))
        if span is not None:
            yield Segment(
                document=document,
                span=span,
                text=text[span.start : span.end],
                turn=number,
                speaker=turn.speaker,
                interviewer=turn.interviewer,
                eligible=not turn.interviewer,
            )
