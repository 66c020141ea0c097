"""Opening the project file: one SQLite file, private, safe to share between processes."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

from commonplace.project import schema
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

BUSY_MILLISECONDS = 5_000


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


def connect(path: Path) -> sqlite3.Connection:
    """A connection set up as every part of the program uses it; transactions are explicit."""
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


def create_file(path: Path) -> None:
    """Makes an empty project file, readable by its owner only, or nothing at all.

    Raises `ProjectError` when something is there already or the folder cannot be written.
    """
    if path.suffix != ".commonplace":
        raise ProjectError(f"{path}: the name of a project ends in .commonplace")
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
            os.link(building, path)
        finally:
            building.unlink(missing_ok=True)
    except FileExistsError:
        raise ProjectError(f"{path} exists already: open it, or choose another name") from None
    except OSError as error:
        raise ProjectError(f"{path} cannot be made: {error.strerror or error}") from error


def open_file(path: Path) -> sqlite3.Connection:
    """Opens a project file, bringing an older one up to date after a backup.

    Raises `ProjectError` when it is missing, no project, or from a newer program.
    """
    if not path.is_file():
        raise ProjectError(f"{path}: no such project; `commonplace new {path}` makes one")
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


def _check_header(path: Path) -> None:
    """Refuses a file that is no project before SQLite touches it (its header is 100 bytes)."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise ProjectError(f"{path} cannot be read: {error.strerror}") from error
    if not header.startswith(b"SQLite format 3\0"):
        raise ProjectError(f"{path} is no Commonplace project")
    if int.from_bytes(header[68:72]) != schema.APPLICATION_ID:
        raise ProjectError(f"{path} is a database, but no Commonplace project")
