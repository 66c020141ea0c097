"""The quote desk: kept by passage, journaled, and undone to the last row."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.domain.desk import OPEN, Mark
from commonplace.domain.span import Span
from commonplace.project import Project, ProjectError
from commonplace.project.errors import DuplicateError, NotFoundError
from tests import make
from tests.analysis.worlds import World, built


@pytest.fixture
def coded(project: Project) -> tuple[Project, str, str]:
    """A project with one coding; its transcript and its id."""
    document = project.documents.add(make.transcript())
    span = make.find(project.documents.text(document), "Damp")
    coding = project.codings.add(document, span, project.codes.find("Housing").id)
    return project, document, coding.id


def rows(project: Project) -> list[tuple]:
    found = []
    for table in ("quotes", "quote_uses"):
        found += project.connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
    return found


def test_what_the_desk_keeps_survives_recoding(coded: tuple[Project, str, str]) -> None:
    project, document, coding = coded
    place = project.quotes.place(coding)
    project.quotes.mark([place], Mark.STAR)
    project.quotes.note(place, " good one ")
    project.quotes.publish(place, "Damp!")
    project.codings.remove(coding)
    again = project.codings.add(document, Span(*place[1:]), project.codes.find("Transport").id)
    record = project.quotes.at(project.quotes.place(again.id))
    assert record is not None
    assert (record.marks, record.note, record.published) == ({Mark.STAR}, "good one", "Damp!")
    assert record.published_by == "Amira"
    assert project.quotes.place(record.id) == place


def test_it_follows_a_coding_whose_span_is_changed(coded: tuple[Project, str, str]) -> None:
    project, document, coding = coded
    place = project.quotes.place(coding)
    other = project.codings.add(document, Span(*place[1:]), project.codes.find("Control").id)
    project.quotes.mark([place], Mark.CLEAR)
    project.codings.change(coding, span=Span(place[1], place[2] + 1))
    assert project.quotes.at(place) is not None
    project.codings.change(other.id, span=Span(place[1], place[2] + 5))
    assert project.quotes.at(place) is None
    record = project.quotes.at((document, place[1], place[2] + 5))
    assert record is not None and record.marks == {Mark.CLEAR}
    project.journal.undo()
    assert project.quotes.at(place) is not None
    assert list(project.check()) == []


def test_a_record_that_says_nothing_is_none(coded: tuple[Project, str, str]) -> None:
    project, _, coding = coded
    place = project.quotes.place(coding)
    project.quotes.mark([place], Mark.STAR)
    project.quotes.embargo([place], "2026-08-01")
    project.quotes.consent([place], "quote", False)
    use = project.quotes.use(place, "Report, p. 3", "Damp.")
    record = project.quotes.at(place)
    assert record is not None and record.embargoed("2026-07-31")
    assert not record.embargoed("2026-08-01")
    assert (record.consent_quote, record.consent_name) == (False, None)
    assert [(u.place, u.words) for u in record.uses] == [("Report, p. 3", "Damp.")]
    project.quotes.mark([place], Mark.STAR, on=False)
    project.quotes.embargo([place], None)
    project.quotes.consent([place], "quote", None)
    assert project.quotes.at(place) is not None
    project.quotes.unuse(use)
    assert project.quotes.all() == {}
    assert rows(project) == []


def test_a_new_version_ends_a_decision_about_the_old_one(coded: tuple[Project, str, str]) -> None:
    project, _, coding = coded
    place = project.quotes.place(coding)
    with pytest.raises(ProjectError, match="no published version"):
        project.quotes.override(place, "agreed")
    project.quotes.publish(place, "Dry")
    project.quotes.override(place, "agreed with the participant")
    record = project.quotes.at(place)
    assert record is not None and record.override is not None
    assert (record.override.reason, record.override.coder) == (
        "agreed with the participant",
        "Amira",
    )
    project.quotes.publish(place, "Dry")
    assert project.quotes.at(place).override is not None
    project.quotes.publish(place, "Dry!")
    assert project.quotes.at(place).override is None
    project.quotes.publish(place, " ")
    assert project.quotes.at(place) is None


def test_what_cannot_be_is_refused(coded: tuple[Project, str, str]) -> None:
    project, document, coding = coded
    place = project.quotes.place(coding)
    with pytest.raises(ProjectError, match="is no day"):
        project.quotes.embargo([place], "soon")
    with pytest.raises(NotFoundError, match="no quote"):
        project.quotes.place("x")
    with pytest.raises(ProjectError, match="no such passage"):
        project.quotes.mark([(document, 5, 10_000)], Mark.STAR)
    with pytest.raises(NotFoundError):
        project.quotes.consent([place], "video", True)
    project.quotes.use(place, "A", "Damp")
    with pytest.raises(DuplicateError):
        project.quotes.use(place, "A", "Damp")
    project.quotes.embargo([place], OPEN)
    assert project.quotes.at(place).embargoed("9999-12-31")


@settings(max_examples=25)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 2), st.sampled_from(["", "a", "b", "c"])),
        min_size=1,
        max_size=8,
    )
)
def test_undo_takes_back_every_step(steps: list[tuple[int, int, str]]) -> None:
    world = World([[("P1", "one two three four")]], [("", "")], [])
    with built(world) as project:
        (info,) = project.documents.all()
        desk = project.quotes
        seen = [rows(project)]
        for what, number, text in steps:
            place = (info.id, 4 + number, 8 + number)
            before = project.journal.last_seq()
            if what == 0:
                desk.mark([place], list(Mark)[number], bool(text))
            elif what == 1:
                desk.note(place, text)
            elif what == 2:
                desk.publish(place, text)
            elif what == 3:
                desk.embargo([place, (info.id, 0, 1)], OPEN if text else None)
            elif what == 4 and text and text not in {u.place for u in _uses(project, place)}:
                desk.use(place, text, text)
            elif what == 5:
                for use in _uses(project, place):
                    desk.unuse(use.id)
                    if project.journal.last_seq() > before:
                        break
            elif what == 6 and (record := desk.at(place)) and record.published:
                desk.override(place, text)
            if project.journal.last_seq() > before:
                seen.append(rows(project))
        for earlier in reversed(seen[:-1]):
            project.journal.undo()
            assert rows(project) == earlier


def _uses(project: Project, place: tuple[str, int, int]) -> tuple:
    record = project.quotes.at(place)
    return () if record is None else record.uses


def test_removing_and_erasing_take_the_desk_along(coded: tuple[Project, str, str]) -> None:
    project, document, coding = coded
    place = project.quotes.place(coding)
    project.quotes.publish(place, "Damp Zanzibar")
    project.quotes.use(place, "Report", "Damp Zanzibar")
    before = rows(project)
    project.documents.remove(document)
    assert rows(project) == []
    project.journal.undo()
    assert rows(project) == before
    project.erase_document(document)
    assert rows(project) == []
    assert "Zanzibar" not in json.dumps(
        project.connection.execute("SELECT * FROM journal").fetchall()
    )


def test_erasing_a_person_takes_their_quotes_from_a_shared_transcript(project: Project) -> None:
    document = project.documents.add(make.transcript(("P1", "Zanzibar damp."), ("P2", "No bus.")))
    text = project.documents.text(document)
    places = [
        (document, (span := make.find(text, words)).start, span.end)
        for words in ("Zanzibar", "No bus")
    ]
    for place in places:
        project.quotes.publish(place, text[place[1] : place[2]])
        project.quotes.use(place, "Report", text[place[1] : place[2]])
    project.erase_person(project.people.by_speaker(document)["P1"].id)
    assert list(project.quotes.all()) == places[1:]
    assert "Zanzibar" not in json.dumps(rows(project))
    assert "Zanzibar" not in json.dumps(
        project.connection.execute("SELECT * FROM journal").fetchall()
    )


def test_a_record_that_has_lost_its_words_is_told(coded: tuple[Project, str, str]) -> None:
    project, _, coding = coded
    project.quotes.mark([project.quotes.place(coding)], Mark.STAR)
    assert list(project.check()) == []
    project.connection.execute("UPDATE quotes SET exact = 'Dry'")
    (problem,) = project.check()
    assert "quote" in problem and "no longer stands at its words" in problem
