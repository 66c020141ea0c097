"""Codings and suggestions laid over a document, and how to find those at a place quickly."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from heapq import merge
from typing import Generic, NamedTuple, Protocol, TypeVar

from commonplace.domain.span import Span
from commonplace.domain.suggestion import Band
from commonplace.tui.widgets.reader.document import Document

LANES = 6
"""Marks side by side in the margin, at most; further ones count as hidden behind these."""

_LONG = 5_000
"""Spans longer than this are kept apart, so that looking back from an offset stays short."""

_APART = 100
"""Code points between two marks of a lane: more than a row holds, so that they share no row."""


class CodeLook(NamedTuple):
    """How a code is shown: a mark of one or two cells for the margin, and `#rrggbb`."""

    mark: str
    color: str


class CodingMark(NamedTuple):
    """A coding as the reader shows it.

    `own` is False for another coder's. `pending` is True until it is known to be kept.
    """

    id: str
    span: Span
    code: str
    coder: str = ""
    own: bool = True
    pending: bool = False


class SuggestionMark(NamedTuple):
    """A suggestion as the reader shows it."""

    id: str
    span: Span
    code: str
    band: Band = Band.MAYBE


class _Mark(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def span(self) -> Span: ...


M = TypeVar("M", bound=_Mark)


def _order(mark: _Mark) -> tuple[int, int, str]:
    return mark.span.start, mark.span.end, mark.id


class Marks(Generic[M]):
    """Marks in order of their spans, found by id or by place.

    Sorted starts and bisection; the look back is bounded by the longest span, very long ones
    being kept apart. Putting one in or out moves the rest of an array: microseconds.
    """

    __slots__ = ("_by_id", "_long", "_longest", "_marks", "_starts")

    def __init__(self, marks: Iterable[M] = ()) -> None:
        """Of several marks with the same id the last counts."""
        self._by_id: dict[str, M] = {mark.id: mark for mark in marks}
        ordered = sorted(self._by_id.values(), key=_order)
        self._long = [mark for mark in ordered if len(mark.span) > _LONG]
        self._marks = [mark for mark in ordered if len(mark.span) <= _LONG]
        self._starts = array("I", [mark.span.start for mark in self._marks])
        self._longest = max((len(mark.span) for mark in self._marks), default=0)

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[M]:
        return merge(self._marks, self._long, key=_order) if self._long else iter(self._marks)

    def __contains__(self, mark: str) -> bool:
        return mark in self._by_id

    def get(self, mark: str) -> M | None:
        """The mark of that id, if there is one."""
        return self._by_id.get(mark)

    def add(self, mark: M) -> M | None:
        """Puts `mark` in; returns the one of the same id that it replaces, if any."""
        before = self.remove(mark.id)
        self._by_id[mark.id] = mark
        if len(mark.span) > _LONG:
            insort(self._long, mark, key=_order)
        else:
            at = bisect_right(self._starts, mark.span.start)
            while at and _order(self._marks[at - 1]) > _order(mark):
                at -= 1
            self._marks.insert(at, mark)
            self._starts.insert(at, mark.span.start)
            self._longest = max(self._longest, len(mark.span))
        return before

    def remove(self, mark: str) -> M | None:
        """Takes the mark of that id out and returns it, if there is one."""
        found = self._by_id.pop(mark, None)
        if found is None:
            return None
        if len(found.span) > _LONG:
            self._long.remove(found)
            return found
        at = bisect_left(self._starts, found.span.start)
        while self._marks[at].id != mark:
            at += 1
        del self._marks[at], self._starts[at]
        return found

    def within(self, start: int, end: int) -> list[M]:
        """The marks that share a code point with `[start, end)`, in order of their spans."""
        found = [mark for mark in self._long if mark.span.start < end and mark.span.end > start]
        first = bisect_right(self._starts, start - self._longest)
        for at in range(first, bisect_left(self._starts, end)):
            if self._marks[at].span.end > start:
                found.append(self._marks[at])
        if self._long:
            found.sort(key=_order)
        return found

    def at(self, offset: int) -> list[M]:
        """The marks that hold the code point at `offset`, in order of their spans."""
        return self.within(offset, offset + 1)

    def after(self, offset: int) -> M | None:
        """The first mark that begins after `offset`."""
        at = bisect_right(self._starts, offset)
        found = self._marks[at] if at < len(self._marks) else None
        for mark in self._long:
            if mark.span.start > offset and (found is None or _order(mark) < _order(found)):
                found = mark
        return found

    def before(self, offset: int) -> M | None:
        """The last mark that begins before `offset`."""
        at = bisect_left(self._starts, offset) - 1
        found = self._marks[at] if at >= 0 else None
        for mark in self._long:
            if mark.span.start < offset and (found is None or _order(mark) > _order(found)):
                found = mark
        return found


class Lanes:
    """Which lane of the margin each coding has: greedily the first that is free where it stands.

    Two codings in one lane are so far apart that no row shows both, or in different turns.
    """

    __slots__ = ("_document", "_lane", "used")

    def __init__(self, codings: Marks[CodingMark], document: Document) -> None:
        self._document = document
        self._lane: dict[str, int] = {}
        self.used = 0
        """How many lanes there have been marks in."""
        free_from = [0] * LANES
        for coding in codings:
            for lane, free in enumerate(free_from):
                if free <= coding.span.start:
                    free_from[lane] = self._free_from(coding)
                    self._lane[coding.id] = lane
                    self.used = max(self.used, lane + 1)
                    break

    def _free_from(self, coding: CodingMark) -> int:
        """Where another coding may begin in the lane of this one."""
        end, document = coding.span.end, self._document
        piece = document.piece_at(end - 1)
        if document.closes(piece) and piece + 1 < len(document.starts):
            return min(end + _APART, document.starts[piece + 1])
        return end + _APART

    def lane(self, coding: str) -> int:
        """The lane of a coding; `LANES` when all were taken."""
        return self._lane.get(coding, LANES)

    def add(self, coding: CodingMark, codings: Marks[CodingMark]) -> None:
        """Gives a coding that was just put into `codings` a lane of its own there."""
        free_from = self._free_from(coding)
        near = codings.within(max(0, coding.span.start - _APART), free_from)
        taken = {
            self.lane(other.id)
            for other in near
            if other.id != coding.id and self._free_from(other) > coding.span.start
        }
        free = next((lane for lane in range(LANES) if lane not in taken), None)
        if free is not None:
            self._lane[coding.id] = free
            self.used = max(self.used, free + 1)

    def remove(self, coding: str) -> None:
        """Frees the lane of a coding."""
        self._lane.pop(coding, None)
