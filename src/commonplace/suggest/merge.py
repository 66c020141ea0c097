"""Neighbouring sentences with the same code are one proposal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from commonplace.domain.span import Span
from commonplace.suggest.corpus import Corpus
from commonplace.suggest.segments import without_fillers

LONGEST = 1_000
"""Code points of what is joined, some 180 words: more is no passage to decide about."""


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences of one turn that carry the same code: rows of the corpus, in order."""

    rows: tuple[int, ...]

    def document(self, corpus: Corpus) -> str:
        """The transcript that they are in."""
        return corpus.documents[int(corpus.document[self.rows[0]])]

    def span(self, corpus: Corpus) -> Span:
        """From the beginning of the first sentence to the end of the last, but for fillers there.

        Raises `corpus.OutdatedError`.
        """
        first, last = self.rows[0], self.rows[-1]
        start = int(corpus.start[first]) + without_fillers(corpus.text(first)).start
        return Span(start, int(corpus.start[last]) + without_fillers(corpus.text(last)).end)


def runs(corpus: Corpus, rows: Iterable[int]) -> Iterator[Run]:
    """Runs of neighbours among `rows` (ascending), within a turn.

    A sentence that says nothing ("Yeah.") does not part what stands on its two sides; what would
    be longer than `LONGEST` is several runs.
    """
    run: list[int] = []
    for row in rows:
        if run and not (
            _joined(corpus, run[-1], row) and corpus.end[row] - corpus.start[run[0]] <= LONGEST
        ):
            yield Run(tuple(run))
            run = []
        run.append(row)
    if run:
        yield Run(tuple(run))


def _joined(corpus: Corpus, last: int, row: int) -> bool:
    return bool(
        corpus.turns[last] == corpus.turns[row] and not corpus.eligible[last + 1 : row].any()
    )
