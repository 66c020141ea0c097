"""Erasing for good: nothing of what was said is left in the cache of suggestions either."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import user_cache_path

from commonplace.domain.pseudonyms import Pseudonyms, Replacement
from commonplace.project import Project, ProjectError
from commonplace.readers import Corrections
from commonplace.suggest.cache import Shelf, folder
from commonplace.suggest.engine import Engine
from commonplace.workflows import pseudonym_key
from commonplace.workflows.corrections import remember, remembered
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
    assert erase_document(project, document).copies == []
    assert holding() == []


def test_an_erased_person_leaves_the_cache(project: Project, document: str) -> None:
    person = project.people.by_speaker(document)["P1"]
    backup = project.backup()
    assert erase_person(project, person.id).copies == [backup]
    assert holding() == []


def test_the_cache_goes_even_where_the_file_cannot_be_cleared(
    project: Project, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise ProjectError("another program has the file open")

    monkeypatch.setattr(project, "erase_document", refused)
    with pytest.raises(ProjectError):
        erase_document(project, document)
    assert holding() == []


def test_names_go_from_the_key_and_from_what_imports_remember(project: Project) -> None:
    corrections = Corrections(speakers=("Sue", "Bo"), same=(("Sue", "SB"), ("Bo", "B")))
    remember(project, Corrections(not_speakers=("Sue",)))
    remember(project, corrections)
    alone = project.documents.add(make.transcript(("Q", "So?"), ("Sue", "My Zebedee."), name="a"))
    both = make.transcript(("Sue", "Sue Brown is me."), ("Bo", "Sue was late, Ann."), name="b")
    shared = project.documents.add(both)
    second = project.people.by_speaker(shared)["Sue"]
    key = ["Sue", "Bo", "Sue Brown", "Zebedee", "Ann", "Otterby"]
    pseudonym_key.save(project.path, Pseudonyms(Replacement(name, "X") for name in key))

    left = erase_document(project, alone)
    assert (left.names_gone, left.names_left, left.names_said) == ([], ["Zebedee"], [])
    assert remembered(project) == corrections

    left = erase_person(project, second.id)
    assert (left.names_gone, left.names_left, left.names_said) == ([], ["Sue Brown"], ["Sue"])
    left = erase_person(project, project.people.by_speaker(shared)["Bo"].id)
    assert (left.names_gone, left.names_left, left.names_said) == (["Bo"], ["Ann", "Sue"], [])
    assert not remembered(project)
    assert b'"SB"' not in project.path.read_bytes()


def test_other_projects_keep_theirs(project: Project, document: str) -> None:
    Shelf("another").save("one", "key", {})
    erase_document(project, document)
    assert folder("another").is_dir()
