"""Erasing what corrections keep: older versions of transcripts, and what waits for a place."""

from __future__ import annotations

import json
from collections.abc import Set as AbstractSet

from commonplace.project.amending import ANCHORED
from commonplace.project.store import Change, Store
from commonplace.project.versions import Versions


def forget_versions(
    store: Store, change: Change, document: str, speakers: AbstractSet[str]
) -> set[str]:
    """Removes the older versions of a transcript, each of which holds the words of all, and what
    waits for a place at words of these speakers.

    Returns the keys of all rows of which the history may keep words.
    """
    versions = [
        row[0] for row in store.rows("SELECT id FROM versions WHERE document_id = ?", document)
    ]
    if not versions:
        return set()
    keys = {document, *versions}
    for table in (*ANCHORED, "memos", "unplaced"):
        keys |= {
            row[0] for row in store.rows(f"SELECT id FROM {table} WHERE document_id = ?", document)
        }
    _forget_unplaced(store, change, document, speakers)
    change.delete("versions", versions)
    return keys


def documents_where_once(store: Store, speakers: AbstractSet[str]) -> list[str]:
    """The transcripts in an older version of which one of these speakers is heard."""
    versions = Versions(store)
    found: dict[str, None] = {}
    for version, document in store.rows("SELECT id, document_id FROM versions"):
        if any(turn.speaker in speakers for turn in versions.turns(version)):
            found[document] = None
    return list(found)


def _forget_unplaced(
    store: Store, change: Change, document: str, speakers: AbstractSet[str]
) -> None:
    """What stood at words of these speakers goes; the rest loses its context, and its version."""
    versions = Versions(store)
    for key, version, start, end, stored in store.rows(
        'SELECT id, version_id, start, "end", row FROM unplaced WHERE document_id = ?', document
    ):
        turns = versions.turns(version) if version is not None else []
        if any(
            turn.speaker in speakers and turn.start < end and start < turn.end for turn in turns
        ):
            change.delete("unplaced", [key])
            continue
        row = json.loads(stored)
        row |= {name: "" for name in ("prefix", "suffix") if name in row}
        change.update(
            "unplaced",
            key,
            version_id=None,
            prefix="",
            suffix="",
            row=json.dumps(row, ensure_ascii=False),
        )
