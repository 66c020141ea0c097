"""Opening a project from a command."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commonplace.project import Project


def opened(path: Path, coder: str | None = None) -> AbstractContextManager[Project]:
    """The project at `path`, to be used in a `with`. Raises `ProjectError`."""
    from commonplace.project import Project

    return Project.open(path, coder=coder)
