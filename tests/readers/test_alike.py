"""Which labels look like one person's: few, and right."""

from __future__ import annotations

import pytest

from commonplace.domain.transcript import Turn
from commonplace.readers import labels_alike


def alike(*labels: str) -> list[tuple[str, ...]]:
    """The groups among labels that speak in this order."""
    turns = [Turn(n, n, n + 1, label) for n, label in enumerate(labels)]
    return [each.labels for each in labels_alike(turns)]


def in_turn(*labels: str) -> list[str]:
    """The labels, each answered by an interviewer, as often as it is named."""
    return [each for label in labels for each in ("Int", label)]


@pytest.mark.parametrize(
    ("labels", "group"),
    [
        (["Sue", "Sue", "Sue B.", "SB"], ("Sue", "Sue B.", "SB")),
        (["Sue Brown", "Sue Brown", "Sue", "SB"], ("Sue Brown", "Sue", "SB")),
        (["Dr Osei", "Dr Osei", "Kofi Osei"], ("Dr Osei", "Kofi Osei")),
        (["P07", "P07", "P7", "Participant 7"], ("P07", "P7", "Participant 7")),
        (["Mary-Ann", "Mary-Ann", "Mary Ann"], ("Mary-Ann", "Mary Ann")),
        (["Margaret"] * 6 + ["Margret"], ("Margaret", "Margret")),
        (["Siobhan"] * 6 + ["Siobahn"], ("Siobhan", "Siobahn")),
    ],
)  # fmt: skip
def test_one_person_under_several_labels(labels: list[str], group: tuple[str, ...]) -> None:
    assert alike(*in_turn(*labels)) == [group]


def test_two_ways_to_write_the_interviewer() -> None:
    assert alike("Interviewer", "Ann", "Interviewer", "Ann", "Int", "Ann") == [
        ("Interviewer", "Int")
    ]


@pytest.mark.parametrize(
    "labels",
    [
        ["P1", "P2", "P3", "P11"],
        ["Speaker 1", "Speaker 2", "Speaker 12"],
        ["Ann", "Anna", "Hannah", "Dan"],
        ["Sue", "Sue Brown", "Sue Black"],  # either
        ["Tom", "Tim", "Jim"],
        ["Marian", "Mariam"],  # as often as each other
        ["Participant A", "Participant B"],
        ["A", "B", "AB"],
        ["Mr Hall", "Mrs Hill"],
        ["Interviewer 1", "Interviewer 2"],
        ["R", "Rosa"],
    ],
)
def test_different_people_are_not_proposed_as_one(labels: list[str]) -> None:
    assert alike(*in_turn(*labels, *labels)) == []


def test_who_answers_the_other_is_another() -> None:
    assert alike(*["Sue", "Sue B."] * 5) == []
    assert alike("Ann", "Ann Marie", "Ann", "Ann Marie", "Ann") == []


def test_the_reason_is_told() -> None:
    turns = [Turn(n, n, n + 1, x) for n, x in enumerate(in_turn("Sue Brown", "Sue Brown", "SB"))]
    (found,) = labels_alike(turns)
    assert found.why == "SB: the initials of Sue Brown"
