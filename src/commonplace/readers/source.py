"""A file on its way in: its name, its bytes, and their fingerprint."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from commonplace.readers.errors import ReadError

MAX_BYTES = 256 * 1024 * 1024
"""Larger files are refused: a day's interview is about a megabyte of text."""


@dataclass(frozen=True)
class Source:
    """The bytes of one file and the name it goes by in the project and in messages."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """Of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def load(path: str | os.PathLike[str], name: str) -> Source:
    """The file's bytes. Raises `ReadError` for what is no ordinary file, empty or too large."""
    file = Path(path)
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(f"{name} is a folder; name the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(f"{name} is not an ordinary file; copy its contents to a file first")
        if status.st_size > MAX_BYTES:
            raise ReadError(
                f"{name} has {status.st_size // 1024**2} MB, more than the {MAX_BYTES // 1024**2} "
                "MB a transcript may have; split it, or export its text alone"
            )
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(f"{name} cannot be opened: {reason}; check its permissions") from error
    if not data:
        raise ReadError(f"{name} is empty (0 bytes); export it again from where it came from")
    return Source(name, data)
