"""What the codebook screen reads of a project, in the thread for tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from commonplace.project import Memo, Project, Reread


class Passage(NamedTuple):
    """A coding, as it is listed."""

    coding: str
    document: str
    start: int
    end: int
    exact: str
    code: str
    coder: str
    where: str
    """Name of the transcript."""
    speaker: str
    """Label of who begins to speak there; empty outside of turns."""
    reread: Reread | None
    """Why it is to be read again, if it is."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the codes besides their entries. Everything is by code."""

    usage: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    memos: Mapping[str, Sequence[Memo]] = field(default_factory=dict)

    @property
    def to_reread(self) -> int:
        """How many codings are to be read again."""
        return sum(int(row["to_reread"]) for row in self.usage.values())

    @property
    def counts(self) -> dict[str, int]:
        """How many codings each code has by itself."""
        return {code: int(row["codings"]) for code, row in self.usage.items()}


def known(project: Project) -> Known:
    """How every code is used, and what was noted about it."""
    from commonplace.analysis.codebook_work import usage

    memos: dict[str, list[Memo]] = defaultdict(list)
    for memo in project.memos.all():
        if memo.code is not None:
            memos[memo.code].append(memo)
    rows = usage(project).records()
    return Known({str(row["code_id"]): row for row in rows}, memos)


def passages(project: Project, code: str | None) -> list[Passage]:
    """The passages of a code, its sub-codes not included, in order of transcript and place; for
    None all that are to be read again."""
    reread = {each.coding: each for each in project.rereading.pending(code=code)}
    condition = (
        "c.code_id = ?" if code is not None else "c.id IN (SELECT coding_id FROM rereadings)"
    )
    rows = project.connection.execute(
        'SELECT c.id, c.document_id, c.start, c."end", c.exact, c.code_id, c.coder, d.name, '
        "ifnull((SELECT s.label FROM turns t JOIN speakers s ON s.id = t.speaker_id "
        'WHERE t.document_id = c.document_id AND t.start <= c.start AND t."end" > c.start '
        "ORDER BY t.start DESC LIMIT 1), '') "
        f"FROM codings c JOIN documents d ON d.id = c.document_id WHERE {condition} "
        'ORDER BY d.name, c.start, c."end", c.id',
        () if code is None else (code,),
    )
    return [Passage._make((*row, reread.get(row[0]))) for row in rows]
