"""Starting the application without the pauses that a program's first tenths of a second hold."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from commonplace.project import ProjectError


def run(project_path: Path, coder: str | None = None) -> None:
    """Opens the application on a project and returns when it is left, or its terminal is gone.

    Raises `ProjectError` when the project cannot be opened or there is no terminal, and
    `SystemExit` when a fault in the program ended it.
    """
    if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise ProjectError(
            "the application needs a terminal; without one, `commonplace --help` lists the "
            "commands that need none"
        )
    # Looking for garbage among what imports and the first layout make costs a tenth of the start
    # and finds none; the application looks again, at what is new, once something is painted.
    gc.disable()
    try:
        from commonplace.tui.app import CommonplaceApp
        from commonplace.tui.hangup import watching

        app = CommonplaceApp(project_path, coder)
        with watching(lambda: app.call_later(app.exit)):
            app.run()
    finally:
        gc.enable()
    if app.fault is not None:
        from commonplace.tui.faults import told

        raise SystemExit(told(app.fault))
