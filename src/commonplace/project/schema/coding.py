"""What people made of the transcripts: the codebook, codings, memos, decisions."""

from __future__ import annotations

from commonplace.project.schema.fields import UUID, Field, TableSpec

TABLES = (
    TableSpec(
        "codes",
        "The codebook, a tree.",
        {
            "id": Field(str, UUID),
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
            "retired": Field(
                int, "1 when it is no longer applied or suggested; its codings stay", default=0
            ),
        },
        indexes=(("parent_id",),),
    ),
    TableSpec(
        "codings",
        "Codes applied to segments.",
        {
            "id": Field(str, UUID),
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
        "revisions",
        "Changes of a code's definition that matter to what was coded before, as its coder said.",
        {
            "id": Field(str, UUID),
            "code_id": Field(str, "the code", references="codes"),
            "before": Field(str, "the fields that changed, as they were: a JSON object"),
            "coder": Field(str, "who changed them"),
            "revised_at": Field(str, "ISO 8601, UTC"),
        },
        indexes=(("code_id",),),
    ),
    TableSpec(
        "rereadings",
        "Codings made under an older definition that nobody has looked at since.",
        {
            "coding_id": Field(str, "the coding", references="codings"),
            "revision_id": Field(str, "the first change after it was made", references="revisions"),
        },
        key=("coding_id",),
        indexes=(("revision_id",),),
    ),
    TableSpec(
        "memos",
        "Notes: on a coding, on a stretch of text, on a transcript, on a code, or on the project.",
        {
            "id": Field(str, UUID),
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
            "id": Field(str, UUID),
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
            "seen": Field(
                int, "0 when it was accepted unread, with others of its confidence", default=1
            ),
        },
        unique=(("suggestion_id", "coder"),),
        indexes=(("document_id",), ("code_id",), ("coding_id",)),
    ),
    TableSpec(
        "settlements",
        "How disagreements between coders were settled. What was agreed on instead are codings of "
        "the coder `consensus`.",
        {
            "id": Field(str, UUID),
            "document_id": Field(str, "the transcript", references="documents"),
            "start": Field(int, "where the first of the codings that differ begins"),
            "end": Field(int, "where the last of them ends"),
            "code_id": Field(str, "the code that was applied differently", references="codes"),
            "basis": Field(
                str,
                "what was compared, a JSON object: for each coder the list of `[start, end]` they "
                "had marked. Where that has changed since, the disagreement is open again",
            ),
            "verdict": Field(str, "taken, both, none or other"),
            "took": Field(str, "whose version was taken", null=True),
            "codings": Field(str, "ids of the codings that the consensus got by it, a JSON list"),
            "note": Field(str, "why, in words; may be empty"),
            "coder": Field(str, "who settled it"),
            "settled_at": Field(str, "ISO 8601, UTC"),
        },
        indexes=(("document_id",), ("code_id",)),
    ),
    TableSpec(
        "audits",
        "Blind audits: random samples of segments that somebody codes without seeing suggestions.",
        {
            "id": Field(str, UUID),
            "coder": Field(str, "who codes the sample, and from whom was learnt"),
            "unit": Field(str, "sentence or turn"),
            "seed": Field(int, "of the random draw"),
            "population": Field(int, "segments that were drawn from"),
            "transcripts": Field(int, "transcripts that these stand in"),
            "labelled": Field(int, "segments that the suggestions had been learnt from"),
            "codes": Field(str, "ids of the codes in use at the start, a JSON list"),
            "made_by": Field(str, "the version of the program"),
            "started_at": Field(str, "ISO 8601, UTC"),
            "finished_at": Field(str, "ISO 8601, UTC; null while it lasts", null=True),
        },
    ),
    TableSpec(
        "audit_segments",
        "The segments of an audit: what was suggested for each at the start, and what a person "
        "coded.",
        {
            "id": Field(str, UUID),
            "audit_id": Field(str, "the audit", references="audits"),
            "place": Field(int, "order in which it was drawn and is shown, from 1"),
            "document_id": Field(str, "the transcript", references="documents"),
            "start": Field(int, "code point at which the segment begins"),
            "end": Field(int, "code point after its last"),
            "suggested": Field(str, "ids of the codes suggested for it, a JSON list"),
            "codes": Field(
                str,
                "ids of the codes that the person applied, a JSON list; null until answered",
                null=True,
            ),
            "answered_at": Field(str, "ISO 8601, UTC", null=True),
        },
        unique=(("audit_id", "place"),),
        indexes=(("document_id",),),
    ),
    TableSpec(
        "suggestions",
        "What the machine proposes now, to each coder by themselves. Written by the worker alone; "
        "can be made again.",
        {
            "coder": Field(str, "to whom, and from whom was learnt"),
            "id": Field(str, "UUIDv5 of document, start, end and code"),
            "document_id": Field(str, "the transcript", references="documents", cascade=True),
            "start": Field(int, "code point at which the segment begins"),
            "end": Field(int, "code point after its last"),
            "code_id": Field(str, "the proposed code", references="codes", cascade=True),
            "score": Field(float, "how sure, 0–1"),
            "reasons": Field(str, "the words that caused it, a JSON list"),
        },
        key=("coder", "id"),
        indexes=(("document_id", "start"), ("code_id",)),
    ),
    TableSpec(
        "suggestion_runs",
        "The last finished run of suggestions for each coder. Written by the worker alone.",
        {
            "coder": Field(str, "for whom"),
            "run": Field(int, "its number: it grows by one with each"),
            "basis": Field(str, "what it rested on, a JSON object"),
        },
        key=("coder",),
    ),
)
