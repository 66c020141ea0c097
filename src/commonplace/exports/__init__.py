"""Tables as files. One module a format; a new format is one more entry in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TextIO, cast

from commonplace.domain.table import Table
from commonplace.exports.files import ExportError, replacing, replacing_bytes

__all__ = [
    "FORMATS",
    "ExportError",
    "Format",
    "FormatError",
    "endings",
    "problem",
    "replacing",
    "replacing_bytes",
    "to_stream",
    "with_option",
    "write",
]

Writer = Callable[..., None]
"""`write(table, stream)` puts a table into an open stream, row by row."""


@dataclass(frozen=True, slots=True)
class Format:
    """How a kind of file is written: by `write` in a module, imported when it is asked for."""

    module: str
    binary: bool = False
    """Whether the stream takes bytes."""
    options: tuple[str, ...] = ()
    """Names of what the writer may be told besides, each true or false."""


FORMATS = {
    ".csv": Format("commonplace.exports.csv_table", options=("raw", "bom")),
    ".xlsx": Format("commonplace.exports.xlsx", binary=True, options=("sheet_per_theme",)),
    ".json": Format("commonplace.exports.json_table"),
    ".md": Format("commonplace.exports.markdown"),
    ".docx": Format("commonplace.exports.docx", binary=True),
    ".html": Format("commonplace.exports.html"),
}
"""By extension."""


class FormatError(ExportError):
    """A file whose name says no format that is known."""


def write(table: Table, path: Path, **options: bool) -> None:
    """Writes a table to a file, in the format of the file's extension.

    The file is readable by its owner only, and is there whole or not at all: what stood there
    before stays until everything is written. `options` are those of any format: one that the
    file's has not changes nothing. Raises `FormatError` before anything is read, and
    `ExportError`.
    """
    kind = _format(path.suffix)
    opened = replacing_bytes if kind.binary else replacing
    writer = _writer(kind, options)
    with opened(path.resolve()) as stream:
        writer(table, stream)


def to_stream(table: Table, stream: TextIO, extension: str, **options: bool) -> None:
    """Writes a table to an open text stream, such as standard output, in a format of `FORMATS`
    that is text."""
    _writer(_format(extension), options)(table, stream)


def problem(path: Path) -> str:
    """Why the name of a file names no format, in words; empty when it does."""
    try:
        _format(path.suffix)
    except FormatError as error:
        return str(error)
    return ""


def endings(joined: str = "or") -> str:
    """The extensions of all formats in words: `.csv, .json or .md`."""
    *most, last = FORMATS
    return f"{', '.join(most)} {joined} {last}"


def with_option(name: str) -> tuple[str, ...]:
    """The extensions of the formats that have this option."""
    return tuple(ending for ending, kind in FORMATS.items() if name in kind.options)


def _format(extension: str) -> Format:
    kind = FORMATS.get(extension.lower())
    if kind is None:
        what = f"'{extension}' is no format of tables" if extension else "no format is named"
        raise FormatError(f"{what}: the file's name may end in {endings()}")
    return kind


def _writer(kind: Format, options: dict[str, bool]) -> Writer:
    writer = cast(Writer, import_module(kind.module).write)
    return partial(writer, **{name: options.get(name, False) for name in kind.options})
