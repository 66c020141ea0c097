"""Every place in a text where a speaker's label could stand, in one pass over its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from commonplace.readers.speakers.notices import NOTICE_LENGTH, is_notice
from commonplace.readers.speakers.paragraphs import LINE_ENDS, ends_with
from commonplace.readers.speakers.stamps import COUNTER_AT, DATED_AT, STAMP, STAMP_AT, seconds
from commonplace.readers.speakers.vocabulary import (
    could_be_named,
    key_of,
    names_role,
)

_LONGEST = 64
"""Code points within which a label's colon must stand."""
_LONGEST_HEADER = 90

_INDENT = re.compile(r"[^\S\n]*\u200e?(?:[>•*+–—-]+(?:[^\S\n]+|$))*")
_NAME = r"[^\W\d_](?:[^\n:\[\](){}<>|\"“”!?;=*\\…\t：]{0,46}[^\s:\[\](){}<>|\"“”!?;=*_\\…：–—-])?"
_PREFIX = re.compile(
    rf"(?P<open>[*_]{{0,3}})(?P<bracket>\[)?(?P<name>{_NAME})(?(bracket)\])[*_]{{0,3}}[ \t]*"
    r"(?:\((?P<role>[^()\n]{1,40})\)[*_]{0,3}[ \t]*)?"
)
_STAMPED = re.compile(
    rf"(?P<open>[*_]{{0,3}})(?P<bracket>\[)?(?P<name>{_NAME})(?(bracket)\])[*_]{{0,3}}[ \t]*"
    rf"(?:\((?P<role>[^()\n\d]{{1,40}})\)[ \t]*)?[*_]{{0,3}}"
    rf"(?:[ \t]+|[ \t]*[-–—,|][ \t]*|(?=[\[(]))(?P<stamp>{STAMP})[*_]{{0,3}}"
    r"[ \t]*(?P<colon>[:：][*_]{0,3})?"
)
_BRACKETED = re.compile(rf"\[(?P<name>{_NAME})\](?P<colon>[ \t]*[:：])?")
_NUMBER = re.compile(r"(?P<name>\+?\d[\d ()-]{5,20}\d)[ \t]*:")
_DASH = re.compile(r"[ \t]*[-–—|:]?[ \t]*")
_COLON = re.compile(r"[ \t]*[:：]?\s*")
_DASHED_NAME = re.compile(rf"[ \t]*[-–—|][ \t]*(?P<name>{_NAME})[ \t]*$")
_STAMP_STARTS = "0123456789[(<{"
_EMPHASIS = "*_"
_LINE_ENDS = LINE_ENDS + _EMPHASIS


class Kind(Enum):
    """How a label is written."""

    COLON = "Name:"
    BRACKET = "[Name]"
    ABOVE = "Name  00:13"
    """On a line of its own, with a time, above the speech."""
    ALONE = "Name"
    """On a line of its own above the speech, without a time."""
    STAMP = "00:13"
    """A time without a name."""
    NOTICE = "END OF SIDE A"


@dataclass(slots=True)
class Candidate:
    """A label that may be a speaker's; offsets are code points in the text."""

    start: int
    line_end: int
    kind: Kind
    key: str = ""
    name: str = ""
    role: str = ""
    label_start: int = 0
    label_end: int = 0
    stamp_start: int = -1
    stamp_end: int = -1
    time: float | None = None
    speech: int = 0
    """Where the words after label and stamp begin, on this line; `line_end` if there are none."""
    emphasised: bool = False
    clean: bool = True
    """At the start of a paragraph, or after a line that ends a sentence."""
    paragraph: int = 0
    """The number of the paragraph it stands in; blank lines part paragraphs."""


class Scan(NamedTuple):
    """All candidates of a text in order, and how many paragraphs and lines it has."""

    candidates: list[Candidate]
    paragraphs: int
    lines: int
    text: str


def without(found: Scan, labels: Collection[str]) -> Scan:
    """The scan without the candidates that have one of these labels."""
    if not labels:
        return found
    keys = {key_of(label) for label in labels}
    return found._replace(candidates=[c for c in found.candidates if c.key not in keys])


class _Prefix(NamedTuple):
    key: str
    name: str
    role: str
    emphasised: bool


