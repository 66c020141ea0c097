"""Transcripts, their speakers, and the people in them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commonplace.domain.codebook import Code, Codebook, code_id
from commonplace.domain.transcript import ReadCoding
from commonplace.project import DuplicateError, NotFoundError, Project, ProjectError
from tests import make

FOUR = (("Q", "How is it?"), ("P1", "Cold."), ("Q", "And the rent?"), ("P1", "Too much. Yes."))


def speakers(project: Project, document: str) -> list[str]:
    return [turn.speaker for turn in project.documents.turns(document)]


def test_a_transcript_comes_back_as_it_was_read(project: Project) -> None:
    read = make.transcript(*FOUR)
    paged = [replace(turn, page=number) for number, turn in enumerate(read.turns, start=1)]
    read = replace(read, turns=tuple(paged))
    document = project.documents.add(read)
    assert project.documents.text(document) == read.text
    turns = project.documents.turns(document)
    assert [(t.start, t.speech_start, t.end, t.label, t.page) for t in turns] == [
        (t.start, t.speech_start, t.end, t.label, t.page) for t in read.turns
    ]
    info = project.documents.find("P01")
    assert (info.turns, info.words, info.interviewee_words) == (4, 10, 4)


def test_a_name_is_found_by_its_only_stem(project: Project) -> None:
    for name in ("wave1/P01.txt", "wave1/P02.md", "wave2/P02.md"):
        project.documents.add(make.transcript(name=name))
    assert project.documents.find("P01").name == "wave1/P01.txt"
    assert project.documents.find("wave2/P02").name == "wave2/P02.md"
    with pytest.raises(NotFoundError, match=r"wave1/P02\.md' or 'wave2/P02\.md"):
        project.documents.find("P02")
    with pytest.raises(NotFoundError, match="did you mean"):
        project.documents.find("wave1/P01.tx")


def test_the_same_name_is_refused_whole(project: Project) -> None:
    project.documents.add(make.transcript())
    with pytest.raises(DuplicateError, match="already"):
        project.documents.add(make.transcript(("P1", "Other words.")))
    assert len(project.documents.all()) == 1


def test_codings_that_come_with_a_file_are_imported_ones(project: Project) -> None:
    read = make.transcript()
    span = make.find(read.text, "Damp.")
    read = replace(read, codings=(ReadCoding(span, "Housing/Damp"),) * 2)
    document = project.documents.add(read)
    assert [c.origin for c in project.codings.of_document(document)] == ["imported"]


def test_done_is_each_coders_own(project: Project) -> None:
    document = project.documents.add(make.transcript())
    project.documents.set_done(document)
    with Project.open(project.path, coder="Tom") as toms:
        toms.documents.set_done(document)
        toms.documents.set_done(document, False)
    assert project.documents.done(document) == {"Amira"}


def test_every_speaker_but_the_interviewer_is_a_person_of_their_own(project: Project) -> None:
    first = project.documents.add(make.transcript(name="a.txt"))
    second = project.documents.add(make.transcript(name="b.txt"))
    assert [person.name for person in project.people.all()] == ["P1", "P1"]
    assert project.people.by_speaker(first)["P1"].id != project.people.by_speaker(second)["P1"].id


def test_one_person_may_be_several_speakers(project: Project) -> None:
    first = project.documents.add(make.transcript(name="a.txt"))
    second = project.documents.add(make.transcript(name="b.txt"))
    person = project.people.by_speaker(first)["P1"].id
    speaker = next(s.id for s in project.speakers.all(second) if s.label == "P1")
    project.people.assign(speaker, person)
    assert project.people.documents_of(person) == [first, second]
    assert len(project.people.all()) == 1
    project.people.set_attributes(person, {"nation": "Wales"})
    project.people.set_attributes(person, {"wave": "2"}, document=second)
    found = project.people.find("P1")
    assert found.attributes_in(first) == {"nation": "Wales"}
    assert found.attributes_in(second) == {"nation": "Wales", "wave": "2"}
    project.people.set_attributes(person, {"nation": ""})
    assert project.people.find("P1").attributes == {}


def test_flip_changes_one_turn(project: Project) -> None:
    document = project.documents.add(make.transcript(*FOUR))
    turns = project.documents.turns(document)
    assert project.speakers.flip(document, turns[1].id) == "Q"
    assert speakers(project, document) == ["Q", "Q", "Q", "P1"]
    assert project.documents.find("P01").interviewee_words == 3


def test_flip_following_stops_at_the_next_set_by_hand(project: Project) -> None:
    document = project.documents.add(make.transcript(*FOUR, *FOUR))
    turns = project.documents.turns(document)
    project.speakers.assign(document, turns[5].id, "P1")
    project.speakers.flip(document, turns[1].id, following=True)
    assert speakers(project, document) == ["Q", "Q", "P1", "Q", "P1", "P1", "Q", "P1"]
    assert project.journal.undo() == "changed who speaks"
    assert speakers(project, document) == ["Q", "P1"] * 4


def test_an_unnamed_speaker_gets_an_interviewer_when_flipped(project: Project) -> None:
    read = make.transcript(*FOUR)
    turns = tuple(replace(turn, speaker=None, label=None) for turn in read.turns)
    document = project.documents.add(replace(read, turns=turns, speakers=()))
    first = project.documents.turns(document)[0]
    assert project.speakers.flip(document, first.id) == "Interviewer"
    assert project.documents.turns(document)[0].interviewer
    assert [person.name for person in project.people.all()] == ["P01"]


def test_a_turn_can_be_split_and_joined(project: Project) -> None:
    document = project.documents.add(make.transcript(*FOUR))
    text = project.documents.text(document)
    last = project.documents.turns(document)[-1]
    project.speakers.split_turn(document, last.id, text.index("Yes."))
    turns = project.documents.turns(document)
    assert [text[t.speech_start : t.end] for t in turns[-2:]] == ["Too much.", "Yes."]
    assert [t.speaker for t in turns[-2:]] == ["P1", "Q"]
    assert len(project.search.turns("yes")) == 1
    project.speakers.join_turn(document, last.id)
    assert project.documents.turns(document)[-1].end == last.end
    with pytest.raises(ProjectError, match="inside the turn"):
        project.speakers.split_turn(document, last.id, last.speech_start)
    with pytest.raises(ProjectError, match="last turn"):
        project.speakers.join_turn(document, last.id)
    assert list(project.check()) == []


def test_search_takes_anything_a_person_may_type(project: Project) -> None:
    document = project.documents.add(make.transcript(("P1", "The café’s rent — AND OR near(")))
    assert len(project.search.turns("cafe rent")) == 1
    assert len(project.search.turns('"the cafe" OR')) == 1
    assert len(project.search.turns("ren*", document=document)) == 1
    assert project.search.turns('"rent the"') == []
    for nothing in ("", '"', "***", "( - )"):
        with pytest.raises(ProjectError, match="no word"):
            project.search.turns(nothing)


def test_moving_and_renaming_codes_keeps_the_tree_sound(project: Project) -> None:
    codes = project.codes
    housing, damp, transport = (codes.find(n).id for n in ("Housing", "Damp", "Transport"))
    codes.move(transport, housing, position=0)
    assert [c.name for c in codes.codebook().children(housing)] == ["Transport", "Damp", "Rent"]
    with pytest.raises(ProjectError, match="under itself"):
        codes.move(housing, damp)
    with pytest.raises(DuplicateError):
        codes.rename(transport, "damp")
    codes.rename(damp, "Damp / mould")
    assert codes.find(r"Housing/Damp \/ mould").id == damp
    for _ in range(2):
        project.journal.undo()
    assert [c.name for c in codes.codebook().children(None)] == ["Housing", "Transport", "Control"]


def test_loading_a_codebook_again_changes_only_what_differs(project: Project) -> None:
    again = project.codes.load(make.codebook())
    assert (again.added, again.changed) == (0, 0)


def test_a_later_edition_of_the_codebook_renames_and_moves_codes(project: Project) -> None:
    document = project.documents.add(make.transcript())
    damp = project.codes.find("Damp").id
    project.codings.add(document, make.find(project.documents.text(document), "Damp"), damp)
    old = make.codebook()
    new = [replace(c, name="Damp and mould") if c.name == "Damp" else c for c in old]
    new = [
        replace(c, id=code_id("small", f"2/{c.name}")) if c.name != "Housing" else c for c in new
    ]
    done = project.codes.load(Codebook("small", tuple(new), "2"))
    assert (done.added, done.changed) == (0, 1)
    assert project.codes.find("Housing/Damp and mould").id == damp
    assert len(project.codings.of_document(document)) == 1


def test_another_codebook_adds_its_codes_and_moves_none(project: Project) -> None:
    other = Codebook("other", (Code("x", "Health"), Code("y", "Rent", "x")))
    assert project.codes.load(other).added == 2
    paths = [project.codes.codebook().path(code.id) for code in project.codes.codebook()]
    assert "Housing/Rent" in paths and "Health/Rent" in paths
