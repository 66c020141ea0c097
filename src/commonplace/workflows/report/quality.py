"""The sections of a report on how far it holds: saturation, agreement, suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commonplace.analysis.agreement.tables import ALL, agreement
from commonplace.analysis.facts import ENOUGH, Facts
from commonplace.analysis.filters import Filters
from commonplace.analysis.methods import number, percent, signed
from commonplace.analysis.saturation import saturation
from commonplace.domain.suggestion import Verdict
from commonplace.domain.table import Cell as Value
from commonplace.exports.report.model import (
    Block,
    Cell,
    Curve,
    Grid,
    Line,
    Prose,
    Range,
    Ranges,
    Remarks,
    Section,
)
from commonplace.project import Project

_SUGGESTIONS = "What became of the software's suggestions?"

MARKS = ((0.667, "0.67"), (0.8, "0.80"))
"""Krippendorff's (2004) floors for tentative and for reliable conclusions."""


def saturation_section(project: Project, filters: Filters) -> Section | None:
    """Whether further transcripts still brought new codes; None with fewer than two coded."""
    table = saturation(project, filters)
    rows = list(table.records())
    if len(rows) < 2:
        return None
    points = tuple(_float(row["codes_so_far"]) for row in rows)
    curve = Curve(
        "saturation-chart",
        "Codes found so far, transcript by transcript",
        f"After {number(len(rows), 'coded transcript')} {points[-1]:g} codes were found; the last "
        f"brought {_float(rows[-1]['new_codes']):g} new ones. New codes by transcript: "
        + ", ".join(f"{_float(row['new_codes']):g}" for row in rows)
        + ".",
        "transcripts, in the order in which they were coded",
        "codes so far",
        points,
        *(
            tuple(_float(row[f"codes_so_far_{which}"]) for row in rows)
            if rows[0]["codes_so_far_mean"] is not None
            else ()
            for which in ("mean", "low", "high")
        ),
    )
    remarks = []
    for said in table.remarks:
        remarks.append(said)
        if said.startswith("Only the transcripts"):
            break
    return Section(
        "saturation", "Do further interviews bring anything new?", (curve, Remarks(tuple(remarks)))
    )


def agreement_section(
    project: Project, filters: Filters, known: Facts, top: Sequence[str]
) -> Section | None:
    """How far the two coders with most in common agree; None where there are none."""
    found = known.agreement
    if found is None:
        return None
    asked = replace(filters, coders=(), origins=(), since="", done=False)
    book = project.codes.codebook()
    wanted = {book.path(code) for code in top} | {ALL}
    rows = [
        row
        for row in agreement(project, found.coders, asked).records()
        if row["code_path"] in wanted
    ]
    sure = found.transcripts >= ENOUGH
    lines, ranges = [], []
    for row in rows:
        name = "All codes together" if row["code_path"] == ALL else str(row["code"])
        low, high = (row["alpha_low"], row["alpha_high"]) if sure else (None, None)
        interval = "" if low is None else f"{_coefficient(low)} to {_coefficient(high)}"
        cells = (
            Cell(name),
            Cell(_percent(row["percent"])),
            Cell(_coefficient(row["cohen_kappa"])),
            Cell(_coefficient(row["alpha"])),
            *((Cell(interval),) if sure else ()),
        )
        lines.append(Line(cells))
        value = None if row["alpha"] is None else _float(row["alpha"])
        first, last = (None, None) if low is None else (_float(low), _float(high))
        shown = _coefficient(row["alpha"]) + (f" ({interval})" if interval else "")
        ranges.append(Range(name, value, first, last, shown or "not defined"))
    headings = ("Theme", "Percent agreement", "Cohen's kappa", "Krippendorff's alpha")
    grid = Grid(
        "agreement-table",
        "Agreement by theme",
        (*headings, "95% interval of alpha") if sure else headings,
        tuple(lines),
    )
    chart = Ranges(
        "agreement-chart",
        "Krippendorff's alpha by theme",
        "; ".join(f"{each.label}: {each.said}" for each in ranges) + ".",
        tuple(ranges),
        MARKS,
    )
    said = [
        f"Sentence by sentence, over {number(found.transcripts, 'transcript')} that both marked as "
        "read to the end; a theme counts with its sub-codes.",
        "Below 0.67 Krippendorff (2004) advises to draw no conclusion; from 0.80 on he calls data "
        "reliable.",
    ]
    if not sure:
        said.append(
            f"Intervals are given from {ENOUGH} transcripts on. From so few, the figures say how "
            "these transcripts were coded, and little of the others."
        )
    return Section("agreement", "Do coders agree?", (grid, chart, Remarks(tuple(said))))


def suggestions_section(known: Facts) -> Section | None:
    """What became of suggestions, and what blind audits found of them; None without either."""
    if not known.decided:
        if not known.audits:
            return None
        return Section("suggestions", _SUGGESTIONS, (Prose(known.audits),))
    made, decided = known.decisions, known.decided
    lines = tuple(
        Line((Cell(name), Cell(f"{made[verdict]:,}"), Cell(percent(made[verdict], decided))))
        for name, verdict in (
            ("Accepted as they were", Verdict.ACCEPTED),
            ("Accepted with another passage or code", Verdict.EDITED),
            ("Rejected", Verdict.REJECTED),
        )
    )
    grid = Grid(
        "suggestions-table",
        f"What became of {number(decided, 'suggestion')}",
        ("Decision", "Suggestions", "Share of those decided"),
        lines,
    )
    said = (
        "A suggestion never becomes a coding by itself: somebody accepts, changes or rejects it.",
        *(known.audits or ("No blind audit was made: what neither coder nor software found is "
                           "not known.",)),
    )  # fmt: skip
    blocks: tuple[Block, ...] = (grid, Prose(said))
    return Section("suggestions", _SUGGESTIONS, blocks)


def _coefficient(value: Value) -> str:
    return signed(value) if isinstance(value, float) else ""


def _percent(share: Value) -> str:
    return f"{_float(share):.1%}" if share is not None else ""


def _float(cell: Value) -> float:
    return float(cell) if isinstance(cell, (int, float)) else 0.0
