"""Transcripts in a project: their text, turns, and who has read them to the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from commonplace.domain.anchor import anchor
from commonplace.domain.coding import Origin
from commonplace.domain.span import Span
from commonplace.domain.transcript import PARTICIPANT, Speaker, Transcript, Turn
from commonplace.project import texts
from commonplace.project.errors import DuplicateError, NotFoundError, not_found
from commonplace.project.store import Change, Store, new_id, now


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A transcript without its text."""

    id: str
    name: str
    format: str
    sha256: str
    length: int
    """Code points."""
    imported_at: str
    """ISO 8601, UTC."""
    turns: int
    words: int
    """Spoken by anybody, labels and headers left out."""
    interviewee_words: int


class StoredTurn(NamedTuple):
    """A turn in the project: offsets in code points, `time` in seconds, `speaker` the label,
    `page` the one of the source on which it begins, from 1.

    A tuple, since opening a transcript makes twenty thousand of them.
    """

    id: int
    start: int
    speech_start: int
    end: int
    speaker: str
    speaker_id: str
    interviewer: bool
    words: int
    by_hand: bool
    label: Span | None
    stamp: Span | None
    time: float | None
    page: int | None = None


_INFO = (
    "SELECT d.id, d.name, d.format, d.sha256, d.length, d.imported_at, "
    "ifnull(sum(s.turns), 0), ifnull(sum(s.words), 0), "
    "ifnull(sum(s.words * (1 - s.interviewer)), 0) "
    "FROM documents d LEFT JOIN speakers s ON s.document_id = d.id"
)


