"""The full-text index over what is said (SQLite's FTS5), kept in step with the turns.

It holds no copy of the text, so that taking a turn out needs the words that went in.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from commonplace.project import texts
from commonplace.project.schema import SEARCH_TABLE


def _speeches(connection: sqlite3.Connection, turns: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """(turn, speech) of these turns, each document's text loaded once where they are together."""
    document, text = None, ""
    places = connection.execute(
        'SELECT t.id, t.document_id, t.speech_start, t."end" FROM json_each(?) k '
        "JOIN turns t ON t.id = k.value",
        (json.dumps(list(turns)),),
    ).fetchall()
    for turn, belongs_to, start, end in places:
        if belongs_to != document:
            document, text = belongs_to, texts.whole(connection, belongs_to)
        yield turn, text[start:end]


def index(connection: sqlite3.Connection, turns: Sequence[Any]) -> None:
    """Takes the speech of these turns into the index."""
    connection.executemany(
        f"INSERT INTO {SEARCH_TABLE} (rowid, speech) VALUES (?, ?)",
        _speeches(connection, turns),
    )


def unindex(connection: sqlite3.Connection, turns: Sequence[Any]) -> None:
    """Takes the speech of these turns out of the index; their rows and text must still be there."""
    connection.executemany(
        f"INSERT INTO {SEARCH_TABLE} ({SEARCH_TABLE}, rowid, speech) VALUES ('delete', ?, ?)",
        _speeches(connection, turns),
    )


def rebuild(connection: sqlite3.Connection) -> None:
    """Makes the index anew from the texts, in the transaction that is open."""
    connection.execute(f"INSERT INTO {SEARCH_TABLE} ({SEARCH_TABLE}) VALUES ('delete-all')")
    turns = connection.execute("SELECT id FROM turns ORDER BY document_id").fetchall()
    index(connection, [turn for (turn,) in turns])
