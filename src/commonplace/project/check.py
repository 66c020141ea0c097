"""Integrity: the file, the offsets, and the words behind every coding."""

from __future__ import annotations

import json
from collections.abc import Iterator

from commonplace.domain.anchor import anchor
from commonplace.domain.codebook import CodebookError
from commonplace.domain.span import Span
from commonplace.project.codes import Codes
from commonplace.project.errors import ProjectError
from commonplace.project.store import Store
from commonplace.project.versions import Versions


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
        yield from _anchored(store, document, name, text)
        yield from _versions(store, document, name)
    yield from _journal(store)


def remarks(store: Store) -> Iterator[str]:
    """What waits for somebody, though nothing is wrong; nothing when all is done."""
    waiting = store.rows(
        "SELECT d.name, count(*) FROM unplaced u JOIN documents d ON d.id = u.document_id "
        "GROUP BY d.id ORDER BY d.name"
    )
    for name, count in waiting:
        what = "passage waits" if count == 1 else "passages wait"
        yield f"{name}: {count} coded {what} for a place since a correction (`amend … --unplaced`)"


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


def _anchored(store: Store, document: str, name: str, text: str) -> Iterator[str]:
    """Codings, and passages on the quote desk, that do not stand at their words."""
    for what, table in (("coding", "codings"), ("quote", "quotes")):
        for key, start, end, exact, prefix, suffix in store.rows(
            f'SELECT id, start, "end", exact, prefix, suffix FROM {table} WHERE document_id = ? '
            "ORDER BY start",
            document,
        ):
            if not 0 <= start < end <= len(text):
                yield f"{name}: {what} {key} stands outside the text ({start} to {end})"
                continue
            found = anchor(text, Span(start, end))
            if found.exact != exact:
                yield f"{name}: {what} {key} no longer stands at its words ({start} to {end})"
            elif (found.prefix, found.suffix) != (prefix, suffix):
                yield f"{name}: the text around {what} {key} has changed ({start} to {end})"


def _versions(store: Store, document: str, name: str) -> Iterator[str]:
    versions = Versions(store)
    for version in versions.all(document)[:-1]:
        try:
            versions.text(document, version.number)
        except ProjectError as error:
            yield f"{name}: {error}"


def _journal(store: Store) -> Iterator[str]:
    for seq, changes in store.connection.execute("SELECT seq, changes FROM journal ORDER BY seq"):
        try:
            json.loads(changes)
        except json.JSONDecodeError:
            yield f"entry {seq} of the history cannot be read"
