"""What the agreement screen shows, found out in the thread for tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from commonplace.analysis.agreement.blind import accepted_against_blind
from commonplace.analysis.agreement.cases import Cases
from commonplace.analysis.agreement.compare import Comparison, Progress
from commonplace.analysis.agreement.people import CoderInfo, coders, usual_pair
from commonplace.analysis.agreement.reference import against_consensus
from commonplace.analysis.agreement.tables import agreement
from commonplace.analysis.agreement.unitized import unitized
from commonplace.analysis.agreement.units import Unit
from commonplace.analysis.filters import FilterError
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.project.adjudication import CONSENSUS, Case
from commonplace.tui.screens.agreement.shown import Record


class Shows(StrEnum):
    """Which table is shown."""

    CODES = "agreement"
    CONSENSUS = "consensus"
    STRETCHES = "stretches"
    SUGGESTIONS = "suggestions"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: whom to compare, by what, and for which table."""

    chosen: tuple[str, ...]
    """Empty for the two with most in common."""
    unit: Unit
    preset: str
    """With `Unit.PRESET` the path of the code that marks the units."""
    shows: Shows

    @property
    def counted(self) -> Unit:
        """The unit that is counted by; where marked stretches cannot be, sentences."""
        if self.shows is Shows.STRETCHES:
            return Unit.CHARACTER
        given = self.shows is not Shows.CODES and self.unit is Unit.PRESET
        return Unit.SEGMENT if given else self.unit

    def table(
        self, project: Project, names: Sequence[str], progress: Progress | None = None
    ) -> Table:
        """The table, as it is shown and exported. Raises as `Comparison` does."""
        match self.shows:
            case Shows.CONSENSUS:
                return against_consensus(project, unit=self.counted)
            case Shows.STRETCHES:
                return unitized(project, names)
            case Shows.SUGGESTIONS:
                return accepted_against_blind(project, names, unit=self.counted)
        return agreement(
            project,
            names,
            unit=self.unit,
            preset=self.preset if self.unit is Unit.PRESET else "",
            progress=progress,
        )


@dataclass(frozen=True)
class Found:
    """What was found out about the coders."""

    known: list[CoderInfo]
    chosen: tuple[str, ...] = ()
    hidden: int = 0
    """Transcripts that are left out because this coder may not see others' work there."""
    transcripts: tuple[int, int] = (0, 0)
    """How many were compared, of how many."""
    documents: Sequence[str] = ()
    """Ids of those in which the coders differ or agree."""
    records: Sequence[Record] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    remarks: tuple[str, ...] = ()
    problem: str = ""
    """Why there is nothing to show."""


def find(
    project: Project,
    asked: Asked,
    progress: Progress,
) -> Found:
    """What the screen shows, from the project."""
    known = coders(project)
    names = tuple(name for name in asked.chosen if name in {coder.name for coder in known})
    names = names if len(names) > 1 else usual_pair(known)
    hidden = _hidden(project)
    total = project.connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    if len(names) < 2:
        return Found(known, names, hidden, (0, total))
    if asked.shows is Shows.CONSENSUS:
        if CONSENSUS not in {coder.name for coder in known}:
            return Found(known, names, hidden, (0, total))
        table = asked.table(project, names)
        records = list(table.records())
        done = max((int(str(record["transcripts"])) for record in records), default=0)
        return Found(known, names, hidden, (done, total), records=records, remarks=table.remarks)
    try:
        table = asked.table(project, names, progress)
        records = list(table.records())
    except FilterError as error:
        return Found(known, names, hidden, (0, total), problem=str(error))
    if asked.shows is not Shows.CODES:
        documents = Comparison(project, names).documents
        compared = (len(documents), total)
        return Found(known, names, hidden, compared, documents, records, remarks=table.remarks)
    *codes, whole = records
    cases = Cases(project, names, progress=progress)
    return Found(
        known,
        names,
        hidden,
        (len(cases.comparison.documents), total),
        cases.comparison.documents,
        [whole, *codes],
        list(cases),
        remarks=(*table.remarks, cases.about()),
    )


def _hidden(project: Project) -> int:
    """In how many transcripts this coder may not see others' work."""
    if not project.blind.on:
        return 0
    return int(
        project.connection.execute(
            "SELECT count(*) FROM documents WHERE id NOT IN "
            "(SELECT document_id FROM done WHERE coder = ?)",
            (project.coder,),
        ).fetchone()[0]
    )
