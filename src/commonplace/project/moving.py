"""Rows that stand at words, when the words move."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from commonplace.domain.rewording import Splice
from commonplace.domain.span import Span
from commonplace.domain.suggestion import suggestion_id

if TYPE_CHECKING:
    from commonplace.project.store import Change

ASIDE = 10**12
"""Where a row is put for a moment when two are to change places: beyond any text."""


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
        'SELECT start, "end", code_id, score, reasons FROM suggestions WHERE document_id = ?',
        (document,),
    ).fetchall()
    if not rows:
        return
    shift = Shift(splices)
    connection.execute("DELETE FROM suggestions WHERE document_id = ?", (document,))
    moved = []
    for start, end, code, *rest in rows:
        span = shift.span(start, end)
        if span is not None:
            key = suggestion_id(document, span, code)
            moved.append((key, document, span.start, span.end, code, *rest))
    connection.executemany("INSERT INTO suggestions VALUES (?, ?, ?, ?, ?, ?, ?)", moved)


class _Move:
    """A row on its way: what made it unique before, and what does afterwards."""

    __slots__ = ("done", "key", "new", "old", "values")

    def __init__(
        self, key: str, values: dict[str, Any], row: dict[str, Any], unique: Sequence[str]
    ) -> None:
        self.key, self.values, self.done = key, values, False
        self.old = tuple(row[column] for column in unique)
        self.new = tuple(values.get(column, row[column]) for column in unique)


def update_all(
    change: Change, table: str, unique: Sequence[str], updates: Mapping[str, dict[str, Any]]
) -> None:
    """Changes rows of a table by key so that at no time two have the same values in `unique`.

    Afterwards they must differ; but one may go where another still stands. The first column of
    `unique` must be free to hold anything for a moment.
    """
    moves = []
    for key, values in updates.items():
        row = change.row(table, key)
        if row is not None:
            moves.append(_Move(key, values, row, unique))
    standing = {move.old: move for move in moves}
    for move in moves:
        chain: list[_Move] = []
        following: _Move | None = move
        while following is not None and not following.done:
            if following in chain:  # around in a circle: one steps aside
                if len(chain) > 1:
                    aside = {unique[0]: _aside(following.old[0])}
                    change.update(table, following.key, **aside)
                break
            chain.append(following)
            following = standing.get(following.new)
        for each in reversed(chain):
            change.update(table, each.key, **each.values)
            each.done = True


def _aside(value: Any) -> Any:
    return value + ASIDE if isinstance(value, int) else f"{value} aside"
