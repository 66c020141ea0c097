"""Changing rows that must differ, when one goes where another still stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commonplace.project.store import Change

ASIDE = 10**12
"""Where a row is put for a moment when two are to change places: beyond any text."""


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
