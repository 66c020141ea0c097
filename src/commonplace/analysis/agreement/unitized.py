"""Agreement on stretches as they were marked, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from commonplace.analysis.agreement import measures, unitizing
from commonplace.analysis.agreement.compare import Comparison
from commonplace.analysis.agreement.tables import remarks
from commonplace.analysis.agreement.unitizing import Coincidences, Piece
from commonplace.analysis.agreement.units import Unit
from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import Edges, speech_of, together
from commonplace.domain.codebook import Codebook
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

Marks = dict[str, list[list[tuple[int, int]]]]
"""By code, for each coder the stretches on the continuum, in order."""


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
    for values that exclude each other. Raises as `Comparison` does.
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
        lambda: remarks(comparison),
    )


def _rows(comparison: Comparison) -> Iterator[Row]:
    book, direct = comparison.scope.codebook, comparison.scope.filters.direct
    continua = [found for found in _continua(comparison) if found[0]]
    for code in comparison.codes:
        below = [code] if direct else [c.id for c in book.subtree(code)]
        counts = [
            unitizing.coincidences(_merged(marks, below, len(comparison.coders)), length)
            for length, marks in continua
        ]
        whole = unitizing.together(counts)
        stretches = sum(
            len(pieces)
            for _, marks in continua
            for pieces in _merged(marks, below, len(comparison.coders))
        )
        within = None if direct else _inside(book, code, continua, len(comparison.coders))
        inside = unitizing.cu_alpha(within) if within else None
        yield (
            book[code].name,
            book.path(code),
            len(continua),
            sum(length for length, _ in continua),
            stretches,
            unitizing.binary(whole),
            *(_interval(counts) or (None, None)),
            inside,
            unitizing.coverage(within) if within and inside is not None else None,
        )


def _continua(comparison: Comparison) -> Iterator[tuple[int, Marks]]:
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
    book: Codebook, code: str, continua: Sequence[tuple[int, Marks]], coders: int
) -> Coincidences | None:
    """What coders have of the codes below a code; None where these do not exclude each other."""
    values = {code: [code]}
    values |= {child.id: [c.id for c in book.subtree(child.id)] for child in book.children(code)}
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
