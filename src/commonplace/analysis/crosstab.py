"""Codes against groups of people, or against transcripts: counts, shares, and a cautious test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.independence import Tested, holm, independence
from commonplace.analysis.names import free_names, natural
from commonplace.analysis.notes import noted
from commonplace.analysis.query.tree import NONE
from commonplace.analysis.scope import Scope
from commonplace.analysis.themes import DOCUMENT, themes
from commonplace.domain.table import Cell, Column, Row, Table
from commonplace.project import Project

__all__ = ["DOCUMENT", "Cells", "Count", "crosstab"]


class Count(StrEnum):
    """What is counted."""

    QUOTES = "quotes"
    TRANSCRIPTS = "transcripts"
    PARTICIPANTS = "participants"
    WORDS = "words"


class Cells(StrEnum):
    """What a cell shows of it."""

    COUNT = "count"
    ROW = "row"
    """The share of the row: how a code's count is spread over the groups."""
    COLUMN = "column"
    """The share of the group: of its participants, transcripts or words."""
    BINARY = "binary"
    """1 where the code occurs in the group at all, else 0."""


CAUTION = (
    "Interviews are no probability sample, and few: a small p is a reason to look closer, not a "
    "finding about a population. p_holm allows for the number of codes tested."
)


SHARES_OF = "shares_of"
TAKEN = ("code", "code_path", "total", SHARES_OF, "test", "p", "p_holm")
"""Names of columns; a group that is called so has ` (attribute)` behind its name."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One code: its counts by group in order, what they are of, and the same over all groups."""

    label: Row
    counts: list[int]
    of: list[int]
    total: int
    total_of: int


def crosstab(
    project: Project,
    filters: Filters | None = None,
    *,
    by: str,
    count: Count = Count.PARTICIPANTS,
    cells: Cells = Cells.COUNT,
    test: bool = False,
) -> Table:
    """A row for each code, with its sub-codes, and a column for each value of the attribute `by`.

    `by` may be `DOCUMENT`: a column for each transcript. Counts are those of `themes`. Counts of
    participants, transcripts and words stand beside what they are of (`Wales of`); someone whose
    value differs between transcripts is in several groups, and once in the total. Shares of a row
    are of `shares_of`, those of a group of what the note says. With `test`,
    `test`, `p` and `p_holm` say whether having the code goes with the group, where the conditions
    hold (see `independence`); those without a value are left out of it.

    Raises `FilterError` for a test of anything but participants in groups and for shares of
    quotes in a group, and as `themes` does.
    """
    asked = filters or Filters()
    if test and (count is not Count.PARTICIPANTS or by == DOCUMENT):
        raise FilterError("only participants can be tested: passages of one person are no sample")
    if count is Count.QUOTES and cells is Cells.COLUMN:
        raise FilterError("quotes are out of nothing: count participants, transcripts or words")
    scope = Scope(project, asked)
    attribute = by if by == DOCUMENT else scope.attribute(by)
    groups, lines = _lines(scope, attribute, count)
    shares = cells in (Cells.ROW, Cells.COLUMN)
    unit = "share 0–1" if shares else "0 or 1" if cells is Cells.BINARY else str(count)
    with_of = cells is Cells.COUNT and count is not Count.QUOTES
    columns = [Column("code"), Column("code_path")]
    for name in (*free_names(groups, TAKEN), "total"):
        columns.append(Column(name, unit, of=f"{name} of" if with_of else ""))
        if with_of:
            columns.append(Column(f"{name} of", unit))
    if cells is Cells.ROW:
        columns.append(Column(SHARES_OF, str(count)))
    tests = _tests(groups, lines) if test else None
    if tests is not None:
        columns += [Column("test"), Column("p", "share 0–1"), Column("p_holm", "share 0–1")]

    def rows() -> Iterator[Row]:
        for place, line in enumerate(lines):
            row = line.label + _cells(line, cells, with_of)
            yield row if tests is None else row + tests[place]

    said = [
        f"{str(count).capitalize()} by {attribute}, {_SHOWN[cells]}.",
        _out_of(groups, lines) if cells is Cells.COLUMN else "",
        *([CAUTION] if test else []),
    ]
    worth = dict.fromkeys(("code_path", "total", *(column.name for column in columns[2:])))
    return Table("crosstab", tuple(columns), rows, noted(scope, *said), tuple(worth))


