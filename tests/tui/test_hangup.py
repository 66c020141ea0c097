"""A program whose terminal is gone leaves, whoever else is in the session."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty")

PROGRAM = """
import signal, threading
from commonplace.tui.hangup import watching
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # tests started by nohup hand on that it is ignored
left = threading.Event()
with watching(left.set):
    print("here", flush=True)
    left.wait()
print("a write to a terminal that is gone", flush=True)
raise SystemExit(7)
"""


@pytest.mark.parametrize("end", ["closed", "signal"])
def test_it_leaves_when_the_terminal_is_gone_or_the_system_says_so(end: str) -> None:
    """In a session of its own it has no controlling terminal, and hears of no hang-up by signal:
    as under a program that keeps it to itself."""
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        said = b""
        while not said.endswith(b"\n"):  # a write that the terminal took in part would fail
            said += os.read(ours, 100)
        if end == "signal":
            program.send_signal(signal.SIGHUP)
            assert program.wait(20) == 7
    finally:
        os.close(ours)
    assert program.wait(20) == 7
