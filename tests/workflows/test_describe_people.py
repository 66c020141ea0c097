"""Saying what is known of people: values are held against types before any is written."""

from __future__ import annotations

import pytest

from commonplace.domain.attributes import Kind
from commonplace.project import Project, ProjectError
from commonplace.workflows.describe_people import Target, hidden, set_attributes
from tests import make


@pytest.fixture
def people(project: Project) -> list[str]:
    turns = [(f"P{number}", "Words.") for number in range(1, 6)]
    project.documents.add(make.transcript(("Q", "Well?"), *turns))
    return [person.id for person in project.people.all()]


def test_several_people_are_described_at_once(project: Project, people: list[str]) -> None:
    project.attributes.declare("nation", Kind.CHOICE, ["Wales", "England"])
    done = set_attributes(project, [Target(p) for p in people], {"Nation": "wales", "dog": "yes"})
    assert done.values == {"nation": "Wales", "dog": "yes"}
    assert all(p.attributes == done.values for p in project.people.all())
    assert project.journal.undo() == "set nation=Wales, dog=yes for 5 people"
    assert not any(person.attributes for person in project.people.all())


def test_what_does_not_fit_writes_nothing(project: Project, people: list[str]) -> None:
    project.attributes.declare("nation", Kind.CHOICE, ["Wales", "England"])
    project.attributes.declare("age", Kind.NUMBER)
    before = len(project.journal.history())
    with pytest.raises(ProjectError) as refused:
        set_attributes(project, [Target(people[0])], {"dog": "no", "nation": "Walse", "age": "old"})
    assert "P1, nation: 'Walse' is none of Wales, England; did you mean Wales?" in str(
        refused.value
    )
    assert "P1, age: 'old' is no number" in str(refused.value)
    assert len(project.journal.history()) == before


def test_a_choice_grows_only_if_asked_to(project: Project, people: list[str]) -> None:
    project.attributes.declare("nation", Kind.CHOICE, ["Wales"])
    set_attributes(project, [Target(people[0])], {"nation": "Eire"}, new_values=True)
    assert project.attributes.find("nation").choices == ("Wales", "Eire")
    project.journal.undo()
    assert project.attributes.find("nation").choices == ("Wales",)
    project.attributes.declare("age", Kind.NUMBER)
    with pytest.raises(ProjectError, match="is no number"):
        set_attributes(project, [Target(people[0])], {"age": "old"}, new_values=True)


def test_a_guess_takes_everything_and_says_what_it_doubts(
    project: Project, people: list[str]
) -> None:
    set_attributes(project, [Target(person) for person in people[:4]], {"nation": "Wales"})
    done = set_attributes(project, [Target(people[4])], {"nation": "Walse"})
    assert done.doubts == ("P5, nation: Walse? did you mean Wales?",)


def test_what_wins_in_a_transcript_is_told(project: Project, people: list[str]) -> None:
    document = project.documents.find("P01").id
    set_attributes(project, [Target(people[0], document)], {"wave": "2"})
    everywhere = [Target(person) for person in people]
    set_attributes(project, everywhere, {"wave": "1"})
    assert hidden(project, everywhere, ["wave"]) == [Target(people[0], document)]
    assert hidden(project, everywhere, ["nation"]) == []
