"""Small projects and segments for the tests of suggestions."""

from __future__ import annotations

from pathlib import Path

from commonplace.domain.codebook import Code, Codebook
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.domain.transcript import Speaker, Transcript, Turn
from commonplace.project import Project
from commonplace.suggest.dataset import Dataset
from commonplace.suggest.labels import Decided, labels
from commonplace.suggest.proposing import proposals
from commonplace.suggest.segments import Segment, segments
from commonplace.suggest.teacher import Teaching

INTERVIEWER = "Int"


def transcript(name: str, *speech: tuple[str, str]) -> Transcript:
    """A transcript of (label, words) turns as the readers render it."""
    text, turns = "", []
    for label, words in speech:
        start = len(text)
        text += f"{label}: {words}"
        turns.append(
            Turn(
                start=start,
                speech_start=start + len(label) + 2,
                end=len(text),
                speaker=label,
                label=Span(start, start + len(label)),
            )
        )
        text += "\n\n"
    labels = dict.fromkeys(label for label, _ in speech)
    return Transcript(
        name=name,
        text=text,
        turns=tuple(turns),
        speakers=tuple(Speaker(label, interviewer=label == INTERVIEWER) for label in labels),
        format="txt",
        sha256="0" * 64,
        reader="test/1",
    )


def code(name: str, *keywords: str, parent: str | None = None, **fields: str) -> Code:
    """A code whose id is its name."""
    return Code(id=name, name=name, parent=parent, keywords=keywords, **fields)


def codebook(*codes: Code) -> Codebook:
    """A codebook of these codes."""
    return Codebook("test", codes)


HOUSING = codebook(
    code("Damp", "damp", "mould", "condensation"),
    code("Buses", "bus", "bus stop", "timetable"),
    code("Parcels", "food bank", "hungry"),
)

TALK = (
    (INTERVIEWER, "Tell me about the bus and the damp in your flat."),
    ("Ann", "The walls were damp all winter. There was black mould behind the bed. Yeah."),
    (INTERVIEWER, "And the food bank?"),
    ("Ann", "We walked past the cinema on Friday. My sister runs the food bank in the hall."),
    ("Bo", "The buses never come on a Sunday. It is a long way to carry the shopping."),
)


class StoredTurn:
    """What segmenting asks of a turn."""

    def __init__(self, turn: Turn) -> None:
        self.speech_start = turn.speech_start
        self.end = turn.end
        self.speaker = turn.speaker or ""
        self.interviewer = turn.speaker == INTERVIEWER


def segments_of(*transcripts: Transcript) -> list[Segment]:
    """The segments of transcripts, whose names serve as document ids."""
    return [
        segment
        for each in transcripts
        for segment in segments(each.name, each.text, [StoredTurn(turn) for turn in each.turns])
    ]


def make_project(path: Path, book: Codebook = HOUSING, *talks: Transcript) -> Project:
    """A project with a codebook and transcripts."""
    project = Project.create(path, coder="Tess")
    project.codes.load(book)
    for talk in talks or (transcript("one.txt", *TALK),):
        project.documents.add(talk)
    return project


def quoted(suggestion: Suggestion, text: str) -> str:
    """The words a suggestion is about."""
    return text[suggestion.span.start : suggestion.span.end]


def propose(
    book: Codebook,
    found: list[Segment],
    *,
    decided: Decided | None = None,
    balance: float = 1.0,
) -> list[Suggestion]:
    """The suggestions for these segments, which are whole transcripts, in order of place."""
    if not any(segment.eligible for segment in found):
        return []  # as `Engine` does
    decided = decided or Decided()
    dataset = Dataset.of(book, found)
    known = labels(dataset.corpus, dataset.codes, decided)
    proposed = proposals(
        dataset,
        dataset.taught_by(known),
        seen=known.all_seen,
        taught=Teaching(decided, decided.coded),
        balance=balance,
    )
    return [suggestion for _, each in proposed for suggestion in each]
