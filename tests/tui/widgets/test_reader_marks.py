"""Codings and suggestions by place, and their lanes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.domain.span import Span
from commonplace.tui.widgets.reader import CodingMark, Document, Marks
from commonplace.tui.widgets.reader.marks import LANES, Lanes

MARKS = st.lists(
    st.tuples(st.integers(0, 300), st.sampled_from([1, 5, 40, 200, 6000])), max_size=30
).map(
    lambda pairs: [
        CodingMark(f"c{n}", Span(start, start + length), "code")
        for n, (start, length) in enumerate(pairs)
    ]
)
TEXT = "one two three. " * 700


@settings(max_examples=150, deadline=None)
@given(MARKS, st.integers(0, 400), st.integers(1, 50), st.data())
def test_marks_are_found_as_a_scan_finds_them(marks, start, length, data):
    index = Marks(marks)
    kept = list(marks)
    for mark in data.draw(st.lists(st.sampled_from(marks), unique=True)) if marks else []:
        assert index.remove(mark.id) is mark
        kept.remove(mark)
        if data.draw(st.booleans()):
            index.add(mark)
            kept.append(mark)
    order = sorted(kept, key=lambda m: (m.span.start, m.span.end, m.id))
    assert list(index) == order
    end = start + length
    assert index.within(start, end) == [
        m for m in order if m.span.start < end and m.span.end > start
    ]
    assert index.at(start) == [m for m in order if start in m.span]
    after = [m for m in order if m.span.start > start]
    before = [m for m in order if m.span.start < start]
    assert index.after(start) == (after[0] if after else None)
    assert index.before(start) == (before[-1] if before else None)


@settings(max_examples=100, deadline=None)
@given(MARKS)
def test_overlapping_codings_never_share_a_lane(marks):
    document = Document.build(TEXT)
    index = Marks[CodingMark]()
    grown = Lanes(index, document)
    for mark in marks:
        index.add(mark)
        grown.add(mark, index)
    for lanes in (grown, Lanes(index, document)):
        for one in marks:
            for other in marks:
                if one.id < other.id and one.span.overlaps(other.span):
                    lane = lanes.lane(one.id)
                    assert lane == LANES or lane != lanes.lane(other.id)


def test_an_id_stands_for_one_mark():
    index = Marks([CodingMark("a", Span(0, 4), "x")])
    index.add(CodingMark("a", Span(2, 9), "y"))
    assert [mark.code for mark in index] == ["y"]
    assert index.at(0) == []
    assert index.remove("b") is None
