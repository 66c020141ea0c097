"""From the labels that are speakers' to turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from commonplace.domain.span import Span
from commonplace.domain.transcript import Turn
from commonplace.readers.speakers.labels import Candidate, Kind
from commonplace.readers.speakers.vocabulary import is_stage_direction


@dataclass(slots=True)
class Labelled:
    """Turns in order, and what else was found on the way."""

    turns: list[Turn] = field(default_factory=list)
    outside: list[Span] = field(default_factory=list)
    """Header and notices, in no turn."""
    cues: list[tuple[int, float]] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    """By label, in order of first speech: the role that stands in brackets after it, or ""."""
    unnamed: int = 0
    """Turns that a time alone opens."""
    doubtful: Counter[str] = field(default_factory=Counter)
    """How many turns each label opens of which it is not known whether it is a speaker's."""


def labelled_turns(
    text: str,
    candidates: Sequence[Candidate],
    first: int,
    speakers: set[str],
    doubtful: Collection[str] = (),
) -> Labelled:
    """The turns that the candidates from number `first` on open; `speakers` are their keys.

    The labels with a `doubtful` key open turns of nobody, and are among the words of these.

    A turn runs over all paragraphs up to the next label. Notices are cut out: what follows one
    is a turn of the same speaker. Where names stand above the speech with a time, a time alone
    opens a turn of nobody named. Where they stand after the time, every time opens a turn, and
    where they stand after dates, every date does.
    """
    found = candidates[first:]
    spoken = [each for each in found if each.key in speakers]
    names: dict[str, str] = {}
    roles: dict[str, set[str]] = {}
    for key, name, role in dict.fromkeys((each.key, each.name, each.role) for each in spoken):
        roles.setdefault(names.setdefault(key, name), set()).add(role)
    above = [each for each in spoken if each.kind is Kind.ABOVE]
    names_above = len(above) * 2 > len(spoken)
    names_after = sum(each.stamp_start < each.label_start for each in above) * 2 > len(spoken)
    dated = sum(map(_is_dated, spoken)) * 2 > len(spoken)
    result = Labelled(roles={name: _role(each) for name, each in roles.items()})
    opening: list[Candidate] = []
    for each in found:
        labels = each.key in speakers or each.key in doubtful or (dated and _is_dated(each))
        if labels or each.kind is Kind.NOTICE:
            opening.append(each)
        elif each.kind is Kind.STAMP:
            if names_after or (names_above and each.speech == each.line_end):
                opening.append(each)
            elif each.time is not None:
                result.cues.append((each.start, each.time))
    _leave_out(text, 0, opening[0].start, result)
    speaker: str | None = None
    ends = [each.start for each in opening[1:]] + [len(text)]
    for each, end in zip(opening, ends, strict=True):
        if each.kind is Kind.NOTICE:
            result.outside.append(Span(each.start, each.line_end))
            _carry_on(text, each.line_end, end, speaker, result)
        else:
            speaker = names.get(each.key)
            if each.key and speaker is None:
                result.doubtful[each.name] += 1
                result.turns.append(_turn_of_nobody(text, each, end))
                continue
            result.unnamed += speaker is None
            result.turns.append(_turn(text, each, end, speaker))
    return result


def _is_dated(each: Candidate) -> bool:
    """Whether a date stands before it: such a time is none of a recording."""
    return each.stamp_start >= 0 and each.time is None


def _turn(text: str, each: Candidate, end: int, speaker: str | None) -> Turn:
    end = _end_of_words(text, each.start, end)
    speech = each.speech
    if speech >= each.line_end:
        speech = _start_of_words(text, min(each.line_end, end), end)
    label = Span(each.label_start, each.label_end) if each.key else None
    stamp = Span(each.stamp_start, each.stamp_end) if each.stamp_start >= 0 else None
    return Turn(each.start, min(speech, end), end, speaker, label, stamp, each.time)


def _turn_of_nobody(text: str, each: Candidate, end: int) -> Turn:
    stamp = each.start <= each.stamp_start < each.label_start
    return Turn(
        each.start,
        each.label_start,
        _end_of_words(text, each.start, end),
        stamp=Span(each.stamp_start, each.stamp_end) if stamp else None,
        time=each.time,
    )


def _carry_on(text: str, start: int, end: int, speaker: str | None, result: Labelled) -> None:
    """A turn of the speaker before, for what follows a notice up to the next label."""
    start = _start_of_words(text, start, end)
    end = _end_of_words(text, start, end)
    if start < end:
        result.turns.append(Turn(start, start, end, speaker))


def _leave_out(text: str, start: int, end: int, result: Labelled) -> None:
    start = _start_of_words(text, start, end)
    end = _end_of_words(text, start, end)
    if start < end:
        result.outside.append(Span(start, end))


def _role(found: Iterable[str]) -> str:
    """The one role that stands in brackets; none if there are several, as stage directions are."""
    roles = {role.strip() for role in found if role.strip() and not is_stage_direction(role)}
    return roles.pop() if len(roles) == 1 else ""


def _start_of_words(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _end_of_words(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
