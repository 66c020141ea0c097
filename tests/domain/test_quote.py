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
    span = Span(FIRST.start + 3, FIRST.end)
    assert published(TEXT, span, [(FIRST, True), (SECOND, True)]) == "bus."
    assert published("Damp.\nMould.", Span(0, 12), [(Span(0, 12), True)]) == "Damp.\nMould."


def test_labels_stamps_and_headers_are_not_printed() -> None:
    everything = [(FIRST, True), (SECOND, True)]
    assert published(TEXT, Span(0, len(TEXT)), everything) == "No bus. None at all."


def test_what_others_say_in_between_is_marked_and_at_the_ends_left_out() -> None:
    text = "Q1 A B2 Q3 D Q5"
    parts = [(Span(0, 2), 0), (Span(3, 4), 1), (Span(5, 7), 1), (Span(8, 10), 0), (Span(11, 12), 1)]
    speeches = [(span, bool(wanted)) for span, wanted in [*parts, (Span(13, 15), 0)]]
    assert published(text, Span(0, len(text)), speeches) == "A B2 […] D"
    assert published(text, Span(0, 10), speeches) == "A B2"
    assert published(text, Span(0, 2), speeches) == ""


def test_others_who_say_nothing_leave_no_mark() -> None:
    speeches = [(Span(0, 1), True), (Span(1, 3), False), (Span(3, 4), True)]
    assert published("A  B", Span(0, 4), speeches) == "A B"


def test_nothing_is_printed_where_nothing_is_said() -> None:
    assert published(TEXT, Span(0, 6), [(FIRST, True), (SECOND, True)]) == ""
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
