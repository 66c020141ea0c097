"""The one thread that writes, and tells what changed, whoever changed it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, NamedTuple

from textual.message import Message

from commonplace.project import Project
from commonplace.tui.messages import ProjectChanged, Refused, Written
from commonplace.tui.watch import Seen, Watch

POLL = 0.4
"""Seconds between two looks at what others have written."""

Command = Callable[[Project], Any]


class _Job(NamedTuple):
    command: Command
    then: Callable[[Any], None] | None
    undo: Callable[[], None] | None


class Writer(Thread):
    """Carries out commands in order over its own connection, and watches in between.

    What it has to say goes to `post`: `Written` or `Refused` for each command, `ProjectChanged`
    for whatever changed. One thread does both, so that messages never overtake each other.
    """

    def __init__(
        self, path: Path, coder: str, post: Callable[[Message], object], seen: Seen | None = None
    ) -> None:
        """`seen` is what the screen shows already; by default all there is."""
        super().__init__(name="writer", daemon=True)
        self._seen = seen
        self._path = path
        self._coder = coder
        self._post = post
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self.pending = 0
        """Commands that are not answered yet; counted by whoever submits and reads answers."""

    def submit(
        self,
        command: Command,
        then: Callable[[Any], None] | None = None,
        undo: Callable[[], None] | None = None,
    ) -> None:
        """Queues a command. `then` or `undo` come back with the answer, to be called there."""
        self.pending += 1
        self._jobs.put(_Job(command, then, undo))

    def close(self) -> None:
        """Waits until everything submitted is written, and closes the file."""
        self._jobs.put(None)
        if self.is_alive():
            self.join()

    def run(self) -> None:
        with Project.open(self._path, coder=self._coder) as project:
            watch = Watch(project, self._seen)
            while True:
                try:
                    job = self._jobs.get(timeout=POLL)
                except Empty:
                    self._look(watch.others)
                    continue
                if job is None:
                    return
                self._carry_out(project, job)
                self._look(watch.changes)

    def _carry_out(self, project: Project, job: _Job) -> None:
        try:
            result = job.command(project)
        except (ValueError, sqlite3.Error, OSError) as error:
            self._post(Refused(str(error), job.undo))
        except Exception as error:  # a fault in a command must not end the thread that writes
            self._post(Refused(f"that failed: {error!r}", job.undo))
        else:
            self._post(Written(result, job.then))

    def _look(self, look: Callable[[], Any]) -> None:
        try:
            changes = look()
        except (ValueError, sqlite3.Error):
            return  # busy or being replaced: the next look sees it
        if changes is not None:
            self._post(ProjectChanged(changes))
