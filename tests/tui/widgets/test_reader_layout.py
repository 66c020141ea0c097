"""Rows, cells and movement over text of every kind."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from commonplace.domain.transcript import Turn
from commonplace.tui.widgets.reader import Document, motions
from commonplace.tui.widgets.reader.cells import glyphs, safe
from commonplace.tui.widgets.reader.layout import Layout
from tests.tui.widgets.reader_fiction import document

PARTS = [
    "a", "word", " ", "  ", "\n", "\n\n", "\t", ".", "’", "é", "e\u0301", "\u0301", "日本", "👍🏽",
    "👨‍👩‍👧", "🇫🇷", "🇫", "❤️", "\u200d", "\ufe0f", "\x1b[31m", "\x00", "\u202e", "क्षि",
    "longerwordthanarow",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)


@st.composite
def documents(draw):
    """Texts with turns anywhere, touching or apart, with and without labels."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    turns = [
        Turn(start, draw(st.integers(start, end)), end, draw(st.sampled_from(["P", None])))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return Document.build(text, turns)


def complete(source: Document, width: int) -> Layout:
    layout = Layout(source, width)
    while not layout.wrap_for(1):
        pass
    return layout


@settings(max_examples=200, deadline=None)
@given(documents(), st.integers(4, 24))
def test_every_code_point_is_on_exactly_one_row_in_order(source, width):
    layout = complete(source, width)
    position = 0
    for row in range(len(layout.starts)):
        start, end = layout.owned(row)
        assert start == position
        position = end
        for offset in range(start, end):
            assert layout.row_of(offset) == row
        low, high = layout.shown(row)
        assert start <= low <= high <= end or low == high
    assert position == source.length


@settings(max_examples=200, deadline=None)
@given(documents(), st.integers(4, 24))
def test_no_row_is_wider_than_the_column_but_for_hanging_space(source, width):
    layout = complete(source, width)
    for row in range(len(layout.starts)):
        text = layout.text(row)
        cells = sum(glyph.cells for glyph in layout.glyphs(row))
        trailing = len(text) - len(text.rstrip(" "))
        assert cells - trailing <= width
        if layout.is_plain(row):
            assert cells == len(text)


@settings(max_examples=200, deadline=None)
@given(documents(), st.integers(4, 24))
def test_offsets_cells_and_rows_agree(source, width):
    layout = complete(source, width)
    for row in range(len(layout.starts)):
        if layout.is_blank(row):
            continue
        for glyph in layout.glyphs(row):
            assert glyph.cells > 0
            assert layout.row_of(glyph.start) == row
            assert layout.offset_at(row, layout.cell_of(glyph.start)) == glyph.start
            assert layout.glyph_at(glyph.start) == (glyph.start, glyph.end)


@settings(max_examples=200, deadline=None)
@given(documents(), st.integers(4, 24))
def test_right_goes_through_every_place_and_left_returns(source, width):
    layout = complete(source, width)
    offset = motions.document(layout, -1)
    places = [offset]
    while (after := motions.character(layout, offset, 1)) != offset:
        assert after > offset
        assert motions.snap(layout, after) == after
        places.append(after)
        offset = after
    assert offset == motions.document(layout, 1)
    shown = {
        glyph.start
        for row in range(len(layout.starts))
        if not layout.is_blank(row)
        for glyph in layout.glyphs(row)
    }
    assert shown <= set(places)
    back = [offset]
    while (before := motions.character(layout, offset, -1)) != offset:
        back.append(before)
        offset = before
    assert back[::-1] == places


@settings(max_examples=150, deadline=None)
@given(documents(), st.integers(4, 24), st.integers(0, 120))
def test_every_motion_ends_where_the_cursor_can_stand(source, width, start):
    layout = complete(source, width)
    offset = motions.snap(layout, start)
    assert motions.snap(layout, offset) == offset
    for direction in (-1, 1):
        for target in (
            motions.word(layout, offset, direction),
            motions.turn(layout, offset, direction),
            motions.line(layout, offset, direction, 3),
            motions.edge(layout, offset, direction),
        ):
            assert motions.snap(layout, target) == target
        assert (motions.word(layout, offset, direction) - offset) * direction >= 0
        assert (motions.turn(layout, offset, direction) - offset) * direction >= 0


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_nothing_that_commands_the_terminal_is_printed(text):
    assert len(safe(text)) == len(text)
    for glyph in glyphs(text):
        assert glyph.cells == cell_len(glyph.shown)
        for character in glyph.shown:
            assert character >= " " and not "\x7f" <= character < "\xa0"
            assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
            assert character not in "\u200e\u200f\u061c\u2028\u2029"


def test_wrapping_in_slices_gives_the_same_rows():
    whole, bits = complete(document(), 40), Layout(document(), 40)
    bits.wrap_to_row(3)
    assert not bits.complete
    estimate = bits.rows
    while not bits.wrap_for(0.0001):
        pass
    assert bits.starts == whole.starts
    assert 0.5 < estimate / whole.rows < 2


def test_words_break_at_spaces():
    layout = complete(Document.build("the damp was in the walls"), 10)
    assert [layout.text(row) for row in range(3)] == ["the damp ", "was in the ", "walls"]


def test_flags_families_and_accents_are_one_glyph():
    found = [(g.shown, g.cells) for g in glyphs("🇫🇷👨‍👩‍👧e\u0301日\t!")]
    assert found == [("🇫🇷", 2), ("👨‍👩‍👧", 2), ("e\u0301", 1), ("日", 2), (" ", 1), ("!", 1)]


def test_a_layout_of_the_same_pieces_is_kept_and_of_others_is_not():
    source = Document.build("one two three", [Turn(0, 0, 13, "P")])
    before = complete(source, 8)
    renamed = Document.build(source.texts, [Turn(0, 0, 13, "Q")])
    assert Layout(renamed, 8, before).complete
    assert not Layout(source, 9, before).complete
    parted = Document.build(source.texts, [Turn(0, 0, 3, "P"), Turn(4, 4, 13, "Q")])
    assert not Layout(parted, 8, before).complete
