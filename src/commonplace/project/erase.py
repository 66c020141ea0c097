"""Erasing for good, at a participant's wish: the one thing that cannot be undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from commonplace.domain.anchor import anchor
from commonplace.domain.span import Span
from commonplace.project import schema, search_index
from commonplace.project.connection import write_refused
from commonplace.project.documents import Documents, remove_rows
from commonplace.project.erase_versions import documents_where_once, forget_versions
from commonplace.project.errors import ProjectError
from commonplace.project.schema import SEARCH_TABLE
from commonplace.project.store import Change, Store, key_of, new_id, now

ERASED = "erased for good"
COVER = "█"
"""Stands for each character of a word that was erased beside others' words that stay."""


def erase_document(store: Store, document: str, facts: Iterable[str] = ()) -> None:
    """Removes a transcript and every trace of its words, from the history too.

    The history loses what it keeps of these `facts` as well.
    """
    with _ForGood(store) as change:
        keys = _keys_of_document(store, document) | {*facts}
        _remove_document(store, change, document)
        _purge_journal(store, keys)


def erase_person(store: Store, person: str, facts: Iterable[str] = ()) -> None:
    """Removes a person, what is known of them, and every trace of their words.

    Transcripts in which nobody else is interviewed go whole. In the others their turns are
    covered (same length, so that nobody else's codings move) and codings that touch them go.
    The history loses what it keeps of these `facts` as well.
    """
    with _ForGood(store) as change:
        keys = _keys_of_person(store, person) | {*facts}
        for document in _documents_of(store, person):
            keys |= forget_versions(store, change, document, keys)
            others = store.value(
                "SELECT count(*) FROM speakers WHERE document_id = ? AND interviewer = 0 "
                "AND person_id IS NOT ? AND words > 0",
                document,
                person,
            )
            if others:
                keys |= _cover_turns(store, change, document, person)
            else:
                keys |= _keys_of_document(store, document)
                _remove_document(store, change, document)
        for document in documents_where_once(store, keys):
            keys |= forget_versions(store, change, document, keys)
        change.delete_where("attributes", person_id=person)
        for (speaker,) in store.rows("SELECT id FROM speakers WHERE person_id = ?", person):
            change.update("speakers", speaker, person_id=None, label=f"erased {speaker[:4]}")
        change.delete("people", [person])
        _purge_journal(store, keys)


def copies_that_hold(path: Path, document: str) -> list[Path]:
    """Other project files in the same folder in which a transcript is still to be found."""
    found = []
    for other in sorted(path.parent.glob("*.commonplace")):
        if other.resolve() == path.resolve():
            continue
        try:
            connection = sqlite3.connect(f"{other.resolve().as_uri()}?mode=ro", uri=True)
            try:
                if connection.execute(
                    "SELECT 1 FROM documents WHERE id = ?", (document,)
                ).fetchone():
                    found.append(other)
            finally:
                connection.close()
        except sqlite3.DatabaseError:
            continue
    return found


class _ForGood:
    """A transaction that leaves a journal entry without content, and then no trace in the file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> Change:
        self._store.connection.execute("PRAGMA secure_delete = ON")
        self._store.connection.execute("BEGIN IMMEDIATE")
        self._change = Change(self._store.connection, ERASED)
        return self._change

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        connection = self._store.connection
        if kind is not None:
            connection.execute("ROLLBACK")
            return
        self._change.settle()
        connection.execute(f"INSERT INTO {SEARCH_TABLE} ({SEARCH_TABLE}) VALUES ('optimize')")
        connection.execute(
            "INSERT INTO journal (group_id, kind, target, coder, at, action, changes) "
            "VALUES (?, 'do', NULL, ?, ?, ?, '[]')",
            (new_id(), self._store.coder, now(), ERASED),
        )
        connection.execute("COMMIT")
        try:
            connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.OperationalError:
            busy = 1
        if busy:
            raise ProjectError(
                "it is erased from the project, but another program has the file open, and traces "
                "may remain in the file until that is closed: close it, then run `check --compact`"
            )


def compact(store: Store) -> None:
    """Rewrites the file without what was deleted, and empties its log.

    Raises `ProjectError` when another program has the file open.
    """
    try:
        store.connection.execute("VACUUM")
        busy = store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError as error:
        refused = write_refused(store.connection, error)
        if refused is not None:
            raise refused from error
        busy = 1
    if busy:
        raise ProjectError("another program has the project open: close it and try again")


def _remove_document(store: Store, change: Change, document: str) -> None:
    remove_rows(store, change, document)
    store.connection.execute("DELETE FROM suggestions WHERE document_id = ?", (document,))


def _documents_of(store: Store, person: str) -> list[str]:
    return [
        row[0]
        for row in store.rows(
            "SELECT DISTINCT document_id FROM speakers WHERE person_id = ?", person
        )
    ]


def _keys_of_person(store: Store, person: str) -> set[str]:
    """Keys of a person and of all rows that say or once said something of them."""
    keys = {person}
    for table in ("attributes", "speakers"):
        keys |= {
            row[0] for row in store.rows(f"SELECT id FROM {table} WHERE person_id = ?", person)
        }
    keys |= _keys_once(store, person_id=person)
    for other in _joined_to(store, keys):
        keys |= {other} | _keys_once(store, person_id=other)
    return keys


def _joined_to(store: Store, speakers: set[str]) -> set[str]:
    """People who are no more, whose labels these were before they became somebody else's."""
    once = {
        state.get("person_id")
        for (changes,) in store.rows("SELECT changes FROM journal")
        for operation in json.loads(changes)
        if operation["table"] == "speakers"
        for key, *states in operation.get("update", ())
        if key in speakers
        for state in states
    }
    there = {row[0] for row in store.rows("SELECT id FROM people")}
    return {person for person in once if person is not None} - there


