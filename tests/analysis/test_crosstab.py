"""Crosstabs and waves: every cell against theme counts, every test against scipy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from commonplace.analysis.crosstab import DOCUMENT, Cells, Count, crosstab
from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.independence import holm, independence
from commonplace.analysis.themes import themes
from commonplace.analysis.waves import people_by_wave, waves
from commonplace.domain.span import Span
from commonplace.project import Project
from tests import make
from tests.analysis.worlds import CODES, Model, World, built, worlds


@settings(max_examples=25)
@given(world=worlds(), count=st.sampled_from(list(Count)))
def test_cells_are_what_the_themes_of_each_group_are(world: World, count: Count) -> None:
    with built(world) as project:
        model = Model.of(project)
        values = {model.attributes(*key).get("nation") for key in model.people} - {None}
        if not values:
            return
        total = {row["code_path"]: row for row in themes(project).records()}
        table = list(crosstab(project, by="nation", count=count).records())
        assert [row["code_path"] for row in table] == list(CODES)
        for value in values:
            alone = themes(project, Filters(where=f"nation={value}")).records()
            for row, expected in zip(table, alone, strict=True):
                assert row[value] == expected[count]
                assert row["total"] == total[row["code_path"]][count]
                if count is not Count.QUOTES:
                    assert row[f"{value} of"] == expected[f"{count}_of"]


@settings(max_examples=15)
@given(world=worlds())
def test_by_transcript_each_is_a_column(world: World) -> None:
    with built(world) as project:
        names = [info.name for info in project.documents.all()]
        for count in (Count.QUOTES, Count.WORDS):
            table = crosstab(project, by=DOCUMENT, count=count)
            assert [c for c in table.header[2:] if not c.endswith(" of")] == [*names, "total"]
            for name in names:
                alone = themes(project, Filters(documents=(name,))).records()
                expected = [row[count] for row in alone]
                assert [row[name] for row in table.records()] == expected


@settings(max_examples=15)
@given(world=worlds(), interviewer=st.booleans())
def test_the_total_by_transcript_is_that_of_the_themes(world: World, interviewer: bool) -> None:
    with built(world) as project:
        filters = Filters(include_interviewer=interviewer)
        for count in Count:
            table = crosstab(project, filters, by=DOCUMENT, count=count)
            totals = [row[count] for row in themes(project, filters).records()]
            assert [row["total"] for row in table.records()] == totals


@pytest.fixture
def eight(project: Project) -> Project:
    """Eight people; the four in Wales speak of damp, and one of the others."""
    damp = project.codes.find("Damp").id
    for number in range(8):
        document = project.documents.add(make.transcript(name=f"{number}.txt"))
        person = project.people.by_speaker(document)["P1"]
        nation = "Wales" if number < 4 else "Scotland"
        project.people.set_attributes(person.id, {"nation": nation})
        if number < 5:
            at = make.find(project.documents.text(document), "Damp")
            project.codings.add(document, at, damp)
    return project


def test_shares_and_binary(eight: Project) -> None:
    def housing(cells: Cells, count: Count = Count.PARTICIPANTS) -> dict:
        return next(crosstab(eight, by="nation", count=count, cells=cells).records())

    counts = housing(Cells.COUNT)
    assert (counts["Wales"], counts["Wales of"], counts["total of"]) == (4, 4, 8)
    assert housing(Cells.COLUMN)["Scotland"] == 0.25
    assert housing(Cells.ROW)["Wales"] == 0.8
    assert housing(Cells.ROW, Count.QUOTES)["Wales"] == 0.8
    assert housing(Cells.BINARY)["Scotland"] == 1
    rent = list(crosstab(eight, by="nation", cells=Cells.ROW).records())[2]
    assert (rent["code"], rent["Wales"]) == ("Rent", None)


def test_shares_say_what_they_are_of(eight: Project) -> None:
    of_groups = crosstab(eight, by="nation", cells=Cells.COLUMN)
    assert "Shares are of: Scotland 4, Wales 4; in total 8." in of_groups.note
    housing = next(crosstab(eight, by="nation", cells=Cells.ROW).records())
    assert (housing["Scotland"], housing["shares_of"]) == (0.2, 5)


def test_a_group_may_be_called_as_a_column_is(eight: Project) -> None:
    for person in eight.people.all():
        eight.people.set_attributes(person.id, {"nation": "total"})
    row = next(crosstab(eight, by="nation", cells=Cells.BINARY, test=True).records())
    assert list(row)[2:4] == ["total (attribute)", "total"]


def test_a_test_where_it_holds_with_a_caution(eight: Project) -> None:
    table = crosstab(eight, by="nation", test=True)
    row = next(table.records())
    assert row["test"] == "Fisher"
    assert row["p"] == pytest.approx(stats.fisher_exact([[1, 3], [4, 0]]).pvalue)
    assert row["p_holm"] == pytest.approx(min(1, 2 * row["p"]))
    assert next(r for r in table.records() if r["code"] == "Transport")["test"].startswith("none")
    assert "no probability sample" in table.note
    for wrong in ({"count": Count.QUOTES}, {"by": DOCUMENT}):
        with pytest.raises(FilterError, match="only participants"):
            crosstab(eight, **{"by": "nation", "test": True, **wrong})
    with pytest.raises(FilterError, match="out of nothing"):
        crosstab(eight, by="nation", count=Count.QUOTES, cells=Cells.COLUMN)


def test_people_in_two_groups_are_not_tested(eight: Project) -> None:
    document = eight.documents.add(make.transcript(name="9.txt"))
    first = eight.people.by_speaker(eight.documents.find("0.txt").id)["P1"]
    speaker = next(s for s in eight.speakers.all(document) if s.label == "P1")
    eight.people.assign(speaker.id, first.id)
    eight.people.set_attributes(first.id, {"nation": "England"}, document=document)
    row = next(crosstab(eight, by="nation", test=True).records())
    assert (row["test"], row["p"]) == ("none: somebody is in two groups", None)


@given(
    groups=st.lists(
        st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=1,
        max_size=4,
    )
)
def test_tests_are_those_of_scipy_where_conditions_hold(groups) -> None:
    tested = independence([yes for yes, _ in groups], [n for _, n in groups])
    table = [[yes, n - yes] for yes, n in groups if n]
    if tested.p is None:
        assert tested.name.startswith("none")
        return
    expected = stats.contingency.expected_freq(table)
    if tested.name == "chi-square":
        assert (expected >= 1).all()
        assert (expected < 5).mean() <= (0 if len(table) == 2 else 0.2)
        assert tested.p == pytest.approx(stats.chi2_contingency(table, correction=False)[1])
    else:
        assert len(table) == 2
        assert (expected < 5).any()
        assert tested.p == pytest.approx(stats.fisher_exact(table)[1])


def test_the_tea_tasting_lady() -> None:
    """Fisher (1935): three of four right, p = 0.486 two-sided."""
    assert independence([3, 1], [4, 4]).p == pytest.approx(0.4857, abs=5e-5)


def test_holm_of_a_worked_example() -> None:
    """p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") in R."""
    assert holm([0.01, None, 0.04, 0.03, 0.005]) == pytest.approx([0.03, None, 0.06, 0.06, 0.02])


