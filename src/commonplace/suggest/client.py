"""Talking to the worker: start it, ask for runs, hear how it fares. Standard library only."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from commonplace.suggest.protocol import (
    ACCOUNT,
    QUIT,
    RUN,
    Accounts,
    Busy,
    Gone,
    Idle,
    Likeness,
    Starting,
    Status,
    Told,
    ask,
    decode,
)

GRACE_SECONDS = 3.0
"""How long the worker may take to close the project before it is ended."""

BACK_OFF_SECONDS = (0.5, 2.0, 8.0, 30.0)
"""Waits before each new start after the worker died; after the last, it stays away."""

__all__ = [
    "Busy",
    "Client",
    "FinishedRun",
    "Gone",
    "Idle",
    "Likeness",
    "Starting",
    "Status",
    "SuggestError",
    "Told",
    "finished_run",
    "run_once",
]


class SuggestError(ValueError):
    """Suggestions could not be made; the message says why."""


class Client:
    """A worker process for one project, watched over by a thread.

    `heard` is called from that thread with each status, `told` with each account asked for. If the
    worker dies it is started again, with growing waits, and asked again for the run it owed. It
    learns from `coder` and proposes to them; without one, to whoever runs this.
    """

    def __init__(
        self,
        project: Path,
        heard: Callable[[Status], None],
        coder: str | None = None,
        told: Callable[[Told], None] | None = None,
    ) -> None:
        self._project = project.absolute()
        self._coder = coder
        self._heard = heard
        self._told = told
        self._process: subprocess.Popen[str] | None = None
        self._watcher: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._owed = False
        """Whether a run was asked for, or may have been about to begin, and none ended since."""

    @property
    def pid(self) -> int | None:
        """The number of the worker process, while there is one."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> None:
        """Starts the worker, unless it is there; returns at once."""
        with self._lock:
            if self._closed.is_set() or (self._watcher and self._watcher.is_alive()):
                return
            self._watcher = threading.Thread(target=self._watch, daemon=True)
            self._watcher.start()

    def request_run(self) -> None:
        """Asks for a run, starting the worker if it is not there; returns at once.

        While a run is under way, one more is queued, however often it is asked for.
        """
        with self._lock:
            self._owed = True
            self._send(RUN)
        self.start()

    def request_account(self, suggestion: str) -> None:
        """Asks what spoke for a suggestion, by id; returns at once.

        The worker answers when it is idle, and only what was asked for last. There is no answer
        for a suggestion that the last run did not make, nor while there is no worker.
        """
        with self._lock:
            self._send(ACCOUNT, (suggestion,))

    def close(self) -> None:
        """Lets the worker close the project and end, by force if it takes too long.

        Call it before closing one's own connection. Waits for `GRACE_SECONDS` at most.
        """
        self._closed.set()
        with self._lock:
            process = self._process
            if process is not None:
                self._send(QUIT)
                _close_input(process)
        if process is not None:
            _end(process)
        if self._watcher is not None and self._watcher is not threading.current_thread():
            self._watcher.join(GRACE_SECONDS)

    def _watch(self) -> None:
        failures = 0
        while not self._closed.is_set():
            self._heard(Starting())
            finished, reason = self._serve()
            if self._closed.is_set():
                return
            failures = 1 if finished else failures + 1
            self._heard(Gone(reason))
            if failures > len(BACK_OFF_SECONDS):
                return
            self._closed.wait(BACK_OFF_SECONDS[failures - 1])

    def _serve(self) -> tuple[bool, str]:
        """One life of the worker: whether it finished a run, and why it ended."""
        try:
            process = _launch(self._project, self._coder)
        except OSError as error:
            return False, f"it cannot be started: {error.strerror or error}"
        with self._lock:
            self._process = process
            if self._closed.is_set():
                _close_input(process)
            elif self._owed:
                self._send(RUN)
        finished, reason = False, ""
        assert process.stdout is not None
        for line in process.stdout:
            status = decode(line)
            if isinstance(status, Accounts):
                if self._told is not None:
                    for told in status.told:
                        self._told(told)
            elif isinstance(status, Gone):
                reason = status.reason
            elif isinstance(status, Busy | Idle):
                if isinstance(status, Idle):
                    finished = True
                    self._owed = False
                self._heard(status)
        code = process.wait()
        with self._lock:
            self._process = None
            self._owed = True  # of what it was asked for or saw change, nobody knows the last
            _close_input(process)
        process.stdout.close()
        return finished, reason or _fate(code)

    def _send(self, request: str, of: Sequence[str] = ()) -> None:
        """Writes a request, if there is a worker; one that is dying is the watcher's business."""
        if self._process is None or self._process.stdin is None or self._process.stdin.closed:
            return
        try:
            self._process.stdin.write(ask(request, of))
            self._process.stdin.flush()
        except (BrokenPipeError, ValueError):
            return


