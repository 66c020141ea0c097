"""Corrections of who speaks that a project remembers for later imports."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from commonplace.workflows.layouts import forget_tables, forget_tables_of

if TYPE_CHECKING:
    from commonplace.project import Project
    from commonplace.readers import Corrections

FACT = "import_corrections"
"""The key in the table `project`; JSON as `Corrections.record` gives it."""


def remembered(project: Project) -> Corrections:
    """The corrections that apply to whatever is imported next."""
    from commonplace.readers import Corrections

    stored = project.fact(FACT)
    if not stored:
        return Corrections()
    try:
        return Corrections.of(json.loads(stored))
    except ValueError as error:
        raise ValueError(
            "what the project remembers of who speaks cannot be read; import with "
            "--forget-corrections and say it anew"
        ) from error


def remember(project: Project, corrections: Corrections, *, group: str | None = None) -> None:
    """Adds to what is remembered; what is said now holds against what was said before."""
    known = remembered(project)
    joined = known.and_then(corrections)
    if joined != known:
        _store(project, "remembered who speaks in imports", joined, group)


def forget(project: Project, *, group: str | None = None) -> None:
    """Forgets all of them, and how tables are read; transcripts that are there stay as they are."""
    from commonplace.readers import Corrections

    forget_tables(project, group=group)
    if project.fact(FACT):
        _store(project, "forgot who speaks in imports", Corrections(), group)


def forget_labels(project: Project, labels: Iterable[str]) -> None:
    """Forgets these labels, those that were said to be the same person's, and tables with such a
    name in their columns."""
    labels = list(labels)
    forget_tables_of(project, labels)
    known = remembered(project)
    left = known.without(labels)
    if left != known:
        _store(project, "forgot a speaker in imports", left, None)


def _store(project: Project, action: str, corrections: Corrections, group: str | None) -> None:
    with project.transaction(action, group=group):
        project.set_fact(FACT, json.dumps(corrections.record(), ensure_ascii=False))
