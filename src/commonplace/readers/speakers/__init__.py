"""Who speaks where in a text: labels, time stamps, headers, and guesses where there are none."""

from commonplace.readers.speakers.alike import Alike, labels_alike
from commonplace.readers.speakers.corrections import NO_CORRECTIONS, Corrections
from commonplace.readers.speakers.layout import (
    AUTO,
    Layout,
    Speakers,
    find_turns,
    unnamed_notes,
)

__all__ = [
    "AUTO",
    "NO_CORRECTIONS",
    "Alike",
    "Corrections",
    "Layout",
    "Speakers",
    "find_turns",
    "labels_alike",
    "unnamed_notes",
]
