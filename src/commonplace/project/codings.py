"""Codings: codes applied to segments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from commonplace.domain.anchor import CONTEXT, Anchor, anchor
from commonplace.domain.coding import Coding, Origin
from commonplace.domain.span import Span
from commonplace.project import schema, texts
from commonplace.project.errors import DuplicateError, NotFoundError, ProjectError
from commonplace.project.quotes import follow
from commonplace.project.store import Store, new_id, now

_SELECT = (
    "SELECT " + ", ".join(f'"{c}"' for c in schema.BY_NAME["codings"].columns) + " FROM codings"
)


class Codings:
    """The codings of a project."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        document: str,
        span: Span,
        code: str,
        *,
        origin: Origin = Origin.MANUAL,
        score: float | None = None,
        reasons: Sequence[str] = (),
        suggestion: str | None = None,
    ) -> Coding:
        """Applies a code to a span. Raises `DuplicateError` when this coder did so already,
        `ProjectError` when the span lies outside the text or the code is retired."""
        with self._store.transaction(f"coded {self._said(document, span, code)}") as change:
            if origin in (Origin.IMPORTED, Origin.CONSENSUS):
                self._refuse_duplicate(document, span, code)
            else:
                self.refuse_unfit(document, span, code)
            row = coding_row(
                document,
                span,
                self._anchor(document, span),
                code=code,
                coder=self._store.coder,
                origin=origin,
                coded_at=now(),
                score=score,
                reasons=reasons,
                suggestion=suggestion,
            )
            change.insert("codings", [row])
        return _coding(row)

    def add_many(
        self,
        document: str,
        codings: Iterable[tuple[Span, str]],
        *,
        origin: Origin = Origin.AUTOCODE,
        coder: str | None = None,
    ) -> int:
        """Applies codes to spans of one transcript; returns how many were new.

        Those that the coder has already are passed over.
        """
        coder = coder or self._store.coder
        text = texts.whole(self._store.connection, document)
        there = set(
            self._store.rows(
                'SELECT start, "end", code_id FROM codings WHERE document_id = ? AND coder = ?',
                document,
                coder,
            )
        )
        moment = now()
        rows = []
        for span, code in codings:
            key = (span.start, span.end, code)
            if key in there:
                continue
            there.add(key)
            rows.append(
                coding_row(
                    document,
                    span,
                    _anchored(text, span),
                    code=code,
                    coder=coder,
                    origin=origin,
                    coded_at=moment,
                )
            )
        with self._store.transaction(f"applied {len(rows)} codings") as change:
            change.insert("codings", rows)
        return len(rows)

    def get(self, coding: str) -> Coding:
        """The coding of that id. Raises `NotFoundError`."""
        rows = self._store.rows(f"{_SELECT} WHERE id = ?", coding)
        if not rows:
            raise NotFoundError(f"no coding '{coding}': `codings` lists them with their ids")
        return _coding(rows[0])

    def of_document(self, document: str, *, within: Span | None = None) -> list[Coding]:
        """All codings in a transcript, or those that overlap `within`; by start, longer first."""
        condition = "document_id = ?"
        values: list[Any] = [document]
        if within is not None:
            condition += ' AND start < ? AND "end" > ?'
            values += [within.end, within.start]
        rows = self._store.rows(
            f'{_SELECT} WHERE {condition} ORDER BY start, "end" DESC, coded_at, id', *values
        )
        return [_coding(row) for row in rows]

    def remove(self, coding: str) -> Coding:
        """Removes a coding, with its memo. Returns what it was."""
        old = self.get(coding)
        said = self._said(old.document, old.span, old.code)
        with self._store.transaction(f"removed the coding {said}") as change:
            change.delete_where("memos", coding_id=coding)
            for (decision,) in self._store.rows(
                "SELECT id FROM decisions WHERE coding_id = ?", coding
            ):
                change.update("decisions", decision, coding_id=None)
            change.delete("rereadings", [coding])
            change.delete("codings", [coding])
        return old

    def change(self, coding: str, *, span: Span | None = None, code: str | None = None) -> Coding:
        """Gives a coding another span or code, or both; its origin stays.

        One that was to be read again under a changed definition has been, if its code changes.
        Raises `DuplicateError` when the coder has that coding already.
        """
        old = self.get(coding)
        span, code = span or old.span, code or old.code
        if (span, code) == (old.span, old.code):
            return old
        said = self._said(old.document, span, code)
        with self._store.transaction(f"changed a coding to {said}") as change:
            self._refuse_duplicate(old.document, span, code, coder=old.coder)
            if code != old.code:
                self._refuse_retired(code)
                change.delete("rereadings", [coding])
            words = self._anchor(old.document, span)
            change.update(
                "codings",
                coding,
                start=span.start,
                end=span.end,
                code_id=code,
                exact=words.exact,
                prefix=words.prefix,
                suffix=words.suffix,
            )
            follow(self._store, change, old.document, old.span, span)
        return self.get(coding)

    def refuse_unfit(self, document: str, span: Span, code: str) -> None:
        """Raises `DuplicateError` where this coder has applied the code to that very span, and
        `ProjectError` where it is retired: nothing is to be decided about it there."""
        self._refuse_duplicate(document, span, code)
        self._refuse_retired(code)

    def _refuse_duplicate(
        self, document: str, span: Span, code: str, *, coder: str | None = None
    ) -> None:
        found = self._store.value(
            'SELECT id FROM codings WHERE document_id = ? AND start = ? AND "end" = ? '
            "AND code_id = ? AND coder = ?",
            document,
            span.start,
            span.end,
            code,
            coder or self._store.coder,
        )
        if found is not None:
            name = self._store.value("SELECT name FROM codes WHERE id = ?", code)
            raise DuplicateError(f"this is coded '{name}' already")

    def _refuse_retired(self, code: str) -> None:
        name = self._store.value("SELECT name FROM codes WHERE id = ? AND retired", code)
        if name is not None:
            raise ProjectError(
                f"the code '{name}' is retired: bring it back in the codebook, or use another"
            )

    def _said(self, document: str, span: Span, code: str) -> str:
        """`'Rent' in P01.txt, 120 to 180`; raises `NotFoundError` where one of them is missing."""
        code_name = self._store.value("SELECT name FROM codes WHERE id = ?", code)
        if code_name is None:
            raise NotFoundError("that code is not in the codebook any more")
        name = self._store.value("SELECT name FROM documents WHERE id = ?", document)
        if name is None:
            raise NotFoundError("that transcript is not in the project any more")
        return f"'{code_name}' in {name}, {span.start} to {span.end}"

    def _anchor(self, document: str, span: Span) -> Anchor:
        """As `_anchored`, from a text of which only what is needed is kept."""
        first = max(0, span.start - CONTEXT)
        near = texts.part(self._store.connection, document, first, span.end + CONTEXT)
        if first + len(near) < span.end:
            length = self._store.value("SELECT length FROM documents WHERE id = ?", document)
            raise ProjectError(
                f"there is no such passage: the text ends at {length}, before {span.end}"
            )
        return anchor(near, Span(span.start - first, span.end - first))


