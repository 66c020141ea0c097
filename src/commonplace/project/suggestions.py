"""Suggestions that wait for a decision, and the decisions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from commonplace.domain.coding import Coding, Origin
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion, Verdict
from commonplace.project.audits import under_audit
from commonplace.project.codings import Codings
from commonplace.project.errors import DuplicateError, NotFoundError, ProjectError
from commonplace.project.replacing import replace
from commonplace.project.store import Change, Store, new_id, now
from commonplace.project.stretches import Stretches

_SELECT = 'SELECT s.document_id, s.start, s."end", s.code_id, s.score, s.reasons FROM suggestions s'
CHANGED = "the codebook entry has changed since you rejected this"
CORRECTED = "the words have been corrected since you rejected this"
"""The first reason of a suggestion that comes back although this coder has rejected it."""
RENEWED = "the codebook entry is new or has changed since you marked this transcript done"
"""The first reason of a suggestion in a transcript that this coder has marked done."""

_BACK = (CHANGED, CORRECTED)
_AGAIN = f"json_extract(s.reasons, '$[0]') IN {_BACK}"
_UNDECIDED = (
    "NOT EXISTS (SELECT 1 FROM decisions d WHERE d.suggestion_id = s.id AND d.coder = :coder "
    f"AND NOT (d.verdict = 'rejected' AND ifnull({_AGAIN}, 0)))"
)


def notice_of(reasons: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Why a suggestion is made although it had been settled, if it had; and the words alone."""
    settled = bool(reasons) and reasons[0] in (*_BACK, RENEWED)
    return (reasons[0], tuple(reasons[1:])) if settled else ("", tuple(reasons))


def _is_back(suggestion: Suggestion, verdict: str) -> bool:
    """Whether it may be decided about anew: rejected, but what that rested on has changed."""
    return verdict == Verdict.REJECTED and notice_of(suggestion.reasons)[0] in _BACK


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a suggestion."""

    suggestion: str
    verdict: Verdict
    reason: str
    coder: str
    coding: str | None
    decided_at: str
    seen: bool = True
    """False where it was accepted unread, with others of its confidence."""


LEARNS_FROM = 5
"""Segments that a person must have been at before anything is learnt from them."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a run of suggestions rested on."""

    labelled: int = 0
    """Segments with decisions or codings, or passed over, that there were to learn from."""
    calibrated: bool = False
    """Whether scores mean what they say; if not, show bands (`Suggestion.band`), no digits."""
    quiet: dict[str, float] = field(default_factory=dict)
    """Codes that are not proposed for now, because most of their last suggestions were rejected:
    the share that was accepted (0–1), by the code's id."""

    @property
    def learnt(self) -> bool:
        """Whether that was enough to learn anything."""
        return self.labelled >= LEARNS_FROM


