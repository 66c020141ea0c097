"""The transcript that lies open: opening, leaving, showing it, and keeping it up to date."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from textual.timer import Timer

from commonplace.domain.coding import Coding
from commonplace.domain.span import Span, trim
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Memo, NotFoundError, Project, Reread
from commonplace.tui.messages import Changes
from commonplace.tui.opened import (
    Notes,
    Opened,
    Pending,
    Turns,
    coding_mark,
    load,
    suggestion_mark,
    to_reread,
)
from commonplace.tui.screens.room import Room
from commonplace.tui.session import Session
from commonplace.tui.widgets.reader import CodingMark, Reader, SuggestionMark

PAUSE = 0.6
"""Seconds without a change after which counts are made anew."""


class Desk(Room):
    """Holds the transcript that is open, and the filter put to its codings."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.opened: Opened | None = session.opening
        self.wanted = ""
        """Id of the transcript asked for last, which may be on its way."""
        self.shelf: list[str] = []
        """Ids of all transcripts, in order."""
        self.only: str = ""
        """The code that is shown, with what stands below it; empty for all."""
        self.share: float | None = None
        """How much of what interviewees say is coded, 0–1; None until it is known."""
        self.deciding: set[str] = set()
        """Ids of suggestions whose decisions are being written."""
        self._counting: Timer | None = None
        self.came_from = ""
        """The screen that opened the transcript at a passage, to which esc goes back."""
        self.ready = False
        """Whether all widgets are there; the reader is before the others."""

    @property
    def reader(self) -> Reader:
        """The transcript on the screen."""
        return self.query_one(Reader)

    # Opening

    def open(self, document: str, passage: Span | None = None, *, select: bool = True) -> None:
        """Opens a transcript, by id, at a passage, selected or not, or where it was left."""
        self.keep_place()
        self.wanted = document
        if self.opened is not None and self.opened.id == document:
            self.session.desk.drop("open")  # of another transcript that is on its way
            self._go(passage, select)
            return
        self.session.desk.ask(
            "open",
            lambda project: _load(project, document),
            lambda opened: self._lay_open(opened, passage, select),
        )

    def _lay_open(self, opened: Opened | None, passage: Span | None, select: bool = True) -> None:
        if opened is None:
            self.wanted = ""
            self.say("That transcript is not in the project any more.", trouble=True)
            return
        self.opened, self.share = opened, None
        self.session.places.document = opened.id
        self.reader.open(
            opened.document,
            codings=self.coding_marks(),
            suggestions=self.suggestion_marks(),
            offset=self.session.places.offsets.get(opened.id, 0),
        )
        self._go(passage, select)
        self.count_share()
        self.document_shown()

    def _go(self, passage: Span | None, select: bool = True) -> None:
        if passage is not None:
            self.reader.go_to(passage.start)
            if select:
                self.reader.select(passage)
            self.reader.reveal(passage)

    def document_shown(self) -> None:
        """Another transcript lies open now."""

    def keep_place(self) -> None:
        """Notes where the cursor is, so that the transcript opens there again."""
        if self.opened is not None:
            self.session.places.document = self.opened.id
            self.session.places.offsets[self.opened.id] = self.reader.cursor

    def save_place(self) -> None:
        """Keeps where the cursor is, if it has moved, for the next time the project is opened."""
        opened, places = self.opened, self.session.places
        if opened is None:
            return
        if (places.document, places.offsets.get(opened.id)) != (opened.id, self.reader.cursor):
            self.keep_place()
            self.session.desk.ask("places", lambda _: places.save(), lambda _: None)

    def leave(self) -> None:
        self.keep_place()

    def count_share(self) -> None:
        """Asks how much is coded."""
        if self.opened is None:
            return
        info = self.opened.info

        def known(shares: dict[str, float | None]) -> None:
            if self.opened is not None and self.opened.id == info.id:
                self.share = shares.get(info.id)
            self.shares_known(shares)

        self.session.desk.ask("share", lambda project: shares(project, info.name), known)

    def shares_known(self, shares: dict[str, float | None]) -> None:
        """How much of some transcripts is coded has become known."""

    # What is shown of it

    def shows(self, code: str) -> bool:
        """Whether the filter lets a code through."""
        book = self.session.codebook
        if not self.only or self.only not in book:
            return True
        return code in book and self.only in {above.id for above in book.lineage(code)}

    def coding_marks(self) -> list[CodingMark]:
        """The codings as the reader shows them."""
        codings: Iterable[Coding] = self.opened.codings.values() if self.opened else ()
        return [
            coding_mark(coding, self.session.coder) for coding in codings if self.shows(coding.code)
        ]

    def suggestion_marks(self) -> list[SuggestionMark]:
        """The suggestions as the reader shows them."""
        suggestions: Iterable[Suggestion] = self.opened.suggestions.values() if self.opened else ()
        return [suggestion_mark(s) for s in suggestions if self.shows(s.code)]

    def show_marks(self) -> None:
        """Shows all codings and suggestions anew."""
        self.reader.set_codings(self.coding_marks())
        self.reader.set_suggestions(self.suggestion_marks())
        self.look()

    def look(self) -> None:
        """Shows what holds at the cursor."""

    # What the cursor is on

    def passage(self) -> Span | None:
        """What a code applies to: the selection, else the sentence under the cursor.

        White space at its ends does not belong to it, nor does a label there that the page hides.
        """
        span = self.reader.target()
        if span is None:
            return None
        span = self._from_speech_to_speech(span)
        words = self.reader.document.slice(span.start, span.end)
        part = trim(words, Span(0, len(words))) if words else None
        return None if part is None else Span(span.start + part.start, span.start + part.end)

    def _from_speech_to_speech(self, span: Span) -> Span:
        """The span without the label it begins in, and without the label it ends in."""
        document = self.reader.document
        start, end = span.start, span.end
        first, last = document.turn_at(start), document.turn_at(end - 1)
        if first is not None:
            speech = document.speech(first)
            if speech is not None and start < speech.start < end:
                start = speech.start
        if last is not None and last != first:
            speech = document.speech(last)
            if speech is None or end <= speech.start:
                end = document.turn_span(last).start
        return Span(start, end) if start < end else span

    def codings_here(self, *, own: bool = False) -> list[Coding]:
        """The codings that are shown here, the shortest first.

        With a selection, here is the selection: the codings of just this passage, or, where there
        are none, those that share words with it.
        """
        opened = self.opened
        if opened is None:
            return []
        marks = self.reader.codings_here()
        passage = self.passage() if self.reader.selection else None
        if passage is not None:
            within = self.reader.codings.within(passage.start, passage.end)
            marks = [mark for mark in within if mark.span == passage] or within
        found = [opened.codings[mark.id] for mark in marks if mark.id in opened.codings]
        if own:
            found = [coding for coding in found if coding.coder == self.session.coder]
        return sorted(found, key=lambda coding: len(coding.span))

    def suggestions_here(self) -> list[Suggestion]:
        """The suggestions at the cursor, the surest first."""
        if self.opened is None:
            return []
        marks = self.reader.suggestions_here()
        found = [self.opened.suggestions[m.id] for m in marks if m.id in self.opened.suggestions]
        return sorted(found, key=lambda suggestion: -suggestion.score)

    def turn_id(self) -> int | None:
        """The number in the project of the turn at the cursor."""
        turn = self.reader.turn
        if self.opened is None or turn is None or turn >= len(self.opened.turn_ids):
            return None
        return self.opened.turn_ids[turn]

    # Keeping up

    def put(self, coding: Coding) -> None:
        """Shows a coding as it is in the project."""
        if self.opened is None or coding.document != self.opened.id:
            return
        if self.opened.codings.get(coding.id) == coding:
            return
        self.opened.codings[coding.id] = coding
        if coding.coder == self.session.coder:
            for mark in self.reader.suggestions.within(coding.span.start, coding.span.end):
                if mark.code == coding.code:
                    self.opened.suggestions.pop(mark.id, None)
                    self.reader.remove_suggestion(mark.id)
        if self.shows(coding.code):
            self.reader.put_coding(coding_mark(coding, self.session.coder))
        else:
            self.reader.remove_coding(coding.id)

    def drop(self, coding: str) -> None:
        """Takes a coding off the screen."""
        if self.opened is not None:
            self.opened.codings.pop(coding, None)
        self.reader.remove_coding(coding)

    def keep_up(self, changes: Changes) -> None:
        """Brings the open transcript in step with the project."""
        if self.opened is None:
            return
        document = self.opened.id
        if changes.many:
            self._reload(document)
            return
        for coding in changes.codings:
            self.put(coding)
        for gone in changes.gone:
            self.drop(gone)
        if changes.turns:
            self.session.desk.ask(
                "turns",
                lambda project: Turns.load(project, document),
                lambda turns: self._turns_known(document, turns),
            )
        if changes.memos or changes.codebook:
            self.session.desk.ask(
                "memos", lambda project: project.memos.of_document(document), self._memos_known
            )
        if changes.rereading:
            self.session.desk.ask(
                "reread", lambda project: to_reread(project, document), self._reread_known
            )
        if changes.marks or changes.codebook:
            self.count_soon()
        elif changes.run is not None:  # what is coded is as it was
            self.read_suggestions()
        self.look()

    def _reload(self, document: str) -> None:
        """Reads the open transcript anew; the cursor stays."""
        self.keep_place()

        def known(opened: Opened | None) -> None:
            if self.opened is not None and self.opened.id == document:
                if opened is not None:
                    opened.suggestions = _without(opened.suggestions, self.deciding)
                self._lay_open(opened, None)
                self.count_soon()

        self.session.desk.ask("open", lambda project: _load(project, document), known)

    def read_notes(self) -> None:
        """Reads what is laid over the transcript far from the cursor."""
        opened, unsure = self.opened, frozenset(self.deciding)
        if opened is None or opened.whole:
            return

        def known(notes: Notes) -> None:
            if self.opened is opened:
                opened.codings = {**notes.codings, **opened.codings}
                opened.suggestions = _without(notes.suggestions, unsure)
                opened.memos, opened.reread, opened.whole = notes.memos, notes.reread, True
                self.show_marks()

        self.session.desk.ask("all", lambda project: Notes.load(project, opened.id), known)

    def _turns_known(self, document: str, turns: Turns) -> None:
        if self.opened is None or self.opened.id != document:
            return
        self.opened.turn_ids = turns.ids
        self.reader.set_turns(turns.turns, turns.speakers)
        self.opened.document = self.reader.document
        self.look()

    def _memos_known(self, memos: list[Memo]) -> None:
        opened = self.opened
        if opened is not None and all(memo.document == opened.id for memo in memos):
            opened.memos = memos
            self.look()

    def _reread_known(self, reread: dict[str, Reread]) -> None:
        opened = self.opened
        if opened is not None and all(each.document == opened.id for each in reread.values()):
            opened.reread = reread
            self.look()

    @property
    def counting(self) -> bool:
        """Whether counts are about to be made anew."""
        return self._counting is not None

    def count_soon(self) -> None:
        """Counts anew, and sees which suggestions wait, when nothing has changed for a while."""
        if self._counting is not None:
            self._counting.stop()
        self._counting = self.set_timer(PAUSE, self.count)

    def count(self) -> None:
        """Asks for all that follows from codings and decisions."""
        self._counting = None
        if self.opened is not None:
            self.count_share()
            self.read_suggestions()

    def read_suggestions(self) -> None:
        """Asks which suggestions wait."""
        opened, unsure = self.opened, frozenset(self.deciding)
        if opened is None:
            return
        self.session.desk.ask(
            "pending",
            lambda project: Pending.load(project, opened.id),
            lambda found: self._pending_known(opened.id, found, unsure),
        )

    def _pending_known(self, document: str, found: Pending, unsure: Collection[str]) -> None:
        if self.opened is None or self.opened.id != document:
            return
        self.opened.basis = found.basis
        waits = _without(found.suggestions, unsure)
        if waits != self.opened.suggestions:
            self.opened.suggestions = waits
            self.reader.set_suggestions(self.suggestion_marks())
        self.look()


def _without(found: dict[str, Suggestion], unsure: Collection[str]) -> dict[str, Suggestion]:
    """What a reading found, without those whose decisions were being written when it was asked
    for: it says nothing of them."""
    return {key: one for key, one in found.items() if key not in unsure}


def _load(project: Project, document: str) -> Opened | None:
    try:
        return load(project, document)
    except NotFoundError:
        return None


def shares(project: Project, document: str = "") -> dict[str, float | None]:
    """How much of what interviewees say is coded, 0–1, by transcript id; of one or of all."""
    from commonplace.analysis.coverage import coded_shares
    from commonplace.analysis.filters import Filters

    return coded_shares(project, Filters(documents=(document,) if document else ()))
