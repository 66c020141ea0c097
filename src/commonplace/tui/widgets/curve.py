"""A curve over things in a row: bars of block characters, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_AXIS = 6
"""Cells at the left for the figures of the axis."""


class Point(NamedTuple):
    """A bar: how high it is, how much of that was there before, and what chance would give."""

    height: float
    before: float
    expected: float | None = None


class Curve(ScrollView, can_focus=True):
    """Bars that grow from left to right; what each adds stands on top of what was there before.

    A dot says where the curve would be on average in another order, where that is known. One bar
    is the current one; a sign under it says so.

    | component class | styles |
    |---|---|
    | `curve--before` | what was there before |
    | `curve--new` | what a bar adds |
    | `curve--expected` | where the curve would be on average |
    | `curve--cursor` | the current bar's number |
    | `curve--axis` | figures, and the sign of where it may stop |
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "curve--before",
        "curve--new",
        "curve--expected",
        "curve--cursor",
        "curve--axis",
    }
    DEFAULT_CSS = """
    Curve {
        background: $surface;
        color: $foreground;
        overflow-y: hidden;
        overflow-x: auto;
        scrollbar-size-horizontal: 1;
        padding: 0 1;
        & > .curve--before { color: $primary 55%; }
        & > .curve--new { color: $accent; }
        & > .curve--expected { color: $foreground; }
        & > .curve--axis { color: $text-muted; }
        & > .curve--cursor { color: $text; text-style: bold reverse; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "step(-1)", "Before", show=False, id="curve.before"),
        Binding("right,down", "step(1)", "Next", show=False, id="curve.next"),
        Binding("home", "step(-9999)", "First", show=False, id="curve.first"),
        Binding("end", "step(9999)", "Last", show=False, id="curve.last"),
        Binding("enter", "choose", "Open", show=False, id="curve.choose"),
    ]

    class Highlighted(Message):
        """Another bar is the current one, counted from 0."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class Selected(Highlighted):
        """The current bar was chosen, by enter or by a click on it."""

    def __init__(self, *, empty: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._points: tuple[Point, ...] = ()
        self._stop: int | None = None
        self._empty = empty
        self._at = 0

    @property
    def cursor(self) -> int:
        """The current bar, counted from 0."""
        return self._at

    def show(self, points: Sequence[Point], stop: int | None) -> None:
        """Shows other bars; the curve may stop after the first `stop` of them."""
        self._points, self._stop = tuple(points), stop
        self._at = min(self._at, max(0, len(points) - 1))
        self._fit()
        self.refresh()
        if points:
            self.post_message(self.Highlighted(self._at))

    def on_resize(self) -> None:
        """Draws to the new height."""
        self._fit()
        self.refresh()

    # Drawing

    @property
    def _pitch(self) -> int:
        """Cells of a bar with the gap after it: as many as there are, from 2 to 8."""
        room = self.scrollable_content_region.width - _AXIS
        return min(8, max(2, room // max(1, len(self._points))))

    def _fit(self) -> None:
        width = _AXIS + self._pitch * len(self._points)
        self.virtual_size = Size(width, self.scrollable_content_region.height)

    def render_line(self, y: int) -> Strip:
        """One line: bars from top to bottom, then a line of numbers."""
        base, width = self.visual_style.rich_style, self.scrollable_content_region.width
        rows = max(1, self.scrollable_content_region.height - 1)
        if not self._points:
            said = self._empty if y == 0 else ""
            return Strip([Segment(said, base)]).adjust_cell_length(width, base)
        segments = self._axis(y, rows)
        first = self.scroll_offset.x
        if y >= rows:
            bars = self._numbers()
        else:
            bars = [
                segment
                for place, point in enumerate(self._points)
                for segment in self._slice(place, point, y, rows)
            ]
        return Strip(
            [*segments, *Strip(bars).crop(first, first + max(0, width - _AXIS))]
        ).adjust_cell_length(width, base)

    def _axis(self, y: int, rows: int) -> list[Segment]:
        style = self.get_visual_style("curve--axis").rich_style
        most = max(point.height for point in self._points)
        figure = f"{most:,.0f}" if y == 0 else "0" if y == rows - 1 else ""
        return [Segment(figure.rjust(_AXIS - 1) + ("│" if y < rows else " "), style)]

    def _numbers(self) -> list[Segment]:
        """The numbers under the bars, as many as there is room for, and always the current one."""
        pitch, count = self._pitch, len(self._points)
        step = 1 if pitch > len(str(count)) else 5 if pitch * 5 > len(str(count)) else 10
        signs, width = [" "] * (pitch * count), pitch - 1
        wanted = [place for place in range(count) if not (place + 1) % step]
        for place in [place for place in wanted if place != self._at]:
            self._write(signs, str(place + 1), place * pitch + width // 2)
        start, end = self._write(signs, str(self._at + 1), self._at * pitch + width // 2)
        axis = self.get_visual_style("curve--axis").rich_style
        cursor = self.get_visual_style("curve--cursor").rich_style
        return [
            Segment("".join(signs[:start]), axis),
            Segment("".join(signs[start:end]), cursor),
            Segment("".join(signs[end:]), axis),
        ]

    @staticmethod
    def _write(signs: list[str], number: str, middle: int) -> tuple[int, int]:
        """Writes a number around `middle`, a space on both sides; returns where it stands."""
        start = min(max(0, middle - (len(number) - 1) // 2), max(0, len(signs) - len(number)))
        end = start + len(number)
        signs[max(0, start - 1) : end + 1] = [
            *" "[: min(1, start)], *number, *" "[: min(1, len(signs) - end)]
        ]  # fmt: skip
        return start, end

    def _slice(self, place: int, point: Point, y: int, rows: int) -> list[Segment]:
        """What line `y` shows of a bar."""
        most = max(other.height for other in self._points) or 1.0
        bottom, eighths = rows - 1 - y, rows * 8
        height, before = (round(value / most * eighths) for value in (point.height, point.before))
        full = min(8, max(0, height - bottom * 8))
        old = min(8, max(0, before - bottom * 8))
        width, base = self._pitch - 1, self.visual_style
        glyph = _EIGHTHS[full]
        if full and old == full:
            style = self.get_visual_style("curve--before")
        elif full == 8 and old:  # what was there before, on the ground of what is new
            glyph, style = _EIGHTHS[old], self.get_visual_style("curve--before")
            style += Style(background=self.get_visual_style("curve--new").foreground)
        else:
            style = self.get_visual_style("curve--new")
        drawn = glyph * width
        segments = [Segment(drawn, style.rich_style)]
        expected = -1 if point.expected is None else round(point.expected / most * eighths) // 8
        if not full and expected == bottom:
            dot = self.get_visual_style("curve--expected").rich_style
            segments = [Segment("·".center(width), dot)]
        stop = self._stop is not None and place + 1 == self._stop
        edge = Segment("┊", self.get_visual_style("curve--axis").rich_style)
        return [*segments, edge if stop else Segment(" ", base.rich_style)]

    # Keys and mouse

    def action_step(self, bars: int) -> None:
        """The bar before or after."""
        self._move(self._at + bars)

    def action_choose(self) -> None:
        """Chooses the current bar."""
        if self._points:
            self.post_message(self.Selected(self._at))

    def on_click(self, event: events.Click) -> None:
        """A click makes a bar the current one; on the current one it chooses it."""
        x = event.x - self.gutter.left - _AXIS + self.scroll_offset.x
        place = x // self._pitch
        if x < 0 or place >= len(self._points):
            return
        if place == self._at:
            self.action_choose()
        else:
            self._move(place)

    def _move(self, place: int) -> None:
        at = min(max(0, place), max(0, len(self._points) - 1))
        if at == self._at or not self._points:
            return
        self._at = at
        left, pitch = at * self._pitch, self._pitch
        room = self.scrollable_content_region.width - _AXIS
        x = self.scroll_offset.x
        if left < x:
            self.scroll_to(x=left, animate=False, force=True)
        elif left + pitch > x + room:
            self.scroll_to(x=left + pitch - room, animate=False, force=True)
        self.refresh()
        self.post_message(self.Highlighted(at))