def scan(text: str, certain: Collection[str] = ()) -> Scan:
    """The candidates in `text`: one pass, in time proportional to its length.

    `certain` are keys of labels that are speakers'.
    """
    found: list[Candidate] = []
    wide_colon = "：" in text
    position, size = 0, len(text)
    paragraphs = lines = 0
    blank, above, above_end = True, 0, 0
    while position < size:
        end = text.find("\n", position)
        if end == position:
            blank = True
            position = end + 1
            continue
        if end < 0:
            end = size
        start = position
        if not text[start].isalnum():  # indented, or an item of a list, or quoted
            indent = _INDENT.match(text, start, end)
            start = indent.end() if indent else start
            if start == end:
                blank, position = True, end + 1
                continue
        lines += 1
        paragraphs += blank
        candidate = _candidate(text, start, end, wide_colon)
        if candidate is not None:
            candidate.clean = blank or ends_with(text, above, above_end, _LINE_ENDS)
            candidate.paragraph = paragraphs
            if start > position:
                candidate.start = _skip_space(text, position, start)
            found.append(candidate)
        blank, above, above_end = False, start, end
        position = end + 1
    _give_back_spoken_times(text, found)
    _name_after_times(text, found, certain)
    return Scan(found, paragraphs, lines, text)


def _give_back_spoken_times(text: str, found: list[Candidate]) -> None:
    """`Sue: 10:30 was the last bus.`: a time after a colon is one of the recording if most have it.

    Times in brackets, and alone on their line, are of the recording in any case.
    """
    labels = [each for each in found if each.kind is Kind.COLON]
    bare = [
        each
        for each in labels
        if each.label_end <= each.stamp_start < each.speech < each.line_end
        and text[each.stamp_start].isdigit()
    ]
    if len(bare) * 2 > len(labels):
        return
    for each in bare:
        each.speech = each.stamp_start
        each.stamp_start, each.stamp_end, each.time = -1, -1, None


def _name_after_times(text: str, found: list[Candidate], certain: Collection[str]) -> None:
    """`00:13 Name` on a line of its own above the speech, as Word for the web transcribes.

    Where nearly all times have a name after them, and most of these are usual labels, or come
    back and take turns with others; elsewhere those that are `certain`.
    """
    timed = [each for each in found if each.kind is Kind.STAMP]
    names = {
        each.start: text[each.speech : each.line_end].strip()
        for each in timed
        if each.speech < each.line_end <= each.start + _LONGEST_HEADER and _is_above(text, each)
    }
    above = [each for each in timed if names.get(each.start, "")[-1:].isalnum()]
    named = [
        key
        for name in (names[each.start] for each in above)
        if (key := key_of(name)) in certain or could_be_named(name)
    ]
    converse = 2 <= len(named) >= 0.9 * len(timed) and _converse(named)
    for each in above:
        name = names[each.start]
        if converse or key_of(name) in certain:
            each.kind, each.name, each.key = Kind.ABOVE, name, key_of(name)
            each.label_start = each.speech
            each.label_end = each.speech + len(name)
            each.speech = each.line_end


def _converse(keys: Sequence[str]) -> bool:
    """Whether labels, in order, are a conversation's: usual ones, or back again in turns."""
    roles = [names_role(key) for key in keys]
    if all(roles):
        return True
    counts = Counter(keys)
    again = sum(role or counts[key] >= 2 for role, key in zip(roles, keys, strict=True))
    changes = sum(a != b for a, b in pairwise(keys))
    return len(counts) < len(keys) and again * 3 >= 2 * len(keys) and changes * 2 >= len(keys)


def _is_above(text: str, each: Candidate) -> bool:
    """Whether words follow on the next line, and no other time."""
    after = _skip_space(text, each.line_end, len(text))
    return after < len(text) and STAMP_AT.match(text, after) is None


def _candidate(text: str, start: int, end: int, wide_colon: bool) -> Candidate | None:
    if text[start] not in _STAMP_STARTS:
        found = _named(text, start, end, wide_colon)
    elif text[start] in "[(" and _is_notice(text, start, end):
        found = None
    else:
        found = (
            _after_date(text, start, end, wide_colon)
            or _after_stamp(text, start, end, wide_colon)
            or _bracketed(text, start, end)
        )
    if found is None and _is_notice(text, start, end):
        return Candidate(start, end, Kind.NOTICE)
    return found


def _is_notice(text: str, start: int, end: int) -> bool:
    return end - start <= NOTICE_LENGTH and is_notice(text[start:end])


def _named(text: str, start: int, end: int, wide_colon: bool) -> Candidate | None:
    limit = start + _LONGEST
    colon = text.find(":", start, limit if limit < end else end)
    if wide_colon:
        wide = text.find("：", start, min(end, limit))
        colon = wide if wide >= 0 and (colon < 0 or wide < colon) else colon
    if colon <= start:
        return None
    after = text[colon + 1 : colon + 2]
    if after.isdigit():
        return _with_stamp(text, start, end) if text[colon - 1].isdigit() else None
    return _before_colon(text, start, colon, end) if after not in ("/", "\\") else None


