"""Stretches of one transcript, asked again and again whether something overlaps one of them."""

from __future__ import annotations

from bisect import bisect_left


class Stretches:
    """Stretches in order of where they begin, as start and end in code points."""

    __slots__ = ("_reach", "_starts")

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._reach: list[int] = []
        """How far the stretches up to each one reach."""

    def add(self, start: int, end: int) -> None:
        """Adds one that begins no earlier than those before."""
        self._starts.append(start)
        self._reach.append(max(end, self._reach[-1]) if self._reach else end)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether one of them shares a code point with this one."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start
