"""People made one and taken apart, and attributes with types."""

from __future__ import annotations

import pytest

from commonplace.domain.attributes import Kind
from commonplace.project import DuplicateError, NotFoundError, Project, ProjectError
from tests import make


def add(project: Project, name: str, *labels: str) -> str:
    turns = [("Q", "Well?"), *((label, f"{label} speaks.") for label in labels)]
    return project.documents.add(make.transcript(*turns, name=name))


def state(project: Project) -> tuple[object, ...]:
    return project.people.all(), project.people.labels(), project.attributes.all()


def test_joined_people_keep_what_is_known_of_both(project: Project) -> None:
    first, second = add(project, "a.txt", "Sue"), add(project, "b.txt", "Sue B.")
    sue, other = (project.people.find(name).id for name in ("Sue", "Sue B."))
    project.people.set_attributes(sue, {"nation": "Wales", "age": "34"})
    project.people.set_attributes(other, {"age": "35", "role": "resident"})
    project.people.set_attributes(other, {"wave": "2"}, document=second)
    before = state(project)

    assert project.people.join(sue, [other]) == []
    (person,) = project.people.all()
    assert person.name == "Sue"
    assert person.attributes_in(first) == {"nation": "Wales", "age": "34", "role": "resident"}
    assert person.attributes_in(second) == {
        **person.attributes_in(first),
        **{"age": "35", "wave": "2"},
    }
    assert project.journal.undo() == "joined Sue B. to Sue"
    assert state(project) == before


def test_what_cannot_be_kept_when_both_speak_in_one_transcript_is_told(project: Project) -> None:
    add(project, "a.txt", "Sue", "SB")
    sue, other = (project.people.find(name).id for name in ("Sue", "SB"))
    project.people.set_attributes(sue, {"nation": "Wales"})
    project.people.set_attributes(other, {"nation": "England"})
    assert project.people.join(sue, [other]) == ["nation=England"]
    assert project.people.find("Sue").attributes == {"nation": "Wales"}
    assert [heard.label for heard in project.people.labels()] == ["Sue", "SB"]


def test_a_label_is_taken_from_a_person(project: Project) -> None:
    first, second = add(project, "a.txt", "Sue"), add(project, "b.txt", "SB")
    sue = project.people.find("Sue").id
    project.people.join(sue, [project.people.find("SB").id])
    project.people.set_attributes(sue, {"nation": "Wales"})
    project.people.set_attributes(sue, {"wave": "1"}, document=first)
    project.people.set_attributes(sue, {"wave": "2"}, document=second)
    new = project.people.take_apart(project.people.label("b:SB").speaker)
    people = {person.id: person for person in project.people.all()}
    assert people[new].name == "SB"
    assert people[new].attributes_in(second) == {"nation": "Wales", "wave": "2"}
    assert people[sue].attributes_in(first) == {"nation": "Wales", "wave": "1"}
    assert people[sue].in_document.keys() == {first}
    with pytest.raises(ProjectError, match="the only label of Sue"):
        project.people.take_apart(project.people.label("a:Sue").speaker)


def test_people_of_one_name_are_told_apart_by_their_labels(project: Project) -> None:
    add(project, "a.txt", "P1")
    second = add(project, "b.txt", "P1")
    with pytest.raises(ProjectError, match=r"a\.txt:P1, b\.txt:P1"):
        project.people.find("P1")
    assert project.people.documents_of(project.people.find("b:p1").id) == [second]
    with pytest.raises(NotFoundError, match="did you mean 'P1'"):
        project.people.find("b:P11")


def test_attributes_are_guessed_until_somebody_declares_them(project: Project) -> None:
    add(project, "a.txt", "P1", "P2", "P3", "P4")
    for person, nation in zip(project.people.all(), ["Wales", "England"] * 2, strict=True):
        project.people.set_attributes(person.id, {"nation": nation})
    guessed = project.attributes.find("Nation")
    assert (guessed.kind, guessed.declared) == (Kind.CHOICE, False)
    declared = project.attributes.declare("nation", Kind.CHOICE)
    assert declared.choices == ("England", "Wales")
    with pytest.raises(ProjectError, match=r"cannot be a number.*P2: 'England' is no number"):
        project.attributes.declare("nation", Kind.NUMBER)
    project.attributes.declare("age", Kind.NUMBER)
    assert list(project.attributes.all()) == ["age", "nation"]
    project.attributes.add_choices("nation", ["Scotland"])
    assert project.attributes.find("nation").choices == ("England", "Wales", "Scotland")
    project.journal.undo()
    project.journal.undo()
    assert list(project.attributes.all()) == ["nation"]


def test_an_attribute_is_renamed_and_removed_for_everybody(project: Project) -> None:
    first = add(project, "a.txt", "P1")
    person = project.people.find("P1").id
    project.people.set_attributes(person, {"nashun": "Wales", "age": "3"})
    project.people.set_attributes(person, {"nashun": "England"}, document=first)
    project.attributes.declare("nashun", Kind.CHOICE)
    before = state(project)
    project.attributes.rename("nashun", "nation")
    assert project.people.find("P1").attributes_in(first) == {"age": "3", "nation": "England"}
    assert project.attributes.find("nation").declared
    with pytest.raises(DuplicateError):
        project.attributes.rename("nation", "Age")
    with pytest.raises(ProjectError, match="participants file"):
        project.attributes.rename("nation", "Document")
    project.journal.undo()
    assert state(project) == before
    assert project.attributes.remove("nashun") == 2
    assert list(project.attributes.all()) == ["age"]
    project.journal.undo()
    assert state(project) == before
