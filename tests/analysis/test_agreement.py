"""Agreement in a project: what is compared, and who did what."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings

from commonplace.analysis.agreement import measures
from commonplace.analysis.agreement.blind import accepted_against_blind
from commonplace.analysis.agreement.compare import Comparison
from commonplace.analysis.agreement.tables import ALL, agreement, disagreements
from commonplace.analysis.agreement.units import Unit
from commonplace.analysis.filters import FilterError, Filters
from commonplace.domain.coding import Origin
from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.project.errors import NotFoundError
from tests import make
from tests.analysis.worlds import CODES, Model, World, built, worlds

BOTH = ("Amira", "Ben")
SPEECH = "The rent went up. It is damp. There is no bus. We decided it together."


def code(project: Project, document: str, coder: str, words: str, path: str, **more) -> None:
    text = project.documents.text(document)
    found = [(make.find(text, words), project.codes.find(path).id)]
    project.codings.add_many(document, found, coder=coder, origin=more.get("origin", Origin.MANUAL))


def both_done(project: Project, *documents: str) -> None:
    for document in documents:
        for coder in BOTH:
            project.documents.set_done(document, coder=coder)


@pytest.fixture
def interview(project: Project) -> str:
    return project.documents.add(make.transcript(("Q", "Well? Damp?"), ("P1", SPEECH)))


def rows(table) -> dict[str | None, dict]:
    return {row["code_path"]: row for row in table.records()}


@pytest.mark.parametrize(
    ("one", "other", "both", "kappa"), [(5000, 5000, 2500, 0.0), (1000, 1000, 900, 0.8889)]
)
def test_kappa_by_character_counts_what_nobody_coded(project, one, other, both, kappa) -> None:
    document = project.documents.add(make.transcript(("P1", "x" * 10_000)))
    at = project.documents.turns(document)[0].speech_start
    housing = project.codes.find("Housing").id
    for coder, start, length in (("Amira", 0, one), ("Ben", one - both, other)):
        span = Span(at + start, at + start + length)
        project.codings.add_many(document, [(span, housing)], coder=coder)
    both_done(project, document)
    row = rows(agreement(project, BOTH, unit=Unit.CHARACTER))["Housing"]
    assert row["units"] == 10_000
    assert (row["Amira"], row["Ben"]) == (one, other)
    assert row["cohen_kappa"] == pytest.approx(kappa, abs=5e-5)
    assert row["prevalence"] == (one + other) / 20_000


def test_sentences_of_interviewees_are_judged_and_sub_codes_count_in(project, interview) -> None:
    code(project, interview, "Amira", "The rent went up. It is damp.", "Housing")
    code(project, interview, "Ben", "rent", "Rent")
    code(project, interview, "Ben", "Well", "Transport")
    both_done(project, interview)
    found = rows(agreement(project, BOTH))
    assert list(found) == ["Housing", "Housing/Rent", ALL]
    housing = found["Housing"]
    assert (housing["units"], housing["Amira"], housing["Ben"]) == (4, 2, 1)
    assert housing["percent"] == 0.75
    assert housing["positive"] == pytest.approx(2 / 3)
    assert found["Housing/Rent"]["Amira"] == 0
    assert (found[ALL]["units"], found[ALL]["percent"]) == (8, 1 - 3 / 8)
    heard = rows(agreement(project, BOTH, Filters(include_interviewer=True)))
    assert (heard["Housing"]["units"], heard["Transport"]["Ben"]) == (6, 1)
    direct = rows(agreement(project, BOTH, Filters(direct=True)))
    assert direct["Housing"]["Ben"] == 0


def test_turns_are_units_too(project, interview) -> None:
    code(project, interview, "Amira", "It is damp.", "Housing")
    code(project, interview, "Ben", "no bus", "Housing")
    both_done(project, interview)
    row = rows(agreement(project, BOTH, unit=Unit.TURN))["Housing"]
    assert (row["units"], row["percent"]) == (1, 1.0)
    assert row["cohen_kappa"] is row["alpha"] is row["alpha_low"] is None


def test_only_what_all_have_read_is_compared(project, interview) -> None:
    other = project.documents.add(make.transcript(("P1", SPEECH), name="P02.txt"))
    code(project, interview, "Amira", "damp", "Damp")
    code(project, other, "Ben", "damp", "Damp")
    project.documents.set_done(interview, coder="Amira")
    both_done(project, other)
    row = rows(agreement(project, BOTH))["Housing"]
    assert (row["transcripts"], row["Amira"], row["Ben"]) == (1, 0, 1)
    every = agreement(project, BOTH, all_transcripts=True)
    assert rows(every)["Housing"]["transcripts"] == 2
    assert "2 of 2 transcripts (of all transcripts)" in every.note


def test_nothing_to_compare_is_no_agreement(project, interview) -> None:
    code(project, interview, "Amira", "damp", "Damp")
    code(project, interview, "Ben", "damp", "Damp")
    table = agreement(project, BOTH)
    (row,) = table.records()
    assert row["code"] is None
    assert (row["transcripts"], row["units"]) == (0, 0)
    assert {row[name] for name in ("percent", "cohen_kappa", "fleiss_kappa", "alpha")} == {None}
    assert "nothing to compare" in table.note


def test_disagreements_say_who_coded_and_who_did_not(project, interview) -> None:
    code(project, interview, "Amira", "The rent went up. It is damp.", "Housing")
    code(project, interview, "Ben", "rent", "Housing")
    both_done(project, interview)
    (row,) = disagreements(project, BOTH).records()
    assert row["quote"] == "It is damp."
    assert (row["turn"], row["speaker"], row["code_path"]) == (2, "P1", "Housing")
    assert (row["applied_by"], row["not_applied_by"]) == ("Amira", "Ben")
    comparison = Comparison(project, BOTH)
    housing = project.codes.find("Housing").id
    behind = comparison.codings(interview, row["start"], row["end"], housing)
    assert [coder for _, coder in behind] == ["Amira"]
    first = comparison.codings(interview, 0, row["start"], housing)
    assert [coder for _, coder in first] == ["Amira", "Ben"]
    by_character = list(disagreements(project, BOTH, unit=Unit.CHARACTER).records())
    assert [row["quote"] for row in by_character] == ["The ", " went up. It is damp."]


@settings(max_examples=25)
@given(world=worlds())
def test_code_points_are_those_of_counting_one_by_one(world: World) -> None:
    with built(world) as project:
        model = Model.of(project)
        coders = {coder for *_, coder in model.rows}
        if coders != set(BOTH):
            return
        found = rows(agreement(project, BOTH, unit=Unit.CHARACTER, all_transcripts=True))
        for path in CODES:
            tally: Counter[int] = Counter()
            for name, owner in model.said.items():
                for offset, label in enumerate(owner):
                    if label is None or label in model.interviewers:
                        continue
                    tally[
                        sum(
                            1 << BOTH.index(coder)
                            for coder in BOTH
                            if any(
                                name == where and start <= offset < end and by == coder
                                and (at == path or at.startswith(path + "/"))
                                for _, where, start, end, at, by in model.rows
                            )
                        )
                    ] += 1  # fmt: skip
            if set(tally) <= {0}:
                assert path not in found
                continue
            row = found[path]
            assert row["units"] == tally.total()
            assert (row["Amira"], row["Ben"]) == (tally[1] + tally[3], tally[2] + tally[3])
            assert row["percent"] == pytest.approx(1 - (tally[1] + tally[2]) / tally.total())
            assert row["alpha"] == measures.alpha(tally, 2)


@settings(max_examples=20)
@given(world=worlds())
def test_naming_the_coders_the_other_way_round_changes_nothing(world: World) -> None:
    with built(world) as project:
        if {coder for *_, coder in Model.of(project).rows} != set(BOTH):
            return
        one = rows(agreement(project, BOTH, all_transcripts=True))
        other = rows(agreement(project, BOTH[::-1], all_transcripts=True))
        assert one == {path: pytest.approx(row) for path, row in other.items()}


def test_accepted_suggestions_are_set_against_what_others_coded_by_hand(project, interview) -> None:
    code(project, interview, "Amira", "The rent went up.", "Rent", origin=Origin.ACCEPTED)
    code(project, interview, "Amira", "There is no bus.", "Rent", origin=Origin.ACCEPTED)
    code(project, interview, "Amira", "It is damp.", "Damp")
    code(project, interview, "Ben", "rent", "Rent")
    code(project, interview, "Ben", "damp", "Damp")
    both_done(project, interview)
    table = accepted_against_blind(project, BOTH)
    found = {
        (row["coder"], row["code_path"], row["origin"]): (row["confirmed"], row["units"])
        for row in table.records()
    }
    assert found["Amira", "Housing/Rent", "suggested"] == (1, 2)
    assert found["Amira", None, "suggested"] == (1, 2)
    assert found["Amira", None, "manual"] == (1, 1)
    assert found["Ben", None, "manual"] == (1, 2)
    assert found["Ben", None, "suggested"] == (0, 0)
    spelt = accepted_against_blind(project, BOTH, unit=Unit.CHARACTER)
    row = next(r for r in spelt.records() if r["origin"] == "suggested" and r["code"] == "Rent")
    assert (row["confirmed"], row["units"]) == (
        len("rent"),
        len("The rent went up.There is no bus."),
    )


def test_a_comparison_needs_two_different_coders_that_exist(project, interview) -> None:
    code(project, interview, "Ben", "damp", "Damp")
    for coders in (("Ben",), ("Ben", "ben")):
        with pytest.raises(FilterError, match="two or more"):
            agreement(project, coders)
    with pytest.raises(FilterError, match="filter by coder"):
        agreement(project, BOTH, Filters(coders=("Ben",)))
    with pytest.raises(NotFoundError, match="Nobody"):
        agreement(project, ("Ben", "Nobody"))
    with pytest.raises(FilterError, match="origin"):
        accepted_against_blind(project, ("Ben", "Amira"), Filters(origins=("manual",)))
