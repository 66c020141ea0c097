"""What coders write in their own words, and where it stands: see `writings` for what is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from commonplace.domain.codebook import Codebook
from commonplace.domain.span import Span
from commonplace.project import Memo, Project

_TEXTS = {
    "definition": "definition",
    "include": "when to apply",
    "exclude": "when not to apply",
    "anchor": "example",
    "near_miss": "near miss",
}
"""Texts of a code, and what they are called."""

_NOTED = (
    ('document_id, start, "end", note, code_id, coder FROM settlements', "note on the settling"),
    ('document_id, start, "end", reason, code_id, coder FROM decisions', "reason for a rejection"),
    ('document_id, start, "end", note, NULL, NULL FROM quotes', "note on a quote"),
    ('document_id, start, "end", override_reason, NULL, override_by FROM quotes', "reason to let "
     "a quote pass"),
    ('q.document_id, q.start, q."end", u.place, NULL, u.coder FROM quote_uses u JOIN quotes q '
     "ON q.id = u.quote_id", "where a quote was used"),
    ("u.document_id, NULL, NULL, t.value, u.code_id, NULL FROM unplaced u, "
     "json_tree(json_array(json(u.row), json(u.along))) t "
     "WHERE t.type = 'text' AND t.key IN ('text', 'note', 'override_reason', 'place')",
     "memo or note that waits for a place"),
)  # fmt: skip
"""Where what is written about passages is found, and what it is called. What waits for a place is
kept as the rows that it was, in JSON, and has no span."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A text that somebody wrote."""

    text: str
    what: str
    """What it is, and whose: `memo on the code 'Rent', by Amira`."""
    document: str | None = None
    """The transcript (id) that it is about, if it is about one."""
    span: Span | None = None
    """There, the passage; None when it is about the whole."""
    general: bool = False
    """Whether it is about no passage and nobody, but about a code."""


def writings(project: Project) -> Iterator[Writing]:
    """Memos; notes on settlements, reasons for rejections, notes, reasons and places of use at the
    quote desk; memos and notes that wait for a place since a correction; then the texts and
    keywords of codes. What is empty is left out. Names of codes, values of attributes and
    published versions of quotes are not among them."""
    book = project.codes.codebook()
    for memo in project.memos.all():
        yield _memo(project, memo, book)
    for columns, what in _NOTED:
        for document, start, end, text, code, coder in project.connection.execute(
            f"SELECT {columns} ORDER BY 1, 2"
        ):
            if text:
                about = f" of '{book.path(code)}'" if code is not None else ""
                whose = f", by {coder}" if coder is not None else ""
                span = None if start is None else Span(start, end)
                yield Writing(text, f"{what}{about}{whose}", document, span)
    for entry in book.in_reading_order():
        texts = {what: getattr(entry, field) for field, what in _TEXTS.items()}
        for what, text in (texts | {"keywords": "; ".join(entry.keywords)}).items():
            if text:
                yield Writing(text, f"{what} of the code '{book.path(entry.id)}'", general=True)


def _memo(project: Project, memo: Memo, book: Codebook) -> Writing:
    about, code, span = "the project", memo.code, memo.span
    if memo.coding is not None:
        coding = project.codings.get(memo.coding)
        code, span = coding.code, coding.span
        about = f"a coding with '{book.path(code)}'"
    elif span is not None:
        about = "a passage"
    elif memo.document is not None:
        about = "the transcript"
    elif code is not None:
        about = f"the code '{book.path(code)}'"
    return Writing(memo.text, f"memo on {about}, by {memo.coder}", memo.document, span)
