"""A transcript as the screen holds it: text and turns, codings, suggestions and memos."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from commonplace.domain.coding import Coding
from commonplace.domain.suggestion import Suggestion
from commonplace.domain.transcript import Speaker, Turn
from commonplace.project import DocumentInfo, Memo, Project, StoredTurn
from commonplace.tui.widgets.reader import CodingMark, Document, SuggestionMark


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of a transcript for the reader, and their numbers in the project, in order."""

    turns: list[Turn]
    speakers: list[Speaker]
    ids: array[int]

    @classmethod
    def load(cls, project: Project, document: str) -> Turns:
        """Reads them from the project."""
        stored = project.documents.turns(document)
        return cls(
            [_turn(turn) for turn in stored],
            _speakers(stored),
            array("q", [turn.id for turn in stored]),
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
    done: bool

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


def load(project: Project, document: str) -> Opened:
    """Reads a transcript, by id or name. Raises `NotFoundError`."""
    info = project.documents.find(document)
    turns = Turns.load(project, info.id)
    return Opened(
        info=info,
        document=Document.build(project.documents.text(info.id), turns.turns, turns.speakers),
        turn_ids=turns.ids,
        codings={coding.id: coding for coding in project.codings.of_document(info.id)},
        suggestions=pending(project, info.id),
        memos=project.memos.of_document(info.id),
        done=project.coder in project.documents.done(info.id),
    )


def pending(project: Project, document: str) -> dict[str, Suggestion]:
    """The suggestions that wait for this coder, by id."""
    return {suggestion.id: suggestion for suggestion in project.suggestions.pending(document)}


def coding_mark(coding: Coding, coder: str) -> CodingMark:
    """A coding as the reader shows it to `coder`."""
    return CodingMark(
        coding.id, coding.span, coding.code, coder=coding.coder, own=coding.coder == coder
    )


def suggestion_mark(suggestion: Suggestion) -> SuggestionMark:
    """A suggestion as the reader shows it."""
    return SuggestionMark(suggestion.id, suggestion.span, suggestion.code, suggestion.band)


def _turn(turn: StoredTurn) -> Turn:
    return Turn(
        turn.start, turn.speech_start, turn.end, turn.speaker or None, turn.label, turn.stamp,
        turn.time,
    )  # fmt: skip


def _speakers(turns: Iterable[StoredTurn]) -> list[Speaker]:
    labels = {turn.speaker: turn.interviewer for turn in turns}
    return [Speaker(label, interviewer) for label, interviewer in labels.items() if label]
