"""The audit trail, and undo and redo over it: without limit, and across restarts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from commonplace.project import schema
from commonplace.project.errors import NotFoundError, ProjectError
from commonplace.project.store import Key, Store, new_id

_UNDONE = (
    "EXISTS (SELECT 1 FROM journal u WHERE u.target = {group} AND u.kind = 'undo' AND NOT EXISTS "
    "(SELECT 1 FROM journal r WHERE r.target = {group} AND r.kind = 'redo' AND r.seq > u.seq))"
)
_IMPORTED = "imported "


@dataclass(frozen=True, slots=True)
class Entry:
    """A group of changes that were made, and are undone, as one."""

    group: str
    at: str
    """ISO 8601, UTC, of the last of them."""
    coder: str
    kind: str
    action: str
    changes: int
    """How many transactions it took."""
    undone: bool
    target: str | None


class Journal:
    """What was done, by whom and when; and its reversal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def undo(self) -> str:
        """Reverses this coder's latest group that stands; returns what it was, in words.

        Raises `ProjectError` when there is nothing, or when a later change depends on it.
        """
        group = self._store.value(
            "SELECT j.group_id FROM journal j WHERE j.coder = ? AND j.kind = 'do' "
            "AND j.changes <> '[]' AND NOT "
            + _UNDONE.format(group="j.group_id")
            + " ORDER BY j.seq DESC LIMIT 1",
            self._store.coder,
        )
        if group is None:
            raise ProjectError("nothing to undo")
        return self.undo_group(group)

    def undo_group(self, group: str) -> str:
        """Reverses one group, whoever made it; otherwise as `undo`."""
        entries = self._store.rows(
            "SELECT seq, action, changes FROM journal WHERE group_id = ? AND kind = 'do' "
            "ORDER BY seq",
            group,
        )
        if not entries:
            raise NotFoundError(f"no group '{group}' in the history: `history` lists them")
        action = _in_words(str(entries[-1][1]), [str(entry[1]) for entry in entries])
        if self._is_undone(group):
            raise ProjectError(f"'{action}' is undone already")
        operations = [operation for entry in entries for operation in json.loads(entry[2])]
        if not operations:
            raise ProjectError(f"'{action}' cannot be undone: what it held was erased")
        with self._store.transaction(action, group=new_id(), kind="undo", target=group):
            self._refuse_if_needed(action, entries[-1][0], operations)
            self._invert(action, operations)
        return action

    def redo(self) -> str:
        """Does again what this coder undid last, if nothing was done since; returns what.

        Raises `ProjectError` when there is nothing.
        """
        found = self._store.rows(
            "SELECT j.target, j.action, j.changes FROM journal j WHERE j.coder = ?1 "
            "AND j.kind = 'undo' AND j.seq > (SELECT ifnull(max(seq), 0) FROM journal "
            "WHERE coder = ?1 AND kind = 'do') AND NOT EXISTS (SELECT 1 FROM journal r "
            "WHERE r.target = j.target AND r.kind = 'redo' AND r.seq > j.seq) "
            "ORDER BY j.seq DESC LIMIT 1",
            self._store.coder,
        )
        if not found:
            raise ProjectError("nothing to redo")
        target, action, changes = found[0]
        with self._store.transaction(action, group=new_id(), kind="redo", target=target):
            self._invert(action, json.loads(changes))
        return str(action)

    def history(self, *, limit: int = -1) -> list[Entry]:
        """Groups of changes, the latest first."""
        imports = f"iif(j.action GLOB '{_IMPORTED}*', j.action, NULL)"
        rows = self._store.rows(
            "SELECT j.group_id, max(j.at), j.coder, j.kind, j.action, "
            f"group_concat({imports}, char(31)), count(*), "
            + _UNDONE.format(group="j.group_id")
            + ", j.target FROM journal j GROUP BY j.group_id, j.kind "
            "ORDER BY max(j.seq) DESC LIMIT ?",
            limit,
        )
        return [
            Entry(
                group=group,
                at=at,
                coder=coder,
                kind=kind,
                action=_in_words(action, (imported or "").split("\x1f")),
                changes=changes,
                undone=kind == "do" and bool(undone),
                target=target,
            )
            for group, at, coder, kind, action, imported, changes, undone, target in rows
        ]

    def last_seq(self) -> int:
        """The number of the latest entry; 0 when there is none."""
        return int(self._store.value("SELECT ifnull(max(seq), 0) FROM journal"))

    def since(self, seq: int) -> list[tuple[int, str, list[dict[str, Any]]]]:
        """(number, coder, changes) of the entries after `seq`."""
        rows = self._store.rows(
            "SELECT seq, coder, changes FROM journal WHERE seq > ? ORDER BY seq", seq
        )
        return [(number, coder, json.loads(changes)) for number, coder, changes in rows]

    def _is_undone(self, group: str) -> bool:
        return bool(self._store.value("SELECT " + _UNDONE.format(group="?1"), group))

    def _invert(self, action: str, operations: list[dict[str, Any]]) -> None:
        try:
            with self._store.transaction(action) as change:
                change.invert(operations)
        except sqlite3.IntegrityError:
            raise ProjectError(
                f"'{action}' cannot be reversed: {self._in_the_way(operations)}"
            ) from None
        except ProjectError as error:
            raise ProjectError(f"'{action}' cannot be reversed: {error}") from None

    def _refuse_if_needed(self, action: str, seq: int, operations: list[dict[str, Any]]) -> None:
        """Raises `ProjectError` when a later change that stands touched the same rows."""
        mine = {(table, repr(key)) for table, key in touched(operations)}
        later = self._store.connection.execute(
            "SELECT j.action, j.coder, j.at, j.changes FROM journal j WHERE j.seq > ? "
            "AND j.kind = 'do' AND NOT " + _UNDONE.format(group="j.group_id") + " ORDER BY j.seq",
            (seq,),
        )
        for what, coder, at, changes in later:
            theirs = {(table, repr(key)) for table, key in touched(json.loads(changes))}
            if mine & theirs:
                raise ProjectError(
                    f"'{action}' cannot be undone: {coder} changed the same later "
                    f"({at[:16].replace('T', ' ')}: {what}); undo that first"
                )

    def _in_the_way(self, operations: list[dict[str, Any]]) -> str:
        """What refers to the rows that `operations` added, in words."""
        for table, key in touched(operations):
            for other in schema.TABLES:
                for column, field in other.fields.items():
                    if field.references != table or field.cascade:
                        continue
                    found = self._store.rows(
                        f'SELECT {", ".join(other.key)} FROM "{other.name}" WHERE "{column}" = ? '
                        "LIMIT 1",
                        key,
                    )
                    if found:
                        return self._by_whom(found[0][-1])
        return "the same is there again by other means"

    def _by_whom(self, key: Any) -> str:
        """The latest group in which that key stands."""
        found = self._store.rows(
            "SELECT coder, at, action FROM journal WHERE kind = 'do' AND instr(changes, ?) > 0 "
            "ORDER BY seq DESC LIMIT 1",
            json.dumps(key),
        )
        if not found:
            return "something else depends on it"
        coder, at, action = found[0]
        return f"{coder} built on it later ({at[:16].replace('T', ' ')}: {action}); undo that first"


def _in_words(last: str, actions: Iterable[str]) -> str:
    """What a group is called: by what it imported, else by its last action."""
    imports = [action for action in actions if action.startswith(_IMPORTED)]
    if len(imports) > 1:
        return f"{_IMPORTED}{len(imports):,} files"
    return imports[0] if imports else last


def touched(operations: list[dict[str, Any]]) -> list[tuple[str, Key]]:
    """(table, key) of every row that operations add, change or remove."""
    found: list[tuple[str, Key]] = []
    for operation in operations:
        name = operation["table"]
        table = schema.BY_NAME[name]
        found += [(name, key) for key in operation.get("insert", ())]
        found += [(name, key) for key, _, _ in operation.get("update", ())]
        found += [(name, key) for key, _ in operation.get("splice", ())]
        found += [
            (name, row[table.key[0]] if len(table.key) == 1 else [row[c] for c in table.key])
            for row in operation.get("delete", ())
        ]
    return found
