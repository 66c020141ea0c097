"""The process that makes suggestions: `python -m commonplace.suggest.worker PROJECT`.

It has its own connection to the project, reads what is there, and writes one coder's
suggestions and nothing else, in short transactions: killed at any moment it leaves nothing wrong,
and several may work on one project at once, each for another coder. It runs when asked, and by
itself after a pause when codes, transcripts, speakers, codings or decisions changed. Asked what
spoke for suggestions, it answers when no run is due, and only the latest question. It leaves when
its standard input ends, so it never outlives whoever started it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from commonplace.project import NotFoundError, Project
from commonplace.suggest.cluster import HERE, Crew, cluster
from commonplace.suggest.protocol import (
    ACCOUNT,
    QUIT,
    RUN,
    Accounts,
    Busy,
    Gone,
    Idle,
    Request,
    SetUpError,
    Starting,
    Status,
    Told,
    encode,
    request_on,
)

if TYPE_CHECKING:
    from commonplace.suggest.engine import Engine

NICENESS = 10
POLL_SECONDS = 0.5
PAUSE_SECONDS = 1.0
"""How long nothing must have changed before a run of the worker's own accord."""
PROGRESS_SECONDS = 0.1

READ = frozenset({"codes", "documents", "speakers", "texts", "turns"})
"""Tables whose change means that everything is to be read anew."""
LEARNT = frozenset({"codings", "decisions", "done", "project"})
"""Tables whose change means that there is something else to learn, and settings."""

Say = Callable[[Status | Accounts], None]


class _Left(Exception):  # noqa: N818 - no error: the way out of a run when told to quit
    pass


class _Overtaken(Exception):  # noqa: N818 - no error: the way out of a run that is outdated
    pass


class Change(IntEnum):
    """How much of what suggestions depend on has changed."""

    NOTHING = 0
    LESSONS = 1
    TEXTS = 2


