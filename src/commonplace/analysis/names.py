"""Names for columns that are made of data."""

from __future__ import annotations

from collections.abc import Iterable


def free_names(wanted: Iterable[str], taken: Iterable[str]) -> list[str]:
    """The names, each altered where it is taken: `speaker` becomes `speaker (attribute)`."""
    used = set(taken)
    names = []
    for name in wanted:
        free = name
        while free in used:
            free += " (attribute)"
        used.add(free)
        names.append(free)
    return names
