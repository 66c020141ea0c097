"""Settling where coders differ: what a consensus coder has instead of their codings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from commonplace.domain.coding import Origin
from commonplace.domain.disagreement import Place, places
from commonplace.domain.span import Span
from commonplace.project.codings import Codings
from commonplace.project.documents import Documents
from commonplace.project.errors import NotFoundError, ProjectError
from commonplace.project.store import Change, Store, new_id, now

CONSENSUS = "consensus"
"""The coder whose codings are those that were agreed on."""


class Verdict(StrEnum):
    """How a disagreement was settled."""

    TAKEN = "taken"
    """As one of the coders has it."""
    BOTH = "both"
    """Everything that any of them marked, as one stretch where it touches."""
    NONE = "none"
    """The code does not apply here."""
    OTHER = "other"
    """Another stretch or another code."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """How somebody settled what coders had in a place at that time."""

    id: str
    document: str
    span: Span
    code: str
    basis: Mapping[str, tuple[Span, ...]]
    """What each of the coders compared had marked there."""
    verdict: Verdict
    took: str | None
    """Whose version was taken."""
    codings: tuple[str, ...]
    """Ids of the codings that the consensus got by it; some may have been removed since."""
    note: str
    coder: str
    """Who settled it."""
    settled_at: str

    def outdated(self, place: Place) -> str:
        """Why this does not settle what the coders have in a place now; empty when it does."""
        marked = place.marked
        missing = [coder for coder in marked if coder not in self.basis]
        if missing:
            return f"{' and '.join(missing)} {_were(missing)} not compared when it was settled"
        said = [_changed(coder, self.basis[coder], now) for coder, now in marked.items()]
        return "; ".join(words for words in said if words)


@dataclass(frozen=True, slots=True)
class Case:
    """A place where coders differ, and how it was settled, if it was."""

    place: Place
    settlement: Settlement | None = None
    reopened: str = ""
    """Why the settlement holds no longer; empty when it does or when there is none."""

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be done here."""
        return self.settlement is not None and not self.reopened


class Adjudication:
    """The disagreements of a project's coders, and their settlement."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._codings = Codings(store)
        self._documents = Documents(store)

    def cases(self, document: str, coders: Sequence[str]) -> list[Case]:
        """Where the coders differ in a transcript, settled or not, in order of place."""
        settled = self.settlements(document)
        return [
            _case(place, settled) for place in self._places(document, coders) if not place.agreed
        ]

    def settlements(self, document: str | None = None) -> list[Settlement]:
        """What was settled, in a transcript or in all, the oldest first."""
        condition, values = ("", ()) if document is None else ("WHERE document_id = ?", (document,))
        return [
            _settlement(row)
            for row in self._store.connection.execute(
                'SELECT id, document_id, start, "end", code_id, basis, verdict, took, codings, '
                f"note, coder, settled_at FROM settlements {condition} ORDER BY settled_at, id",
                values,
            )
        ]

    def settle(
        self,
        place: Place,
        verdict: Verdict,
        *,
        take: str | None = None,
        spans: Sequence[Span] = (),
        code: str | None = None,
        note: str = "",
    ) -> Settlement:
        """Settles a disagreement: the consensus coder gets what the verdict says.

        `take` names the coder of `TAKEN`; `spans` and `code` are those of `OTHER`, by default
        what `BOTH` would take and the code at hand. A settlement of the same place goes, with
        the codings it made. Where nothing is left open in the transcript, it is marked done for
        the consensus. Raises `ProjectError` when the codings have changed meanwhile.
        """
        coders = list(place.codings)
        if CONSENSUS in coders:
            raise ProjectError("the consensus is what gets settled: compare the others")
        if take is not None and take not in coders:
            raise NotFoundError(f"{take} is none of {', '.join(coders)}")
        wanted = _wanted(place, verdict, take, spans)
        draft = Settlement(
            id=new_id(),
            document=place.document,
            span=place.span,
            code=place.code,
            basis=place.marked,
            verdict=verdict,
            took=take,
            codings=(),
            note=note.strip(),
            coder=self._store.coder,
            settled_at=now(),
        )
        name, code_name = self._names(place.document, place.code)
        action = f"settled '{code_name}' in {name}, {place.span.start} to {place.span.end}"
        with self._store.transaction(action) as change:
            if place.marked != self._now(place, coders):
                raise ProjectError(
                    "somebody has changed their codings here meanwhile: look at it again"
                )
            self._clear(change, place)
            settlement = self._make(change, draft, wanted, code or place.code)
            self._finish(place.document, coders)
        return settlement

    def note(self, settlement: str, text: str) -> None:
        """Changes the note of a settlement."""
        with self._store.transaction("noted why it was settled so") as change:
            change.update("settlements", settlement, note=text.strip())

    def reopen(self, settlement: str) -> None:
        """Takes a settlement back, with the codings that the consensus got by it."""
        found = next((s for s in self.settlements() if s.id == settlement), None)
        if found is None:
            raise NotFoundError("that is not settled")
        name, code_name = self._names(found.document, found.code)
        with self._store.transaction(f"reopened '{code_name}' in {name}") as change:
            self._undo(change, found)
            change.delete("done", [[found.document, CONSENSUS]])

    def adopt(self, documents: Iterable[str], coders: Sequence[str]) -> int:
        """Gives the consensus coder all that the coders marked alike; returns how many codings.

        A transcript in which nothing is open is then marked done for the consensus.
        """
        taken = 0
        with self._store.transaction("took over what the coders agree on") as change:
            for document in documents:
                agreed = [p for p in self._places(document, coders) if p.agreed]
                taken += self._codings.add_many(
                    document,
                    [(span, place.code) for place in agreed for span in place.marked[coders[0]]],
                    origin=Origin.CONSENSUS,
                    coder=CONSENSUS,
                )
                self._finish(document, coders)
            change.action = f"took over {taken} codings that {' and '.join(coders)} agree on"
        return taken

    def _places(self, document: str, coders: Sequence[str]) -> list[Place]:
        return list(places(self._codings.of_document(document), coders))

    def _now(self, place: Place, coders: Sequence[str]) -> dict[str, tuple[Span, ...]] | None:
        for found in self._places(place.document, coders):
            if (found.code, found.span) == (place.code, place.span):
                return found.marked
        return None

    def _make(
        self, change: Change, draft: Settlement, wanted: Sequence[Span], code: str
    ) -> Settlement:
        """Gives the consensus what it is to have, and keeps the settlement with it."""
        there = self._consensus(draft.document, code)
        self._codings.add_many(
            draft.document,
            [(span, code) for span in wanted],
            origin=Origin.CONSENSUS,
            coder=CONSENSUS,
        )
        made = self._consensus(draft.document, code) - there
        settlement = replace(draft, codings=tuple(sorted(made)))
        change.insert("settlements", [_row(settlement)])
        return settlement

    def _clear(self, change: Change, place: Place) -> None:
        """Takes from the consensus what it has in a place, but what other places gave it."""
        settled = self.settlements(place.document)
        here = _about(place, settled)
        for old in here:
            self._undo(change, old)
        elsewhere = {coding for s in settled if s not in here for coding in s.codings}
        for coding in self._codings.of_document(place.document, within=place.span):
            theirs = (coding.coder, coding.code) == (CONSENSUS, place.code)
            if theirs and coding.id not in elsewhere:
                self._codings.remove(coding.id)

    def _undo(self, change: Change, settlement: Settlement) -> None:
        there = self._consensus(settlement.document)
        for coding in settlement.codings:
            if coding in there:
                self._codings.remove(coding)
        change.delete("settlements", [settlement.id])

    def _finish(self, document: str, coders: Sequence[str]) -> None:
        """Marks a transcript done for the consensus when everything in it is."""
        settled = self.settlements(document)
        theirs = {(c.code, c.span) for c in self._codings.of_document(document)
                  if c.coder == CONSENSUS}  # fmt: skip
        for place in self._places(document, coders):
            if place.agreed:
                spans = place.marked[coders[0]]
                if any((place.code, span) not in theirs for span in spans):
                    return
            elif not _case(place, settled).settled:
                return
        self._documents.set_done(document, coder=CONSENSUS)

    def _consensus(self, document: str, code: str | None = None) -> set[str]:
        """Ids of the consensus coder's codings in a transcript, with a code or with any."""
        return {
            row[0]
            for row in self._store.rows(
                "SELECT id FROM codings WHERE document_id = ?1 AND coder = ?2 "
                "AND (?3 IS NULL OR code_id = ?3)",
                document,
                CONSENSUS,
                code,
            )
        }

    def _names(self, document: str, code: str) -> tuple[str, str]:
        name = self._store.value("SELECT name FROM documents WHERE id = ?", document)
        code_name = self._store.value("SELECT name FROM codes WHERE id = ?", code)
        if name is None or code_name is None:
            raise NotFoundError("that transcript or code is not in the project any more")
        return str(name), str(code_name)