class Watch:
    """Notices when something that suggestions depend on has changed in the project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._version = project.data_version()
        self._seq = project.journal.last_seq()

    def changed(self) -> Change:
        """What of it changed since the last question."""
        version = self._project.data_version()
        if version == self._version:
            return Change.NOTHING
        self._version = version
        entries = self._project.journal.since(self._seq)
        self._seq = max([self._seq, *(seq for seq, _, _ in entries)])
        # An entry without changes is an erasure: it does not say of what.
        if not all(changes for _, _, changes in entries):
            return Change.TEXTS
        tables = {change["table"] for _, _, changes in entries for change in changes}
        if tables & READ:
            return Change.TEXTS
        return Change.LESSONS if tables & LEARNT else Change.NOTHING


class Worker:
    """Serves requests until told to quit."""

    def __init__(
        self,
        project: Project,
        requests: TextIO,
        say: Say,
        crew: Crew = HERE,
    ) -> None:
        self._project = project
        self._say = say
        self._crew = crew
        self._missed = Change.NOTHING
        self._asked: queue.Queue[Request] = queue.Queue()
        self._unexplained: tuple[str, ...] = ()
        """Ids of the suggestions whose accounts were asked for last and not told yet."""
        self._leaving = threading.Event()
        threading.Thread(target=self._listen, args=(requests,), daemon=True).start()

    def serve(self) -> None:
        """Runs when asked or when something changed; returns when told to quit.

        A run that new texts or a new codebook have overtaken is dropped and begun anew.
        """
        from commonplace.suggest.cache import Shelf
        from commonplace.suggest.corpus import OutdatedError
        from commonplace.suggest.engine import Engine

        watch = Watch(self._project)
        engine = Engine(self._project, Shelf(self._project.uuid), self._crew)
        due: float | None = None
        while not self._leaving.is_set():
            if self._run_wanted(POLL_SECONDS):
                due = 0.0
            if change := max(watch.changed(), self._missed):
                due = time.monotonic() + PAUSE_SECONDS
                self._missed = Change.NOTHING
            if change is Change.TEXTS:
                engine.forget()
            if due is None:
                self._explain(engine)
                continue
            if time.monotonic() < due:
                continue
            due = None
            try:
                self._run(engine, watch)
            except _Left:
                return
            except _Overtaken:
                continue
            except OutdatedError:
                engine.forget()
                due = time.monotonic() + PAUSE_SECONDS

    def _run(self, engine: Engine, watch: Watch) -> None:
        self._say(Busy(0, 0))
        basis, proposed = engine.stream(self._progress(watch))
        count = 0
        for document, suggestions in proposed:
            self._stay()
            self._project.suggestions.replace(document, suggestions)
            count += len(suggestions)
        self._say(Idle(self._project.suggestions.finish_run(basis), count))

    def _explain(self, engine: Engine) -> None:
        """Tells what was asked about suggestions last. One that is no more has no account."""
        from commonplace.suggest.corpus import OutdatedError

        if not self._unexplained:
            return
        wanted, self._unexplained = self._unexplained, ()
        found = []
        for id in wanted:
            with contextlib.suppress(NotFoundError):
                found.append(self._project.suggestions.get(id))
        told: list[Told] = []
        with contextlib.suppress(OutdatedError):
            told = engine.accounts(found)
        names = dict(self._project.connection.execute("SELECT id, name FROM documents").fetchall())
        self._say(Accounts(tuple(_with_names(each, names) for each in told)))

    def _progress(self, watch: Watch) -> Callable[[int, int], None]:
        last = time.monotonic()

        def progress(done: int, total: int) -> None:
            nonlocal last
            self._stay()
            if time.monotonic() - last >= PROGRESS_SECONDS or done == total:
                last = time.monotonic()
                self._say(Busy(done, total))
                self._missed = max(self._missed, watch.changed())
                if self._missed is Change.TEXTS:
                    raise _Overtaken

        return progress

    def _stay(self) -> None:
        if self._leaving.is_set():
            raise _Left

    def _run_wanted(self, timeout: float) -> bool:
        """Whether a run is asked for within `timeout` seconds; however often, it is one run."""
        asked: list[Request] = []
        with contextlib.suppress(queue.Empty):
            asked.append(self._asked.get(timeout=timeout))
            while True:
                asked.append(self._asked.get_nowait())
        for request in asked:
            if request.kind == ACCOUNT:
                self._unexplained = request.of
        return any(request.kind == RUN for request in asked)

    def _listen(self, requests: TextIO) -> None:
        for line in requests:
            request = request_on(line)
            if request is not None and request.kind == QUIT:
                break
            if request is not None:
                self._asked.put(request)
        self._leaving.set()
        self._asked.put(Request(QUIT))


def _with_names(told: Told, names: Mapping[str, str]) -> Told:
    """With the names of transcripts for their ids; without passages of those that have gone."""
    like = (
        replace(each, document=names[each.document]) for each in told.like if each.document in names
    )
    return replace(told, like=tuple(like))


def main(arguments: list[str]) -> int:
    """Serves the project named first; returns the exit status."""
    asked = _parser().parse_args(arguments)
    os.nice(NICENESS)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library's print must not be a message

    def say(status: Status | Accounts) -> None:
        try:
            out.write(encode(status))
            out.flush()
        except BrokenPipeError:
            raise _Left from None

    try:
        say(Starting())
        with (
            Project.open(asked.project, coder=asked.coder) as project,
            cluster(asked.cluster) as crew,
        ):
            project.hurry()
            Worker(project, sys.stdin, say, crew).serve()
    except _Left:
        return 0
    except SetUpError as error:
        say(Gone(str(error)))
        return 1
    except Exception as error:
        say(Gone(f"{type(error).__name__}: {error}"))
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="commonplace.suggest.worker", description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--coder", help="whom to learn from and to propose to")
    parser.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler to work with")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
