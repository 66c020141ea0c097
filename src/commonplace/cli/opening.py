"""Opening a project: for a command, or for a person in the terminal application."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from commonplace.cli.names import note_project

if TYPE_CHECKING:
    from commonplace.project import Project


def opened(path: Path, coder: str | None = None) -> AbstractContextManager[Project]:
    """The project at `path`, to be used in a `with`. Raises `ProjectError`."""
    from commonplace.project import Project

    note_project(path)
    return Project.open(path, coder=coder)


def at_terminal() -> bool:
    """Whether somebody is there to work with the application."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_application(path: Path, coder: str | None = None) -> None:
    """Hands over to the terminal application until it is left."""
    from commonplace.tui.launch import run

    run(path, coder=coder)
