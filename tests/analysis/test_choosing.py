"""Choosing quotes: typical of a theme, spread over people, readable, the same each time."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from math import isclose, log, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.analysis.choosing import choose, shown_as_typical
from commonplace.analysis.ledger import ledger, ledger_by, recalls
from commonplace.analysis.quotes import IN_FULL, quotes
from commonplace.analysis.readability import readable
from commonplace.analysis.typicality import likeness, rarity, typicality, weighted
from commonplace.domain.attribution import WITHHELD
from commonplace.domain.desk import OPEN, Mark
from commonplace.domain.published import Spoken
from commonplace.domain.span import Span
from commonplace.project import Project
from tests import make

SAID = {
    # Two who say much the same of damp, one who says something else, one who says it all again.
    "Ana": [
        "The damp came through the wall and the mould came after the damp every single winter."
    ],
    "Ben": ["Mould and damp on every wall of the house, and the damp never went away in winter."],
    "Cai": ["My cousin sells ice cream by the harbour when the boats and the tourists come in."],
    "Dee": [
        "We had damp on the wall and mould behind the bed, winter after winter after winter.",
        "Damp wall again, mould again, and nobody from the council came all through the winter.",
        "damp",
    ],
}
NATIONS = {"Ana": "Wales", "Ben": "Wales", "Cai": "Scotland", "Dee": "Wales"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "study.commonplace"
    with Project.create(path, coder="Amira") as project:
        project.codes.load(make.codebook())
        housing = project.codes.find("Housing/Damp").id
        with project.transaction("made"):
            for name, said in SAID.items():
                turns = [turn for words in said for turn in (("Q", "And?"), (name, words))]
                document = project.documents.add(make.transcript(*turns, name=f"{name}.txt"))
                text = project.documents.text(document)
                for words in said:
                    start = text.index(f"{name}: {words}") + len(name) + 2
                    span = Span(start, start + len(words))
                    project.codings.add(document, span, housing)
                someone = project.people.by_speaker(document)[name]
                project.people.set_attributes(someone.id, {"nation": NATIONS[name]})
    return path


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(Path(shutil.copy(made, tmp_path / "study.commonplace"))) as project:
        yield project


def test_typical_quotes_come_first_and_nobody_twice_before_all_have_come(study: Project) -> None:
    rows = list(choose(study, "Housing", limit=6).records())
    assert [row["rank"] for row in rows] == [1, 2, 3, 4, 5, 6]
    people = [str(row["document"]).removesuffix(".txt") for row in rows]
    assert sorted(people[:4]) == ["Ana", "Ben", "Cai", "Dee"]
    assert people[3] == "Cai"
    assert "less typical" in str(rows[3]["reason"])
    assert "the same person again" in str(rows[4]["reason"])
    assert rows[5]["published_quote"] == "damp"
    assert list(choose(study, "Housing", limit=6)) == list(choose(study, "Housing", limit=6))


def test_what_reads_badly_comes_last_whatever_is_balanced(study: Project) -> None:
    cai = study.documents.find("Cai").id
    (coding,) = study.codings.of_document(cai)
    word = Span(coding.span.start, coding.span.start + len("My cousin"))
    study.codings.add(cai, word, coding.code)
    study.codings.remove(coding.id)
    rows = list(choose(study, "Housing", limit=99, balance="nation").records())
    assert [row["words"] for row in rows] == [16, 16, 17, 15, 2, 1]
    assert [str(row["reason"]).count("1 word,") for row in rows][-1:] == [1]


def test_balance_takes_values_in_turn(study: Project) -> None:
    rows = list(choose(study, "Housing", limit=3, balance="nation").records())
    assert [str(row["document"]) for row in rows].index("Cai.txt") <= 1


def test_what_must_not_leave_is_not_proposed(study: Project) -> None:
    first = next(choose(study, "Housing").records())
    place = study.quotes.place(str(first["quote_id"]))
    study.quotes.embargo([place], OPEN)
    table = choose(study, "Housing", limit=9)
    assert first["quote_id"] not in {row["quote_id"] for row in table.records()}
    assert "1 quote left out (1: under embargo)." in table.note


def test_quotes_shown_as_typical_that_are_not_are_told(study: Project) -> None:
    rows = {str(row["document"]): row for row in choose(study, "Housing", limit=3).records()}
    places = [study.quotes.place(str(row["quote_id"])) for row in rows.values()]
    cai = study.connection.execute(
        "SELECT c.id FROM codings c JOIN documents d ON d.id = c.document_id "
        "WHERE d.name = 'Cai.txt'"
    ).fetchone()[0]
    study.quotes.mark([*places, study.quotes.place(cai)], Mark.STAR)
    found = {row["document"]: row for row in shown_as_typical(study).records()}
    assert found["Cai.txt"]["far"] is True
    assert [row["far"] for name, row in found.items() if name != "Cai.txt"] == [False] * 3
    assert {row["theme"] for row in found.values()} == {"Housing"}
    assert found["Cai.txt"]["quotes_of"] == 6


words = st.lists(st.sampled_from(["damp", "wall", "bus", "rent", "um"]), max_size=6)


@given(said=st.lists(st.tuples(st.sampled_from("ABC"), words), min_size=1, max_size=7))
def test_typicality_is_the_cosine_with_everybody_else(said: list[tuple[str, list[str]]]) -> None:
    passages = [words for _, words in said]
    people = [person for person, _ in said]
    rare = rarity(passages)
    for word, value in rare.items():
        having = sum(word in words for words in passages)
        assert isclose(value, log((1 + len(passages)) / (1 + having)))
    weights = [weighted(words, rare) for words in passages]
    assert all(isclose(sqrt(sum(v * v for v in w.values())), 1) for w in weights if w)
    found = typicality(weights, people)
    for place, person in enumerate(people):
        others = sorted(set(people) - {person})
        mean: Counter[str] = Counter()
        if others:
            for other in others:
                theirs = [w for w, p in zip(weights, people, strict=True) if p == other]
                for each in theirs:
                    for word, value in each.items():
                        mean[word] += value / len(theirs)
        else:
            for number, each in enumerate(weights):
                if number != place:
                    for word, value in each.items():
                        mean[word] += value
        length = sqrt(sum(value * value for value in mean.values()))
        unit = {word: value / length for word, value in mean.items()} if length else {}
        assert isclose(found[place].value, likeness(weights[place], unit), abs_tol=1e-6)
        below = sum(each.value < found[place].value for each in found)
        assert isclose(found[place].above, below / max(1, len(found) - 1))


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("The damp came through the wall, and the mould came after it, every winter.", 1.0),
        ("The damp came through the wall, and the mould came after it, every winter", 1.0),
        ("damp came through the wall, and the mould came after it, every winter.", 0.7),
        ("The damp came", 0.7 * 3 / 12),
        ("damp came", 0.7 * 0.7 * 2 / 12),
    ],
)
def test_whole_sentences_of_some_length_read_best(said: str, value: float) -> None:
    text = "The damp came through the wall, and the mould came after it, every winter. Yes."
    parts = [Spoken(make.find(text, said), "A")]
    assert isclose(readable(text, parts, [Span(0, len(text))]).value, value)


def test_the_ledger_sets_what_is_quoted_against_what_was_said(study: Project) -> None:
    chosen = [str(row["quote_id"]) for row in choose(study, "Housing", limit=6).records()]
    places = [study.quotes.place(quote) for quote in chosen]
    names = dict(study.connection.execute("SELECT id, name FROM documents").fetchall())
    dee = [place for place in places if names[place[0]] == "Dee.txt"]
    for place in dee:
        study.quotes.use(place, "Report", "…")
    study.quotes.use(dee[0], "Leaflet", "…")
    rows = list(ledger(study).records())
    assert [row["participant"] for row in rows if row["never"]] == ["Ben", "Ana", "Cai"]
    last = rows[-1]
    assert (last["participant"], last["quoted"], last["quoted_of"], last["uses"]) == (
        "Dee",
        3,
        3,
        2,
    )
    said = sum(len(" ".join(words).split()) for words in SAID.values())
    assert last["words_of"] == said
    assert isclose(last["expected"], 3 * last["words"] / said)
    groups = {row["nation"]: row for row in ledger_by(study, "nation").records()}
    assert (groups["Wales"]["people_quoted"], groups["Wales"]["people"]) == (1, 3)
    assert groups["Scotland"]["quoted"] == 0
    assert groups["Scotland"]["verdict"] == ""
    assert next(ledger(study, marks=["star"]).records())["quoted_of"] == 0
    agreed = {row["participant"]: row["quotable"] for row in rows}
    assert all(agreed.values())
    (ben,) = (someone for someone in study.people.all() if someone.name == "Ben")
    study.people.set_attributes(ben.id, {"consent_quote": "no"})
    assert [r["participant"] for r in ledger(study).records() if not r["quotable"]] == list(agreed)


def test_what_was_used_and_may_not_be_is_listed(study: Project) -> None:
    first = next(choose(study, "Housing").records())
    place = study.quotes.place(str(first["quote_id"]))
    study.quotes.use(place, "Report", "Damp")
    assert list(recalls(study)) == []
    study.quotes.mark([place], Mark.WITHDRAWN)
    (row,) = recalls(study).records()
    assert (row["used_in"], row["reason"]) == ("Report", "withdrawn")


def test_beside_coarsened_attributions_nothing_tells_whose_a_quote_is(study: Project) -> None:
    full = list(choose(study, "Housing", limit=4).records())
    assert any("adds nation" in str(row["reason"]) for row in full)
    assert all(row["document"] and row["attribution"] for row in full)
    for asked in ({"k": 3}, {"attribution": "{nation}"}):
        table = choose(study, "Housing", limit=4, **asked)
        rows = list(table.records())
        assert [row["quote_id"] for row in rows] == [row["quote_id"] for row in full]
        assert {row["attribution"] for row in rows} == {"Wales", WITHHELD}
        assert not {"document", "start", "end"} & rows[0].keys()
        assert not any("nation" in str(row["reason"]) for row in rows)
        assert IN_FULL not in table.note
    assert IN_FULL in choose(study, "Housing").note


def test_k_holds_the_usual_attribution_as_far_as_it_is_known(study: Project) -> None:
    for someone in study.people.all():
        study.people.set_attributes(someone.id, {"nation": None})
    rows = list(choose(study, "Housing", k=3).records())
    assert len(rows) == 5
    assert len(list(quotes(study, k=3))) == 6
    assert not any(row["attribution"] for row in rows)
