"""What corrections of transcripts leave behind: older versions, and what lost its place."""

from __future__ import annotations

from commonplace.project.schema.fields import UUID, Field, TableSpec

TABLES = (
    TableSpec(
        "versions",
        "Older versions of transcripts, each as the way back to it from the one that followed.",
        {
            "id": Field(str, UUID),
            "document_id": Field(str, "the transcript", references="documents"),
            "number": Field(int, "counted from 1; the text in `texts` is the one after the last"),
            "format": Field(str, "of the file it came from, as in `documents`"),
            "sha256": Field(str, "of that file's bytes, in hexadecimal"),
            "reader": Field(str, "name and version of the reader"),
            "length": Field(int, "of the text, in code points"),
            "text_sha256": Field(str, "of the text in UTF-8, to be sure of the way back"),
            "splices": Field(
                str,
                "what makes it of the version after it: a JSON list of `[start, words there, words "
                "here]`, in order, `start` in the version after it",
            ),
            "turns": Field(
                str,
                "its turns: a JSON list of `[start, speech start, end, speaker's id, label, 1 if "
                "set by hand]`",
            ),
            "coder": Field(str, "who replaced it"),
            "replaced_at": Field(str, "ISO 8601, UTC"),
        },
        unique=(("document_id", "number"),),
    ),
    TableSpec(
        "unplaced",
        "Codings, memos on stretches of text, and kept quotes whose words a correction took away: "
        "they wait until somebody says where they stand, or drops them.",
        {
            "id": Field(str, "its identity there, which it keeps"),
            "kind": Field(str, "the table it comes from: codings, memos or quotes"),
            "document_id": Field(str, "the transcript", references="documents"),
            "version_id": Field(
                str,
                "the version it stood in; null when that was erased",
                null=True,
                references="versions",
            ),
            "start": Field(int, "where it stood there"),
            "end": Field(int, "where it ended there"),
            "code_id": Field(
                str, "the code; null where there is none", null=True, references="codes"
            ),
            "coder": Field(str, "whose it is; empty where it is nobody's"),
            "exact": Field(str, "the words"),
            "prefix": Field(str, "up to 32 code points before them"),
            "suffix": Field(str, "up to 32 code points after them"),
            "reason": Field(str, "why it could not be placed"),
            "row": Field(str, "its row in the table it comes from, a JSON object"),
            "along": Field(
                str,
                "what hangs on it and comes back with it: a JSON object of rows by table",
            ),
        },
        indexes=(("document_id",), ("version_id",), ("code_id",)),
    ),
)
