"""Agreement between coders as tables: coefficients, disagreements, accepted suggestions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from commonplace.analysis.agreement import measures, multilabel
from commonplace.analysis.agreement.compare import Comparison, Judged, Progress
from commonplace.analysis.agreement.units import IN_WORDS, Unit
from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import layout
from commonplace.analysis.names import free_names
from commonplace.analysis.notes import noted
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

ALL = "(all codes)"
"""In place of a path, in the row that pools all codes."""
SETS = "(codes of a unit together)"
"""In place of a path, in the row that takes each coder's codes on a unit as one set."""


def agreement(
    project: Project,
    coders: Sequence[str],
    filters: Filters | None = None,
    *,
    unit: Unit = Unit.SEGMENT,
    all_transcripts: bool = False,
    preset: str = "",
    progress: Progress | None = None,
) -> Table:
    """How far coders agree: a row for each code that one of them applied, and one for all.

    In the last row `code` is null and `code_path` is `ALL`: it pools one judgement for each unit
    and code. `units` are what was judged; `prevalence` is the share of judgements that the code
    applies; `percent`, `positive` and the coefficients are as in `measures`, null where there is
    nothing to compare or nothing varies; `alpha_low` and `alpha_high` are a 95 % bootstrap interval
    by transcript.
    The row before, `SETS`, takes the codes of a unit as one judgement, a set: `percent` are pairs
    of coders with the same set, `alpha` is by distances between sets (see `multilabel`), without
    an interval; the other coefficients are null. It is there where a unit has several codes.
    A column for each coder holds how many units they applied the code to.

    `preset` and `progress` are as in `Comparison`, which also says what is raised.
    """
    comparison = Comparison(
        project,
        coders,
        filters,
        unit=unit,
        all_transcripts=all_transcripts,
        preset=preset,
        progress=progress,
    )
    counted = IN_WORDS[unit]
    measured = (
        Column("code"),
        Column("code_path"),
        Column("transcripts", "transcripts"),
        Column("units", counted),
        Column("prevalence", "share 0–1"),
        Column("percent", "share 0–1"),
        Column("positive", "share 0–1"),
        Column("cohen_kappa", "−1 to 1"),
        Column("fleiss_kappa", "−1 to 1"),
        Column("alpha", "−1 to 1"),
        Column("alpha_low", "−1 to 1"),
        Column("alpha_high", "−1 to 1"),
    )
    names = free_names(comparison.coders, [column.name for column in measured])
    return Table(
        "agreement",
        (*measured, *(Column(name, counted) for name in names)),
        lambda: _measured(comparison),
        lambda: remarks(comparison),
        brief=("code_path", "units", "percent", "cohen_kappa", "alpha", "alpha_low", "alpha_high",
               "prevalence"),
    )  # fmt: skip


def _measured(comparison: Comparison) -> Iterator[Row]:
    book, count = comparison.scope.codebook, len(comparison.coders)
    rows: list[tuple[Row, list[dict[int, int]]]] = [
        ((book[code].name, book.path(code)), comparison.tallies(code)) for code in comparison.codes
    ]
    rows.append(((None, ALL), comparison.pooled()))
    samples = [
        [measures.moments(tallies[place], count) for _, tallies in rows]
        for place in range(len(comparison.judged))
    ]
    found = measures.intervals(samples, count) or [None] * len(rows)
    for (label, tallies), interval in zip(rows, found, strict=True):
        if label[1] == ALL:
            yield from _as_sets(comparison)
        tally = measures.together(tallies)
        sums = measures.moments(tally, count)
        yield (
            *label,
            len(tallies),
            sums.units,
            sums.applied / (sums.units * count) if sums.units else None,
            measures.percent(tally, count),
            measures.positive(tally, count),
            measures.cohen(tally, count),
            measures.fleiss(tally, count),
            measures.alpha(tally, count),
            *(interval or (None, None)),
            *comparison.applied(tally),
        )


def _as_sets(comparison: Comparison) -> Iterator[Row]:
    """The row of the codes of a unit together; none where no unit has several of a coder."""
    count = len(comparison.coders)
    found: Counter[multilabel.Labels] = Counter()
    for judged in comparison.judged:
        found.update(multilabel.labels(judged.alone, judged.units.weights, count))
    if not any(len(codes) > 1 for unit in found for codes in unit):
        return
    units = found.total()
    applied = [
        sum(weight for unit, weight in found.items() if unit[place]) for place in range(count)
    ]
    yield (
        None,
        SETS,
        len(comparison.judged),
        units,
        sum(applied) / (units * count),
        multilabel.same(found, count),
        None,
        None,
        None,
        multilabel.alpha(found, count),
        None,
        None,
        *applied,
    )


