"""The sample transcripts: one of each layout."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from commonplace.domain.transcript import Transcript
from commonplace.readers import read, read_participants
from tests.readers.show import check_layout, interviewers

FOLDER = Path(__file__).parents[2] / "transcripts_sample"
FILES = sorted(path for path in FOLDER.glob("ln*") if path.suffix != ".csv")
ASKING = {
    "ln01": "Interviewer", "ln02": "INT", "ln03": "Ruth Pell", "ln04": "Isla",
    "ln05": "INTERVIEWER", "ln06": "Interviewer", "ln07": "Hannah", "ln08": "Q", "ln09": "Gwen",
}  # fmt: skip


@pytest.fixture(scope="module")
def samples() -> dict[str, Transcript]:
    found = [transcript for path in FILES for transcript in read(path)]
    assert len(found) >= 8
    return {transcript.name: transcript for transcript in found}


def test_all_turns_have_a_speaker_and_interviewers_are_known(samples) -> None:
    for name, transcript in samples.items():
        check_layout(transcript.text, transcript)
        assert all(turn.speaker for turn in transcript.turns), name
        assert interviewers(transcript) == [ASKING[name[:4]]]
        assert not transcript.notes


def test_all_participants_are_found_by_their_labels(samples) -> None:
    for row in read_participants(FOLDER / "participants.csv").rows:
        transcript = samples[row.document]
        others = [s.label for s in transcript.speakers if not s.interviewer]
        assert row.label in others


def test_all_coded_quotes_stand_in_one_turn(samples) -> None:
    with (FOLDER / "codings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        transcript = samples[row["document"]]
        start = -1
        for _ in range(int(row["occurrence"])):
            start = transcript.text.find(row["quote"], start + 1)
            assert start >= 0, row["quote"]
        end = start + len(row["quote"])
        assert any(turn.speech_start <= start and end <= turn.end for turn in transcript.turns)


def test_captions_have_their_times(samples) -> None:
    for name, transcript in samples.items():
        if name.endswith((".vtt", ".srt")):
            assert len(transcript.cues) > 50
            assert list(transcript.cues) == sorted(transcript.cues)
            assert all(turn.time is not None for turn in transcript.turns)
