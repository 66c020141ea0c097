"""Tables of passages as they may leave the project: without words that must not be quoted."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from commonplace.analysis.filters import Filters
from commonplace.analysis.quote_desk import LEFT_OUT, Desk
from commonplace.analysis.scope import Scope
from commonplace.domain.consent import HAS_WITHDRAWN
from commonplace.domain.table import Cell, Row, Table
from commonplace.project import Project

PASSAGES: dict[str, tuple[str, ...]] = {
    "codings": (),
    "retrieval": (),
    "search": (),
    "kwic": (),
    "co-occurring passages": (),
    "suggestions": (),
    "quotes shown as typical": (),
    "memos": ("quote",),
    "disagreements": ("quote",),
    "rereading": ("quote",),
    "audit segments": ("quote",),
    "decisions": ("reasons",),
    "quote desk": ("quote", "published_quote"),
    "unplaced": ("words", "before", "after"),
    "amendment": ("words", "new_words"),
}
"""Tables of which a row holds what was said in one place, each with the columns that lose their
words where these must not leave: what somebody has decided or written stays. Without such columns
the row goes."""

_ANYWHERE = frozenset(["unplaced", "amendment"])
"""Of these the words have no place in the text as it is: they count as said by everybody who
speaks in the transcript."""

KEPT = "not to be quoted from"
"""Stands in the remark on a table that holds words which must not leave."""

_AROUND = (("before", "after"), ("left", "right"))
"""Columns that hold the words around a passage."""

_WHOLE = (0, sys.maxsize)
"""A span that holds any transcript."""

_AT_ONCE = 2_000
"""Rows that are looked at together."""


def quotable(project: Project, table: Table, *, keep: bool = False) -> Table:
    """The table without the words that must not leave: of those who did not agree to be quoted,
    and in single quotes that were refused, withdrawn or put under embargo (see `Desk.withheld`).

    The note says how much was left out and why. With `keep` only what somebody says who has
    withdrawn goes, and the note says that the rest is working material. Tables other than
    `PASSAGES`, and counts of the same names, are as they are.
    """
    if table.name not in PASSAGES or not {"document", "start", "end"} <= set(table.header):
        return table
    guard = _Guard(project, table, keep=keep)
    if not guard.desk.restrains:
        return table
    return Table(
        table.name,
        table.columns,
        guard.rows if guard.takes_away else table.rows,
        lambda: [*table.remarks, *guard.remarks()],
        table.brief,
    )


def about_consent(table: Table) -> list[str]:
    """The remarks of `quotable` on a table."""
    if table.name not in PASSAGES:
        return []
    return [remark for remark in table.remarks if LEFT_OUT in remark or KEPT in remark]


class _Guard:
    """Looks for words that must not leave in the rows of a table."""

    def __init__(self, project: Project, table: Table, *, keep: bool) -> None:
        scope = Scope(project, Filters())
        self.desk = Desk(scope)
        self._table = table
        self._keep = keep
        self._anywhere = table.name in _ANYWHERE
        self.takes_away = not keep or (bool(scope.withdrawn) and not self._anywhere)
        """Whether any words may have to go."""
        self._ids = {name: document for document, name in scope.documents.items()}
        names = table.header
        self._place = [names.index(name) for name in ("document", "start", "end")]
        self._words = [names.index(name) for name in PASSAGES[table.name]]
        around = [[names.index(name) for name in both] for both in _AROUND if both[0] in names]
        self._around = around[0] if around and not self._anywhere else []
        self._versions = "published_quote" in names
        self._counted: Counter[str] | None = None

    def rows(self) -> Iterator[Row]:
        """The rows that may leave, in order, without words and context that may not."""
        counted: Counter[str] = Counter()
        for row, reason in self._judged():
            if reason:
                counted[reason] += 1
            if self._goes(reason):
                if self._words:
                    yield _without(row, self._words)
            elif self._around and not self._keep and self._closed_around(row):
                yield _without(row, self._around)
            else:
                yield row
        self._counted = counted

    def remarks(self) -> list[str]:
        """How many rows were left out or must not be quoted from, and why."""
        if self._counted is None:
            self._counted = Counter(reason for _, reason in self._judged() if reason)
        gone = {reason: n for reason, n in self._counted.items() if self._goes(reason)}
        kept = {reason: n for reason, n in self._counted.items() if not self._goes(reason)}
        said = []
        if gone:
            rows, why = _told(gone)
            what = f"The words of {rows}" if self._words else rows
            said.append(f"{what} {LEFT_OUT} ({why}).")
        if kept:
            rows, why = _told(kept)
            holds = "hold" if sum(kept.values()) > 1 else "holds"
            must_not = f"{rows} {holds} words that must not leave ({why})"
            said.append(f"Working material, {KEPT}: {must_not}.")
        return said

    def _goes(self, reason: str) -> bool:
        """Whether words that are held back for that reason are taken away."""
        if not self._keep:
            return bool(reason)
        return reason == HAS_WITHDRAWN and not self._anywhere

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
            ordered = [spans[each] for each in order]
            found = self.desk.withheld(document, ordered, versions=self._versions)
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
        if self._anywhere:
            return _WHOLE
        _, start, end = self._at(row)
        return int(start or 0), int(end or 0)


def _told(counted: dict[str, int]) -> tuple[str, str]:
    """How many rows, and how many of them for which reason."""
    total = sum(counted.values())
    why = "; ".join(f"{count}: {reason}" for reason, count in sorted(counted.items()))
    return f"{total} {'rows' if total > 1 else 'row'}", why


def _without(row: Row, places: list[int]) -> Row:
    return tuple(None if place in places else cell for place, cell in enumerate(row))
