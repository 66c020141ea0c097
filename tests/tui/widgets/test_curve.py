"""The curve: bars as high as their figures, one of them current."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App

from commonplace.tui.widgets.curve import Curve, Point
from commonplace.tui.widgets.shade import STEPS, Shade


class Shown(App[None]):
    def __init__(self, points, stop=None):
        super().__init__()
        self.points, self.stop, self.chosen = points, stop, []

    def compose(self):
        yield Curve(id="curve", empty="nothing yet")

    def on_mount(self):
        self.query_one(Curve).show(self.points, self.stop)

    def on_curve_selected(self, message):
        self.chosen.append(message.index)


def lines(curve):
    return [curve.render_line(y).text for y in range(curve.size.height)]


async def test_bars_grow_and_the_stopping_point_is_marked():
    points = [Point(2, 0, 3), Point(4, 2, 3.5), Point(4, 4, 4)]
    async with Shown(points, 2).run_test(size=(40, 9)) as pilot:
        curve = pilot.app.query_one(Curve)
        drawn = lines(curve)
        assert drawn[0].startswith("    4│") and drawn[7].startswith("    0│")
        assert [line.count("█") for line in drawn[:8]] == [14, 14, 14, 14, 21, 21, 21, 21]
        assert all("┊" in line for line in drawn[:8])
        assert "·" in drawn[1]  # what chance would give stands above the first bar
        await pilot.press("right", "enter")
        assert pilot.app.chosen == [1] and curve.cursor == 1


async def test_without_points_it_says_so():
    async with Shown([]).run_test(size=(40, 5)) as pilot:
        assert lines(pilot.app.query_one(Curve))[0].strip() == "nothing yet"
        await pilot.press("right", "enter")
        assert pilot.app.chosen == []


async def test_more_bars_than_fit_are_scrolled_to():
    points = [Point(n, n - 1) for n in range(1, 60)]
    async with Shown(points).run_test(size=(40, 8)) as pilot:
        curve = pilot.app.query_one(Curve)
        await pilot.press("end")
        assert curve.cursor == 58 and curve.scroll_offset.x > 0
        assert lines(curve)[-1].rstrip().endswith("59")


@settings(max_examples=50)
@given(st.text(max_size=8), st.floats(allow_nan=True), st.integers(1, 20))
def test_a_shaded_figure_fills_its_cell(figure, share, width):
    shown = Shade("".join(c for c in figure if c.isalnum() and c.isascii()), share).fit(width)
    assert shown.cell_length == width


def test_larger_figures_have_a_stronger_ground():
    grounds = [str(Shade("1", share).fit(3).spans) for share in (0.0, 0.01, 0.3, 0.5, 0.7, 1.0)]
    assert len(set(grounds)) == 6
    assert "primary" not in grounds[0] and f"{STEPS[-1]}%" in grounds[-1]
