"""The codings of a project, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from operator import itemgetter

from commonplace.analysis import quote_rows
from commonplace.analysis.filters import Filters
from commonplace.analysis.notes import noted
from commonplace.analysis.scope import Scope
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

_AS_IN_QUOTES = (
    "document",
    "speaker",
    "turn",
    "start",
    "end",
    "quote",
    "code",
    "code_path",
    "coder",
    "origin",
    "score",
    "coded_at",
    "memo",
)


def codings(project: Project, filters: Filters | None = None) -> Table:
    """A row for each coding, in order of transcript and place.

    This is the record of what was done: codings in interviewers' speech, or in none, are listed
    like all others, unless filters choose by speaker or attribute.
    """
    asked = filters or Filters()
    scope = Scope(project, replace(asked, include_interviewer=True))
    source = quote_rows.QuoteRows(scope)
    names = [column.name for column in quote_rows.COLUMNS]
    pick = itemgetter(0, *(names.index(name) for name in _AS_IN_QUOTES))

    def rows() -> Iterator[Row]:
        return map(pick, chain.from_iterable(map(source.of, source.documents)))

    return Table(
        "codings",
        (Column("coding_id"), *pick(quote_rows.COLUMNS)[1:]),
        rows,
        noted(scope, filters=asked),
        brief=("quote", "code_path", "document", "start", "end", "coder", "coding_id"),
    )
