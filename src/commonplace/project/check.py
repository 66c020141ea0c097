"""Integrity: the file, the offsets, and the words behind every coding."""

from __future__ import annotations

import json
from collections.abc import Iterator

from commonplace.domain.anchor import anchor
from commonplace.domain.codebook import CodebookError
from commonplace.domain.span import Span
from commonplace.project.codes import Codes
from commonplace.project.store import Store


def problems(store: Store) -> Iterator[str]:
    """Everything that is wrong with the project, in words; nothing when all is well."""
    yield from _file(store)
    yield from _codebook(store)
    names = dict(
        store.connection.execute("SELECT id, name FROM documents ORDER BY name").fetchall()
    )
    for document, name in names.items():
        text = store.value("SELECT text FROM texts WHERE document_id = ?", document)
        if text is None:
            yield f"{name}: its text is missing"
            continue
        yield from _turns(store, document, name, text)
        yield from _codings(store, document, name, text)
    yield from _journal(store)


def _file(store: Store) -> Iterator[str]:
    for (message,) in store.rows("PRAGMA integrity_check"):
        if message != "ok":
            yield f"the file is damaged: {message}"
    for table, row, parent, _ in store.rows("PRAGMA foreign_key_check"):
        yield f"{table}, row {row}: what it refers to in {parent} is missing"
    indexed = store.value("SELECT count(*) FROM turns_search_docsize")
    turns = store.value("SELECT count(*) FROM turns")
    if indexed != turns:
        yield f"the search index holds {indexed} of {turns} turns"


def _codebook(store: Store) -> Iterator[str]:
    try:
        codebook = Codes(store).codebook()
    except (CodebookError, json.JSONDecodeError) as error:
        yield f"the codebook is damaged: {error}"
        return
    codes = store.value("SELECT count(*) FROM codes")
    if len(codebook) != codes:
        yield f"{codes - len(codebook)} codes hang under no code of the codebook"


def _turns(store: Store, document: str, name: str, text: str) -> Iterator[str]:
    length = store.value("SELECT length FROM documents WHERE id = ?", document)
    if length != len(text):
        yield f"{name}: the text has {len(text)} code points, {length} were imported"
    last = 0
    for start, speech_start, end in store.rows(
        'SELECT start, speech_start, "end" FROM turns WHERE document_id = ? ORDER BY start',
        document,
    ):
        if not last <= start <= speech_start <= end <= len(text):
            yield f"{name}: the turn from {start} to {end} is out of place"
        last = max(last, end)


def _codings(store: Store, document: str, name: str, text: str) -> Iterator[str]:
    for key, start, end, exact, prefix, suffix in store.rows(
        'SELECT id, start, "end", exact, prefix, suffix FROM codings WHERE document_id = ? '
        "ORDER BY start",
        document,
    ):
        if not 0 <= start < end <= len(text):
            yield f"{name}: coding {key} stands outside the text ({start} to {end})"
            continue
        found = anchor(text, Span(start, end))
        if found.exact != exact:
            yield f"{name}: coding {key} no longer stands at its words ({start} to {end})"
        elif (found.prefix, found.suffix) != (prefix, suffix):
            yield f"{name}: the text around coding {key} has changed ({start} to {end})"


def _journal(store: Store) -> Iterator[str]:
    for seq, changes in store.connection.execute("SELECT seq, changes FROM journal ORDER BY seq"):
        try:
            json.loads(changes)
        except json.JSONDecodeError:
            yield f"entry {seq} of the history cannot be read"
