"""Bars of frequency tables, drawn with block characters."""

from __future__ import annotations

from math import isfinite
from typing import NamedTuple

from textual.content import Content

_EIGHTHS = " ▏▎▍▌▋▊▉"


class Bar(NamedTuple):
    """A bar as a cell of a list: as long as `share` (0–1) of the cell, in eighths of a cell.

    What is more than nothing is never shown as nothing, and only the whole fills the cell.
    `color` is `#rrggbb`, one of the theme's, or empty for the colour of the words around. Figures
    belong beside a bar, with their denominator: a bar alone says neither how many nor of how many.
    """

    share: float
    color: str = ""

    def fit(self, width: int) -> Content:
        """The bar in a cell of `width` cells."""
        share = min(1.0, max(0.0, self.share)) if isfinite(self.share) else 0.0
        eighths = round(share * width * 8)
        if share > 0:
            eighths = max(1, eighths)
        if share < 1:
            eighths = min(eighths, width * 8 - 1)
        full, rest = divmod(max(0, eighths), 8)
        drawn = "█" * full + (_EIGHTHS[rest] if rest else "")
        return Content.styled(drawn, self.color) if self.color else Content(drawn)
