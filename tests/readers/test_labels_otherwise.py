"""Labels without a colon, numbered turns, and what only looks like them."""

from __future__ import annotations

import pytest

from commonplace.readers import find_turns
from commonplace.readers.speakers import Corrections
from tests.readers.conftest import Reading
from tests.readers.show import check_layout, interviewers, said

EXCHANGE = [
    ("How is the flat?", "Damp. I said to him: mend it."),
    ("And did he?", "No - he never did."),
    ("Is it still wet?", "Yes."),
]


def written(asks: str, tells: str, gap: str) -> str:
    """The exchange; `#` in a label is the number of the question, `@` that of the turn."""
    lines = []
    for number, (question, answer) in enumerate(EXCHANGE, 1):
        for turn, label, words in ((2 * number - 1, asks, question), (2 * number, tells, answer)):
            lines.append(label.replace("#", str(number)).replace("@", str(turn)) + words)
    return gap.join(lines)


def expected(asks: str, tells: str) -> list[tuple[str, str]]:
    return [each for pair in EXCHANGE for each in zip((asks, tells), pair, strict=True)]


@pytest.mark.parametrize(
    ("asks", "tells", "first", "second"),
    [
        ("Q. ", "A. ", "Q", "A"),
        ("Q#. ", "A#. ", "Q", "A"),
        ("Q#: ", "A#: ", "Q", "A"),
        ("Question #: ", "Answer #: ", "Question", "Answer"),
        ("Q#: ", "Mary: ", "Q", "Mary"),
        ("@ Interviewer: ", "@ Mary: ", "Interviewer", "Mary"),
        ("@. Interviewer: ", "@. Mary: ", "Interviewer", "Mary"),
        ("Interviewer - ", "Mary Ann - ", "Interviewer", "Mary Ann"),
        ("Sue – ", "Mary – ", "Sue", "Mary"),
        ("<Interviewer> ", "<Mary> ", "Interviewer", "Mary"),
        ("采访者：", "受访者：", "采访者", "受访者"),
        ("问：", "答：", "问", "答"),
        ("INTERVIEWER\t", "Mrs O'Neil\t", "INTERVIEWER", "Mrs O'Neil"),
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_other_ways_to_write_labels(
    asks: str, tells: str, first: str, second: str, gap: str
) -> None:
    text = f"Tape one\n\n{written(asks, tells, gap)}\n"
    found = find_turns(text, alone=True)
    assert said(found, text) == expected(first, second)
    assert interviewers(found) == [first]
    check_layout(text, found)


@pytest.mark.parametrize(
    "text",
    [
        "A. The first point.\n\nB. Is it the second?\n\nA. The first.\n\nB. The second?",
        "Item\tPrice\n\nBread\t2\n\nMilk\t3\n\nBread\t4\n\nMilk\t2",
        "1 Housing: bad\n\n2 Rent: high\n\n3 Housing: is it?\n\n4 Rent: high",
        "Well - I do not know.\n\nYes - is it?\n\nWell - no.\n\nYes - is it?",
        "Bath - we went there.\n\nIt rained.\n\nYork - so did you like it?\n\nIt rained.",
        "P. 12\n\nP. 13\n\nP. 14\n\nP. 15",
        "<b> is bold\n\n<i> is it?\n\n<b> is bold\n\n<i> is it?",
    ],
)
def test_lists_dashes_and_tables_have_no_speakers(text: str) -> None:
    assert find_turns(text, alone=True).speakers == ()


def test_answers_with_numbers_of_their_own_are_several_people() -> None:
    text = "Q1: So?\n\nA1: Damp.\n\nA2: Cold.\n\nQ2: Oh?\n\nA1: Yes.\n\nA2: No."
    assert [turn.speaker for turn in find_turns(text).turns] == ["Q1", "A1", "A2", "Q2", "A1", "A2"]


def test_a_label_that_a_person_says_is_none_is_none() -> None:
    text = written("Interviewer - ", "Mary - ", "\n\n")
    corrected = Corrections(not_speakers=("Interviewer", "Mary"))
    assert find_turns(text, corrections=corrected).speakers == ()


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85"])
def test_other_line_ends_end_lines_in_plain_text(reading: Reading, end: str) -> None:
    found = reading("P01.txt", written("Interviewer: ", "Mary: ", end))
    assert said(found) == expected("Interviewer", "Mary")
    assert end in found.text and "\n" not in found.text  # found by them, stored as they are
