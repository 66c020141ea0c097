"""A program in a terminal of its own: keys go in, what it paints and what that costs come out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

COLUMNS, LINES = 120, 40
_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_][^\x1b]*\x1b\\|.)"
)
_QUESTION = re.compile(rb"\x1b\[\?(\d+)\$p")


@dataclass(frozen=True, slots=True)
class Press:
    """What a key cost: CPU of the process, all its threads, and time to the last byte painted."""

    cpu: float
    """Milliseconds."""
    wall: float
    """Milliseconds; 0 when nothing was painted."""
    written: int
    """Bytes."""


class Terminal:
    """Runs `program` in a pseudo-terminal, `environment` added to ours; to be used in a `with`."""

    def __init__(self, program: list[str], environment: Mapping[str, str] | None = None) -> None:
        self._side, other = pty.openpty()
        size = struct.pack("HHHH", LINES, COLUMNS, 0, 0)
        fcntl.ioctl(other, termios.TIOCSWINSZ, size)
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            program,
            stdin=other, stdout=other, stderr=other, close_fds=True,
            preexec_fn=lambda: os.login_tty(other),  # noqa: PLW1509 - one thread here
            env={
                **os.environ, **(environment or {}), "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
            },
        )  # fmt: skip
        os.close(other)
        self.painted = bytearray()

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._side)

    @property
    def pid(self) -> int:
        """Of the program."""
        return self._process.pid

    def cpu(self) -> float:
        """CPU milliseconds that the process has used, ended threads included."""
        # The clock of another process, as clock_getcpuclockid(3) makes its number.
        return time.clock_gettime((~self.pid << 3) | 2) * 1000

    def children(self) -> list[int]:
        """The processes that the program has started and that are there."""
        return _children(self.pid)

    def peak(self) -> float:
        """Most memory the process has had, in MB (VmHWM)."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def shown(self) -> str:
        """Everything painted since the last key, without control sequences."""
        return _SEQUENCE.sub(b"", bytes(self.painted)).decode("utf-8", "replace")

    def wait_for(self, words: str, *, patience: float = 60.0) -> tuple[float, float]:
        """(CPU, wall) milliseconds from the start until `words` are painted.

        Raises `TimeoutError` when they are not within `patience` seconds.
        """
        ends = time.perf_counter() + patience
        while time.perf_counter() < ends:
            if self._take(0.25):
                cpu, wall = self.cpu(), time.perf_counter()
                if words in self.shown():
                    return cpu, (wall - self.began) * 1000
            elif self._process.poll() is not None:
                raise RuntimeError(f"the program ended: {self.shown()[-500:]}")
        raise TimeoutError(f"{words!r} was not painted: {self.shown()[-500:]!r}")

    def press(self, keys: str, *, quiet: float = 0.12) -> Press:
        """Sends keys and reads until nothing comes for `quiet` seconds."""
        self.painted.clear()
        cpu, sent = self.cpu(), time.perf_counter()
        last, written = sent, 0
        os.write(self._side, keys.encode())
        while count := self._take(quiet):
            last, written = time.perf_counter(), written + count
        return Press(self.cpu() - cpu, (last - sent) * 1000, written)

    def rest(self, *, patience: float = 60.0) -> None:
        """Waits until the program, and what it started, has had nothing to do for some time."""
        ends = time.perf_counter() + patience
        calm = 0
        while calm < 5 and time.perf_counter() < ends:
            before = self._family_ticks()
            while self._take(0.3):
                pass
            calm = calm + 1 if self._family_ticks() - before <= 1 else 0

    def _take(self, patience: float) -> int:
        """Reads what there is, waiting for it `patience` seconds; how many bytes it was."""
        ready, _, _ = select.select([self._side], [], [], patience)
        if not ready:
            return 0
        try:
            data = os.read(self._side, 1 << 16)
        except OSError:
            return 0
        self.painted += data
        for mode in _QUESTION.findall(data):
            os.write(self._side, b"\x1b[?%s;2$y" % mode)
        return len(data)

    def _family_ticks(self) -> int:
        """CPU ticks (10 ms) of the process and its children."""
        total, waiting = 0, [self.pid]
        while waiting:
            pid = waiting.pop()
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                total += int(fields[11]) + int(fields[12])
                waiting += _children(pid)
            except OSError:
                continue
        return total


def _children(pid: int) -> list[int]:
    """Those of a process, whichever of its threads started them."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for thread in threads for child in (thread / "children").read_text().split()]
