"""The thread that imports, file by file, until it is done or told to stop."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread

from textual.message import Message

from commonplace.project import Project
from commonplace.workflows.import_transcripts import Result, import_transcripts, never
from commonplace.workflows.reading import Reading


class Progress(Message):
    """What became of a file."""

    def __init__(self, result: Result) -> None:
        super().__init__()
        self.result = result


class Finished(Message):
    """The import has ended; `error` says why it broke off, if it did."""

    def __init__(self, error: str = "") -> None:
        super().__init__()
        self.error = error


class Importer(Thread):
    """Imports over a connection of its own, and tells `post` of every file.

    Each file is one transaction: told to stop, it finishes the one it is at, and that stays.
    """

    def __init__(
        self,
        project: Path,
        coder: str,
        paths: Sequence[Path],
        reading: Reading,
        post: Callable[[Message], object],
        *,
        copies: bool = False,
    ) -> None:
        """`copies`: whether to import what is there under another name."""
        super().__init__(name="importer", daemon=True)
        self._project = project
        self._coder = coder
        self._paths = paths
        self._reading = reading
        self._post = post
        self._copies = copies
        self._stop = Event()

    def stop(self) -> None:
        """Ends after the file at hand."""
        self._stop.set()

    def run(self) -> None:
        try:
            self._import()
        except (ValueError, OSError, sqlite3.Error) as error:
            self._post(Finished(str(error)))
        except Exception as error:  # a fault in a reader must not leave the screen waiting
            self._post(Finished(f"that failed: {error!r}"))
        else:
            self._post(Finished())

    def _import(self) -> None:
        again = (lambda _name, _others: True) if self._copies else never
        with Project.open(self._project, coder=self._coder) as project:
            results = import_transcripts(
                project, self._paths, self._reading, group=project.new_group(), again=again
            )
            for result in results:
                self._post(Progress(result))
                if self._stop.is_set():
                    return
