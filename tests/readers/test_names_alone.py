"""Names on a line of their own above the speech: found where they prove each other, else not."""

from __future__ import annotations

import pytest

from commonplace.readers import Corrections, find_turns
from tests.readers.conftest import Reading
from tests.readers.show import check_layout, interviewers, said

TURNS = [
    ("Ruth Pell", "How long have you been here?"),
    ("Sue", "Nine years. We came up from the town when the works closed."),
    ("Ruth Pell", "And before that?"),
    ("Sue", "In the town.\n\nIt was damp, mind you. Every winter."),
    ("Ruth Pell", "What changed?"),
    ("Sue", "The bus went."),
]


def written(turns: list[tuple[str, str]], between: str, after: str) -> str:
    return between.join(f"{name}{after}{words}" for name, words in turns)


@pytest.mark.parametrize("after", ["\n", "\n\n", " (by phone)\n"])
@pytest.mark.parametrize("title", ["", "The garden\n\nRecorded in May, by the baths\n\n"])
def test_names_above_the_speech(after: str, title: str) -> None:
    text = title + written(TURNS, "\n\n", after)
    found = find_turns(text, alone=True)
    check_layout(text, found)
    assert said(found, text) == TURNS
    assert interviewers(found) == ["Ruth Pell"]


def test_without_blank_lines() -> None:
    turns = [(name, words.replace("\n\n", " ")) for name, words in TURNS]
    text = written(turns, "\n", "\n")
    assert said(find_turns(text, alone=True), text) == turns


def test_with_times_on_lines_of_their_own() -> None:
    after = written(TURNS, "\n\n", "\n00:13\n")
    before = "\n\n".join(f"00:13\n{name}\n{words}" for name, words in TURNS)
    for text in (after, before):
        found = find_turns(text, alone=True)
        check_layout(text, found)
        assert said(found, text) == TURNS
        assert {turn.time for turn in found.turns} == {13.0}


def test_roles_and_somebody_who_speaks_once() -> None:
    turns = [*TURNS, ("Interviewer", "And you?"), ("Tom Hale", "No."), ("Interviewer", "Why?")]
    text = written([*turns, ("Sue", "He would not.")], "\n\n", "\n")
    found = find_turns(text, alone=True)
    assert [speaker.label for speaker in found.speakers] == [
        "Ruth Pell", "Sue", "Interviewer", "Tom Hale",
    ]  # fmt: skip
    assert interviewers(found) == ["Interviewer"]


@pytest.mark.parametrize(
    "text",
    [
        # headings that come back, under which nobody asks anything
        "\n\n".join(["Housing", "It is damp.", "Transport", "There is no bus."] * 4),
        # one-word answers
        "\n\n".join(["Where was that?", "London", "Who with?", "Margaret", "And then?", "London"]),
        # a list of names, a poem, a signature
        "We were four:\n\nAnn\n\nBen\n\nAnn\n\nBen\n\nand nobody else came that year.",
        "\n\n".join(["Dear Ann", "How are you?", "Yours", "Ben", "Dear Ben", "Well.", "Ann"]),
        # once each
        written(TURNS[:2], "\n\n", "\n"),
        # few among much speech
        "\n\n".join([*["It went on and on like that."] * 30, written(TURNS, "\n\n", "\n")]) * 1
        + "\n\nAnd so it did, for years and years." * 40,
    ],
)
def test_lines_that_only_look_like_names_are_speech(text: str) -> None:
    found = find_turns(text, alone=True)
    check_layout(text, found)
    assert found.speakers == ()


def test_a_person_can_say_that_it_is_one() -> None:
    text = "nan\n\nShut the door.\n\nIt was shut.\n\nnan\n\nWas it now.\n"
    assert find_turns(text, alone=True).speakers == ()
    corrected = find_turns(text, alone=True, corrections=Corrections(speakers=("Nan",)))
    assert said(corrected, text) == [
        ("nan", "Shut the door.\n\nIt was shut."),
        ("nan", "Was it now."),
    ]


def test_and_that_it_is_none() -> None:
    turns = [*TURNS[:3], ("Hall", "(a door)"), *TURNS[3:], ("Hall", "(a door)"), *TURNS[:2]]
    text = written(turns, "\n\n", "\n")
    assert len(find_turns(text, alone=True).speakers) == 3
    found = find_turns(text, alone=True, corrections=Corrections(not_speakers=("hall",)))
    assert [speaker.label for speaker in found.speakers] == ["Ruth Pell", "Sue"]


def test_in_text_and_markdown_as_they_are(reading: Reading) -> None:
    for name, before, after in (
        ("a.txt", "", "\n"),
        ("a.md", "**", "**\n\n"),
        ("a.md", "## ", "\n"),
    ):
        text = "\n\n".join(f"{before}{who}{after}{words}" for who, words in TURNS)
        found = reading(name, text)
        assert found.text == text
        assert said(found) == TURNS


def test_the_first_name_may_stand_right_below_the_title_where_there_are_no_blank_lines() -> None:
    spoken = "Interviewer\nHow was it?\nMaureen\nDamp, mostly.\n" * 3
    text = "Interview 7\n" + spoken
    layout = find_turns(text, alone=True)
    assert said(layout, text)[0] == ("Interviewer", "How was it?")
    assert len(layout.turns) == 6
