"""Who speaks where in a text: labels, time stamps, headers, and guesses where there are none."""

from commonplace.readers.speakers.layout import (
    AUTO,
    INTERVIEWER,
    PARTICIPANT,
    Layout,
    Speakers,
    find_turns,
    unnamed_notes,
)

__all__ = [
    "AUTO",
    "INTERVIEWER",
    "PARTICIPANT",
    "Layout",
    "Speakers",
    "find_turns",
    "unnamed_notes",
]
