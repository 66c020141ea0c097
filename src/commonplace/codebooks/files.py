"""Bounded reading and all-or-nothing writing of codebook files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from commonplace.domain.codebook import CodebookError

MAX_BYTES = 8 * 1024 * 1024
"""A codebook with thousands of fully described codes is a few million bytes."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a codebook file. Raises `CodebookError` when it is no plain file or too big."""
    if path.exists() and not path.is_file():
        raise CodebookError(f"{path.name} is not a file; name the codebook file itself")
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise CodebookError(
            f"{path.name} is larger than {MAX_BYTES // 1024 // 1024} MB, which no codebook is; "
            "is it the right file?"
        )
    return data


def write_bytes(path: Path, data: bytes) -> None:
    """Put `data` at `path` at once or not at all; a new file is readable by its owner only."""
    path = path.resolve()
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
