"""What the answers of a blind audit say about suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from commonplace.analysis.agreement import measures
from commonplace.analysis.agreement.measures import Tally
from commonplace.analysis.filters import FilterError
from commonplace.analysis.shares import wilson
from commonplace.project import Project
from commonplace.project.audits import Audit, AuditSegment

_PERSON, _MODEL, _BOTH = 0b01, 0b10, 0b11
"""Patterns of a tally: who applied a code to a segment."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A code, or all, over the segments that were answered. Counts are of segments, or, over all
    codes, of pairs of segment and code; measures are 0–1 or −1 to 1, None where there is nothing
    to measure."""

    code: str | None
    units: int
    person: int
    """To which the person applied it."""
    model: int
    """For which it was suggested."""
    both: int
    precision: float | None
    precision_interval: measures.Interval
    recall: float | None
    recall_interval: measures.Interval
    f1: float | None
    f1_interval: measures.Interval
    """None where all or nothing is right: drawing transcripts anew then says nothing."""
    percent: float | None
    kappa: float | None
    kappa_interval: measures.Interval
    alpha: float | None
    alpha_interval: measures.Interval


class Result:
    """What an audit says of suggestions, over its answered segments.

    A code stands with its sub-codes: a segment has `Housing` where it has `Housing/Damp`. The
    row of all codes pools each code by itself, those left out that neither applied anywhere.
    """

    def __init__(self, project: Project, audit: Audit) -> None:
        """Raises `FilterError` while the audit lasts: its results are not to be seen."""
        if audit.lasts:
            raise FilterError(
                f"{audit.answered} of {audit.segments} segments are answered: the result is shown "
                "when the audit is finished, so that it does not colour the answers"
            )
        self.audit = audit
        self.codebook = project.codes.codebook()
        self.segments = [s for s in project.audits.segments(audit.id) if s.codes is not None]
        self.documents = sorted({segment.document for segment in self.segments})
        self.rows = self._measure()
        """A row for each code that either applied, in reading order, and one for all."""

    def _measure(self) -> list[Measured]:
        alone = self._tallies(below=False)
        below = self._tallies(below=True)
        rows: list[tuple[str | None, list[dict[int, int]]]] = [
            (code.id, below[code.id])
            for code in self.codebook.in_reading_order()
            if code.id in below
        ]
        pooled = [
            measures.together(tallies[place] for tallies in alone.values())
            for place in range(len(self.documents))
        ]
        rows.append((None, pooled))
        by_row = [tallies for _, tallies in rows]
        alphas = _alphas(by_row, len(self.documents))
        drawn = _drawn(by_row, len(self.documents))
        return [
            _measured(code, measures.together(tallies), alpha, anew)
            for (code, tallies), alpha, anew in zip(rows, alphas, drawn, strict=True)
        ]

    def _tallies(self, *, below: bool) -> dict[str, list[dict[int, int]]]:
        """By code, for each transcript, how many of its segments have which pattern."""
        place = {document: number for number, document in enumerate(self.documents)}
        total = [0] * len(self.documents)
        patterns: dict[str, list[dict[int, int]]] = {}
        for segment in self.segments:
            at = place[segment.document]
            total[at] += 1
            for code, pattern in self._patterns(segment, below=below).items():
                tallies = patterns.setdefault(code, [{} for _ in self.documents])
                tallies[at][pattern] = tallies[at].get(pattern, 0) + 1
        for tallies in patterns.values():
            for tally, count in zip(tallies, total, strict=True):
                tally[0] = count - sum(tally.values())
        return patterns

    def _patterns(self, segment: AuditSegment, *, below: bool) -> dict[str, int]:
        found: dict[str, int] = {}
        for codes, bit in ((segment.codes or (), _PERSON), (segment.suggested, _MODEL)):
            for code in codes:
                if code not in self.codebook:
                    continue
                line = self.codebook.lineage(code) if below else [self.codebook[code]]
                for each in line:
                    found[each.id] = found.get(each.id, 0) | bit
        return found


class _Anew(NamedTuple):
    """Intervals by drawing transcripts anew."""

    precision: measures.Interval = None
    recall: measures.Interval = None
    f1: measures.Interval = None
    kappa: measures.Interval = None


def _measured(
    code: str | None,
    tally: Tally,
    alpha: measures.Interval,
    anew: _Anew,
) -> Measured:
    both = tally.get(_BOTH, 0)
    person, model = both + tally.get(_PERSON, 0), both + tally.get(_MODEL, 0)
    precision, *precision_interval = wilson(both, model)
    recall, *recall_interval = wilson(both, person)
    found, missed = _interval(precision_interval), _interval(recall_interval)
    if code is None:
        found, missed = _hull(found, anew.precision), _hull(missed, anew.recall)
    return Measured(
        code=code,
        units=sum(tally.values()),
        person=person,
        model=model,
        both=both,
        precision=precision,
        precision_interval=found,
        recall=recall,
        recall_interval=missed,
        f1=2 * both / (person + model) if person + model else None,
        f1_interval=anew.f1 if 0 < both < max(person, model) else None,
        percent=measures.percent(tally, 2),
        kappa=measures.cohen(tally, 2),
        kappa_interval=anew.kappa,
        alpha=measures.alpha(tally, 2),
        alpha_interval=alpha,
    )


def _hull(one: measures.Interval, other: measures.Interval) -> measures.Interval:
    """What either interval holds. Segments are drawn independently of each other, so that
    Wilson's interval is right for one code; pairs of segment and code are not, and over all codes
    it would be too narrow. Drawing transcripts anew takes account of that, but has no width
    where all that was found, or nothing, is right."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _interval(pair: Sequence[float | None]) -> measures.Interval:
    low, high = pair
    return None if low is None or high is None else (low, high)


def _alphas(rows: Sequence[Sequence[Tally]], documents: int) -> list[tuple[float, float] | None]:
    samples = [
        [measures.moments(tallies[place], 2) for tallies in rows] for place in range(documents)
    ]
    return measures.intervals(samples, 2) or [None] * len(rows)


def _drawn(rows: Sequence[Sequence[Tally]], documents: int) -> list[_Anew]:
    """Intervals of precision, recall, F1 and kappa by drawing transcripts anew, as for alpha."""
    if documents < 2:
        return [_Anew()] * len(rows)
    import numpy as np

    samples = [
        [
            [tallies[place].get(pattern, 0) for pattern in (_BOTH, _PERSON, _MODEL, 0)]
            for tallies in rows
        ]
        for place in range(documents)
    ]
    both, person, model, neither = measures.drawn(samples, measures.REPLICATES)
    units, said, suggested = both + person + model + neither, both + person, both + model
    chance = said * suggested + (units - said) * (units - suggested)

    def spread(above: Any, beneath: Any) -> list[measures.Interval]:
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = np.where(beneath > 0, above / beneath, np.nan)
        return [measures.percentiles(shares[:, row]) for row in range(len(rows))]

    found = zip(
        spread(both, suggested),
        spread(both, said),
        spread(2 * both, said + suggested),
        spread((both + neither) * units - chance, units * units - chance),
        strict=True,
    )
    return [_Anew(*each) for each in found]
