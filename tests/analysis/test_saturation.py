"""Saturation against the published example and against counting anew for each transcript."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.saturation import (
    Order,
    Rule,
    new_codes,
    new_information,
    saturation,
    stopping_point,
)
from commonplace.project import Project
from tests import make

SETS = st.lists(st.frozensets(st.sampled_from("abcdefghij"), max_size=5), max_size=14)


def test_the_published_example() -> None:
    """Guest, Namey & Chen (2020): a base of four with 37 themes, runs of two, threshold 5 %.

    A run with four new themes is 11 %, the next with one is 3 %: saturation at 6+2.
    """
    new = [16, 9, 7, 5, 4, 3, 1, 0, 1, 0]
    assert sum(new[:4]) == 37
    shares = new_information(new, Rule(base=4, run=2))
    assert shares[:5] == [None] * 5
    assert [round(100 * share) for share in shares[5:8]] == [19, 11, 3]
    assert stopping_point(new, Rule(base=4, run=2)) == 6
    assert stopping_point(new, Rule(base=4, run=2, threshold=0)) is None


@given(
    sets=SETS,
    base=st.integers(1, 5),
    run=st.integers(1, 4),
    threshold=st.sampled_from([0, 0.05, 0.2, 0.5]),
)
def test_each_run_is_counted_anew(sets, base, run, threshold) -> None:
    rule = Rule(base, run, threshold)
    new = new_codes(sets)
    shares = new_information(new, rule)
    known = len(set().union(*sets[:base]))
    expected = None
    for place in range(len(sets)):
        before = set().union(*sets[: max(0, place + 1 - run)])
        through = set().union(*sets[: place + 1])
        if place + 1 < base + run or not known:
            assert shares[place] is None
            continue
        assert shares[place] == pytest.approx(len(through - before) / known)
        if expected is None and len(through - before) <= threshold * known + 1e-9:
            expected = place + 1 - run
    assert stopping_point(new, rule) == expected
    assert sum(new) == len(set().union(*sets))


@pytest.fixture
def six(project: Project) -> Project:
    """Six transcripts, coded in the order 5, 4, … 0: the last three bring nothing new."""
    said = {5: ["Damp"], 4: ["Rent", "Damp"], 3: ["Transport"], 2: ["Damp"], 1: ["Rent"], 0: []}
    for number in range(6):
        project.documents.add(make.transcript(name=f"{number}.txt"))
    for number, names in said.items():
        document = project.documents.find(f"{number}.txt").id
        at = make.find(project.documents.text(document), "The rent")
        for name in names:
            project.codings.add(document, at, project.codes.find(name).id)
        question = make.find(project.documents.text(document), "flat")
        project.codings.add(document, question, project.codes.find("Control").id)
        project.connection.execute(
            "UPDATE codings SET coded_at = ? WHERE document_id = ?",
            (f"2026-01-{10 - number:02d}T00:00:00Z", document),
        )
    return project


def test_in_order_of_coding_and_of_what_interviewees_say(six: Project) -> None:
    table = saturation(six, rule=Rule(base=2, run=2), orders=50)
    rows = list(table.records())
    assert [row["document"] for row in rows] == [f"{n}.txt" for n in (5, 4, 3, 2, 1)]
    assert [row["new_codes"] for row in rows] == [1, 1, 1, 0, 0]
    assert [row["codes_so_far"] for row in rows] == [1, 2, 3, 3, 3]
    assert [row["new_information"] for row in rows] == [None, None, None, 0.5, 0.0]
    assert [row["saturated"] for row in rows] == [None, None, None, False, True]
    assert rows[-1]["codes_so_far_mean"] == rows[-1]["codes_so_far_low"] == 3
    assert rows[0]["codes_so_far_low"] == 1 < rows[0]["codes_so_far_mean"] < 2
    assert "saturation is at 3+2" in table.note
    by_name = saturation(six, order=Order.NAME, orders=1)
    assert [row["document"] for row in by_name.records()] == [f"{n}.txt" for n in range(1, 6)]
    assert "There are 5 coded transcripts; the rule needs 6" in by_name.note
    again = saturation(six, rule=Rule(base=2, run=2), orders=50)
    assert (list(again), again.note) == (list(table), table.note)


def test_the_mean_over_random_orders_is_that_over_all_orders(six: Project) -> None:
    """Of five transcripts one has both codes of three, so the first brings 6/5 on average."""
    first = next(saturation(six, orders=4000).records())
    assert first["codes_so_far_mean"] == pytest.approx(6 / 5, abs=0.05)


def test_nothing_coded_and_wrong_rules(project: Project) -> None:
    table = saturation(project, Filters())
    assert list(table) == []
    assert "There are 0 coded transcripts" in table.note
    for wrong in ({"base": 0}, {"run": 0}, {"threshold": 1.5}):
        with pytest.raises(FilterError, match="at least one"):
            Rule(**wrong)
