"""Older versions of transcripts, kept when a correction replaces them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from commonplace.domain.rewording import Splice, inverse, spliced
from commonplace.project import texts
from commonplace.project.documents import StoredTurn
from commonplace.project.errors import NotFoundError, ProjectError
from commonplace.project.store import Change, Store, new_id, now


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a transcript's text."""

    id: str | None
    """None for the one that holds now."""
    number: int
    """Counted from 1."""
    format: str
    sha256: str
    """Of the file it came from."""
    reader: str
    length: int
    """Code points."""
    since: str
    """When it came in: ISO 8601, UTC."""
    replaced_by: str | None
    """The coder who replaced it."""
    replaced_at: str | None


class OldTurn(NamedTuple):
    """A turn of an older version; offsets in code points of its text."""

    start: int
    speech_start: int
    end: int
    speaker: str
    """Id of the speaker, who may be gone since."""
    label: str
    by_hand: bool


class Versions:
    """The versions of the transcripts of a project."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, document: str) -> list[Version]:
        """The versions of a transcript, the first one first and the one that holds now last."""
        rows = self._store.rows(
            "SELECT id, number, format, sha256, reader, length, coder, replaced_at FROM versions "
            "WHERE document_id = ? ORDER BY number",
            document,
        )
        now = self._store.rows(
            "SELECT format, sha256, reader, length, imported_at FROM documents WHERE id = ?",
            document,
        )
        if not now:
            raise NotFoundError("that transcript is not in the project any more")
        since = now[0][4]
        found = []
        for row in rows:
            found.append(_version(row[:6], since, row[6], row[7]))
            since = row[7]
        return [*found, _version((None, len(rows) + 1, *now[0][:4]), since, None, None)]

    def text(self, document: str, number: int) -> str:
        """The text of a version. Raises `NotFoundError`, or `ProjectError` for a damaged one."""
        text = texts.whole(self._store.connection, document)
        rows = self._store.rows(
            "SELECT number, splices, text_sha256 FROM versions WHERE document_id = ? "
            "AND number >= ? ORDER BY number DESC",
            document,
            number,
        )
        newest = self._store.value(
            "SELECT count(*) + 1 FROM versions WHERE document_id = ?", document
        )
        if not 1 <= number <= newest:
            raise NotFoundError(f"no version {number}: there are 1 to {newest}")
        for older, splices, digest in rows:
            try:
                text = spliced(text, (Splice(*splice) for splice in json.loads(splices)))
            except ValueError:
                text = ""
            if digest_of(text) != digest:
                raise ProjectError(
                    f"version {older} cannot be made out any more: it is damaged; a backup may "
                    "hold it"
                )
        return text

    def turns(self, version: str) -> list[OldTurn]:
        """The turns of an older version, by its id, in order."""
        stored = self._store.value("SELECT turns FROM versions WHERE id = ?", version)
        if stored is None:
            raise NotFoundError("that version is not there any more")
        return [OldTurn._make([*turn[:5], bool(turn[5])]) for turn in json.loads(stored)]

    def keep(
        self,
        change: Change,
        document: str,
        text: str,
        splices: Sequence[Splice],
        turns: Iterable[StoredTurn],
    ) -> str:
        """Keeps the version that holds now, before `splices` are made in its `text`."""
        row = change.row("documents", document)
        if row is None:
            raise NotFoundError("that transcript is not in the project any more")
        key = new_id()
        change.insert_row(
            "versions",
            id=key,
            document_id=document,
            number=1
            + self._store.value("SELECT count(*) FROM versions WHERE document_id = ?", document),
            **{name: row[name] for name in ("format", "sha256", "reader", "length")},
            text_sha256=digest_of(text),
            splices=json.dumps(inverse(splices), ensure_ascii=False),
            turns=json.dumps(
                [
                    [t.start, t.speech_start, t.end, t.speaker_id, t.speaker, int(t.by_hand)]
                    for t in turns
                ],
                ensure_ascii=False,
            ),
            coder=self._store.coder,
            replaced_at=now(),
        )
        return key


def _version(
    row: tuple[Any, ...], since: str, replaced_by: str | None, replaced_at: str | None
) -> Version:
    return Version(row[0], row[1], row[2], row[3], row[4], row[5], since, replaced_by, replaced_at)


def digest_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
