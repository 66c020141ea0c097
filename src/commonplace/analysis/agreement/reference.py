"""Each coder against what was agreed on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commonplace.analysis.agreement import measures
from commonplace.analysis.agreement.compare import Comparison
from commonplace.analysis.agreement.people import coders as known_coders
from commonplace.analysis.agreement.units import IN_WORDS, Unit
from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.notes import noted
from commonplace.analysis.scope import Scope
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project
from commonplace.project.adjudication import CONSENSUS


def against_consensus(
    project: Project,
    coders: Sequence[str] = (),
    filters: Filters | None = None,
    *,
    unit: Unit = Unit.SEGMENT,
    all_transcripts: bool = False,
) -> Table:
    """A row for each of the coders (by default all): how far they agree with the consensus.

    Over transcripts that are done for the consensus and for that coder, or over all; all codes
    together, each by itself. `kept` is the share (0–1) of what the coder applied that the
    consensus has too (precision), `found` the share of what the consensus has that the coder
    applied (recall); the other columns are as in `agreement`, and null where there is nothing to
    compare. Raises `FilterError` when there is no consensus yet, and as `Comparison` does.
    """
    known = {coder.name for coder in known_coders(project)}
    if CONSENSUS not in known:
        raise FilterError(
            "nothing is agreed on yet: settle disagreements, or take over what coders agree on "
            "(`agreement … adopt`)"
        )
    asked = filters or Filters()
    wanted = list(coders) or sorted(known - {CONSENSUS}, key=str.casefold)
    counted = IN_WORDS[unit]

    def rows() -> Iterator[Row]:
        for coder in wanted:
            comparison = Comparison(
                project, (coder, CONSENSUS), asked, unit=unit, all_transcripts=all_transcripts
            )
            yield _row(comparison)

    return Table(
        "agreement with the consensus",
        (
            Column("coder"),
            Column("transcripts", "transcripts"),
            Column("units", counted),
            Column("applied", counted),
            Column("consensus", counted),
            Column("kept", "share 0–1"),
            Column("found", "share 0–1"),
            Column("percent", "share 0–1"),
            Column("cohen_kappa", "−1 to 1"),
            Column("alpha", "−1 to 1"),
            Column("alpha_low", "−1 to 1"),
            Column("alpha_high", "−1 to 1"),
        ),
        rows,
        noted(
            Scope(project, asked),
            f"By {counted}, one judgement for each unit and code.",
            "Over all transcripts."
            if all_transcripts
            else "Over transcripts done by the coder and settled for the consensus.",
            filters=asked,
        ),
    )


def _row(comparison: Comparison) -> Row:
    tallies = comparison.pooled()
    tally = measures.together(tallies)
    sums = measures.moments(tally, 2)
    both = tally.get(3, 0)
    applied, agreed = comparison.applied(tally)
    samples = [[measures.moments(each, 2)] for each in tallies]
    (interval,) = measures.intervals(samples, 2) or [None]
    return (
        comparison.coders[0],
        len(tallies),
        sums.units,
        applied,
        agreed,
        both / applied if applied else None,
        both / agreed if agreed else None,
        measures.percent(tally, 2),
        measures.cohen(tally, 2),
        measures.alpha(tally, 2),
        *(interval or (None, None)),
    )
