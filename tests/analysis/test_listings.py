"""Transcripts, turns, codings, memos, suggestions and search hits, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from commonplace.analysis.codings import codings
from commonplace.analysis.coverage import coded_shares
from commonplace.analysis.documents import documents
from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.memos import memos
from commonplace.analysis.search import search
from commonplace.analysis.suggestions import suggestions
from commonplace.analysis.turns import turns
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import NotFoundError, Project, ProjectError
from tests import make
from tests.analysis.worlds import Model, World, built, worlds


@settings(max_examples=30)
@given(world=worlds())
def test_the_coded_share_is_that_of_interviewees_speech(world: World) -> None:
    with built(world) as project:
        model = Model.of(project)
        shares = coded_shares(project)
        for row in documents(project).records():
            name = row["document"]
            said = {
                x
                for x, label in enumerate(model.said[name])
                if label is not None and label not in model.interviewers
            }
            coded = {
                x
                for _, where, start, end, *_ in model.rows
                if where == name
                for x in range(start, end)
            }
            expected = len(said & coded) / len(said) if said else None
            assert row["coded_share"] == shares[project.documents.find(name).id] == expected
            assert row["codings"] == sum(where == name for _, where, *_ in model.rows)


def test_documents_tell_what_is_in_them(project: Project) -> None:
    project.documents.add(make.transcript(name="b.txt"))
    project.documents.add(make.transcript(("Q", "Well?"), name="a.md"))
    table = documents(project)
    assert table.header == [
        "document",
        "format",
        "turns",
        "speakers",
        "words",
        "interviewee_words",
        "codings",
        "coded_share",
        "imported_at",
    ]
    rows = list(table)
    assert rows[0][:8] == ("a.md", "txt", 1, "Q", 1, 0, 0, None)
    assert rows[1][:8] == ("b.txt", "txt", 2, "Q; P1", 12, 8, 0, 0.0)


def test_turns_are_numbered_and_named(project: Project) -> None:
    project.documents.add(make.transcript())
    table = turns(project, "P01")
    assert table.header == [
        "turn",
        "start",
        "speech_start",
        "end",
        "speaker",
        "person",
        "interviewer",
        "time",
        "page",
    ]
    assert list(table) == [
        (1, 0, 3, 19, "Q", None, True, None, None),
        (2, 21, 25, 60, "P1", "P1", False, None, None),
    ]
    with pytest.raises(NotFoundError):
        turns(project, "P02")


@settings(max_examples=30)
@given(world=worlds())
def test_every_coding_is_listed_wherever_it_stands(world: World) -> None:
    with built(world) as project:
        model = Model.of(project)
        rows = list(codings(project).records())
        assert sorted(row["coding_id"] for row in rows) == sorted(row[0] for row in model.rows)
        for row in rows:
            text = model.texts[row["document"]]
            assert row["quote"] == text[row["start"] : row["end"]]


def test_codings_have_the_columns_they_should(project: Project) -> None:
    document = project.documents.add(make.transcript())
    coding = project.codings.add(document, Span(0, 7), project.codes.find("Rent").id)
    table = codings(project)
    assert table.header == [
        "coding_id",
        "document",
        "speaker",
        "turn",
        "start",
        "end",
        "quote",
        "code",
        "code_path",
        "coder",
        "origin",
        "score",
        "coded_at",
        "memo",
    ]
    (row,) = table
    assert row[:11] == (
        coding.id,
        "P01.txt",
        "Q",
        1,
        0,
        7,
        "Q: How ",
        "Rent",
        "Housing/Rent",
        "Amira",
        "manual",
    )


def test_what_stands_in_no_turn_has_no_turn(project: Project) -> None:
    document = project.documents.add(make.transcript())
    project.codings.add(document, Span(19, 21), project.codes.find("Rent").id)
    (row,) = codings(project).records()
    assert (row["speaker"], row["turn"], row["quote"]) == ("", None, "\n\n")


def test_memos_say_what_they_are_about(project: Project) -> None:
    document = project.documents.add(make.transcript())
    rent = project.codes.find("Rent").id
    coding = project.codings.add(document, Span(25, 29), rent)
    project.memos.write("m1", coding=coding.id)
    project.memos.write("m2", document=document, span=Span(30, 33))
    project.memos.write("m3", document=document)
    project.memos.write("m4", code=rent)
    project.memos.write("m5")
    rows = {row["memo"]: row for row in memos(project).records()}
    about = {memo: (row["about"], row["quote"], row["code_path"]) for memo, row in rows.items()}
    assert about == {
        "m1": ("coding", "Damp", "Housing/Rent"),
        "m2": ("passage", " Th", None),
        "m3": ("transcript", None, None),
        "m4": ("code", None, "Housing/Rent"),
        "m5": ("project", None, None),
    }
    assert (rows["m1"]["document"], rows["m5"]["document"]) == ("P01.txt", None)


@pytest.fixture
def proposed(project: Project) -> Project:
    """Three suggestions: one sure, one doubtful, one rejected."""
    document = project.documents.add(make.transcript())
    damp, rent = project.codes.find("Damp").id, project.codes.find("Rent").id
    three = [
        Suggestion(document, Span(25, 29), damp, 0.55, ("damp", "wet")),
        Suggestion(document, Span(31, 45), rent, 0.9, ("rent",)),
        Suggestion(document, Span(50, 60), rent, 0.2),
    ]
    project.suggestions.replace(document, three)
    project.suggestions.reject(three[2].id)
    return project


def test_suggestions_that_wait_come_surest_first(proposed: Project) -> None:
    table = suggestions(proposed)
    assert table.header == [
        "suggestion_id",
        "document",
        "start",
        "end",
        "quote",
        "code",
        "code_path",
        "score",
        "reasons",
        "status",
        "notice",
    ]
    rows = list(table.records())
    assert [row["score"] for row in rows] == [0.9, 0.55]
    assert rows[1]["quote"] == "Damp"
    assert (rows[1]["reasons"], rows[1]["status"]) == ("damp; wet", "pending")


def test_suggestions_in_other_orders_and_with_decisions(proposed: Project) -> None:
    def scores(**options: object) -> list[float]:
        return [row["score"] for row in suggestions(proposed, **options).records()]

    assert scores(order="document") == [0.55, 0.9]
    assert scores(order="uncertain") == [0.55, 0.9]
    assert scores(order="confidence", limit=1) == [0.9]
    assert scores(decided=True) == [0.9, 0.55, 0.2]
    assert scores(filters=Filters(codes=("Damp",))) == [0.55]
    assert scores(filters=Filters(speakers=("P1",))) == [0.9, 0.55]
    with pytest.raises(FilterError, match="no order 'best'"):
        suggestions(proposed, order="best")


def test_search_finds_turns_of_those_asked_about(project: Project) -> None:
    document = project.documents.add(make.transcript())
    person = project.people.by_speaker(document)["P1"]
    project.people.set_attributes(person.id, {"nation": "Wales"})
    speech = "Damp. The rent went up, and no bus."
    rows = list(search(project, "no bus"))
    assert rows == [("P01.txt", 2, "P1", "Wales", 25, 25 + len(speech), speech)]
    assert not list(search(project, "flat"))
    asked = Filters(include_interviewer=True)
    assert [row[2] for row in search(project, "flat", asked)] == ["Q"]
    assert not list(search(project, "bus", limit=0))
    with pytest.raises(ProjectError, match="no word"):
        search(project, "?")
