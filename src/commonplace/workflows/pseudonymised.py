"""Tables as they may leave the project: pseudonyms in the place of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from commonplace.domain.pseudonyms import Pseudonyms
from commonplace.domain.quote import CONTEXT
from commonplace.domain.table import Cell, Column, Row, Table
from commonplace.workflows import pseudonym_key

if TYPE_CHECKING:
    from collections.abc import Callable

_WORKING = (
    "amendment attributes changes check codebook diff documents evaluation history import "
    "participants pseudonyms queries suggestions turns unplaced versions"
)
WORKING = frozenset(_WORKING.split())
"""Tables to work with in the project, which need the names that are in it; none is a result."""

_STAFF = frozenset(["coder", "coders", "replaced_by", "origin", "sha256"])
"""Columns in which no participant is named."""

_TOGETHER = (("left", "keyword", "right"), ("before", "quote", "after"))
"""Columns that are one passage, in which a name may reach from one into the next."""

_SEAM = "\x1f"
"""Stands between such columns meanwhile; white space to whoever looks for names."""


def pseudonymised(project: Path, table: Table, *, off: bool = False) -> Table:
    """The table with pseudonyms for all names in the key of the project at that path.

    Without a key, and for a table of `WORKING`, the table as it is. With `off` too, but then
    its note says that names are as they were spoken. Texts in all columns are looked at, notes
    and the headings of columns included; identities, times, figures and coders stay. Raises
    `PseudonymError` when the key cannot be read.
    """
    if table.name in WORKING:
        return table
    key = pseudonym_key.load(project)
    if not len(key):
        return table
    if off:
        said = "Pseudonyms were not applied, as was asked for: names are as spoken."
        return Table(
            table.name, table.columns, table.rows, lambda: [*table.remarks, said], table.brief
        )
    names = "1 name" if len(key) == 1 else f"{len(key):,} names"
    said = f"Pseudonyms were applied ({names} in the key)."
    headings = _headings(table.columns, key)

    def note() -> list[str]:
        return [*map(key.apply, table.remarks), said]

    return Table(
        table.name,
        tuple(
            replace(column, name=headings[column.name], of=headings.get(column.of, ""))
            for column in table.columns
        ),
        lambda: _rows(table, key),
        note,
        tuple(headings.get(name, name) for name in table.brief),
    )


def _headings(columns: Sequence[Column], key: Pseudonyms) -> dict[str, str]:
    """What columns are called; two that would be called the same are told apart."""
    found: dict[str, str] = {}
    for column in columns:
        name = key.apply(column.name)
        copies = sum(other == name or other.startswith(f"{name} (") for other in found.values())
        found[column.name] = f"{name} ({copies + 1})" if copies and name != column.name else name
    return found


def _rows(table: Table, key: Pseudonyms) -> Iterator[Row]:
    names = table.header
    groups = [
        [names.index(name) for name in group]
        for group in _TOGETHER
        if all(name in names for name in group)
    ]
    grouped = {place for group in groups for place in group}
    single = [
        place
        for place, column in enumerate(table.columns)
        if place not in grouped and not _stays(column)
    ]
    known: dict[str, str] = {}
    for row in table:
        cells: list[Cell] = list(row)
        for place in single:
            cell = cells[place]
            if isinstance(cell, str):
                cells[place] = _applied(cell, key.apply, known)
        for group in groups:
            _apply_together(cells, group, key)
        yield tuple(cells)


def _stays(column: Column) -> bool:
    named = column.name in _STAFF or column.name.endswith("_id")
    return named or bool(column.unit) or column.time


def _applied(cell: str, apply: Callable[[str], str], known: dict[str, str]) -> str:
    """Short cells come again and again: what they became is kept."""
    if len(cell) > 80:
        return apply(cell)
    found = known.get(cell)
    if found is None:
        found = known[cell] = apply(cell)
    return found


def _apply_together(cells: list[Cell], group: Sequence[int], key: Pseudonyms) -> None:
    """Applies the key to cells that are one passage. A pseudonym goes where its name begins; a
    word that is cut where the context ends goes, for it may be part of a name."""
    before, passage, after = (str(cells[place] or "") for place in group)
    if len(before) >= CONTEXT:
        before = before[len(before.split(maxsplit=1)[0]) :] if before[:1].strip() else before
    if len(after) >= CONTEXT and after[-1:].strip():
        after = after[: len(after) - len(after.rsplit(maxsplit=1)[-1])]
    joined = _SEAM.join(part.replace(_SEAM, " ") for part in (before, passage, after))
    parts, last = [], 0
    for span, replacement in key.found(joined):
        seams = joined.count(_SEAM, span.start, span.end)
        if seams:
            parts += [key.apply(joined[last : span.start]), replacement.pseudonym, _SEAM * seams]
            last = span.end
    pieces = "".join([*parts, key.apply(joined[last:])]).split(_SEAM)
    for place, piece in zip(group, pieces, strict=True):
        if cells[place] is not None:
            cells[place] = piece
