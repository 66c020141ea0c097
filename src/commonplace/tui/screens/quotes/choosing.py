"""Quotes proposed for a theme: what was asked for, and what was answered."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from commonplace.analysis.choosing import choose
from commonplace.analysis.filters import Filters
from commonplace.analysis.quotes import Key, Quotes
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.tui.screens.quotes import listing
from commonplace.tui.screens.quotes.listing import Found, Wanted

MOST = 200
"""Quotes that may be asked for at once."""


class Theme(NamedTuple):
    """What quotes are chosen for, and how."""

    code: str
    """Id."""
    path: str
    number: int = 5
    balance: str = ""
    """An attribute of which every value comes before one comes again; empty: none."""


class Chosen(NamedTuple):
    """The quotes that are proposed, the best first."""

    theme: Theme
    found: Found
    reasons: dict[str, str]
    """By id of the quote."""
    note: str


def table(project: Project, theme: Theme, filters: Filters) -> Table:
    """The proposal as it may leave, a table. Raises as `choose` does."""
    template, k = listing.terms(project)
    return _proposed(project, theme, filters, template, k if template else None)


def _proposed(
    project: Project, theme: Theme, filters: Filters, template: str | None, k: int | None
) -> Table:
    return choose(
        project,
        theme.path,
        replace(filters, codes=()),
        limit=theme.number,
        balance=theme.balance or None,
        attribution=template,
        k=k,
    )


def chosen(project: Project, theme: Theme, filters: Filters) -> Chosen:
    """Asks for the proposal, with reasons for those who may know who said it."""
    proposed = _proposed(project, theme, filters, None, None)
    reasons = {str(row["quote_id"]): str(row["reason"]) for row in proposed.records()}
    asked = replace(filters, codes=(theme.path,))
    quotes = Quotes(project, asked)
    rows = {
        id: Key(id, *rest)
        for id, *rest in project.connection.execute(
            'SELECT id, document_id, start, "end", code_id FROM codings'
        )
        if id in reasons
    }
    keys = [rows[id] for id in reasons if id in rows]
    header = [column.name for column in quotes.rows.columns]
    documents = len({key.document for key in keys})
    found = Found(Wanted(asked), quotes, keys, len(keys), documents, header)
    return Chosen(theme, found, reasons, proposed.note)
