"""From a model to suggestions: which codes to propose where, batch by batch, and why."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import IO

import numpy as np
from numpy.lib.format import read_array, write_array
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from commonplace.domain.codebook import Code
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project.suggestions import RENEWED
from commonplace.suggest.choose import (
    PER_SEGMENT,
    are_statements,
    choose,
    levels,
    levels_at_first,
    pages,
    within_pages,
)
from commonplace.suggest.corpus import Rows
from commonplace.suggest.dataset import MOST_AT_HAND, Dataset, Scored, unseen
from commonplace.suggest.labels import Decided, covered, evenly, lineages
from commonplace.suggest.merge import runs
from commonplace.suggest.model import Model
from commonplace.suggest.prior import columns_below
from commonplace.suggest.reasons import MOST, Explainer, Reason, once
from commonplace.suggest.teacher import Teaching

LEVELS_FROM = MOST_AT_HAND
"""Most segments that levels are chosen on, evenly spread."""

MOST_BYTES = 2**23
"""Of log-odds that are put aside in memory."""

AT_ONCE = 200
"""Segments whose reasons are looked for at a time."""

ENOUGH_BELOW = 10
"""Codings with the codes below one that is never applied itself, from which it is a heading."""

HALF = 0.5
"""Of a score, which the words that are named account for, where words do."""

DIGITS = 4
"""Of a score."""

OfDocument = tuple[str, list[Suggestion]]
"""A transcript's id and what is proposed for it."""


def proposals(
    dataset: Dataset,
    model: Model,
    *,
    seen: Rows,
    taught: Teaching,
    balance: float,
) -> Iterator[OfDocument]:
    """What is proposed for each transcript, in order, empty lists included.

    `seen` are the segments that a person has been at. Raises `corpus.OutdatedError`.
    """
    with threadpool_limits(1), tempfile.SpooledTemporaryFile(MOST_BYTES) as file:
        spool = _Spool(file)
        decided = _decided(dataset, taught)
        level = _levels(dataset, model, seen, decided, spool=spool, balance=balance)
        proposer = _Proposer(dataset, model, level, taught, decided, balance=balance)
        found = (one for rows, logit in spool for one in proposer.proposals(rows, logit))
        by_document = groupby(found, key=lambda suggestion: suggestion.document)
        document, each = next(by_document, (None, iter(())))
        for name in dataset.corpus.documents:
            if name != document:
                yield name, []
                continue
            yield name, list(each)
            document, each = next(by_document, (None, iter(())))


def _decided(dataset: Dataset, taught: Teaching) -> NDArray[np.int64]:
    """The pairs of segment and code that this coder has decided about, a row each, ascending; in
    the third column 1 where it was accepted or coded, -1 where it was rejected."""
    line = lineages(dataset.codes)
    coded = covered(dataset.corpus, taught.own)
    rejected = covered(dataset.corpus, taught.decided.rejected)
    pairs = {(row, line[mark.code][-1], -1) for row, mark in rejected if mark.code in line}
    pairs |= {(row, column, 1) for row, mark in coded for column in line.get(mark.code, ())}
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 3)


def _levels(
    dataset: Dataset,
    model: Model,
    seen: Rows,
    decided: NDArray[np.int64],
    *,
    spool: _Spool,
    balance: float,
) -> NDArray[np.float32]:
    """The level of each code; all log-odds are put aside on the way."""
    rows = evenly(np.flatnonzero(dataset.eligible), LEVELS_FROM)
    logit, hit = _scored(dataset, model, rows, spool)
    if not model.taught:
        return levels_at_first(logit, hit, balance, statements=are_statements(dataset.corpus))
    if balance not in dataset.by_codebook:
        dataset.by_codebook = {balance: _by_codebook(dataset, rows, balance)}
    settled = np.zeros(logit.shape, dtype=np.int8)
    here = decided[np.isin(decided[:, 0], rows)]
    settled[np.searchsorted(rows, here[:, 0]), here[:, 1]] = here[:, 2]
    return levels(
        model,
        logit,
        dataset.by_codebook[balance],
        decided=settled,
        fresh=unseen(dataset, seen)[rows],
        balance=balance,
    )


def _by_codebook(dataset: Dataset, rows: Rows, balance: float) -> NDArray[np.bool_]:
    """Which pairs of these segments and the codes the codebook alone would propose."""
    logit, hit = _scored(dataset, dataset.untaught, rows)
    level = levels_at_first(logit, hit, balance, statements=are_statements(dataset.corpus))
    return logit >= level


def _scored(dataset: Dataset, model: Model, rows: Rows, spool: _Spool | None = None) -> Scored:
    """What a model makes of some segments, ascending; that of all is put aside."""
    logits, hits = [], []
    for part, (logit, hit) in dataset.each(model):
        if spool is not None:
            spool.put(part, logit)
        first, last = np.searchsorted(rows, [part.start, part.stop])
        inside = rows[first:last] - part.start
        logits.append(logit[inside])
        hits.append(hit[inside])
    return np.concatenate(logits), np.concatenate(hits)


class _Spool:
    """Matrices put aside one after another: in memory, or, where they are many, in a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._rows: list[slice] = []

    def put(self, rows: slice, matrix: NDArray[np.float32]) -> None:
        write_array(self._file, matrix, allow_pickle=False)
        self._rows.append(rows)

    def __iter__(self) -> Iterator[tuple[slice, NDArray[np.float32]]]:
        self._file.seek(0)
        for rows in self._rows:
            yield rows, read_array(self._file, allow_pickle=False)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A code proposed for one segment, and why."""

    row: int
    column: int
    reasons: list[Reason]


