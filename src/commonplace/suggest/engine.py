"""From a project to what is proposed for it: a function of the project's state, nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from threadpoolctl import threadpool_limits

from commonplace.domain.codebook import Codebook
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from commonplace.project.suggestions import Basis
from commonplace.suggest.account import accounts
from commonplace.suggest.cache import Shelf
from commonplace.suggest.cluster import HERE, Crew
from commonplace.suggest.corpus import Corpus, Stored
from commonplace.suggest.dataset import Dataset
from commonplace.suggest.features import Progress
from commonplace.suggest.labels import Mark, labels
from commonplace.suggest.model import Model
from commonplace.suggest.proposing import OfDocument, proposals
from commonplace.suggest.protocol import Told
from commonplace.suggest.segments import segments
from commonplace.suggest.teacher import teaching

BALANCE = "suggest_balance"
"""Fact of a project: below 1 fewer and surer suggestions, above 1 more and looser ones."""
LEAST_BALANCE, MOST_BALANCE = 0.1, 10.0


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is proposed, and what it rests on."""

    by_document: Mapping[str, list[Suggestion]]
    """For every transcript, empty lists included."""
    basis: Basis = field(default_factory=Basis)


class Engine:
    """Makes suggestions for one project, again and again, and reads texts only when told to.

    It learns from the project's coder (see `teacher.teaching`), keeps what it read on a `shelf`,
    and has the work on segments done by a `crew`.
    """

    def __init__(self, project: Project, shelf: Shelf | None = None, crew: Crew = HERE) -> None:
        self._project = project
        self._shelf = shelf
        self._crew = crew
        self._dataset: Dataset | None = None
        self._codebook: Codebook | None = None
        self._corpus: Corpus | None = None
        self._last: tuple[Model, Sequence[Mark]] | None = None

    def forget(self) -> None:
        """Texts, speakers or codebook have changed: all is read anew in the next run."""
        self._dataset = None

    def run(self, progress: Progress | None = None) -> Proposals:
        """What is proposed now. The same state of the project gives the same, to the digit."""
        basis, proposed = self.stream(progress)
        return Proposals(dict(proposed), basis)

    def stream(self, progress: Progress | None = None) -> tuple[Basis, Iterator[OfDocument]]:
        """The same, transcript by transcript, so that a large project fits into memory.

        In blind mode nothing is learnt from what this coder may not see yet. Raises
        `corpus.OutdatedError`, also while it is iterated over.
        """
        self._project.blind.shade()
        with threadpool_limits(1):  # more are slower on small matrices, and differ in digits
            with self._project.snapshot():
                if self._dataset is None:
                    self._read()
                assert self._codebook is not None and self._corpus is not None
                codes, corpus = self._codebook.in_reading_order(), self._corpus
                taught = teaching(self._project, codes, corpus)
                balance = setting(self._project)
            if not codes or not corpus.eligible.any():
                return Basis(), ((document, []) for document in corpus.documents)
            if self._dataset is None:
                self._dataset = Dataset.of(
                    self._codebook, corpus, progress, self._shelf, self._crew
                )
            known = labels(corpus, codes, taught.decided)
            model = self._dataset.taught_by(known)
        found = proposals(self._dataset, model, seen=known.all_seen, taught=taught, balance=balance)
        basis = Basis(model.labelled, model.calibrated, dict(taught.quiet))
        return basis, self._remembered(found, model, taught.decided.coded)

    def _remembered(
        self, found: Iterator[OfDocument], model: Model, coded: Sequence[Mark]
    ) -> Iterator[OfDocument]:
        """Accounts are of what was proposed to the end: a run that breaks off replaces nothing."""
        yield from found
        self._last = (model, coded)

    def accounts(self, suggestions: Sequence[Suggestion]) -> list[Told]:
        """The account of suggestions that the last run made, in their order.

        Raises `corpus.OutdatedError`.
        """
        if self._dataset is None or self._last is None:
            return []
        model, coded = self._last
        with threadpool_limits(1):
            return accounts(self._dataset, model, coded, suggestions)

    def _read(self) -> None:
        """Codebook, transcripts by name, and where all their segments are."""
        project = self._project
        self._codebook = project.codes.codebook()
        self._corpus = Stored(
            [
                row[0]
                for row in project.connection.execute("SELECT id FROM documents ORDER BY name")
            ],
            lambda document, text: segments(document, text, project.documents.turns(document)),
            project.documents.text,
        )


def setting(project: Project) -> float:
    """The balance that the user has set; 1 where none is set or it is no number."""
    try:
        balance = float(project.fact(BALANCE) or 1)
    except ValueError:
        return 1.0
    return 1.0 if math.isnan(balance) else min(MOST_BALANCE, max(LEAST_BALANCE, balance))
