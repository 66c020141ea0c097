"""Filters: whom and what they leave in, and what they say of names that do not exist."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.analysis.codings import codings
from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.query import QueryError
from commonplace.analysis.quotes import quotes
from commonplace.analysis.scope import Scope
from commonplace.domain.coding import Origin
from commonplace.domain.span import Span
from commonplace.project import NotFoundError, Project
from tests import make
from tests.analysis.worlds import Model, World, built, worlds


@settings(max_examples=40)
@given(
    world=worlds(),
    codes=st.sampled_from([(), ("Housing",), ("Damp", "Transport")]),
    direct=st.booleans(),
    labels=st.sampled_from([(), ("p1",), ("P1", "P2")]),
    coder=st.sampled_from([(), ("Amira",)]),
)
def test_filters_leave_in_what_a_plain_look_at_each_coding_does(
    world: World, codes: tuple, direct: bool, labels: tuple, coder: tuple
) -> None:
    with built(world) as project:
        model = Model.of(project)
        present = {x for name in model.texts for x in model.said[name]}
        if any(label.upper() not in present for label in labels):
            return
        filters = Filters(codes=codes, direct=direct, speakers=labels, coders=coder)
        wanted = [row for row in model.rows if kept(model, filters, row)]
        found = [row[0] for row in quotes(project, filters)]
        assert sorted(found) == sorted(row[0] for row in wanted)


def kept(model: Model, filters: Filters, row: tuple) -> bool:
    _, name, start, end, path, coder = row
    full = {"Damp": "Housing/Damp"}
    paths = [full.get(code, code) for code in filters.codes]
    below = any(path == c or (path.startswith(c + "/") and not filters.direct) for c in paths)
    labels = {label.upper() for label in filters.speakers}
    voices = [x for x in model.speakers(name, start, end) if x not in model.interviewers]
    return (
        (not paths or below)
        and (not filters.coders or coder in filters.coders)
        and any(not labels or x in labels for x in voices)
    )


def test_the_condition_is_met_by_people_in_documents(project: Project) -> None:
    ids = [project.documents.add(make.transcript(name=f"{n}.txt")) for n in "ab"]
    person = project.people.by_speaker(ids[0])["P1"]
    speaker = next(s for s in project.speakers.all(ids[1]) if s.label == "P1")
    project.people.assign(speaker.id, person.id)
    project.people.set_attributes(person.id, {"wave": "1", "nation": "Wales"})
    project.people.set_attributes(person.id, {"wave": "2"}, document=ids[1])

    def heard(where: str) -> list[str]:
        scope = Scope(project, Filters(where=where))
        return [scope.documents[d] for d, voices in scope.heard.items() if voices]

    assert heard("wave=1") == ["a.txt"]
    assert heard("wave=2") == ["b.txt"]
    assert heard("nation=wales") == ["a.txt", "b.txt"]


def test_interviewers_have_no_attributes_and_are_heard_only_when_included(
    project: Project,
) -> None:
    document = project.documents.add(make.transcript())
    person = project.people.by_speaker(document)["P1"]
    project.people.set_attributes(person.id, {"nation": "Wales"})

    def labels(**filters: object) -> list[str]:
        heard = Scope(project, Filters(**filters)).heard[document]
        return [voice.label for voice in heard]

    assert labels() == ["P1"]
    assert labels(include_interviewer=True) == ["P1", "Q"]
    assert labels(include_interviewer=True, where="nation=Wales") == ["P1"]
    assert labels(include_interviewer=True, where="nation=(none)") == ["Q"]
    project.speakers.set_interviewer(document, "P1")
    assert labels(include_interviewer=True, where="nation=(none)") == ["P1", "Q"]


def test_a_speaker_who_has_no_turn_left_is_nobody(project: Project) -> None:
    document = project.documents.add(make.transcript(("P1", "One."), ("P2", "Two.")))
    second = project.documents.turns(document)[1]
    project.speakers.assign(document, second.id, "P1")
    assert [v.label for v in Scope(project, Filters()).heard[document]] == ["P1"]


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        (Filters(codes=("Housing/Rnt",)), "no code 'Housing/Rnt': did you mean 'Housing/Rent'"),
        (Filters(documents=("P99",)), "no transcript 'P99'"),
        (Filters(speakers=("P7",)), "no speaker 'P7': did you mean 'P1'"),
        (Filters(coders=("Bob",)), "no coder 'Bob': there are 'Amira'"),
        (Filters(origins=("guess",)), "no origin 'guess': there are suggested, manual"),
        (Filters(since="yesterday"), "'yesterday' is no date"),
        (Filters(since="2026-13-01"), "is no date"),
        (Filters(where="nation=Wales and rle=x"), "no attribute 'rle': did you mean 'role'?"),
    ],
)
def test_a_name_that_does_not_exist_is_refused_with_what_does(
    project: Project, filters: Filters, says: str
) -> None:
    document = project.documents.add(make.transcript())
    person = project.people.by_speaker(document)["P1"]
    project.people.set_attributes(person.id, {"role": "resident", "nation": "Wales"})
    with pytest.raises(ValueError, match=r"no \w+ '|is no date") as caught:
        quotes(project, filters)
    assert isinstance(caught.value, NotFoundError | FilterError | QueryError)
    assert says in str(caught.value)


def test_an_unknown_attribute_is_pointed_at(project: Project) -> None:
    project.documents.add(make.transcript())
    with pytest.raises(QueryError) as caught:
        Scope(project, Filters(where="not nation = Wales"))
    assert str(caught.value).splitlines()[2] == "  " + " " * 4 + "^" * 6
    assert "there are none yet" in str(caught.value)


def test_since_compares_moments_in_any_offset(project: Project) -> None:
    document = project.documents.add(make.transcript())
    coding = project.codings.add(document, Span(25, 29), project.codes.find("Damp").id)
    moment = coding.coded_at
    later = datetime.fromisoformat("2100-01-01T00:00:00+02:00")

    def found(since: str) -> int:
        return len(list(codings(project, Filters(since=since))))

    assert found(moment.date().isoformat()) == 1
    assert found(moment.isoformat()) == 1
    assert found(moment.isoformat().replace("+00:00", "")) == 1
    assert found(later.isoformat()) == 0
    assert Filters(since="2026-08-01T01:30+02:00").since_stamp() == "2026-07-31T23:30:00"


def test_origins_can_be_named_together(project: Project) -> None:
    assert Filters(origins=("Suggested", "manual")).origin_values() == [
        Origin.ACCEPTED,
        Origin.EDITED,
        Origin.MANUAL,
    ]


def test_filters_say_what_they_are() -> None:
    filters = Filters(codes=("Housing", "Rent"), where=" nation =  Wales", done=True)
    assert filters.describe() == (
        "code Housing, Rent; where nation = Wales; only transcripts marked done"
    )
    assert (Filters().describe(), Filters().note()) == ("", "")


def test_values_never_become_part_of_a_statement(project: Project) -> None:
    document = project.documents.add(make.transcript())
    evil = "x') OR 1=1; DROP TABLE codings; --"
    project.people.set_attributes(project.people.by_speaker(document)["P1"].id, {evil: evil})
    project.codings.add_many(
        document, [(Span(25, 29), project.codes.add(evil.replace("/", "")))], coder=evil
    )
    project.codings.add(document, Span(25, 29), project.codes.find("Damp").id)
    for filters in (
        Filters(coders=(evil,)),
        Filters(codes=(evil.replace("/", ""),)),
    ):
        assert [row["coder"] for row in quotes(project, filters).records()] == [evil]
    assert len(list(quotes(project, Filters(where=f'"{evil}"="{evil}"')))) == 2
