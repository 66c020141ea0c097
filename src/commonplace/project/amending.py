"""Taking along whatever stands at the words of a transcript when its text is corrected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from commonplace.domain.anchor import Anchor, anchor
from commonplace.domain.placing import Outcome, Placement, place
from commonplace.domain.rewording import Rewording
from commonplace.domain.span import Span
from commonplace.domain.suggestion import suggestion_id
from commonplace.project import schema
from commonplace.project.rearranging import update_all
from commonplace.project.store import Change, Row, Store
from commonplace.project.unplaced import set_aside

ANCHORED = tuple(
    table.name
    for table in schema.TABLES
    if {"document_id", "start", "end", "exact"} <= table.fields.keys() and table.name != "unplaced"
)
"""The tables whose rows keep the exact words they stand at."""

TWICE = "the same stands at these words already"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a coding, a memo on a stretch, or a kept quote."""

    kind: str
    """The table it is from: codings, memos or quotes."""
    id: str
    code: str | None
    """Id of the code, if it has one."""
    coder: str
    outcome: Outcome
    before: Span
    after: Span | None
    """None for what could not be placed."""
    was: str
    """The words it stood at."""
    now: str | None
    """The words it stands at."""
    reason: str = ""
    """Why it could not be placed."""


class Carrier:
    """Moves what stands at the words of a transcript. `version` is the one that was replaced."""

    def __init__(
        self, store: Store, change: Change, document: str, rewording: Rewording, version: str
    ) -> None:
        self._store = store
        self._change = change
        self._document = document
        self._rewording = rewording
        self._version = version
        self._known: dict[Span, Placement] = {}
        self.forgotten = 0
        """Decisions about suggestions, and settlements, at words that are gone."""

    def carry(self) -> list[Fate]:
        """Moves everything; returns what became of it, in order of place."""
        fates = [fate for table in ANCHORED for fate in self._anchored(table)]
        fates += self._memos()
        self._decisions()
        self._settlements()
        self._audits()
        return sorted(fates, key=lambda fate: (fate.before, fate.id))

    def cues(self, read: tuple[tuple[int, float], ...]) -> None:
        """Puts the time marks that were read in the place of those there are; where none were
        read, those stay that stand at words that stayed."""
        old = dict(
            self._store.rows(
                'SELECT "offset", seconds FROM cues WHERE document_id = ?', self._document
            )
        )
        new = dict(read)
        if not new:
            for offset, seconds in old.items():
                edge = self._rewording.start(offset)
                if edge.firm:
                    new[edge.offset] = seconds
        if new != old:
            self._change.delete_where("cues", document_id=self._document)
            self._change.insert("cues", [(self._document, *cue) for cue in sorted(new.items())])

    def _rows(self, table: str) -> Iterator[Row]:
        columns = schema.BY_NAME[table].columns
        listed = ", ".join(f'"{column}"' for column in columns)
        for row in self._store.rows(
            f'SELECT {listed} FROM "{table}" WHERE document_id = ? AND start IS NOT NULL '
            'ORDER BY start, "end" DESC, rowid',
            self._document,
        ):
            yield dict(zip(columns, row, strict=True))

    def _place(self, span: Span, words: Anchor | None = None) -> Placement:
        """As `placing.place`, each place without words of its own looked at once."""
        if words is not None and words != anchor(self._rewording.old, span):
            return place(self._rewording, span, words)
        if span not in self._known:
            self._known[span] = place(self._rewording, span)
        return self._known[span]

    def _anchored(self, table: str) -> Iterator[Fate]:
        """Rows that keep their words: they get those that stand there now, or are set aside."""
        unique = [name for key in schema.BY_NAME[table].unique for name in key]
        own = [name for name in unique if name not in ("document_id", "start", "end")]
        taken: set[tuple[Any, ...]] = set()
        updates: dict[str, dict[str, Any]] = {}
        for row in list(self._rows(table)):
            span = Span(row["start"], row["end"])
            words = Anchor(row["exact"], row["prefix"], row["suffix"])
            placement = self._place(span, words)
            if placement.span is not None:
                key = (placement.span, *(row[name] for name in own))
                if unique and key in taken:
                    placement = Placement(Outcome.UNPLACED, None, TWICE)
                taken.add(key)
            if placement.span is None:
                self._set_aside(table, row, words, placement.reason)
                yield self._fate(table, row, span, words.exact, placement)
                continue
            there = anchor(self._rewording.new, placement.span)
            updates[row["id"]] = {
                "start": placement.span.start,
                "end": placement.span.end,
                "exact": there.exact,
                "prefix": there.prefix,
                "suffix": there.suffix,
            }
            yield self._fate(table, row, span, words.exact, placement)
        update_all(self._change, table, ["start", "end", *own], updates)

    def _memos(self) -> Iterator[Fate]:
        for row in list(self._rows("memos")):
            span = Span(row["start"], row["end"])
            placement = self._place(span)
            words = anchor(self._rewording.old, span)
            if placement.span is None:
                self._set_aside("memos", row, words, placement.reason)
            else:
                new = placement.span
                self._change.update("memos", row["id"], start=new.start, end=new.end)
            yield self._fate("memos", row, span, words.exact, placement)

    def _set_aside(self, table: str, row: Row, words: Anchor, reason: str) -> None:
        set_aside(
            self._store,
            self._change,
            table,
            row,
            words=words,
            version=self._version,
            reason=reason,
        )

    def _fate(self, table: str, row: Row, span: Span, was: str, placement: Placement) -> Fate:
        after = placement.span
        now = None if after is None else self._rewording.new[after.start : after.end]
        return Fate(
            table,
            row["id"],
            row.get("code_id"),
            row.get("coder", ""),
            placement.outcome,
            span,
            after,
            was,
            now,
            placement.reason,
        )

    def _decisions(self) -> None:
        """Decisions go with the suggestions they are about; of two that come to be about the same
        the later one stays."""
        latest: dict[tuple[str, str], Row] = {}
        ids: dict[str, str] = {}
        gone = []
        for row in sorted(self._rows("decisions"), key=lambda row: row["decided_at"]):
            new = self._place(Span(row["start"], row["end"])).span
            if new is None:
                gone.append(row["id"])
                continue
            key = suggestion_id(self._document, new, row["code_id"])
            ids[row["suggestion_id"]] = key
            earlier = latest.get((key, row["coder"]))
            if earlier is not None:
                gone.append(earlier["id"])
            moved = {"suggestion_id": key, "start": new.start, "end": new.end}
            latest[key, row["coder"]] = {"id": row["id"], **moved}
        self._change.delete("decisions", gone)
        self.forgotten += len(gone)
        update_all(
            self._change,
            "decisions",
            ["suggestion_id", "coder"],
            {row.pop("id"): row for row in latest.values()},
        )
        for key, old in self._store.rows(
            "SELECT id, suggestion_id FROM codings WHERE document_id = ? "
            "AND suggestion_id IS NOT NULL",
            self._document,
        ):
            self._change.update("codings", key, suggestion_id=ids.get(old, old))

    def _settlements(self) -> None:
        """What was settled stays settled where all that was compared is still there."""
        for row in list(self._rows("settlements")):
            whole = self._place(Span(row["start"], row["end"])).span
            basis = {
                coder: [self._place(Span(*span)).span for span in spans]
                for coder, spans in json.loads(row["basis"]).items()
            }
            spans = [span for each in basis.values() for span in each]
            compared = [span for span in [whole, *spans] if span is not None]
            if len(compared) <= len(spans):
                self._change.delete("settlements", [row["id"]])
                self.forgotten += 1
                continue
            self._change.update(
                "settlements",
                row["id"],
                start=min(span.start for span in compared[1:] or compared),
                end=max(span.end for span in compared[1:] or compared),
                basis=json.dumps(
                    {
                        coder: [[span.start, span.end] for span in each if span is not None]
                        for coder, each in basis.items()
                    },
                    ensure_ascii=False,
                ),
            )

    def _audits(self) -> None:
        """Segments of audits stay with their words; those whose words are gone are gone."""
        for row in list(self._rows("audit_segments")):
            new = self._place(Span(row["start"], row["end"])).span
            if new is None:
                self._change.delete("audit_segments", [row["id"]])
                self.forgotten += 1
            else:
                self._change.update("audit_segments", row["id"], start=new.start, end=new.end)
