"""Shares of participants with their intervals, beside the counts of a table of themes."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.analysis.shares import wilson
from commonplace.domain.table import Column, Row, Table

COUNT, OF = "participants", "participants_of"
COLUMNS = (
    Column("participants_share", "share 0–1"),
    Column("participants_low", "share 0–1"),
    Column("participants_high", "share 0–1"),
)


def with_intervals(table: Table) -> Table:
    """The table with three more columns at the end: the share of participants and its 95 % interval
    (see `shares.wilson`), null where there is nobody. It must count participants and their total.
    """
    header = table.header
    count, of = header.index(COUNT), header.index(OF)

    def rows() -> Iterator[Row]:
        for row in table:
            yield (*row, *wilson(_int(row[count]), _int(row[of])))

    return Table(
        table.name,
        (*table.columns, *COLUMNS),
        rows,
        lambda: (
            *table.remarks,
            "Intervals are Wilson's, 95 %: right for a random sample, which interviews are not.",
        ),
        brief=(*table.brief, *(column.name for column in COLUMNS)) if table.brief else (),
    )


def _int(cell: object) -> int:
    return cell if isinstance(cell, int) else 0
