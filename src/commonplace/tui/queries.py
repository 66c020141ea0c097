"""A thread that reads, so that no key waits for a query."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any, NamedTuple

from textual.message import Message

from commonplace.project import Project

Query = Callable[[Project], Any]

STEPS = 1000
"""Steps of SQLite's machine between two looks at whether a question is still wanted."""


class StoppedError(ValueError):
    """A question was told to stop."""


class Stop(Event):
    """Tells a question to stop that looks at it now and then."""

    def __init__(self, what: str = "") -> None:
        super().__init__()
        self.what = what
        """The file that is being written."""
        self._late = False

    def heed(self) -> None:
        """Raises `StoppedError` once it is set."""
        if self.is_set():
            raise StoppedError

    def too_late(self) -> None:
        """What it was to stop is done: from here on it counts as not set, whoever sets it."""
        self._late = True

    def is_set(self) -> bool:
        return super().is_set() and not self._late


class _Job(NamedTuple):
    key: str
    number: int
    query: Query
    then: Callable[[Any], None]
    stop: Stop


@dataclass(eq=False, repr=False)
class Answered(Message):
    """A query has its answer, or failed with `error`."""

    queries: Queries
    key: str
    number: int
    result: Any
    then: Callable[[Any], None]
    error: str = ""


class Queries:
    """Asks a project over a connection of its own; the answers go to `post` as `Answered`.

    In blind mode the connection is shaded: no question can see what this coder may not see yet.

    Of several questions with the same key only the newest counts: older ones that have not
    begun are left out, those that have are broken off, and their answers are not `current`. The
    thread begins with the first.
    """

    def __init__(self, path: Path, coder: str, post: Callable[[Message], object]) -> None:
        self._path = path
        self._coder = coder
        self._post = post
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._newest: dict[str, int] = {}
        self._thread: Thread | None = None
        self.pending = 0
        """Questions whose answers are not read yet."""
        self.stops: dict[str, Stop] = {}
        """By key, what stops those of them that can be stopped."""

    def ask(
        self, key: str, query: Query, then: Callable[[Any], None], stop: Stop | None = None
    ) -> None:
        """Queues a question; `then` comes back with the answer, to be called there. With `stop` it
        can be stopped: the answer then is None, unless it was done before."""
        number = self._newest.get(key, 0) + 1
        self._newest[key] = number
        self.pending += 1
        if stop is not None:
            self.stops[key] = stop
        self._jobs.put(_Job(key, number, query, then, stop or Stop()))
        if self._thread is None:
            self._thread = Thread(target=self._run, name="queries", daemon=True)
            self._thread.start()

    def drop(self, key: str) -> None:
        """Wants no answer to the question with this key any more."""
        self._newest[key] = self._newest.get(key, 0) + 1

    def read(self, answer: Answered) -> bool:
        """Counts an answer as read; returns whether it is the one to the newest question."""
        self.pending -= 1
        current = self.is_current(answer.key, answer.number)
        if current:
            self.stops.pop(answer.key, None)
        return current

    def is_current(self, key: str, number: int) -> bool:
        """Whether no newer question with this key was asked."""
        return self._newest.get(key) == number

    def close(self) -> None:
        """Breaks off the question it is at, and ends the thread."""
        for key in self._newest:
            self.drop(key)
        self._jobs.put(None)
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        with Project.open(self._path, coder=self._coder) as project:
            while (job := self._jobs.get()) is not None:
                # What is not wanted any more ends at its next look into the file.
                project.connection.set_progress_handler(partial(self._is_left, job), STEPS)
                self._post(self._answer(project, job))

    def _is_left(self, job: _Job) -> bool:
        return job.stop.is_set() or not self.is_current(job.key, job.number)

    def _answer(self, project: Project, job: _Job) -> Answered:
        left = Answered(self, job.key, job.number, None, job.then)
        if self._is_left(job):
            return left
        try:
            project.blind.shade()
            with project.snapshot():
                result = job.query(project)
        except Exception as error:  # a fault in a query must not end the thread
            if self._is_left(job):
                return left
            return Answered(self, job.key, job.number, None, job.then, error=in_words(error))
        return Answered(self, job.key, job.number, result, job.then)


def in_words(error: Exception) -> str:
    """What is said of an error in a question."""
    known = isinstance(error, ValueError | sqlite3.Error | OSError)
    return str(error) if known else f"that failed: {error!r}"
