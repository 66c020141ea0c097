"""Theme frequencies, with bars."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from commonplace.analysis.query.tree import NONE, quoted
from commonplace.analysis.scope import Scope
from commonplace.analysis.themes import DOCUMENT, no_attribute, themes
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


def _table(asked: Asked) -> Table:
    return themes(asked.project, asked.filters, by=asked.chosen["by"] or None)


def _show(asked: Asked) -> Shown:
    table, by = _table(asked), asked.chosen["by"]
    rows = records(table)
    column = table.header[2] if by else ""  # an attribute may be called as another column is
    other = bool(by) and no_attribute(Scope(asked.project, asked.filters), by)
    most = max((row["quotes"] for row in rows), default=0) or 1

    def lead(place: int, _: int) -> Target:
        code = asked.codes.at(rows[place]["code_path"])
        where = asked.filters.where
        if not code:
            return None
        if not by or other:
            document = rows[place][column] if by == DOCUMENT else ""
            return QuotesOf(code, where, document)
        return QuotesOf(code, with_value(where, by, rows[place][column]))

    return Shown(
        "Themes" + (f" by {by}" if by else ""),
        "each with its sub-codes",
        table.note,
        COLUMNS,
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
    (Option("by", "Count by", From.ATTRIBUTES),),
    "no codes: F2 has the codebook",
)
