"""Bringing older project files up to date, one version at a time, each after a backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from commonplace.project import schema
from commonplace.project.backup import backup
from commonplace.project.errors import ProjectError

if TYPE_CHECKING:
    import sqlite_utils

Migration = Callable[["sqlite_utils.Database"], None]

MIGRATIONS: Mapping[int, Migration] = {1: schema.from_first}
"""The step that leads from each older version to the next; version 1 is the first there was."""


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    version: int,
    *,
    steps: Mapping[int, Migration] = MIGRATIONS,
    target: int = schema.VERSION,
) -> Path:
    """Runs the steps from `version` to `target`, each in a transaction; returns the backup.

    Raises `ProjectError` when a step is missing or fails: the file then is as the last step
    that succeeded left it, and the backup as it was.
    """
    import sqlite_utils

    kept = backup(connection, path)
    database = sqlite_utils.Database(connection)
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        for number in range(version, target):
            if number not in steps:
                raise ProjectError(
                    f"{path}: a file of version {number} cannot be brought up to date"
                )
            try:
                connection.execute("BEGIN IMMEDIATE")
                steps[number](database)
                connection.execute(f"PRAGMA user_version = {number + 1}")
                connection.execute("COMMIT")
            except Exception as error:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise ProjectError(
                    f"{path} could not be brought up to date ({error}); it is unharmed, "
                    f"and a copy lies at {kept}"
                ) from error
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    return kept
