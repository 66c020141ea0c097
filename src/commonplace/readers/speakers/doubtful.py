"""Labels that stand where speakers' labels stand, and may be words all the same.

What follows one is not the speech of whoever spoke before: words must never go to the wrong
person. It is not given to the label either, but is nobody's until a person says what the label is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from commonplace.readers.speakers.doubts import is_common
from commonplace.readers.speakers.labels import Candidate, Kind, Scan
from commonplace.readers.speakers.vocabulary import (
    is_full_name,
    is_name_too,
    is_no_speaker,
    looks_like_a_name,
)

_USUAL = 0.2
"""Share of the speakers' labels that are written in one way, from which on it is usual."""
_DENSE = 0.6
"""Share of paragraphs that speakers open, from which on `May` may be one if it occurs once."""
_THROUGHOUT = 0.9
"""The same for any other name, counting those as well that could be speakers."""
_LOOKED_AT = 1000
"""Labels by which it is told whether blank lines part the turns."""
_GAP = 80
"""Code points in which a blank line is looked for; longer ones hold words."""
_OFTEN = 0.25
"""How often a common word comes back, for each label of a speaker, that may be a name as well."""


class _Place(NamedTuple):
    """What is known of the labels that are speakers'."""

    marks: int
    timed: Collection[Kind]
    """The kinds that have times beside them."""
    dense: bool
    throughout: bool


def doubtful_keys(scan: Scan, speakers: set[str]) -> set[str]:
    """The keys of the labels in `scan` that may be speakers' besides `speakers`.

    They are written as those are, where a paragraph or a finished line begins, and come back or
    have a time beside them, or nearly every paragraph begins with a label.
    """
    others = [
        each for each in scan.candidates if each.key not in speakers and each.key and each.clean
    ]
    if not others or not speakers:
        return set()
    marks = [each for each in scan.candidates if each.key in speakers]
    usual = _usual_ways(marks)
    parted = _are_parted(scan.text, marks)
    found: dict[str, list[Candidate]] = {}
    for each in others:
        if _ways(each) & usual and (not parted or _is_parted(scan.text, each)):
            found.setdefault(each.key, []).append(each)
    likely = [each for each in chain(*found.values()) if _could_be_one(each.name)]
    units = scan.paragraphs - marks[0].paragraph + 1 if parted else scan.lines
    place = _Place(
        marks=len(marks),
        timed={kind for kind, time in usual if time},
        dense=len(marks) >= _DENSE * units,
        throughout=len(marks) + len(likely) >= _THROUGHOUT * units,
    )
    return {key for key, places in found.items() if _may_speak(places, place)}


def doubtful_names(names: Iterable[Candidate], speakers: Collection[str]) -> set[str]:
    """The keys of the names, none of them written with a colon, that come back unbelieved."""
    counts = Counter(each.key for each in names if each.key not in speakers)
    return {key for key, count in counts.items() if count >= 2}


def doubtful_notes(turns: Mapping[str, int]) -> list[str]:
    """What to tell of doubtful labels, each with the number of turns it opens."""
    return [
        f"“{name}” may be a speaker or a word: what follows it, {count} "
        f"{'turn' if count == 1 else 'turns'}, is nobody's until you say which"
        for name, count in turns.items()
    ]


def _ways(each: Candidate) -> set[tuple[Kind, bool]]:
    """How it is written; a time beside it makes it no less of a label."""
    return {(each.kind, False), (each.kind, each.stamp_start >= 0)}


def _usual_ways(marks: Sequence[Candidate]) -> set[tuple[Kind, bool]]:
    written = [(each.kind, each.stamp_start >= 0) for each in marks]
    return {way for way in set(written) if written.count(way) >= _USUAL * len(written)}


def _are_parted(text: str, marks: Sequence[Candidate]) -> bool:
    """Whether nearly all labels open paragraphs that blank lines part."""
    looked_at = marks[1:_LOOKED_AT]
    return sum(_is_parted(text, each) for each in looked_at) * 10 >= 9 * max(1, len(looked_at))


def _is_parted(text: str, each: Candidate) -> bool:
    before = text[max(0, each.start - _GAP) : each.start].rsplit("\n", 2)
    return len(before) < 3 or not before[1].strip()


def _may_speak(places: Sequence[Candidate], among: _Place) -> bool:
    """Whether a label in all its places could be one more speaker's."""
    name, again = places[0].name, len(places) >= 2
    if all(each.kind in among.timed and each.stamp_start >= 0 for each in places):
        return again or _is_written_large(name.split())
    if is_name_too(name) and not is_full_name(name):
        return again or among.dense or among.throughout
    if _could_be_one(name):
        return again or among.throughout
    return looks_like_a_name(name) and len(places) >= max(3, _OFTEN * among.marks)


def _could_be_one(name: str) -> bool:
    return looks_like_a_name(name) and not (is_common(name) or is_no_speaker(name))


def _is_written_large(words: Iterable[str]) -> bool:
    return all(word[0].isupper() for word in words)
