"""A report with pseudonyms in the place of names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

_T = TypeVar("_T")

_FIXED = frozenset(("id", "look", "kind"))
"""Fields that name parts of the report, and nobody."""


def renamed(value: _T, apply: Callable[[str], str]) -> _T:
    """A part of a report, every text in it put through `apply`."""
    made: Any = value
    if isinstance(value, str):
        made = apply(value)
    elif isinstance(value, tuple):
        made = tuple(renamed(each, apply) for each in value)
    elif is_dataclass(value) and not isinstance(value, type):
        texts = {
            field.name: renamed(getattr(value, field.name), apply)
            for field in fields(value)
            if field.name not in _FIXED
        }
        made = replace(value, **texts)
    return made  # type: ignore[no-any-return]
