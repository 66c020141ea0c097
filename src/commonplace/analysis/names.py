"""Names and values that come from the data: for columns, and in an order people expect."""

from __future__ import annotations

import re
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


def natural(value: str) -> list[tuple[int, str]]:
    """A key that sorts wave 2 before wave 10, upper and lower case alike."""
    parts = re.findall(r"[0-9]+|[^0-9]+", value.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
