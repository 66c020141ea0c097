"""What kind of thing an attribute of people says, and which values fit it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum


class Kind(StrEnum):
    """What the values of an attribute are."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


RESERVED = frozenset({"name", "label", "speaker", "document", "participant_id"})
"""Columns of a participants file that say who is meant; no attribute goes by these names."""

FEW = 12
"""Distinct values up to which an attribute is taken for a choice, if they come up again."""
FEW_FIGURES = 6
"""The same for values that are all numbers or all dates."""
REPEATED = 2
"""How often, on average, each of them must stand for that."""

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WRITTEN = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_SHOWN = 8
"""Choices that a message names."""


class UnfitError(ValueError):
    """A value that an attribute does not take; `near` is what may have been meant, or empty."""

    def __init__(self, problem: str, near: str = "") -> None:
        super().__init__(problem)
        self.near = near


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that can be known of people: nation, role, age.

    Only a kind that somebody has `declared` refuses values; a guessed one helps with typing.
    """

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()
    """The values of a choice, in order."""
    declared: bool = False

    def fit(self, value: str) -> str:
        """The value as it is kept: a choice in the spelling of the list. Raises `UnfitError`."""
        value = value.strip()
        if not value:
            return value
        if self.kind is Kind.NUMBER and not is_number(value):
            raise UnfitError(f"'{value}' is no number: write it as 42 or 4.5")
        if self.kind is Kind.DATE and not is_date(value):
            near = _date_meant(value)
            meant = f"; did you mean {near}?" if near else ""
            raise UnfitError(
                f"'{value}' is no date: write it as 2026-03-31, 2026-03 or 2026{meant}", near
            )
        if self.kind is Kind.CHOICE:
            return self._choice(value)
        return value

    def _choice(self, value: str) -> str:
        wanted = " ".join(value.split()).casefold()
        for choice in self.choices:
            if choice.casefold() == wanted:
                return choice
        near = nearest(value, self.choices)
        known = ", ".join(self.choices[:_SHOWN]) + (", …" if len(self.choices) > _SHOWN else "")
        meant = f"; did you mean {near}?" if near else ""
        raise UnfitError(f"'{value}' is none of {known}{meant}", near)


def guess(name: str, values: Mapping[str, int]) -> Attribute:
    """What the values of an attribute look like; `values` says how often each stands.

    A few that come up again and again are a choice; else all dates, all numbers, or text.
    """
    known = [value for value in values if value]
    numbers, dates = all(map(is_number, known)), all(map(is_full_date, known))
    few = FEW_FIGURES if numbers or dates else FEW
    if known and len(known) <= few and sum(values.values()) >= REPEATED * len(known):
        return Attribute(name, Kind.CHOICE, tuple(sorted(known, key=_natural)))
    if known and dates:
        return Attribute(name, Kind.DATE)
    return Attribute(name, Kind.NUMBER if known and numbers else Kind.TEXT)


def doubt(attribute: Attribute, value: str, values: Mapping[str, int]) -> str:
    """What may be wrong with a value that nothing forbids, such as `did you mean Wales?`; or "".

    Only of a guessed choice: a rare value that is written much like a more frequent one.
    """
    if attribute.declared or attribute.kind is not Kind.CHOICE:
        return ""
    folded = value.casefold()
    others = [
        v for v, count in values.items() if v.casefold() != folded and count > values.get(value, 0)
    ]
    near = nearest(value, others)
    return f"did you mean {near}?" if near else ""


def nearest(value: str, choices: Iterable[str]) -> str:
    """The choice that `value` may be a slip of, empty for none; figures are never slips."""
    folded = {choice.casefold(): choice for choice in choices}
    digits = re.sub(r"\D", "", value)
    same = [key for key in folded if re.sub(r"\D", "", key) == digits]
    found = get_close_matches(value.casefold(), same, n=1, cutoff=0.75)
    return folded[found[0]] if found else ""


def is_number(value: str) -> bool:
    """Whether a value is a number, with a point if it has a fraction."""
    return _NUMBER.fullmatch(value) is not None


def is_date(value: str) -> bool:
    """Whether a value is a year, a month or a day, as `2026-03-31`."""
    match = _DATE.fullmatch(value)
    if match is None:
        return False
    year, month, day = match[1], match[2] or "1", match[3] or "1"
    return _is_day(int(year), int(month), int(day))


def is_full_date(value: str) -> bool:
    """Whether a value is a date to the month at least: a bare year may as well be a number."""
    return "-" in value and is_date(value)


def as_number(value: str) -> float | None:
    """The number that a value is, or None."""
    return float(value) if is_number(value) else None


def _date_meant(value: str) -> str:
    """`31/03/2026` as an ISO date where only one reading of day and month is possible."""
    match = _WRITTEN.fullmatch(value)
    if match is None:
        return ""
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    readings = {
        f"{year:04}-{month:02}-{day:02}"
        for day, month in ((first, second), (second, first))
        if _is_day(year, month, day)
    }
    return readings.pop() if len(readings) == 1 else ""


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _natural(value: str) -> tuple[float, str]:
    number = as_number(value)
    return (number if number is not None else float("inf"), value.casefold())