def _before_colon(text: str, start: int, colon: int, end: int) -> Candidate | None:
    prefix = _prefix(text[start:colon])
    if prefix is None:
        return None
    key, name, role, emphasised = prefix
    label_end = colon + 1
    while label_end < end and text[label_end] in _EMPHASIS:
        label_end += 1
    speech = _skip_space(text, label_end, end)
    found = Candidate(
        start, end, Kind.COLON, key, name, role, start, label_end, -1, -1, None, speech, emphasised
    )
    if speech < end and text[speech] in _STAMP_STARTS:
        stamp = STAMP_AT.match(text, speech, end)
        if stamp is not None:
            found.stamp_start, found.stamp_end = stamp.span()
            found.time = seconds(stamp[0])
            found.speech = _skip_space(text, stamp.end(), end)
    return found


@lru_cache(maxsize=4096)
def _prefix(words: str) -> _Prefix | None:
    """What stands before a colon, taken apart; None when it can be no label."""
    match = _PREFIX.fullmatch(words)
    if match is None:
        return None
    name = match["name"]
    return _Prefix(key_of(name), name, match["role"] or "", bool(match["open"]))


def _with_stamp(text: str, start: int, end: int) -> Candidate | None:
    """`Name  00:13` on a line of its own, or `Name (00:13): words`."""
    match = _STAMPED.match(text, start, min(end, start + _LONGEST_HEADER))
    if match is None:
        return None
    speech = _skip_space(text, match.end(), end)
    if match["colon"] is None and speech < end:
        return None
    kind = Kind.COLON if match["colon"] else Kind.ABOVE
    label_end = match.end()
    if kind is Kind.ABOVE:
        label_end = start + len(text[start : match.start("stamp")].rstrip(" \t-–—,|"))
    return Candidate(
        start, end, kind, key_of(match["name"]), match["name"], match["role"] or "",
        start, label_end, match.start("stamp"), match.end("stamp"), seconds(match["stamp"]),
        speech, emphasised=bool(match["open"]),
    )  # fmt: skip


def _after_stamp(text: str, start: int, end: int, wide_colon: bool) -> Candidate | None:
    """`[00:01:23] Name: words`, `1.05 Name: words`, or a clock time alone before words."""
    match = STAMP_AT.match(text, start, end)
    stamp_end = match.end() if match else 0
    time = seconds(match[0]) if match else None
    if match is None and (counter := COUNTER_AT.match(text, start, end)):
        stamp_end, time = counter.end(), int(counter[1]) * 60.0 + int(counter[2])
    if not stamp_end:
        return None
    follows = _skip(_DASH, text, stamp_end, end)
    inner = None
    if follows < end:
        inner = _bracketed(text, follows, end) or _named(text, follows, end, wide_colon)
    if inner is not None and inner.kind is not Kind.ABOVE:
        inner.start = inner.stamp_start = start
        inner.stamp_end, inner.time = stamp_end, time
        return inner
    if match is None:
        return None
    found = Candidate(
        start, end, Kind.STAMP, stamp_start=start, stamp_end=stamp_end, time=time,
        speech=_skip(_COLON, text, stamp_end, end),
    )  # fmt: skip
    if dashed := _DASHED_NAME.match(text, stamp_end, end):
        found.kind, found.name, found.key = Kind.ABOVE, dashed["name"], key_of(dashed["name"])
        found.label_start, found.label_end = dashed.span("name")
        found.speech = end
    return found


def _after_date(text: str, start: int, end: int, wide_colon: bool) -> Candidate | None:
    """`[12/03/2024, 10:15:22] Name: words`, as chats are exported, or a message of nobody.

    The time is one of the day, not of a recording.
    """
    match = DATED_AT.match(text, start, end)
    if match is None:
        return None
    follows = match.end()
    found = _named(text, follows, end, wide_colon)
    if found is None and (number := _NUMBER.match(text, follows, end)):
        name = number["name"]
        found = Candidate(
            start, end, Kind.COLON, key_of(name), name, "", follows, number.end(),
            speech=_skip_space(text, number.end(), end),
        )  # fmt: skip
    if found is None or found.kind is Kind.ABOVE:
        found = Candidate(start, end, Kind.STAMP, speech=follows)
    found.start = found.stamp_start = start
    found.stamp_end = start + len(match[0].rstrip(" -~"))
    found.time = None
    return found


def _bracketed(text: str, start: int, end: int) -> Candidate | None:
    """`[Name] words`, `[Name]` above the words, or `[Name] 10:20:30` above them."""
    if text[start] != "[":
        return None
    stamped = _with_stamp(text, start, end)
    if stamped is not None:
        return stamped
    match = _BRACKETED.match(text, start, min(end, start + _LONGEST))
    if match is None:
        return None
    return Candidate(
        start, end, Kind.BRACKET, key_of(match["name"]), match["name"], "", start, match.end(),
        speech=_skip_space(text, match.end(), end),
    )  # fmt: skip


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _skip(pattern: re.Pattern[str], text: str, position: int, end: int) -> int:
    match = pattern.match(text, position, end)
    return match.end() if match else position
