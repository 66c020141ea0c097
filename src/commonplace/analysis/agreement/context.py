"""What surrounds a place where coders differ, for whoever settles it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commonplace.domain.disagreement import Place
from commonplace.domain.sentences import sentences
from commonplace.domain.span import Span, union
from commonplace.project import Project, StoredTurn

AROUND = 400
"""Code points shown on each side."""


@dataclass(frozen=True, slots=True)
class Context:
    """A place in its transcript."""

    document: str
    """Name of the transcript."""
    turn: int | None
    """The turn it begins in, from 1."""
    speaker: str
    start: int
    """Where `text` begins in the transcript."""
    text: str
    ends: bool
    """Whether the transcript ends where `text` does."""
    others: Mapping[str, tuple[str, ...]]
    """Other codes (ids) that each coder applied to some of these words."""
    memos: Mapping[str, tuple[str, ...]]
    """What each coder noted on their codings here."""
    choices: Mapping[str, Span]
    """Other stretches that might be meant, by what they are."""


def context(project: Project, place: Place) -> Context:
    """The words around a place, what else was coded there, and what coders noted."""
    info = project.documents.find(place.document)
    text = project.documents.text(place.document)
    turns = project.documents.turns(place.document)
    inside = [
        (number, turn)
        for number, turn in enumerate(turns, start=1)
        if turn.start < place.span.end and place.span.start < turn.end
    ]
    start = max(0, place.span.start - AROUND)
    others: dict[str, list[str]] = {coder: [] for coder in place.codings}
    for coding in project.codings.of_document(place.document, within=place.span):
        if coding.coder in others and coding.code != place.code:
            others[coding.coder].append(coding.code)
    memos = {
        coder: tuple(
            memo.text
            for coding in found
            if (memo := project.memos.of_coding(coding.id)) is not None
        )
        for coder, found in place.codings.items()
    }
    return Context(
        document=info.name,
        turn=inside[0][0] if inside else None,
        speaker="; ".join(dict.fromkeys(turn.speaker for _, turn in inside if turn.speaker)),
        start=start,
        text=text[start : place.span.end + AROUND],
        ends=place.span.end + AROUND >= len(text),
        others={coder: tuple(dict.fromkeys(codes)) for coder, codes in others.items()},
        memos=memos,
        choices=_choices(place, text, [turn for _, turn in inside]),
    )


def _choices(place: Place, text: str, turns: list[StoredTurn]) -> dict[str, Span]:
    found: dict[str, Span] = {}
    shared = _shared(place)
    if len(shared) == 1:
        found["what all who applied it marked"] = shared[0]
    if len(turns) == 1:
        (turn,) = turns
        touched = [
            Span(turn.speech_start + span.start, turn.speech_start + span.end)
            for span in sentences(text[turn.speech_start : turn.end])
        ]
        touched = [span for span in touched if span.overlaps(place.span)]
        if touched:
            found["the whole sentences"] = Span(touched[0].start, touched[-1].end)
        found["the whole turn"] = Span(turn.speech_start, turn.end)
    marked = {spans for spans in place.marked.values() if spans}
    return {
        name: span for name, span in found.items() if (span,) not in marked and span != place.span
    }


def _shared(place: Place) -> list[Span]:
    """What all who applied the code marked."""
    applied = [list(union(spans)) for spans in place.marked.values() if spans]
    if len(applied) < 2:
        return []
    common, *rest = applied
    for spans in rest:
        clipped = [one.clip(other) for one in common for other in spans]
        common = [span for span in clipped if span is not None]
    return common
