"""What has changed in a project, read from the journal rows after the last one seen."""

from __future__ import annotations

from typing import Any, NamedTuple

from commonplace.domain.coding import Coding
from commonplace.project import NotFoundError, Project
from commonplace.tui.messages import Changes

MANY = 500
"""More changed codings than this are not told one by one."""

MARKS = frozenset(
    ("audits", "audit_segments", "codings", "decisions", "memos", "project", "settlements")
)
"""Tables of what people made of the transcripts, and of settings."""


class Seen(NamedTuple):
    """How far somebody has looked: the last journal entry, and the suggestion run."""

    seq: int
    run: int

    @classmethod
    def now(cls, project: Project) -> Seen:
        """All there is at this moment."""
        return cls(project.journal.last_seq(), project.suggestions.run)


class Watch:
    """Looks at a project through one connection, from what was `seen` on."""

    def __init__(self, project: Project, seen: Seen | None = None) -> None:
        self._project = project
        self._version = -1
        self._seen, self._run = seen or Seen.now(project)
        self._blind = project.blind.on

    def others(self) -> Changes | None:
        """What other connections changed since the last look; None when nothing."""
        version = self._project.data_version()
        if version == self._version:
            return None
        self._version = version
        return self.changes()

    def changes(self) -> Changes | None:
        """What changed since the last look, through this connection or another."""
        coders: set[str] = set()
        tables: set[str] = set()
        touched: set[str] = set()
        reworded = False
        blind = self._project.blind.on
        unveiled, self._blind = blind is not self._blind, blind  # other codings may be seen now
        for number, coder, operations in self._project.journal.since(self._seen):
            self._seen = number
            coders.add(coder)
            for operation in operations:
                tables.add(operation["table"])
                unveiled |= blind and operation["table"] == "done"
                reworded |= "splice" in operation
                if operation["table"] == "codings":
                    touched.update(_keys(operation))
        run = self._project.suggestions.run
        renewed = run if run != self._run else None
        self._run = run
        if not coders and renewed is None:
            return None
        many = len(touched) > MANY or unveiled or reworded
        codings, gone = self._now(set() if many else touched)
        return Changes(
            codings=codings,
            gone=gone,
            many=many,
            marks=bool(tables & MARKS),
            memos="memos" in tables,
            quotes=bool(tables & {"quotes", "quote_uses"}),
            rereading="rereadings" in tables,
            turns=bool(tables & {"turns", "speakers"}),
            waiting="unplaced" in tables,
            codebook="codes" in tables,
            shelf=bool(tables & {"documents", "done"}),
            people=bool(tables & {"people", "attributes", "attribute_types", "speakers"}),
            run=renewed,
            coders=frozenset(coders),
        )

    def _now(self, touched: set[str]) -> tuple[tuple[Coding, ...], frozenset[str]]:
        """The codings of these ids as they are now, and the ids of those that are gone."""
        codings, gone = [], set()
        for key in sorted(touched):
            try:
                coding = self._project.codings.get(key)
                if not self._project.blind.hides(coding.document, coding.coder):
                    codings.append(coding)
            except NotFoundError:
                gone.add(key)
        return tuple(codings), frozenset(gone)


def _keys(operation: dict[str, Any]) -> set[str]:
    """The ids of the codings that an operation adds, changes or removes."""
    return {
        *operation.get("insert", ()),
        *(key for key, _, _ in operation.get("update", ())),
        *(row["id"] for row in operation.get("delete", ())),
    }
