"""Which label is whose: the rules by which a participants file makes people of speakers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.analysis.desk_tables import consents
from commonplace.analysis.participants import participants
from commonplace.domain.attributes import Kind
from commonplace.exports import csv_table
from commonplace.project import Project
from commonplace.readers import read_participants
from commonplace.workflows.attach_participants import Attached, Changed, attach_participants
from commonplace.workflows.rehearsal import rehearsal
from tests import make


def attach(project: Project, table: str, **options: bool) -> Attached:
    file = Path(project.path).with_name("people.csv")
    file.write_text(table, encoding="utf-8")
    rows = read_participants(file).rows
    return attach_participants(project, rows, group=project.new_group(), **options)


def outcome(attached: Attached) -> tuple[int, int, tuple[str, ...]]:
    return attached.people, attached.speakers, attached.problems


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
    assert outcome(attached) == (1, 1, ())
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
    assert outcome(attached) == (2, 2, ())
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
    assert outcome(attached) == (1, 2, ())
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
    assert attach(project, table).changes == ()
    assert project.people.all() == people
    assert len(project.journal.history()) == entries


def test_it_is_one_thing_to_undo(project: Project) -> None:
    add(project, "A.txt", "P1")
    add(project, "B.txt", "Kay")
    before = project.people.all()
    attach(project, "name,document,label,nation\nKayleigh,A,P1,Wales\nKayleigh,B,Kay,Wales\n")
    project.journal.undo()
    assert project.people.all() == before


def test_a_value_that_does_not_fit_leaves_everything_as_it_is(project: Project) -> None:
    add(project, "A.txt", "P1", "P2")
    project.attributes.declare("nation", Kind.CHOICE, ["Wales"])
    before = project.people.all()
    attached = attach(project, "label,nation,age\nP1,Wales,3\nP2,Walse,4\n")
    assert attached.refused
    assert attached.problems[0].startswith("line 3, P2, nation: 'Walse' is none of Wales; did you")
    assert project.people.all() == before
    attached = attach(project, "label,nation,age\nP1,Wales,3\nP2,Walse,4\n", new_values=True)
    assert (attached.people, attached.refused) == (2, False)
    assert project.attributes.find("nation").choices == ("Wales", "Walse")


def test_an_empty_cell_takes_a_value_away_only_if_asked_to(project: Project) -> None:
    first, second = add(project, "A.txt", "P1"), add(project, "B.txt", "Kay")
    attach(project, "name,document,label,nation\nKay,A,P1,Wales\nKay,B,Kay,Wales\n")
    table = "name,document,label,nation\nKay,A,P1,\nKay,B,Kay,Wales\n"
    assert attach(project, table).empty == 1
    assert known(project, first, "P1") == {"nation": "Wales"}
    attached = attach(project, table, clear=True)
    assert attached.changes == (Changed("A.txt", "P1", "Kay", "nation", "Wales", ""),)
    assert known(project, first, "P1") == {}
    assert known(project, second, "Kay") == {"nation": "Wales"}


def test_what_was_agreed_to_in_one_interview_is_not_agreed_to_in_another(
    project: Project,
) -> None:
    first, second = add(project, "A.txt", "P1"), add(project, "B.txt", "Kay")
    table = "name,document,label,Consent quote,withdrawn\nKay,A,P1,,\nKay,B,Kay,yes,yes\n"
    attach(project, table)
    assert known(project, first, "P1") == {"withdrawn": "yes"}
    assert known(project, second, "Kay") == {"Consent quote": "yes", "withdrawn": "yes"}
    assert attach(project, table).changes == ()
    rows = {row["document"]: row for row in consents(project).records()}
    assert not rows["A.txt"]["quote"] and "not known" in str(rows["A.txt"]["doubts"])


def test_a_file_that_parts_people_makes_two_of_one(project: Project) -> None:
    add(project, "A.txt", "P1")
    add(project, "B.txt", "Kay")
    attach(project, "name,document,label,nation\nKay,A,P1,Wales\nKay,B,Kay,Wales\n")
    attach(project, "name,document,label,nation\nKay,A,P1,Wales\nLee,B,Kay,England\n")
    assert who(project) == {("A.txt", "P1"): "Kay", ("B.txt", "Kay"): "Lee"}
    assert {p.name: dict(p.attributes) for p in project.people.all()} == {
        "Kay": {"nation": "Wales"},
        "Lee": {"nation": "England"},
    }


NAMES = st.sampled_from(["P1", "Kay", "P1 (x)", 'Éa, née "B"', "=1+1"])
VALUES = st.sampled_from(["", "Wales", "1", "a\nb", "=2", "-3", 'so, "so"', "né"])
ATTRIBUTES = st.sampled_from(["nation", "wave", "Role", "speaker"])


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Two transcripts with two labels each, and somebody who speaks nowhere."""
    with Project.create(tmp_path_factory.mktemp("bare") / "bare.commonplace") as project:
        add(project, "A.txt", "P1", "P2")
        add(project, "B.txt", "P1", "Z")
        project.people.add("Nobody")
        yield project


@given(
    joined=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=3),
    names=st.lists(NAMES, min_size=5, max_size=5),
    said=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), ATTRIBUTES, VALUES), max_size=8),
)
@settings(max_examples=25)
def test_a_table_that_was_written_changes_nothing_when_read_and_brings_all_back(
    bare: Project,
    joined: list[tuple[int, int]],
    names: list[str],
    said: list[tuple[int, int, str, str]],
) -> None:
    with rehearsal(bare) as project, rehearsal(bare) as other:
        describe(project, joined, names, said)
        file = bare.path.with_name("people.csv")
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv_table.write(participants(project), stream)
        rows = read_participants(file).rows
        before = project.people.all()
        attached = attach_participants(project, rows, group=project.new_group(), clear=True)
        assert (attached.changes, attached.problems) == ((), ())
        assert project.people.all() == before

        attach_participants(other, rows, group=other.new_group(), clear=True)
        assert table_of(other) == table_of(project)


def describe(
    project: Project,
    joined: list[tuple[int, int]],
    names: list[str],
    said: list[tuple[int, int, str, str]],
) -> None:
    """Renames people, joins some, and says something of them."""
    documents = [info.id for info in project.documents.all()]
    people = list(dict.fromkeys(heard.person for heard in project.people.labels()))
    people.append(project.people.find("Nobody").id)
    for person, name in zip(people, names, strict=True):
        project.people.rename(person, name)
    there = set(people)
    for first, second in joined:
        if first != second and {people[first], people[second]} <= there:
            project.people.join(people[first], [people[second]])
            there.remove(people[second])
    for person, scope, attribute, value in said:
        document = [None, *documents][scope]
        here = document is None or document in project.people.documents_of(people[person])
        if people[person] in there and here:
            project.people.set_attributes(people[person], {attribute: value}, document=document)


def table_of(project: Project) -> list[dict[str, object]]:
    """What is known of each label; whose id is whose aside."""
    return [
        {name: cell for name, cell in record.items() if cell and name != "participant_id"}
        for record in sorted(
            participants(project).records(), key=lambda r: (str(r["document"]), str(r["speaker"]))
        )
        if record["document"]
    ]
