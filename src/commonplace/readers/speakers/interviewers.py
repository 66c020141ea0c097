"""Who of the speakers asks the questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from commonplace.domain.transcript import Turn
from commonplace.readers.speakers.corrections import NO_CORRECTIONS, Corrections
from commonplace.readers.speakers.vocabulary import key_of, names_interviewer, names_role

_ANYBODY = ("speaker", "spk", "voice", "unknown", "unidentified", "person", "host", "chair")
_LEAST_TURNS = 3
_LEAST_SHARE = 0.25
_LEAST_LEAD = 2.0
_QUESTION_MARKS = ("?", "？", "؟")
_CLOSERS = " \t\n\"'”’)]*_」』"


def interviewers_among(
    text: str,
    turns: Sequence[Turn],
    roles: Iterable[tuple[str, str]],
    corrections: Corrections = NO_CORRECTIONS,
) -> set[str]:
    """The labels of those who interview, out of `roles` (label and role of each speaker).

    The interviewers of `corrections` decide alone where one of these labels occurs, and its
    interviewees never interview. Else usual labels and roles do (`Interviewer`, `Int`, `Q`,
    `Moderator 2`). Where there are none, it is the one who ends turns in a question mark far
    oftener than anybody else, if somebody does.
    """
    wanted = {key_of(label) for label in corrections.interviewers}
    others = {key_of(label) for label in corrections.interviewees}
    roles = [each for each in roles if key_of(each[0]) not in others]
    chosen = {label for label, _ in roles if key_of(label) in wanted}
    if chosen:
        return chosen
    usual = {
        label
        for label, role in roles
        if names_interviewer(key_of(label)) or names_interviewer(key_of(role))
    }
    return usual or {label for label in _asks_most(text, turns) if key_of(label) not in others}


def _asks_most(text: str, turns: Sequence[Turn]) -> set[str]:
    spoken: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for turn in turns:
        if turn.speaker is not None:
            spoken[turn.speaker] += 1
            tail = text[max(turn.speech_start, turn.end - 12) : turn.end]
            asked[turn.speaker] += tail.rstrip(_CLOSERS).endswith(_QUESTION_MARKS)
    shares = sorted(
        ((asked[label] / count, label) for label, count in spoken.items() if count >= _LEAST_TURNS),
        reverse=True,
    )
    if len(shares) < 2:
        return set()
    (share, label), (second, _) = shares[:2]
    if share < _LEAST_SHARE or share < _LEAST_LEAD * second or _participates(label):
        return set()
    return {label}


def _participates(label: str) -> bool:
    """Whether the label itself says that this is no interviewer, as `P07` does."""
    key = key_of(label)
    return names_role(label) and not key.startswith(_ANYBODY)
