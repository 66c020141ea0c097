"""Quotes: context, and the words a report may print."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commonplace.domain.quote import CONTEXT, context, published
from commonplace.domain.span import Span

TEXT = "Header\n\nP1: No bus.\nP2 00:14\nNone at all."
FIRST = Span(TEXT.index("No bus"), TEXT.index("\nP2"))
SECOND = Span(TEXT.index("None"), len(TEXT))


def test_a_quote_in_one_turn_is_printed_as_it_is() -> None:
    assert published(TEXT, Span(FIRST.start + 3, FIRST.end), [FIRST, SECOND]) == "bus."


def test_labels_stamps_and_headers_are_not_printed() -> None:
    assert published(TEXT, Span(0, len(TEXT)), [FIRST, SECOND]) == "No bus.\nNone at all."


def test_turns_that_touch_are_parted() -> None:
    assert published("No.Yes.", Span(0, 7), [Span(0, 3), Span(3, 7)]) == "No.\n\nYes."


def test_nothing_is_printed_where_nothing_is_said() -> None:
    assert published(TEXT, Span(0, 6), [FIRST, SECOND]) == ""
    assert published(TEXT, Span(0, 6), []) == ""


@given(
    length=st.integers(1, 900),
    cuts=st.tuples(st.integers(0, 899), st.integers(0, 899), st.integers(0, 899)),
)
def test_context_lies_in_the_turns_around_the_quote(length: int, cuts: tuple) -> None:
    text = "".join(chr(0x4E00 + place) for place in range(length))
    start, low, high = (min(cut, length - 1) for cut in cuts)
    span = Span(start, min(start + 5, length))
    within = Span(min(low, start), max(high + 1, span.end))
    before, after = context(text, span, within)
    assert before == text[max(within.start, start - CONTEXT) : start]
    assert text.find(after) in (span.end, 0)
    assert len(after) == min(CONTEXT, min(within.end, length) - span.end)


def test_a_quote_that_reaches_beyond_its_turns_has_no_context_there() -> None:
    assert context("abcdef", Span(1, 5), Span(2, 4)) == ("", "")