class _Proposer:
    """Where a batch of log-odds becomes suggestions."""

    def __init__(
        self,
        dataset: Dataset,
        model: Model,
        level: NDArray[np.float32],
        taught: Teaching,
        decided: NDArray[np.int64],
        *,
        balance: float,
    ) -> None:
        self._balance = balance
        self._dataset = dataset
        self._model = model
        self._explainer = Explainer(dataset.prior, model, dataset.corpus)
        self._level = level
        self._taught = taught
        self._page = pages(dataset.corpus)
        columns = {code.id: column for column, code in enumerate(dataset.codes)}
        retired = [code.id for code in dataset.codes if code.retired]
        silent = (*retired, *taught.quiet, *only_headings(dataset.codes, taught.decided))
        self._silent = [columns[code] for code in silent if code in columns]
        self._line = lineages(dataset.codes)
        self._decided = decided
        self._again: dict[tuple[str, str], list[tuple[Span, str]]] = {}
        for (document, start, end, code), why in taught.again.items():
            self._again.setdefault((document, code), []).append((Span(start, end), why))
        self._done = [
            (
                dataset.corpus.rows_of(document),
                [column for code, column in columns.items() if code not in since],
            )
            for document, since in taught.done.items()
        ]

    def proposals(self, rows: slice, logit: NDArray[np.float32]) -> list[Suggestion]:
        """The suggestions for a batch, in order of place."""
        confidence = self._model.confidence(logit)
        pairs = choose(logit, self._level, self._open(rows))
        pairs = within_pages(pairs, confidence, self._page[rows].tolist(), self._balance)
        needed: dict[int, dict[int, float]] = {}
        for row, column in pairs:
            score = float(confidence[row, column])
            enough = self._model.calibration.from_to(column, score, HALF * score)
            needed.setdefault(rows.start + row, {})[column] = enough
        kept = list(self._explained(needed))
        return self._merged(kept, confidence, rows.start)

    def _open(self, rows: slice) -> NDArray[np.bool_]:
        """The pairs for which a proposal may be made: not where the code or one below it stands,
        not where it was rejected, and in transcripts that are done only codes that are new."""
        free = np.repeat(self._dataset.eligible[rows, None], len(self._dataset.codes), axis=1)
        first, last = np.searchsorted(self._decided[:, 0], [rows.start, rows.stop])
        row, column, _ = self._decided[first:last].T
        free[row - rows.start, column] = False
        free[:, self._silent] = False
        for there, known in self._done:
            first, last = max(there.start, rows.start), min(there.stop, rows.stop)
            if first < last:
                free[first - rows.start : last - rows.start, known] = False
        return free

    def _explained(self, wanted: Mapping[int, Mapping[int, float]]) -> Iterator[_Kept]:
        """The pairs for which a word of the segment speaks, at most `PER_SEGMENT` of each."""
        waiting = iter(wanted.items())
        parts = self._dataset.inputs(np.array(list(wanted), dtype=np.int64)).parts
        for first in range(0, len(wanted), AT_ONCE):
            some = dict(islice(waiting, AT_ONCE))
            here = parts[:, first : first + AT_ONCE]
            for row, reasons in self._explainer.explain(some, here):
                named = [column for column in some[row] if reasons[column]]
                for column in self._most_specific(named)[:PER_SEGMENT]:
                    yield _Kept(row, column, reasons[column])

    def _most_specific(self, columns: Sequence[int]) -> list[int]:
        """Without codes that stand above another of them: whatever is coded with a sub-code counts
        for what is above it as well, so nothing is left to ask. They are asked about where the
        sub-code was rejected."""
        above = {
            column
            for each in columns
            for column in self._line[self._dataset.codes[each].id]
            if column != each
        }
        return [column for column in columns if column not in above]

    def _merged(
        self, kept: Sequence[_Kept], confidence: NDArray[np.float32], start: int
    ) -> list[Suggestion]:
        """Neighbouring sentences joined. A joined proposal is as sure as its surest sentence:
        what neighbours say is too much alike to count as independent evidence."""
        corpus = self._dataset.corpus
        by_column: dict[int, dict[int, _Kept]] = {}
        for one in kept:
            by_column.setdefault(one.column, {})[one.row] = one
        proposed = []
        for column, by_row in by_column.items():
            code = self._dataset.codes[column].id
            for run in runs(corpus, sorted(by_row)):
                reasons = [reason for row in run.rows for reason in by_row[row].reasons]
                score = max(float(confidence[row - start, column]) for row in run.rows)
                document, span = run.document(corpus), run.span(corpus)
                said = tuple(reason.words for reason in once(reasons)[:MOST])
                if notice := self._notice(document, span, code):
                    said = (notice, *said)
                proposed.append(
                    (run.rows[0], Suggestion(document, span, code, round(score, DIGITS), said))
                )
        proposed.sort(key=lambda pair: (pair[0], -pair[1].score, pair[1].code))
        return [suggestion for _, suggestion in proposed]

    def _notice(self, document: str, span: Span, code: str) -> str:
        """What has changed since this, or a part of it, was rejected, or the transcript done."""
        for place, why in self._again.get((document, code), ()):
            if span.overlaps(place):
                return why
        return RENEWED if document in self._taught.done else ""


def only_headings(codes: Sequence[Code], decided: Decided) -> list[str]:
    """The codes that whoever teaches uses as headings: what is below them is applied, and they
    themselves never are. Proposing those would be proposing less than is known."""
    used = Counter(mark.code for mark in decided.coded)
    return [
        codes[column].id
        for column, below in columns_below(codes).items()
        if not used[codes[column].id]
        and sum(used[codes[each].id] for each in below) >= ENOUGH_BELOW
    ]
