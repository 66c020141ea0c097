"""Cells of heat tables: a figure on a ground that is the stronger the larger it is."""

from __future__ import annotations

from math import isfinite
from typing import NamedTuple

from textual.content import Content

STEPS = (10, 20, 30, 42, 55)
"""Strengths of the ground, in per cent of the colour; more could not be told apart."""


class Shade(NamedTuple):
    """A figure and its strength, `share` (0–1) of the strongest in the table.

    The figure is always written: no meaning rests on the ground alone. What is more than nothing
    has a ground, however weak; nothing has none, and is written in a quiet colour.
    """

    figure: str
    share: float = 0.0

    def fit(self, width: int) -> Content:
        """The figure at the right end of a cell of `width` cells."""
        share = min(1.0, max(0.0, self.share)) if isfinite(self.share) else 0.0
        shown = Content(self.figure).truncate(width, ellipsis=True)
        shown = shown.pad_left(width - shown.cell_length)
        if share == 0:
            return shown.stylize("$text-disabled")
        step = min(len(STEPS) - 1, int(share * len(STEPS)))
        return shown.stylize(f"$text on $primary {STEPS[step]}%")
