"""A real terminal for tests: tmux runs the program, keys go in, the screen is read back."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable
from pathlib import Path


class Terminal:
    """One command in a tmux session on a server of its own."""

    def __init__(
        self, command: list[str], *, folder: Path, size: tuple[int, int] = (120, 36)
    ) -> None:
        self._socket = f"commonplace-{uuid.uuid4().hex[:12]}"
        inherited = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        environment = {
            **inherited,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
        }
        # `exec` makes the program the pane's own process, so that it can be killed by its id.
        script = "exec " + " ".join(f"'{part}'" for part in command)
        subprocess.run(
            ["tmux", "-L", self._socket, "-f", "/dev/null", "new-session", "-d", "-s", "t",
             "-x", str(size[0]), "-y", str(size[1]), script],
            check=True, env=environment, cwd=folder,
        )  # fmt: skip
        self._tmux("set-option", "-g", "remain-on-exit", "on")
        self._tmux("set-option", "-sg", "escape-time", "0")

    def _tmux(self, *arguments: str) -> str:
        return subprocess.run(
            ["tmux", "-L", self._socket, *arguments], capture_output=True, text=True, check=True
        ).stdout

    @property
    def pid(self) -> int:
        """The process of the program."""
        return int(self._tmux("display-message", "-p", "-t", "t", "#{pane_pid}"))

    @property
    def ended(self) -> bool:
        """Whether the program has exited."""
        return self._tmux("display-message", "-p", "-t", "t", "#{pane_dead}").strip() == "1"

    def screen(self) -> str:
        """What is on the screen now."""
        return self._tmux("capture-pane", "-p", "-t", "t")

    def press(self, *keys: str) -> None:
        """Presses keys by tmux's names: `Enter`, `Escape`, `F5`, `C-r`, `1`."""
        for key in keys:
            self._tmux("send-keys", "-t", "t", key)
            time.sleep(0.05)

    def type(self, text: str) -> None:
        """Types characters as they are."""
        self._tmux("send-keys", "-t", "t", "-l", text)

    def wait(self, for_: str | Callable[[str], bool], seconds: float = 30) -> str:
        """Waits until the screen shows a text, or satisfies a condition; returns the screen."""
        holds = for_ if callable(for_) else lambda screen: for_ in screen
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            screen = self.screen()
            if holds(screen):
                return screen
            time.sleep(0.05)
        raise AssertionError(f"never came: {for_!r}\n{self.screen()}")

    def wait_end(self, seconds: float = 20) -> None:
        """Waits until the program has exited."""
        end = time.monotonic() + seconds
        while not self.ended:
            if time.monotonic() > end:
                raise AssertionError(f"still running\n{self.screen()}")
            time.sleep(0.05)

    def kill(self) -> None:
        """kill -9."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait_end()

    def close(self) -> None:
        """Ends the session, whatever runs in it."""
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], check=False)
