"""Who speaks in which turn, and putting a reader's guess right."""

from __future__ import annotations

from dataclasses import dataclass

from commonplace.domain.span import Span, trim
from commonplace.domain.transcript import INTERVIEWER, PARTICIPANT
from commonplace.domain.words import count_words
from commonplace.project.documents import Documents, StoredTurn, take_turn_numbers
from commonplace.project.errors import NotFoundError, ProjectError
from commonplace.project.store import Change, Store, new_id


@dataclass(frozen=True, slots=True)
class SpeakerInfo:
    """A label in one transcript, with how much is said under it."""

    id: str
    document: str
    label: str
    interviewer: bool
    person: str | None
    turns: int
    words: int


class Speakers:
    """The speakers of transcripts, and the turns they have."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._documents = Documents(store)

    def all(self, document: str) -> list[SpeakerInfo]:
        """The speakers of a transcript, in order of appearance."""
        rows = self._store.rows(
            "SELECT s.id, s.document_id, s.label, s.interviewer, s.person_id, s.turns, s.words "
            "FROM speakers s WHERE s.document_id = ? "
            "ORDER BY (SELECT min(start) FROM turns t WHERE t.speaker_id = s.id), s.label",
            document,
        )
        return [SpeakerInfo(row[0], row[1], row[2], bool(row[3]), *row[4:]) for row in rows]

    def set_interviewer(self, document: str, label: str, interviewer: bool = True) -> None:
        """Says that a speaker is an interviewer, or is not."""
        speaker = self._speaker(document, label)
        says = "an interviewer" if interviewer else "no interviewer"
        with self._store.transaction(f"said that {label or 'the speaker'} is {says}") as change:
            self._mark(change, speaker, interviewer)

    def flip(self, document: str, turn: int, *, following: bool = False) -> str:
        """Gives a turn to the next speaker of its transcript; returns that speaker's label.

        With `following`, the turns after it, up to the next one set by hand, change places
        between the same two speakers. A transcript with a single unnamed speaker gets an
        interviewer and a participant.
        """
        with self._store.transaction("changed who speaks") as change:
            turns = self._documents.turns(document)
            place = self._place(turns, turn)
            old = turns[place]
            new = self._other(change, document, old)
            change.update("turns", turn, speaker_id=new.id, by_hand=1)
            if following:
                swap = {old.speaker_id: new.id, new.id: old.speaker_id}
                for later in turns[place + 1 :]:
                    if later.by_hand:
                        break
                    if later.speaker_id in swap:
                        change.update("turns", later.id, speaker_id=swap[later.speaker_id])
        return new.label

    def assign(self, document: str, turn: int, label: str) -> None:
        """Gives a turn to the speaker of that label, who is added if new."""
        with self._store.transaction(f"gave a turn to {label}") as change:
            known = {speaker.label: speaker for speaker in self.all(document)}
            speaker = known.get(label) or self._add(change, document, label, interviewer=False)
            change.update("turns", turn, speaker_id=speaker.id, by_hand=1)

    def split_turn(self, document: str, turn: int, offset: int) -> None:
        """Ends a turn before `offset`; what follows is a turn of the next speaker.

        Raises `ProjectError` when nothing would be said on one side.
        """
        with self._store.transaction("split a turn") as change:
            turns = self._documents.turns(document)
            old = turns[self._place(turns, turn)]
            text = self._documents.text(document)
            before, after = self._halves(text, old, offset)
            new = self._other(change, document, old)
            change.update(
                "turns", turn, end=before.end, words=count_words(text[before.start : before.end])
            )
            change.insert_row(
                "turns",
                id=take_turn_numbers(self._store, 1),
                document_id=document,
                start=after.start,
                speech_start=after.start,
                end=after.end,
                speaker_id=new.id,
                words=count_words(text[after.start : after.end]),
                by_hand=1,
                page=old.page,
            )

    def join_turn(self, document: str, turn: int) -> None:
        """Adds the next turn's words to this one. Raises `ProjectError` when it is the last."""
        with self._store.transaction("joined two turns") as change:
            turns = self._documents.turns(document)
            place = self._place(turns, turn)
            if place + 1 == len(turns):
                raise ProjectError("this is the last turn: there is none to join to it")
            this, following = turns[place], turns[place + 1]
            text = self._documents.text(document)
            change.delete("turns", [following.id])
            change.update(
                "turns",
                turn,
                end=following.end,
                words=count_words(text[this.speech_start : following.end]),
                by_hand=1,
            )

    def _halves(self, text: str, turn: StoredTurn, offset: int) -> tuple[Span, Span]:
        if turn.speech_start < offset < turn.end:
            before = trim(text, Span(turn.speech_start, offset))
            after = trim(text, Span(offset, turn.end))
            if before is not None and after is not None:
                return Span(turn.speech_start, before.end), Span(after.start, turn.end)
        raise ProjectError("put the cursor where the second speaker begins, inside the turn")

    def _place(self, turns: list[StoredTurn], turn: int) -> int:
        for place, candidate in enumerate(turns):
            if candidate.id == turn:
                return place
        raise NotFoundError("that turn is not there any more: look again")

    def _speaker(self, document: str, label: str) -> SpeakerInfo:
        for speaker in self.all(document):
            if speaker.label.casefold() == label.casefold():
                return speaker
        known = ", ".join(f"'{speaker.label}'" for speaker in self.all(document))
        raise NotFoundError(f"no speaker '{label}' in this transcript: there are {known}")

    def _other(self, change: Change, document: str, turn: StoredTurn) -> SpeakerInfo:
        """The speaker who comes after this turn's in the transcript's list, around and around."""
        speakers = self.all(document)
        if len(speakers) == 1:
            only = speakers[0]
            label = PARTICIPANT if only.interviewer else INTERVIEWER
            return self._add(change, document, label, interviewer=not only.interviewer)
        place = next(i for i, speaker in enumerate(speakers) if speaker.id == turn.speaker_id)
        return speakers[(place + 1) % len(speakers)]

    def _add(self, change: Change, document: str, label: str, *, interviewer: bool) -> SpeakerInfo:
        speaker = SpeakerInfo(new_id(), document, label, interviewer, None, 0, 0)
        change.insert_row(
            "speakers",
            id=speaker.id,
            document_id=document,
            label=label,
            interviewer=int(interviewer),
            turns=0,
            words=0,
        )
        if not interviewer:
            self._embody(change, speaker)
        return speaker

    def _mark(self, change: Change, speaker: SpeakerInfo, interviewer: bool) -> None:
        change.update("speakers", speaker.id, interviewer=int(interviewer))
        if not interviewer and speaker.person is None:
            self._embody(change, speaker)

    def _embody(self, change: Change, speaker: SpeakerInfo) -> None:
        """Makes a person of a speaker who has none."""
        person = new_id()
        change.insert("people", [(person, speaker.label or PARTICIPANT)])
        change.update("speakers", speaker.id, person_id=person)
