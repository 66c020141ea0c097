"""A figure with its interval on a scale, drawn in one line."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

TICKS = (0.667, 0.8)
"""Where the scale is marked: what Krippendorff (2019) asks for tentative and for firm conclusions
of an alpha."""


class Whisker(NamedTuple):
    """A coefficient as a cell of a list: `●` at `value`, `━` from `low` to `high`.

    The scale goes from 0 to 1 and is marked `┬` at `TICKS`; what lies below 0 stands at its left
    edge as `‹`. The figure itself belongs beside it.
    """

    value: float
    low: float | None = None
    high: float | None = None

    def fit(self, width: int) -> Content:
        """The scale in a cell of `width` cells."""
        signs = ["─"] * width
        styles = ["$text-disabled"] * width
        for tick in TICKS:
            signs[_cell(tick, width)] = "┬"
        if self.low is not None and self.high is not None:
            for cell in range(_cell(self.low, width), _cell(self.high, width) + 1):
                signs[cell], styles[cell] = "━", "$primary"
        at = _cell(self.value, width)
        signs[at], styles[at] = "‹" if self.value < 0 else "●", "bold $text"
        return Content.assemble(*zip(signs, styles, strict=True))


def _cell(value: float, width: int) -> int:
    return min(width - 1, max(0, round(value * (width - 1))))
