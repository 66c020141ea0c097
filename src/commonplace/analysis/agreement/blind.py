"""Whether codings that grew from suggestions are such as others make who saw none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from commonplace.analysis.agreement.compare import Comparison
from commonplace.analysis.agreement.units import IN_WORDS, Unit
from commonplace.analysis.filters import SUGGESTED, FilterError, Filters
from commonplace.analysis.notes import noted
from commonplace.analysis.shares import wilson
from commonplace.domain.coding import Origin
from commonplace.domain.table import Cell, Column, Row, Table
from commonplace.project import Project

_CODE, _UNITS = 1, 5
"""Places in a row."""


def accepted_against_blind(
    project: Project,
    coders: Sequence[str],
    filters: Filters | None = None,
    *,
    unit: Unit = Unit.SEGMENT,
    all_transcripts: bool = False,
    empty: bool = False,
) -> Table:
    """Units coded from a suggestion, and units coded by hand, that another coder coded by hand.

    Two rows for each coder and code, and for all codes (`code` null): `origin` is `suggested` or
    `manual`. `confirmed` of `units` were given the same code, itself and not a sub-code, by hand
    by one of the other coders; `low` and `high` are the Wilson 95 % interval of their share. If
    what a coder accepts is confirmed less often than what they code by hand, suggestions are
    accepted too easily. Rows of codes without units (0 of 0) are left out unless `empty`.

    Raises as `Comparison` does, and `FilterError` for a filter by origin.
    """
    asked = filters or Filters()
    if asked.origins:
        raise FilterError("suggested and hand coding are told apart here: leave out the origin")

    def compared(origin: str) -> Comparison:
        return Comparison(
            project,
            coders,
            replace(asked, origins=(origin,)),
            unit=unit,
            all_transcripts=all_transcripts,
        )

    suggested, manual = compared(SUGGESTED), compared(Origin.MANUAL)
    counted = IN_WORDS[unit]
    return Table(
        "accepted suggestions against blind coding",
        (
            Column("coder"),
            Column("code"),
            Column("code_path"),
            Column("origin"),
            Column("confirmed", counted, of="units"),
            Column("units", counted),
            Column("share", "share 0–1"),
            Column("low", "share 0–1"),
            Column("high", "share 0–1"),
        ),
        lambda: (
            row for row in _rows(suggested, manual) if empty or row[_UNITS] or row[_CODE] is None
        ),
        noted(
            manual.scope,
            "Confirmed: another of the coders applied the same code there by hand.",
            "" if empty else "Codes are left out that were not applied so.",
            f"{', '.join(manual.coders)}, over {len(manual.documents)} transcripts.",
            filters=asked,
        ),
    )


def _rows(suggested: Comparison, manual: Comparison) -> Iterator[Row]:
    book = manual.scope.codebook
    for place, coder in enumerate(manual.coders):
        counts = {
            origin: _confirmed(source, manual, 1 << place)
            for origin, source in ((SUGGESTED, suggested), (str(Origin.MANUAL), manual))
        }
        used = {code for by_code in counts.values() for code in by_code}
        for code in [c for c in manual.scope.codes if c in used]:
            for origin, by_code in counts.items():
                label: Row = (coder, book[code].name, book.path(code), origin)
                yield label + _share(*by_code.get(code, (0, 0)))
        for origin, by_code in counts.items():
            confirmed = sum(pair[0] for pair in by_code.values())
            units = sum(pair[1] for pair in by_code.values())
            yield coder, None, None, origin, *_share(confirmed, units)


def _confirmed(source: Comparison, manual: Comparison, bit: int) -> dict[str, tuple[int, int]]:
    """By code: weight of units that this coder coded in `source`, and of those confirmed."""
    counts: dict[str, tuple[int, int]] = {}
    blind = {judged.document: judged for judged in manual.judged}
    for judged in source.judged:
        other = blind[judged.document]
        for code, patterns in judged.alone.items():
            by_hand = other.alone.get(code, {})
            confirmed, units = counts.get(code, (0, 0))
            for unit, pattern in patterns.items():
                if pattern & bit:
                    start, end = judged.units.starts[unit], judged.units.ends[unit]
                    units += judged.units.weights[unit]
                    confirmed += sum(
                        min(end, other.units.ends[place]) - max(start, other.units.starts[place])
                        if source.unit is Unit.CHARACTER
                        else judged.units.weights[unit]
                        for place in other.units.touched(start, end)
                        if by_hand.get(place, 0) & ~bit
                    )
            if units:
                counts[code] = (confirmed, units)
    return counts


def _share(confirmed: int, units: int) -> tuple[Cell, ...]:
    return confirmed, units, *wilson(confirmed, units)
