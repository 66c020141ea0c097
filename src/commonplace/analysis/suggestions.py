"""What the machine proposes, as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby

from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.layout import speech_of, touching
from commonplace.analysis.scope import Scope
from commonplace.domain.queue import ORDERS, queue
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project
from commonplace.project.suggestions import notice_of

COLUMNS = (
    Column("suggestion_id"),
    Column("document"),
    Column("start", "code points"),
    Column("end", "code points"),
    Column("quote"),
    Column("code"),
    Column("code_path"),
    Column("score", "confidence 0–1"),
    Column("reasons"),
    Column("status"),
    Column("notice"),
)

PENDING = "pending"

_Found = tuple[str, str, int, int, str, float, str, str, str]
"""Id, transcript, start, end, code, score, reasons, status, notice."""

_PAGE = 2000


def suggestions(
    project: Project,
    filters: Filters | None = None,
    *,
    order: str = "confidence",
    limit: int | None = None,
    decided: bool = False,
) -> Table:
    """A row for each suggestion that waits for this coder's decision.

    With `decided` also those that the coder has decided on, `status` saying how. `reasons` are
    the words that caused it, weightiest first; `notice` says why it is made although it had been
    rejected, or the transcript marked done. The orders are those of `domain.queue`. Of the
    filters, those on codings make no difference. Raises `FilterError` for an order that does not
    exist.
    """
    scope = Scope(project, filters or Filters())
    if order not in ORDERS:
        raise FilterError(f"no order '{order}': there are {', '.join(ORDERS)}")

    def rows() -> Iterator[Row]:
        found = _in_place(scope, _pending(project) + (_decided(project) if decided else []))
        found = _ordered(project, found, order)
        for first in range(0, len(found[:limit]), _PAGE):
            yield from _page(scope, found[:limit][first : first + _PAGE])

    brief = ("quote", "code", "score", "document", "reasons", "suggestion_id", "code_path")
    return Table("suggestions", COLUMNS, rows, scope.filters.note(), brief)


def waiting(
    project: Project, filters: Filters | None = None, words: str = "", order: str = "confidence"
) -> list[Suggestion]:
    """The suggestions that wait for this coder's decision, in an order of `domain.queue`.

    Filters as in `suggestions`; with `words` only those in whose passage these stand, case and
    white space aside. Raises as `Scope` does.
    """
    scope = Scope(project, filters or Filters())
    pending = [(_found(s), s) for s in project.suggestions.pending()]
    by_id = {row[0]: suggestion for row, suggestion in pending}
    kept = [by_id[row[0]] for row in _in_place(scope, [row for row, _ in pending])]
    if words:
        kept = list(_saying(project, kept, _folded(words)))
    return queue(kept, order, project.codes.counts())


class Silence(StrEnum):
    """Why no suggestion waits for a coder."""

    NO_TRANSCRIPT = "no transcript"
    NO_CODE = "no code"
    NOT_RUN = "not run"
    ALL_DONE = "all done"
    DECIDED = "decided"
    NOTHING_FOUND = "nothing found"


SILENT = {
    Silence.NO_TRANSCRIPT: ("No suggestions yet.", "They come once there are transcripts."),
    Silence.NO_CODE: ("No suggestions yet.", "They come once the codebook has codes."),
    Silence.NOT_RUN: ("No suggestions yet.", "They come once there are transcripts and codes."),
    Silence.ALL_DONE: (
        "All transcripts are marked done.",
        "Nothing is suggested in what you have read to its end; D takes the mark away.",
    ),
    Silence.DECIDED: (
        "Everything is decided.",
        "New suggestions come as you code and as more is learnt.",
    ),
    Silence.NOTHING_FOUND: (
        "Nothing to suggest.",
        "No passage that is left to you says what the codebook looks for. Keywords in the words "
        "that people use help, and so does coding by hand.",
    ),
}
"""What is said of it: in a few words, and what makes suggestions come."""


def silence(project: Project) -> Silence:
    """Why none waits for this coder, if none does."""
    if not project.connection.execute("SELECT EXISTS (SELECT 1 FROM documents)").fetchone()[0]:
        return Silence.NO_TRANSCRIPT
    if all(code.retired for code in project.codes.codebook().codes):
        return Silence.NO_CODE
    if not project.suggestions.run:
        return Silence.NOT_RUN
    unread = project.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM documents WHERE id NOT IN "
        "(SELECT document_id FROM done WHERE coder = ?))",
        (project.coder,),
    ).fetchone()[0]
    if not unread:
        return Silence.ALL_DONE
    decided = project.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM decisions WHERE coder = ?)", (project.coder,)
    ).fetchone()[0]
    return Silence.DECIDED if decided else Silence.NOTHING_FOUND


def _saying(project: Project, found: list[Suggestion], words: str) -> Iterator[Suggestion]:
    for document, group in groupby(found, key=lambda suggestion: suggestion.document):
        text = project.documents.text(document)
        for suggestion in group:
            if words in _folded(text[suggestion.span.start : suggestion.span.end]):
                yield suggestion


def _folded(words: str) -> str:
    return " ".join(words.replace("’", "'").split()).casefold()


def _ordered(project: Project, found: list[_Found], order: str) -> list[_Found]:
    rows = {row[0]: row for row in found}
    listed = [Suggestion(row[1], Span(row[2], row[3]), row[4], row[5]) for row in found]
    return [rows[one.id] for one in queue(listed, order, project.codes.counts())]


def _found(s: Suggestion) -> _Found:
    notice, words = notice_of(s.reasons)
    reasons = "; ".join(words)
    return s.id, s.document, s.span.start, s.span.end, s.code, s.score, reasons, PENDING, notice


def _pending(project: Project) -> list[_Found]:
    return [_found(suggestion) for suggestion in project.suggestions.pending()]


def _decided(project: Project) -> list[_Found]:
    rows = project.connection.execute(
        'SELECT suggestion_id, document_id, start, "end", code_id, score, reasons, verdict '
        "FROM decisions WHERE coder = ?",
        (project.coder,),
    )
    return [(*row[:6], "; ".join(json.loads(row[6])), row[7], "") for row in rows]


def _in_place(scope: Scope, found: list[_Found]) -> list[_Found]:
    """Those that are asked about, in order of transcript and place."""
    codes = set(scope.codes)
    by_document: dict[str, list[_Found]] = {}
    for suggestion in found:
        if suggestion[4] in codes and suggestion[1] in scope.documents:
            by_document.setdefault(suggestion[1], []).append(suggestion)
    ordered: list[_Found] = []
    for document in scope.documents:
        here = sorted(by_document.get(document, []), key=lambda s: (s[2], s[3], -s[5], s[0]))
        chosen = scope.chooses_people or scope.withdrawn
        ordered += _spoken(scope, document, here) if chosen else here
    return ordered


def _spoken(scope: Scope, document: str, found: list[_Found]) -> list[_Found]:
    """Those in which somebody asked about says something."""
    starts, ends = [s[2] for s in found], [s[3] for s in found]
    kept: set[int] = set()
    speech = speech_of(scope.project.connection, [v.id for v in scope.heard[document]])
    for spoken in speech.values():
        hits = touching(spoken, starts, ends)
        kept.update(range(len(found)) if hits is None else hits)
    return [found[index] for index in sorted(kept)]


def _page(scope: Scope, found: list[_Found]) -> Iterator[Row]:
    """The rows of these, each transcript's text held only while its passages are cut out."""
    quotes: dict[int, str] = {}
    by_document: dict[str, list[int]] = {}
    for index, suggestion in enumerate(found):
        by_document.setdefault(suggestion[1], []).append(index)
    for document, indexes in by_document.items():
        text = scope.project.documents.text(document)
        for index in indexes:
            quotes[index] = text[found[index][2] : found[index][3]]
    book = scope.codebook
    for index, each in enumerate(found):
        id, document, start, end, code = each[:5]
        name, path = book[code].name, book.path(code)
        document_name, quote = scope.documents[document], quotes[index]
        yield id, document_name, start, end, quote, name, path, *each[5:]
