"""What was made of a transcript, for a person to judge before it is imported."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commonplace.domain.transcript import Transcript
    from commonplace.readers import Alike

FIRST_TURNS = 8


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as understood; `label` is "" for those whom nobody names."""

    label: str
    interviewer: bool
    turns: int
    words: int
    attributes: tuple[tuple[str, str], ...] = ()
    """What the file says of the speaker."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of one transcript, for a person to judge."""

    document: str
    first: tuple[tuple[str, str], ...]
    """Label and speech of the first turns."""
    voices: tuple[Voice, ...]
    """In the order in which they first speak."""
    alike: tuple[Alike, ...]
    """Which labels look like one person's; to be confirmed in `Corrections.same`."""
    notes: tuple[str, ...]
    questions: tuple[str, ...] = ()
    """What each of the first turns answers, where that is said and no speaker is."""
    codes: tuple[tuple[str, ...], ...] = ()
    """The codes that came with each of the first turns."""
    attributes: tuple[tuple[str, str], ...] = ()
    """What the file says of all who speak in it."""


def understood(transcript: Transcript, *, first: int = FIRST_TURNS) -> Understood:
    """What was made of a transcript, with its `first` turns."""
    from commonplace.readers import labels_alike

    text = transcript.text
    turns: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for turn in transcript.turns:
        turns[turn.speaker or ""] += 1
        words[turn.speaker or ""] += turn.words(text)
    asking = {speaker.label for speaker in transcript.speakers if speaker.interviewer}
    known = {speaker.label: tuple(speaker.attributes.items()) for speaker in transcript.speakers}
    shown = transcript.turns[:first]
    codings = [c for c in transcript.codings if shown and c.span.start < shown[-1].end]
    return Understood(
        transcript.name,
        tuple((t.speaker or "", text[t.speech_start : t.end]) for t in shown),
        tuple(
            Voice(label, label in asking, turns[label], words[label], known.get(label, ()))
            for label in turns
        ),
        tuple(labels_alike(transcript.turns)),
        transcript.notes,
        tuple(
            "" if t.speaker or t.label is None else text[t.label.start : t.label.end] for t in shown
        ),
        tuple(
            tuple(c.code_path for c in codings if c.span.start < t.end and t.start < c.span.end)
            for t in shown
        ),
        tuple(transcript.attributes.items()),
    )
