"""Opening a project: for a command, or for a person in the terminal application."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from commonplace.cli.names import note_project
from commonplace.cli.output import complain

if TYPE_CHECKING:
    from commonplace.project import Project


def opened(path: Path, coder: str | None = None) -> AbstractContextManager[Project]:
    """The project at `path`, to be used in a `with`. Raises `ProjectError`."""
    from commonplace.project import Project
    from commonplace.workflows import pseudonym_key

    project = Project.open(path, coder=coder)
    note_project(project)
    if pseudonym_key.closed(path):
        complain(
            f"{pseudonym_key.key_path(path)} could be read by others on this computer, and tells "
            "who is who: it is yours alone now (0600)"
        )
    return project


def at_terminal() -> bool:
    """Whether somebody is there to work with the application."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_application(path: Path, coder: str | None = None) -> None:
    """Hands over to the terminal application until it is left."""
    from commonplace.tui.launch import run

    run(path, coder=coder)
