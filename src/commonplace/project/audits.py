"""Blind audits: a random sample, what was suggested for it, and what a person coded there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from commonplace.domain.coding import Origin
from commonplace.domain.span import Span
from commonplace.project.codings import Codings
from commonplace.project.errors import NotFoundError, ProjectError
from commonplace.project.store import Change, Store, new_id, now

UNITS = ("sentence", "turn")

_AUDIT = (
    "SELECT a.id, a.coder, a.unit, a.seed, a.population, a.transcripts, a.labelled, a.codes, "
    "a.made_by, a.started_at, a.finished_at, count(s.id), count(s.codes) "
    "FROM audits a LEFT JOIN audit_segments s ON s.audit_id = a.id "
)
_SEGMENT = 'SELECT id, place, document_id, start, "end", suggested, codes FROM audit_segments '


@dataclass(frozen=True, slots=True)
class Drawn:
    """A segment of a sample, and the codes (ids) suggested for it."""

    document: str
    span: Span
    suggested: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """What an audit begins with. `population` is the number of segments drawn from, in so many
    `transcripts`; `labelled` the segments that suggestions had been learnt from."""

    unit: str
    seed: int
    population: int
    transcripts: int
    labelled: int
    codes: tuple[str, ...]
    drawn: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """An audit, and how far it is."""

    id: str
    coder: str
    unit: str
    seed: int
    population: int
    transcripts: int
    labelled: int
    codes: tuple[str, ...]
    made_by: str
    started_at: str
    finished_at: str | None
    segments: int
    answered: int

    @property
    def lasts(self) -> bool:
        """Whether it is not finished."""
        return self.finished_at is None


@dataclass(frozen=True, slots=True)
class AuditSegment:
    """A segment of an audit. `place` counts from 1; `codes` are the person's answer, None before
    there is one, and empty where no code applies."""

    id: str
    place: int
    document: str
    span: Span
    suggested: tuple[str, ...]
    codes: tuple[str, ...] | None


class Audits:
    """The audits of a project. Writing methods are about this coder's."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Audit]:
        """All audits, of all coders, the oldest first."""
        rows = self._store.rows(_AUDIT + "GROUP BY a.id ORDER BY a.started_at, a.id")
        return [_audit(row) for row in rows]

    def get(self, audit: str) -> Audit:
        """The audit of that id, or of the only id that begins so. Raises `NotFoundError`."""
        found = [each for each in self.all() if each.id == audit or each.id.startswith(audit)]
        exact = [each for each in found if each.id == audit]
        if exact or len(found) == 1:
            return (exact or found)[0]
        raise NotFoundError(f"no audit '{audit}': `audit PROJECT status` lists them")

    def current(self) -> Audit | None:
        """This coder's audit that lasts, if there is one."""
        mine = [each for each in self.all() if each.coder == self._store.coder and each.lasts]
        return mine[-1] if mine else None

    def latest(self) -> Audit | None:
        """The audit that this coder began last, else the last of anybody's."""
        every = self.all()
        mine = [each for each in every if each.coder == self._store.coder]
        found = mine or every
        return found[-1] if found else None

    def segments(self, audit: str) -> list[AuditSegment]:
        """The segments of an audit, in the order in which they were drawn."""
        rows = self._store.rows(_SEGMENT + "WHERE audit_id = ? ORDER BY place", audit)
        return [_segment(row) for row in rows]

    def start(self, sample: Sample) -> Audit:
        """Begins an audit. Raises `ProjectError` while another one of this coder lasts."""
        from importlib.metadata import version

        if self.current() is not None:
            raise ProjectError(
                "an audit is under way: finish it, or drop it, before the next one begins"
            )
        key = new_id()
        with self._store.transaction(f"began a blind audit of {len(sample.drawn)}") as change:
            change.insert_row(
                "audits",
                id=key,
                coder=self._store.coder,
                unit=sample.unit,
                seed=sample.seed,
                population=sample.population,
                transcripts=sample.transcripts,
                labelled=sample.labelled,
                codes=json.dumps(sample.codes),
                made_by=f"commonplace {version('commonplace')}",
                started_at=now(),
            )
            for place, each in enumerate(sample.drawn, start=1):
                change.insert_row(
                    "audit_segments",
                    id=new_id(),
                    audit_id=key,
                    place=place,
                    document_id=each.document,
                    start=each.span.start,
                    end=each.span.end,
                    suggested=json.dumps(each.suggested),
                )
        return self.get(key)

    def answer(self, segment: str, codes: Sequence[str] | None) -> None:
        """Says which codes apply to a segment: none of them where empty; None takes it back.

        Raises `NotFoundError`, and `ProjectError` for an audit that is over or somebody else's.
        """
        audit, place = self._of(segment)
        self._refuse_unless_open(audit)
        known = {row[0] for row in self._store.rows("SELECT id FROM codes")}
        if missing := [code for code in codes or () if code not in known]:
            raise NotFoundError(f"there is no code '{missing[0]}' in the codebook")
        given = None if codes is None else json.dumps(list(dict.fromkeys(codes)))
        with self._store.transaction(f"answered no. {place} of a blind audit") as change:
            change.update(
                "audit_segments",
                segment,
                codes=given,
                answered_at=None if given is None else now(),
            )

    def finish(self, audit: str, *, keep: bool = False) -> int:
        """Ends an audit; with `keep` the answers become codings. Returns how many did.

        Raises `ProjectError` where nothing is answered, or as `answer` does.
        """
        found = self.get(audit)
        self._refuse_unless_open(found)
        if not found.answered:
            raise ProjectError("nothing is answered yet: drop the audit, or answer some of it")
        with self._store.transaction("finished a blind audit") as change:
            change.update("audits", found.id, finished_at=now())
            return self._keep(found.id) if keep else 0

    def keep(self, audit: str) -> int:
        """Makes codings of the answers of an audit that is over; returns how many are new."""
        found = self.get(audit)
        if found.lasts:
            raise ProjectError("that audit is not finished yet")
        with self._store.transaction("made codings of the answers of a blind audit"):
            return self._keep(found.id)

    def drop(self, audit: str) -> None:
        """Removes an audit with its answers; can be undone."""
        found = self.get(audit)
        with self._store.transaction("dropped a blind audit") as change:
            change.delete_where("audit_segments", audit_id=found.id)
            change.delete("audits", [found.id])

    def _keep(self, audit: str) -> int:
        """What is coded in a retired code, or in one that is gone, stays an answer."""
        usable = {row[0] for row in self._store.rows("SELECT id FROM codes WHERE NOT retired")}
        by_document: dict[str, list[tuple[Span, str]]] = {}
        for segment in self.segments(audit):
            by_document.setdefault(segment.document, []).extend(
                (segment.span, code) for code in segment.codes or () if code in usable
            )
        codings = Codings(self._store)
        return sum(
            codings.add_many(document, found, origin=Origin.MANUAL)
            for document, found in by_document.items()
            if found
        )

    def _of(self, segment: str) -> tuple[Audit, int]:
        rows = self._store.rows("SELECT audit_id, place FROM audit_segments WHERE id = ?", segment)
        if not rows:
            raise NotFoundError(f"no segment '{segment}': `audit PROJECT segments` lists them")
        return self.get(rows[0][0]), rows[0][1]

    def _refuse_unless_open(self, audit: Audit) -> None:
        if not audit.lasts:
            raise ProjectError("that audit is finished; its answers are as they were given")
        if audit.coder != self._store.coder:
            raise ProjectError(f"that audit is for {audit.coder} to answer")


