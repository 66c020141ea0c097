"""Who speaks where in a text: labels, time stamps, headers, and guesses where there are none."""

from commonplace.readers.speakers.layout import (
    AUTO,
    Layout,
    Speakers,
    find_turns,
    unnamed_notes,
)

__all__ = [
    "AUTO",
    "Layout",
    "Speakers",
    "find_turns",
    "unnamed_notes",
]
