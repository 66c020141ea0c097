"""A condition on attributes, as a tree, and whether it holds of someone.

A condition holds or it does not: there is no third value. What is not known of a person has the
value `(none)`; so `nation!=Wales` holds of someone whose nation is not known, just as
`not nation=Wales` does, and `nation=(none)` asks for exactly those. Upper and lower case, and
white space around or doubled within values, make no difference.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

NONE = "(none)"
"""The value of an attribute that is not known."""

_MARKS = (('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’"))


def quoted(words: str) -> str:
    """`words` as a condition takes them whole: between quotation marks that they do not hold."""
    opening, closing = next((pair for pair in _MARKS if pair[1] not in words), _MARKS[0])
    return f"{opening}{words}{closing}"


class QueryError(ValueError):
    """A query that cannot be understood; the message shows it and points at the place.

    `start` and `end` are code points in `query`.
    """

    def __init__(self, query: str, start: int, end: int, problem: str) -> None:
        self.query, self.start, self.end, self.problem = query, start, end, problem
        shown = "".join(c if c.isprintable() else " " for c in query)
        pad = " " * _cells(shown[:start])
        carets = "^" * max(1, _cells(shown[start:end]))
        super().__init__(f"column {start + 1}: {problem}\n  {shown}\n  {pad}{carets}")


def _cells(text: str) -> int:
    """How many terminal cells `text` takes."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether an attribute has one of some values. `start` and `end`: where its name stands."""

    name: str
    values: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where the part does not."""

    part: Condition


@dataclass(frozen=True, slots=True)
class All:
    """Holds where all parts do."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Holds where one part does."""

    parts: tuple[Condition, ...]


Condition = Comparison | Not | All | Any


def folded(text: str) -> str:
    """A name or value as it is compared."""
    return " ".join(text.split()).casefold()


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """All comparisons in a condition, from left to right."""
    if isinstance(condition, Comparison):
        yield condition
    elif isinstance(condition, Not):
        yield from comparisons(condition.part)
    else:
        for part in condition.parts:
            yield from comparisons(part)


def holds(condition: Condition, attributes: Mapping[str, str]) -> bool:
    """Whether a condition holds of someone; names and values of `attributes` are `folded`."""
    if isinstance(condition, Comparison):
        value = attributes.get(folded(condition.name)) or NONE
        return value in {folded(asked) for asked in condition.values}
    if isinstance(condition, Not):
        return not holds(condition.part, attributes)
    if isinstance(condition, All):
        return all(holds(part, attributes) for part in condition.parts)
    return any(holds(part, attributes) for part in condition.parts)
