"""The key: which pseudonym stands for whom. A file beside the project, which opens without it."""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from commonplace.domain.pseudonyms import PseudonymError, Pseudonyms, Replacement

COLUMNS = ("name", "pseudonym", "kind")
ENDING = ".pseudonyms.csv"
_GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r")
"""How a cell begins that was kept from being taken for a formula."""


def key_path(project: Path) -> Path:
    """Where the key of a project lies: `study.pseudonyms.csv` beside `study.commonplace`."""
    return project.with_name(project.stem + ENDING)


def closed(project: Path) -> bool:
    """Takes the key from whoever else may read or write it; says whether anybody could."""
    path = key_path(project)
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "nt" or not mode & 0o077:
            return False
        path.chmod(0o600)
    except OSError:
        return False
    return True


def load(project: Path) -> Pseudonyms:
    """The key of the project at that path; an empty one where there is none.

    Raises `PseudonymError` when it cannot be read: then nothing must leave the project as if
    there were none.
    """
    path = key_path(project)
    return Pseudonyms(read(path)) if path.exists() else Pseudonyms()


def stamp(project: Path) -> tuple[int, int] | None:
    """Another one whenever the key has changed, without reading it; None where there is none."""
    try:
        found = key_path(project).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def save(project: Path, pseudonyms: Pseudonyms) -> Path:
    """Writes the key, readable by its owner only; returns where. An empty one goes."""
    path = key_path(project)
    if not len(pseudonyms):
        path.unlink(missing_ok=True)
        return path
    write(path, pseudonyms)
    return path


def write(path: Path, pseudonyms: Iterable[Replacement]) -> None:
    """Writes replacements to a CSV file, by name; it is there whole or not at all."""
    from commonplace.exports.csv_table import line
    from commonplace.exports.files import replacing

    with replacing(path.resolve()) as stream:
        stream.write(line(COLUMNS))
        for each in sorted(pseudonyms, key=lambda each: each.key):
            stream.write(line((each.name, each.pseudonym, each.kind)))


def read(path: Path) -> list[Replacement]:
    """The replacements in a CSV file with the columns `name`, `pseudonym` and, if need be, `kind`.

    Raises `PseudonymError`, saying in which line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_rows(path, csv.DictReader(file, strict=True)))
    except OSError as error:
        raise PseudonymError(f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise PseudonymError(f"{path} is no CSV file in UTF-8: {error}") from error
    except csv.Error as error:
        raise PseudonymError(
            f"{path} is no CSV file: {error}; a cell that begins with a quotation mark must end "
            "with one"
        ) from error


def _rows(path: Path, rows: csv.DictReader[str]) -> Iterable[Replacement]:
    columns = {str(name).strip().casefold(): name for name in rows.fieldnames or ()}
    missing = [name for name in COLUMNS[:2] if name not in columns]
    if missing:
        raise PseudonymError(
            f"{path}: there is no column '{missing[0]}'; the first line must be {','.join(COLUMNS)}"
        )
    for row in rows:
        cells = [_cell(row.get(columns.get(name, ""))) for name in COLUMNS]
        if not any(cells):
            continue
        try:
            yield Replacement(*cells)
        except PseudonymError as error:
            raise PseudonymError(f"{path}, line {rows.line_num}: {error}") from None


def _cell(value: str | None) -> str:
    cell = (value or "").strip()
    return cell[1:] if cell.startswith(_GUARDED) else cell


def forget(project: Path, names: Iterable[str]) -> int:
    """Takes names out of the key, for somebody who is erased; returns how many were in it."""
    kept = load(project)
    there = [name for name in names if name in kept]
    for name in there:
        kept = kept.without(name)
    if there:
        save(project, kept)
    return len(there)
