"""Words in context, and words more frequent here than elsewhere."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import power_divergence

from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.kwic import Sort, kwic
from commonplace.analysis.wording import fold, pattern
from commonplace.analysis.words import log_likelihood, log_ratio, words
from commonplace.project import Project
from tests import make


def lines(table) -> list[tuple]:
    return [(row["left"], row["keyword"], row["right"]) for row in table.records()]


@pytest.fixture
def talk(project: Project) -> Project:
    project.documents.add(
        make.transcript(
            ("Q", "Is the bus late?"),
            ("P1", "The Bus was late. No bus, no job; I don’t café-hop."),
            ("P2", "Buses! Every bus-stop smells."),
        )
    )
    return project


def test_each_place_with_its_context(talk: Project) -> None:
    found = lines(kwic(talk, "bus", context=2))
    assert found == [
        ("The ", "Bus", " was late."),
        ("late. No ", "bus", ", no job;"),
        ("Buses! Every ", "bus", "-stop smells."),
    ]
    row = next(kwic(talk, "bus").records())
    info = talk.documents.all()[0]
    assert (row["document"], row["turn"], row["speaker"]) == (info.name, 2, "P1")
    assert talk.documents.text(info.id)[row["start"] : row["end"]] == "Bus"
    with_questions = kwic(talk, "bus", Filters(include_interviewer=True))
    assert len(lines(with_questions)) == 4
    assert lines(kwic(talk, "bus", context=0))[0] == ("", "Bus", "")


def test_sorted_by_left_and_by_right(talk: Project) -> None:
    assert [row[0].split()[-1] for row in lines(kwic(talk, "bus", sort=Sort.LEFT))] == [
        "Every",
        "No",
        "The",
    ]
    rights = [row[2].strip() for row in lines(kwic(talk, "bus", sort=Sort.RIGHT))]
    assert [right[:6] for right in rights] == [", no j", "-stop ", "was la"]


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("bus*", ["Bus", "bus", "Buses", "bus"]),
        ("*us", ["Bus", "bus", "bus"]),
        ("b*s late", []),
        ("bus was", ["Bus was"]),
        ("NO JOB", ["no job"]),
        ("don't", ["don’t"]),
        ("cafe", ["café"]),
        ("CAFÉ hop", ["café-hop"]),
        ('"no bus"', ["No bus"]),
    ],
)
def test_what_a_term_finds(talk: Project, term: str, found: list[str]) -> None:
    assert [row[1] for row in lines(kwic(talk, term))] == found


def test_filters_on_codings_keep_what_lies_in_one(talk: Project) -> None:
    info = talk.documents.all()[0]
    at = make.find(talk.documents.text(info.id), "No bus")
    talk.codings.add(info.id, at, talk.codes.find("Transport").id)
    found = lines(kwic(talk, "bus", Filters(codes=("Transport",)), context=1))
    assert found == [("No ", "bus", ", no")]


def test_a_term_without_a_word_is_refused(talk: Project) -> None:
    for term in ("", "…", "*"):
        with pytest.raises(FilterError, match="no word"):
            kwic(talk, term)


@given(text=st.text(max_size=40))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(word=st.text(alphabet="aéß’-1", min_size=1, max_size=6), text=st.text(max_size=10))
def test_a_term_finds_itself(word: str, text: str) -> None:
    if not any(map(str.isalnum, word)):
        return
    assert pattern(word).search(fold(f"{text} {word} {text}"))


@given(of=st.integers(1, 5000), rest_of=st.integers(1, 5000), data=st.data())
def test_keyness_is_the_log_likelihood_of_scipy(of: int, rest_of: int, data) -> None:
    count, rest = data.draw(st.integers(0, of)), data.draw(st.integers(0, rest_of))
    if count + rest == 0:
        assert log_likelihood(0, of, 0, rest_of) == 0
        return
    expected = [(count + rest) * n / (of + rest_of) for n in (of, rest_of)]
    theirs = power_divergence([count, rest], expected, lambda_="log-likelihood").statistic
    assert log_likelihood(count, of, rest, rest_of) == pytest.approx(theirs, abs=1e-6)


def test_log_ratio_counts_doublings() -> None:
    assert log_ratio(8, 100, 2, 100) == pytest.approx(2)
    assert log_ratio(2, 100, 8, 100) == pytest.approx(-2)
    assert log_ratio(2, 100, 0, 100) is None
    assert log_likelihood(2, 100, 0, 0) is None


def test_words_of_a_group_against_the_rest(talk: Project) -> None:
    table = words(talk, Filters(speakers=("P1",)))
    rows = {row["words"]: row for row in table.records()}
    mine = re.findall(r"[\w’-]+", "the bus was late no bus no job i don’t café-hop")
    assert {w: row["count"] for w, row in rows.items()} == {
        w.replace("’", "'"): n for w, n in Counter(mine).items()
    }
    bus = rows["bus"]
    assert (bus["count_of"], bus["rest"], bus["rest_of"], bus["participants"]) == (11, 0, 4, 1)
    assert bus["log_likelihood"] == pytest.approx(log_likelihood(2, 11, 0, 4))
    everyone = list(words(talk, limit=2).records())
    assert [(row["words"], row["count"]) for row in everyone] == [("bus", 2), ("no", 2)]
    assert everyone[0]["log_likelihood"] is None


def test_phrases_stop_at_punctuation_and_groups_are_by_attribute(talk: Project) -> None:
    info = talk.documents.all()[0]
    people = talk.people.by_speaker(info.id)
    talk.people.set_attributes(people["P1"].id, {"nation": "Wales"})
    rows = list(words(talk, by="nation", length=2).records())
    assert {row["nation"] for row in rows} == {"Wales", "(none)"}
    wales = [row["words"] for row in rows if row["nation"] == "Wales"]
    assert sorted(wales) == sorted(
        ["the bus", "bus was", "was late", "no bus", "no job", "i don't", "don't café-hop"]
    )
    assert {row["rest_of"] for row in rows if row["nation"] == "(none)"} == {7}


def test_function_words_are_left_out_but_counted_among_all(talk: Project) -> None:
    every = {row["words"]: row for row in words(talk).records()}
    telling = {row["words"]: row for row in words(talk, all_words=False).records()}
    assert {"the", "was", "i", "don't"} <= every.keys() - telling.keys()
    assert telling == {word: every[word] for word in telling}
    assert {"bus", "late", "job"} <= telling.keys()
    phrases = [row[0] for row in words(talk, length=2, all_words=False)]
    assert "i don't" not in phrases and "the bus" in phrases
    assert "function words" in words(talk, all_words=False).note


def test_words_in_codings_against_all_others(talk: Project) -> None:
    info = talk.documents.all()[0]
    at = make.find(talk.documents.text(info.id), "No bus")
    talk.codings.add(info.id, at, talk.codes.find("Transport").id)
    rows = {row["words"]: row for row in words(talk, Filters(codes=("Transport",))).records()}
    assert {w: (row["count"], row["rest"]) for w, row in rows.items()} == {
        "no": (1, 1),
        "bus": (1, 1),
    }
    assert rows["bus"]["rest_of"] == 13
