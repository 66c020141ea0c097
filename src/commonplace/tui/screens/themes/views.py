"""The views there are, in the order of their keys."""

from __future__ import annotations

from commonplace.tui.screens.themes.comparing import CROSSTAB, TOGETHER, WAVES
from commonplace.tui.screens.themes.frequencies import FREQUENCIES
from commonplace.tui.screens.themes.listing import CONTEXT, FIND, WORDS
from commonplace.tui.screens.themes.people import CASES, VOICES
from commonplace.tui.screens.themes.saturation import SATURATION

VIEWS = (
    FREQUENCIES,
    CROSSTAB,
    WAVES,
    TOGETHER,
    SATURATION,
    WORDS,
    CONTEXT,
    FIND,
    VOICES,
    CASES,
)

KEYS = dict(zip("1234567890", VIEWS, strict=True))
"""The key that leads to each view."""
