"""The one way rows change: in a transaction, with a journal entry that can reverse it."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from commonplace.domain.rewording import Splice, inverse, spliced
from commonplace.project import schema, search_index, texts
from commonplace.project.connection import write_refused
from commonplace.project.errors import ProjectError
from commonplace.project.moving import move_suggestions

Key = str | int | list[Any]
"""A primary key as the journal writes it: the value, or a list for a key of several columns."""
Row = dict[str, Any]


def new_id() -> str:
    """A fresh identity (UUIDv4)."""
    return str(uuid.uuid4())


def now() -> str:
    """This moment, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _where(table: schema.TableSpec) -> str:
    return " AND ".join(f'"{name}" = ?' for name in table.key)


def _values(key: Key) -> list[Any]:
    return key if isinstance(key, list) else [key]


class Change:
    """One open transaction: every row it touches is noted, so that it can be reversed.

    Only tables of `schema.TABLES`; the search index follows the turns through `search_index`.
    """

    def __init__(self, connection: sqlite3.Connection, action: str) -> None:
        self.connection = connection
        self.action = action
        self.operations: list[dict[str, Any]] = []
        self._turned: set[str] = set()
        """Documents whose turns were touched."""
        self._unindexed: dict[Any, None] = {}
        """Turns whose speech the search index is still to take in, in order."""

    def insert(self, name: str, rows: Sequence[Sequence[Any]]) -> None:
        """Adds rows, each with a value per column of the table, in the table's order."""
        if not rows:
            return
        table = schema.BY_NAME[name]
        self.connection.executemany(
            f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(table.fields))})', rows
        )
        places = [table.columns.index(column) for column in table.key]
        keys: list[Key] = (
            [row[places[0]] for row in rows]
            if len(places) == 1
            else [[row[place] for place in places] for row in rows]
        )
        self.operations.append({"table": name, "insert": keys})
        if name == "turns":
            self._turned.update(row[table.columns.index("document_id")] for row in rows)
            self._unindexed.update(dict.fromkeys(keys))

    def insert_row(self, name: str, /, **values: Any) -> None:
        """Adds one row; columns left out hold their default, or are null."""
        table = schema.BY_NAME[name]
        unknown = values.keys() - table.fields.keys()
        if unknown:
            raise KeyError(f"{name} has no {sorted(unknown)}")
        self.insert(name, [_whole(table, values)])

    def update(self, name: str, key: Key, /, **values: Any) -> None:
        """Changes columns of one row; nothing is noted where nothing changes."""
        table = schema.BY_NAME[name]
        row = self.row(name, key)
        if row is None:
            raise ProjectError(f"what was to be changed is gone ({name} {key}): look again")
        changed = {column: value for column, value in values.items() if row[column] != value}
        if not changed:
            return
        reworded = name == "turns" and not changed.keys().isdisjoint(("speech_start", "end"))
        if reworded:
            self._unindex([key])
        self.connection.execute(
            f'UPDATE "{name}" SET {", ".join(f"{_quoted([c])} = ?" for c in changed)} '
            f"WHERE {_where(table)}",
            [*changed.values(), *_values(key)],
        )
        if name == "turns":
            self._turned.add(row["document_id"])
        if reworded:
            self._unindexed[key] = None
        before = {column: row[column] for column in changed}
        self.operations.append({"table": name, "update": [[key, before, changed]]})

    def delete(self, name: str, keys: Sequence[Key]) -> None:
        """Removes rows by key; they are kept whole in the journal. Missing ones are passed over."""
        table = schema.BY_NAME[name]
        rows = [row for row in (self.row(name, key) for key in keys) if row is not None]
        if not rows:
            return
        present: list[Key] = [key_of(table, row) for row in rows]
        if name == "turns":
            self._turned.update(row["document_id"] for row in rows)
            self._unindex(present)
        self.connection.executemany(
            f'DELETE FROM "{name}" WHERE {_where(table)}', [_values(key) for key in present]
        )
        self.operations.append({"table": name, "delete": rows})

    def delete_where(self, name: str, /, **values: Any) -> None:
        """Removes the rows with these values."""
        table = schema.BY_NAME[name]
        condition = " AND ".join(f'"{column}" = ?' for column in values)
        found = self.connection.execute(
            f'SELECT {_quoted(table.key)} FROM "{name}" WHERE {condition}', [*values.values()]
        ).fetchall()
        self.delete(name, [row[0] if len(row) == 1 else list(row) for row in found])

    def reword(self, document: str, splices: Sequence[Splice]) -> None:
        """Puts other words in the place of some of a text; suggestions go along.

        Turns and whatever else stands at words that move are the caller's to move: turns that
        change are to be deleted before and inserted after. Raises `ProjectError` when the words
        to be replaced are not there.
        """
        if not splices:
            return
        first = splices[0].start
        turns = [
            row[0]
            for row in self.connection.execute(
                'SELECT id FROM turns WHERE document_id = ? AND "end" > ?', (document, first)
            )
        ]
        self._unindex(turns)
        try:
            text = spliced(texts.whole(self.connection, document), splices)
        except ValueError:
            raise ProjectError("it was changed again since") from None
        self.connection.execute("UPDATE texts SET text = ? WHERE document_id = ?", (text, document))
        move_suggestions(self.connection, document, splices)
        self._unindexed.update(dict.fromkeys(turns))
        self._turned.add(document)
        self.operations.append({"table": "texts", "splice": [[document, list(splices)]]})

    def row(self, name: str, key: Key) -> Row | None:
        """The row of that key, if there is one."""
        table = schema.BY_NAME[name]
        found = self.connection.execute(
            f'SELECT {_quoted(table.columns)} FROM "{name}" WHERE {_where(table)}', _values(key)
        ).fetchone()
        return None if found is None else dict(zip(table.columns, found, strict=True))

    def invert(self, operations: Sequence[Mapping[str, Any]]) -> None:
        """Reverses operations noted before, the last one first; this too is noted.

        Raises `ProjectError` when a row is no longer as they left it.
        """
        for operation in reversed(operations):
            name = operation["table"]
            table = schema.BY_NAME[name]
            if "insert" in operation:
                self.delete(name, list(reversed(operation["insert"])))
            elif "delete" in operation:
                self.insert(name, [_whole(table, row) for row in operation["delete"]])
            elif "splice" in operation:
                for document, splices in reversed(operation["splice"]):
                    self.reword(document, inverse(Splice(*splice) for splice in splices))
            else:
                for key, before, after in reversed(operation["update"]):
                    row = self.row(name, key)
                    if row is None or any(row[c] != value for c, value in after.items()):
                        raise ProjectError("it was changed again since")
                    self.update(name, key, **before)

    def settle(self) -> None:
        """Brings what is derived from turns in step: counts per speaker, and the search index.

        The index comes last: SQLite makes it write out all it has gathered whenever another
        statement follows on many rows, which doubles the cost of an import.
        """
        self.connection.executemany(
            "UPDATE speakers SET (turns, words) = (SELECT count(*), ifnull(sum(t.words), 0) "
            "FROM turns t WHERE t.speaker_id = speakers.id) WHERE document_id = ?",
            [(document,) for document in sorted(self._turned)],
        )
        if self._unindexed:
            search_index.index(self.connection, list(self._unindexed))

    def _unindex(self, keys: Sequence[Any]) -> None:
        search_index.unindex(self.connection, [key for key in keys if key not in self._unindexed])
        for key in keys:
            self._unindexed.pop(key, None)


