"""What was imported: transcripts, who speaks in them, and who that is."""

from __future__ import annotations

from commonplace.project.schema.fields import UUID, Field, TableSpec

TABLES = (
    TableSpec(
        "project",
        "Facts about the project as a whole, one a row.",
        {
            "key": Field(
                str,
                "`uuid`, `name`, `created_at`, `made_by` (program and version), "
                "`codebook_name`, `codebook_version`, `next_turn` (counter for "
                "`turns.id`), `suggest_balance` (below 1 fewer and surer "
                "suggestions, above 1 more and looser ones), `query:NAME` (a saved query: a JSON "
                "object whose `parts` are its words and, each with `code` (id) and `path`, the "
                "codes it names), `blind` (`on`: coders do not see each other's work before they "
                "are done), `attribution` (template of quotes' attributions; empty: none) and "
                "`attribution_k` (people who must share one)",
            ),
            "value": Field(str, "the fact, as text"),
        },
        key=("key",),
    ),
    TableSpec(
        "documents",
        "Transcripts.",
        {
            "id": Field(str, UUID),
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
            "id": Field(str, UUID),
            "name": Field(str, "name or pseudonym, as the participants file or the label has it"),
        },
    ),
    TableSpec(
        "attributes",
        "What is known of people: role, programme, nation, wave and whatever else.",
        {
            "id": Field(str, UUID),
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
        "attribute_types",
        "What kind of thing an attribute says, where somebody has said so; else it is guessed.",
        {
            "name": Field(str, "the attribute, such as `nation`"),
            "kind": Field(str, "text, number, date or choice"),
            "choices": Field(str, "the values of a choice, a JSON list in order"),
        },
        key=("name",),
    ),
    TableSpec(
        "speakers",
        "Labels, each in one transcript.",
        {
            "id": Field(str, UUID),
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
            "page": Field(int, "page of the source on which it begins, from 1", null=True),
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
)
