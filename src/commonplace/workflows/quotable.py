"""Tables of passages as they may leave the project: without words that must not be quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from commonplace.analysis.filters import Filters
from commonplace.analysis.quote_desk import LEFT_OUT, Desk
from commonplace.analysis.scope import Scope
from commonplace.domain.table import Cell, Row, Table
from commonplace.project import Project

PASSAGES = frozenset(["codings", "retrieval", "search", "kwic", "memos", "co-occurring passages"])
"""Tables of which a row holds what was said in one place."""

KEPT = "not to be quoted from"
"""Stands in the remark on a table that holds words which must not leave."""

_AROUND = (("before", "after"), ("left", "right"))
"""Columns that hold the words around a passage."""

_OWN = "memos"
"""The table whose rows are the researchers' own: it loses the words that were said, no rows."""

_AT_ONCE = 2_000
"""Rows that are looked at together."""


def quotable(project: Project, table: Table, *, keep: bool = False) -> Table:
    """The table without the words that must not leave: of those who did not agree to be quoted,
    and in single quotes that were refused, withdrawn or put under embargo (see `Desk.withheld`).

    The note says how much was left out and why. With `keep` all rows stay, and the note says that
    they are working material. Tables other than `PASSAGES` are as they are.
    """
    if table.name not in PASSAGES or not {"document", "start", "end"} <= set(table.header):
        return table
    guard = _Guard(project, table)
    if not guard.desk.restrains:
        return table
    rows = table.rows if keep else guard.rows
    return Table(
        table.name,
        table.columns,
        rows,
        lambda: [*table.remarks, guard.kept() if keep else guard.left_out()],
        table.brief,
    )


def about_consent(table: Table) -> list[str]:
    """The remarks of `quotable` on a table."""
    if table.name not in PASSAGES:
        return []
    return [remark for remark in table.remarks if LEFT_OUT in remark or KEPT in remark]


class _Guard:
    """Looks for words that must not leave in the rows of a table."""

    def __init__(self, project: Project, table: Table) -> None:
        scope = Scope(project, Filters())
        self.desk = Desk(scope)
        self._table = table
        self._ids = {name: document for document, name in scope.documents.items()}
        names = table.header
        self._place = [names.index(name) for name in ("document", "start", "end")]
        self._around = next(
            ([names.index(one), names.index(two)] for one, two in _AROUND if one in names), []
        )
        self._words = names.index("quote") if table.name == _OWN else None
        self._counted: Counter[str] | None = None

    def rows(self) -> Iterator[Row]:
        """The rows that may leave, in order, without context that may not."""
        counted: Counter[str] = Counter()
        for row, reason in self._judged():
            if reason:
                counted[reason] += 1
                if self._words is not None:
                    yield _without(row, [self._words])
            elif self._around and self._closed_around(row):
                yield _without(row, self._around)
            else:
                yield row
        self._counted = counted

    def left_out(self) -> str:
        """A remark on how many rows were left out, and why; empty for none."""
        count, why = self._reasons()
        if not count:
            return ""
        what = "rows" if count > 1 else "row"
        if self._words is not None:
            return f"The words of {count} {what} {LEFT_OUT} ({why})."
        return f"{count} {what} {LEFT_OUT} ({why})."

    def kept(self) -> str:
        """A remark on how many rows must not be quoted from, and why; empty for none."""
        count, why = self._reasons()
        holds = "rows hold" if count > 1 else "row holds"
        said = f"{count} {holds} words that must not leave ({why})"
        return f"Working material, {KEPT}: {said}." if count else ""

    def _reasons(self) -> tuple[int, str]:
        if self._counted is None:
            self._counted = Counter(reason for _, reason in self._judged() if reason)
        counted = sorted(self._counted.items())
        return self._counted.total(), "; ".join(f"{count}: {reason}" for reason, count in counted)

    def _judged(self) -> Iterator[tuple[Row, str]]:
        """Each row with the reason why its words must not leave, if there is one."""
        rows = iter(self._table)
        while batch := list(islice(rows, _AT_ONCE)):
            yield from zip(batch, self._judge(batch), strict=True)

    def _judge(self, batch: list[Row]) -> list[str]:
        reasons = [""] * len(batch)
        inside: dict[str, list[int]] = {}
        for number, row in enumerate(batch):
            document, start, _ = self._at(row)
            if document in self._ids and isinstance(start, int):
                inside.setdefault(self._ids[str(document)], []).append(number)
        for document, numbers in inside.items():
            spans = [self._span(batch[number]) for number in numbers]
            # in order, as looking them up wants them
            order = sorted(range(len(spans)), key=spans.__getitem__)
            found = self.desk.withheld(document, [spans[each] for each in order], versions=False)
            for place, reason in found.items():
                reasons[numbers[order[place]]] = reason
        return reasons

    def _closed_around(self, row: Row) -> bool:
        """Whether the words around a passage reach into what must not leave."""
        before, after = (len(str(row[place] or "")) for place in self._around)
        start, end = self._span(row)
        closed = self.desk.closed(self._ids[str(self._at(row)[0])])
        return any(one < end + after and start - before < two for one, two in closed)

    def _at(self, row: Row) -> list[Cell]:
        return [row[place] for place in self._place]

    def _span(self, row: Row) -> tuple[int, int]:
        _, start, end = self._at(row)
        return int(start or 0), int(end or 0)


def _without(row: Row, places: list[int]) -> Row:
    return tuple(None if place in places else cell for place, cell in enumerate(row))
