"""Consistent copies of a project while it is in use."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from commonplace.project.appearing import appear
from commonplace.project.errors import ProjectError


def backup_path(path: Path) -> Path:
    """Where a backup made now lies by default: beside the project, the time in its name."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    return path.with_name(f"{path.stem}.backup-{stamp}.commonplace")


def backup(connection: sqlite3.Connection, path: Path, target: Path | None = None) -> Path:
    """Copies the project behind `connection` to `target`; returns where it lies.

    The copy is complete or absent, and readable by its owner only. Raises `ProjectError` when
    `target` exists or cannot be written.
    """
    target = target or backup_path(path)
    building = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            copy = sqlite3.connect(building)
            try:
                connection.backup(copy)
                # A copy stands for itself: no log beside it, whatever the original uses.
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()
            with building.open("rb") as file:
                os.fsync(file.fileno())
            appear(building, target)
        finally:
            building.unlink(missing_ok=True)
    except FileExistsError:
        raise ProjectError(f"{target} exists already: choose another name") from None
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise ProjectError(
            f"the backup {target} cannot be written: {reason}; name a file in another folder"
        ) from error
    return target