def under_audit(store: Store) -> Iterable[tuple[str, int, int]]:
    """Transcript, start and end of the segments that this coder is to code blind, by start."""
    return store.rows(
        'SELECT s.document_id, s.start, s."end" FROM audit_segments s '
        "JOIN audits a ON a.id = s.audit_id WHERE a.coder = ? AND a.finished_at IS NULL "
        "ORDER BY s.start",
        store.coder,
    )


def recode(store: Store, change: Change, code: str, into: str) -> None:
    """What was answered and suggested as `code` was answered and suggested as `into`."""
    for key, *lists in store.rows(
        "SELECT id, suggested, codes FROM audit_segments "
        "WHERE instr(suggested, ?1) OR instr(codes, ?1)",
        code,
    ):
        changed = [
            None
            if each is None
            else json.dumps(
                list(dict.fromkeys(into if one == code else one for one in json.loads(each)))
            )
            for each in lists
        ]
        change.update("audit_segments", key, suggested=changed[0], codes=changed[1])


def _audit(row: tuple[Any, ...]) -> Audit:
    names = Audit.__dataclass_fields__
    return Audit(**{**dict(zip(names, row, strict=False)), "codes": tuple(json.loads(row[7]))})


def _segment(row: tuple[Any, ...]) -> AuditSegment:
    codes = None if row[6] is None else tuple(json.loads(row[6]))
    return AuditSegment(
        row[0], row[1], row[2], Span(row[3], row[4]), tuple(json.loads(row[5])), codes
    )
