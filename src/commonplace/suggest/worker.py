"""The process that makes suggestions: `python -m commonplace.suggest.worker PROJECT`.

It has its own connection to the project, reads what is there, and writes suggestions and nothing
else, in short transactions: killed at any moment it leaves nothing wrong. It runs when asked, and
by itself after a pause when codes, transcripts or speakers changed. It leaves when its standard
input ends, so it never outlives whoever started it.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from commonplace.project import Project
from commonplace.suggest.protocol import (
    QUIT,
    RUN,
    Busy,
    Gone,
    Idle,
    Starting,
    Status,
    encode,
    request_on,
)

NICENESS = 10
POLL_SECONDS = 0.5
PAUSE_SECONDS = 1.0
"""How long nothing must have changed before a run of the worker's own accord."""
PROGRESS_SECONDS = 0.1

MATTERS = frozenset({"codes", "documents", "project", "speakers", "texts", "turns"})
"""Tables on which suggestions depend."""

Say = Callable[[Status], None]


class _Left(Exception):  # noqa: N818 - no error: the way out of a run when told to quit
    pass


class Watch:
    """Notices when something that suggestions depend on has changed in the project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._version = -1
        self._seq = 0
        self.catch_up()

    def catch_up(self) -> None:
        """What is there now is known."""
        self._version = self._project.data_version()
        self._seq = self._project.journal.last_seq()

    def changed(self) -> bool:
        """Whether anything of it changed since the last question."""
        version = self._project.data_version()
        if version == self._version:
            return False
        self._version = version
        entries = self._project.journal.since(self._seq)
        self._seq = max([self._seq, *(seq for seq, _, _ in entries)])
        # An entry without changes is an erasure: it does not say of what.
        return any(
            not changes or any(change["table"] in MATTERS for change in changes)
            for _, _, changes in entries
        )


class Worker:
    """Serves requests until told to quit."""

    def __init__(self, project: Project, requests: TextIO, say: Say) -> None:
        self._project = project
        self._say = say
        self._asked: queue.Queue[str] = queue.Queue()
        self._leaving = threading.Event()
        threading.Thread(target=self._listen, args=(requests,), daemon=True).start()

    def serve(self) -> None:
        """Runs when asked or when something changed; returns when told to quit."""
        watch = Watch(self._project)
        due: float | None = None
        while not self._leaving.is_set():
            if self._run_wanted(POLL_SECONDS):
                due = 0.0
            if watch.changed():
                due = time.monotonic() + PAUSE_SECONDS
            if due is not None and time.monotonic() >= due:
                due = None
                watch.catch_up()
                try:
                    self._run()
                except _Left:
                    return

    def _run(self) -> None:
        from commonplace.suggest.engine import suggest

        self._say(Busy(0, 0))
        count = 0
        for document, suggestions in suggest(self._project, self._progress()):
            self._stay()
            self._project.suggestions.replace(document, suggestions)
            count += len(suggestions)
        self._say(Idle(self._project.suggestions.finish_run(), count))

    def _progress(self) -> Callable[[int, int], None]:
        last = time.monotonic()

        def progress(done: int, total: int) -> None:
            nonlocal last
            self._stay()
            if time.monotonic() - last >= PROGRESS_SECONDS or done == total:
                last = time.monotonic()
                self._say(Busy(done, total))

        return progress

    def _stay(self) -> None:
        if self._leaving.is_set():
            raise _Left

    def _run_wanted(self, timeout: float) -> bool:
        """Whether a run is asked for within `timeout` seconds; however often, it is one run."""
        asked: list[str] = []
        try:
            asked.append(self._asked.get(timeout=timeout))
            while True:
                asked.append(self._asked.get_nowait())
        except queue.Empty:
            return RUN in asked

    def _listen(self, requests: TextIO) -> None:
        for line in requests:
            request = request_on(line)
            if request == QUIT:
                break
            if request is not None:
                self._asked.put(request)
        self._leaving.set()
        self._asked.put(QUIT)


def main(arguments: list[str]) -> int:
    """Serves the project named by the only argument; returns the exit status."""
    os.nice(NICENESS)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library's print must not be a message

    def say(status: Status) -> None:
        try:
            out.write(encode(status))
            out.flush()
        except BrokenPipeError:
            raise _Left from None

    try:
        say(Starting())
        with Project.open(Path(arguments[0]), coder="commonplace") as project:
            Worker(project, sys.stdin, say).serve()
    except _Left:
        return 0
    except Exception as error:
        say(Gone(f"{type(error).__name__}: {error}"))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
