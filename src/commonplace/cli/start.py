"""Where the command begins: the application by the shortest way, everything else by its command.

Parsing one argument with Typer takes as long as opening a project does. Whoever opens a project all
day need not wait for that.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from commonplace.cli.opening import at_terminal, open_application


def run() -> None:
    """Runs the command that the shell gave. Exit codes: 0 done, 1 refused, 2 usage, 3 partly."""
    path = _to_open(sys.argv[1:])
    if path is not None and at_terminal():
        # What is wrong with a project is said by the command, in one place.
        with contextlib.suppress(ValueError):
            open_application(path)
            return
    from commonplace.cli.main import run as run_command

    run_command()


def _to_open(arguments: list[str]) -> Path | None:
    """The project, where all that is asked is to open it."""
    if arguments[:1] == ["open"]:
        arguments = arguments[1:]
    if len(arguments) == 1 and arguments[0].endswith(".commonplace"):
        return None if arguments[0].startswith("-") else Path(arguments[0])
    return None