def _case(place: Place, settled: Sequence[Settlement]) -> Case:
    """A place with the settlement that is about it: one that holds, else the latest."""
    about = _about(place, settled)
    for settlement in reversed(about):
        if not settlement.outdated(place):
            return Case(place, settlement)
    return Case(place, about[-1], about[-1].outdated(place)) if about else Case(place)


def _about(place: Place, settled: Sequence[Settlement]) -> list[Settlement]:
    return [s for s in settled if s.code == place.code and s.span.overlaps(place.span)]


def _wanted(
    place: Place, verdict: Verdict, take: str | None, spans: Sequence[Span]
) -> Sequence[Span]:
    """The stretches that the consensus is to have."""
    if verdict is Verdict.NONE:
        return ()
    if verdict is Verdict.TAKEN:
        if take is None:
            raise ProjectError("say whose version is taken")
        return place.marked[take]
    if verdict is Verdict.OTHER and spans:
        return spans
    return (place.span,)


def _were(coders: Sequence[str]) -> str:
    return "was" if len(coders) == 1 else "were"


def _changed(coder: str, before: Sequence[Span], after: Sequence[Span]) -> str:
    if tuple(before) == tuple(after):
        return ""
    if not before:
        return f"{coder} has applied it since"
    if not after:
        return f"{coder} has taken it away since"
    return f"{coder} has marked another stretch since"


def _row(settlement: Settlement) -> tuple[Any, ...]:
    basis = {
        coder: [[span.start, span.end] for span in spans]
        for coder, spans in settlement.basis.items()
    }
    return (
        settlement.id,
        settlement.document,
        settlement.span.start,
        settlement.span.end,
        settlement.code,
        json.dumps(basis, ensure_ascii=False),
        str(settlement.verdict),
        settlement.took,
        json.dumps(list(settlement.codings)),
        settlement.note,
        settlement.coder,
        settlement.settled_at,
    )


def _settlement(row: tuple[Any, ...]) -> Settlement:
    basis = {
        coder: tuple(Span(start, end) for start, end in spans)
        for coder, spans in json.loads(row[5]).items()
    }
    return Settlement(
        id=row[0],
        document=row[1],
        span=Span(row[2], row[3]),
        code=row[4],
        basis=basis,
        verdict=Verdict(row[6]),
        took=row[7],
        codings=tuple(json.loads(row[8])),
        note=row[9],
        coder=row[10],
        settled_at=row[11],
    )
