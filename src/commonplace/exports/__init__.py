"""Tables as files. One module a format; a new format is one more entry in `FORMATS`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TextIO, cast

from commonplace.domain.table import Table

Writer = Callable[..., None]
"""`write(table, stream)` puts a table into an open text stream, row by row; for CSV also `raw`."""

CSV = ".csv"
FORMATS = {
    CSV: "commonplace.exports.csv_table",
    ".json": "commonplace.exports.json_table",
    ".md": "commonplace.exports.markdown",
}
"""The module that writes each format, by extension; imported when it is asked for."""


class ExportError(ValueError):
    """A file that cannot be written; the message says why and what can be."""


class FormatError(ExportError):
    """A file whose name says no format that is known."""


def write(table: Table, path: Path, *, raw: bool = False, bom: bool = False) -> None:
    """Writes a table to a file, in the format of the file's extension.

    The file is readable by its owner only, and is there whole or not at all: what stood there
    before stays until everything is written. Two options are for CSV alone: `raw` leaves cells
    as they are, even where a spreadsheet would take one for a formula; `bom` begins the file
    with a byte order mark, by which Excel knows UTF-8. Raises `FormatError` before anything
    is read, and `ExportError`.
    """
    writer = _writer(path.suffix, raw=raw)
    with replacing(path.resolve()) as stream:
        if bom and path.suffix.lower() == CSV:
            stream.write("\ufeff")
        writer(table, stream)


def to_stream(table: Table, stream: TextIO, extension: str, *, raw: bool = False) -> None:
    """Writes a table to an open text stream, such as standard output, in a format of `FORMATS`."""
    _writer(extension, raw=raw)(table, stream)


def _writer(extension: str, *, raw: bool) -> Writer:
    module = FORMATS.get(extension.lower())
    if module is None:
        known = ", ".join(FORMATS)
        what = f"no table can be written as '{extension}'" if extension else "no format is named"
        raise FormatError(f"{what}: the file's name may end in {known}")
    found = cast(Writer, import_module(module).write)
    return partial(found, raw=True) if raw and extension.lower() == CSV else found


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A text stream (UTF-8, line ends as written) that takes the place of `path` at the end."""
    import tempfile

    try:
        handle, name = tempfile.mkstemp(prefix=".commonplace-", dir=path.parent)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}") from error
    building = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="", buffering=1 << 16) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        building.replace(path)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        building.unlink(missing_ok=True)
    _keep_name(path.parent)


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
