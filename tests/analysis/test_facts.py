"""What a project knows of how it was made: methods, checklists, the audit trail."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.analysis.checklist import KNOWN, TO_FILL_IN, checklist
from commonplace.analysis.facts import facts
from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.methods import day, methods, percent
from commonplace.analysis.reporting_items import COREQ, SRQR
from commonplace.analysis.themes import themes
from commonplace.analysis.trail import TRAIL, codebook_changes, coders, decisions
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from tests import make
from tests.analysis.test_groups import add_people


def suggest(project: Project, document: str) -> list[str]:
    """Four suggestions for a transcript."""
    text = project.documents.text(document)
    found = [
        Suggestion(document, make.find(text, words), project.codes.find(code).id, 0.7, ("damp",))
        for words, code in (
            *(("Damp.", "Damp"), ("Damp", "Housing")),
            *(("rent", "Rent"), ("bus", "Transport")),
        )
    ]
    project.suggestions.replace(document, found)
    return [each.id for each in found]


@pytest.fixture
def decided(project: Project) -> Project:
    """Four people, two of whom spoke of housing; one suggestion accepted, one edited, one rejected,
    one left."""
    add_people(project, ["Wales"] * 4, codes=2)
    document = project.documents.find("P03").id
    first, second, third, _ = suggest(project, document)
    project.suggestions.accept(first)
    project.suggestions.edit(
        second,
        span=Span(
            make.find(project.documents.text(document), "Damp").start,
            len(project.documents.text(document)),
        ),
    )
    project.suggestions.reject(third, "about something else")
    project.documents.set_done(document)
    return project


def test_the_methods_say_what_the_project_knows(decided: Project) -> None:
    said = " ".join(methods(facts(decided)))
    for sentence in (
        "The material is 4 transcripts of interviews with 4 people, who say 32 words in them.",
        "Of the people interviewed, nation was recorded.",
        "codebook “small”, version 1 (5 codes on 2 levels, 2 of them used; appendix)",
        "The coding is by 1 coder (Amira), on ",
        "Amira applied 4 codings in 3 transcripts and read 1 to the end.",
        "1 of 4 transcripts was marked as read to the end by at least one coder.",
        "Of 4 codings, 2 (50%) were made by hand, 1 (25%) as accepted suggestions and 1 (25%) as "
        "suggestions that the coder changed first.",
        "1 coder decided on 3 suggestions: 1 (33%) were accepted as they were, 1 (33%) accepted "
        "with another passage or code, and 1 (33%) rejected.",
        "1 suggestion was left undecided.",
        "No blind audit of the suggestions was made.",
        "One person coded; agreement between coders was not measured.",
        "What interviewers say is not counted.",
        "Analysis and figures: Commonplace ",
    ):
        assert sentence in said


def test_agreement_is_reported_with_its_interval_only_from_enough_transcripts(
    project: Project, tmp_path: Path
) -> None:
    add_people(project, ["Wales"] * 6, codes=6)
    documents = [info.id for info in project.documents.all()]
    for document in documents[:4]:
        project.documents.set_done(document)
    with Project.open(project.path, coder="Tom") as other:
        housing = other.codes.find("Housing").id
        for place, document in enumerate(documents):
            if place % 2:
                other.codings.add(
                    document, make.find(other.documents.text(document), "Damp"), housing
                )
            if place < 4:
                other.documents.set_done(document)
    said = " ".join(methods(facts(project)))
    assert "Amira and Tom both read 4 transcripts to the end." in said
    assert "From so few transcripts no interval is given" in said and "bootstrap" not in said
    for document in documents[4:]:
        project.documents.set_done(document)
        with Project.open(project.path, coder="Tom") as other:
            other.documents.set_done(document)
    found = facts(project)
    said = " ".join(methods(found))
    assert "(95% bootstrap interval by transcript " in said
    assert found.agreement is not None and found.agreement.percent == 0.75


def test_facts_are_of_the_part_that_is_asked_for(decided: Project) -> None:
    found = facts(decided, Filters(documents=("P00",)))
    assert (found.transcripts, found.people, found.codings) == (1, 1, 1)
    assert "This report covers a part of it (1 transcript by name)." in " ".join(methods(found))


def test_facts_of_people_chosen_for_who_they_are_are_of_their_transcripts(decided: Project) -> None:
    for name in ("P02", "P03"):
        document = decided.documents.find(name).id
        person = decided.people.by_speaker(document)["P1"]
        decided.people.set_attributes(person.id, {"nation": "Scotland"})
    wales = facts(decided, Filters(where="nation=Wales"))
    assert (wales.transcripts, wales.done, wales.decided, wales.waiting) == (2, 0, 0, 0)
    (coder,) = wales.coders
    assert (wales.codings, coder.codings, coder.transcripts, coder.done) == (2, 2, 2, 0)
    scotland = facts(decided, Filters(where="nation=Scotland"))
    assert (scotland.transcripts, scotland.done, scotland.decided, scotland.waiting) == (2, 1, 3, 1)
    everything = facts(decided)
    assert wales.codings + scotland.codings == everything.codings
    assert "0 of 2 transcripts are marked done." in str(
        themes(decided, Filters(where="nation=Wales")).note
    )
    housing = facts(decided, Filters(codes=("Housing",)))
    assert (housing.decided, housing.waiting) == (3, 0)


def test_the_withdrawn_are_in_no_count(decided: Project) -> None:
    document = decided.documents.find("P00").id
    person = decided.people.by_speaker(document)["P1"]
    decided.people.set_attributes(person.id, {"withdrawn": "yes"})
    found = facts(decided)
    assert (found.people, found.words, found.codings, found.withdrawn) == (3, 24, 3, 1)


def test_days_and_shares_read_as_a_journal_prints_them() -> None:
    assert day("2026-03-01") == "1 March 2026"
    assert (percent(3, 8), percent(0, 0)) == ("3 (38%)", "0")


@pytest.mark.parametrize(("name", "items"), [("coreq", 32), ("SRQR", 21)])
def test_a_checklist_has_all_its_items_and_says_who_is_to_answer(
    decided: Project, name: str, items: int
) -> None:
    rows = list(checklist(decided, name).records())
    assert [row["item"] for row in rows] == list(range(1, items + 1))
    assert {row["status"] for row in rows} == {KNOWN, TO_FILL_IN}
    assert all((row["status"] == KNOWN) is bool(row["answer"]) for row in rows)
    answers = {row["topic"]: row["answer"] for row in rows}
    if name == "coreq":
        assert answers["Sample size"] == "4 people in 4 transcripts."
        assert answers["Number of coders"] == "1 coder (Amira: 4 codings)."
        assert answers["Credentials"] is None
    else:
        assert answers["Funding"] is None


def test_checklists_are_complete_and_others_are_refused(project: Project) -> None:
    assert (len(COREQ), len(SRQR)) == (32, 21)
    with pytest.raises(FilterError, match="no checklist 'prisma': there are coreq and srqr"):
        checklist(project, "prisma")


def test_the_trail_tells_how_the_codebook_came_to_be(project: Project) -> None:
    housing = project.codes.find("Housing").id
    project.codes.update(housing, definition="Homes.")
    added = project.codes.add("Heating", housing)
    project.codes.move(added, None)
    project.codes.remove(added)
    project.journal.undo()
    rows = [tuple(row)[4:] for row in codebook_changes(project)]
    told = [(row[0], *row[2:]) for row in rows]
    assert told[:5] == [
        ("added", path, None, None, None)
        for path in ("Housing", "Housing/Damp", "Housing/Rent", "Transport", "Control")
    ]
    assert told[5:] == [
        ("changed", "Housing", "definition", "About housing.", "Homes."),
        ("added", "Housing/Heating", None, None, None),
        ("changed", "Heating", "parent", "Housing", ""),
        ("removed", "Heating", None, None, None),
        ("added", "Heating", None, None, None),
    ]


def test_decisions_and_coders_are_accounted_for(decided: Project) -> None:
    rows = list(decisions(decided).records())
    assert [(row["verdict"], row["code_path"], row["reason"]) for row in rows] == [
        ("accepted", "Housing/Damp", None),
        ("edited", "Housing", None),
        ("rejected", "Housing/Rent", "about something else"),
    ]
    assert all(row["reasons"] == "damp" for row in rows)
    document = decided.documents.find("P03").id
    person = decided.people.by_speaker(document)["P1"]
    decided.people.set_attributes(person.id, {"withdrawn": "yes"})
    assert {row["reasons"] for row in decisions(decided).records()} == {None}
    (row,) = coders(decided).records()
    counted = ("coder", "codings", "manual", "from_suggestions", "done", "decisions")
    assert [row[name] for name in counted] == ["Amira", 4, 2, 2, 1, 3]


def test_every_table_of_the_trail_can_be_read(decided: Project) -> None:
    for name, table in TRAIL.items():
        made = table(decided)
        assert all(len(row) == len(made.columns) for row in made), name


def test_decisions_are_those_of_the_coders_asked_about(decided: Project) -> None:
    with decided.transaction("another coder"):
        decided.connection.execute("UPDATE decisions SET coder = 'Ben' WHERE verdict = 'rejected'")
    found = facts(decided, Filters(coders=("amira",)))
    assert (found.decided, found.deciders) == (2, 1)


def test_what_is_known_of_the_whole_project_alone_is_said_to_be_so(decided: Project) -> None:
    decided.memos.write("Mine", document=decided.documents.find("P00").id)
    assert "Coders wrote 1 memo." in " ".join(methods(facts(decided)))
    said = " ".join(methods(facts(decided, Filters(coders=("Amira",)))))
    assert "Coders wrote 1 memo in the whole project." in said
