"""Who speaks in a transcript without labels: question and answer in turns, as a guess.

A hidden Markov model with two states, interviewer and participant, over the paragraphs. How each
paragraph sounds (see `questions`) is the evidence, alternation the expectation, so that every
clear question anchors what stands around it again. What the layout says differs from file to
file (in one only questions carry a tape counter, in another answers are indented), so its weight
is learnt from the file itself, by expectation maximisation from the first guess.
Source of the method: Rabiner (1989), forward-backward and Viterbi.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import NamedTuple

from commonplace.readers.speakers.paragraphs import Paragraph, ends_with
from commonplace.readers.speakers.questions import sounds_like_a_question

_ROUNDS = 4
_DOUBT = 6.0
"""How many paragraphs of doubt there are about what a layout means."""
_LAYOUT_AT_MOST = 1.5
_SOUND_AT_MOST = 6.0
_FINISHED = ".?!…)]\"'”’-–—"


class Stay(NamedTuple):
    """How likely a paragraph has the same speaker as the one before it, by who that is."""

    interviewer: float
    participant: float


_FIRST = Stay(0.5, 0.5)
_RUNS_ON = Stay(0.9, 0.9)
_PIECE = Stay(0.4, 0.5)
_AFTER_BREAK = Stay(0.3, 0.3)


def interviewer_speaks(text: str, body: Sequence[Paragraph]) -> list[bool]:
    """For each paragraph of `body`, whether the interviewer is guessed to say it."""
    if not body:
        return []
    sound = [_sound(text[each.speech : each.end]) for each in body]
    finished = [ends_with(text, each.start, each.end, _FINISHED) for each in body]
    punctuated = sum(finished) * 2 > len(body)
    stays = [_FIRST]
    for (before, here), ended in zip(pairwise(body), finished, strict=False):
        stays.append(_stay(text, before, here, breaks_off=punctuated and not ended))
    looks = [_look(each) for each in body]
    odds = sound
    for _ in range(_ROUNDS):
        layout = _layout_odds(looks, _posteriors(odds, stays))
        odds = [s + layout[look] for s, look in zip(sound, looks, strict=True)]
    return _viterbi(odds, stays)


def _sound(speech: str) -> float:
    return max(-_SOUND_AT_MOST, min(_SOUND_AT_MOST, sounds_like_a_question(speech)))


def _stay(text: str, before: Paragraph, here: Paragraph, *, breaks_off: bool) -> Stay:
    """See `Stay`.

    Speech that breaks off and goes on with a small letter is one person's. A new topic, which a
    time mark announces, may follow the interviewer's own remark; an answer in several paragraphs
    goes on at some length.
    """
    if breaks_off and text[here.speech : here.speech + 1].islower():
        return _RUNS_ON
    if text[before.end : here.start].strip():
        return _AFTER_BREAK
    if here.joined:
        return _PIECE
    words = len(text[here.speech : here.end].split())
    interviewer = 0.08 if here.stamp is not None else 0.02
    participant = 0.01 if words <= 5 else 0.02 if words <= 25 else 0.06
    return Stay(interviewer, participant)


def _look(each: Paragraph) -> Hashable:
    return each.stamp is not None, min(each.indent, 12) // 2


def _layout_odds(looks: Sequence[Hashable], shares: Sequence[float]) -> dict[Hashable, float]:
    """Log odds of a question for each layout, from how the questions guessed so far look."""
    asked: dict[Hashable, float] = defaultdict(float)
    seen = Counter(looks)
    for look, share in zip(looks, shares, strict=True):
        asked[look] += share
    questions = sum(shares)
    answers = len(shares) - questions
    odds = {}
    for look, count in seen.items():
        expected = _DOUBT * count / len(looks)
        share_of_questions = (asked[look] + expected) / (questions + _DOUBT)
        share_of_answers = (count - asked[look] + expected) / (answers + _DOUBT)
        log_odds = math.log(share_of_questions / share_of_answers)
        odds[look] = max(-_LAYOUT_AT_MOST, min(_LAYOUT_AT_MOST, log_odds))
    return odds


def _posteriors(odds: Sequence[float], stays: Sequence[Stay]) -> list[float]:
    """The probability that each paragraph is a question, given all of them."""
    forward: list[float] = []
    share = 0.5
    for each, stay in zip(odds, stays, strict=True):
        share = _weighed(share * stay.interviewer + (1 - share) * (1 - stay.participant), each)
        forward.append(share)
    result = [0.0] * len(odds)
    asks, tells = 1.0, 1.0  # how likely what follows is, after a question and after an answer
    for number in range(len(odds) - 1, -1, -1):
        question, answer = forward[number] * asks, (1 - forward[number]) * tells
        result[number] = question / (question + answer)
        stay = stays[number]
        weight = 1 / (1 + math.exp(-odds[number]))
        asks, tells = asks * weight, tells * (1 - weight)
        asks, tells = (
            stay.interviewer * asks + (1 - stay.interviewer) * tells,
            (1 - stay.participant) * asks + stay.participant * tells,
        )
        asks, tells = asks / (asks + tells), tells / (asks + tells)
    return result


def _weighed(prior: float, odds: float) -> float:
    question = prior * math.exp(odds)
    return question / (question + 1 - prior)


def _viterbi(odds: Sequence[float], stays: Sequence[Stay]) -> list[bool]:
    """The likeliest course of speakers as a whole; True for the interviewer."""
    asks, tells = odds[0], 0.0
    came: list[tuple[bool, bool]] = []
    for each, stay in zip(odds[1:], stays[1:], strict=True):
        to_question = asks + math.log(stay.interviewer), tells + math.log(1 - stay.participant)
        to_answer = asks + math.log(1 - stay.interviewer), tells + math.log(stay.participant)
        came.append((to_question[0] > to_question[1], to_answer[0] > to_answer[1]))
        asks, tells = max(to_question) + each, max(to_answer)
    course = [asks > tells]
    for from_question in reversed(came):
        course.append(from_question[0] if course[-1] else from_question[1])
    return course[::-1]
