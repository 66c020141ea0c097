"""The files that are meant by what a person names: files as they are, folders file by file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_OURS = re.compile(r"\.commonplace(-wal|-shm|-journal)?$")
_NOTICES = re.compile(r"(readme|licen[cs]e)\b", re.IGNORECASE)
"""What stands in a folder to explain it is no interview; named by itself, it is read."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file, and the name it goes by: its path relative to what was named, with `/`."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Something that was named or met on the way and cannot be gone into."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file in a folder that is left out on purpose."""

    name: str
    reason: str


def find_files(
    paths: Iterable[Path], *, but: Iterable[Path] = ()
) -> Iterator[Found | Unreachable | PassedOver]:
    """Files as named, folders with all below them in order of name.

    In folders, hidden files, lock files of word processors and project files are none of
    ours, and `but` is left out; links to folders are not followed, nor links out of the folder.
    """
    left_out = {path.resolve() for path in but}
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path, left_out)
        elif not os.path.lexists(path):
            yield Unreachable(
                _printable(os.fspath(path)), "there is no such file or folder; look at the name"
            )
        else:
            yield Found(path, _printable(path.name))


def _in_folder(top: Path, left_out: set[Path]) -> Iterator[Found | Unreachable | PassedOver]:
    errors: list[OSError] = []
    for folder, folders, files in os.walk(top, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in sorted(files):
            path = Path(folder, name)
            if _hidden(name) or _OURS.search(name) or (left_out and path.resolve() in left_out):
                continue
            relative = _printable(path.relative_to(top).as_posix())
            if _NOTICES.match(name):
                yield PassedOver(relative, "explains the folder; name it by itself to import it")
            else:
                yield _linked_away(path, top, relative) or Found(path, relative)
    for error in errors:
        yield Unreachable(
            _printable(os.fspath(error.filename)),
            f"the folder cannot be read: {error.strerror}; check its permissions",
        )


def _linked_away(path: Path, top: Path, name: str) -> Unreachable | None:
    """What is wrong with a link in a folder: it leads nowhere, or to what was not named."""
    if not path.is_symlink():
        return None
    if not path.exists():
        return Unreachable(name, f"it is a link to {_target(path)}, which is not there")
    if not path.resolve().is_relative_to(top.resolve()):
        return Unreachable(
            name,
            f"it is a link out of the folder, to {_target(path)}; name that file to import it",
        )
    return None


def _target(path: Path) -> str:
    return _printable(os.fspath(path.readlink()))


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$", "__MACOSX"))


def _printable(name: str) -> str:
    """A file name as text, for names may hold bytes that are none."""
    return os.fsencode(name).decode("utf-8", "replace")