class Documents:
    """The transcripts of a project."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, transcript: Transcript, *, group: str | None = None) -> str:
        """Takes a transcript in, with its speakers, people, turns and codings; returns its id.

        Every speaker but an interviewer becomes a person of their own. Codes of its codings
        must exist. Raises `DuplicateError` when the name is taken.
        """
        store = self._store
        document = new_id()
        with store.transaction(f"imported {transcript.name}", group=group) as change:
            if store.value("SELECT 1 FROM documents WHERE name = ?", transcript.name):
                raise DuplicateError(
                    f"there is a transcript '{transcript.name}' already: rename the file, or "
                    "remove the other first"
                )
            change.insert_row(
                "documents",
                id=document,
                name=transcript.name,
                format=transcript.format,
                sha256=transcript.sha256,
                reader=transcript.reader,
                length=len(transcript.text),
                imported_at=now(),
            )
            change.insert("texts", [(document, transcript.text)])
            speakers = self.add_speakers(change, document, transcript)
            self._add_turns(change, document, transcript, speakers)
            change.insert(
                "cues",
                [(document, offset, seconds) for offset, seconds in dict(transcript.cues).items()],
            )
            self._add_codings(change, document, transcript)
        return document

    def add_speakers(self, change: Change, document: str, transcript: Transcript) -> dict[str, str]:
        """Adds the speakers and the people behind them; returns speaker ids by label."""
        listed = {speaker.label: speaker for speaker in transcript.speakers}
        for turn in transcript.turns:
            label = turn.speaker or ""
            if label not in listed:
                listed[label] = Speaker(label)
        ids, people, attributes, rows = {}, [], [], []
        for speaker in listed.values():
            person = None
            if not speaker.interviewer:
                person = new_id()
                nameless = speaker.label in ("", PARTICIPANT)
                stem = PurePosixPath(transcript.name).stem
                people.append((person, stem if nameless else speaker.label))
                for scope, known in (
                    (None, speaker.attributes),
                    (document, transcript.attributes),
                ):
                    attributes += [
                        (new_id(), person, scope, name, value) for name, value in known.items()
                    ]
            ids[speaker.label] = new_id()
            rows.append(
                (
                    ids[speaker.label],
                    document,
                    speaker.label,
                    int(speaker.interviewer),
                    person,
                    0,
                    0,
                )
            )
        change.insert("people", people)
        change.insert("speakers", rows)
        change.insert("attributes", attributes)
        return ids

    def _add_turns(
        self, change: Change, document: str, transcript: Transcript, speakers: dict[str, str]
    ) -> None:
        first = take_turn_numbers(self._store, len(transcript.turns))
        change.insert(
            "turns",
            [
                turn_row(
                    first + place, document, turn, speakers[turn.speaker or ""], transcript.text
                )
                for place, turn in enumerate(transcript.turns)
            ],
        )

    def _add_codings(self, change: Change, document: str, transcript: Transcript) -> None:
        if not transcript.codings:
            return
        from commonplace.project.codes import Codes
        from commonplace.project.codings import coding_row

        codes = Codes(self._store)
        ids = {path: codes.find(path).id for path in {c.code_path for c in transcript.codings}}
        rows = {}
        for read in transcript.codings:
            code = ids[read.code_path]
            row = coding_row(
                document,
                read.span,
                anchor(transcript.text, read.span),
                code=code,
                coder=self._store.coder,
                origin=Origin.IMPORTED,
                coded_at=now(),
            )
            rows[read.span, code] = row
        change.insert("codings", list(rows.values()))

    def all(self) -> list[DocumentInfo]:
        """All transcripts, by name."""
        rows = self._store.rows(f"{_INFO} GROUP BY d.id ORDER BY d.name")
        return [DocumentInfo(*row) for row in rows]

    def find(self, name: str) -> DocumentInfo:
        """The transcript of that name, or the only one with that stem, or with that id.

        Raises `NotFoundError`, saying what there is instead.
        """
        rows = self._store.rows(f"{_INFO} WHERE d.name = ?1 OR d.id = ?1 GROUP BY d.id", name)
        if not rows:
            names = [row[0] for row in self._store.rows("SELECT name FROM documents")]
            matches = [known for known in names if _answers_to(known, name)]
            if len(matches) > 1:
                raise NotFoundError(f"'{name}' may be " + " or ".join(f"'{m}'" for m in matches))
            if not matches:
                raise not_found("transcript", name, names)
            rows = self._store.rows(f"{_INFO} WHERE d.name = ? GROUP BY d.id", matches[0])
        return DocumentInfo(*rows[0])

    def with_hash(self, sha256: str) -> list[str]:
        """Names of the transcripts that were made from a file with these very bytes."""
        return [
            row[0]
            for row in self._store.rows(
                "SELECT name FROM documents WHERE sha256 = ? ORDER BY name", sha256
            )
        ]

    def text(self, document: str) -> str:
        """The stored text. Raises `NotFoundError`."""
        return texts.whole(self._store.connection, document)

    def pieces(self, document: str) -> Iterator[str]:
        """The stored text in chunks, in order, for whoever need not hold it whole."""
        return texts.pieces(self._store.connection, document)

    def part(self, document: str, start: int, end: int) -> str:
        """The slice `[start, end)` of the stored text. Raises `NotFoundError`."""
        return texts.part(self._store.connection, document, start, end)

    def turns(self, document: str) -> list[StoredTurn]:
        """The turns of a transcript, in order."""
        return list(self.each_turn(document))

    def each_turn(self, document: str) -> Iterator[StoredTurn]:
        """The turns of a transcript, in order, one at a time."""
        speakers = {
            row[0]: row
            for row in self._store.rows(
                "SELECT id, label, interviewer FROM speakers WHERE document_id = ?", document
            )
        }
        rows = self._store.connection.execute(
            'SELECT id, start, speech_start, "end", words, by_hand, label_start, label_end, '
            "stamp_start, stamp_end, time, page, speaker_id FROM turns WHERE document_id = ? "
            "ORDER BY start",
            (document,),
        )
        for row in rows:
            yield _turn(row, *speakers[row[12]])

    def cues(self, document: str) -> list[tuple[int, float]]:
        """(offset in code points, seconds) of the time marks inside turns."""
        return [
            (row[0], row[1])
            for row in self._store.rows(
                'SELECT "offset", seconds FROM cues WHERE document_id = ? ORDER BY "offset"',
                document,
            )
        ]

    def done(self, document: str) -> set[str]:
        """The coders who have read this transcript to the end."""
        return {
            row[0]
            for row in self._store.rows("SELECT coder FROM done WHERE document_id = ?", document)
        }

    def set_done(self, document: str, done: bool = True, *, coder: str | None = None) -> None:
        """Marks a transcript as read to the end by this coder, or takes the mark away."""
        coder = coder or self._store.coder
        name = self._name(document)
        action = f"marked {name} as done" if done else f"marked {name} as not done"
        with self._store.transaction(action) as change:
            if not done:
                change.delete("done", [[document, coder]])
            elif coder not in self.done(document):
                change.insert("done", [(document, coder, now())])

    def remove(self, document: str) -> None:
        """Takes a transcript out, with all that belongs to it; undo brings it back."""
        name = self._name(document)
        with self._store.transaction(f"removed {name}") as change:
            remove_rows(self._store, change, document)

    def _name(self, document: str) -> str:
        name = self._store.value("SELECT name FROM documents WHERE id = ?", document)
        if name is None:
            raise NotFoundError("that transcript is not in the project any more")
        return str(name)


def _turn(row: tuple[Any, ...], speaker: str, label: str, interviewer: int) -> StoredTurn:
    number, start, speech_start, end, words, by_hand = row[:6]
    return StoredTurn(
        number,
        start,
        speech_start,
        end,
        label,
        speaker,
        bool(interviewer),
        words,
        bool(by_hand),
        None if row[6] is None else Span(row[6], row[7]),
        None if row[8] is None else Span(row[8], row[9]),
        row[10],
        row[11],
    )


def _answers_to(known: str, name: str) -> bool:
    path = PurePosixPath(known)
    return name in (path.stem, path.name, str(path.with_suffix("")))


def take_turn_numbers(store: Store, count: int) -> int:
    """Reserves numbers for turns that were never given before; returns the first of them."""
    first = int(store.value("SELECT value FROM project WHERE key = 'next_turn'") or 1)
    store.connection.execute(
        "INSERT OR REPLACE INTO project VALUES ('next_turn', ?)", (str(first + count),)
    )
    return first


def turn_row(
    number: int, document: str, turn: Turn, speaker: str, text: str, *, by_hand: bool = False
) -> tuple[Any, ...]:
    """A row of `turns`."""
    label, stamp = turn.label, turn.stamp
    return (
        number,
        document,
        turn.start,
        turn.speech_start,
        turn.end,
        None if label is None else label.start,
        None if label is None else label.end,
        None if stamp is None else stamp.start,
        None if stamp is None else stamp.end,
        turn.time,
        speaker,
        turn.words(text),
        int(by_hand),
        turn.page,
    )


_OF_A_DOCUMENT = (
    *("unplaced", "versions", "memos", "decisions", "settlements", "quote_uses", "quotes"),
    *("audit_segments", "codings", "done", "cues", "turns"),
)


def remove_rows(store: Store, change: Change, document: str) -> None:
    """Deletes all rows that belong to a transcript, people who speak nowhere else included."""
    people = [
        row[0]
        for row in store.rows(
            "SELECT DISTINCT person_id FROM speakers s WHERE document_id = ?1 "
            "AND person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM speakers o "
            "WHERE o.person_id = s.person_id AND o.document_id <> ?1)",
            document,
        )
    ]
    codings = store.rows("SELECT id FROM codings WHERE document_id = ?", document)
    for (coding,) in codings:
        change.delete_where("memos", coding_id=coding)
        change.delete("rereadings", [coding])
    for table in _OF_A_DOCUMENT:
        change.delete_where(table, document_id=document)
    change.delete_where("speakers", document_id=document)
    change.delete_where("attributes", document_id=document)
    for person in people:
        change.delete_where("attributes", person_id=person)
    change.delete("people", _keys(people))
    change.delete("texts", [document])
    change.delete("documents", [document])


def _keys(ids: Iterable[str]) -> list[Any]:
    return list(ids)
