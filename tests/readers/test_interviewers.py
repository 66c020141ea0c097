"""Who interviews: by label, by role, by asking, or by the user's word."""

from __future__ import annotations

import pytest

from commonplace.readers import Corrections, find_turns
from tests.readers.show import interviewers


def conversation(asks: str, tells: str) -> str:
    return "\n\n".join(
        f"{asks}: {question}\n\n{tells}: {answer}"
        for question, answer in [
            ("How long have you lived here?", "Nine years."),
            ("And before that?", "In the town. You know the place?"),
            ("I do.", "Well, there."),
            ("What was it like?", "Loud."),
        ]
    )


@pytest.mark.parametrize(
    "label",
    ["Interviewer", "INTERVIEWER 2", "Int", "INT1", "I", "Q", "Researcher", "Moderator", "Facil",
     "Facilitator 1", "Second interviewer"],
)  # fmt: skip
def test_usual_labels(label: str) -> None:
    assert interviewers(find_turns(conversation(label, "P1"))) == [label]


@pytest.mark.parametrize("label", ["Sara", "Sara Pell", "SP", "Speaker 1", "Person A"])
def test_whoever_asks_most_where_no_label_says_it(label: str) -> None:
    assert interviewers(find_turns(conversation(label, "Mary"))) == [label]


def test_a_role_in_brackets_says_it() -> None:
    assert interviewers(find_turns(conversation("Mary (interviewer)", "Ann"))) == ["Mary"]


def test_a_participant_who_asks_back_is_none() -> None:
    text = conversation("P07", "Mary")
    assert interviewers(find_turns(text)) == []


def test_nobody_when_both_ask() -> None:
    text = "Ann: Who?\n\nBen: You?\n\nAnn: Me?\n\nBen: Why?\n\nAnn: When?\n\nBen: Now?"
    assert interviewers(find_turns(text)) == []


def corrected(text: str, *labels: str) -> list[str]:
    return interviewers(find_turns(text, corrections=Corrections(interviewers=labels)))


def test_the_user_decides() -> None:
    text = conversation("Sara", "Mary")
    assert corrected(text, "mary") == ["Mary"]
    assert corrected(text, "Sara", "Mary") == ["Sara", "Mary"]
    assert corrected(conversation("Q", "A"), "A") == ["A"]


def test_a_label_that_does_not_occur_decides_nothing() -> None:
    assert corrected(conversation("Q", "A"), "Sara") == ["Q"]


def test_who_does_not_interview_is_left_out_of_the_guess() -> None:
    no = Corrections(interviewees=("Q", "sara"))
    assert interviewers(find_turns(conversation("Q", "A"), corrections=no)) == []
    assert interviewers(find_turns(conversation("Sara", "Mary"), corrections=no)) == []
