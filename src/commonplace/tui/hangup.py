"""Leaving when the terminal is gone: its window was closed, or the connection to it broke."""

from __future__ import annotations

import os
import select
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

GRACE_SECONDS = 10.0
"""How long leaving may take; the worker alone is given four seconds of it."""

_STREAMS = (0, 1, 2)


@contextmanager
def watching(leave: Callable[[], object]) -> Iterator[None]:
    """Inside the block, `leave` is called, from a thread, once the terminal is gone or the system
    says so (SIGHUP).

    Only whoever leads the session hears of it by a signal. A program between that waits for us, as
    `make` does, keeps it to itself: then the state of the terminal says the same. If we are still
    there after `GRACE_SECONDS`, the process ends as it is: all that was decided is in the file.
    Does nothing where terminals are not watched like this (Windows).
    """
    if not hasattr(select, "poll"):
        yield
        return
    told, tell = os.pipe()
    before = signal.getsignal(signal.SIGHUP)
    if before is signal.SIG_DFL:  # who started us with nohup wants us to stay
        signal.signal(signal.SIGHUP, lambda *_: os.write(tell, b"!"))
    threading.Thread(target=_wait, args=(told, leave), name="hangup", daemon=True).start()
    try:
        yield
    finally:
        if before is signal.SIG_DFL:
            signal.signal(signal.SIGHUP, before)
        os.close(tell)


def _wait(told: int, leave: Callable[[], object]) -> None:
    """Waits for the signal, the end of the terminal, or that nobody is interested any more."""
    poll = select.poll()
    poll.register(_STREAMS[0], 0)
    poll.register(told, select.POLLIN)
    while True:
        events = dict(poll.poll())
        if events.get(_STREAMS[0], 0) & select.POLLHUP:
            _unplug()
            break
        if events.get(told, 0) & select.POLLIN:
            break
        if told in events:
            os.close(told)
            return
        poll.unregister(_STREAMS[0])  # a kind of terminal that cannot be asked
    leave()
    time.sleep(GRACE_SECONDS)
    os._exit(1)


def _unplug() -> None:
    """Nothing is read from the terminal or written to it any more: a write would fail, and what
    waits for the thread that writes would wait for ever."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in _STREAMS:
        os.dup2(nowhere, stream)
    os.close(nowhere)
