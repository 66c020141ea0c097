"""What a codebook is worked on with: how each code is used, what to read again, what changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from commonplace.analysis.filters import Filters
from commonplace.analysis.notes import noted
from commonplace.analysis.people_codes import said_by
from commonplace.analysis.scope import Scope
from commonplace.domain.codebook import Codebook
from commonplace.domain.codebook_diff import diff
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

USAGE = (
    Column("code_id"),
    Column("code"),
    Column("code_path"),
    Column("retired"),
    Column("codings", "codings"),
    Column("transcripts", "transcripts"),
    Column("participants", "participants"),
    Column("coders", "coders"),
    Column("accepted", "suggestions"),
    Column("edited", "suggestions"),
    Column("rejected", "suggestions"),
    Column("to_reread", "codings"),
    Column("last_used", time=True),
)
"""Columns of `usage`."""

REREADING = (
    Column("coding_id"),
    Column("document"),
    Column("start", "code points"),
    Column("end", "code points"),
    Column("quote"),
    Column("code_path"),
    Column("coder"),
    Column("was"),
    Column("now"),
    Column("revised_by"),
    Column("revised_at", time=True),
)
"""Columns of `rereading`."""

CHANGES = tuple(Column(name) for name in ("change", "code_path", "field", "before", "after"))
"""Columns of `changes`."""


def usage(project: Project, filters: Filters | None = None) -> Table:
    """A row for each code by itself, its sub-codes not counted in, in reading order.

    `codings` are those of all coders wherever they stand, `participants` who speaks in them,
    interviewers aside; `accepted`, `edited` and `rejected` are decisions on suggestions of the
    code, `to_reread` codings made under an older definition, `last_used` when it was last
    applied. Of the filters, decisions and what is to be read again heed none.
    """
    scope = Scope(project, filters or Filters(direct=True))

    def rows() -> Iterator[Row]:
        counted = {
            code: tuple(rest)
            for code, *rest in project.connection.execute(
                "SELECT code_id, count(*), count(DISTINCT document_id), count(DISTINCT coder), "
                f"max(coded_at) FROM codings WHERE {scope.condition} GROUP BY code_id",
                scope.values,
            )
        }
        people: dict[str, set[str]] = defaultdict(set)
        for voice, passages in said_by(scope):
            for code in {code for passage in passages for code in passage.codes}:
                people[code].add(voice.person)
        decided = Counter(
            {
                (code, verdict): number
                for code, verdict, number in project.connection.execute(
                    "SELECT code_id, verdict, count(*) FROM decisions GROUP BY code_id, verdict"
                )
            }
        )
        reread = project.rereading.counts()
        for code in scope.codes:
            entry = scope.codebook[code]
            codings, transcripts, coders, last = counted.get(code, (0, 0, 0, None))
            yield (
                code,
                entry.name,
                scope.codebook.path(code),
                entry.retired,
                codings,
                transcripts,
                len(people[code]),
                coders,
                *(decided[code, verdict] for verdict in ("accepted", "edited", "rejected")),
                reread.get(code, 0),
                last,
            )

    return Table(
        "usage",
        USAGE,
        rows,
        noted(scope, "Each code by itself, its sub-codes not counted in."),
        brief=("code_path", "codings", "transcripts", "participants", "to_reread", "last_used"),
    )


def rereading(project: Project, code: str | None = None) -> Table:
    """A row for each coding made under an older definition of its code, which nobody has looked
    at since; of all codes or of one (its id). `was` and `now` are the fields that changed."""

    def rows() -> Iterator[Row]:
        codebook = project.codes.codebook()
        names = dict(project.connection.execute("SELECT id, name FROM documents"))
        for found in project.rereading.pending(code=code):
            entry = codebook[found.code]
            yield (
                found.coding,
                names[found.document],
                found.span.start,
                found.span.end,
                found.exact,
                codebook.path(found.code),
                found.coder,
                _fields(found.before),
                _fields({name: getattr(entry, name) for name in found.before}),
                found.revised_by,
                found.revised_at,
            )

    return Table(
        "rereading",
        REREADING,
        rows,
        "Codings made under an older definition of their code.",
        brief=("coding_id", "quote", "code_path", "was", "now", "coder", "document"),
    )


def changes(old: Codebook, new: Codebook) -> Table:
    """What became of the codes of `old` in `new`: see `codebook_diff.Change`."""
    rows = [(str(c.kind), c.path, c.field, c.before, c.after) for c in diff(old, new)]
    return Table("diff", CHANGES, lambda: rows)


def _fields(fields: Mapping[str, str]) -> str:
    if len(fields) == 1:
        return next(iter(fields.values()))
    return "; ".join(f"{name}: {value}" for name, value in fields.items())
