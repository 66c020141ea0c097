"""The audit trail as tables: what was done, how the codebook came to be as it is, what was decided.

For those who check a study (Lincoln & Guba 1985 speak of an audit trail), not for publication: it
names coders, and what coders called things may name participants.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from commonplace.analysis.agreement.people import coders as known_coders
from commonplace.analysis.audit.tables import audits_table
from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import speech_of, touching
from commonplace.analysis.scope import Scope
from commonplace.domain.codebook import join_path
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

_FIELDS = (
    "name",
    "parent_id",
    "definition",
    "include",
    "exclude",
    "anchor",
    "near_miss",
    "keywords",
    "retired",
)
"""Fields of a code that matter to what it means; its colour and its place do not."""


def history(project: Project) -> Table:
    """A row for each group of changes, the latest first: by whom, when, what, and if it stands."""
    columns = ("group_id", "at", "coder", "kind", "action", "transactions", "undone", "target")
    return Table(
        "history",
        tuple(Column(name, time=name == "at") for name in columns),
        rows=lambda: (
            (e.group, e.at, e.coder, e.kind, e.action, e.changes, e.undone, e.target)
            for e in project.journal.history()
        ),
        brief=("group_id", "action", "at", "coder", "kind"),
    )


def codebook_changes(project: Project) -> Table:
    """A row for each change of a code, the oldest first: how the codebook came to be as it is.

    `version` counts the changes that were made at once. `change` is added, removed or changed;
    of one that is changed, `field` with the text `before` and `after`: `parent` is the code above.
    `code_path` is the path it had then. Worked out backwards from the codebook as it is, through
    the journal; changes that were erased from it are not there.
    """
    columns = (
        *(Column("version", "versions, from 1"), Column("at", time=True), Column("coder")),
        *(Column("action"), Column("change"), Column("code_id"), Column("code_path")),
        *(Column("field"), Column("before"), Column("after")),
    )

    def rows() -> Iterator[Row]:
        found = list(_backwards(project))
        for version, (at, coder, action, changes) in enumerate(reversed(found), 1):
            for change in changes:
                yield (version, at, coder, action, *change)

    brief = ("version", "at", "coder", "change", "code_path", "field")
    return Table(
        "codebook changes", columns, rows, "Undone changes are there, and their undoing.", brief
    )


_Code = dict[str, Any]
_Changed = tuple[str, str, str, str | None, str | None, str | None]
"""Change, id, path, field, before, after."""


def _backwards(project: Project) -> Iterator[tuple[str, str, str, list[_Changed]]]:
    """(when, who, what, changes) of each entry that touches codes, the latest first."""
    connection = project.connection
    names = ("id", *_FIELDS)
    rows = connection.execute(f"SELECT {', '.join(names)} FROM codes").fetchall()
    book: dict[str, _Code] = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
    entries = connection.execute(
        "SELECT at, coder, action, changes FROM journal WHERE instr(changes, '\"codes\"') > 0 "
        "ORDER BY seq DESC"
    )
    for at, coder, action, changes in entries:
        found: list[_Changed] = []
        for operation in reversed(json.loads(changes)):
            if operation["table"] == "codes":
                found += reversed(list(_inverted(book, operation)))
        if found:
            yield at, coder, action, found[::-1]


def _inverted(book: dict[str, _Code], operation: dict[str, Any]) -> Iterator[_Changed]:
    """What an operation changed; leaves the book as it was before."""
    for key in operation.get("insert", ()):
        yield "added", key, _path(book, key), None, None, None
    for key in operation.get("insert", ()):
        book.pop(key, None)
    for row in operation.get("delete", ()):
        book[row["id"]] = dict(row)
    for row in operation.get("delete", ()):
        yield "removed", row["id"], _path(book, row["id"]), None, None, None
    for key, before, after in reversed(operation.get("update", [])):
        path = _path(book, key)
        for field, value in before.items():
            if field in _FIELDS:
                shown = "parent" if field == "parent_id" else field
                yield (
                    *("changed", key, path, shown),
                    _said(book, field, value),
                    _said(book, field, after[field]),
                )
        if key in book:
            book[key].update(before)


def _said(book: dict[str, _Code], field: str, value: Any) -> str:
    if field == "parent_id":
        return "" if value is None else _path(book, value)
    if field == "keywords":
        return "; ".join(json.loads(value))
    if field == "retired":
        return "yes" if value else "no"
    return str(value)


def _path(book: dict[str, _Code], key: str) -> str:
    names: list[str] = []
    at: str | None = key
    while at is not None and at in book and len(names) <= len(book):
        names.append(str(book[at]["name"]))
        at = book[at].get("parent_id")
    return join_path(reversed(names))


def decisions(project: Project) -> Table:
    """A row for each decision on a suggestion, the oldest first.

    `score` is how sure the suggestion was, `reasons` the words that caused it, empty where somebody
    speaks who has withdrawn; `reason` is why it was rejected; `start` and `end` are where it
    stands. The words of the passage are not here: `coding_id` leads to them.
    """
    columns = (
        *(Column("decided_at", time=True), Column("coder"), Column("verdict"), Column("code_path")),
        *(Column("document"), Column("start", "code points"), Column("end", "code points")),
        *(Column("score", "confidence 0–1"), Column("reasons"), Column("reason")),
        *(Column("suggestion_id"), Column("coding_id")),
    )

    def rows() -> Iterator[Row]:
        scope = Scope(project, Filters())
        book = scope.codebook
        found = project.connection.execute(
            'SELECT decided_at, coder, verdict, code_id, document_id, start, "end", score, '
            "reasons, reason, suggestion_id, coding_id FROM decisions ORDER BY decided_at, rowid"
        ).fetchall()
        silent = _silent(scope, [(row[4], row[5], row[6]) for row in found])
        for place, row in enumerate(found):
            at, coder, verdict, code, document, start, end, score, reasons, reason, *ids = row
            why = None if place in silent else "; ".join(json.loads(reasons))
            path = book.path(code) if code in book else None
            name = scope.documents.get(document)
            yield (at, coder, verdict, path, name, start, end, score, why, reason or None, *ids)

    brief = ("decided_at", "coder", "verdict", "code_path", "score", "reason")
    return Table("decisions", columns, rows, "", brief)


def _silent(scope: Scope, places: list[tuple[str, int, int]]) -> set[int]:
    """Which of these passages hold words of somebody who has withdrawn."""
    speech = speech_of(scope.project.connection, scope.withdrawn)
    found: set[int] = set()
    for document, voices in scope.voices.items():
        here = [number for number, place in enumerate(places) if place[0] == document]
        starts, ends = [places[n][1] for n in here], [places[n][2] for n in here]
        for voice in voices:
            if voice.id in speech:
                hits = touching(speech[voice.id], starts, ends)
                found.update(here if hits is None else (here[hit] for hit in hits))
    return found


def settlements(project: Project) -> Table:
    """A row for each disagreement between coders that was settled, the oldest first."""
    columns = (
        *(Column("settled_at", time=True), Column("coder"), Column("verdict"), Column("took")),
        *(Column("code_path"), Column("document"), Column("start", "code points")),
        *(Column("end", "code points"), Column("note")),
    )

    def rows() -> Iterator[Row]:
        scope = Scope(project, Filters())
        book = scope.codebook
        for (
            at,
            coder,
            verdict,
            took,
            code,
            document,
            start,
            end,
            note,
        ) in project.connection.execute(
            "SELECT settled_at, coder, verdict, took, code_id, document_id, start, "
            '"end", note FROM settlements ORDER BY settled_at, rowid'
        ):
            path = book.path(code) if code in book else None
            name = scope.documents.get(document)
            yield (at, coder, verdict, took, path, name, start, end, note or None)

    return Table("settlements", columns, rows)


def transcripts(project: Project) -> Table:
    """A row for each version of each transcript: from which file, since when, replaced by whom."""
    columns = (
        *(Column("document"), Column("version", "versions, from 1"), Column("format")),
        *(Column("sha256"), Column("reader"), Column("length", "code points")),
        *(Column("since", time=True), Column("replaced_by"), Column("replaced_at", time=True)),
    )

    def rows() -> Iterator[Row]:
        for info in project.documents.all():
            for v in project.versions.all(info.id):
                yield (
                    *(info.name, v.number, v.format, v.sha256, v.reader, v.length, v.since),
                    *(v.replaced_by, v.replaced_at),
                )

    brief = ("document", "version", "format", "length", "since", "replaced_by")
    return Table("transcripts", columns, rows, "", brief)


def coders(project: Project) -> Table:
    """A row for each coder: codings by origin, transcripts, decisions, memos, first and last."""
    columns = (
        *(Column("coder"), Column("codings", "codings"), Column("manual", "codings")),
        *(Column("from_suggestions", "codings"), Column("other", "codings")),
        *(Column("transcripts", "transcripts"), Column("done", "transcripts")),
        *(Column("decisions", "suggestions"), Column("memos", "memos")),
        *(Column("first_at", time=True), Column("last_at", time=True)),
    )

    def rows() -> Iterator[Row]:
        connection = project.connection
        made = {
            row[0]: row[1:]
            for row in connection.execute(
                "SELECT coder, sum(origin = 'manual'), sum(origin IN ('accepted', 'edited')), "
                "count(DISTINCT document_id), min(coded_at), max(coded_at) FROM codings GROUP BY 1"
            )
        }
        decided = dict(
            _counts(connection.execute("SELECT coder, count(*) FROM decisions GROUP BY 1"))
        )
        memos = dict(_counts(connection.execute("SELECT coder, count(*) FROM memos GROUP BY 1")))
        for coder in known_coders(project):
            manual, taken, documents, first, last = made.get(coder.name, (0, 0, 0, None, None))
            yield (
                *(coder.name, coder.codings, manual, taken, coder.codings - manual - taken),
                *(documents, len(coder.done), decided.get(coder.name, 0), memos.get(coder.name, 0)),
                *(first, last),
            )

    return Table("coders", columns, rows)


def _counts(rows: Iterable[Any]) -> Iterator[tuple[str, int]]:
    return ((str(name), int(count)) for name, count in rows)


TRAIL: dict[str, Callable[[Project], Table]] = {
    "history": history,
    "codebook-changes": codebook_changes,
    "decisions": decisions,
    "settlements": settlements,
    "coders": coders,
    "transcripts": transcripts,
    "audits": audits_table,
}
"""The tables of the trail by name; the codebook itself is saved beside them."""
