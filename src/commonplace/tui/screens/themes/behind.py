"""The quotes behind a figure, where filters hold that the quotes screen does not have."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from commonplace.analysis.filters import Filters
from commonplace.analysis.quotes import Quotes
from commonplace.project import Project
from commonplace.tui.screens.themes.view import Passage, QuotesOf, Said, one_line


def narrowed_to(filters: Filters, of: QuotesOf) -> Filters:
    """The filters of a table, narrowed down to what stands behind one of its figures."""
    changed = replace(filters, codes=(of.code,), where=of.where)
    if of.document:
        changed = replace(changed, documents=(of.document,))
    if of.speaker:
        changed = replace(changed, speakers=(of.speaker,))
    return replace(changed, coders=(of.coder,)) if of.coder else changed


def quoted_passages(project: Project, filters: Filters) -> list[Said]:
    """The distinct passages that filters ask for, in order of transcript and place."""
    quotes = Quotes(project, filters)
    header = [column.name for column in quotes.rows.columns]
    ids = {document.name: document.id for document in project.documents.all()}
    found: dict[Passage, Said] = {}
    for row in quotes.stream():
        record: dict[str, Any] = dict(zip(header, row, strict=True))
        place = Passage(ids[str(record["document"])], record["start"], record["end"])
        source = f"{record['document']} · {record['attribution'] or record['speaker']}"
        found.setdefault(place, Said(place, one_line(record["quote"]), source))
    return list(found.values())
