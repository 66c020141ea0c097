"""The filter language: what it means, and what it says when it is not understood."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.analysis.query import All, Any, Comparison, Condition, Not, QueryError, holds
from commonplace.analysis.query.parse import parse
from commonplace.analysis.query.tree import folded, quoted

PEOPLE = {
    "ann": {"role": "practitioner", "nation": "Wales", "wave": "2"},
    "bob": {"role": "Resident", "nation": "Scotland", "wave": "1"},
    "cat": {"role": "practitioner", "programme": "Local  Conversations"},
}


def who(query: str) -> str:
    """First letters of those for whom a query holds."""
    condition = parse(query)
    return "".join(
        name[0]
        for name, known in PEOPLE.items()
        if holds(condition, {folded(key): folded(value) for key, value in known.items()})
    )


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("role=practitioner", "ac"),
        ("ROLE = Practitioner", "ac"),
        ("role=practitioner and nation in (Wales, Scotland) and not wave=1", "a"),
        ("nation=Wales or nation=Scotland", "ab"),
        ("nation != Wales", "bc"),
        ("not nation=Wales", "bc"),
        ("nation not in (Wales, Scotland)", "c"),
        ("nation=(none)", "c"),
        ("nation=( NONE )", "c"),
        ("nation in (Wales, (none))", "ac"),
        ("nation!=(none)", "ab"),
        ("programme=Local Conversations", "c"),
        ('programme="local conversations" and role=practitioner', "c"),
        ("programme='Local Conversations'", "c"),
        ("programme=“Local Conversations”", "c"),
        ("role=resident or role=practitioner and nation=Wales", "ab"),
        ("(role=resident or role=practitioner) and nation=Wales", "a"),
        ("not (role=resident or nation=Wales)", "c"),
        ("not not role=resident", "b"),
        ('"role"="resident"', "b"),
        ("nation=England", ""),
    ],
)
def test_what_a_query_means(query: str, people: str) -> None:
    assert who(query) == people


@pytest.mark.parametrize("value", ["Wales", "O'Brien", 'The "North"', """O'Brien's "North\""""])
def test_values_with_quotation_marks_can_be_written_out(value: str) -> None:
    found = parse(f"{quoted('site name')}={quoted(value)}")
    assert isinstance(found, Comparison)
    assert (found.name, found.values) == ("site name", (value,))


def test_a_keyword_inside_a_word_is_part_of_it() -> None:
    assert parse("android=notary") == Comparison("android", ("notary",), 0, 7)
    assert parse("place=O'Brien's inn") == Comparison("place", ("O'Brien's inn",), 0, 5)


@pytest.mark.parametrize(
    ("query", "column", "says"),
    [
        ("", 1, "the filter is empty"),
        ("role=", 6, "ends too early"),
        ("role=practitioner and", 22, "ends too early"),
        ("role practitioner", 6, "'practitioner' cannot stand here"),
        ("role=not", 6, "quotes make it a value"),
        ("role='practitioner", 6, "never closed"),
        ("(role=a", 8, "')' is missing"),
        ("role=a)", 7, "the end is expected"),
        ("role in ()", 10, "cannot stand here"),
        ("role=a!b", 7, "'!' has no meaning here"),
        ("(" * 200 + "role=a" + ")" * 200, 1, "simplify"),
    ],
)
def test_an_error_points_at_the_place(query: str, column: int, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert str(caught.value).startswith(f"column {column}: ")
    assert says in str(caught.value)


def test_the_caret_stands_under_the_word_even_after_wide_characters() -> None:
    with pytest.raises(QueryError) as caught:
        parse("nation=住宅 and and")
    shown, carets = str(caught.value).splitlines()[1:]
    assert shown == "  nation=住宅 and and"
    assert carets == "  " + " " * 16 + "^^^"


def test_nothing_in_a_query_acts_on_the_terminal() -> None:
    with pytest.raises(QueryError) as caught:
        parse("a=\x1b[2J\nb=c !")
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 3


NAMES = st.sampled_from(["role", "nation", "age group"])
VALUES = st.sampled_from(["Wales", "a b", "(none)", "and", "x,y", "=1"])


def conditions() -> st.SearchStrategy[Condition]:
    simple = st.builds(
        lambda name, values: Comparison(name, tuple(values), 0, 0),
        NAMES,
        st.lists(VALUES, min_size=1, max_size=3),
    )
    return st.recursive(
        simple,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(lambda parts: All(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
            st.builds(lambda parts: Any(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        ),
        max_leaves=6,
    )


def written(condition: Condition) -> str:
    if isinstance(condition, Comparison):
        values = ", ".join(f'"{value}"' for value in condition.values)
        return f'"{condition.name}" in ({values})'
    if isinstance(condition, Not):
        return f"not ({written(condition.part)})"
    word = " and " if isinstance(condition, All) else " or "
    return word.join(f"({written(part)})" for part in condition.parts)


@given(
    condition=conditions(),
    known=st.dictionaries(NAMES, st.sampled_from(["wales", "a b", "and", "=1"])),
)
def test_a_condition_written_out_and_read_again_means_the_same(
    condition: Condition, known: dict[str, str]
) -> None:
    assert holds(parse(written(condition)), known) == holds(condition, known)


@given(st.text(alphabet="ab =!(),'\"andor not in\n", max_size=30))
def test_whatever_is_typed_is_understood_or_refused(query: str) -> None:
    try:
        parse(query)
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(query) + 1


def test_the_parser_is_loaded_only_for_a_query() -> None:
    code = (
        "import sys, commonplace.analysis.themes, commonplace.analysis.quotes, "
        "commonplace.analysis.search, commonplace.exports; print('lark' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
