"""The stored texts: whole, in pieces, or in part, so that nobody need hold a million words.

Offsets are code points; SQLite hands over UTF-8. A text is decoded as it streams by, which is as
quick as having it whole, and a single emoji does not make all of it four bytes wide.
"""

from __future__ import annotations

import codecs
import sqlite3
from collections.abc import Iterator

from commonplace.project.errors import NotFoundError

CHUNK = 1 << 16
"""Bytes read at a time."""


def whole(connection: sqlite3.Connection, document: str) -> str:
    """The text of a transcript. Raises `NotFoundError`."""
    row = connection.execute("SELECT text FROM texts WHERE document_id = ?", (document,)).fetchone()
    if row is None:
        raise _gone()
    return str(row[0])


def pieces(connection: sqlite3.Connection, document: str) -> Iterator[str]:
    """The text of a transcript in chunks of at most `CHUNK` code points; otherwise as `whole`.

    All chunks belong to one state of the file, whoever writes meanwhile.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    with _open(connection, document) as blob:
        while data := blob.read(CHUNK):
            if chunk := decoder.decode(data):
                yield chunk


def part(connection: sqlite3.Connection, document: str, start: int, end: int) -> str:
    """The slice `[start, end)` of a text, clipped as slices are; otherwise as `whole`."""
    found: list[str] = []
    position = 0
    for piece in pieces(connection, document):
        if position + len(piece) > start:
            found.append(piece[max(0, start - position) : end - position])
        position += len(piece)
        if position >= end:
            break
    return "".join(found)


def _open(connection: sqlite3.Connection, document: str) -> sqlite3.Blob:
    """The stored bytes. Row numbers may change between two looks, so it is looked at again."""
    while True:
        row = connection.execute(
            "SELECT rowid FROM texts WHERE document_id = ?", (document,)
        ).fetchone()
        if row is None:
            raise _gone()
        blob = connection.blobopen("texts", "text", row[0], readonly=True)
        again = connection.execute("SELECT document_id FROM texts WHERE rowid = ?", row).fetchone()
        if again == (document,):
            return blob
        blob.close()


def _gone() -> NotFoundError:
    return NotFoundError("that transcript is not in the project any more")
