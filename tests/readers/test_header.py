"""What stands before the first turn is in no turn."""

from __future__ import annotations

import pytest

from commonplace.readers import find_turns

LABELLED = "Interviewer: Shall we start?\n\nP07: Yes, go on.\n\nInterviewer: Right.\n\nP07: So."


@pytest.mark.parametrize(
    "header",
    [
        "Interview 3\nThe shed, March\n\n",
        "Title: Interview 3\nDate: 3 March 2021\nInterviewer: Sam Jones\nParticipant: P07\n\n",
        "Interviewer: Sam Jones\nParticipant: P07\n\n",
        "Interviewer: SJ\nDate: 3 March\n\nP07: Resident, Wales\nWave: 2\n\n",
        "Present: Sam Jones, P07\nTime: 10:30\nTranscribed by: AB\n\n",
        "A conversation\n\nSUMMARY KEYWORDS\nshed, boat\n\nSPEAKERS\nSam, P07\n\n",
        "",
    ],
)
def test_headers_of_labelled_transcripts(header: str) -> None:
    text = header + LABELLED
    found = find_turns(text)
    assert found.turns[0].start == len(header)
    assert [turn.speaker for turn in found.turns] == ["Interviewer", "P07"] * 2
    assert "".join(text[s.start : s.end] for s in found.outside) == header.strip()


@pytest.mark.parametrize(
    "opening",
    [
        "Interviewer: How are you\nP07: fine\nInterviewer: Good\nP07: Well",
        "Interviewer: Hello\n\nP07: Hello\n\nInterviewer: So?\n\nP07: So.",
        "Interviewer: OK?\nP07: Sure.\n\nInterviewer: What then?\n\nP07: Nothing.",
    ],
)
def test_short_greetings_are_no_header(opening: str) -> None:
    found = find_turns(opening)
    assert found.turns[0].start == 0
    assert len(found.turns) == 4


def test_the_header_of_a_transcript_without_labels() -> None:
    header = "INTERVIEW NO. 4\t\tDATE: 3rd May 1988\n\nMRS. ADA FENN,\n4 MILL LANE,\nOTTERBY.\n\n"
    text = header + "So when did you come here?\n\nIn 1950.\n\nWho with?\n\nMy sister."
    for mode in ("auto", "alternate"):
        found = find_turns(text, speakers=mode)
        assert found.turns[0].start == len(header)
        assert len(found.turns) == 4


def test_a_header_alone_makes_no_turns_without_labels_only_when_speech_follows() -> None:
    text = "MRS. ADA FENN\n\n4 MILL LANE"
    assert len(find_turns(text).turns) == 2


def test_a_header_names_nobody_as_a_speaker() -> None:
    text = "Interviewer: JW\nInterviewee: Mrs Fenn\nDate: 3 May\n\nSo when was it?\n\nIn 1950."
    found = find_turns(text)
    assert found.speakers == ()
    assert len(found.turns) == 2


def test_a_long_stretch_before_the_first_label_is_reported() -> None:
    text = "We met in the hall and walked for a while. " * 50 + "\n\n" + LABELLED
    (note,) = find_turns(text).notes
    assert "500 words" in note
