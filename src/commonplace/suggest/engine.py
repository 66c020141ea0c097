"""From a project to what is proposed for it: a function of the project's state, nothing else."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from commonplace.domain.codebook import Code, Codebook
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from commonplace.project.suggestions import CHANGED, Basis
from commonplace.suggest.account import Account, accounts
from commonplace.suggest.cache import Shelf
from commonplace.suggest.choose import (
    PER_SEGMENT,
    are_statements,
    choose,
    levels,
    within_pages,
)
from commonplace.suggest.features import Progress
from commonplace.suggest.labels import Decided, Labels, Mark, covered, labels, thinned
from commonplace.suggest.merge import runs
from commonplace.suggest.model import Model, cold_model, groups, learn
from commonplace.suggest.prior import PARTS, columns_below
from commonplace.suggest.reasons import Reason, explain, shortest
from commonplace.suggest.segments import Segment, segments
from commonplace.suggest.teacher import Teaching, teaching
from commonplace.suggest.world import World, unseen

BALANCE = "suggest_balance"
"""Fact of a project: below 1 fewer and surer suggestions, above 1 more and looser ones."""
LEAST_BALANCE, MOST_BALANCE = 0.1, 10.0

ENOUGH_BELOW = 10
"""Codings with the codes below one that is never applied itself, from which it is a heading."""

DIGITS = 4
"""Of a score."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is proposed, and what it rests on."""

    by_document: Mapping[str, list[Suggestion]]
    """For every transcript, empty lists included."""
    basis: Basis = field(default_factory=Basis)


class Engine:
    """Makes suggestions for one project, again and again, and reads texts only when told to.

    It learns from `coder` (see `teacher.teaching`), and keeps what it read on a `shelf`.
    """

    def __init__(
        self, project: Project, coder: str | None = None, shelf: Shelf | None = None
    ) -> None:
        self._project = project
        self._shelf = shelf
        self._coder = coder
        self._world: World | None = None
        self._codebook: Codebook | None = None
        self._documents: list[str] = []
        self._found: list[Segment] = []
        self._last: tuple[Model, Sequence[Mark]] | None = None

    def forget(self) -> None:
        """Texts, speakers or codebook have changed: all is read anew in the next run."""
        self._world = None

    def run(self, progress: Progress | None = None) -> Proposals:
        """What is proposed now. The same state of the project gives the same, to the digit."""
        with threadpool_limits(1):  # more are slower on small matrices, and differ in digits
            with self._project.snapshot():
                if self._world is None:
                    self._read()
                assert self._codebook is not None
                codes = self._codebook.in_reading_order()
                taught = teaching(self._project, codes, self._found, self._coder)
                balance = setting(self._project)
            if not codes or not any(segment.eligible for segment in self._found):
                return Proposals({document: [] for document in self._documents})
            if self._world is None:
                self._world = World.of(self._codebook, self._found, progress, self._shelf)
            known = labels(self._found, codes, taught.decided)
            model = taught_by(self._world, self._found, known)
            self._last = (model, taught.decided.coded)
            proposed = _propose(
                self._codebook,
                self._world,
                found=self._found,
                model=model,
                seen=known.seen_rows,
                taught=taught,
                balance=balance,
            )
        by_document: dict[str, list[Suggestion]] = {document: [] for document in self._documents}
        for suggestion in proposed:
            by_document[suggestion.document].append(suggestion)
        basis = Basis(model.labelled, model.calibrated, dict(taught.quiet))
        return Proposals(by_document, basis)

    def accounts(self, suggestions: Sequence[Suggestion]) -> list[Account]:
        """The whole account of suggestions that the last run made, in their order."""
        if self._world is None or self._last is None:
            return []
        model, coded = self._last
        return accounts(self._world, model, self._found, coded, suggestions)

    def _read(self) -> None:
        """Codebook, transcripts by name, and all their segments."""
        project = self._project
        self._codebook = project.codes.codebook()
        self._documents = [document.id for document in project.documents.all()]
        self._found = []
        for document in self._documents:
            turns = project.documents.turns(document)
            self._found += segments(document, project.documents.text(document), turns)


def suggest(
    project: Project, progress: Progress | None = None, coder: str | None = None
) -> Iterator[tuple[str, list[Suggestion]]]:
    """What is proposed for each transcript, empty lists included, by transcript name."""
    yield from Engine(project, coder).run(progress).by_document.items()


def setting(project: Project) -> float:
    """The balance that the user has set; 1 where none is set or it is no number."""
    try:
        balance = float(project.fact(BALANCE) or 1)
    except ValueError:
        return 1.0
    return 1.0 if math.isnan(balance) else min(MOST_BALANCE, max(LEAST_BALANCE, balance))