def test_waves_follow_the_same_people(project: Project) -> None:
    damp = project.codes.find("Damp").id
    people = {}
    for name, wave, mentions in (
        ("Ann", "1", True), ("Ann", "2", True), ("Bob", "1", True), ("Bob", "2", False),
        ("Cat", "1", False), ("Cat", "2", True), ("Dan", "1", True), ("Eve", "2", True),
        ("Fay", "1", False), ("Fay", "2", False), ("Gil", "", True),
    ):  # fmt: skip
        document = project.documents.add(make.transcript(name=f"{name}{wave}.txt"))
        speaker = next(s for s in project.speakers.all(document) if s.label == "P1")
        if name not in people:
            people[name] = project.people.add(name)
        project.people.assign(speaker.id, people[name])
        if wave:
            project.people.set_attributes(people[name], {"wave": wave}, document=document)
        if mentions:
            project.codings.add(document, Span(26, 30), damp)
    rows = {row["code"]: row for row in waves(project).records()}
    for name in ("Housing", "Damp"):
        row = rows[name]
        assert (row["from"], row["to"]) == ("1", "2")
        figures = ("stayed", "taken_up", "dropped", "neither", "both_waves")
        assert [row[figure] for figure in figures] == [1, 1, 1, 1, 4]
        assert (row["left_with"], row["left"], row["joined_with"], row["joined"]) == (1, 1, 1, 1)
    assert rows["Transport"]["neither"] == 4
    status = {row["person"]: row["status"] for row in people_by_wave(project).records()}
    assert status == {"Ann": "all", "Bob": "all", "Cat": "all", "Fay": "all", "Dan": "gone",
                      "Eve": "new"}  # fmt: skip
