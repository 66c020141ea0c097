"""The lines of a text, and the time marks some of them begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from commonplace.readers.speakers.stamps import COUNTER_AT, STAMP_AT, seconds

_WORDS = re.compile(r"\S")
_TAB = 8
_WIDEST = 80


class Line(NamedTuple):
    """A line that is not blank, without the white space around it: `[start, end)`."""

    start: int
    end: int
    indent: int
    """Columns of white space before it."""
    after_blank: bool


class Mark(NamedTuple):
    """A time mark at the start of a line: where it ends, and its time in seconds."""

    end: int
    time: float


def lines(text: str) -> Iterator[Line]:
    """The lines of `text` that hold more than white space."""
    position, size = 0, len(text)
    blank = True
    while position < size:
        end = text.find("\n", position)
        if end < 0:
            end = size
        words = _WORDS.search(text, position, end)
        if words is None:
            blank = True
        else:
            start = words.start()
            lead = text[position : min(start, position + _WIDEST)]
            stop = end if not text[end - 1].isspace() else start + len(text[start:end].rstrip())
            yield Line(start, stop, len(lead.expandtabs(_TAB)), blank)
            blank = False
        position = end + 1


def time_marks(text: str, found: list[Line]) -> dict[int, Mark]:
    """The time marks at line starts, by where they begin.

    Bracketed clock times always count. A clock time without brackets could open a sentence
    ("10:30 was when it came"), and a tape counter could be any number ("1.05 per cent"): they
    count when there are at least three, and counters when most are set off by a tab or wide
    space.
    """
    marks: dict[int, Mark] = {}
    bare: dict[int, Mark] = {}
    counters: dict[int, Mark] = {}
    set_off = 0
    for line in found:
        if text[line.start] not in "0123456789[(<{":
            continue
        if match := STAMP_AT.match(text, line.start, line.end):
            target = bare if text[line.start].isdigit() else marks
            target[line.start] = Mark(match.end(), seconds(match[0]))
        elif match := COUNTER_AT.match(text, line.start, min(line.end + 1, len(text))):
            time = int(match[1]) * 60.0 + int(match[2])
            counters[line.start] = Mark(match.end(), time)
            after = text[match.end() : match.end() + 2]
            set_off += after[:1] in ("\t", "\n", "") or after == "  "
    if len(bare) >= 3:
        marks |= bare
    if len(counters) >= 3 and set_off * 2 > len(counters):
        marks |= counters
    return marks
