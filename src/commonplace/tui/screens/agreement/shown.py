"""Agreement in words and cells: what the screens show of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.content import Content

from commonplace.analysis.agreement.tables import ALL, SETS
from commonplace.domain.coding import Origin
from commonplace.project.adjudication import Case
from commonplace.tui.session import Session
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.rows import Cell, Column, Row
from commonplace.tui.widgets.whisker import Whisker

Record = Mapping[str, Any]

CODES = (
    Column("code"),
    Column("coded by each", width=14, align="right", wide_from=104),
    Column("same", width=5, align="right"),
    Column("kappa", width=6, align="right"),
    Column("Fleiss", width=6, align="right", wide_from=112),
    Column("alpha", width=6, align="right"),
    Column("95 % interval", width=14),
    Column("used", width=5, align="right", wide_from=72),
    Column("open", width=7, align="right"),
)
CODERS = (
    Column("coder"),
    Column("applied", width=7, align="right"),
    Column("kept", width=5, align="right"),
    Column("found", width=5, align="right"),
    Column("same", width=5, align="right", wide_from=72),
    Column("kappa", width=6, align="right"),
    Column("alpha", width=6, align="right"),
    Column("95 % interval", width=14),
)


STRETCHES = (
    Column("code"),
    Column("stretches", width=9, align="right"),
    Column("u-alpha", width=7, align="right"),
    Column("95 % interval", width=14),
    Column("cu-alpha", width=8, align="right"),
    Column("rests on", width=8, align="right", wide_from=72),
)
SUGGESTED = (
    Column("coder", width=12),
    Column("code"),
    Column("coded", width=10),
    Column("confirmed", width=14, align="right"),
    Column("share", width=5, align="right"),
    Column("95 %", width=11, align="right"),
)


def stretch_row(session: Session, record: Record) -> Row:
    """A code, or all: agreement on its stretches."""
    return Row(
        str(record["code_path"]),
        (
            _code_name(session, str(record["code_path"])),
            Content(f"{record['stretches']:,}"),
            figure(record["u_alpha"]),
            _whisker(record, "u_alpha", "low", "high"),
            figure(record["cu_alpha"]),
            share(record["coverage"]),
        ),
    )


def suggested_row(session: Session, place: int, record: Record) -> Row:
    """What a coder coded from suggestions, or by hand, and how much of it others confirm."""
    path = record["code_path"]
    low, high = record["low"], record["high"]
    interval = "–" if low is None else f"{low:.0%}–{high:.0%}"
    return Row(
        str(place),
        (
            Content(safe(str(record["coder"]))),
            _code_name(session, ALL if path is None else str(path), indented=False),
            Content("by hand" if record["origin"] == Origin.MANUAL else "suggested"),
            Content(f"{record['confirmed']:,} of {record['units']:,}"),
            share(record["share"]),
            Content(interval),
        ),
    )


def _code_name(session: Session, path: str, *, indented: bool = True) -> Content:
    code = None if path in (ALL, SETS) else session.codebook.at(path)
    if code is None:
        return Content.assemble(("codes together" if path == SETS else "all codes", "bold"))
    look, depth = session.looks[code.id], session.codebook.depth(code.id)
    return Content.assemble(
        "  " * depth * indented,
        (look.mark.ljust(3), f"bold {look.color}"),
        (safe(code.name), "bold" if depth == 0 else ""),
    )


def code_row(
    session: Session, record: Record, coders: Sequence[str], cases: tuple[int, int]
) -> Row:
    """A code, or all; `cases` are the open disagreements and all of them."""
    path = str(record["code_path"])
    left, every = cases
    return Row(
        path,
        (
            _code_name(session, path),
            Content(" · ".join(f"{record[coder]:,}" for coder in coders)),
            share(record["percent"]),
            figure(record["cohen_kappa"]),
            figure(record["fleiss_kappa"]),
            figure(record["alpha"]),
            _whisker(record),
            share(record["prevalence"]),
            Content.assemble((f"{left}/{every}" if every else "–", "" if left else "$text-muted")),
        ),
    )


def coder_row(record: Record) -> Row:
    """A coder against the consensus."""
    return Row(
        str(record["coder"]),
        (
            Content.assemble((safe(str(record["coder"])), "bold")),
            Content(f"{record['applied']:,}"),
            share(record["kept"]),
            share(record["found"]),
            share(record["percent"]),
            figure(record["cohen_kappa"]),
            figure(record["alpha"]),
            _whisker(record),
        ),
    )


def share(value: float | None) -> Content:
    """A share as a whole percentage, 0 and 100 only where it is; a dash where there is none."""
    if value is None:
        return Content.assemble(("–", "$text-muted"))
    return Content(percentage(value))


def percentage(value: float) -> str:
    """`64 %`; what is almost nothing or almost all is not shown as such."""
    if 0 < value < 0.01:
        return "<1 %"
    return ">99 %" if 0.99 < value < 1 else f"{value * 100:.0f} %"


def figure(value: float | None) -> Content:
    """A coefficient; a dash where there is none."""
    if value is None:
        return Content.assemble(("–", "$text-muted"))
    return Content(_decimals(value))


def _decimals(value: float) -> str:
    return f"{round(value, 2) + 0:.2f}".replace("-", "−")


def _whisker(
    record: Record, value: str = "alpha", low: str = "alpha_low", high: str = "alpha_high"
) -> Cell:
    if record[value] is None:
        return Content.assemble(("not computable", "$text-muted"))
    return Whisker(record[value], record[low], record[high])


def in_words(record: Record, coders: Sequence[str], counted: str) -> list[Content]:
    """What the figures of a code say, and why some are missing."""
    units = f"{record['units']:,} {counted}"
    if record["code_path"] == SETS:
        return [
            Content(f"All codes of each of the {units} together: how often the sets are the same."),
            Content.assemble(("Alpha by MASI, the distance of sets.", "$text-muted")),
        ]
    if record["code_path"] == ALL:
        units = f"{record['units']:,} judgements, each code on each of the {counted},"
    said = [f"{units} in {record['transcripts']} transcripts."]
    applied = ", ".join(f"{safe(coder)} to {record[coder]:,}" for coder in coders)
    said.append(f"Applied by {applied}.")
    if record["positive"] is not None:
        said.append(
            f"Where one applied it, another did {percentage(record['positive'])} of the time."
        )
    if len(coders) > 2 and record["fleiss_kappa"] is not None:
        said.append(
            f"Fleiss' kappa of all together {_decimals(record['fleiss_kappa'])}; the column kappa "
            "has the mean of Cohen's over pairs."
        )
    return [Content(" ".join(said)), Content.assemble((_why(record), "$text-muted"))]


def _why(record: Record) -> str:
    if not record["units"]:
        return "Nothing to compare: no transcript was marked done by all of them."
    if record["alpha"] is None:
        return "No kappa, no alpha: everybody applied it everywhere, or nobody anywhere."
    if record["alpha_low"] is None:
        why = (
            "it takes two transcripts or more"
            if record["transcripts"] < 2
            else "too few of the transcripts have this code"
        )
        return f"No interval: {why}."
    low, high = (_decimals(record[name]) for name in ("alpha_low", "alpha_high"))
    rough = "; from so few transcripts a rough one" if record["transcripts"] < _FEW else ""
    return f"Alpha lies between {low} and {high} (95 %, transcripts drawn anew){rough}."


_FEW = 10
"""Transcripts below which an interval drawn from them is a rough one."""


def open_and_all(cases: list[Case], session: Session) -> dict[str, tuple[int, int]]:
    """Open and all disagreements by path of the code, those on sub-codes counted in."""
    counts: dict[str, tuple[int, int]] = {}
    book = session.codebook
    for case in cases:
        paths = [ALL]
        if case.place.code in book:
            paths += [book.path(code.id) for code in book.lineage(case.place.code)]
        for path in paths:
            left, every = counts.get(path, (0, 0))
            counts[path] = (left + (not case.settled), every + 1)
    return counts


def within(case: Case, code: str | None, session: Session) -> bool:
    """Whether a disagreement is on a code or below it; on any where none is named."""
    book = session.codebook
    if code is None:
        return True
    return case.place.code in book and code in {c.id for c in book.lineage(case.place.code)}
