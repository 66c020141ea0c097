"""Agreement on stretches as they were marked, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from commonplace.analysis.agreement import measures, unitizing
from commonplace.analysis.agreement.compare import Comparison
from commonplace.analysis.agreement.tables import ALL, remarks
from commonplace.analysis.agreement.unitizing import Coincidences, Piece
from commonplace.analysis.agreement.units import Unit
from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import Edges, speech_of, together
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

Marks = dict[str, list[list[tuple[int, int]]]]
"""By code, for each coder the stretches on the continuum, in order."""
Continuum = tuple[int, Marks]
"""How long a transcript's speech is, in code points, and what is marked in it."""


_SAID = (
    "What one coder marked alike and overlapping is one stretch. The last row asks whether "
    "anything was marked, and in cu_alpha under which top-level code; that is empty where a "
    "coder gave several of the values to the same words."
)


def unitized(
    project: Project,
    coders: Sequence[str],
    filters: Filters | None = None,
    *,
    all_transcripts: bool = False,
) -> Table:
    """A row for each code that one of the coders applied: how far they agree on its stretches.

    The continuum is what those asked about say, transcript after transcript; stretches of one
    coder that overlap count as one. `u_alpha` is agreement on where a code with its sub-codes
    applies, `low` and `high` its 95 % bootstrap interval by transcript. `cu_alpha` is agreement
    on which of its sub-codes (with what is below, and the code itself) applies where both coders
    have one; `coverage` is the share of coded length it rests on. It is null where there are not
    two to tell apart, and where a coder gave several of them to the same words, for it is defined
    for values that exclude each other. The last row (`code` null) takes all codes as one, and in
    `cu_alpha` each top-level code as a value. Raises as `Comparison` does.
    """
    comparison = Comparison(
        project, coders, filters, unit=Unit.CHARACTER, all_transcripts=all_transcripts
    )
    return Table(
        "agreement on stretches",
        (
            Column("code"),
            Column("code_path"),
            Column("transcripts", "transcripts"),
            Column("length", "code points"),
            Column("stretches", "stretches"),
            Column("u_alpha", "−1 to 1"),
            Column("low", "−1 to 1"),
            Column("high", "−1 to 1"),
            Column("cu_alpha", "−1 to 1"),
            Column("coverage", "share 0–1"),
        ),
        lambda: _rows(comparison),
        lambda: remarks(comparison, _SAID),
    )


def _rows(comparison: Comparison) -> Iterator[Row]:
    book, direct = comparison.scope.codebook, comparison.scope.filters.direct
    coders = len(comparison.coders)
    continua = [found for found in _continua(comparison) if found[0]]
    for code in comparison.codes:
        below = [code] if direct else [c.id for c in book.subtree(code)]
        values = {code: [code]}
        values |= {
            child.id: [c.id for c in book.subtree(child.id)] for child in book.children(code)
        }
        within = None if direct else _inside(values, continua, coders)
        yield book[code].name, book.path(code), *_figures(below, within, continua, coders)
    if comparison.codes:
        used = list(dict.fromkeys(code for _, marks in continua for code in marks))
        tops = {code: book.lineage(code)[0].id for code in used}
        values = {top: [code for code in used if tops[code] == top] for top in tops.values()}
        within = _inside(values, continua, coders)
        yield None, ALL, *_figures(used, within, continua, coders)


def _figures(
    codes: Sequence[str], within: Coincidences | None, continua: Sequence[Continuum], coders: int
) -> Row:
    """All but the name: of `codes` as one value against gaps, and `within` them."""
    marked = [_merged(marks, codes, coders) for _, marks in continua]
    counts = [
        unitizing.coincidences(rows, length)
        for (length, _), rows in zip(continua, marked, strict=True)
    ]
    inside = unitizing.cu_alpha(within) if within else None
    return (
        len(continua),
        sum(length for length, _ in continua),
        sum(len(pieces) for rows in marked for pieces in rows),
        unitizing.binary(unitizing.together(counts)),
        *(_interval(counts) or (None, None)),
        inside,
        unitizing.coverage(within) if within and inside is not None else None,
    )


def _continua(comparison: Comparison) -> Iterator[Continuum]:
    """Of each transcript how long it is, and what is marked in it."""
    scope = comparison.scope
    place = {coder.casefold(): number for number, coder in enumerate(comparison.coders)}
    documents = comparison.documents
    speech = speech_of(scope.project.connection, [v.id for d in documents for v in scope.heard[d]])
    for document in documents:
        edges = together(speech[v.id] for v in scope.heard[document] if v.id in speech)
        if scope.keeps_everything:
            edges = [0, len(scope.project.documents.text(document))]
        marks: Marks = {}
        for start, end, code, coder in scope.project.connection.execute(
            'SELECT start, "end", code_id, coder FROM codings '
            f'WHERE document_id = ? AND {scope.condition} ORDER BY start, "end"',
            (document, *scope.values),
        ):
            first, last = _position(edges, start), _position(edges, end)
            if first < last:
                of_code = marks.setdefault(code, [[] for _ in comparison.coders])
                of_code[place[coder.casefold()]].append((first, last))
        yield sum(edges[1::2]) - sum(edges[::2]), marks


def _position(edges: Edges, offset: int) -> int:
    """Where an offset lies when all that is not spoken is left out."""
    return sum(
        min(end, offset) - start
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if start < offset
    )


def _merged(marks: Marks, codes: Sequence[str], coders: int, value: str = "1") -> list[list[Piece]]:
    """The stretches of each coder with any of the codes, as one where they overlap."""
    found: list[list[Piece]] = []
    for coder in range(coders):
        pieces: list[Piece] = []
        for start, end in sorted(s for code in codes if code in marks for s in marks[code][coder]):
            if pieces and start < pieces[-1][1]:
                pieces[-1] = (pieces[-1][0], max(end, pieces[-1][1]), value)
            else:
                pieces.append((start, end, value))
        found.append(pieces)
    return found


def _inside(
    values: Mapping[str, Sequence[str]], continua: Sequence[Continuum], coders: int
) -> Coincidences | None:
    """What coders have of some values, each of several codes; None where a coder gave several of
    them to the same words."""
    counts = []
    for length, marks in continua:
        rows: list[list[Piece]] = [[] for _ in range(coders)]
        for value, codes in values.items():
            for row, pieces in zip(rows, _merged(marks, codes, coders, value), strict=True):
                row.extend(pieces)
        for row in rows:
            row.sort()
            if any(one[1] > other[0] for one, other in pairwise(row)):
                return None
        counts.append(unitizing.coincidences(rows, length))
    return unitizing.together(counts)


def _interval(counts: Sequence[Coincidences]) -> measures.Interval:
    """Of `unitizing.binary`, by drawing transcripts anew."""
    if len(counts) < 2:
        return None
    import numpy as np

    samples = [
        [
            (
                sum(found.lengths.values()),
                sum(length for (one, _), length in found.lengths.items() if one),
                sum(length for (one, other), length in found.lengths.items() if one != other),
                sum(found.squares.values()),
            )
        ]
        for found in counts
    ]
    total, units, mixed, squares = (
        sums[:, 0] for sums in measures.drawn(samples, measures.REPLICATES)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = 2 * units * (total - units) / (total - squares / total)
        values = np.where(expected > 0, 1 - mixed / expected, np.nan)
    return measures.percentiles(values)
