"""Transcripts as they would be understood, before anything is imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonplace.workflows.corrections import remembered
from commonplace.workflows.reading import Reading, read_file
from commonplace.workflows.understood import Understood, understood

if TYPE_CHECKING:
    from commonplace.project import Project
    from commonplace.workflows.find_files import Found


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One file: what was understood, or why it is refused or passed over."""

    file: str
    understood: tuple[Understood, ...] = ()
    refused: str = ""


def review_file(project: Project, found: Found, reading: Reading) -> Reviewed:
    """Reads a file as `import_transcripts` would, and writes nothing.

    The corrections that the project remembers apply, and those of `reading` on top of them.
    """
    corrections = remembered(project)
    if reading.corrections:
        corrections = corrections.and_then(reading.corrections)
    try:
        transcripts = read_file(found, reading, corrections)
    except (ValueError, OSError) as error:
        return Reviewed(found.name, refused=str(error))
    return Reviewed(found.name, tuple(understood(each) for each in transcripts))
