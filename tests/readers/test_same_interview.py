"""One interview in every format gives the same turns, also without labels but with bold questions.

The files in `made/` were made by LibreOffice 7.4 from one Word document.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.readers.interview import TITLE, TURNS
from tests.readers.show import interviewers, said

from commonplace.readers import read

MADE = Path(__file__).parent / "made"
NO_EMOJI = [(speaker, words.replace("🙂", "")) for speaker, words in TURNS]
"""As in the PDF files: no font had one when they were made."""
DOCUMENTS = ["docx", "odt", "html", "rtf", "pdf", "epub"]


@pytest.mark.parametrize("ending", DOCUMENTS)
def test_labelled_turns_are_the_same_in_every_document(ending: str) -> None:
    (transcript,) = read(MADE / f"labelled.{ending}")
    assert said(transcript) == (NO_EMOJI if ending == "pdf" else TURNS)
    assert interviewers(transcript) == ["Interviewer"]
    assert transcript.text.startswith(f"{TITLE}\n\nInterviewer: How did")
    assert transcript.format == ending


@pytest.mark.parametrize("ending", DOCUMENTS)
def test_bold_questions_are_the_interviewers_in_every_document(ending: str) -> None:
    (transcript,) = read(MADE / f"styled.{ending}")
    names = {"Interviewer": "Interviewer", "Sioned Rhŵ": "Participant"}
    turns = NO_EMOJI if ending == "pdf" else TURNS
    assert said(transcript) == [(names[speaker], words) for speaker, words in turns]
    assert interviewers(transcript) == ["Interviewer"]
    assert "bold" in transcript.notes[0]
