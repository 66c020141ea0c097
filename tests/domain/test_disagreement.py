"""Where coders differ: what is one place, and what is agreed."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.domain.anchor import Anchor
from commonplace.domain.coding import Coding, Origin
from commonplace.domain.disagreement import Difference, places
from commonplace.domain.span import Span

THEN = datetime(2026, 1, 2, tzinfo=UTC)


def coding(coder: str, start: int, end: int, code: str = "damp") -> Coding:
    return Coding(
        f"{coder}/{code}/{start}/{end}", "ash", Span(start, end), code, coder, Origin.MANUAL,
        Anchor("", "", ""), THEN,
    )  # fmt: skip


def test_other_boundaries_of_one_code_are_one_place() -> None:
    marks = [coding("amira", 0, 10), coding("ben", 5, 20), coding("amira", 15, 30)]
    (place,) = places(marks, ("amira", "ben"))
    assert place.span == Span(0, 30)
    assert place.marked == {"amira": (Span(0, 10), Span(15, 30)), "ben": (Span(5, 20),)}
    assert not place.agreed
    assert place.difference is Difference.BOUNDARIES


def test_what_some_did_not_code_differs_and_what_all_coded_alike_does_not() -> None:
    marks = [
        coding("amira", 0, 10), coding("ben", 0, 10), coding("amira", 10, 20),
        coding("ben", 10, 20, "rent"), coding("cleo", 0, 9),
    ]  # fmt: skip
    alike, mine, theirs = places(marks, ("amira", "ben"))
    assert alike.agreed
    assert mine.difference is theirs.difference is Difference.APPLIED
    assert (mine.code, mine.marked["ben"]) == ("damp", ())
    assert (theirs.code, theirs.marked["amira"]) == ("rent", ())
    three = next(places(marks, ("amira", "ben", "cleo")))
    assert not three.agreed and three.difference is Difference.BOUNDARIES


CODINGS = st.lists(
    st.builds(
        lambda coder, start, length, code: coding(coder, start, start + length, code),
        st.sampled_from(["amira", "ben", "cleo"]),
        st.integers(0, 30),
        st.integers(1, 12),
        st.sampled_from(["damp", "rent"]),
    ),
    max_size=14,
    unique_by=lambda c: c.id,
)


@settings(max_examples=60)
@given(marks=CODINGS)
def test_the_order_of_coders_and_codings_makes_no_difference(marks: list[Coding]) -> None:
    coders = ("amira", "ben", "cleo")
    first = {place.id: place for place in places(marks, coders)}
    assert sum(len(c) for p in first.values() for c in p.codings.values()) == len(marks)
    for order in permutations(coders):
        other = {place.id: place for place in places(reversed(marks), order)}
        assert {i: p.marked for i, p in other.items()} == {i: p.marked for i, p in first.items()}
        assert [p.agreed for p in other.values()] == [p.agreed for p in first.values()]
