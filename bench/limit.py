"""The bare limit: the same rows through the standard library alone, nothing kept but the rows.

No identities but integers, no journal, no anchors, no foreign keys, no reader that guesses:
whatever Commonplace does beyond this is what the ratios measure. The log is written ahead and
synchronised in full, one transaction a batch, as in the project file.
"""

from __future__ import annotations

import csv
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

_SCHEMA = """
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, sha256 TEXT, length INTEGER);
CREATE TABLE texts (document INTEGER PRIMARY KEY, text TEXT);
CREATE TABLE turns (
  id INTEGER PRIMARY KEY, document INTEGER, start INTEGER, speech INTEGER, "end" INTEGER,
  speaker TEXT, words INTEGER
);
CREATE INDEX turns_document ON turns (document, start);
CREATE TABLE codings (
  id INTEGER PRIMARY KEY, document INTEGER, start INTEGER, "end" INTEGER, code INTEGER,
  coder TEXT, exact TEXT
);
CREATE INDEX codings_document ON codings (document, start);
CREATE INDEX codings_code ON codings (code, document);
CREATE VIRTUAL TABLE search USING fts5(
  speech, content='', tokenize="unicode61 remove_diacritics 2"
);
"""

Coding = tuple[int, int, int, int]
"""Document (from 1), start, end, code."""


def connect(path: Path) -> sqlite3.Connection:
    """A fresh database with the tables of the limit."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(_SCHEMA)
    return connection


def take_in(connection: sqlite3.Connection, files: Iterable[Path]) -> None:
    """Reads transcripts: bytes, hash, text, turns at blank lines, words, full-text index."""
    connection.execute("BEGIN IMMEDIATE")
    turn = 0
    for document, path in enumerate(files, 1):
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
        rows, spoken = [], []
        position = 0
        for part in text.split("\n\n"):
            label, _, speech = part.partition(": ")
            end = position + len(part)
            turn += 1
            rows.append(
                (turn, document, position, end - len(speech), end, label, len(speech.split()))
            )
            spoken.append((turn, speech))
            position = end + 2
        digest = hashlib.sha256(data).hexdigest()
        connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?)", (document, path.name, digest, len(text))
        )
        connection.execute("INSERT INTO texts VALUES (?, ?)", (document, text))
        connection.executemany("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        connection.executemany("INSERT INTO search (rowid, speech) VALUES (?, ?)", spoken)
    connection.execute("COMMIT")


def code(connection: sqlite3.Connection, codings: Sequence[Coding]) -> None:
    """Writes codings with their exact words, in one transaction."""
    rows = []
    current, text = 0, ""
    for document, start, end, applied in codings:
        if document != current:
            current, text = document, text_of(connection, document)
        rows.append((document, start, end, applied, "A", text[start:end]))
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        'INSERT INTO codings (document, start, "end", code, coder, exact) '
        "VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )
    connection.execute("COMMIT")


def code_one(connection: sqlite3.Connection, coding: Coding) -> None:
    """Writes one coding durably, its words cut out of the text."""
    code(connection, [coding])


def text_of(connection: sqlite3.Connection, document: int) -> str:
    """The text of a transcript."""
    found = connection.execute("SELECT text FROM texts WHERE document = ?", (document,))
    return str(found.fetchone()[0])


def open_document(connection: sqlite3.Connection, document: int) -> None:
    """What it takes to show a transcript: its text, its turns, its codings."""
    text_of(connection, document)
    for table in ("turns", "codings"):
        connection.execute(
            f"SELECT * FROM {table} WHERE document = ? ORDER BY start", (document,)
        ).fetchall()


def count_codes(connection: sqlite3.Connection) -> None:
    """Codings and transcripts of each code."""
    connection.execute(
        "SELECT code, count(*), count(DISTINCT document) FROM codings GROUP BY code"
    ).fetchall()


def count_words(connection: sqlite3.Connection, above: Mapping[int, int]) -> dict[int, int]:
    """Words in the union of the spans of each code, in each transcript: a bare sweep.

    `above` names the code that a code stands under; what is coded with one counts for both.
    """
    words: dict[int, int] = {}
    spans: dict[int, list[tuple[int, int]]] = {}
    current, text = 0, ""
    rows = connection.execute(
        'SELECT document, code, start, "end" FROM codings ORDER BY document, start'
    )
    for document, applied, start, end in rows:
        if document != current:
            _sweep(text, spans, words)
            current, text, spans = document, text_of(connection, document), {}
        spans.setdefault(applied, []).append((start, end))
        if applied in above:
            spans.setdefault(above[applied], []).append((start, end))
    _sweep(text, spans, words)
    return words


def _sweep(text: str, spans: dict[int, list[tuple[int, int]]], words: dict[int, int]) -> None:
    for applied, found in spans.items():
        count = 0
        first, last = found[0]
        for start, end in found:
            if start > last:
                count += len(text[first:last].split())
                first, last = start, end
            elif end > last:
                last = end
        words[applied] = words.get(applied, 0) + count + len(text[first:last].split())


_QUOTES = (
    'SELECT c.id, c.code, c.exact, d.name, c.start, c."end", c.coder, t.id, t.speaker, c.document '
    "FROM codings c JOIN documents d ON d.id = c.document LEFT JOIN turns t ON t.id = "
    "(SELECT id FROM turns WHERE document = c.document AND start <= c.start "
    "ORDER BY start DESC LIMIT 1) ORDER BY c.document, c.start"
)


def quotes_to_csv(connection: sqlite3.Connection, path: Path) -> None:
    """Every coding through `csv.writer`: its words twice (as they are and as published), where
    they stand, turn and speaker, and 200 code points on each side."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(_with_context(connection))


def _with_context(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    current, text = 0, ""
    for row in connection.execute(_QUOTES):
        start, end, document = row[4], row[5], row[9]
        if document != current:
            current, text = document, text_of(connection, document)
        yield (*row[:9], row[2], text[max(0, start - 200) : start], text[end : end + 200])
