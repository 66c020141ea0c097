"""A transcript as the screen holds it: text and turns, codings, suggestions and memos."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from commonplace.domain.coding import Coding
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.domain.transcript import Speaker
from commonplace.project import DocumentInfo, Memo, Project, Reread, StoredTurn
from commonplace.project.suggestions import Basis
from commonplace.tui.widgets.reader import CodingMark, Document, SuggestionMark

NEAR = 8_000
"""Code points on each side of the cursor of which codings are read before the first paint."""


class Turns(NamedTuple):
    """The turns of a transcript for the reader, and their numbers in the project, in order."""

    turns: list[StoredTurn]
    speakers: list[Speaker]
    ids: array[int]

    @classmethod
    def load(cls, project: Project, document: str) -> Turns:
        """Reads them from the project."""
        ids = array("q")
        return cls(list(_turns(project, document, ids)), _speakers(project, document), ids)


class Notes(NamedTuple):
    """What coders and the worker have laid over a transcript. Codings and suggestions are by id."""

    codings: dict[str, Coding]
    suggestions: dict[str, Suggestion]
    memos: list[Memo]
    reread: dict[str, Reread]
    """What is to be read again, by the coding's id."""

    @classmethod
    def load(cls, project: Project, document: str, within: Span | None = None) -> Notes:
        """Reads them from the project, all or those that overlap `within`."""
        codings = project.codings.of_document(document, within=within)
        suggestions = project.suggestions.pending(document, within=within)
        return cls(
            {coding.id: coding for coding in codings},
            {suggestion.id: suggestion for suggestion in suggestions},
            project.memos.of_document(document),
            to_reread(project, document),
        )


@dataclass(slots=True)
class Opened:
    """The transcript that is open. Codings and suggestions are by id."""

    info: DocumentInfo
    document: Document
    turn_ids: array[int]
    codings: dict[str, Coding]
    suggestions: dict[str, Suggestion]
    memos: list[Memo]
    reread: dict[str, Reread]
    """What is to be read again, by the coding's id."""
    done: bool
    basis: Basis
    """What the suggestions rest on."""
    blind: bool = False
    """Whether others' codings are hidden until it is done."""
    whole: bool = True
    """Whether all codings, suggestions and memos are here, not only those near the cursor."""

    @property
    def id(self) -> str:
        """The transcript's identity."""
        return self.info.id

    def memo(self, coding: str) -> Memo | None:
        """The memo of a coding."""
        return next((memo for memo in self.memos if memo.coding == coding), None)

    def memos_at(self, offset: int) -> list[Memo]:
        """Memos on stretches of text that hold `offset`."""
        return [memo for memo in self.memos if memo.span is not None and offset in memo.span]

    def memos_of_transcript(self) -> list[Memo]:
        """Memos on the transcript as a whole."""
        return [m for m in self.memos if m.coding is None and m.span is None and m.code is None]


def load(project: Project, document: str, near: int | None = None) -> Opened:
    """Reads a transcript, by id or name. Raises `NotFoundError`.

    With `near`, an offset, only what is laid over the text around it: `Notes.load` has the rest.
    """
    info = project.documents.find(document)
    ids = array("q")
    notes = Notes.load(
        project, info.id, None if near is None else Span(max(0, near - NEAR), near + NEAR)
    )
    return Opened(
        info=info,
        document=Document.build(
            project.documents.pieces(info.id),
            _turns(project, info.id, ids),
            _speakers(project, info.id),
        ),
        turn_ids=ids,
        codings=notes.codings,
        suggestions=notes.suggestions,
        memos=notes.memos,
        reread=notes.reread,
        done=project.coder in project.documents.done(info.id),
        basis=project.suggestions.basis,
        blind=project.blind.on,
        whole=near is None,
    )


class Pending(NamedTuple):
    """The suggestions that wait for this coder, by id, and what they rest on."""

    suggestions: dict[str, Suggestion]
    basis: Basis

    @classmethod
    def load(cls, project: Project, document: str) -> Pending:
        """Reads them from the project."""
        found = project.suggestions
        return cls({each.id: each for each in found.pending(document)}, found.basis)


def to_reread(project: Project, document: str) -> dict[str, Reread]:
    """The codings made under an older definition that nobody has looked at since, by id."""
    return {each.coding: each for each in project.rereading.pending(document=document)}


def coding_mark(coding: Coding, coder: str) -> CodingMark:
    """A coding as the reader shows it to `coder`."""
    return CodingMark(
        coding.id, coding.span, coding.code, coder=coding.coder, own=coding.coder == coder
    )


def suggestion_mark(suggestion: Suggestion) -> SuggestionMark:
    """A suggestion as the reader shows it."""
    return SuggestionMark(suggestion.id, suggestion.span, suggestion.code, suggestion.band)


def _turns(project: Project, document: str, ids: array[int]) -> Iterator[StoredTurn]:
    """The turns, one at a time; their numbers go into `ids`."""
    for turn in project.documents.each_turn(document):
        ids.append(turn.id)
        yield turn


def _speakers(project: Project, document: str) -> list[Speaker]:
    speakers = project.speakers.all(document)
    return [Speaker(speaker.label, speaker.interviewer) for speaker in speakers if speaker.label]
