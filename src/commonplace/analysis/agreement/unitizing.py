"""Agreement on where coded stretches begin and end, and on what they are coded.

The coefficients of Krippendorff, Mathet, Bouvry & Widlöcher (2016), as in Krippendorff (2019,
section 12.6): coders cut one continuum into units, each with a value, and gaps between. A unit
is one thing however long it is, so that chance is not reckoned as if its code points had been
coded one by one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

Value = str | None
"""What a stretch is coded; None is a gap."""
Piece = tuple[int, int, str]
"""A unit: where it begins and ends on the continuum, and its value."""
Lengths = dict[tuple[Value, Value], float]
Squares = dict[Value, float]
_Key = TypeVar("_Key")


class Coincidences(NamedTuple):
    """What coders have on the same places of a continuum, in code points."""

    lengths: Lengths
    """How much has the one value by one coder and the other by another: over all ordered pairs
    of coders, divided by their number less one."""
    squares: Squares
    """Of each value the squared lengths of its units; of gaps the lengths. A unit cannot be
    paired with itself: this is what chance has less to draw from."""
    paired: Squares
    """The same of that part of each unit on which other coders have units."""


def coincidences(coders: Sequence[Sequence[Piece]], length: int) -> Coincidences:
    """Counts a continuum of `length` with the units of each coder; those of one do not overlap."""
    edges = sorted({0, length, *(e for pieces in coders for piece in pieces for e in piece[:2])})
    found = Coincidences({}, {}, {})
    rows = [_row(pieces, edges) for pieces in coders]
    others = len(coders) - 1
    for (start, end), here in zip(pairwise(edges), zip(*rows, strict=True), strict=True):
        counts = Counter(here)
        for one, times in counts.items():
            for other, more in counts.items():
                if pairs := times * (more - (one == other)):
                    _add(found.lengths, (one, other), (end - start) * pairs / others)
    for pieces in coders:
        _add(found.squares, None, length - sum(end - start for start, end, _ in pieces))
        for start, end, value in pieces:
            _add(found.squares, value, (end - start) ** 2)
            met = sum(
                (edges[place + 1] - edges[place])
                * (sum(row[place] is not None for row in rows) - 1)
                / others
                for place in range(bisect_left(edges, start), bisect_left(edges, end))
            )
            _add(found.paired, value, met**2)
    return found


def together(several: Iterable[Coincidences]) -> Coincidences:
    """Several continua as one: no unit reaches from one into the next."""
    total = Coincidences({}, {}, {})
    for found in several:
        for key, length in found.lengths.items():
            _add(total.lengths, key, length)
        for value, square in found.squares.items():
            _add(total.squares, value, square)
        for value, square in found.paired.items():
            _add(total.paired, value, square)
    return total


def u_alpha(found: Coincidences) -> float | None:
    """On boundaries and values at once (2019, equation 34); None where nothing varies."""
    return _alpha(found.lengths, found.squares)


def binary(found: Coincidences) -> float | None:
    """On what is a unit and what a gap, whatever its value (2019, equation 35)."""
    merged: Lengths = {}
    for (one, other), length in found.lengths.items():
        _add(merged, (one and "unit", other and "unit"), length)
    return _alpha(merged, found.squares)


def cu_alpha(found: Coincidences) -> float | None:
    """On values, where two coders both have a unit (2019, equations 36 and 37); gaps apart."""
    valued = {key: length for key, length in found.lengths.items() if None not in key}
    return _alpha(valued, found.paired)


def coverage(found: Coincidences) -> float | None:
    """The share (0–1) of what is in units that `cu_alpha` rests on: where others have some too."""
    units = sum(length for (one, _), length in found.lengths.items() if one is not None)
    valued = sum(length for key, length in found.lengths.items() if None not in key)
    return valued / units if units else None


def _alpha(lengths: Lengths, squares: Squares) -> float | None:
    total = sum(lengths.values())
    rows: Squares = {}
    for (one, _), length in lengths.items():
        _add(rows, one, length)
    mixed = total**2 - sum(length**2 for length in rows.values())
    if len(rows) < 2 or mixed <= 0:
        return None
    expected = mixed / (total - sum(squares.values()) / total)
    observed = sum(length for (one, other), length in lengths.items() if one != other)
    return 1 - observed / expected


def _row(pieces: Sequence[Piece], edges: Sequence[int]) -> list[Value]:
    """The value between each two neighbouring edges."""
    row: list[Value] = [None] * (len(edges) - 1)
    for start, end, value in pieces:
        for place in range(bisect_left(edges, start), bisect_left(edges, end)):
            row[place] = value
    return row


def _add(sums: dict[_Key, float], key: _Key, amount: float) -> None:
    sums[key] = sums.get(key, 0) + amount
