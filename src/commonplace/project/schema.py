"""The tables of a project file, as data: what is created, and what the reference documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

VERSION = 1
"""`PRAGMA user_version` of a project file made by this program."""

APPLICATION_ID = 0x436F6D6D
"""`PRAGMA application_id`: the letters "Comm"."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its type, what it means, and what it refers to."""

    type: type
    meaning: str
    null: bool = False
    references: str = ""
    """Name of the table whose primary key this is."""
    cascade: bool = False
    """Whether the row goes when the one it refers to goes (only for what can be made again)."""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: columns in order, primary key, further unique keys and indexes."""

    name: str
    meaning: str
    fields: dict[str, Field]
    key: tuple[str, ...] = ("id",)
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self.fields)


_UUID = "identity (UUID)"

TABLES = (
    TableSpec(
        "project",
        "Facts about the project as a whole, one a row.",
        {
            "key": Field(
                str,
                "`uuid`, `name`, `created_at`, `made_by` (program and version), "
                "`codebook_name`, `codebook_version`, `next_turn` (counter for "
                "`turns.id`), `suggestion_run` (number of the last run), `suggestion_basis` "
                "(what it rested on, JSON), `suggest_balance` (below 1 fewer and surer "
                "suggestions, above 1 more and looser ones), `query:NAME` (a saved query)",
            ),
            "value": Field(str, "the fact, as text"),
        },
        key=("key",),
    ),
    TableSpec(
        "documents",
        "Transcripts.",
        {
            "id": Field(str, _UUID),
            "name": Field(str, "path relative to what was imported, with extension; unique"),
            "format": Field(str, "short name of the format it came in: txt, md, docx, …"),
            "sha256": Field(str, "of the imported file's bytes, in hexadecimal"),
            "reader": Field(str, "name and version of the reader that rendered the text"),
            "length": Field(int, "of the text, in code points"),
            "imported_at": Field(str, "ISO 8601, UTC"),
        },
        unique=(("name",),),
    ),
    TableSpec(
        "texts",
        "The text of each transcript, stored once; every offset counts its code points.",
        {
            "document_id": Field(str, "the transcript", references="documents"),
            "text": Field(str, "the words, line ends as LF"),
        },
        key=("document_id",),
    ),
    TableSpec(
        "people",
        "Participants: those who speak, in one transcript or several.",
        {
            "id": Field(str, _UUID),
            "name": Field(str, "name or pseudonym, as the participants file or the label has it"),
        },
    ),
    TableSpec(
        "attributes",
        "What is known of people: role, programme, nation, wave and whatever else.",
        {
            "id": Field(str, _UUID),
            "person_id": Field(str, "whose", references="people"),
            "document_id": Field(
                str,
                "null: holds everywhere; else only in this transcript, where it wins",
                null=True,
                references="documents",
            ),
            "name": Field(str, "such as `nation`"),
            "value": Field(str, "such as `Wales`"),
        },
        indexes=(("person_id",), ("document_id",)),
    ),
    TableSpec(
        "speakers",
        "Labels, each in one transcript.",
        {
            "id": Field(str, _UUID),
            "document_id": Field(str, "the transcript", references="documents"),
            "label": Field(
                str, "as in the transcript, without punctuation; empty where nobody is named"
            ),
            "interviewer": Field(int, "1: left out of counts and suggestions"),
            "person_id": Field(
                str, "who it is; null for an interviewer", null=True, references="people"
            ),
            "turns": Field(int, "number of turns, kept in step with `turns`"),
            "words": Field(int, "words spoken, kept in step with `turns`"),
        },
        unique=(("document_id", "label"),),
        indexes=(("person_id",),),
    ),
    TableSpec(
        "turns",
        "Stretches of one speaker's speech. Text before, between and after turns is in none.",
        {
            "id": Field(int, "number that is never given twice; row of the search index"),
            "document_id": Field(str, "the transcript", references="documents"),
            "start": Field(int, "code point at which the turn begins, label included"),
            "speech_start": Field(int, "code point at which the words begin"),
            "end": Field(int, "code point after the last"),
            "label_start": Field(
                int, "where the label stands, if it stands in the text", null=True
            ),
            "label_end": Field(int, "end of the label", null=True),
            "stamp_start": Field(int, "where a time stamp stands, if there is one", null=True),
            "stamp_end": Field(int, "end of the time stamp", null=True),
            "time": Field(float, "seconds from the start of the recording", null=True),
            "speaker_id": Field(str, "who speaks", references="speakers"),
            "words": Field(int, "words of the speech"),
            "by_hand": Field(int, "1: a person set the speaker of this turn"),
        },
        indexes=(("document_id", "start"), ("speaker_id", "speech_start", "end")),
    ),
    TableSpec(
        "cues",
        "Time marks inside turns, from subtitle formats.",
        {
            "document_id": Field(str, "the transcript", references="documents"),
            "offset": Field(int, "code point at which the cue's words begin"),
            "seconds": Field(float, "from the start of the recording"),
        },
        key=("document_id", "offset"),
    ),
    TableSpec(
        "codes",
        "The codebook, a tree.",
        {
            "id": Field(str, _UUID),
            "parent_id": Field(
                str,
                "the code it stands under; null at the top level",
                null=True,
                references="codes",
            ),
            "position": Field(int, "order among its siblings"),
            "name": Field(str, "unique among its siblings, case aside"),
            "definition": Field(str, "what it means"),
            "include": Field(str, "when to apply it"),
            "exclude": Field(str, "when not to"),
            "anchor": Field(str, "an example that fits"),
            "near_miss": Field(str, "an example that only seems to fit"),
            "keywords": Field(str, "words and phrases, a JSON list"),
            "color": Field(str, "`#rrggbb`, or empty"),
        },
        indexes=(("parent_id",),),
    ),
    TableSpec(
        "codings",
        "Codes applied to segments.",
        {
            "id": Field(str, _UUID),
            "document_id": Field(str, "the transcript", references="documents"),
            "start": Field(int, "code point at which the segment begins"),
            "end": Field(int, "code point after its last"),
            "code_id": Field(str, "the code", references="codes"),
            "coder": Field(str, "who coded"),
            "origin": Field(str, "manual, accepted, edited, autocode, imported or consensus"),
            "exact": Field(str, "the words of the segment: exactly `text[start:end]`"),
            "prefix": Field(str, "up to 32 code points before it"),
            "suffix": Field(str, "up to 32 code points after it"),
            "score": Field(float, "of the suggestion it grew from, 0–1", null=True),
            "reasons": Field(str, "of that suggestion, a JSON list", null=True),
            "suggestion_id": Field(str, "of that suggestion", null=True),
            "coded_at": Field(str, "ISO 8601, UTC"),
        },
        unique=(("document_id", "start", "end", "code_id", "coder"),),
        indexes=(("code_id", "document_id", "start", "end"),),
    ),
    TableSpec(
        "memos",
        "Notes: on a coding, on a stretch of text, on a transcript, on a code, or on the project.",
        {
            "id": Field(str, _UUID),
            "document_id": Field(
                str, "the transcript, if it is about one", null=True, references="documents"
            ),
            "start": Field(int, "the stretch of text, if it is about one", null=True),
            "end": Field(int, "end of that stretch", null=True),
            "coding_id": Field(
                str, "the coding, if it is about one", null=True, references="codings"
            ),
            "code_id": Field(str, "the code, if it is about one", null=True, references="codes"),
            "coder": Field(str, "who wrote it"),
            "text": Field(str, "the note"),
            "written_at": Field(str, "ISO 8601, UTC; of the last change"),
        },
        indexes=(("document_id",), ("coding_id",), ("code_id",)),
    ),
    TableSpec(
        "done",
        "Transcripts that a coder has read to the end.",
        {
            "document_id": Field(str, "the transcript", references="documents"),
            "coder": Field(str, "who"),
            "done_at": Field(str, "ISO 8601, UTC"),
        },
        key=("document_id", "coder"),
    ),
    TableSpec(
        "decisions",
        "What people decided about suggestions; kept when the suggestions are made anew.",
        {
            "id": Field(str, _UUID),
            "suggestion_id": Field(str, "UUIDv5 of document, start, end and code"),
            "document_id": Field(str, "the transcript", references="documents"),
            "start": Field(int, "of the suggested segment"),
            "end": Field(int, "of the suggested segment"),
            "code_id": Field(str, "the suggested code", references="codes"),
            "score": Field(float, "how sure the suggestion was, 0–1"),
            "reasons": Field(str, "its reasons, a JSON list"),
            "verdict": Field(str, "accepted, edited or rejected"),
            "reason": Field(str, "why it was rejected, if the coder said so"),
            "coding_id": Field(str, "the coding it became", null=True, references="codings"),
            "coder": Field(str, "who decided"),
            "decided_at": Field(str, "ISO 8601, UTC"),
        },
        unique=(("suggestion_id", "coder"),),
        indexes=(("document_id",), ("code_id",), ("coding_id",)),
    ),
    TableSpec(
        "suggestions",
        "What the machine proposes now. Written by the worker alone; can be made again.",
        {
            "id": Field(str, "UUIDv5 of document, start, end and code"),
            "document_id": Field(str, "the transcript", references="documents", cascade=True),
            "start": Field(int, "code point at which the segment begins"),
            "end": Field(int, "code point after its last"),
            "code_id": Field(str, "the proposed code", references="codes", cascade=True),
            "score": Field(float, "how sure, 0–1"),
            "reasons": Field(str, "the words that caused it, a JSON list"),
        },
        indexes=(("document_id", "start"), ("code_id",)),
    ),
    TableSpec(
        "journal",
        "Every change, in order: the audit trail, and what undo and redo run over.",
        {
            "seq": Field(int, "order"),
            "group_id": Field(str, "changes made as one, such as an import; what undo reverses"),
            "kind": Field(str, "do, undo or redo"),
            "target": Field(str, "the group that an undo or redo is about", null=True),
            "coder": Field(str, "who"),
            "at": Field(str, "ISO 8601, UTC"),
            "action": Field(str, "what was done, in words"),
            "changes": Field(
                str,
                "what it takes to reverse it: a JSON list of "
                "`{table, insert: [keys]}`, `{table, update: [[key, before, after]]}` "
                "and `{table, delete: [rows]}`",
            ),
        },
        key=("seq",),
        indexes=(("group_id",), ("target",), ("coder", "seq")),
    ),
)

BY_NAME = {table.name: table for table in TABLES}

SEARCH_TABLE = "turns_search"
SEARCH_SQL = (
    f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5("
    "speech, content='', tokenize=\"unicode61 remove_diacritics 2\")"
)
"""Full-text index over the speech of turns; rowid is `turns.id`. It holds no copy of the text."""
SEARCH_MERGE = f"INSERT INTO {SEARCH_TABLE} ({SEARCH_TABLE}, rank) VALUES ('automerge', 16)"
"""Parts of the index are merged sixteen at a time instead of four: each import adds one."""


def create(connection: sqlite3.Connection) -> None:
    """Makes all tables in an empty file, through sqlite-utils."""
    import sqlite_utils
    from sqlite_utils.db import ForeignKey

    database = sqlite_utils.Database(connection)
    for table in TABLES:
        database[table.name].create(  # type: ignore[union-attr]
            {name: field.type for name, field in table.fields.items()},
            pk=table.key[0] if len(table.key) == 1 else table.key,
            not_null={name for name, field in table.fields.items() if not field.null},
            foreign_keys=[
                ForeignKey(
                    table.name,
                    name,
                    field.references,
                    BY_NAME[field.references].key[0],
                    on_delete="CASCADE" if field.cascade else "NO ACTION",
                )
                for name, field in table.fields.items()
                if field.references
            ],
            strict=True,
        )
        for columns in table.unique:
            database[table.name].create_index(columns, unique=True)  # type: ignore[union-attr]
        for columns in table.indexes:
            database[table.name].create_index(columns)  # type: ignore[union-attr]
    connection.execute(SEARCH_SQL)
    connection.execute(SEARCH_MERGE)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
