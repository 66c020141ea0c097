"""Correcting a transcript that is coded: another text in its place, and everything in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commonplace.domain.rewording import Rewording
from commonplace.domain.transcript import Transcript, Turn
from commonplace.project.amended_speakers import Cast
from commonplace.project.amended_turns import Carried, NewTurn, carried, shifted
from commonplace.project.amending import Carrier, Fate
from commonplace.project.documents import Documents, StoredTurn, take_turn_numbers, turn_row
from commonplace.project.errors import NotFoundError, ProjectError
from commonplace.project.speakers import Speakers
from commonplace.project.store import Change, Store
from commonplace.project.versions import Versions


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a correction did."""

    document: str
    version: int | None
    """The number of the version that was replaced; None when there was nothing to correct."""
    fates: tuple[Fate, ...] = ()
    splices: int = 0
    """Stretches of the text that are others now."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Labels that are spelt otherwise: the old one by the new."""
    added: tuple[str, ...] = ()
    """Labels that are new."""
    gone: tuple[str, ...] = ()
    """Labels that stand nowhere any more."""
    turns_lost: int = 0
    """Turns whose speaker a person had set, and which are found no more."""
    forgotten: int = 0
    """Decisions on suggestions, and settlements, at words that are gone."""


class Amendments:
    """Corrections of the transcripts of a project."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._documents = Documents(store)
        self._speakers = Speakers(store)
        self._versions = Versions(store)

    def amend(
        self,
        document: str,
        read: Transcript,
        *,
        group: str | None = None,
        relabel: bool = False,
    ) -> Amendment:
        """Puts a corrected text in the place of a transcript's; name and identity stay.

        Codings, memos, quotes, decisions and turns go where their words are, the older version is
        kept, and what cannot be placed waits in `Unplaced`. With `relabel`, the labels that were
        read hold also where a person changed no turn but the project has another. Codings of
        `read` are left out. Raises `NotFoundError`.
        """
        name = self._name(document)
        with self._store.transaction(f"corrected {name}", group=group) as change:
            old = self._documents.turns(document)
            rewording = Rewording(self._documents.text(document), read.text)
            turns = carried(rewording, old, read, relabel=relabel)
            return self._replace(change, document, rewording, old=old, turns=turns, read=read)

    def edit_turn(self, document: str, turn: int, words: str) -> Amendment:
        """Puts other words in the place of what is said in a turn, by its number.

        Otherwise as `amend`. Raises `ProjectError` when nothing would be said.
        """
        name = self._name(document)
        words = "\n".join(words.strip().splitlines())
        if not words:
            raise ProjectError(
                "a turn needs words: write […] for what is to be left out, or join it to another"
            )
        with self._store.transaction(f"corrected a turn of {name}") as change:
            old = self._documents.turns(document)
            edited = next((each for each in old if each.id == turn), None)
            if edited is None:
                raise NotFoundError("that turn is not there any more: look again")
            text = self._documents.text(document)
            new = text[: edited.speech_start] + words + text[edited.end :]
            turns = Carried(shifted(old, turn, len(new) - len(text)), 0)
            return self._replace(change, document, Rewording(text, new), old=old, turns=turns)

    def _replace(
        self,
        change: Change,
        document: str,
        rewording: Rewording,
        *,
        old: Sequence[StoredTurn],
        turns: Carried,
        read: Transcript | None = None,
    ) -> Amendment:
        splices = rewording.splices
        if not splices and _same(old, turns.turns):
            return Amendment(document, None)
        version = self._versions.keep(change, document, rewording.old, splices, old)
        carrier = Carrier(self._store, change, document, rewording, version)
        fates = carrier.carry()
        cast = Cast(self._speakers.all(document), turns.turns, read)
        cast.come(change, self._documents, document)
        rows = self._rows(document, rewording.new, turns.turns, cast.ids)
        _put(change, document, rewording, old=old, rows=rows)
        cast.go(self._store, change)
        carrier.cues(read.cues if read is not None else ())
        facts: dict[str, Any] = {"length": len(rewording.new)}
        if read is not None:
            facts |= {"format": read.format, "sha256": read.sha256, "reader": read.reader}
        change.update("documents", document, **facts)
        return Amendment(
            document,
            len(self._versions.all(document)) - 1,
            tuple(fates),
            len(splices),
            cast.renamed,
            cast.added,
            cast.gone,
            turns.lost,
            carrier.forgotten,
        )

    def _rows(
        self, document: str, text: str, turns: Sequence[NewTurn], speakers: Mapping[str, str]
    ) -> list[tuple[Any, ...]]:
        """The rows of the turns. A turn that was there before keeps its number."""
        first = take_turn_numbers(self._store, len(turns))
        rows, taken = [], set()
        for place, each in enumerate(turns):
            number = first + place
            if each.old is not None and each.old.id not in taken:
                number = each.old.id
            taken.add(number)
            speaker = speakers[each.turn.speaker or ""]
            rows.append(turn_row(number, document, each.turn, speaker, text, by_hand=each.by_hand))
        return rows

    def _name(self, document: str) -> str:
        name = self._store.value("SELECT name FROM documents WHERE id = ?", document)
        if name is None:
            raise NotFoundError("that transcript is not in the project any more")
        return str(name)


def _put(
    change: Change,
    document: str,
    rewording: Rewording,
    *,
    old: Sequence[StoredTurn],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Stores the text and the turns; those that stay as they are are not touched."""
    before = {each.id: _row(each, document, rewording.old) for each in old}
    stay = {row[0] for row in rows if before.get(row[0]) == row}
    change.delete("turns", [each.id for each in old if each.id not in stay])
    change.reword(document, rewording.splices)
    change.insert("turns", [row for row in rows if row[0] not in stay])


def _row(turn: StoredTurn, document: str, text: str) -> tuple[Any, ...]:
    """The row that a turn is stored as."""
    return turn_row(turn.id, document, _turn(turn), turn.speaker_id, text, by_hand=turn.by_hand)


def _turn(old: StoredTurn) -> Turn:
    return Turn(
        old.start,
        old.speech_start,
        old.end,
        old.speaker,
        old.label,
        old.stamp,
        old.time,
        old.page,
    )


def _same(old: Sequence[StoredTurn], new: Sequence[NewTurn]) -> bool:
    return [(_turn(each), each.by_hand) for each in old] == [
        (each.turn, each.by_hand) for each in new
    ]
