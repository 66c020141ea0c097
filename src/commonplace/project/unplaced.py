"""What lost its place when a transcript was corrected, until somebody says where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from commonplace.domain.anchor import Anchor, anchor
from commonplace.domain.span import Span
from commonplace.project import schema, texts
from commonplace.project.errors import DuplicateError, NotFoundError, ProjectError
from commonplace.project.store import Change, Row, Store, key_of

KINDS = {"codings": "coding", "memos": "memo", "quotes": "quote"}
"""What a row is called, by the table it comes from."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A coding, a memo on a stretch of text, or a kept quote that has no place any more."""

    id: str
    kind: str
    """coding, memo or quote"""
    document: str
    code: str | None
    coder: str
    words: Anchor
    """What it stood at."""
    before: Span
    """Where, in the version that was replaced."""
    version: int | None
    """The number of that version; None when it was erased."""
    reason: str
    text: str
    """What a memo says; empty for others."""


class UnplacedRows:
    """All that waits for a place in a project."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, document: str | None = None) -> list[Unplaced]:
        """Those of a transcript, or all; by transcript and by where they stood."""
        rows = self._store.rows(
            "SELECT u.id, u.kind, u.document_id, u.code_id, u.coder, u.exact, u.prefix, "
            'u.suffix, u.start, u."end", v.number, u.reason, u.row FROM unplaced u '
            "LEFT JOIN versions v ON v.id = u.version_id JOIN documents d ON d.id = u.document_id "
            'WHERE ?1 IS NULL OR u.document_id = ?1 ORDER BY d.name, v.number, u.start, u."end"',
            document,
        )
        return [
            Unplaced(
                id=row[0],
                kind=KINDS[row[1]],
                document=row[2],
                code=row[3],
                coder=row[4],
                words=Anchor(row[5], row[6], row[7]),
                before=Span(row[8], row[9]),
                version=row[10],
                reason=row[11],
                text=json.loads(row[12]).get("text", ""),
            )
            for row in rows
        ]

    def counts(self) -> dict[str, int]:
        """How many wait, by the id of the transcript."""
        return dict(
            self._store.rows("SELECT document_id, count(*) FROM unplaced GROUP BY document_id")
        )

    def place(self, key: str, span: Span) -> None:
        """Says where something stands: it is what it was, at other words.

        Raises `NotFoundError`, `ProjectError` when the text ends before, and `DuplicateError`
        when the same stands there already.
        """
        row = self._row(key)
        kind = KINDS[row["kind"]]
        name = self._store.value("SELECT name FROM documents WHERE id = ?", row["document_id"])
        said = f"placed a {kind} in {name}, {span.start} to {span.end}"
        with self._store.transaction(said) as change:
            values = self._at(row, span)
            self._refuse_twice(row["kind"], values)
            change.delete("unplaced", [key])
            change.insert_row(row["kind"], **values)
            self._bring_along(change, json.loads(row["along"]), key)

    def drop(self, key: str) -> None:
        """Lets something go; undo brings it back. Raises `NotFoundError`."""
        row = self._row(key)
        name = self._store.value("SELECT name FROM documents WHERE id = ?", row["document_id"])
        with self._store.transaction(
            f"dropped a {KINDS[row['kind']]} that had lost its place in {name}"
        ) as change:
            change.delete("unplaced", [key])

    def _row(self, key: str) -> Row:
        columns = schema.BY_NAME["unplaced"].columns
        listed = ", ".join(f'"{column}"' for column in columns)
        rows = self._store.rows(f"SELECT {listed} FROM unplaced WHERE id = ?", key)
        if not rows:
            raise NotFoundError(
                f"nothing with the id '{key}' waits for a place: `amend … --unplaced` lists what "
                "does"
            )
        return dict(zip(columns, rows[0], strict=True))

    def _at(self, row: Row, span: Span) -> Row:
        """The row it was, at other words; under the code that it has now."""
        values: Row = json.loads(row["row"])
        try:
            words = anchor(texts.whole(self._store.connection, row["document_id"]), span)
        except ValueError as error:
            if isinstance(error, ProjectError):
                raise
            raise ProjectError(f"there is no such passage: {error}") from None
        values |= {"start": span.start, "end": span.end}
        if row["code_id"] is not None:
            values["code_id"] = row["code_id"]
        if "exact" in values:
            values |= {"exact": words.exact, "prefix": words.prefix, "suffix": words.suffix}
        return values

    def _refuse_twice(self, table: str, values: Row) -> None:
        for columns in schema.BY_NAME[table].unique:
            condition = " AND ".join(f'"{column}" = ?' for column in columns)
            if self._store.rows(
                f'SELECT 1 FROM "{table}" WHERE {condition}', *(values[c] for c in columns)
            ):
                raise DuplicateError(f"the same {KINDS[table]} stands there already: drop this one")

    def _bring_along(self, change: Change, along: dict[str, list[Row]], key: str) -> None:
        """Puts back what hung on it, as far as what else that refers to is still there."""
        for name, rows in along.items():
            spec = schema.BY_NAME[name]
            for row in rows:
                there = change.row(name, key_of(spec, row))
                if there is not None:
                    columns = [c for c, f in spec.fields.items() if f.references and row[c] == key]
                    change.update(name, key_of(spec, row), **dict.fromkeys(columns, key))
                elif all(map(self._is_there, *zip(*_references(spec, row), strict=True))):
                    change.insert_row(name, **row)

    def _is_there(self, table: str, key: Any) -> bool:
        column = schema.BY_NAME[table].key[0]
        return bool(self._store.rows(f'SELECT 1 FROM "{table}" WHERE "{column}" = ?', key))


def _references(spec: schema.TableSpec, row: Row) -> Iterator[tuple[str, Any]]:
    """(table, key) of the rows that a row refers to."""
    for column, field in spec.fields.items():
        if field.references and row.get(column) is not None:
            yield field.references, row[column]


def set_aside(
    store: Store,
    change: Change,
    table: str,
    row: Row,
    *,
    words: Anchor,
    version: str,
    reason: str,
) -> None:
    """Takes a row out of its table, to wait for a place. What hangs on it waits with it, except
    for what can do without it."""
    along: dict[str, list[Row]] = {}
    for spec in schema.TABLES:
        for column, field in spec.fields.items():
            if field.references != table or field.cascade:
                continue
            for hanging in _hanging(store, spec, column, row["id"]):
                along.setdefault(spec.name, []).append(hanging)
                if field.null and spec.name != "memos":
                    change.update(spec.name, key_of(spec, hanging), **{column: None})
                else:
                    change.delete(spec.name, [key_of(spec, hanging)])
    change.delete(table, [row["id"]])
    change.insert_row(
        "unplaced",
        id=row["id"],
        kind=table,
        document_id=row["document_id"],
        version_id=version,
        start=row["start"],
        end=row["end"],
        code_id=row.get("code_id"),
        coder=row.get("coder", ""),
        exact=words.exact,
        prefix=words.prefix,
        suffix=words.suffix,
        reason=reason,
        row=json.dumps(row, ensure_ascii=False),
        along=json.dumps(along, ensure_ascii=False),
    )


def _hanging(store: Store, spec: schema.TableSpec, column: str, key: str) -> list[Row]:
    listed = ", ".join(f'"{name}"' for name in spec.columns)
    rows = store.rows(f'SELECT {listed} FROM "{spec.name}" WHERE "{column}" = ?', key)
    return [dict(zip(spec.columns, row, strict=True)) for row in rows]
