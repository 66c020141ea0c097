"""Where turns lie in a transcript, in arrays that can be searched by halving.

SQLite hands over a column of a transcript's rows as one JSON array: a row of Python objects for
each turn would cost several times as much as everything that is done with it.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import repeat


@dataclass(frozen=True, slots=True)
class Layout:
    """The turns of a transcript in order; the lists run in step, offsets are code points."""

    starts: list[int]
    speech_starts: list[int]
    ends: list[int]
    speakers: list[str]
    """Ids of who speaks."""

    def turns_in(self, start: int, end: int) -> range:
        """Places of the turns that share text with `[start, end)`, labels included."""
        first = bisect_right(self.ends, start)
        last = first
        while last < len(self.starts) and self.starts[last] < end:
            last += 1
        return range(first, last)

    def speaks_in(self, place: int, start: int, end: int) -> bool:
        """Whether anything is said in that turn within `[start, end)`."""
        return max(self.speech_starts[place], start) < min(self.ends[place], end)


def layout(connection: sqlite3.Connection, document: str) -> Layout:
    """The turns of a transcript."""
    row = connection.execute(
        "SELECT json_group_array(start), json_group_array(speech_start), "
        'json_group_array("end"), json_group_array(speaker_id) '
        "FROM turns WHERE document_id = ?",
        (document,),
    ).fetchone()
    starts, speech_starts, ends, speakers = (json.loads(column) for column in row)
    if starts != sorted(starts):
        order = sorted(range(len(starts)), key=starts.__getitem__)
        starts, speech_starts, ends, speakers = (
            [column[place] for place in order] for column in (starts, speech_starts, ends, speakers)
        )
    return Layout(starts, speech_starts, ends, speakers)


Edges = list[int]
"""Beginnings and ends of stretches that do not overlap, alternating, in order."""


def speech_of(connection: sqlite3.Connection, speakers: Collection[str]) -> dict[str, Edges]:
    """What each of these speakers (by id) says in their transcript, empty turns left out."""
    rows = connection.execute(
        "SELECT speaker_id, json_array(json_group_array(speech_start), "
        'json_group_array("end")) FROM turns '
        'WHERE speaker_id IN (SELECT value FROM json_each(?)) AND speech_start < "end" '
        "GROUP BY speaker_id",
        (json.dumps(list(speakers)),),
    )
    return {speaker: edges(*json.loads(columns)) for speaker, columns in rows}


def edges(starts: list[int], ends: list[int]) -> Edges:
    """The edges of stretches that do not overlap, given in any order."""
    both = [0] * (2 * len(starts))
    both[::2] = sorted(starts)
    both[1::2] = sorted(ends)
    return both


def touching(spoken: Edges, starts: list[int], ends: list[int]) -> list[int] | None:
    """Places of the spans that share text with `spoken`; None when all of them do."""
    if all(map((1).__and__, map(bisect_right, repeat(spoken), starts))):
        return None  # each begins inside: the common case, without a step of Python for each
    limit = len(spoken)
    hits = [
        index
        for index, place in enumerate(map(bisect_right, repeat(spoken), starts))
        if place & 1 or (place < limit and spoken[place] < ends[index])
    ]
    return None if len(hits) == len(starts) else hits


def together(spoken: Iterable[Edges]) -> Edges:
    """The speech of several speakers of one transcript as one."""
    several = list(spoken)
    if len(several) == 1:
        return several[0]
    pairs = sorted(pair for one in several for pair in zip(one[::2], one[1::2], strict=True))
    return [edge for pair in pairs for edge in pair]


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans, joined where they overlap or touch."""
    joined: list[tuple[int, int]] = []
    start = end = -1
    for left, right in spans:
        if left <= end:
            end = max(end, right)
        else:
            if start >= 0:
                joined.append((start, end))
            start, end = left, right
    if start >= 0:
        joined.append((start, end))
    return joined
