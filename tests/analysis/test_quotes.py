"""Quotes: the words exactly, whose they are, and what stands around them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings

from commonplace.analysis.filters import Filters
from commonplace.analysis.quotes import Quotes, in_turn, quotes
from commonplace.domain.coding import Origin
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from tests import make
from tests.analysis.worlds import Model, World, built, worlds

COLUMNS = [
    "quote_id",
    "code",
    "code_path",
    "quote",
    "published_quote",
    "speaker",
    "attribution",
    "document",
    "turn",
    "start",
    "end",
    "before",
    "after",
    "other_codes",
    "coder",
    "origin",
    "score",
    "coded_at",
    "memo",
]


@settings(max_examples=60)
@given(world=worlds())
def test_every_quote_is_what_the_text_says(world: World) -> None:
    with built(world) as project:
        model = Model.of(project)
        table = quotes(project)
        assert table.header[: len(COLUMNS)] == COLUMNS
        rows = list(table.records())
        spoken = [
            row
            for row in model.rows
            if any(x not in model.interviewers for x in model.speakers(*row[1:4]))
        ]
        assert sorted(row["quote_id"] for row in rows) == sorted(row[0] for row in spoken)
        assert f"{len({row[1:4] for row in spoken})} distinct quotes" in table.note
        for row in rows:
            check_row(project, model, row)
        places = [(row["document"], row["start"], row["end"]) for row in rows]
        assert places == sorted(places)


def check_row(project: Project, model: Model, row: dict) -> None:
    name, start, end = row["document"], row["start"], row["end"]
    text = model.texts[name]
    assert row["quote"] == text[start:end]
    before, after = row["before"], row["after"]
    assert text[start - len(before) : start] == before
    assert text[end : end + len(after)] == after
    turns = project.documents.turns(project.documents.find(name).id)
    inside = [t for t in turns if t.start < end and start < t.end]
    first, last = inside[0], inside[-1]
    assert len(before) == min(200, max(0, start - first.start))
    assert len(after) == min(200, max(0, last.end - end))
    speakers = model.speakers(name, start, end)
    assert row["speaker"] == "; ".join(speakers)
    speaking = next(t for t in inside if max(t.speech_start, start) < min(t.end, end))
    assert turns[row["turn"] - 1] == speaking
    said = "".join(
        text[x]
        for x in range(start, end)
        if model.said[name][x] is not None and model.said[name][x] not in model.interviewers
    )
    printed = row["published_quote"].replace("[…]", "")
    assert "".join(printed.split()) == "".join(said.split())
    assert not row["published_quote"].startswith("[…]")
    assert not row["published_quote"].endswith("[…]")
    interviewees = [x for x in speakers if x not in model.interviewers]
    nations = [model.attributes(name, x).get("nation") for x in interviewees]
    sources = dict.fromkeys(nation or "Not known" for nation in nations)
    assert row["attribution"] == ("; ".join(sources) if any(nations) else "")
    assert row.get("nation") == nations[0]
    others = {
        path
        for _, other, left, right, path, _ in model.rows
        if other == name and left < end and start < right and path != row["code_path"]
    }
    given = row["other_codes"].split("; ") if row["other_codes"] else []
    assert set(given) == others
    assert len(given) == len(others)


@settings(max_examples=25)
@given(world=worlds())
def test_all_codings_are_there_when_interviewers_are_included(world: World) -> None:
    with built(world) as project:
        found = Quotes(project, Filters(include_interviewer=True))
        rows = list(found.stream())
        assert sorted(row[0] for row in rows) == sorted(row[0] for row in Model.of(project).rows)
        keys = found.keys()
        assert [key.id for key in keys] == [row[0] for row in rows]
        assert found.page(keys) == rows


@settings(max_examples=25)
@given(world=worlds())
def test_balanced_quotes_are_the_same_ones_spread(world: World) -> None:
    with built(world) as project:
        nations = {person.attributes.get("nation") for person in project.people.all()}
        if not any(nations):
            return
        plain = list(quotes(project))
        table = quotes(project, balance="nation")
        spread = list(table)
        assert spread == list(table), "the order is the same every time"
        assert sorted(row[0] for row in spread) == sorted(row[0] for row in plain)
        values = [row[-1] for row in spread]
        left = Counter(values)
        while left:
            these, values = values[: len(left)], values[len(left) :]
            assert set(these) == set(left), "each value that has quotes left gets one a round"
            left = Counter(values)


def test_balanced_quotes_do_not_repeat_a_passage_while_there_are_others(project: Project) -> None:
    document = project.documents.add(make.transcript())
    person = project.people.by_speaker(document)["P1"]
    project.people.set_attributes(person.id, {"nation": "Wales"})
    for start, code in ((25, "Damp"), (25, "Rent"), (31, "Rent")):
        project.codings.add(document, Span(start, start + 4), project.codes.find(code).id)
    rows = quotes(project, balance="nation").records()
    assert [(row["start"], row["code"]) for row in rows] == [
        (25, "Damp"),
        (31, "Rent"),
        (25, "Rent"),
    ]


def test_one_of_each_then_the_next_of_each() -> None:
    assert in_turn([[1, 2, 3], [], [4], [5, 6]]) == [1, 4, 5, 2, 6, 3]


def coded_meeting(project: Project) -> None:
    """One coding over what Mo, Q, Pat and Mo again say."""
    document = project.documents.add(
        make.transcript(("Mo", "No bus.\nNone."), ("Q", "Is it?"), ("Pat", "True."), ("Mo", "Aye."))
    )
    people = project.people.by_speaker(document)
    project.people.set_attributes(people["Mo"].id, {"role": "resident", "nation": "Wales"})
    project.people.set_attributes(people["Pat"].id, {"role": "practitioner", "nation": "England"})
    text = project.documents.text(document)
    span = Span(text.index("bus"), text.index(".", text.index("Aye")))
    project.codings.add(document, span, project.codes.find("Transport").id)


@pytest.mark.parametrize(
    ("filters", "published", "attribution"),
    [
        (Filters(), "bus.\nNone. […] True. Aye", "Resident, Wales; Practitioner, England"),
        (Filters(where="role=practitioner"), "True.", "Practitioner, England"),
        (Filters(where="role=resident"), "bus.\nNone. […] Aye", "Resident, Wales"),
        (Filters(speakers=("mo",)), "bus.\nNone. […] Aye", "Resident, Wales"),
        (
            Filters(include_interviewer=True),
            "bus.\nNone. Is it? True. Aye",
            "Resident, Wales; Interviewer; Practitioner, England",
        ),
    ],
)
def test_a_published_quote_holds_what_those_asked_about_say_and_names_them(
    project: Project, filters: Filters, published: str, attribution: str
) -> None:
    coded_meeting(project)
    (row,) = quotes(project, filters).records()
    assert (row["published_quote"], row["attribution"]) == (published, attribution)
    assert row["quote"] == "bus.\nNone.\n\nQ: Is it?\n\nPat: True.\n\nMo: Aye"
    assert (row["speaker"], row["turn"]) == ("Mo; Q; Pat", 1)
    assert (row["before"], row["after"]) == ("Mo: No ", ".")


def test_words_of_somebody_unknown_do_not_pass_for_anothers(project: Project) -> None:
    document = project.documents.add(make.transcript(("P1", "Damp."), ("P2", "Mould.")))
    known = project.people.by_speaker(document)["P2"]
    project.people.set_attributes(known.id, {"nation": "Wales"})
    whole = Span(0, len(project.documents.text(document).rstrip()))
    project.codings.add(document, whole, project.codes.find("Damp").id)
    (row,) = quotes(project).records()
    assert (row["published_quote"], row["attribution"]) == ("Damp. Mould.", "Not known; Wales")


def test_the_attribution_is_of_attributes_and_never_a_name(project: Project) -> None:
    document = project.documents.add(make.transcript(("Q", "Well?"), ("P1", "Damp."), name="M.txt"))
    person = project.people.by_speaker(document)["P1"]
    project.people.set_attributes(
        person.id, {"role": "practitioner", "programme": "Local Conversations", "age": "40"}
    )
    project.people.set_attributes(person.id, {"wave": "2"}, document=document)
    whole = Span(0, len(project.documents.text(document).rstrip()))
    project.codings.add(document, whole, project.codes.find("Damp").id)
    table = quotes(project)
    assert table.header[len(COLUMNS) :] == ["role", "programme", "wave", "age"]
    (row,) = table.records()
    assert row["attribution"] == "Practitioner, Local Conversations, wave 2"
    assert row["speaker"] == "Q; P1"
    assert (row["role"], row["wave"], row["age"]) == ("practitioner", "2", "40")


def test_a_filter_by_person_gives_that_persons_attribution(project: Project) -> None:
    document = project.documents.add(make.transcript(("P1", "Damp."), ("P2", "Mould.")))
    people = project.people.by_speaker(document)
    project.people.set_attributes(people["P1"].id, {"nation": "Wales"})
    project.people.set_attributes(people["P2"].id, {"nation": "Scotland"})
    text = project.documents.text(document)
    span = Span(text.index("Damp"), text.index("ould"))
    project.codings.add(document, span, project.codes.find("Damp").id)
    (row,) = quotes(project, Filters(where="nation=Scotland")).records()
    assert (row["attribution"], row["speaker"]) == ("Scotland", "P1; P2")


def test_where_a_quote_came_from_and_its_memo_are_told(project: Project) -> None:
    document = project.documents.add(make.transcript())
    suggestion = Suggestion(document, Span(25, 30), project.codes.find("Damp").id, 0.75, ("damp",))
    project.suggestions.replace(document, [suggestion])
    coding = project.suggestions.accept(suggestion.id)
    project.memos.write("as in *every* flat", coding=coding.id)
    (row,) = quotes(project, Filters(origins=("suggested",))).records()
    assert (row["origin"], row["score"], row["coder"]) == (Origin.ACCEPTED, 0.75, "Amira")
    assert row["memo"] == "as in *every* flat"
    assert row["coded_at"].endswith("Z")
    assert not list(quotes(project, Filters(origins=("manual",))))


def test_a_limit_cuts_and_the_note_says_so(project: Project) -> None:
    document = project.documents.add(make.transcript())
    for start in (25, 27, 29):
        project.codings.add(document, Span(start, start + 1), project.codes.find("Damp").id)
    table = quotes(project, limit=2)
    assert [row["start"] for row in table.records()] == [25, 27]
    assert table.note.startswith("3 distinct quotes in 3 codings. Only the first 2")


def test_texts_are_read_one_at_a_time_and_only_where_something_is_coded(
    project: Project, monkeypatch
) -> None:
    ids = [project.documents.add(make.transcript(name=f"{n}.txt")) for n in "abc"]
    for document in (ids[2], ids[0]):
        project.codings.add(document, Span(25, 29), project.codes.find("Damp").id)
    read: list[str] = []
    whole = project.documents.text
    monkeypatch.setattr(project.documents, "text", lambda d: (read.append(d), whole(d))[1])
    rows = iter(quotes(project))
    next(rows)
    assert read == [ids[0]]
    next(rows)
    assert read == [ids[0], ids[2]]


def test_a_code_that_is_added_meanwhile_is_passed_over(project: Project) -> None:
    document = project.documents.add(make.transcript())
    found = Quotes(project)
    project.codings.add(document, Span(25, 29), project.codes.add("Mould"))
    assert list(found.stream()) == found.keys() == []
    assert len(list(quotes(project))) == 1
