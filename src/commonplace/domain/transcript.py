"""A transcript as it was read: its text, who speaks where, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from commonplace.domain.span import Span
from commonplace.domain.words import count_words

INTERVIEWER = "Interviewer"
PARTICIPANT = "Participant"
"""What speakers are called whom the transcript itself does not name."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted speech: `[start, end)` in the text, label and stamp included.

    `speech_start` is where the words themselves begin; `label` and `stamp` are where the
    speaker's label and the time stamp stand, if they stand in the text. `time` is in seconds
    from the beginning of the recording, `page` (from 1) where the turn begins in a source that
    has pages. `speaker` is the label without punctuation ("P07"),
    None where nobody is named.
    """

    start: int
    speech_start: int
    end: int
    speaker: str | None = None
    label: Span | None = None
    stamp: Span | None = None
    time: float | None = None
    page: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.speech_start <= self.end or self.start == self.end:
            raise ValueError(f"no such turn: {self.start}, {self.speech_start}, {self.end}")

    @property
    def speech(self) -> Span | None:
        """The words spoken, without label and stamp; None for a turn in which nothing is said."""
        return Span(self.speech_start, self.end) if self.speech_start < self.end else None

    def words(self, text: str) -> int:
        """How many words the speaker says in this turn."""
        return count_words(text[self.speech_start : self.end])


@dataclass(frozen=True, slots=True)
class Speaker:
    """A label in one transcript. `interviewer` speech is left out of counts and suggestions."""

    label: str
    interviewer: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)
    """What the source says of this speaker, e.g. `P07 (practitioner)` gives role practitioner."""


@dataclass(frozen=True, slots=True)
class ReadCoding:
    """A coding that came with a file: a span and the path of a code (`Housing/Rent`)."""

    span: Span
    code_path: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a reader makes of one file (or one document of a table).

    `name` is relative to what was imported, with extension. `text` is final: every offset
    anywhere counts its code points. `turns` are in order, do not overlap, and cover all speech;
    a header block is in no turn. `cues` are (offset, seconds) of time marks inside turns.
    """

    name: str
    text: str
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    format: str
    """Short name of the format, such as txt, docx or pdf."""
    sha256: str
    """Of the file's bytes, in hexadecimal."""
    reader: str
    """Name and version of the reader, such as `docx/1`, kept so that a text can be explained."""
    cues: tuple[tuple[int, float], ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Attributes of the transcript's participants in this document, from a table's columns."""
    codings: tuple[ReadCoding, ...] = ()
    notes: tuple[str, ...] = ()
    """What the person importing should know: guesses made, things left out."""
