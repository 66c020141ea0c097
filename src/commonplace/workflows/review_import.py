"""Transcripts as they would be understood, before anything is imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from commonplace.workflows.corrections import remembered
from commonplace.workflows.find_files import Found, find_files
from commonplace.workflows.reading import Reading, read_file
from commonplace.workflows.understood import Understood, understood

if TYPE_CHECKING:
    from commonplace.project import Project


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One file: what was understood, or why it is refused or passed over."""

    file: str
    understood: tuple[Understood, ...] = ()
    refused: str = ""


def review_import(
    project: Project, paths: Iterable[Path], reading: Reading, *, but: Sequence[Path] = ()
) -> Iterator[Reviewed]:
    """Reads files as `import_transcripts` would, file by file, and writes nothing.

    The corrections that the project remembers apply, and those of `reading` on top of them.
    """
    corrections = remembered(project)
    if reading.corrections:
        corrections = corrections.and_then(reading.corrections)
    for found in find_files(paths, but=but):
        if not isinstance(found, Found):
            yield Reviewed(found.name, refused=found.reason)
            continue
        try:
            transcripts = read_file(found, reading, corrections)
        except (ValueError, OSError) as error:
            yield Reviewed(found.name, refused=str(error))
        else:
            yield Reviewed(found.name, tuple(understood(each) for each in transcripts))
