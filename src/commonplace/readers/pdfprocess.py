"""Reading PDF files in another process, so that no file can take this one's memory or life.

The process is kept for the files that follow: starting it takes 0.06 s. It ends by itself when it
is not asked for a while, and with this process.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from threading import Lock, Timer
from typing import Any

from commonplace.readers.blocks import Paragraph, Run, Style
from commonplace.readers.errors import ReadError
from commonplace.readers.pdfcells import Labels

_PATIENCE = 180.0
"""Seconds after which the process is ended, though it uses no time of its own."""
_LONGEST_ANSWER = 1024**3


class Reader:
    """The process, started when it is needed and again when it has died.

    `command` starts it: the module `pdfchild`.
    """

    def __init__(self, *command: str) -> None:
        self._command = command
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process, while there is one."""
        return None if self._process is None else self._process.pid

    def ask(self, data: bytes, name: str) -> dict[str, Any] | None:
        """The answer about a file; None when the process dies of it.

        A process that has read other files before may be blamed for those: then a fresh one is
        asked again.
        """
        with self._lock:
            fresh = self._process is None or self._process.poll() is not None
            answer = self._asked(data, name)
            return answer if fresh or answer is not None else self._asked(data, name)

    def _asked(self, data: bytes, name: str) -> dict[str, Any] | None:
        if self._process is None or self._process.poll() is not None:
            self._start()
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        timer = Timer(_PATIENCE, process.kill)
        timer.start()
        try:
            process.stdin.write(json.dumps([name, len(data)]).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
            line = process.stdout.readline(_LONGEST_ANSWER)
            answer = json.loads(line) if line.endswith(b"\n") else None
        except (OSError, ValueError):
            answer = None
        except BaseException:  # interrupted: what is under way belongs to no question any more
            self.close()
            raise
        finally:
            timer.cancel()
        if answer is None:
            self.close()
        return answer

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def close(self) -> None:
        """Ends the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:  # what was not written yet cannot be any more
                pass
        process.wait()


_READER = Reader(sys.executable, "-P", "-m", "commonplace.readers.pdfchild")
atexit.register(_READER.close)


def paragraphs_in(
    data: bytes, name: str, reader: Reader = _READER
) -> tuple[list[Paragraph], Labels]:
    """The paragraphs of the PDF in `data`, and what names beside its text are.

    `name` is the file's.

    Raises `ReadError` for a file that cannot be read, or not within the limits of `pdfchild`.
    """
    answer = reader.ask(data, name)
    if answer is None:
        raise ReadError(
            f"{name} takes more memory or time to read than any transcript does, or is made to "
            "break what reads it; print it to a new PDF, or save its text as .txt"
        )
    if "refused" in answer:
        raise ReadError(answer["refused"])
    if "failed" in answer:
        raise ReadError(
            f"{name} is a damaged PDF ({answer['failed'][:120]}); open it in the program it comes "
            "from and save it again"
        )
    paragraphs = [
        Paragraph([Run(text, Style(style)) for text, style in runs], page=page)
        for page, runs in answer["paragraphs"]
    ]
    return paragraphs, Labels(answer["labels"])
