"""Saved queries: kept, replaced, forgotten, and undone."""

from __future__ import annotations

import pytest

from commonplace.project import NotFoundError, Project, ProjectError


def test_queries_are_kept_under_their_names(project: Project) -> None:
    project.queries.save(" onward  march ", "jobs followed by control")
    project.queries.save("damp", '"damp"')
    assert list(project.queries.all()) == ["damp", "onward march"]
    project.queries.save("damp", "housing")
    assert project.queries.get("damp") == "housing"
    project.journal.undo()
    assert project.queries.get("damp") == '"damp"'
    project.queries.remove("damp")
    with pytest.raises(NotFoundError, match="onward"):
        project.queries.get("onward")
    project.journal.undo()
    assert "damp" in project.queries.all()
    assert project.name == "study"


def test_a_name_is_needed(project: Project) -> None:
    with pytest.raises(ProjectError, match="name"):
        project.queries.save(" ", "housing")
    with pytest.raises(NotFoundError):
        project.queries.remove("nothing")
