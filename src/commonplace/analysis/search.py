"""Turns in which words are said, as a table."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import Layout, layout
from commonplace.analysis.scope import Scope
from commonplace.domain.people import attribution
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

COLUMNS = (
    Column("document"),
    Column("turn", "turns, from 1"),
    Column("speaker"),
    Column("attribution"),
    Column("start", "code points"),
    Column("end", "code points"),
    Column("speech"),
)


def search(
    project: Project, query: str, filters: Filters | None = None, *, limit: int | None = None
) -> Table:
    """A row for each turn in which those asked about say all words of `query`.

    The query is that of `Search.turns`: words, "phrases", beginnings of words with `*`. `start`
    and `end` are those of the speech. Raises `ProjectError` for a query without a word.
    """
    scope = Scope(project, filters or Filters())
    hits = project.search.turns(query)

    def rows() -> Iterator[Row]:
        at, text, turns, given = "", "", Layout([], [], [], []), 0
        for hit in hits:
            if hit.document not in scope.documents or given == limit:
                continue
            if hit.document != at:
                at, text = hit.document, project.documents.text(hit.document)
                turns = layout(project.connection, at)
                heard = {voice.id: voice for voice in scope.heard[at]}
            place = turns.turns_in(hit.start, hit.end).start
            voice = heard.get(turns.speakers[place])
            if voice is None:
                continue
            start, end = turns.speech_starts[place], turns.ends[place]
            given += 1
            yield (
                scope.documents[at],
                place + 1,
                voice.label,
                attribution(scope.attributes(voice)),
                start,
                end,
                text[start:end],
            )

    return Table(
        "search",
        COLUMNS,
        rows,
        f"Turns with {query}. {scope.filters.note()}".rstrip(),
        ("document", "turn", "speaker", "speech"),
    )
