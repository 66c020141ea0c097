"""The key beside the project, and tables as they leave it."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.analysis.identifiers import suggested
from commonplace.analysis.kwic import kwic
from commonplace.analysis.leaks import LABELS, NAMES, Leak, leaks
from commonplace.analysis.quotes import quotes
from commonplace.domain.identifiers import Identifier, Kind
from commonplace.domain.pseudonyms import PseudonymError, Pseudonyms, Replacement
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.domain.table import Column, Table
from commonplace.project import Project
from commonplace.suggest import entities
from commonplace.workflows import erase, pseudonym_key
from commonplace.workflows.pseudonymised import WORKING, pseudonymised
from tests import make

KEY = [
    Replacement("Sue Brown", "Anna Green", "person"),
    Replacement("Wrexham", "[a town]", "place"),
]
TURNS = (
    ("Int", "Who came to see the damp?"),
    ("Sue Brown", "I went with Sue Brown from Wrexham, and I rang 07700 900123. It was Ken."),
)


@pytest.fixture
def key(project: Project) -> Path:
    return pseudonym_key.save(project.path, Pseudonyms(KEY))


@pytest.fixture
def document(project: Project) -> str:
    document = project.documents.add(
        make.transcript(*TURNS, name="Sue Brown.txt", interviewers=frozenset({"Int"}))
    )
    text = project.documents.text(document)
    for words in ("I went with Sue", "from Wrexham, and I rang 07700 900123"):
        project.codings.add(document, make.find(text, words), project.codes.find("Damp").id)
    return document


def test_the_key_lies_beside_the_project_and_opens_nothing(project: Project, key: Path) -> None:
    assert key.name == "study.pseudonyms.csv"
    assert key.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in pseudonym_key.load(project.path)] == ["Sue Brown", "Wrexham"]
    assert b"Anna Green" not in project.path.read_bytes()
    key.unlink()
    assert len(pseudonym_key.load(project.path)) == 0


def test_a_phone_number_survives_the_guard_against_formulas(project: Project) -> None:
    pseudonym_key.save(project.path, Pseudonyms([Replacement("+44 161", "=x")]))
    assert list(pseudonym_key.load(project.path)) == [Replacement("+44 161", "=x")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"who,what\n", "no column 'name'"),
        (b"name,pseudonym\nSue,\n", "line 2: 'Sue' needs a pseudonym"),
        (b"name,pseudonym\n\xff\xfe,x\n", "no CSV file"),
        (b'name,pseudonym\nSue,Anna\nbad,"x\n', "no CSV file: unexpected end.*quotation mark"),
    ],
)
def test_a_key_that_cannot_be_read_lets_nothing_out(
    project: Project, content: bytes, message: str
) -> None:
    pseudonym_key.key_path(project.path).write_bytes(content)
    table = Table("quotes", (Column("quote"),), lambda: [("Sue",)])
    with pytest.raises(PseudonymError, match=message):
        pseudonymised(project.path, table)


def test_quotes_leave_without_names_and_the_note_says_so(
    project: Project, key: Path, document: str
) -> None:
    table = pseudonymised(project.path, quotes(project))
    rows = list(table.records())
    everything = repr(rows) + table.note
    assert "Brown" not in everything and "Wrexham" not in everything
    assert rows[0]["document"] == "Anna Green.txt" and rows[0]["speaker"] == "Anna Green"
    assert rows[0]["quote"] == "I went with Anna Green"  # a name reaches over the quote's end
    assert str(rows[0]["after"]).startswith(" from [a town]")
    assert "Pseudonyms were applied (2 names in the key)." in table.note
    assert rows[0]["coder"] == "Amira"
    assert "Sue Brown" in project.documents.text(document)


def test_words_in_context_keep_no_part_of_a_name(
    project: Project, key: Path, document: str
) -> None:
    row = next(pseudonymised(project.path, kwic(project, "Brown")).records())
    assert (row["left"], row["keyword"]) == ("I went with Anna Green", "")


def test_a_word_cut_in_two_where_the_context_ends_goes(project: Project, key: Path) -> None:
    columns = (Column("before"), Column("quote"), Column("after"))
    before, after = "rown said " + "x " * 95, " y" * 97 + " Wrexh"
    table = Table("quotes", columns, lambda: [(before.ljust(200, "x"), "q", after.rjust(200, " "))])
    ((cut, _, end),) = list(pseudonymised(project.path, table))
    assert not str(cut).startswith("rown") and "Wrexh" not in str(end)


def test_names_stay_when_asked_and_the_note_says_that_too(
    project: Project, key: Path, document: str
) -> None:
    table = pseudonymised(project.path, quotes(project), off=True)
    assert "Sue" in repr(list(table)) and "Pseudonyms were not applied" in table.note


def test_without_a_key_and_for_working_tables_nothing_changes(
    project: Project, document: str
) -> None:
    table = quotes(project)
    assert pseudonymised(project.path, table) is table
    pseudonym_key.save(project.path, Pseudonyms(KEY))
    for name in WORKING:
        working = Table(name, (Column("name"),), lambda: [("Sue Brown",)])
        assert pseudonymised(project.path, working) is working


def test_headings_give_names_away_no_more_than_cells(project: Project) -> None:
    pseudonym_key.save(
        project.path, Pseudonyms([Replacement(name, "[a town]") for name in ("Rhyl", "Wrexham")])
    )
    columns = (Column("code"), Column("Rhyl", "quotes", of="Wrexham"), Column("Wrexham", "quotes"))
    table = pseudonymised(project.path, Table("crosstab", columns, lambda: [("Rhyl", 1, 2)]))
    assert table.header == ["code", "[a town]", "[a town] (2)"]
    assert table.columns[1].of == "[a town] (2)"
    assert list(table) == [("[a town]", 1, 2)]


def test_what_is_not_replaced_yet_is_suggested_and_told(
    project: Project, key: Path, document: str
) -> None:
    found = {row["name"]: row for row in suggested(project, Pseudonyms(KEY)).records()}
    assert set(found) == {"07700 900123", "Ken"}
    assert found["07700 900123"]["pseudonym"] == "[phone number]"
    assert found["Ken"]["pseudonym"] == "[name 1]"
    only = list(suggested(project, Pseudonyms(), kinds=["place"]))
    assert [row[1] for row in only] == ["Wrexham"]
    assert leaks(project, Pseudonyms(KEY)) == [Leak(Kind.PHONE, "07700 900123", "Sue Brown.txt", 2)]
    found = leaks(project, Pseudonyms())
    assert {leak.words for leak in found if leak.turn} == {"Sue Brown", "Wrexham", "07700 900123"}
    assert {(leak.place, leak.words) for leak in found if not leak.turn} == {
        (place, "Sue Brown") for place in (LABELS, NAMES)
    }


def test_what_stands_beside_the_words_is_told_too(project: Project) -> None:
    said = "I am kit.marsh@x.org, from Wrexham."
    document = project.documents.add(
        make.transcript(("Kit", said), name="Kit_Marsh 07700 900123.txt")
    )
    span = make.find(project.documents.text(document), said)
    project.codings.add(document, span, project.codes.find("Damp").id)
    person = project.people.find("Kit").id
    known = {
        "email": "kit@x.org", "Surname": "Marsh", "home town": "Wrexham",
        "notes": "ring 01978 555123",
        "housing": "Rented", "age": "34", "dob": "1990",
    }  # fmt: skip
    project.people.set_attributes(person, known)
    key = Pseudonyms([Replacement("Kit", "Ann"), Replacement("Marsh", "Hill")])
    assert [(leak.place, leak.kind, leak.words) for leak in leaks(project, key)] == [
        ("attribute 'dob'", Kind.BIRTH, "1990"),
        ("attribute 'email'", Kind.EMAIL, "kit@x.org"),
        ("attribute 'home town'", Kind.PLACE, "Wrexham"),
        ("attribute 'notes'", Kind.PHONE, "01978 555123"),
        (NAMES, Kind.PHONE, "07700 900123"),
        ("", Kind.EMAIL, "kit.marsh@x.org"),
        ("", Kind.PLACE, "Wrexham"),
    ]
    assert "kit.marsh@x.org" in {row[1] for row in suggested(project, key)}
    whole = key.with_([Replacement("kit.marsh@x.org", "[email]")])
    assert "kit.marsh@x.org" not in {row[1] for row in suggested(project, whole)}


def test_what_is_written_in_memos_is_told_too(project: Project, document: str) -> None:
    coding, damp = project.codings.of_document(document)[0], project.codes.find("Damp").id
    write = project.memos.write
    write("Damp, says Amira. Sue was with Owen Pugh; ring 07700 900456.", coding=coding.id)
    write("More of Housing/Damp in Bangor", code=damp)
    write("sue@x.org. Talks of Housing", document=document)
    write("See Wrexham", document=document, span=coding.span)
    write("Nothing of the kind")
    found = [leak for leak in leaks(project, Pseudonyms(KEY)) if "memo" in leak.place]
    assert [(leak.place, leak.kind, leak.words) for leak in found] == [
        ("Sue Brown.txt, memo on the transcript, by Amira", Kind.EMAIL, "sue@x.org"),
        *(
            ("Sue Brown.txt, turn 2, memo on a coding with 'Housing/Damp', by Amira", kind, words)
            for kind, words in (
                (Kind.NAME, "Sue"),
                (Kind.NAME, "Owen Pugh"),
                (Kind.PHONE, "07700 900456"),
            )
        ),
        ("memo on the code 'Housing/Damp', by Amira", Kind.PLACE, "Bangor"),
    ]
    key = Pseudonyms([*KEY, Replacement("sue@x.org", "[email]"), Replacement("Bangor", "[b]")])
    assert not any(
        "transcript" in leak.place or "Bangor" in leak.words for leak in leaks(project, key)
    )
    turn = project.documents.turns(document)[1].id
    project.amendments.edit_turn(document, turn, "Nobody comes.")
    waiting = {leak.words for leak in leaks(project, key) if "that waits" in leak.place}
    assert waiting >= {"Owen Pugh", "07700 900456"}


def test_what_else_coders_write_is_told_by_where_it_stands(project: Project, document: str) -> None:
    coding, code = project.codings.of_document(document)[0], project.codes.find("Damp").id
    project.codes.update(
        code, definition="Of Dr Rees and Ken", near_miss="Sue Brown", keywords=("mould", "Ken")
    )
    rent = project.codes.find("Rent").id
    project.suggestions.reject(Suggestion(document, coding.span, rent, 0.5), "it was Owen Pugh’s")
    place = (document, coding.span.start, coding.span.end)
    project.quotes.note(place, "ask pugh@x.org first")
    project.quotes.publish(place, "I went")
    project.quotes.override(place, "agreed with Bethan Pugh")
    project.quotes.use(place, "letter to sue@x.org", "I went")
    with project.transaction("settled") as change:
        change.insert_row(
            "settlements", id="s", document_id=document, start=coding.span.start,
            end=coding.span.end, code_id=code, basis="{}", verdict="none", codings="[]",
            note="he rang from 07700 900456", coder="Tom", settled_at="2026-01-01T00:00:00Z",
        )  # fmt: skip
    there = "Sue Brown.txt, turn 2, "
    found = {leak.place: leak.words for leak in leaks(project, Pseudonyms(KEY)) if not leak.turn}
    assert found == {
        f"{there}note on the settling of 'Housing/Damp', by Tom": "07700 900456",
        f"{there}reason for a rejection of 'Housing/Rent', by Amira": "Owen Pugh",
        f"{there}note on a quote": "pugh@x.org",
        f"{there}reason to let a quote pass, by Amira": "Bethan Pugh",
        f"{there}where a quote was used, by Amira": "sue@x.org",
        "definition of the code 'Housing/Damp'": "Ken",
        "keywords of the code 'Housing/Damp'": "Ken",
    }


def test_a_trained_pipeline_is_asked_if_there_is_one(
    project: Project, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert entities.finder("xx") is None

    kinds = {"damp": Kind.PLACE, "Ken": Kind.PERSON}

    def more(text: str) -> list[Identifier]:
        found = [(word, kind, text.find(word)) for word, kind in kinds.items()]
        return [Identifier(kind, Span(at, at + len(word))) for word, kind, at in found if at >= 0]

    alone = {row["name"]: row for row in suggested(project, Pseudonyms(KEY)).records()}
    asked = {row["name"]: row for row in suggested(project, Pseudonyms(KEY), more=more).records()}
    assert {name: asked[name]["kind"] for name in kinds} == kinds
    assert asked["Ken"]["times"] == alone["Ken"]["times"], "found twice, but said once"


def test_erasing_somebody_takes_them_out_of_the_key(
    project: Project, key: Path, document: str
) -> None:
    erase.erase_person(project, project.people.find("Sue Brown").id)
    assert [each.name for each in pseudonym_key.load(project.path)] == ["Wrexham"]
