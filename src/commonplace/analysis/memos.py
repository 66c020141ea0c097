"""The memos of a project, as a table."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import layout
from commonplace.analysis.scope import Scope
from commonplace.domain.span import Span
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

COLUMNS = (
    Column("memo_id"),
    Column("about"),
    Column("document"),
    Column("start", "code points"),
    Column("end", "code points"),
    Column("quote"),
    Column("code_path"),
    Column("coder"),
    Column("memo"),
    Column("written_at", time=True),
)


def memos(project: Project) -> Table:
    """A row for each memo: `about` a coding, passage, transcript, code, or the project.

    The words it is about are left out where somebody speaks in them who has withdrawn.
    """
    scope = Scope(project, Filters())
    documents, book = scope.documents, scope.codebook

    def silent(document: str | None, span: Span) -> bool:
        if not scope.withdrawn or document is None:
            return False
        turns = layout(project.connection, document)
        touched = turns.turns_in(span.start, span.end)
        return scope.silenced(turns.speakers[place] for place in touched)

    def rows() -> Iterator[Row]:
        at, text = None, ""
        for memo in project.memos.all():
            span, code, about = memo.span, memo.code, "project"
            if memo.coding is not None:
                coding = project.codings.get(memo.coding)
                span, code, about = coding.span, coding.code, "coding"
            elif span is not None:
                about = "passage"
            elif memo.document is not None:
                about = "transcript"
            elif code is not None:
                about = "code"
            if span is not None and memo.document is not None and at != memo.document:
                at, text = memo.document, project.documents.text(memo.document)
            yield (
                memo.id,
                about,
                documents.get(memo.document or ""),
                span.start if span else None,
                span.end if span else None,
                None
                if span is None or silent(memo.document, span)
                else text[span.start : span.end],
                book.path(code) if code is not None and code in book else None,
                memo.coder,
                memo.text,
                memo.written_at,
            )

    return Table("memos", COLUMNS, rows, brief=("memo", "about", "document", "code_path", "coder"))
