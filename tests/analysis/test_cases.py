"""Disagreements passage by passage, pre-set units, who there is, and the consensus."""

from __future__ import annotations

import pytest

from commonplace.analysis.agreement.cases import Cases, cases_table
from commonplace.analysis.agreement.people import coders, usual_pair
from commonplace.analysis.agreement.reference import against_consensus
from commonplace.analysis.agreement.tables import agreement
from commonplace.analysis.agreement.units import Unit
from commonplace.analysis.filters import FilterError, Filters
from commonplace.project import Project
from commonplace.project.adjudication import CONSENSUS, Verdict
from tests import make
from tests.analysis.test_agreement import BOTH, SPEECH, both_done, code


@pytest.fixture
def interview(project: Project) -> str:
    document = project.documents.add(make.transcript(("Q", "Well? Damp?"), ("P1", SPEECH)))
    code(project, document, "Amira", "The rent went up. It is damp.", "Housing")
    code(project, document, "Ben", "rent", "Housing")
    code(project, document, "Ben", "There is no bus.", "Transport")
    code(project, document, "Amira", "Damp?", "Damp")
    both_done(project, document)
    return document


def test_each_case_with_what_every_coder_marked(project, interview) -> None:
    _, housing, transport = cases_table(Cases(project, ("amira", "Ben"))).records()
    assert (housing["difference"], transport["difference"]) == ("boundaries", "applied")
    assert housing["quote"] == "The rent went up. It is damp."
    assert (housing["turn"], housing["speaker"], housing["status"]) == (2, "P1", "open")
    start = housing["start"]
    assert housing["Amira"] == f"{start}–{start + 29}"
    assert housing["Ben"] == f"{start + 4}–{start + 8}"
    assert transport["Amira"] is None
    said = list(cases_table(Cases(project, BOTH)).records())
    assert [row["code"] for row in said] == ["Damp", "Housing", "Transport"]
    theirs = list(cases_table(Cases(project, BOTH, Filters(speakers=("P1",)))).records())
    assert [row["code"] for row in theirs] == ["Housing", "Transport"]
    assert "coefficients leave it out" in cases_table(Cases(project, BOTH)).note
    speaking = cases_table(Cases(project, BOTH, Filters(speakers=("P1",))))
    assert "coefficients leave it out" not in speaking.note
    alone = Cases(project, BOTH, Filters(codes=("Transport",)))
    assert [row["code"] for row in cases_table(alone).records()] == ["Transport"]


def test_what_was_settled_stands_beside_and_can_be_left_out(project, interview) -> None:
    _, first, second = Cases(project, BOTH)
    project.adjudication.settle(first.place, Verdict.TAKEN, take="Ben", note="the word alone")
    _, settled, opened = cases_table(Cases(project, BOTH)).records()
    assert (settled["status"], settled["took"], settled["note"]) == (
        "settled", "Ben", "the word alone",
    )  # fmt: skip
    assert (settled["settled_by"], opened["verdict"]) == (project.coder, None)
    left = cases_table(Cases(project, BOTH), only="open").records()
    assert [row["code"] for row in left] == ["Damp", "Transport"]
    (found,) = Cases(project, BOTH).find([second.place.id])
    assert found.place == second.place
    with pytest.raises(FilterError, match="no disagreement"):
        Cases(project, BOTH).find(["nothing"])
    with pytest.raises(FilterError, match="leave origin"):
        Cases(project, BOTH, Filters(origins=("manual",)))


def test_progress_is_told_and_can_break_off(project, interview) -> None:
    told: list[tuple[int, int]] = []
    list(Cases(project, BOTH, progress=lambda done, of: told.append((done, of))))
    list(agreement(project, BOTH, progress=lambda done, of: told.append((done, of))))
    assert told == [(0, 1), (0, 1)]

    def stop(_done: int, _of: int) -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        list(agreement(project, BOTH, progress=stop))


def test_marked_stretches_can_be_the_units(project, interview) -> None:
    project.codes.add("Unit")
    for words in ("Well?", "The rent went up.", "It is damp. There is no bus."):
        code(project, interview, "Lead", words, "Unit")
    rows = {
        row["code_path"]: row
        for row in agreement(project, BOTH, unit=Unit.PRESET, preset="Unit").records()
    }
    assert "Unit" not in rows
    assert rows["Housing"]["units"] == 2
    assert (rows["Housing"]["Amira"], rows["Housing"]["Ben"]) == (2, 1)
    code(project, interview, "Lead", "went up. It", "Unit")
    with pytest.raises(FilterError, match=r"P01.txt: stretches marked 'Unit' overlap"):
        list(agreement(project, BOTH, unit=Unit.PRESET, preset="Unit"))
    for unit, preset in ((Unit.PRESET, ""), (Unit.TURN, "Unit")):
        with pytest.raises(FilterError, match="name it"):
            agreement(project, BOTH, unit=unit, preset=preset)


def test_who_there_is_and_who_has_most_in_common(project, interview) -> None:
    other = project.documents.add(make.transcript(("P1", SPEECH), name="P02.txt"))
    code(project, other, "Cleo", "damp", "Damp")
    code(project, other, CONSENSUS, "damp", "Damp")
    for coder in ("Ben", "Cleo", CONSENSUS):
        project.documents.set_done(other, coder=coder)
    project.documents.set_done(interview, coder="Cleo")
    known = coders(project)
    assert [coder.name for coder in known] == ["Amira", "Ben", "Cleo", CONSENSUS]
    assert (known[1].codings, known[1].done) == (2, {interview, other})
    assert usual_pair(known) == ("Ben", "Cleo")
    assert usual_pair(known[:1]) == ()


def test_each_coder_against_what_was_agreed(project, interview) -> None:
    with pytest.raises(FilterError, match="nothing is agreed on yet"):
        against_consensus(project)
    for case in Cases(project, BOTH):
        assert CONSENSUS not in project.documents.done(interview)
        project.adjudication.settle(case.place, Verdict.TAKEN, take="Ben")
    rows = {row["coder"]: row for row in against_consensus(project).records()}
    assert (rows["Ben"]["kept"], rows["Ben"]["found"], rows["Ben"]["alpha"]) == (1.0, 1.0, 1.0)
    assert (rows["Amira"]["applied"], rows["Amira"]["consensus"]) == (2, 2)
    assert (rows["Amira"]["kept"], rows["Amira"]["found"]) == (0.5, 0.5)
    assert rows["Amira"]["alpha_low"] is None
