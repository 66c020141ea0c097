"""Labels that are written without a colon, or not where a line begins.

    Q. Where was that?           INTERVIEWER<tab>Where was that?
    A. In the yard.              <Interviewer> Where was that?
    Interviewer - Where was …    12 Interviewer: Where was that?

Any of these may be something else ("A. The first point", a dash after a word), so they are looked
for only where nobody is named by a colon, one way of writing at a time, and all of it has to fit:
the labels come back, take turns, open much of the text, and one of them interviews.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from commonplace.readers.speakers.alone import name_of
from commonplace.readers.speakers.doubtful import doubtful_names
from commonplace.readers.speakers.doubts import Doubts
from commonplace.readers.speakers.interviewers import interviewers_among
from commonplace.readers.speakers.labelled import labelled_turns
from commonplace.readers.speakers.labels import Candidate, Kind
from commonplace.readers.speakers.lines import Line, lines
from commonplace.readers.speakers.vocabulary import key_of, names_role

_LEAST = 4
_LEAST_COVER = 0.35
_LEAST_RECURRING = 0.9
_WORD = r"[^\W\d_][^\n\t:：<>\[\](){}?!;=|]{0,47}?"


class _Way(NamedTuple):
    """A way of writing labels: `name` is a group of the pattern, which ends where speech begins."""

    pattern: re.Pattern[str]
    roles_only: bool = False
    """Names are not enough."""
    tab: bool = False


_WAYS = (
    _Way(re.compile(rf"(?:\d{{1,4}}[.)]?|[\[(]\d{{1,4}}[\])])[ \t]+(?P<name>{_WORD})[ \t]*[:：]")),
    _Way(re.compile(rf"(?P<name>{_WORD})[ ]*\t[ \t]*(?=\S)"), tab=True),
    _Way(re.compile(rf"<(?P<name>{_WORD})>[ \t]*:?")),
    _Way(re.compile(r"(?P<name>[^\W\d_]{1,12}\d{0,4})\.[ \t]+(?=\S)"), roles_only=True),
    _Way(re.compile(rf"(?P<name>{_WORD})[ ]+[-–—][ \t]+(?=\S)")),
)
_EXCHANGE = re.compile(r"(q|question|a|answer)[ ._#-]?0*(\d{1,4})")


def labels_otherwise(
    text: str, sure: Collection[str], nobody: Collection[str], *, tabs: bool
) -> tuple[list[Candidate], set[str]]:
    """The labels in `text`, all written in the first of these ways that is believable; or none.

    With them come the keys of those that are believed; where that is only so because a person
    says it of one, the others are not.
    `sure` and `nobody` are keys of labels that are and are not speakers', whatever they look
    like. Without `tabs`, labels that a tab sets off are left to whoever knows how words are set.
    """
    written = list(lines(text))
    doubts = Doubts(text)
    for way in _WAYS:
        if way.tab and not tabs:
            continue
        found = [each for each in _written_so(text, written, way, sure) if each.key not in nobody]
        one_person_numbered(found)
        if _cover(found, written) < _LEAST_COVER:
            continue
        if _believable(text, found, sure, doubts):
            return found, {each.key for each in found}
        if believed := {each.key for each in found} & set(sure):
            heard = believed | doubtful_names(found, believed)
            return [each for each in found if each.key in heard], believed
    return [], set()


def _written_so(
    text: str, written: Sequence[Line], way: _Way, sure: Collection[str]
) -> Iterator[Candidate]:
    paragraph = 0
    for line in written:
        paragraph += line.after_blank
        match = way.pattern.match(text, line.start, line.end)
        if match is None:
            continue
        name = " ".join(match["name"].split())
        key = key_of(name)
        fits = name_of(name)[0] == name and (names_role(name) or not way.roles_only)
        if fits or key in sure:
            label_end = match.start() + len(match[0].rstrip())
            spaces = len(text[match.end() : line.end]) - len(text[match.end() : line.end].lstrip())
            yield Candidate(
                line.start, line.end, Kind.COLON, key, name, "", match.start("name"), label_end,
                speech=match.end() + spaces, paragraph=paragraph,
            )  # fmt: skip


def _cover(found: Sequence[Candidate], written: Sequence[Line]) -> float:
    """The share of paragraphs, from the first label on, that have one; of lines where no blank
    lines part the turns."""
    if not found:
        return 0.0
    later = [line for line in written if line.start >= found[0].start]
    parted = len({each.paragraph for each in found})
    if parted * 2 < len(found):
        return len(found) / len(later)
    return parted / max(1, sum(line.after_blank for line in later))


def _believable(
    text: str, found: Sequence[Candidate], sure: Collection[str], doubts: Doubts
) -> bool:
    """Whether the labels come back, take turns, are no common words, and one of them asks."""
    counts = Counter(each.key for each in found)
    if len(found) < _LEAST or len(counts) < 2:
        return False
    recur = sum(count for count in counts.values() if count >= 2)
    changes = sum(a.key != b.key for a, b in pairwise(found))
    if recur < _LEAST_RECURRING * len(found) or changes * 2 < len(found):
        return False
    names = {each.key: each.name for each in found}
    if any(doubts.about(name) for key, name in names.items() if key not in sure):
        return False
    turns = labelled_turns(text, found, 0, set(counts)).turns
    return bool(interviewers_among(text, turns, ((name, "") for name in names.values())))


def one_person_numbered(found: Sequence[Candidate]) -> None:
    """Make of `Q1: … A1: … Q2: … A2: …` one who asks and one who answers, in place.

    Only where questions are numbered upwards, and each answer has the number of its question.
    """
    asked: list[Candidate] = []
    answered: list[Candidate] = []
    numbers: list[int] = []
    for each in found:
        match = _EXCHANGE.fullmatch(each.key)
        if match is None:
            continue
        number = int(match[2])
        if match[1].startswith("q"):
            asked.append(each)
            numbers.append(number)
        elif numbers and number == numbers[-1]:
            answered.append(each)
        else:
            return
    rising = all(a < b for a, b in pairwise(numbers))
    if len(asked) < 2 or not rising:
        return
    for each in (*asked, *answered):
        name = each.name.rstrip("0123456789").rstrip(" ._#-")
        each.key, each.name = key_of(name), name
