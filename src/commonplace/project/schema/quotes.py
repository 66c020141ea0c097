"""What the quote desk keeps: marks, notes and published versions of passages, and their uses."""

from __future__ import annotations

from commonplace.project.schema.fields import UUID, Field, TableSpec

_YES_OR_NO = "`yes` or `no`; null: the participant's word holds"

TABLES = (
    TableSpec(
        "quotes",
        "What is decided about passages as quotes. A passage is one whatever codes it has, and "
        "keeps this when they change.",
        {
            "id": Field(str, UUID),
            "document_id": Field(str, "the transcript", references="documents"),
            "start": Field(int, "code point at which the passage begins"),
            "end": Field(int, "code point after its last"),
            "exact": Field(str, "the words of the passage: exactly `text[start:end]`"),
            "prefix": Field(str, "up to 32 code points before it"),
            "suffix": Field(str, "up to 32 code points after it"),
            "star": Field(int, "1: worth having", default=0),
            "shortlist": Field(int, "1: proposed for a report", default=0),
            "clear": Field(int, "1: checked, and clear for use", default=0),
            "withdrawn": Field(int, "1: not to be used any more", default=0),
            "embargo": Field(
                str,
                "day (ISO 8601) before which it must not be used; `open`: until lifted",
                null=True,
            ),
            "note": Field(str, "what the desk notes about it", default=""),
            "published": Field(str, "its published version; null: the words as spoken", null=True),
            "published_by": Field(str, "who edited that", null=True),
            "published_at": Field(str, "ISO 8601, UTC", null=True),
            "override_reason": Field(
                str, "why the published version may be used though it fails the check", null=True
            ),
            "override_by": Field(str, "who decided so", null=True),
            "override_at": Field(str, "ISO 8601, UTC", null=True),
            "consent_quote": Field(str, f"whether it may be quoted: {_YES_OR_NO}", null=True),
            "consent_name": Field(str, f"whether with the name: {_YES_OR_NO}", null=True),
            "consent_audio": Field(str, f"whether as sound: {_YES_OR_NO}", null=True),
        },
        unique=(("document_id", "start", "end"),),
    ),
    TableSpec(
        "quote_uses",
        "Where quotes were printed or shown: what the ledger counts.",
        {
            "id": Field(str, UUID),
            "quote_id": Field(str, "the passage", references="quotes"),
            "document_id": Field(str, "its transcript", references="documents"),
            "place": Field(str, "such as `Annual report 2026, p. 12`"),
            "words": Field(str, "as they were printed"),
            "coder": Field(str, "who noted it"),
            "used_at": Field(str, "ISO 8601, UTC; of the note"),
        },
        unique=(("quote_id", "place"),),
        indexes=(("document_id",),),
    ),
)
