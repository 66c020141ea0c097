"""Codings to be read again, because what their code means has changed since they were made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from commonplace.domain.span import Span
from commonplace.project.errors import NotFoundError
from commonplace.project.store import Change, Store, new_id, now

MEANING = ("definition", "include", "exclude")
"""The fields whose change may leave a coding standing that would not be made today."""


@dataclass(frozen=True, slots=True)
class Reread:
    """A coding made under an older definition of its code, which nobody has looked at since."""

    coding: str
    document: str
    span: Span
    exact: str
    """The words that are coded."""
    code: str
    coder: str
    """Who coded them."""
    before: Mapping[str, str]
    """The fields of the definition that changed, as they were when the coding was made."""
    revised_by: str
    revised_at: str
    """ISO 8601, UTC."""


class Rereading:
    """The codings of a project that are to be read again. Each is cleared by `confirm`, by
    another code, or by its removal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def pending(self, *, code: str | None = None, document: str | None = None) -> list[Reread]:
        """Those of a code (its sub-codes not included), of a transcript, or all, in order of
        transcript and place."""
        rows = self._store.rows(
            'SELECT c.id, c.document_id, c.start, c."end", c.exact, c.code_id, c.coder, '
            "v.before, v.coder, v.revised_at FROM rereadings r "
            "JOIN revisions v ON v.id = r.revision_id JOIN codings c ON c.id = r.coding_id "
            "JOIN documents d ON d.id = c.document_id "
            "WHERE (?1 IS NULL OR c.code_id = ?1) AND (?2 IS NULL OR c.document_id = ?2) "
            'ORDER BY d.name, c.start, c."end", c.id',
            code,
            document,
        )
        return [
            Reread(
                coding=row[0],
                document=row[1],
                span=Span(row[2], row[3]),
                exact=row[4],
                code=row[5],
                coder=row[6],
                before=json.loads(row[7]),
                revised_by=row[8],
                revised_at=row[9],
            )
            for row in rows
        ]

    def counts(self) -> dict[str, int]:
        """How many there are of each code that has any, its sub-codes not included."""
        return dict(
            self._store.rows(
                "SELECT c.code_id, count(*) FROM rereadings r "
                "JOIN codings c ON c.id = r.coding_id GROUP BY c.code_id"
            )
        )

    def confirm(self, coding: str) -> None:
        """Says that a coding still fits. Raises `NotFoundError` when it is not to be read."""
        said = self._store.rows(
            'SELECT o.name, d.name, c.start, c."end" FROM rereadings r '
            "JOIN codings c ON c.id = r.coding_id JOIN codes o ON o.id = c.code_id "
            "JOIN documents d ON d.id = c.document_id WHERE r.coding_id = ?",
            coding,
        )
        if not said:
            raise NotFoundError(
                f"the coding '{coding}' is not to be read again: `codebook … rereading` lists "
                "those that are"
            )
        code, name, start, end = said[0]
        with self._store.transaction(
            f"confirmed '{code}' in {name}, {start} to {end}, as it is now defined"
        ) as change:
            change.delete("rereadings", [coding])


def mark(store: Store, change: Change, code: str, before: Mapping[str, str]) -> int:
    """Marks all codings of a code to be read again; returns how many.

    Those that are marked already stay so for the first change after they were made.
    """
    codings = store.rows("SELECT id FROM codings WHERE code_id = ? ORDER BY id", code)
    if not codings:
        return 0
    revision = new_id()
    change.insert_row(
        "revisions",
        id=revision,
        code_id=code,
        before=json.dumps(dict(before), ensure_ascii=False),
        coder=store.coder,
        revised_at=now(),
    )
    marked = {row[0] for row in store.rows("SELECT coding_id FROM rereadings")}
    change.insert("rereadings", [(key, revision) for (key,) in codings if key not in marked])
    return len(codings)
