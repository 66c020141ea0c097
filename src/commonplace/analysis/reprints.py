"""Words that one published version leaves out, and another quote of the same passage prints.

A quote is shortened so that nobody is recognised; a longer coding around it, or one beside it that
shares its words, goes out as it was said. Each is right by itself: only held against each other do
they show that the words leave after all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from commonplace.analysis.layout import merged
from commonplace.analysis.quote_desk import Desk
from commonplace.domain.published import Why
from commonplace.project import Project
from commonplace.project.quotes import Place

LEFT_ELSEWHERE = "words that the published version of an overlapping passage leaves out"
"""Stands in the remark on quotes that print such words."""

_NAMED = 5
"""Quotes that a remark names."""

_BY_HAND = frozenset([Why.OMISSION, Why.REPLACED, Why.UNMARKED])
"""Why words are missing that an editor took out; fillers and repetitions give nobody away."""

Spans = list[tuple[int, int]]


class Reprint(NamedTuple):
    """Words that a quote prints although somebody left them out of another."""

    place: Place
    """The quote that prints them."""
    edited: Place
    """The passage whose published version leaves them out."""
    words: str


def reprints(project: Project, desk: Desk, places: Iterable[Place]) -> list[Reprint]:
    """What of these quotes would print words that the published version of a passage sharing them
    leaves out; by place.

    Versions count that may be printed: they pass the check, or somebody let them pass. What a
    quote's own version leaves out, for whatever reason, it does not print.
    """
    found = []
    for document, group in groupby(sorted(set(places)), key=itemgetter(0)):
        edited = [(document, *span) for span in sorted(desk.versions(document))]
        if not edited:
            continue
        text = project.documents.text(document)
        for place in group:
            for other in edited:
                if other == place or other[1] >= place[2] or other[2] <= place[1]:
                    continue
                words = [text[start:end] for start, end in _printed(desk, place, other)]
                said = " … ".join(" ".join(part.split()) for part in words if _has_word(part))
                if said:
                    found.append(Reprint(place, other, said))
    return found


def remark(ids: Sequence[str]) -> str:
    """A remark on quotes (ids) that print such words; empty for none."""
    if not ids:
        return ""
    prints = "1 quote prints" if len(ids) == 1 else f"{len(ids)} quotes print"
    named = ", ".join(ids[:_NAMED]) + (", …" if len(ids) > _NAMED else "")
    return f"Look again: {prints} {LEFT_ELSEWHERE} ({named})."


def passed_over(count: int) -> str:
    """A remark on quotes that were not proposed for such words; empty for none."""
    if not count:
        return ""
    one, more = "1 quote is passed over: it holds", f"{count} quotes are passed over: they hold"
    said = one if count == 1 else more
    return f"{said} {LEFT_ELSEWHERE}."


def _printed(desk: Desk, place: Place, edited: Place) -> Spans:
    """What the version of `edited` leaves out, as far as the quote at `place` prints it."""
    check = desk.check(edited)
    if check is None or not (check.ok or desk.records[edited].override is not None):
        return []
    return _left(_gone(desk, edited, _BY_HAND), place, _gone(desk, place, frozenset(Why)))


def _gone(desk: Desk, place: Place, whys: frozenset[Why]) -> Spans:
    """Stretches of the transcript that a published version leaves out; none without one."""
    check = desk.check(place)
    dropped = () if check is None else check.dropped
    return merged(sorted((d.span.start, d.span.end) for d in dropped if d.why in whys))


def _left(gone: Spans, place: Place, own: Spans) -> Spans:
    """What of `gone` lies in a passage, without what its own version leaves out."""
    _, first, last = place
    found = []
    for start, end in gone:
        at, until = max(start, first), min(end, last)
        for out, back in own:
            if out < until and at < back:
                found.append((at, out))
                at = back
        found.append((at, until))
    return [(start, end) for start, end in found if start < end]


def _has_word(part: str) -> bool:
    return any(character.isalnum() for character in part)
