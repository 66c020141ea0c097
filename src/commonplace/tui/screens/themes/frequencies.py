"""Theme frequencies, with bars."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from commonplace.analysis.intervals import with_intervals
from commonplace.analysis.query.tree import NONE, quoted
from commonplace.analysis.scope import Scope
from commonplace.analysis.themes import CODER, SPEAKER, no_attribute, themes
from commonplace.domain.table import Table
from commonplace.tui.screens.themes.view import (
    Asked,
    Codes,
    From,
    Kind,
    Option,
    QuotesOf,
    Shown,
    Target,
    View,
    records,
)
from commonplace.tui.widgets.bars import Bar
from commonplace.tui.widgets.linelist import Column, Row
from commonplace.tui.widgets.reader.cells import safe

COLUMNS = (
    Column("theme"),
    Column(wide_from=100),
    Column("quotes", width=6, align="right"),
    Column("transcripts", width=11, align="right"),
    Column("participants", width=12, align="right"),
    Column("words", width=7, align="right", wide_from=72),
    Column("share", width=6, align="right"),
)


PEOPLE_COLUMNS = (
    *COLUMNS[:5],
    Column("of people", width=9, align="right"),
    Column("95 %", width=10, align="right"),
    *(column._replace(wide_from=112) for column in COLUMNS[5:]),
)
"""With the share of participants and its interval."""


def _table(asked: Asked) -> Table:
    table = themes(asked.project, asked.filters, by=asked.chosen["by"] or None)
    return with_intervals(table) if asked.chosen["interval"] == "yes" else table


def _show(asked: Asked) -> Shown:
    table, by = _table(asked), asked.chosen["by"]
    rows = records(table)
    column = table.header[2] if by else ""  # an attribute may be called as another column is
    scope = Scope(asked.project, asked.filters)
    other = by if by and no_attribute(scope, by) else ""
    speakers = {
        f"{voice.label}, {scope.documents[voice.document]}": voice
        for voices in scope.heard.values()
        for voice in voices
    }
    most = max((row["quotes"] for row in rows), default=0) or 1

    def lead(place: int, _: int) -> Target:
        code = asked.codes.at(rows[place]["code_path"])
        where = asked.filters.where
        if not code:
            return None
        value = rows[place][column] if by else ""
        if by and not other:
            return QuotesOf(code, with_value(where, by, value))
        if other == SPEAKER:
            voice = speakers[value]
            return QuotesOf(code, where, scope.documents[voice.document], voice.label)
        if other == CODER:
            return QuotesOf(code, where, coder=value)
        return QuotesOf(code, where, document=value)

    return Shown(
        "Themes" + (f" by {by}" if by else ""),
        "each by itself" if asked.filters.direct else "each with its sub-codes",
        table.note,
        PEOPLE_COLUMNS if asked.chosen["interval"] == "yes" else COLUMNS,
        [_row(place, row, most, column, asked.codes) for place, row in enumerate(rows)],
        lead=lead,
    )


def with_value(where: str, attribute: str, value: object) -> str:
    """A condition, narrowed down to those with a value of an attribute."""
    mine = f"{quoted(attribute)}={NONE if value == NONE else quoted(str(value))}"
    return f"({where}) and {mine}" if where else mine


def _row(place: int, record: dict[str, Any], most: int, column: str, codes: Codes) -> Row:
    code = codes.at(record["code_path"])
    look = codes.looks.get(code)
    depth = codes.depth(code) if code else 0
    quotes = int(record["quotes"])
    style = "$text-disabled" if not quotes else "bold" if depth == 0 else ""
    color = look.color if look else "$text-muted"
    value = str(record[column]) if column else ""
    theme = Content.assemble(
        "  " * depth,
        (look.mark.ljust(3) if look else "", f"bold {color}" if quotes else "$text-disabled"),
        (safe(str(record["code"])), style),
        (f"  {safe(value)}" if value else "", "$text-muted"),
    )
    share = record.get("share_of_words")
    figures = [
        f"{quotes:,}",
        f"{record['transcripts']} of {record['transcripts_of']}",
        f"{record['participants']} of {record['participants_of']}",
        f"{record['words']:,}",
        "–" if share is None else f"{share:.1%}",
    ]
    if "participants_share" in record:
        part, low, high = (record[f"participants_{name}"] for name in ("share", "low", "high"))
        interval = ("–", "–") if part is None else (f"{part:.0%}", f"{low:.0%}–{high:.0%}")
        figures[3:3] = interval
    return Row(
        str(place),
        (
            theme,
            Bar(quotes / most, look.color if look else ""),
            *(Content.assemble((figure, "" if quotes else "$text-disabled")) for figure in figures),
        ),
    )


FREQUENCIES = View(
    "themes",
    "Themes",
    "how often each code stands",
    Kind.BARS,
    _show,
    _table,
    (
        Option("by", "Count by", From.ATTRIBUTES),
        Option(
            "interval", "Share of participants", ("no", "yes"), "no",
            "With its 95 % interval (Wilson 1927): right for a random sample, which interviews "
            "are not.",
        ),
    ),
    "no codes: F2 has the codebook",
)  # fmt: skip
