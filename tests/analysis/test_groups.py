"""Groups that people can hide in, and the description of the sample by them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.analysis.crosstab import crosstab
from commonplace.analysis.filters import Filters
from commonplace.analysis.groups import groups
from commonplace.analysis.sample import sample, themes_by_group
from commonplace.analysis.scope import Scope
from commonplace.domain.coding import Origin
from commonplace.project import Project
from tests import make
from tests.analysis.worlds import built, worlds


def add_people(project: Project, nations: list[str], *, codes: int = 0) -> None:
    """An interview with each; the first `codes` of them speak of housing."""
    housing = project.codes.find("Housing").id
    for number, nation in enumerate(nations):
        document = project.documents.add(make.transcript(name=f"P{number:02}.txt"))
        person = project.people.by_speaker(document)["P1"]
        if nation:
            project.people.set_attributes(person.id, {"nation": nation})
        if number < codes:
            span = make.find(project.documents.text(document), "Damp")
            project.codings.add_many(document, [(span, housing)], origin=Origin.MANUAL)


def labels(project: Project, k: int) -> list[tuple[str, int]]:
    found = groups(Scope(project, Filters()), "nation", k)
    return [(group.label, len(group.people)) for group in found]


def test_small_groups_are_shown_together(project: Project) -> None:
    add_people(project, ["England"] * 4 + ["Wales", "Wales", "Scotland"])
    assert labels(project, 3) == [("England", 4), ("Scotland or Wales", 3)]
    assert labels(project, 1) == [("England", 4), ("Scotland", 1), ("Wales", 2)]


def test_a_group_that_would_be_known_by_subtraction_takes_a_larger_one_along(
    project: Project,
) -> None:
    add_people(project, ["England"] * 5 + ["Scotland"] * 3 + ["Wales"] + [""])
    assert labels(project, 3) == [("England", 5), ("Scotland or Wales or not known", 5)]


def test_fewer_people_than_a_group_needs_make_none(project: Project) -> None:
    add_people(project, ["England", "Wales"])
    assert labels(project, 3) == []
    rows = list(sample(project, k=3))
    assert rows == [("", "everyone", 2, 2, 2, 2, 16, 16)]


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=9), st.integers(1, 4))
def test_every_group_has_enough_people_and_together_they_are_everybody(
    values: list[str], k: int
) -> None:
    from commonplace.analysis.groups import Group, gathered
    from commonplace.analysis.scope import Voice

    voices = {
        value: tuple(
            Voice(str(n), "d", "P", False, str(n), 1) for n, v in enumerate(values) if v == value
        )
        for value in sorted(set(values))
    }
    found = gathered([Group((value,), of) for value, of in voices.items()], k)
    assert all(len(group.people) >= k for group in found)
    assert sum(len(group.people) for group in found) == (len(values) if len(values) >= k else 0)
    assert sorted(v for group in found for v in group.values) == (sorted(voices) if found else [])


@settings(max_examples=20)
@given(worlds())
def test_without_small_groups_it_is_the_crosstab(world) -> None:
    with built(world) as project:
        if not project.connection.execute("SELECT count(*) FROM attributes").fetchone()[0]:
            return
        mine = themes_by_group(project, "nation", k=1)
        theirs = crosstab(project, by="nation")
        assert [row[:2] for row in mine] == [row[:2] for row in theirs]
        assert [row[2:] for row in mine] == [row[2:] for row in theirs]


def test_the_sample_and_its_themes_have_their_denominators(project: Project) -> None:
    add_people(project, ["England"] * 3 + ["Wales"] * 3, codes=2)
    assert [row[:4] for row in sample(project)] == [
        ("", "everyone", 6, 6),
        ("nation", "England", 3, 6),
        ("nation", "Wales", 3, 6),
    ]
    table = themes_by_group(project, "nation", codes=[project.codes.find("Housing").id])
    assert table.header == [
        *("code", "code_path", "England", "England of", "Wales", "Wales of", "total", "total of"),
    ]
    assert list(table) == [("Housing", "Housing", 2, 3, 0, 3, 2, 6)]


def interviewed(project: Project, waves: dict[str, str]) -> None:
    """For each person the waves, a digit each, in which they were interviewed."""
    for name, numbers in waves.items():
        first = ""
        for number in numbers:
            document = project.documents.add(make.transcript(name=f"{name}-{number}.txt"))
            person = project.people.by_speaker(document)["P1"].id
            if first:
                project.people.join(first, [person])
            first = first or person
            project.people.set_attributes(first, {"wave": number}, document=document)


def test_those_in_both_of_two_groups_are_not_known_by_adding(project: Project) -> None:
    interviewed(project, {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2", "f": "2", "g": "12"})
    found = groups(Scope(project, Filters()), "wave", 3)
    assert [(group.label, len(group.people)) for group in found] == [("1 or 2", 7)]


def test_groups_that_share_enough_people_stay_apart(project: Project) -> None:
    both = dict.fromkeys("ghi", "12")
    interviewed(project, {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2", "f": "2", **both})
    found = groups(Scope(project, Filters()), "wave", 3)
    assert [(group.label, len(group.people)) for group in found] == [("1", 6), ("2", 6)]
