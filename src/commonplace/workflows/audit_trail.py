"""The audit trail of a project as a folder of files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from commonplace.analysis.trail import TRAIL
from commonplace.exports.files import ExportError

if TYPE_CHECKING:
    from commonplace.project import Project


def write_trail(project: Project, folder: Path) -> tuple[list[Path], list[str]]:
    """Writes every table of the trail as CSV into a folder, and the codebook as it is; returns the
    files, and what was left out of them (see `quotable`). The folder is made where it is missing,
    readable by its owner only.

    All of it is one state of the project. Raises `ExportError`.
    """
    from commonplace import codebooks, exports
    from commonplace.workflows.quotable import about_consent, quotable

    made = not folder.exists()
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder} cannot be made: {error.strerror or error}") from error
    written: list[Path] = []
    left_out: list[str] = []
    try:
        with project.snapshot():
            for name, table in TRAIL.items():
                leaving = quotable(project, table(project))
                exports.write(leaving, folder / f"{name}.csv")
                written.append(folder / f"{name}.csv")
                left_out += about_consent(leaving)
            codebooks.save(project.codes.codebook(), folder / "codebook.yaml")
            written.append(folder / "codebook.yaml")
    finally:
        if made and not written:
            folder.rmdir()
    return written, left_out
