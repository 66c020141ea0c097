"""Putting a corrected file in the place of a transcript that is coded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from commonplace.project.errors import ProjectError
from commonplace.workflows.corrections import remembered
from commonplace.workflows.find_files import Found
from commonplace.workflows.reading import Reading, read_file
from commonplace.workflows.rehearsal import rehearsal

if TYPE_CHECKING:
    from commonplace.domain.transcript import Transcript
    from commonplace.project import Amendment, Project


@dataclass(frozen=True, slots=True)
class Amended:
    """What a corrected file led to, and what whoever gave it should know."""

    name: str
    """Of the transcript."""
    amendment: Amendment
    notes: tuple[str, ...]


def amend(
    project: Project,
    document: str,
    file: Path,
    reading: Reading,
    *,
    relabel: bool = False,
    dry_run: bool = False,
) -> Amended:
    """Replaces the text of a transcript (by name, stem or id) by that of a file, read as imports
    are, with what the project remembers of speakers and of tables.

    With `relabel`, the labels as they are read now hold, except where a person set the speaker.
    With `dry_run`, all of it takes place in a copy that is thrown away. Raises `NotFoundError`,
    `ProjectError` and whatever `readers.read` raises.
    """
    info = project.documents.find(document)
    if not file.exists():
        raise ProjectError(f"{file}: there is no such file; look at the name")
    corrections = remembered(project)
    if reading.corrections:
        corrections = corrections.and_then(reading.corrections)
    reading = reading.with_remembered(project)
    found = read_file(Found(file, file.name), reading, corrections)
    read = _the_one(found.transcripts, info.name, file)
    notes = list(read.notes)
    if read.codings:
        notes.append("codes in the file are left out: the ones in the project hold")
    if dry_run:
        with rehearsal(project) as copy:
            done = copy.amendments.amend(info.id, read, relabel=relabel)
    else:
        done = project.amendments.amend(info.id, read, relabel=relabel)
    return Amended(info.name, done, (*notes, *_told(done)))


def _the_one(transcripts: list[Transcript], name: str, file: Path) -> Transcript:
    """The transcript in a file that is meant: the only one, or that of the same name; the rows of
    a table may have been told apart from others by what their names end in."""
    named = [each for each in transcripts if each.name == name]
    named = named or [each for each in transcripts if name.startswith(f"{each.name} (")]
    named = named or transcripts
    if len(named) == 1:
        return named[0]
    found = ", ".join(each.name for each in transcripts[:5])
    raise ProjectError(
        f"{file}: there are {len(transcripts)} transcripts in it ({found}…), none named '{name}': "
        "save the one that is meant as a file of its own"
    )


def _told(done: Amendment) -> list[str]:
    """What a correction did beside moving what is coded, in words."""
    told = [f"'{old}' is '{new}' now" for old, new in done.renamed.items()]
    if done.added:
        told.append(f"new: {', '.join(label or 'somebody unnamed' for label in done.added)}")
    if done.gone:
        told.append(f"no more: {', '.join(label or 'somebody unnamed' for label in done.gone)}")
    if done.turns_lost:
        told.append(f"{done.turns_lost} turns that were set by hand are found no more")
    if done.forgotten:
        told.append(
            f"{done.forgotten} decisions were about words that are gone, and went with them"
        )
    return told
