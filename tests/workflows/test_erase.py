"""Erasing for good: nothing of what was said is left in the cache of suggestions either."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import user_cache_path

from commonplace.project import Project, ProjectError
from commonplace.suggest.cache import Shelf, folder
from commonplace.suggest.engine import Engine
from commonplace.workflows.erase import erase_document, erase_person
from tests import make

SECRET = b"xylophon"
TALK = (("Q", "How is it?"), ("P1", "The xylophones in my flat are damp."))


def holding() -> list[Path]:
    """Files in the cache in which the word is to be found."""
    files = (path for path in user_cache_path("commonplace").rglob("*") if path.is_file())
    return [path for path in files if SECRET in path.read_bytes()]


@pytest.fixture
def document(project: Project) -> str:
    """A transcript that suggestions were made for."""
    document = project.documents.add(make.transcript(*TALK))
    Engine(project, shelf=Shelf(project.uuid)).run()
    assert holding()
    return document


def test_an_erased_transcript_leaves_the_cache(project: Project, document: str) -> None:
    assert erase_document(project, document) == []
    assert holding() == []


def test_an_erased_person_leaves_the_cache(project: Project, document: str) -> None:
    person = project.people.by_speaker(document)["P1"]
    backup = project.backup()
    assert erase_person(project, person.id) == [backup]
    assert holding() == []


def test_the_cache_goes_even_where_the_file_cannot_be_cleared(
    project: Project, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: object) -> None:
        raise ProjectError("another program has the file open")

    monkeypatch.setattr(project, "erase_document", refused)
    with pytest.raises(ProjectError):
        erase_document(project, document)
    assert holding() == []


def test_other_projects_keep_theirs(project: Project, document: str) -> None:
    Shelf("another").save("one", "key", {})
    erase_document(project, document)
    assert folder("another").is_dir()