_SHOWN = {
    Cells.COUNT: "counts",
    Cells.ROW: "as shares of the row",
    Cells.COLUMN: "as shares of the group",
    Cells.BINARY: "1 where the code occurs",
}


_Counted = tuple[int, int]
"""A count, and what it is of (0 where it is of nothing)."""


def _lines(scope: Scope, attribute: str, count: Count) -> tuple[list[str], list[_Line]]:
    """The groups in order, and a line for each code."""
    found: dict[Row, dict[str, _Counted]] = {}
    for label, value, counted in _counted(scope, count, attribute):
        found.setdefault(label, {})[value] = counted
    if attribute == DOCUMENT:
        groups = [name for d, name in scope.documents.items() if d not in scope.emptied]
    else:
        known = {value for by_value in found.values() for value in by_value}
        groups = sorted(known, key=lambda value: (value == NONE, natural(value)))
    if found and attribute == DOCUMENT and count is Count.QUOTES and not scope.keeps_everything:
        # A quote is in one transcript, and somebody is heard in it.
        whole = {label: (sum(n for n, _ in cells.values()), 0) for label, cells in found.items()}
    else:
        whole = {label: counted for label, _, counted in _counted(scope, count, None)}
    lines = []
    for label, total in whole.items():
        pairs = [found.get(label, {}).get(value, (0, 0)) for value in groups]
        counts, of = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        lines.append(_Line(label, counts, of, *total))
    return groups, lines


def _counted(
    scope: Scope, count: Count, attribute: str | None
) -> Iterator[tuple[Row, str, _Counted]]:
    """(code and path, group, count) of each row of a table of themes."""
    table = themes(scope.project, scope.filters, by=attribute, words=count is Count.WORDS)
    at = table.header.index(count)
    of = None if count is Count.QUOTES else table.header.index(f"{count}_of")
    for row in table:
        value = "" if attribute is None else str(row[2])
        yield row[:2], value, (_int(row[at]), 0 if of is None else _int(row[of]))


def _int(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _cells(line: _Line, cells: Cells, with_of: bool) -> tuple[Cell, ...]:
    """What a row shows of a line, the total last."""
    counts, of = [*line.counts, line.total], [*line.of, line.total_of]
    if cells is Cells.BINARY:
        return tuple(int(count > 0) for count in counts)
    if cells is Cells.COLUMN:
        return tuple(_share(count, out_of) for count, out_of in zip(counts, of, strict=True))
    if cells is Cells.ROW:
        whole = sum(line.counts)
        return (*(_share(count, whole) for count in line.counts), _share(whole, whole), whole)
    if with_of:
        return tuple(cell for pair in zip(counts, of, strict=True) for cell in pair)
    return tuple(counts)


def _out_of(groups: Sequence[str], lines: Sequence[_Line]) -> str:
    """What shares of the groups are of: the same for every code."""
    if not lines:
        return ""
    sizes = [f"{value} {of:,}" for value, of in zip(groups, lines[0].of, strict=True)]
    return f"Shares are of: {', '.join(sizes)}; in total {lines[0].total_of:,}."


def _share(count: int, of: int) -> float | None:
    return count / of if of else None


def _tests(groups: Sequence[str], lines: Sequence[_Line]) -> list[tuple[Cell, Cell, Cell]]:
    """(test, p, p_holm) of each line; the reason instead of the test where there is none."""
    known = [place for place, value in enumerate(groups) if value != NONE]
    found = [
        Tested("none: somebody is in two groups", None)
        if sum(line.of) > line.total_of
        else independence(
            [line.counts[place] for place in known], [line.of[place] for place in known]
        )
        for line in lines
    ]
    adjusted = holm([tested.p for tested in found])
    return [(t.name, t.p, p_holm) for t, p_holm in zip(found, adjusted, strict=True)]
