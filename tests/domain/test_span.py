"""Spans, words and anchors: arithmetic on code points."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.domain.anchor import CONTEXT, anchor
from commonplace.domain.span import Span, trim, union
from commonplace.domain.words import count_words, words_beginning_in, words_in

spans = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 20)
)
texts = st.text(alphabet=st.sampled_from("ab é👍🏽\u0301\n\t—"), min_size=1, max_size=60)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3)])
def test_an_empty_or_negative_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no such stretch"):
        Span(start, end)


@given(st.lists(spans, max_size=8))
def test_the_union_covers_the_same_code_points_once(several: list[Span]) -> None:
    merged = list(union(several))
    covered = [offset for span in merged for offset in range(span.start, span.end)]
    assert len(covered) == len(set(covered))
    assert set(covered) == {o for span in several for o in range(span.start, span.end)}
    assert all(a.end < b.start for a, b in pairwise(merged))


@given(spans, spans)
def test_overlap_and_clip_agree_with_sets(a: Span, b: Span) -> None:
    shared = set(range(a.start, a.end)) & set(range(b.start, b.end))
    assert a.overlaps(b) == bool(shared)
    clipped = a.clip(b)
    assert (set() if clipped is None else set(range(clipped.start, clipped.end))) == shared


@given(texts, st.data())
def test_words_of_the_parts_add_up_to_the_whole(text: str, data: st.DataObject) -> None:
    cuts = sorted({0, len(text), *data.draw(st.lists(st.integers(1, len(text)), max_size=5))})
    parts = [Span(a, b) for a, b in pairwise(cuts)]
    assert words_in(text, parts) == count_words(text)


def test_a_word_cut_by_the_left_edge_belongs_to_what_stands_before() -> None:
    assert words_beginning_in("one two", Span(1, 7)) == 1
    assert words_beginning_in("A:one two", Span(2, 9), floor=2) == 2


@given(texts, st.data())
def test_an_anchor_holds_where_it_was_made(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    words = anchor(text, span)
    assert words.exact == text[span.start : span.end]
    assert text[: span.start].endswith(words.prefix) and len(words.prefix) <= CONTEXT
    assert words.holds(text, span)
    assert not words.holds(text + "x", span) or len(text) - span.end >= CONTEXT


def test_an_anchor_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="ends at 3"):
        anchor("abc", Span(2, 4))


@given(texts, st.data())
def test_trim_takes_white_space_off_both_ends(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    trimmed = trim(text, span)
    words = text[span.start : span.end].strip()
    assert (text[trimmed.start : trimmed.end] if trimmed else "") == words
