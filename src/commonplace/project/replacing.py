"""Suggestions in the place of others, written so that nobody who decides has to wait."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Container, Iterable, Sequence
from typing import Any

from commonplace.domain.suggestion import Suggestion
from commonplace.project.store import Store

BATCH = 50
"""Rows the worker writes in one transaction, so that no decision waits for it."""

BREATH_SECONDS = 0.005
"""How much longer than it wrote the worker then leaves the file to others."""


def replace(
    store: Store,
    document: str,
    suggestions: Iterable[Suggestion],
    *,
    passing: Container[str] = (),
) -> None:
    """Puts these in the place of what was proposed to the store's coder for a transcript.

    What the coder decided about is left, to be there at once when that is undone; but not where
    the first reason is `passing`, a notice that lets it be decided about again.
    Not journaled; what stays the same is not written. At most `BATCH` rows a transaction, with
    a rest after each. Suggestions whose code or transcript is gone meanwhile are left out.
    """
    connection, coder = store.connection, store.coder
    new = {
        s.id: (
            coder,
            s.id,
            s.document,
            s.span.start,
            s.span.end,
            s.code,
            s.score,
            json.dumps(list(s.reasons), ensure_ascii=False),
        )
        for s in suggestions
    }
    old = {
        row[1]: row
        for row in connection.execute(
            'SELECT coder, id, document_id, start, "end", code_id, score, reasons '
            "FROM main.suggestions WHERE coder = ? AND document_id = ?",
            (coder, document),
        )
    }
    decided = {
        key
        for (key,) in connection.execute(
            "SELECT suggestion_id FROM main.decisions WHERE coder = ? AND document_id = ?",
            (coder, document),
        )
        if key in old and not any(reason in passing for reason in json.loads(old[key][7])[:1])
    }
    gone = [(coder, key) for key in old if key not in new and key not in decided]
    fresh = [row for key, row in new.items() if old.get(key) != row]
    _in_batches(connection, "DELETE FROM main.suggestions WHERE coder = ? AND id = ?", gone)
    _in_batches(
        connection,
        "INSERT OR REPLACE INTO main.suggestions SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 "
        "WHERE EXISTS (SELECT 1 FROM codes WHERE id = ?6) "
        "AND EXISTS (SELECT 1 FROM documents WHERE id = ?3)",
        fresh,
    )


def _in_batches(connection: sqlite3.Connection, sql: str, rows: Sequence[Any]) -> None:
    """Leaves the file alone for longer than it held it, batch by batch.

    SQLite has no queue: who waits looks again after 1, 2, 5, 10, 15 … ms. A pause that is
    longer than the wait before it cannot be missed; without one, others wait ten batches long.
    """
    for first in range(0, len(rows), BATCH):
        connection.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        try:
            connection.executemany(sql, rows[first : first + BATCH])
            connection.execute("COMMIT")
        except sqlite3.Error:
            connection.execute("ROLLBACK")
            raise
        time.sleep(time.monotonic() - began + BREATH_SECONDS)
