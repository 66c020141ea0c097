"""Colours that can be read, whatever the codebook says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.color import Color

from commonplace.domain.suggestion import Band
from commonplace.tui.widgets.reader.palette import Palette, contrast, parse, readable

DARK, LIGHT = (
    (Color.parse("#1e1e1e"), Color.parse("#e0e0e0")),
    (
        Color.parse("#d8d8d8"),
        Color.parse("#1f1f1f"),
    ),
)
COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def palette(ground, words):
    return Palette(
        background=ground,
        foreground=words,
        accent=Color.parse("#ffa62b"),
        select=Color.parse("#0178d4"),
        seek=Color.parse("#ffa62b"),
        cursor_color=words,
    )


def ratio(style) -> float:
    return contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


@pytest.mark.parametrize(("ground", "words"), [DARK, LIGHT])
@settings(max_examples=60, deadline=None)
@given(st.lists(COLORS, min_size=1, max_size=3))
def test_marks_and_coded_words_can_be_read_in_any_colour(ground, words, colors):
    mixed = palette(ground, words)
    for color in colors:
        assert contrast(readable(parse(color), words, ground), ground) >= 4.5
        assert ratio(mixed.mark((color, True, False))) >= 4.5
    tints = tuple((color, True, False) for color in colors)
    for voice in ("speech", "interviewer", "gap"):
        assert ratio(mixed.text(voice, tints)) >= 4.5
        assert ratio(mixed.selected(mixed.text(voice, tints))) >= 3


@pytest.mark.parametrize(("ground", "words"), [DARK, LIGHT])
def test_quiet_words_stay_legible(ground, words):
    mixed = palette(ground, words)
    assert ratio(mixed.text("interviewer")) >= 4.5
    assert ratio(mixed.interviewer) >= 3
    assert ratio(mixed.text("gap")) >= 3
    for band in Band:
        assert ratio(mixed.hint(band)) >= 2


def test_contrast_is_that_of_the_guidelines():
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)
    assert parse("no colour").rgb == (128, 128, 128)
