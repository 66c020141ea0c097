"""Trying out what a command would do, without doing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from commonplace.project import Project


@contextmanager
def rehearsal(project: Project) -> Iterator[Project]:
    """A copy of a project in memory: what is written there comes out as it would, and is gone.

    Takes as much memory as the file is large.
    """
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        project.connection.backup(copy)
        copy.execute("PRAGMA trusted_schema = OFF")
        copy.execute("PRAGMA foreign_keys = ON")
        yield Project(project.path, copy, project.coder)
    finally:
        copy.close()