class FinishedRun:
    """A run that has just been made, and the worker that made it."""

    def __init__(self, process: subprocess.Popen[str], count: int) -> None:
        self._process = process
        self.count = count
        """How many suggestions there are."""

    def accounts(self, suggestions: Sequence[str]) -> dict[str, Told]:
        """What spoke for suggestions of this run, by their ids. Raises `SuggestError`."""
        if not suggestions:
            return {}
        assert self._process.stdin is not None and self._process.stdout is not None
        reason = ""
        try:
            self._process.stdin.write(ask(ACCOUNT, suggestions))
            self._process.stdin.flush()
            for line in self._process.stdout:
                answer = decode(line)
                if isinstance(answer, Accounts):
                    return {told.suggestion: told for told in answer.told}
                if isinstance(answer, Gone):
                    reason = answer.reason
        except BrokenPipeError:
            pass
        raise SuggestError(f"what spoke for the suggestions is not known: {reason or 'no answer'}")


def run_once(
    project: Path,
    progress: Callable[[int, int], None] | None = None,
    coder: str | None = None,
    cluster: str | None = None,
) -> int:
    """Makes all suggestions for one coder anew and waits; returns how many there are.

    `progress` hears how many sentences have been read, of how many; `coder` is whom to learn
    from and to propose to, by default whoever runs this; `cluster` the address of a Dask
    scheduler whose workers do the work. Raises `SuggestError`.
    """
    with finished_run(project, progress, coder, cluster) as run:
        return run.count


@contextmanager
def finished_run(
    project: Path,
    progress: Callable[[int, int], None] | None = None,
    coder: str | None = None,
    cluster: str | None = None,
) -> Iterator[FinishedRun]:
    """The same; the worker stays to give account of its suggestions until the block is left."""
    process = _launch(project.absolute(), coder, cluster)
    assert process.stdin is not None and process.stdout is not None
    reason, count = "", None
    try:
        with suppress(BrokenPipeError):
            process.stdin.write(ask(RUN))
            process.stdin.flush()
        for line in process.stdout:
            status = decode(line)
            if isinstance(status, Busy) and progress is not None:
                progress(status.done, status.total)
            elif isinstance(status, Idle):
                count = status.count
                break
            elif isinstance(status, Gone):
                reason = status.reason
        if count is not None:
            yield FinishedRun(process, count)
            return
    finally:
        _close_input(process)
        _end(process)
        process.stdout.close()
    raise SuggestError(f"no suggestions were made: {reason or _fate(process.returncode)}")


def _launch(project: Path, coder: str | None, cluster: str | None = None) -> subprocess.Popen[str]:
    """The worker process. It loads no module from the current folder, and Ctrl+C is not for it."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "commonplace.suggest.worker", str(project)]
        + ([f"--coder={coder}"] if coder else [])
        + ([f"--cluster={cluster}"] if cluster else []),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="ascii",
        errors="replace",
        start_new_session=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )


def _close_input(process: subprocess.Popen[str]) -> None:
    """Ends the worker's standard input, on which it leaves."""
    if process.stdin is not None:
        try:
            process.stdin.close()
        except BrokenPipeError:
            return


def _end(process: subprocess.Popen[str]) -> None:
    """Waits for the worker to end by itself, then makes it."""
    for wait, stop in ((GRACE_SECONDS, process.terminate), (1.0, process.kill)):
        try:
            process.wait(wait)
            return
        except subprocess.TimeoutExpired:
            stop()
    process.wait()


def _fate(code: int | None) -> str:
    """How a process ended, in words."""
    if code is not None and code < 0:
        return f"the worker was ended from outside ({signal.strsignal(-code)})"
    return f"the worker ended with status {code}"
