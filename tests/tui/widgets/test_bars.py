"""Bars of frequency tables."""

from __future__ import annotations

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from commonplace.tui.widgets.bars import Bar
from commonplace.tui.widgets.linelist import Column, LineList, ListedRows, Row


@pytest.mark.parametrize(
    ("share", "drawn"),
    [(0, ""), (1, "████"), (0.5, "██"), (0.53, "██▏"), (0.001, "▏"), (0.999, "███▉"), (7, "████")],
)
def test_a_bar_is_as_long_as_its_share(share, drawn):
    assert Bar(share).fit(4).plain == drawn


@pytest.mark.parametrize("share", [nan, inf, -1])
def test_what_is_no_share_draws_nothing(share):
    assert Bar(share).fit(4).plain == ""


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 60))
def test_a_longer_bar_is_never_a_smaller_share(one, other, width):
    low, high = sorted((one, other))
    drawn = [
        len(bar) * 8 + "▏▎▍▌▋▊▉█".index(bar[-1]) if bar else 0
        for bar in (Bar(low).fit(width).plain, Bar(high).fit(width).plain)
    ]
    assert drawn[0] <= drawn[1]


async def test_bars_fill_the_column_they_stand_in():
    class Themes(App):
        def compose(self):
            rows = [Row("h", ("Housing", Bar(1.0, "#e69f00"), "14 of 22"))]
            yield LineList([Column(width=8), Column(), Column(width=8)], ListedRows(rows))

    app = Themes()
    async with app.run_test(size=(60, 5)) as pilot:
        await pilot.pause()
        widget = app.query_one(LineList)
        line = widget.render_line(0).text
        assert line.count("█") == widget.scrollable_content_region.width - 2 - 1 - 16 - 4
        assert line.rstrip().endswith("14 of 22")