class Suggestions:
    """What the machine proposes to this coder, and to nobody else: each has their own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._codings = Codings(store)

    def pending(
        self, document: str | None = None, *, within: Span | None = None
    ) -> list[Suggestion]:
        """Those that this coder has neither decided on nor coded by other means, be it with a
        sub-code.

        None for codes that are retired, and none at segments that this coder codes blind in an
        audit that lasts. In order of document and place; of one transcript only
        those that overlap `within`.
        """
        condition = "" if document is None else "AND s.document_id = :document"
        if within is not None:
            condition += ' AND s.start < :high AND s."end" > :low'
        rows = self._store.connection.execute(
            f"{_SELECT} JOIN documents o ON o.id = s.document_id "
            f"WHERE s.coder = :coder AND {_UNDECIDED} {condition} "
            "AND s.code_id NOT IN (SELECT id FROM codes WHERE retired) "
            'ORDER BY o.name, s.start, s."end", s.score DESC, s.code_id',
            {
                "coder": self._store.coder,
                "document": document,
                "low": within.start if within else None,
                "high": within.end if within else None,
            },
        )
        coded = self._coded(document)
        hidden: dict[str, Stretches] = defaultdict(Stretches)
        for belongs_to, start, end in under_audit(self._store):
            hidden[belongs_to].add(start, end)
        return [
            _suggestion(row)
            for row in rows
            if not coded[row[0], row[3]].overlaps(row[1], row[2])
            and not hidden[row[0]].overlaps(row[1], row[2])
        ]

    def _coded(self, document: str | None) -> dict[tuple[str, str], Stretches]:
        """What this coder has coded, by transcript and code; a sub-code counts for what is above.

        Held against thousands of suggestions at once: as a condition in SQL it cost a scan each.
        """
        coded: dict[tuple[str, str], Stretches] = defaultdict(Stretches)
        rows = self._store.connection.execute(
            'SELECT document_id, code_id, start, "end" FROM codings WHERE coder = :coder '
            + ("" if document is None else "AND document_id = :document ")
            + "ORDER BY start",
            {"coder": self._store.coder, "document": document},
        )
        above = dict(self._store.rows("SELECT id, parent_id FROM codes"))
        for belongs_to, code, start, end in rows:
            each = code
            while each is not None:
                coded[belongs_to, each].add(start, end)
                each = above.get(each)
        return coded

    def get(self, suggestion: str) -> Suggestion:
        """This coder's suggestion of that id, as it is made or as they decided about it.

        Raises `NotFoundError`.
        """
        coder = self._store.coder
        rows = self._store.rows(
            f"{_SELECT} WHERE s.coder = ? AND s.id = ?", coder, suggestion
        ) or self._store.rows(
            'SELECT document_id, start, "end", code_id, score, reasons FROM decisions '
            "WHERE coder = ? AND suggestion_id = ?",
            coder,
            suggestion,
        )
        if not rows:
            raise NotFoundError(
                f"no suggestion '{suggestion}' for {coder}: it may have been replaced, or be "
                "another coder's; `suggest` lists them"
            )
        return _suggestion(rows[0])

    def _meant(self, suggestion: str | Suggestion) -> Suggestion:
        """What a decision is about: a suggestion by id, or as somebody saw it, which holds though
        it may not be proposed any more."""
        return self.get(suggestion) if isinstance(suggestion, str) else suggestion

    def accept(self, suggestion: str | Suggestion) -> Coding:
        """Makes a coding of a suggestion, just as it is; that it was rejected is over then.

        Raises `ProjectError` where a coding was made of it and stands, and as `Codings.add` does.
        """
        return self._take(self._meant(suggestion), Verdict.ACCEPTED, None, None)

    def accept_unread(self, suggestions: Sequence[Suggestion]) -> int:
        """Makes codings of many suggestions that nobody has looked at one by one; returns of how
        many. What this coder has coded just so or decided about meanwhile is passed over."""
        rows = self._store.rows(
            "SELECT suggestion_id, verdict FROM decisions WHERE coder = ?", self._store.coder
        )
        decided = dict(rows)
        taken = 0
        with self._store.transaction(f"accepted suggestions: {len(suggestions)}") as change:
            for old in suggestions:
                if old.id in decided and not _is_back(old, decided[old.id]):
                    continue
                try:
                    coding = self._coded_as(old, Origin.ACCEPTED)
                except DuplicateError:
                    continue
                self._decide(change, old, Verdict.ACCEPTED, coding=coding.id, seen=False)
                taken += 1
        return taken

    def edit(
        self,
        suggestion: str | Suggestion,
        *,
        span: Span | None = None,
        code: str | None = None,
    ) -> Coding:
        """Makes a coding of a suggestion with another span or code. Raises as `accept` does."""
        old = self._meant(suggestion)
        if (span or old.span, code or old.code) == (old.span, old.code):
            return self.accept(old)
        return self._take(old, Verdict.EDITED, span, code)

    def reject(self, suggestion: str | Suggestion, reason: str = "") -> None:
        """Puts a suggestion aside for good, for this coder.

        Raises `ProjectError` where it was rejected already, and where this coder's coding says the
        contrary: one made of it, or any of this code on this very passage.
        """
        old = self._meant(suggestion)
        with self._store.transaction(f"rejected {self._said(old)}") as change:
            self._refuse_settled(old, Verdict.REJECTED)
            try:
                self._codings.refuse_unfit(old.document, old.span, old.code)
            except DuplicateError as error:
                raise ProjectError(f"{error}: remove that coding first") from None
            self._decide(change, old, Verdict.REJECTED, reason=reason.strip())

    def explain(self, suggestion: str, reason: str) -> None:
        """Adds to this coder's rejection why it was one.

        A reason that stands is not replaced: from two windows it would be woven into the history
        of both, and neither could be undone.
        """
        found = self._store.connection.execute(
            "SELECT id, reason FROM decisions "
            "WHERE suggestion_id = ? AND coder = ? AND verdict = ?",
            (suggestion, self._store.coder, str(Verdict.REJECTED)),
        ).fetchone()
        if found is None:
            raise NotFoundError("that suggestion is not rejected")
        key, said = found
        if said:
            raise DuplicateError(f"why it was rejected is said already: {said}")
        with self._store.transaction("said why a suggestion was rejected") as change:
            change.update("decisions", key, reason=reason.strip())

    def decisions(self, document: str | None = None) -> list[Decision]:
        """Decisions of all coders, the oldest first."""
        condition = "" if document is None else "WHERE document_id = ?"
        rows = self._store.connection.execute(
            "SELECT suggestion_id, verdict, reason, coder, coding_id, decided_at, seen "
            f"FROM decisions {condition} ORDER BY decided_at, id",
            () if document is None else (document,),
        )
        return [
            Decision(suggestion, Verdict(verdict), reason, coder, coding, at, bool(seen))
            for suggestion, verdict, reason, coder, coding, at, seen in rows
        ]

    def replace(self, document: str, suggestions: Iterable[Suggestion]) -> None:
        """Puts these in the place of what was proposed to this coder for a transcript. For the
        worker; not journaled. See `replacing`."""
        replace(self._store, document, suggestions, passing=_BACK)

    @property
    def run(self) -> int:
        """The number of the last finished run for this coder; it grows by one with each."""
        found = self._store.value(
            "SELECT run FROM suggestion_runs WHERE coder = ?", self._store.coder
        )
        return int(found or 0)

    @property
    def basis(self) -> Basis:
        """What the last finished run for this coder rested on."""
        found = self._store.value(
            "SELECT basis FROM suggestion_runs WHERE coder = ?", self._store.coder
        )
        return Basis(**json.loads(found)) if found else Basis()

    def finish_run(self, basis: Basis = Basis()) -> int:
        """Says that a run is complete, so that whoever shows suggestions reads them anew."""
        number = self.run + 1
        self._store.connection.execute(
            "INSERT OR REPLACE INTO suggestion_runs VALUES (?, ?, ?)",
            (self._store.coder, number, json.dumps(asdict(basis))),
        )
        return number

    def _take(
        self, old: Suggestion, verdict: Verdict, span: Span | None, code: str | None
    ) -> Coding:
        origin = Origin.ACCEPTED if verdict is Verdict.ACCEPTED else Origin.EDITED
        said = "accepted" if verdict is Verdict.ACCEPTED else "accepted, with changes,"
        with self._store.transaction(f"{said} {self._said(old)}") as change:
            self._refuse_settled(old, verdict)
            coding = self._coded_as(old, origin, span, code)
            self._decide(change, old, verdict, coding=coding.id)
        return coding

    def _coded_as(
        self, old: Suggestion, origin: Origin, span: Span | None = None, code: str | None = None
    ) -> Coding:
        return self._codings.add(
            old.document,
            span or old.span,
            code or old.code,
            origin=origin,
            score=old.score,
            reasons=notice_of(old.reasons)[1],
            suggestion=old.id,
        )

    def _refuse_settled(self, old: Suggestion, verdict: Verdict) -> None:
        """Raises `ProjectError` where this coder's last word on a suggestion stands: a coding made
        of it, as it is now, or a rejection before another; and where they are coding blind."""
        for document, start, end in under_audit(self._store):
            if document == old.document and old.span.overlaps(Span(start, end)):
                raise ProjectError(
                    "that suggestion lies in a sentence of your audit, to be coded without it: "
                    "finish the audit first"
                )
        for before, code, name, start, end in self._store.rows(
            'SELECT d.verdict, k.name, o.name, c.start, c."end" FROM decisions d '
            "LEFT JOIN codings c ON c.id = d.coding_id LEFT JOIN codes k ON k.id = c.code_id "
            "LEFT JOIN documents o ON o.id = c.document_id "
            "WHERE d.suggestion_id = ? AND d.coder = ?",
            old.id,
            self._store.coder,
        ):
            if code is not None:
                raise ProjectError(
                    f"you have accepted this already, as '{code}' in {name}, {start} to {end}: "
                    "undo that, or remove the coding first"
                )
            if before == verdict == Verdict.REJECTED and not _is_back(old, before):
                raise ProjectError(f"you have rejected {self._said(old)} already")

    def _decide(
        self,
        change: Change,
        old: Suggestion,
        verdict: Verdict,
        *,
        reason: str = "",
        coding: str | None = None,
        seen: bool = True,
    ) -> None:
        notice, words = notice_of(old.reasons)
        if notice in _BACK:  # decided about again, it does not wait until the next run
            self._store.connection.execute(
                "UPDATE main.suggestions SET reasons = ? WHERE coder = ? AND id = ?",
                (json.dumps(words, ensure_ascii=False), self._store.coder, old.id),
            )
        change.delete_where("decisions", suggestion_id=old.id, coder=self._store.coder)
        change.insert_row(
            "decisions",
            id=new_id(),
            suggestion_id=old.id,
            document_id=old.document,
            start=old.span.start,
            end=old.span.end,
            code_id=old.code,
            score=old.score,
            reasons=json.dumps(words, ensure_ascii=False),
            verdict=str(verdict),
            reason=reason,
            coding_id=coding,
            coder=self._store.coder,
            decided_at=now(),
            seen=int(seen),
        )

    def _said(self, old: Suggestion) -> str:
        name = self._store.value("SELECT name FROM documents WHERE id = ?", old.document)
        code = self._store.value("SELECT name FROM codes WHERE id = ?", old.code)
        return f"the suggestion '{code}' in {name}, {old.span.start} to {old.span.end}"


def _suggestion(row: tuple[Any, ...]) -> Suggestion:
    return Suggestion(
        document=row[0],
        span=Span(row[1], row[2]),
        code=row[3],
        score=row[4],
        reasons=tuple(json.loads(row[5])),
    )
