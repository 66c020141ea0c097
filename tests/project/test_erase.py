"""Erasing for good: no trace of the words in the file, and nobody else's work harmed."""

from __future__ import annotations

from commonplace.project import Project
from tests import make

SECRET = "Xylophonia"
JOINT = (
    ("Q", "How is it?"),
    ("P1", f"My {SECRET} is damp."),
    ("P2", "The rent went up here."),
    ("Q", "Thanks."),
)


def traces(project: Project) -> list[str]:
    """Files beside and including the project in which the word is still to be found."""
    words = [SECRET.encode(), SECRET.lower().encode()]
    return [
        path.name
        for path in project.path.parent.iterdir()
        if any(word in path.read_bytes() for word in words)
    ]


def work_on(project: Project, document: str) -> None:
    """Codes, memos, edits, removals and undos: everything that leaves words in the history."""
    text = project.documents.text(document)
    span = make.find(text, f"{SECRET} is damp")
    coding = project.codings.add(document, span, project.codes.find("Damp").id)
    project.codings.change(coding.id, span=make.find(text, f"My {SECRET}"))
    project.memos.write(f"about {SECRET}", coding=coding.id)
    project.codings.remove(coding.id)
    project.journal.undo()


def test_no_trace_of_an_erased_transcript_is_left(project: Project) -> None:
    document = project.documents.add(make.transcript(*JOINT, name=f"{SECRET}.txt"))
    other = project.documents.add(make.transcript())
    project.codings.add(
        other, make.find(project.documents.text(other), "Damp"), project.codes.find("Damp").id
    )
    work_on(project, document)
    project.memos.write(f"also {SECRET}", document=document)
    copy = project.backup()
    held = project.erase_document(document)
    assert held == [copy]
    assert traces(project) == [copy.name]
    assert [d.name for d in project.documents.all()] == ["P01.txt"]
    assert len(project.codings.of_document(other)) == 1
    assert list(project.check()) == []


def test_undo_goes_on_past_what_was_erased(project: Project) -> None:
    document = project.documents.add(make.transcript(*JOINT, name="P02.txt"))
    work_on(project, document)
    project.codes.add("Wages")
    project.erase_document(document)
    assert project.journal.undo() == "added the code 'Wages'"
    assert project.journal.undo() == "loaded the codebook small"


def test_erasing_one_of_two_participants_leaves_the_others_words(project: Project) -> None:
    document = project.documents.add(make.transcript(*JOINT))
    work_on(project, document)
    text = project.documents.text(document)
    kept = project.codings.add(
        document, make.find(text, "The rent went up"), project.codes.find("Rent").id
    )
    project.erase_person(project.people.find("P1").id)
    after = project.documents.text(document)
    assert len(after) == len(text)
    assert project.codings.get(kept.id).anchor.exact == "The rent went up"
    assert traces(project) == []
    assert [person.name for person in project.people.all()] == ["P2"]
    assert list(project.check()) == []


def test_erasing_somebody_takes_those_with_them_who_were_joined_to_them(project: Project) -> None:
    document = project.documents.add(make.transcript(*JOINT))
    second = project.documents.add(make.transcript(("P3", "Cold."), name="P03.txt"))
    first, other = (project.people.find(name).id for name in ("P1", "P3"))
    project.people.rename(other, SECRET)
    project.people.set_attributes(other, {"street": SECRET})
    project.people.join(first, [other])
    project.people.set_attributes(first, {"street": "elsewhere"}, document=second)
    project.erase_person(first)
    assert traces(project) == []
    assert [person.name for person in project.people.all()] == ["P2"]
    assert [info.id for info in project.documents.all()] == [document]


def test_erasing_the_only_participant_takes_the_transcript(project: Project) -> None:
    document = project.documents.add(make.transcript(*JOINT[:2]))
    work_on(project, document)
    project.people.set_attributes(project.people.find("P1").id, {"street": SECRET})
    project.erase_person(project.people.find("P1").id)
    assert project.documents.all() == []
    assert traces(project) == []
    assert list(project.check()) == []