def disagreements(
    project: Project,
    coders: Sequence[str],
    filters: Filters | None = None,
    *,
    unit: Unit = Unit.SEGMENT,
    all_transcripts: bool = False,
    preset: str = "",
) -> Table:
    """A row for each unit and code that some of the coders applied and others did not.

    In order of transcript and place, then of the codebook; each code stands for itself, without
    its sub-codes. With code points, neighbouring ones on which the same coders differ are one row.
    Raises as `Comparison` does.
    """
    comparison = Comparison(
        project, coders, filters, unit=unit, all_transcripts=all_transcripts, preset=preset
    )
    return Table(
        "disagreements",
        (
            Column("document"),
            Column("turn", "turns, from 1"),
            Column("speaker"),
            Column("start", "code points"),
            Column("end", "code points"),
            Column("quote"),
            Column("code"),
            Column("code_path"),
            Column("applied_by"),
            Column("not_applied_by"),
        ),
        lambda: _disagreed(comparison),
        lambda: remarks(comparison),
        brief=("document", "quote", "code_path", "applied_by", "not_applied_by"),
    )


def _disagreed(comparison: Comparison) -> Iterator[Row]:
    scope, every = comparison.scope, (1 << len(comparison.coders)) - 1
    rank = {code: place for place, code in enumerate(scope.codes)}
    for judged in comparison.judged:
        turns = layout(scope.project.connection, judged.document)
        labels = {voice.id: voice.label for voice in scope.voices[judged.document]}
        text = scope.project.documents.text(judged.document)
        rows = [
            (start, end, rank[code], code, pattern)
            for code, patterns in judged.alone.items()
            if code in rank
            for start, end, pattern in _stretches(comparison.unit, judged, patterns)
            if pattern != every
        ]
        for start, end, _, code, pattern in sorted(rows):
            spoken = [t for t in turns.turns_in(start, end) if turns.speaks_in(t, start, end)]
            if scope.silenced(turns.speakers[place] for place in spoken):
                continue
            yield (
                scope.documents[judged.document],
                spoken[0] + 1 if spoken else None,
                "; ".join(dict.fromkeys(labels[turns.speakers[place]] for place in spoken)),
                start,
                end,
                text[start:end],
                scope.codebook[code].name,
                scope.codebook.path(code),
                comparison.names(pattern),
                comparison.names(pattern, applied=False),
            )


def _stretches(
    unit: Unit, judged: Judged, patterns: dict[int, int]
) -> Iterator[tuple[int, int, int]]:
    """(start, end, pattern) of the units; code points with the same pattern as one stretch."""
    starts, ends = judged.units.starts, judged.units.ends
    open_at: tuple[int, int, int] | None = None
    for place in sorted(patterns):
        start, end, pattern = starts[place], ends[place], patterns[place]
        if open_at is not None:
            if unit is Unit.CHARACTER and open_at[1] == start and open_at[2] == pattern:
                start = open_at[0]
            else:
                yield open_at
        open_at = (start, end, pattern)
    if open_at is not None:
        yield open_at


_TOUCHED = "A unit has a code when a coding touches it; codes nobody applied are left out."


def remarks(comparison: Comparison, last: str = _TOUCHED) -> list[str]:
    """What is said under every table of a comparison."""
    scope = comparison.scope
    which = "of all transcripts" if comparison.all_transcripts else "that all of them marked done"
    total = len(scope.documents)
    said = [
        f"{', '.join(comparison.coders)} by {IN_WORDS[comparison.unit]}, over "
        f"{len(comparison.documents)} of {total} transcripts ({which})."
    ]
    if not comparison.judged:
        said.append(
            "There is nothing to compare. Each coder marks what they have read to the end as done; "
            "--all-transcripts compares everything."
        )
    elif len(comparison.judged) < _FEW:
        said.append(
            "An interval drawn from so few transcripts is a rough one, and from fewer than five "
            "much too narrow: do not report it."
        )
    said.append(last)
    return noted(scope, *said, filters=replace(scope.filters, coders=()))()


_FEW = 10
"""Transcripts below which a bootstrap over them says little."""