def _anchored(text: str, span: Span) -> Anchor:
    try:
        return anchor(text, span)
    except ValueError as error:
        raise ProjectError(f"there is no such passage: {error}") from None


def coding_row(
    document: str,
    span: Span,
    words: Anchor,
    *,
    code: str,
    coder: str,
    origin: Origin,
    coded_at: str,
    score: float | None = None,
    reasons: Sequence[str] = (),
    suggestion: str | None = None,
) -> tuple[Any, ...]:
    """A row of `codings`, with a fresh identity."""
    return (
        new_id(),
        document,
        span.start,
        span.end,
        code,
        coder,
        str(origin),
        words.exact,
        words.prefix,
        words.suffix,
        score,
        json.dumps(list(reasons), ensure_ascii=False) if reasons else None,
        suggestion,
        coded_at,
    )


def _coding(row: tuple[Any, ...]) -> Coding:
    return Coding(
        id=row[0],
        document=row[1],
        span=Span(row[2], row[3]),
        code=row[4],
        coder=row[5],
        origin=Origin(row[6]),
        anchor=Anchor(row[7], row[8], row[9]),
        score=row[10],
        reasons=tuple(json.loads(row[11])) if row[11] else (),
        suggestion=row[12],
        coded_at=datetime.fromisoformat(row[13]),
    )