def _whole(table: schema.TableSpec, row: Mapping[str, Any]) -> list[Any]:
    """A row in the order of the columns. One that is journaled by an older version of the
    program may lack some."""
    return [row.get(name, field.default) for name, field in table.fields.items()]


def key_of(table: schema.TableSpec, row: Mapping[str, Any]) -> Key:
    """The primary key of a row, as the journal writes it."""
    return row[table.key[0]] if len(table.key) == 1 else [row[column] for column in table.key]


class Store:
    """A connection, the coder at work on it, and the transaction that is open, if any."""

    def __init__(self, connection: sqlite3.Connection, coder: str) -> None:
        self.connection = connection
        self.coder = coder
        self._open: Change | None = None

    @contextmanager
    def transaction(
        self, action: str, *, group: str | None = None, kind: str = "do", target: str | None = None
    ) -> Iterator[Change]:
        """All changes made inside are one transaction and one journal entry, or nothing.

        `action` says in words what is done. `group` joins several transactions into what undo
        treats as one. Inside another transaction it simply takes part in that one.
        """
        if self._open is not None:
            yield self._open
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise write_refused(self.connection, error) or ProjectError(
                f"the project is busy ({error}): somebody else is writing; try again"
            ) from error
        change = self._open = Change(self.connection, action)
        try:
            yield change
            change.settle()
            if change.operations or kind != "do":
                self.connection.execute(
                    "INSERT INTO journal (group_id, kind, target, coder, at, action, changes) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        group or new_id(),
                        kind,
                        target,
                        self.coder,
                        now(),
                        change.action,
                        json.dumps(change.operations, ensure_ascii=False, separators=(",", ":")),
                    ),
                )
            self.connection.execute("COMMIT")
        except BaseException as error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            refused = write_refused(self.connection, error)
            if refused is not None:
                raise refused from error
            raise
        finally:
            self._open = None

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.connection.execute(sql, values).fetchall()

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row of a query, or None."""
        row = self.connection.execute(sql, values).fetchone()
        return None if row is None else row[0]
