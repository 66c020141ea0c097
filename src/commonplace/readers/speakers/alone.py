"""Names that stand on a line of their own above the speech, without a colon or a time.

    Sue
    We moved in the spring.

    Interviewer
    Where to?

Any short line may look like a name, so a great deal is asked of them together: that they come
back, that they take turns, that they stand above much of the text, and that one of them
interviews. A name that a person says is one is believed alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from commonplace.readers.speakers.doubtful import doubtful_names
from commonplace.readers.speakers.interviewers import interviewers_among
from commonplace.readers.speakers.labelled import labelled_turns
from commonplace.readers.speakers.labels import Candidate, Kind
from commonplace.readers.speakers.lines import Line, lines
from commonplace.readers.speakers.paragraphs import LINE_ENDS, ends_with
from commonplace.readers.speakers.stamps import STAMP_AT, seconds
from commonplace.readers.speakers.vocabulary import (
    is_name_too,
    is_no_speaker,
    key_of,
    looks_like_a_name,
    name_and_role,
    names_role,
)

LONGEST_NAME = 48
_LEAST = 4
_LEAST_COVER = 0.35
"""Share of paragraphs, from the first name on, that have a name above them."""
_LEAST_RECURRING = 0.8
_NO_NAME_END = '.?!…,;:-–—"”’'


class _Name(NamedTuple):
    line: Line
    name: str
    role: str
    key: str
    stamp: Line | None
    """A time on the line before or after it."""
    time: float | None
    end: int
    """Of the line after which the speech begins."""


def name_of(words: str) -> tuple[str, str]:
    """The name and the role in brackets, if the words could be a speaker's name; else ""."""
    words = " ".join(words.strip(" \t\n-–—#").split())
    if not 0 < len(words) <= LONGEST_NAME or ":" in words:
        return "", ""
    name, role = name_and_role(words)
    if not name or words[-1] in _NO_NAME_END or name[0].isdigit():
        return "", ""
    if is_name_too(name):
        return name, role
    if is_no_speaker(name):
        return "", ""
    return (name, role) if role or names_role(name) or looks_like_a_name(name) else ("", "")


def names_alone(
    text: str, sure: Collection[str], nobody: Collection[str]
) -> tuple[list[Candidate], set[str]]:
    """The names above speech in `text`, if there are any to be believed, and their keys.

    Among them are names that come back beside believed ones and are not believed themselves.
    `sure` and `nobody` are keys of labels that are and are not speakers', whatever they look like.
    """
    found = [each for each in _found(text, sure) if each.key not in nobody]
    believed = {each.key for each in found if each.key in sure}
    believed |= _believed(text, found)
    if not believed:
        return [], set()
    kept = [each for each in found if each.key in believed]
    title = [_candidate(each) for each in _under_the_title(text, sure, kept)]
    names = [_candidate(each) for each in found]
    heard = believed | doubtful_names(names, believed)
    return title + [each for each in names if each.key in heard], believed


def _under_the_title(text: str, sure: Collection[str], kept: Sequence[_Name]) -> list[_Name]:
    """A believed name before all others, below a title, in a text that has no blank lines."""
    if sum(not each.line.after_blank for each in kept) * 2 <= len(kept):
        return []
    believed = {each.key for each in kept}
    before = _found(text[: kept[0].line.start], sure, below_anything=True)
    return [each for each in before if each.key in believed][-1:]


def _found(text: str, sure: Collection[str], *, below_anything: bool = False) -> Iterator[_Name]:
    """Lines that are nothing but a name, with a line of speech after them.

    A blank line or the end of a sentence stands before them, unless told otherwise.
    """
    written = list(lines(text))
    for number, line in enumerate(written):
        words = text[line.start : min(line.end, line.start + LONGEST_NAME + 1)]
        name, role = name_of(words)
        if not name and key_of(words) in sure:
            name, role = " ".join(words.split()), ""
        if not name:
            continue
        before = written[number - 1] if number else None
        after = written[number + 1 : number + 3]
        stamp = None
        if before and _is_stamp(text, before):
            stamp = before
        elif before and not (
            below_anything or line.after_blank or ends_with(text, *before[:2], LINE_ENDS)
        ):
            continue
        end = line.end
        if after and stamp is None and _is_stamp(text, after[0]):
            stamp = after.pop(0)
            end = stamp.end
        if after and not name_of(text[after[0].start : after[0].end][: LONGEST_NAME + 1])[0]:
            time = seconds(text[stamp.start : stamp.end]) if stamp else None
            yield _Name(line, name, role, key_of(name), stamp, time, end)


def _is_stamp(text: str, line: Line) -> bool:
    return STAMP_AT.fullmatch(text, line.start, line.end) is not None


def _believed(text: str, found: Sequence[_Name]) -> set[str]:
    """The keys of the names that prove each other."""
    counts = Counter(each.key for each in found)
    recurring = {key for key, count in counts.items() if count >= 2 or names_role(key)}
    often = [each for each in found if each.key in recurring]
    changes = sum(a.key != b.key for a, b in pairwise(often))
    if (
        len(recurring) < 2
        or len(often) < max(_LEAST, 2 * len(recurring) - 1)
        or len(often) < _LEAST_RECURRING * len(found)
        or changes * 2 < len(often)
        or len(often) < _LEAST_COVER * _paragraphs_from(text, found)
    ):
        return set()
    turns = labelled_turns(text, [_candidate(each) for each in often], 0, recurring).turns
    roles = {turn.speaker: "" for turn in turns if turn.speaker}
    return set(counts) if interviewers_among(text, turns, roles.items()) else set()


def _paragraphs_from(text: str, found: Sequence[_Name]) -> int:
    """How many paragraphs stand after the first name, names alone not counted."""
    names = {each.line.start for each in found}
    first = found[0].line.start
    return sum(
        line.after_blank or before.start in names
        for before, line in pairwise(lines(text))
        if line.start > first and line.start not in names
    )


def _candidate(each: _Name) -> Candidate:
    line, stamp = each.line, each.stamp
    start = min(line.start, stamp.start) if stamp else line.start
    found = Candidate(
        start, each.end, Kind.ALONE, each.key, each.name, each.role, line.start, line.end,
        time=each.time, speech=each.end,
    )  # fmt: skip
    if stamp:
        found.stamp_start, found.stamp_end = stamp.start, stamp.end
    return found
