"""Who speaks in a corrected transcript: those who did, under the labels they have now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from commonplace.domain.transcript import Speaker, Transcript
from commonplace.project.amended_turns import NewTurn, renamed
from commonplace.project.documents import Documents
from commonplace.project.speakers import SpeakerInfo
from commonplace.project.store import Change, Store


class Cast:
    """The speakers of a transcript before and after a correction.

    Whoever has the label they had, or only another spelling of it, is who they were: the person,
    what is known of them, and whether they interview.
    """

    def __init__(
        self, before: Iterable[SpeakerInfo], turns: Sequence[NewTurn], read: Transcript | None
    ) -> None:
        self._before = list(before)
        self._read = read
        self._labels = list(dict.fromkeys(each.turn.speaker or "" for each in turns))
        known = {speaker.label: speaker for speaker in self._before}
        self.ids = {label: known[label].id for label in self._labels if label in known}
        """Ids of the speakers by label."""
        new = [label for label in self._labels if label not in known]
        spelt = {new: old for new, old in renamed(turns, known).items() if new not in self.ids}
        self.renamed = {old: new for new, old in spelt.items()}
        """Labels that are spelt otherwise: the old one by the new."""
        self.ids.update((label, known[spelt[label]].id) for label in new if label in spelt)
        self.added = tuple(label for label in new if label not in spelt)
        """Labels that nobody had."""
        stay = set(self.ids.values())
        self._leaving = [each for each in self._before if each.id not in stay and each.turns]
        self.gone = tuple(each.label for each in self._leaving)
        """Labels that nobody has any more."""

    def come(self, change: Change, documents: Documents, document: str) -> None:
        """Gives labels their new spelling, and takes in those who are new."""
        for speaker in self._before:
            label = self.renamed.get(speaker.label)
            if label is None:
                continue
            change.update("speakers", speaker.id, label=label)
            person = change.row("people", speaker.person) if speaker.person else None
            if person is not None and person["name"] == speaker.label:
                change.update("people", person["id"], name=label)
        if self.added and self._read is not None:
            listed = {speaker.label: speaker for speaker in self._read.speakers}
            new = tuple(listed.get(label, Speaker(label)) for label in self.added)
            self.ids |= documents.add_speakers(
                change, document, replace(self._read, speakers=new, turns=())
            )

    def go(self, store: Store, change: Change) -> None:
        """Takes out who speaks no more; the person stays while they speak elsewhere, or something
        is known of them."""
        for speaker in self._leaving:
            change.delete("speakers", [speaker.id])
            person = speaker.person
            if person is None:
                continue
            needed = store.rows(
                "SELECT 1 FROM speakers WHERE person_id = ?1 "
                "UNION ALL SELECT 1 FROM attributes WHERE person_id = ?1",
                person,
            )
            if not needed:
                change.delete("people", [person])
