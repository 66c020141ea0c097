"""Agreement in words and cells: what the screens show of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.content import Content

from commonplace.analysis.agreement.tables import ALL
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


def code_row(
    session: Session, record: Record, coders: Sequence[str], cases: tuple[int, int]
) -> Row:
    """A code, or all; `cases` are the open disagreements and all of them."""
    path = str(record["code_path"])
    code = None if path == ALL else session.codebook.at(path)
    if code is None:
        name = Content.assemble(("all codes", "bold"))
    else:
        look, depth = session.looks[code.id], session.codebook.depth(code.id)
        name = Content.assemble(
            "  " * depth,
            (look.mark.ljust(3), f"bold {look.color}"),
            (safe(code.name), "bold" if depth == 0 else ""),
        )
    left, every = cases
    return Row(
        path,
        (
            name,
            Content(" · ".join(f"{record[coder]:,}" for coder in coders)),
            share(record["percent"]),
            figure(record["cohen_kappa"]),
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


def _whisker(record: Record) -> Cell:
    if record["alpha"] is None:
        return Content.assemble(("not computable", "$text-muted"))
    return Whisker(record["alpha"], record["alpha_low"], record["alpha_high"])


def in_words(record: Record, coders: Sequence[str], counted: str) -> list[Content]:
    """What the figures of a code say, and why some are missing."""
    units = f"{record['units']:,} {counted}"
    if record["code_path"] == ALL:
        units = f"{record['units']:,} judgements, each code on each of the {counted},"
    said = [f"{units} in {record['transcripts']} transcripts."]
    applied = ", ".join(f"{safe(coder)} to {record[coder]:,}" for coder in coders)
    said.append(f"Applied by {applied}.")
    if record["positive"] is not None:
        said.append(
            f"Where one applied it, another did {percentage(record['positive'])} of the time."
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
