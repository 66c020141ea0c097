"""Neighbouring sentences with the same code are one proposal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from commonplace.domain.span import Span
from commonplace.suggest.segments import Segment


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences of one turn that carry the same code: positions among the segments, in order."""

    rows: tuple[int, ...]

    def span(self, segments: Sequence[Segment]) -> Span:
        """From the beginning of the first sentence to the end of the last."""
        return Span(segments[self.rows[0]].span.start, segments[self.rows[-1]].span.end)


def runs(segments: Sequence[Segment], rows: Iterable[int]) -> Iterator[Run]:
    """Runs of neighbours among `rows` (ascending), within a turn.

    A sentence that says nothing ("Yeah.") does not part what stands on its two sides.
    """
    run: list[int] = []
    for row in rows:
        if run and not _joined(segments, run[-1], row):
            yield Run(tuple(run))
            run = []
        run.append(row)
    if run:
        yield Run(tuple(run))


def _joined(segments: Sequence[Segment], last: int, row: int) -> bool:
    one, other = segments[last], segments[row]
    if (one.document, one.turn) != (other.document, other.turn):
        return False
    return not any(segments[between].eligible for between in range(last + 1, row))
