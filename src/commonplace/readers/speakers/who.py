"""From the labels that are speakers' to speakers: one person under several labels, and who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from commonplace.domain.transcript import Speaker, Turn
from commonplace.readers.speakers.corrections import Corrections
from commonplace.readers.speakers.interviewers import interviewers_among


def speakers_of(
    text: str,
    turns: Sequence[Turn],
    known: Mapping[str, Mapping[str, str]],
    corrections: Corrections,
) -> tuple[tuple[Turn, ...], tuple[Speaker, ...]]:
    """The turns by the labels that people go by, and their speakers in the order of `known`.

    `known` are the labels with what the source says of each, such as a role.
    """
    turns = tuple(turns)
    if corrections.same:
        people = {label: corrections.person(label) for label in known}
        renamed = {label for label, person in people.items() if label != person}
        turns = tuple(
            replace(turn, speaker=people[turn.speaker]) if turn.speaker in renamed else turn
            for turn in turns
        )
        merged: dict[str, dict[str, str]] = {}
        for label, attributes in known.items():
            for name, value in attributes.items():
                merged.setdefault(people[label], {}).setdefault(name, value)
            merged.setdefault(people[label], {})
        known = merged
    roles = [(label, attributes.get("role", "")) for label, attributes in known.items()]
    asking = interviewers_among(text, turns, roles, corrections)
    speakers = (Speaker(label, label in asking, known[label]) for label in known)
    return turns, tuple(speakers)
