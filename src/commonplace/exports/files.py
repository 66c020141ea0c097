"""Files that appear whole or not at all, readable by their owner only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, TextIO


class ExportError(ValueError):
    """A file that cannot be written; the message says why and what can be."""


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A text stream (UTF-8, line ends as written) that takes the place of `path` at the end."""
    with (
        _built(path) as building,
        building.open("w", encoding="utf-8", newline="", buffering=1 << 16) as stream,
    ):
        yield stream
        _keep(stream)


@contextmanager
def replacing_bytes(path: Path) -> Iterator[BinaryIO]:
    """The same for bytes; the stream can be read again and sought in."""
    with _built(path) as building, building.open("w+b") as stream:
        yield stream
        _keep(stream)


def beside(stream: IO[str] | IO[bytes]) -> Path | None:
    """The folder in which a stream is written; None for one that is no file.

    What a writer must set aside goes there: material stays on the disk its owner chose.
    """
    name = getattr(stream, "name", None)
    return Path(name).parent if isinstance(name, str) and Path(name).is_absolute() else None


@contextmanager
def _built(path: Path) -> Iterator[Path]:
    """A new file in the folder of `path`, which becomes `path` when nothing goes wrong."""
    import tempfile

    try:
        handle, name = tempfile.mkstemp(prefix=".commonplace-", dir=path.parent)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}") from error
    os.close(handle)
    building = Path(name)
    try:
        yield building
        building.replace(path)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        building.unlink(missing_ok=True)
    _keep_name(path.parent)


def _keep(stream: IO[str] | IO[bytes]) -> None:
    """Makes what was written outlast a power cut."""
    stream.flush()
    os.fsync(stream.fileno())


def _keep_name(folder: Path) -> None:
    """Makes the new name of a file outlast a power cut, where the file system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