def _keys_of_document(store: Store, document: str) -> set[str]:
    """Keys of a transcript and of all rows that belong or once belonged to it."""
    keys = {document} | _keys_once(store, document_id=document)
    for table in schema.TABLES:
        if "document_id" in table.fields and table.key == ("id",):
            keys |= {
                str(row[0])
                for row in store.rows(
                    f'SELECT id FROM "{table.name}" WHERE document_id = ?', document
                )
            }
    for (person,) in store.rows(
        "SELECT DISTINCT person_id FROM speakers WHERE document_id = ? AND person_id IS NOT NULL",
        document,
    ):
        if _documents_of(store, person) == [document]:
            keys |= _keys_of_person(store, person)
    return keys


def _keys_once(store: Store, **values: str) -> set[str]:
    """Keys of removed rows that had these values, as the history keeps them."""
    [(column, value)] = values.items()
    return {
        str(_first(key_of(schema.BY_NAME[operation["table"]], row)))
        for (changes,) in store.rows("SELECT changes FROM journal")
        for operation in json.loads(changes)
        for row in operation.get("delete", ())
        if row.get(column) == value
    }


def _cover_turns(store: Store, change: Change, document: str, person: str) -> set[str]:
    """Covers a person's turns in a transcript that others share; returns keys of what went."""
    text = Documents(store).text(document)
    turns = store.rows(
        'SELECT t.id, t.start, t."end" FROM turns t JOIN speakers s ON s.id = t.speaker_id '
        "WHERE t.document_id = ? AND s.person_id = ?",
        document,
        person,
    )
    covered, last = [], 0
    for _, start, end in sorted(turns, key=lambda turn: turn[1]):
        covered.append(text[last:start])
        covered.append("".join(c if c.isspace() else COVER for c in text[start:end]))
        last = end
    new_text = "".join([*covered, text[last:]])
    keys: set[str] = {document}
    for table in ("codings", "decisions", "memos", "settlements", "quotes", "audit_segments"):
        for key, start, end in store.rows(
            f'SELECT id, start, "end" FROM {table} WHERE document_id = ? AND start IS NOT NULL',
            document,
        ):
            if any(start < turn_end and turn_start < end for _, turn_start, turn_end in turns):
                keys.add(key)
                if table == "codings":
                    change.delete_where("memos", coding_id=key)
                    change.delete_where("decisions", coding_id=key)
                    change.delete("rereadings", [key])
                if table == "quotes":
                    uses = store.rows("SELECT id FROM quote_uses WHERE quote_id = ?", key)
                    keys |= {use for (use,) in uses}
                    change.delete("quote_uses", [use for (use,) in uses])
                change.delete(table, [key])
    connection = store.connection
    connection.execute("DELETE FROM suggestions WHERE document_id = ?", (document,))
    _reword(connection, document, new_text, turns)
    for table in ("codings", "quotes"):
        for key, start, end in store.rows(
            f'SELECT id, start, "end" FROM {table} WHERE document_id = ?', document
        ):
            words = anchor(new_text, Span(start, end))
            change.update(table, key, prefix=words.prefix, suffix=words.suffix)
    return keys


def _reword(
    connection: sqlite3.Connection, document: str, text: str, turns: list[tuple[Any, ...]]
) -> None:
    """Stores a text in the place of another, and brings the search index in step."""
    ids = [turn[0] for turn in turns]
    search_index.unindex(connection, ids)
    connection.execute("UPDATE texts SET text = ? WHERE document_id = ?", (text, document))
    connection.execute(f"UPDATE turns SET words = 0 WHERE id IN ({', '.join('?' * len(ids))})", ids)
    search_index.index(connection, ids)


def _purge_journal(store: Store, keys: set[str]) -> None:
    """Takes out of the history all that it keeps of rows with these keys."""
    connection = store.connection
    for seq, changes in connection.execute("SELECT seq, changes FROM journal").fetchall():
        operations = json.loads(changes)
        kept = [_without(operation, keys) for operation in operations]
        if any(
            was["table"] == "texts" and not left for was, left in zip(operations, kept, strict=True)
        ):
            kept = []  # what came with a text, or moved with it, cannot come or move back alone
        if kept != operations:
            connection.execute(
                "UPDATE journal SET action = ?, changes = ? WHERE seq = ?",
                (ERASED, json.dumps([o for o in kept if o], ensure_ascii=False), seq),
            )


def _without(operation: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    """The operation without the rows of these keys; empty when none is left."""
    table = schema.BY_NAME[operation["table"]]
    kind = next(name for name in ("insert", "update", "splice", "delete") if name in operation)
    if kind == "insert":
        left = [key for key in operation[kind] if str(_first(key)) not in keys]
    elif kind in ("update", "splice"):
        left = [entry for entry in operation[kind] if str(_first(entry[0])) not in keys]
    else:
        left = [
            row
            for row in operation[kind]
            if str(_first(key_of(table, row))) not in keys
            and row.get("document_id") not in keys
            and row.get("person_id") not in keys
        ]
    return {"table": operation["table"], kind: left} if left else {}


def _first(key: Any) -> Any:
    return key[0] if isinstance(key, list) else key
