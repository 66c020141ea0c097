"""Notes that coders write."""

from __future__ import annotations

from dataclasses import dataclass

from commonplace.domain.span import Span
from commonplace.project.errors import NotFoundError
from commonplace.project.store import Store, new_id, now


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on a coding, a stretch of text, a transcript, a code, or the whole project."""

    id: str
    document: str | None
    span: Span | None
    coding: str | None
    code: str | None
    coder: str
    text: str
    written_at: str


class Memos:
    """The memos of a project."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Memo]:
        """All memos, in order of transcript and place, those on no transcript last."""
        return self._select(
            "LEFT JOIN documents d ON d.id = m.document_id "
            "LEFT JOIN codings c ON c.id = m.coding_id "
            "ORDER BY d.name IS NULL, d.name, ifnull(c.start, m.start), m.written_at"
        )

    def of_document(self, document: str) -> list[Memo]:
        """The memos on a transcript, on its stretches and on its codings."""
        return self._select("WHERE m.document_id = ? ORDER BY m.start, m.written_at", document)

    def of_coding(self, coding: str) -> Memo | None:
        """The memo of a coding, if it has one."""
        found = self._select("WHERE m.coding_id = ?", coding)
        return found[0] if found else None

    def write(
        self,
        text: str,
        *,
        coding: str | None = None,
        document: str | None = None,
        span: Span | None = None,
        code: str | None = None,
    ) -> str | None:
        """Writes a memo, or changes the one that is there; an empty text removes it.

        About a coding; a span of a document; a document; a code; or, without any of these,
        the project. Each coding has one memo; elsewhere each coder has one of their own.
        Returns its id, None when it is gone.
        """
        text = text.strip()
        store = self._store
        if coding is not None:
            document = store.value("SELECT document_id FROM codings WHERE id = ?", coding)
            if document is None:
                raise NotFoundError("that coding is not there any more")
            span = None
        there = store.value(
            'SELECT id FROM memos WHERE document_id IS ? AND start IS ? AND "end" IS ? '
            "AND coding_id IS ? AND code_id IS ? AND (coder = ? OR coding_id IS NOT NULL)",
            document,
            span.start if span else None,
            span.end if span else None,
            coding,
            code,
            store.coder,
        )
        with store.transaction("wrote a memo" if text else "removed a memo") as change:
            if there is not None and not text:
                change.delete("memos", [there])
                return None
            if there is not None:
                change.update("memos", there, text=text, written_at=now())
                return str(there)
            if not text:
                return None
            memo = new_id()
            change.insert_row(
                "memos",
                id=memo,
                document_id=document,
                start=span.start if span else None,
                end=span.end if span else None,
                coding_id=coding,
                code_id=code,
                coder=store.coder,
                text=text,
                written_at=now(),
            )
        return memo

    def _select(self, rest: str, *values: str) -> list[Memo]:
        rows = self._store.rows(
            'SELECT m.id, m.document_id, m.start, m."end", m.coding_id, m.code_id, m.coder, '
            f"m.text, m.written_at FROM memos m {rest}",
            *values,
        )
        return [
            Memo(row[0], row[1], None if row[2] is None else Span(row[2], row[3]), *row[4:])
            for row in rows
        ]
