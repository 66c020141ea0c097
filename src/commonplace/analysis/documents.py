"""The transcripts of a project, as a table."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.analysis.coverage import shares_in
from commonplace.analysis.filters import Filters
from commonplace.analysis.scope import Scope
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

COLUMNS = (
    Column("document"),
    Column("format"),
    Column("turns", "turns"),
    Column("speakers"),
    Column("words", "words"),
    Column("interviewee_words", "words"),
    Column("codings", "codings"),
    Column("coded_share", "share 0–1 of interviewees' speech"),
    Column("imported_at", time=True),
)


def documents(project: Project, filters: Filters | None = None) -> Table:
    """A row for each transcript, by name. `speakers` are its labels; `coded_share` is 0–1 of
    interviewees' speech in code points, null where no interviewee speaks; `codings` counts those
    of all coders unless filters choose."""
    scope = Scope(project, filters or Filters())

    def rows() -> Iterator[Row]:
        shares = shares_in(scope)
        counts = dict(
            project.connection.execute(
                f"SELECT document_id, count(*) FROM codings WHERE {scope.condition} "
                "GROUP BY document_id",
                scope.values,
            ).fetchall()
        )
        for info in project.documents.all():
            if info.id in scope.documents:
                yield (
                    info.name,
                    info.format,
                    info.turns,
                    "; ".join(speaker.label for speaker in project.speakers.all(info.id)),
                    info.words,
                    info.interviewee_words,
                    counts.get(info.id, 0),
                    shares[info.id],
                    info.imported_at,
                )

    brief = ("document", "turns", "speakers", "words", "codings", "coded_share", "format")
    return Table("documents", COLUMNS, rows, scope.filters.note(), brief)
