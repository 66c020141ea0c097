"""Charts as SVG: bars, a growing curve, coefficients with intervals.

Their colours are classes of the page that holds them, so that they follow light, dark and print;
every chart has a title and a description, every bar its figure in words, and nothing is said by
colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from textwrap import wrap

from commonplace.exports.report.model import Bars, Curve, Range, Ranges
from commonplace.exports.shown import visible

WIDTH = 720
"""Units across; the page scales them."""
_LABEL, _SAID = 210, 120
"""Room for the name at the left of a bar, and for its figure at the right."""
_LETTERS = 30
"""Letters that fit into the room for a name."""


def svg(chart: Bars | Curve | Ranges) -> str:
    """The chart as an `<svg>` element."""
    if isinstance(chart, Bars):
        height, inside = _bars(chart)
    elif isinstance(chart, Curve):
        height, inside = _curve(chart)
    else:
        height, inside = _ranges(chart)
    title, said = f"{chart.id}-title", f"{chart.id}-said"
    return (
        f'<svg class="chart" role="img" aria-labelledby="{title} {said}" '
        f'viewBox="0 0 {WIDTH} {_n(height)}" xmlns="http://www.w3.org/2000/svg">\n'
        f'<title id="{title}">{_text(chart.title)}</title>\n'
        f'<desc id="{said}">{_text(chart.description)}</desc>\n{inside}</svg>'
    )


def _bars(chart: Bars) -> tuple[float, str]:
    parts: list[str] = []
    y, room = 4.0, WIDTH - _LABEL - _SAID
    if chart.key is not None:
        for x, name, look in ((_LABEL, chart.key[0], "bar"), (_LABEL + 150, chart.key[1], "bar2")):
            parts.append(f'<rect class="{look}" x="{x}" y="{_n(y)}" width="12" height="12"/>')
            parts.append(_said(x + 18, y + 10.5, name, "soft"))
        y += 26
    for heading, bars in chart.groups:
        if heading:
            for line in wrap(heading, 90):
                parts.append(_said(0, y + 12, line, "strong"))
                y += 18
            y += 2
        for bar in bars:
            lines = wrap(bar.label, _LETTERS) or [""]
            tall = max(20.0, 16.0 * len(lines))
            for place, line in enumerate(lines):
                at = y + tall / 2 + 4.5 + 16 * (place - (len(lines) - 1) / 2)
                parts.append(_said(_LABEL - 10, at, line, "ink", "end"))
            long = room * max(0.0, min(1.0, bar.share))
            top = y + tall / 2 - 7
            parts.append(
                f'<rect class="rail" x="{_LABEL}" y="{_n(top)}" width="{room}" height="14"/>'
                f'<rect class="{"bar2" if bar.second else "bar"}" x="{_LABEL}" y="{_n(top)}" '
                f'width="{_n(long)}" height="14"/>'
            )
            parts.append(_said(_LABEL + room + 10, y + tall / 2 + 4.5, bar.said, "ink"))
            y += tall + 6
        y += 8 if heading else 0
    return y, "\n".join(parts) + "\n"


def _curve(chart: Curve) -> tuple[float, str]:
    left, top, right, bottom, tall = 56.0, 34.0, 150.0, 44.0, 230.0
    wide, count = WIDTH - left - right, len(chart.points)
    most = max((*chart.points, *chart.high, 1))
    steps = _steps(most)

    def x(place: int) -> float:
        return left + (wide * place / (count - 1) if count > 1 else wide / 2)

    def y(value: float) -> float:
        return top + tall * (1 - value / steps[-1])

    parts = [
        f'<line class="rule" x1="{_n(left)}" x2="{_n(left + wide)}" y1="{_n(y(s))}" '
        f'y2="{_n(y(s))}"/>' + _said(left - 8, y(s) + 4.5, f"{s:g}", "soft", "end")
        for s in steps
    ]
    every = max(1, -(-count // 12))
    for place in range(count):
        if place % every == 0 or (place == count - 1 and place % every > every / 2):
            parts.append(_said(x(place), top + tall + 18, str(place + 1), "soft", "middle"))
    parts.append(_said(left + wide / 2, top + tall + 38, chart.across, "soft", "middle"))
    if chart.low and chart.high:
        edge = [(x(p), y(v)) for p, v in enumerate(chart.high)]
        edge += [(x(p), y(v)) for p, v in reversed(list(enumerate(chart.low)))]
        parts.append(f'<polygon class="band" points="{_points(edge)}"/>')
    if chart.mean:
        dots = [(x(p), y(v)) for p, v in enumerate(chart.mean)]
        parts.append(f'<polyline class="mean" points="{_points(dots)}"/>')
    dots = [(x(place), y(value)) for place, value in enumerate(chart.points)]
    parts.append(f'<polyline class="line" points="{_points(dots)}"/>')
    parts += [f'<circle class="dot" cx="{_n(a)}" cy="{_n(b)}" r="3.5"/>' for a, b in dots]
    at = top + tall - 66
    for look, name in (
        ("line", "as coded"),
        ("mean", "random orders, mean"),
        ("band", "95% of these"),
    ):
        if look == "line" or (chart.mean and look == "mean") or (chart.low and look == "band"):
            beside = left + wide + 16
            parts.append(
                f'<rect class="band" x="{_n(beside)}" y="{_n(at - 9)}" width="22" height="12"/>'
                if look == "band"
                else f'<line class="{look}" x1="{_n(beside)}" x2="{_n(beside + 22)}" '
                f'y1="{_n(at - 4)}" y2="{_n(at - 4)}"/>'
            )
            for place, line in enumerate(wrap(name, 14)):
                parts.append(_said(beside + 28, at + 15 * place, line, "soft"))
            at += 20 + 15 * (len(wrap(name, 14)) - 1)
    parts.append(_said(0, 12, chart.up, "soft"))
    return top + tall + bottom, "\n".join(parts) + "\n"


def _ranges(chart: Ranges) -> tuple[float, str]:
    left, right, top = _LABEL, 190.0, 26.0
    wide, step = WIDTH - left - right, 26.0
    shown = [
        value for each in chart.ranges for value in (each.value, each.low) if value is not None
    ]
    floor = min(0.0, -0.25 * -(-max(0.0, -min(shown, default=0.0)) // 0.25))
    bottom = top + step * len(chart.ranges)

    def x(value: float) -> float:
        return left + wide * (max(floor, min(1.0, value)) - floor) / (1 - floor)

    parts = []
    for at in [floor + 0.25 * n for n in range(round((1 - floor) / 0.25) + 1)]:
        parts.append(
            f'<line class="rule" x1="{_n(x(at))}" x2="{_n(x(at))}" y1="{_n(top)}" '
            f'y2="{_n(bottom)}"/>'
            + _said(x(at), bottom + 18, f"{at:g}".replace("-", "−"), "soft", "middle")
        )
    for at, name in chart.marks:
        parts.append(
            f'<line class="mark" x1="{_n(x(at))}" x2="{_n(x(at))}" y1="{_n(top - 6)}" '
            f'y2="{_n(bottom)}"/>' + _said(x(at), top - 11, name, "soft", "middle")
        )
    for place, each in enumerate(chart.ranges):
        parts += _range(each, top + step * (place + 0.5), x, left + wide + 10)
    return bottom + 26, "\n".join(parts) + "\n"


def _range(each: Range, y: float, x: object, beside: float) -> Iterator[str]:
    assert callable(x)
    (line, *rest) = wrap(each.label, _LETTERS) or [""]
    yield _said(_LABEL - 10, y + 4.5, line + ("…" if rest else ""), "ink", "end")
    if each.low is not None and each.high is not None:
        yield (
            f'<line class="span" x1="{_n(x(each.low))}" x2="{_n(x(each.high))}" y1="{_n(y)}" '
            f'y2="{_n(y)}"/>'
        )
    if each.value is not None:
        yield f'<circle class="dot" cx="{_n(x(each.value))}" cy="{_n(y)}" r="5"/>'
    yield _said(beside, y + 4.5, each.said, "ink")


def _steps(most: float) -> list[float]:
    """Round figures from 0 to at least `most`, four to six of them."""
    step = next(
        size * 10**power
        for power in range(-1, 12)
        for size in (1, 2, 5)
        if size * 10**power * 5 >= most
    )
    return [step * n for n in range(int(-(-most // step)) + 1)]


def _said(x: float, y: float, text: str, look: str, anchor: str = "start") -> str:
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{look}" x="{_n(x)}" y="{_n(y)}"{where}>{_text(text)}</text>'


def _points(places: list[tuple[float, float]]) -> str:
    return " ".join(f"{_n(a)},{_n(b)}" for a, b in places)


def _text(said: str) -> str:
    return escape(visible(said))


def _n(value: float) -> str:
    """A number as short as it can be: the same on every machine."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