def propose(
    codebook: Codebook,
    found: Sequence[Segment],
    *,
    decided: Decided | None = None,
    balance: float = 1.0,
    progress: Progress | None = None,
) -> list[Suggestion]:
    """The suggestions for these segments, which are whole transcripts, in order of place."""
    if not codebook.codes or not any(segment.eligible for segment in found):
        return []
    taught = Teaching(None, decided or Decided())
    with threadpool_limits(1):
        world = World.of(codebook, found, progress)
        known = labels(found, world.codes, taught.decided)
        return _propose(
            codebook,
            world,
            found=found,
            model=taught_by(world, found, known),
            seen=known.seen_rows,
            taught=taught,
            balance=balance,
        )


def taught_by(world: World, found: Sequence[Segment], known: Labels) -> Model:
    """The model that these labels teach."""
    if not len(known):
        return cold_model(len(world.codes), len(PARTS))
    few = thinned(known)
    return learn(
        world.features(few.rows),
        world.parts(few.rows),
        few,
        groups([found[row].document for row in few.rows], world.turns[few.rows]),
    )


def _propose(
    codebook: Codebook,
    world: World,
    *,
    found: Sequence[Segment],
    model: Model,
    seen: NDArray[np.int64],
    taught: Teaching,
    balance: float,
) -> list[Suggestion]:
    logit = world.logit(model)
    rows = unseen(world, seen)
    level = levels(
        model,
        logit[rows],
        world.hit[rows],
        balance=balance,
        statements=are_statements(found),
    )
    confidence = model.confidence(logit)
    pairs = choose(logit, level, _open(world, found, taught))
    pairs = within_pages(pairs, confidence, found)
    kept = list(_explained(codebook, world, model, found, pairs))
    return _merged(kept, codebook, found, confidence, taught)


def _open(world: World, found: Sequence[Segment], taught: Teaching) -> NDArray[np.bool_]:
    """The pairs for which a proposal may be made: not where the code stands or was rejected."""
    columns = {code.id: column for column, code in enumerate(world.codes)}
    free = np.repeat(world.eligible[:, None], len(columns), axis=1)
    for marks in (taught.decided.coded, taught.decided.rejected):
        for row, mark in covered(found, marks):
            if mark.code in columns:
                free[row, columns[mark.code]] = False
    for code in (*taught.quiet, *only_headings(world.codes, taught.decided)):
        if code in columns:
            free[:, columns[code]] = False
    return free


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


@dataclass(frozen=True, slots=True)
class _Kept:
    """A code proposed for one segment, and why."""

    row: int
    column: int
    reasons: list[Reason]


def _explained(
    codebook: Codebook,
    world: World,
    model: Model,
    found: Sequence[Segment],
    pairs: Sequence[tuple[int, int]],
) -> Iterator[_Kept]:
    """The pairs for which a word of the segment speaks, at most `PER_SEGMENT` of each segment."""
    by_row: dict[int, list[int]] = {}
    for row, column in pairs:
        by_row.setdefault(row, []).append(column)
    for row, reasons in explain(world.prior, model, found, by_row):
        named = [column for column in by_row[row] if reasons[column]]
        specific = _most_specific(codebook, world, named, reasons)
        for column in specific[:PER_SEGMENT]:
            yield _Kept(row, column, reasons[column])


def _most_specific(
    codebook: Codebook, world: World, columns: Sequence[int], reasons: dict[int, list[Reason]]
) -> list[int]:
    """Without codes that have no keyword evidence beyond that of a code below them."""
    kept = []
    for column in columns:
        code = world.codes[column].id
        below = [
            reason.place
            for other in columns
            if other != column
            and code in {above.id for above in codebook.lineage(world.codes[other].id)}
            for reason in reasons[other]
        ]
        own = [reason.place for reason in reasons[column] if reason.keyword]
        if below and all(any(place.overlaps(other) for other in below) for place in own):
            continue
        kept.append(column)
    return kept


def _merged(
    kept: Sequence[_Kept],
    codebook: Codebook,
    found: Sequence[Segment],
    confidence: NDArray[np.float32],
    taught: Teaching,
) -> list[Suggestion]:
    """Neighbouring sentences joined. A joined proposal is as sure as its surest sentence:
    what neighbours say is too much alike to count as independent evidence."""
    codes = codebook.in_reading_order()
    by_column: dict[int, dict[int, _Kept]] = {}
    for one in kept:
        by_column.setdefault(one.column, {})[one.row] = one
    proposed = []
    for column, by_row in by_column.items():
        for run in runs(found, sorted(by_row)):
            reasons = [reason for row in run.rows for reason in by_row[row].reasons]
            score = max(float(confidence[row, column]) for row in run.rows)
            document, span, code = found[run.rows[0]].document, run.span(found), codes[column].id
            said = shortest(reasons)
            if (document, span.start, span.end, code) in taught.again:
                said = (CHANGED, *said)
            proposed.append(
                (run.rows[0], Suggestion(document, span, code, round(score, DIGITS), said))
            )
    proposed.sort(key=lambda pair: (pair[0], -pair[1].score, pair[1].code))
    return [suggestion for _, suggestion in proposed]
