"""What a person says of labels holds against every guess, and the text stays as it is."""

from __future__ import annotations

import pytest

from commonplace.readers import Corrections, find_turns
from tests.readers.conftest import Reading
from tests.readers.show import check_layout, interviewers, said

TALK = (
    "Int: Where was that?\n\nSue: In the hall.\nNote: the hall is gone.\n\nInt: And then?\n\n"
    "Sue B.: We sang.\n\nInt: All of you?\n\nSB: All of us.\n"
)
SAME = Corrections(same=(("Sue", "Sue B.", "SB"),))


def test_several_labels_of_one_person_are_one_speaker() -> None:
    found = find_turns(TALK, corrections=SAME)
    check_layout(TALK, found)
    assert [speaker.label for speaker in found.speakers] == ["Int", "Sue"]
    assert [turn.speaker for turn in found.turns] == ["Int", "Sue"] * 3
    label = found.turns[3].label
    assert label is not None and TALK[label.start : label.end] == "Sue B.:"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v SB>We sang.\n\n"
                  "00:02.000 --> 00:03.000\n<v Ann>So?\n\n00:03.000 --> 00:04.000\n<v Sue B.>Yes."),
        ("a.csv", "speaker,text\nSB,We sang.\nAnn,So?\nSue B.,Yes.\n"),
        ("a.json", '[{"speaker":"SB","text":"We sang."},{"speaker":"Ann","text":"So?"},'
                   '{"speaker":"Sue B.","text":"Yes."}]'),
        ("a.html", "<p><b>SB:</b> We sang.</p><p><b>Ann:</b> So?</p><p><b>Sue B.:</b> Yes.</p>"),
    ],
)  # fmt: skip
def test_in_every_kind_of_source(reading: Reading, name: str, content: str) -> None:
    found = reading(name, content, corrections=SAME)
    assert [turn.speaker for turn in found.turns] == ["Sue", "Ann", "Sue"]
    assert [speaker.label for speaker in found.speakers] == ["Sue", "Ann"]
    assert "SB: We sang." in found.text


def test_what_is_no_speaker_belongs_to_the_words_before_it() -> None:
    text = "Ann: Hello.\n\nHall: gone.\n\nAnn: I saw.\n\nHall: all of it.\n\nAnn: Yes.\n"
    assert len(find_turns(text).turns) == 5
    found = find_turns(text, corrections=Corrections(not_speakers=("hall",)))
    assert said(found, text) == [
        ("Ann", "Hello.\n\nHall: gone."),
        ("Ann", "I saw.\n\nHall: all of it."),
        ("Ann", "Yes."),
    ]


def test_a_speaker_who_was_not_recognised() -> None:
    text = "The morning was cold.\n\nnan: Shut the door.\n\nIt was shut.\n\nIt stayed shut.\n"
    assert find_turns(text).speakers == ()
    found = find_turns(text, corrections=Corrections(speakers=("Nan",)))
    assert [speaker.label for speaker in found.speakers] == ["nan"]


def test_nobody_in_a_table_or_a_caption(reading: Reading) -> None:
    no = Corrections(not_speakers=("Room",))
    found = reading("a.csv", "speaker,text\nRoom,Laughter.\nAnn,So?\n", corrections=no)
    assert said(found) == [(None, "Laughter."), ("Ann", "So?")]


def test_one_person_who_interviews_under_two_labels() -> None:
    text = "RP: How?\n\nSue: So.\n\nRuth: Why?\n\nSue: Because.\n"
    corrections = Corrections(interviewers=("ruth",), same=(("Ruth", "RP"),))
    assert interviewers(find_turns(text, corrections=corrections)) == ["Ruth"]


def test_later_corrections_hold_against_earlier_ones() -> None:
    first = Corrections(
        interviewers=("Ann",), not_speakers=("Hall",), same=(("Sue", "SB"), ("Kim", "K."))
    )
    later = Corrections(interviewees=("ANN",), speakers=("hall",), same=(("Sue Brown", "Sue"),))
    assert first.and_then(later) == Corrections(
        speakers=("hall",),
        interviewees=("ANN",),
        same=(("Sue Brown", "Sue", "SB"), ("Kim", "K.")),
    )
    assert first.and_then(Corrections()) == first
    assert not Corrections() and first


def test_corrections_can_be_written_down() -> None:
    corrections = SAME.and_then(Corrections(interviewers=("Ánn",)))
    assert Corrections.of(corrections.record()) == corrections
    with pytest.raises(ValueError, match="no corrections"):
        Corrections.of({"same": 7})
