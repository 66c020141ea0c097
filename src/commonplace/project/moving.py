"""Rows that stand at words, when the words move."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from commonplace.domain.rewording import Splice
from commonplace.domain.span import Span
from commonplace.domain.suggestion import suggestion_id


class Shift:
    """How far splices move what stands between them."""

    def __init__(self, splices: Sequence[Splice]) -> None:
        self._starts = [splice.start for splice in splices]
        self._ends = [splice.start + len(splice.old) for splice in splices]
        moved = (len(splice.new) - len(splice.old) for splice in splices)
        self._moved = [0, *accumulate(moved)]

    def span(self, start: int, end: int) -> Span | None:
        """Where the words of a span stand; None when one of them was touched."""
        before = bisect_right(self._ends, start)
        while before < len(self._starts) and self._starts[before] == self._ends[before] <= start:
            before += 1
        if before < len(self._starts) and self._starts[before] < end:
            return None
        return Span(start + self._moved[before], end + self._moved[before])


def move_suggestions(
    connection: sqlite3.Connection, document: str, splices: Sequence[Splice]
) -> None:
    """Takes the suggestions for a transcript along; those at words that changed go, for the
    worker to make them anew."""
    rows = connection.execute(
        'SELECT coder, start, "end", code_id, score, reasons FROM suggestions '
        "WHERE document_id = ?",
        (document,),
    ).fetchall()
    if not rows:
        return
    shift = Shift(splices)
    connection.execute("DELETE FROM suggestions WHERE document_id = ?", (document,))
    moved = []
    for coder, start, end, code, *rest in rows:
        span = shift.span(start, end)
        if span is not None:
            key = suggestion_id(document, span, code)
            moved.append((coder, key, document, span.start, span.end, code, *rest))
    connection.executemany("INSERT INTO suggestions VALUES (?, ?, ?, ?, ?, ?, ?, ?)", moved)
