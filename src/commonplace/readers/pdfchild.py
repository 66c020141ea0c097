"""The process in which PDF files are read: asked on standard input, answers on standard output.

A question is a line with the name and size (JSON) and then the file's bytes; an answer is a line
of JSON: `{"paragraphs": [[page, [[text, style], …]], …], "labels": Labels}`,
`{"refused": message}` for a file that cannot be read, or `{"failed": message}`. A file that makes
PDFium crash, or use more memory or time than it is given, ends this process and nothing else.
"""

from __future__ import annotations

import json
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

from commonplace.readers.blocks import Paragraph
from commonplace.readers.errors import ReadError
from commonplace.readers.pdfdocument import paragraphs_in

MEMORY_AT_MOST = 768 * 1024**2
"""Bytes of address space, what the file itself takes not counted."""
SECONDS_AT_MOST = 60
"""Of CPU time, for one file."""
_IDLE_SECONDS = 20
"""Without a question for so long, the process ends."""


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answers until there are no more questions."""
    while True:
        _wait(_IDLE_SECONDS)
        line = questions.readline()
        _wait(0)
        if not line:
            return
        name, size = json.loads(line)
        _limit(size)
        answers.write(json.dumps(_answer(questions.read(size), name)).encode() + b"\n")
        answers.flush()


def _answer(data: bytes, name: str) -> dict[str, object]:
    try:
        paragraphs, labels = paragraphs_in(data, name)
        return {"paragraphs": [_record(each) for each in paragraphs], "labels": labels}
    except ReadError as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        raise
    except Exception as error:
        return {"failed": f"{type(error).__name__}: {error}"}


def _record(paragraph: Paragraph) -> list[object]:
    return [paragraph.page, [[run.text, int(run.style)] for run in paragraph.runs]]


def _wait(seconds: int) -> None:
    """Ends the process when nothing is asked for so long; 0: not any more."""
    with suppress(AttributeError):  # there are no alarms on Windows
        signal.alarm(seconds)


def _limit(size: int) -> None:
    """Sets what the next file, of `size` bytes, may use."""
    try:
        import resource
    except ImportError:  # on Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + SECONDS_AT_MOST
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_AT_MOST + 3 * size),
        (resource.RLIMIT_CPU, seconds),
    ):
        _, hard = resource.getrlimit(limit)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (allowed, hard))


def main() -> None:
    """The process from beginning to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks decides what becomes of it
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
