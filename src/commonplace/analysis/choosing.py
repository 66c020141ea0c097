"""Quotes to illustrate a theme with, and quotes that are shown as typical of one and are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from commonplace.analysis.candidates import Theme
from commonplace.analysis.filters import Filters
from commonplace.analysis.notes import noted
from commonplace.analysis.quotes import Quotes, marks_of
from commonplace.analysis.scope import Scope
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

FAR = 0.25
"""A quote is far from the centre when fewer than this share of its theme's quotes are less
typical."""
FEW = 5
"""Quotes, or with `FEW_PEOPLE` people, below which a theme has no centre to speak of."""
FEW_PEOPLE = 3

SHOWN = ("star", "shortlist", "used")
"""Marks that say that a quote is shown as one that stands for its theme."""


def choose(
    project: Project,
    code: str,
    filters: Filters | None = None,
    *,
    limit: int = 5,
    balance: str | None = None,
    standpoint: str | None = None,
    attribution: str | None = None,
    k: int | None = None,
    today: str | None = None,
) -> Table:
    """A row for each of up to `limit` quotes proposed for a theme, the best first, with the reason.

    Only quotes that may leave. Nobody is quoted again before everybody who spoke of the theme has
    been; with `balance`, an attribute, no value of it before the others. Among those left the best
    has most of what `candidates.TYPICAL` and its like say. `standpoint` is a code whose
    sub-codes say how people stand to a theme; else one with sub-codes such as Improved and Worsened
    is taken where the codebook has one. `attribution`, `k` and `today` are as in `quotes`; with
    either of the first two, neither a column nor a reason says more of a source than its
    attribution does.

    The same project gives the same rows. Raises as `quotes` does.
    """
    asked = replace(filters or Filters(), codes=(code,))
    found = Quotes(project, asked, export=True, attribution=attribution, k=k, today=today)
    theme = Theme(project, asked, found, balance=balance, standpoint=standpoint)
    quoted = [Column("quote_id"), Column("code_path"), Column("published_quote")]
    quoted.append(Column("attribution"))
    if not found.coarsened:
        quoted += [Column("document"), Column("start", "code points"), Column("end", "code points")]
    columns = (
        *(Column("rank"), *quoted, Column("words", "words")),
        *(Column("typicality", "cosine 0–1"), Column("less_typical", "share 0–1")),
        *(Column("readability", "share 0–1"), Column("reason")),
    )

    def rows() -> Iterator[Row]:
        header = [column.name for column in found.rows.columns]
        wanted = [header.index(column.name) for column in quoted]
        picked = list(theme.pick(limit))
        made = {row[0]: row for row in found.page([each.key for each, _ in picked])}
        for rank, (each, reason) in enumerate(picked, 1):
            row = made.get(each.key.id)
            if row is not None:
                yield (
                    rank,
                    *(row[place] for place in wanted),
                    each.readable.words,
                    each.typical.value,
                    each.typical.above,
                    each.readable.value,
                    reason,
                )

    return Table(
        "chosen quotes",
        columns,
        rows,
        lambda: [
            *theme.remarks(),
            *found.note()[1:],
            found.edits(each.key for each, _ in theme.pick(limit)),
        ],
        brief=("rank", "published_quote", "attribution", "reason", "quote_id"),
    )


def shown_as_typical(
    project: Project,
    filters: Filters | None = None,
    *,
    marks: Sequence[str] = SHOWN,
    today: str | None = None,
) -> Table:
    """A row for each quote that the desk has marked and each theme it stands for, with how typical
    it is of it: `far` is whether fewer than `FAR` of the theme's quotes are less so.

    Themes are the codes asked for, or those of the top level, sub-codes counted in. `far` is null
    where a theme has fewer than `FEW` quotes or `FEW_PEOPLE` people: then there is no centre.
    Raises as `quotes` does.
    """
    asked = filters or Filters()
    scope = Scope(project, asked)
    book = scope.codebook
    paths = asked.codes or tuple(book.path(code.id) for code in book.children(None))
    columns = (
        *(Column("theme"), Column("quote_id"), Column("quote"), Column("attribution")),
        *(Column("document"), Column("start", "code points"), Column("end", "code points")),
        *(Column("marks"), Column("typicality", "cosine 0–1")),
        *(Column("less_typical", "share 0–1"), Column("quotes_of", "distinct passages")),
        *(Column("participants_of", "people"), Column("far")),
    )

    def rows() -> Iterator[Row]:
        for path in paths:
            found = Quotes(project, replace(asked, codes=(path,)), today=today)
            yield from _shown(project, asked, found, path, marks)

    note = noted(
        scope,
        f"Marked {', '.join(marks)}. Far: fewer than {FAR:.0%} of the theme's quotes are less "
        "typical, by the words in them.",
    )
    brief = ("theme", "quote", "marks", "less_typical", "quotes_of", "far", "quote_id")
    return Table("quotes shown as typical", columns, rows, note, brief)


def _shown(
    project: Project, asked: Filters, found: Quotes, path: str, marks: Sequence[str]
) -> Iterator[Row]:
    records = found.desk.records
    marked = {
        place: ", ".join(sorted(marks_of(record) & set(marks)))
        for place, record in records.items()
        if not marks_of(record).isdisjoint(marks)
    }
    if not marked:
        return
    theme = Theme(project, replace(asked, codes=(path,)), found)
    candidates = theme.candidates
    people = len({each.person for each in candidates})
    settled = len(candidates) >= FEW and people >= FEW_PEOPLE
    header = [column.name for column in found.rows.columns]
    shown = ("quote_id", "quote", "attribution", "document", "start", "end")
    wanted = [header.index(name) for name in shown]
    for each in candidates:
        place = (each.key.document, each.key.start, each.key.end)
        if place not in marked:
            continue
        for row in found.page([each.key]):
            yield (
                path,
                *(row[column] for column in wanted),
                marked[place],
                each.typical.value,
                each.typical.above,
                len(candidates),
                people,
                each.typical.above < FAR if settled else None,
            )
