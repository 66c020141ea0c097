"""What the agreement screen shows, found out in the thread for tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from commonplace.analysis.agreement.cases import Cases
from commonplace.analysis.agreement.compare import Progress
from commonplace.analysis.agreement.people import CoderInfo, coders, usual_pair
from commonplace.analysis.agreement.reference import against_consensus
from commonplace.analysis.agreement.tables import agreement
from commonplace.analysis.agreement.units import Unit
from commonplace.project import Project
from commonplace.project.adjudication import CONSENSUS, Case
from commonplace.tui.screens.agreement.shown import Record


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
    consensus: Sequence[Record] = field(default_factory=list)
    remarks: tuple[str, ...] = ()


def find(
    project: Project,
    chosen: tuple[str, ...],
    unit: Unit,
    against: bool,
    progress: Progress,
) -> Found:
    """What the screen shows, from the project."""
    known = coders(project)
    names = tuple(name for name in chosen if name in {coder.name for coder in known})
    names = names if len(names) > 1 else usual_pair(known)
    hidden = _hidden(project)
    total = project.connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    if len(names) < 2:
        return Found(known, names, hidden, (0, total))
    if against:
        if CONSENSUS not in {coder.name for coder in known}:
            return Found(known, names, hidden, (0, total))
        table = against_consensus(project, unit=unit)
        records = list(table.records())
        done = max((int(str(record["transcripts"])) for record in records), default=0)
        return Found(known, names, hidden, (done, total), consensus=records, remarks=table.remarks)
    table = agreement(project, names, unit=unit, progress=progress)
    *codes, whole = table.records()
    cases = Cases(project, names, progress=progress)
    return Found(
        known,
        names,
        hidden,
        (len(cases.comparison.documents), total),
        cases.comparison.documents,
        [whole, *codes],
        list(cases),
        remarks=table.remarks,
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
