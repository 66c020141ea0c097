"""Opening the project file: one SQLite file, private, safe to share between processes."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from commonplace.project import schema
from commonplace.project.appearing import appear
from commonplace.project.errors import ProjectError

LOCAL_FILE_SYSTEMS = frozenset(
    {"apfs", "bcachefs", "btrfs", "exfat", "ext2", "ext3", "ext4", "f2fs", "jfs", "nilfs2"}
    | {"ntfs", "ntfs3", "overlay", "ramfs", "reiserfs", "tmpfs", "vfat", "xfs", "zfs"}
)
"""Where shared memory and locks work as SQLite's write-ahead log needs them."""

SYNCED_FOLDERS = re.compile(
    r"^(dropbox|onedrive|google ?drive|my drive|icloud ?drive|mobile documents|nextcloud|owncloud"
    r"|box sync|pcloud|sync)\b",
    re.IGNORECASE,
)
"""Folders that a program copies elsewhere file by file, which would tear a log from its file."""

SUFFIX = ".commonplace"

BUSY_MILLISECONDS = 5_000

WHAT_TO_DO = "copy the project to a folder of your own to change it; here it can only be read"


def why_not_wal(path: Path) -> str | None:
    """Why the write-ahead log is not safe for a file at `path`; None when it is."""
    for part in path.resolve().parts:
        if SYNCED_FOLDERS.match(part):
            return f"the folder '{part}' is synchronised by another program"
    kind = _file_system(path.resolve())
    if kind in LOCAL_FILE_SYSTEMS:
        return None
    return f"the file system ({kind or 'unknown'}) is not known to be local"


def _file_system(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The type of the file system that holds `path`, as the kernel names it, or ''."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        fields = line.split()
        if len(fields) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda m: chr(int(m[1], 8)), fields[1]))
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind


def why_read_only(path: Path) -> str | None:
    """Why nothing can be written to the file at `path`; None when nothing speaks against it."""
    if not _writable(path):
        return f"{path} is write-protected, or lies on a medium that is"
    if not _writable(path.resolve().parent):
        return f"nothing can be written in the folder of {path}"
    return None


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def write_refused(connection: sqlite3.Connection, error: BaseException) -> ProjectError | None:
    """What to tell of an error that comes of a place where nothing can be written; else None."""
    if not _comes_of_read_only(error):
        return None
    path = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    reason = why_read_only(path) or f"{path} cannot be written where it lies"
    return ProjectError(f"{reason}: {WHAT_TO_DO}")


def _comes_of_read_only(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says which of several causes
    return code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def connect(path: Path) -> sqlite3.Connection:
    """A connection set up as every part of the program uses it; transactions are explicit.

    Where nothing can be written it only reads. Raises `ProjectError` when even that cannot be
    done safely.
    """
    if why_read_only(path) is None:
        try:
            return _for_writing(path)
        except sqlite3.OperationalError as error:
            if not _comes_of_read_only(error):
                raise
    return _for_reading(path)


def _for_writing(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MILLISECONDS / 1000)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        mode = "DELETE" if why_not_wal(path) else "WAL"
        if connection.execute("PRAGMA journal_mode").fetchone()[0].upper() != mode:
            connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _for_reading(path: Path) -> sqlite3.Connection:
    """Reads with locks where SQLite can; else, where no log is left, the file by itself."""
    logs = [path.with_name(path.name + ending) for ending in ("-wal", "-journal")]
    if _is_logged(path) and not logs[0].exists():
        # SQLite would make a log and could not take it away again.
        return _read(path, "immutable=1")
    try:
        return _read(path, "mode=ro")
    except sqlite3.OperationalError as error:
        for log in logs:
            if log.exists() and log.stat().st_size:
                raise ProjectError(
                    f"{path} cannot be opened: {log.name} beside it holds changes that have to be "
                    "written into it first, and nothing can be written there; copy both to a "
                    "folder of your own, and open the copy"
                ) from error
    return _read(path, "immutable=1")


_never_closed: dict[tuple[int, int], BinaryIO] = {}
"""Files that were looked into by hand. To close one would take away every lock that this process
has on it (POSIX), those of SQLite too: another process would think itself alone with the project
and delete the log under us."""


def _is_logged(path: Path) -> bool:
    """Whether the format of the file is one with a write-ahead log (2)."""
    found = path.stat()
    file = _never_closed.get((found.st_dev, found.st_ino))
    if file is None:
        file = _never_closed[found.st_dev, found.st_ino] = path.open("rb", buffering=0)
    file.seek(18)
    return file.read(2) == b"\2\2"


def _uri(path: Path, how: str) -> str:
    return f"{path.resolve().as_uri()}?{how}"


def _read(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        _uri(path, how),
        uri=True,
        isolation_level=None,
        timeout=BUSY_MILLISECONDS / 1000,
    )
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def create_file(path: Path) -> None:
    """Makes an empty project file, readable by its owner only, or nothing at all.

    Raises `ProjectError` when something is there already or the folder cannot be written.
    """
    if path.suffix != SUFFIX:
        raise ProjectError(
            f"{path}: the name of a project ends in {SUFFIX}, as {path.name}{SUFFIX} does"
        )
    building = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        building.unlink(missing_ok=True)
        os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            connection = sqlite3.connect(building, isolation_level=None)
            try:
                schema.create(connection)
            finally:
                connection.close()
            appear(building, path)
        finally:
            building.unlink(missing_ok=True)
    except FileExistsError:
        if path.is_dir():
            raise ProjectError(f"{path} is a folder: choose another name") from None
        raise ProjectError(f"{path} exists already: open it, or choose another name") from None
    except OSError as error:
        raise ProjectError(f"{path} cannot be made: {error.strerror or error}") from error


def open_file(path: Path) -> sqlite3.Connection:
    """Opens a project file, bringing an older one up to date after a backup.

    Raises `ProjectError` when it is missing, no project, or from a newer program.
    """
    if not path.is_file():
        raise _missing(path)
    _check_header(path)
    try:
        connection = connect(path)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise ProjectError(f"{path} cannot be opened now: {error}") from error
    except sqlite3.DatabaseError as error:
        raise ProjectError(
            f"{path} is damaged ({error}): take a backup (`*.backup-*.commonplace` beside it)"
        ) from error
    if version > schema.VERSION:
        connection.close()
        raise ProjectError(
            f"{path} was made by a newer Commonplace (file version {version}, this program "
            f"knows {schema.VERSION}): update the program"
        )
    if version < schema.VERSION:
        from commonplace.project.migrations import migrate

        migrate(connection, path, version)
    return connection


def _missing(path: Path) -> ProjectError:
    if path.is_dir():
        return ProjectError(f"{path} is a folder, not a project: name the file in it")
    named = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    if named != path and named.is_file():
        return ProjectError(f"{path}: no such project; there is {named}")
    return ProjectError(f"{path}: no such project; `commonplace new {named}` makes one")


def _check_header(path: Path) -> None:
    """Refuses a file that is no project before a log of its is played back, or made.

    Through SQLite, which never closes a file on which this process holds locks; see
    `_never_closed`.
    """
    try:
        with closing(sqlite3.connect(_uri(path, "immutable=1"), uri=True)) as connection:
            made_by = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise ProjectError(f"{path} cannot be read: {error}") from error
    except sqlite3.DatabaseError as error:
        raise ProjectError(f"{path} is no Commonplace project") from error
    if made_by != schema.APPLICATION_ID:
        what = "a database, but no" if path.stat().st_size else "no"
        raise ProjectError(f"{path} is {what} Commonplace project")
