"""Which label is whose: the rules by which a participants file makes people of speakers."""

from __future__ import annotations

from pathlib import Path

from commonplace.project import Project
from commonplace.readers import read_participants
from commonplace.workflows.attach_participants import Attached, attach_participants
from tests import make


def attach(project: Project, table: str) -> Attached:
    file = Path(project.path).with_name("people.csv")
    file.write_text(table, encoding="utf-8")
    return attach_participants(project, read_participants(file), group=project.new_group())


def add(project: Project, name: str, *labels: str) -> str:
    turns = [("Q", "Well?"), *((label, f"{label} speaks.") for label in labels)]
    return project.documents.add(make.transcript(*turns, name=name))


def who(project: Project) -> dict[tuple[str, str], str]:
    """The person's name by transcript and label."""
    return {
        (info.name, label): person.name
        for info in project.documents.all()
        for label, person in project.people.by_speaker(info.id).items()
    }


def known(project: Project, document: str, label: str) -> dict[str, str]:
    return project.people.by_speaker(document)[label].attributes_in(document)


def test_a_label_that_stands_in_one_transcript_is_found(project: Project) -> None:
    first = add(project, "A.txt", "P1", "P2")
    add(project, "B.txt", "P3")
    attached = attach(project, "label,nation\np1,Wales\n")
    assert attached == Attached(1, 1, ())
    assert known(project, first, "P1") == {"nation": "Wales"}
    assert known(project, first, "P2") == {}


def test_a_label_of_several_transcripts_is_reported_not_joined(project: Project) -> None:
    first, second = add(project, "A.txt", "P1"), add(project, "B.txt", "P1")
    attached = attach(project, "label,nation\nP1,Wales\n")
    assert attached.people == 0
    assert attached.problems == (
        "line 2: 'P1' speaks in 2 transcripts (A.txt, B.txt): say which in a column 'document'; "
        "nobody was joined",
    )
    assert known(project, first, "P1") == known(project, second, "P1") == {}


def test_the_same_label_in_two_transcripts_is_two_people(project: Project) -> None:
    first, second = add(project, "A.txt", "P1"), add(project, "B.txt", "P1")
    attached = attach(project, "label,document,nation\nP1,A,Wales\nP1,B.txt,England\n")
    assert attached == Attached(2, 2, ())
    assert known(project, first, "P1") == {"nation": "Wales"}
    assert known(project, second, "P1") == {"nation": "England"}
    assert len({person.id for person in project.people.all()}) == 2


def test_rows_of_one_name_are_one_person(project: Project) -> None:
    first, second = add(project, "A.txt", "P1"), add(project, "B.txt", "Kay")
    attached = attach(
        project,
        "name,document,label,nation,wave,mood\n"
        "Kayleigh,A,P1,Wales,1,low\n"
        "kayleigh,B,Kay,Wales,2,high\n",
    )
    assert attached == Attached(1, 2, ())
    (person,) = project.people.all()
    assert person.name == "Kayleigh"
    assert person.attributes == {"nation": "Wales"}
    assert known(project, first, "P1") == {"nation": "Wales", "wave": "1", "mood": "low"}
    assert known(project, second, "Kay") == {"nation": "Wales", "wave": "2", "mood": "high"}


def test_a_wave_belongs_to_its_transcript_even_when_there_is_one(project: Project) -> None:
    document = add(project, "A.txt", "Rosa")
    attach(project, "name,wave\nRosa,1\n")
    (person,) = project.people.all()
    assert person.attributes == {} and person.in_document == {document: {"wave": "1"}}


def test_a_name_stands_for_the_only_interviewee_of_its_transcript(project: Project) -> None:
    add(project, "A.txt", "Participant")
    add(project, "B.txt", "Ann", "Bo")
    add(project, "P07.txt", "Participant")
    attached = attach(project, "name,document,nation\nRosa,A,Wales\nP07,,England\nCy,B,Wales\n")
    assert attached.problems == ("line 4: no speaker 'Cy' in B.txt: there are 'Q', 'Ann', 'Bo'",)
    assert who(project) == {
        ("A.txt", "Participant"): "Rosa",
        ("P07.txt", "Participant"): "P07",
        ("B.txt", "Ann"): "Ann",
        ("B.txt", "Bo"): "Bo",
    }


def test_an_interviewer_is_no_participant(project: Project) -> None:
    add(project, "A.txt", "P1")
    (problem,) = attach(project, "label,document,nation\nQ,A,Wales\n").problems
    assert problem.startswith("line 2: 'Q' is the interviewer in A.txt")
    assert "--interviewer" in problem


def test_unknown_transcripts_and_labels_are_reported(project: Project) -> None:
    add(project, "A.txt", "P1")
    problems = attach(project, "label,document,nation\nP1,C,Wales\nP9,,Wales\n").problems
    assert problems[0].startswith("line 2: no transcript 'C'")
    assert problems[1] == "line 3: nobody is labelled 'P9' in any transcript"


def test_two_rows_about_one_speaker_are_reported(project: Project) -> None:
    add(project, "A.txt", "P1")
    attached = attach(project, "label,document,nation\nP1,A,Wales\nP1,A.txt,England\n")
    assert attached.people == 1
    assert attached.problems == (
        "line 3: line 2 is about 'P1' of A.txt already; remove one of them",
    )


def test_attaching_again_changes_nothing(project: Project) -> None:
    add(project, "A.txt", "P1")
    add(project, "B.txt", "Kay")
    table = "name,document,label,nation\nKayleigh,A,P1,Wales\nKayleigh,B,Kay,Wales\n"
    attach(project, table)
    people, entries = project.people.all(), len(project.journal.history())
    assert attach(project, table) == Attached(1, 2, ())
    assert project.people.all() == people
    assert len(project.journal.history()) == entries


def test_it_is_one_thing_to_undo(project: Project) -> None:
    add(project, "A.txt", "P1")
    add(project, "B.txt", "Kay")
    before = project.people.all()
    attach(project, "name,document,label,nation\nKayleigh,A,P1,Wales\nKayleigh,B,Kay,Wales\n")
    project.journal.undo()
    assert project.people.all() == before
