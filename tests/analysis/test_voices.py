"""Who carries a theme and who does not, against counting passage by passage."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from commonplace.analysis.filters import Filters
from commonplace.analysis.intervals import with_intervals
from commonplace.analysis.shares import wilson
from commonplace.analysis.themes import themes
from commonplace.analysis.voices import loud_voices, negative_cases
from commonplace.project import Project
from commonplace.project.errors import NotFoundError
from tests import make
from tests.analysis.worlds import CODES, Model, World, built, worlds


@settings(max_examples=30)
@given(world=worlds())
def test_each_share_is_what_counting_by_hand_gives(world: World) -> None:
    with built(world) as project:
        model = Model.of(project)
        found = {row["code_path"]: row for row in loud_voices(project).records()}
        for code in CODES:
            quotes: dict[str, set] = {}
            words: dict[str, set] = {}
            for _, name, start, end, path, _ in model.rows:
                if path != code and not path.startswith(code + "/"):
                    continue
                for label in model.speakers(name, start, end):
                    if label in model.interviewers:
                        continue
                    person = model.people[name, label].id
                    quotes.setdefault(person, set()).add((name, start, end))
                    words.setdefault(person, set()).update(
                        (name, at)
                        for at, by in model.word_starts(name)
                        if by == label and start <= at < end
                    )
            if not quotes:
                assert code not in found
                continue
            row = found[code]
            most = max(len(said) for said in words.values())
            assert row["participants"] == len(quotes)
            assert row["quotes"] == len(set().union(*quotes.values()))
            assert row["person_words"] == most
            assert row["words"] == sum(map(len, words.values()))
            assert row["share_of_quotes"] == row["person_quotes"] / row["quotes"]
            shares = [row["share_of_quotes"], row["share_of_words"] or 0]
            assert row["loud"] == (max(shares) > 0.4)


@pytest.fixture
def four(project: Project) -> Project:
    """Ann is for it, Bob against, Cat both, Dan says nothing of it."""
    for name, codes in (
        ("Ann", ["Damp"]),
        ("Bob", ["Damp", "Control"]),
        ("Cat", ["Damp", "Rent"]),
        ("Dan", ["Transport"]),
    ):
        document = project.documents.add(make.transcript(name=f"{name}.txt"))
        person = project.people.by_speaker(document)["P1"]
        project.people.rename(person.id, name)
        project.people.set_attributes(person.id, {"role": "resident"})
        text = project.documents.text(document)
        for code in codes:
            words = "The rent" if code == "Rent" else "Damp"
            project.codings.add(document, make.find(text, words), project.codes.find(code).id)
        if name == "Cat":
            at = make.find(text, "rent went")
            project.codings.add(document, at, project.codes.find("Control").id)
    return project


def test_who_never_mentions_a_theme_or_speaks_against_it(four: Project) -> None:
    rows = list(negative_cases(four, "Housing", against=["Control"]).records())
    assert [(row["person"], row["stance"], row["quotes"], row["against"]) for row in rows] == [
        ("Dan", "never", 0, 0),
        ("Bob", "against", 1, 1),
        ("Cat", "mixed", 2, 1),
        ("Ann", "for", 1, 0),
    ]
    assert {row["attribution"] for row in rows} == {"Resident"}
    assert {row["words_spoken"] for row in rows} == {8}
    plain = {row["person"]: row for row in negative_cases(four, "Damp").records()}
    assert (plain["Ann"]["stance"], plain["Ann"]["against"]) == ("mentions", None)
    assert plain["Dan"]["stance"] == "never"
    some = negative_cases(four, "Damp", Filters(documents=("Ann", "Dan")))
    assert [row["person"] for row in some.records()] == ["Dan", "Ann"]
    for wrong in (("Dampp", ()), ("Damp", ("Contrl",))):
        with pytest.raises(NotFoundError):
            negative_cases(four, wrong[0], against=wrong[1])


def test_intervals_stand_after_the_columns_of_themes(four: Project) -> None:
    plain, more = themes(four), with_intervals(themes(four))
    assert more.header[: len(plain.header)] == plain.header
    row = next(more.records())
    found = tuple(row[f"participants_{name}"] for name in ("share", "low", "high"))
    assert found == wilson(3, 4)
    assert "Wilson" in more.note
    assert list(more) == list(more)
