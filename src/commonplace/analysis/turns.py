"""The turns of a transcript, as a table."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

COLUMNS = (
    Column("turn", "turns, from 1"),
    Column("start", "code points"),
    Column("speech_start", "code points"),
    Column("end", "code points"),
    Column("speaker"),
    Column("person"),
    Column("interviewer"),
    Column("time", "seconds"),
    Column("page", "page of the source, from 1"),
)


def turns(project: Project, document: str) -> Table:
    """A row for each turn of a transcript (by name, stem or id), numbered from 1.

    `person` is who the speaker is, null for an interviewer; `page` is where the turn begins,
    null where the source has no pages. Raises `NotFoundError`.
    """
    info = project.documents.find(document)

    def rows() -> Iterator[Row]:
        people = {label: who.name for label, who in project.people.by_speaker(info.id).items()}
        for number, turn in enumerate(project.documents.turns(info.id), start=1):
            yield (
                number,
                turn.start,
                turn.speech_start,
                turn.end,
                turn.speaker,
                people.get(turn.speaker),
                turn.interviewer,
                turn.time,
                turn.page,
            )

    return Table("turns", COLUMNS, rows, f"Transcript {info.name}.")
