"""Corrections of transcripts, as tables: what moved, what waits for a place, older versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from commonplace.domain.placing import Outcome
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Amendment, Project
from commonplace.project.unplaced import KINDS

_FIRST = (Outcome.UNPLACED, Outcome.CHANGED, Outcome.MOVED)
"""What a person should see first."""
_IN_WORDS = {
    Outcome.UNPLACED: "without a place",
    Outcome.CHANGED: "at other words",
    Outcome.MOVED: "unchanged",
    Outcome.UNMOVED: "unchanged",
}


def amendment(project: Project, done: Amendment) -> Table:
    """A row for each coding, memo on a stretch and kept quote that a correction moved.

    First come those without a place, then those at other words, then those that moved; what
    stays where it was is counted in the note. `start` and `end` are where it stood, `new_start`
    and `new_end` where it stands, null for what could not be placed.
    """
    book = project.codes.codebook()
    name = project.documents.find(done.document).name
    columns = (
        Column("passage_id"),
        Column("document"),
        Column("kind"),
        Column("outcome"),
        Column("code_path"),
        Column("coder"),
        Column("start", "code points"),
        Column("end", "code points"),
        Column("new_start", "code points"),
        Column("new_end", "code points"),
        Column("words"),
        Column("new_words"),
        Column("reason"),
    )

    def rows() -> Iterator[Row]:
        shown = [fate for fate in done.fates if fate.outcome in _FIRST]
        for fate in sorted(shown, key=lambda fate: _FIRST.index(fate.outcome)):
            yield (
                fate.id,
                name,
                KINDS[fate.kind],
                str(fate.outcome),
                book.path(fate.code) if fate.code is not None and fate.code in book else None,
                fate.coder,
                fate.before.start,
                fate.before.end,
                None if fate.after is None else fate.after.start,
                None if fate.after is None else fate.after.end,
                fate.was,
                fate.now,
                fate.reason or None,
            )

    brief = ("outcome", "kind", "code_path", "words", "new_words", "reason")
    return Table("amendment", columns, rows, f"{name}: {in_words(done)}.", brief=brief)


def in_words(done: Amendment) -> str:
    """`1 without a place, 2 at other words, 38 unchanged; 3 places corrected`.

    What a person has to look at comes first. Counted are codings, memos on a stretch and quotes;
    those whose words stayed are one, whether or not the correction shifted them.
    """
    if done.version is None:
        return "nothing to correct, the text is the same"
    places = "1 place" if done.splices == 1 else f"{done.splices:,} places"
    counts = Counter(_IN_WORDS[fate.outcome] for fate in done.fates)
    parts = [
        f"{counts[words]:,} {words}" for words in dict.fromkeys(_IN_WORDS.values()) if counts[words]
    ]
    return "; ".join(
        [", ".join(parts), f"{places} corrected"] if parts else [f"{places} corrected"]
    )


def unplaced(project: Project, document: str | None = None) -> Table:
    """A row for all that waits for a place, of a transcript (by name, stem or id) or of all.

    `start` and `end` are where it stood in the version of that number.
    """
    found = None if document is None else project.documents.find(document).id
    columns = (
        Column("passage_id"),
        Column("document"),
        Column("kind"),
        Column("code_path"),
        Column("coder"),
        Column("words"),
        Column("before"),
        Column("after"),
        Column("memo"),
        Column("reason"),
        Column("version", "versions, from 1"),
        Column("start", "code points"),
        Column("end", "code points"),
    )

    def rows() -> Iterator[Row]:
        book = project.codes.codebook()
        names = {info.id: info.name for info in project.documents.all()}
        for waiting in project.unplaced.all(found):
            yield (
                waiting.id,
                names[waiting.document],
                waiting.kind,
                book.path(waiting.code) if waiting.code is not None else None,
                waiting.coder,
                waiting.words.exact,
                waiting.words.prefix,
                waiting.words.suffix,
                waiting.text or None,
                waiting.reason,
                waiting.version,
                waiting.before.start,
                waiting.before.end,
            )

    note = "They wait until each is placed (--place ID START END) or dropped (--drop ID)."
    brief = ("passage_id", "words", "code_path", "kind", "reason", "document")
    return Table("unplaced", columns, rows, note, brief=brief)


def versions(project: Project, document: str) -> Table:
    """A row for each version of a transcript (by name, stem or id); the last is the one that
    holds."""
    info = project.documents.find(document)
    columns = (
        Column("version", "versions, from 1"),
        Column("since", time=True),
        Column("replaced_at", time=True),
        Column("replaced_by"),
        Column("format"),
        Column("reader"),
        Column("length", "code points"),
        Column("sha256"),
    )

    def rows() -> Iterator[Row]:
        for each in project.versions.all(info.id):
            yield (
                each.number,
                each.since,
                each.replaced_at,
                each.replaced_by,
                each.format,
                each.reader,
                each.length,
                each.sha256,
            )

    brief = ("version", "since", "replaced_at", "replaced_by", "format", "length")
    return Table("versions", columns, rows, f"Transcript {info.name}.", brief=brief)
