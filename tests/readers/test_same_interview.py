"""One interview in every format gives the same turns, also without labels but with bold questions.

The files in `made/` were made by LibreOffice 7.4; its README says how.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from commonplace.readers import read
from tests.readers.conftest import Reading
from tests.readers.interview import TITLE, TURNS
from tests.readers.show import interviewers, said

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


def test_text_as_a_word_processor_saves_it() -> None:
    (transcript,) = read(MADE / "labelled.txt")
    assert said(transcript) == TURNS
    assert transcript.text.startswith(f"{TITLE}\nInterviewer: How did")


@pytest.mark.parametrize("ending", DOCUMENTS)
def test_bold_questions_are_the_interviewers_in_every_document(ending: str) -> None:
    (transcript,) = read(MADE / f"styled.{ending}")
    names = {"Interviewer": "Interviewer", "Sioned Rhŵ": "Participant"}
    turns = NO_EMOJI if ending == "pdf" else TURNS
    assert said(transcript) == [(names[speaker], words) for speaker, words in turns]
    assert interviewers(transcript) == ["Interviewer"]
    assert "bold" in transcript.notes[0]


@pytest.mark.parametrize("name", ["table.pdf", "table.rtf", "hanging.pdf", "above.epub"])
def test_layouts_that_name_speakers_without_a_colon_or_beside_the_speech(name: str) -> None:
    """A table of speakers and words, hanging labels, and names above the speech."""
    (transcript,) = read(MADE / name)
    turns = NO_EMOJI if name.endswith(".pdf") else TURNS
    assert said(transcript) == turns * (3 if name.startswith("hanging") else 1)


@pytest.mark.parametrize(
    ("name", "asks", "tells"),
    [
        ("tabbed.pdf", "INT", "P1"),
        ("timed.pdf", "Interviewer", "Sioned Rhŵ"),
        ("margin.pdf", "I", "Will"),
        ("beside.pdf", "Interviewer", "Sioned"),
        ("inline.pdf", "Interviewer", "Sioned"),
        ("centred.pdf", "Interviewer", "Sioned Rhŵ"),
        ("unruled.pdf", "Interviewer", "Sioned Rhŵ"),
    ],
)
def test_gaps_of_a_page_set_labels_off_as_tabs_do(name: str, asks: str, tells: str) -> None:
    (transcript,) = read(MADE / name)
    names = {"Interviewer": asks, "Sioned Rhŵ": tells}
    turns = [(names[who], words.replace("\n", " ")) for who, words in NO_EMOJI]
    assert said(transcript) == turns
    assert interviewers(transcript) == [asks]
    assert [turn.time is not None for turn in transcript.turns] == [name == "timed.pdf"] * 12


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_tabs_set_labels_off(reading: Reading, ending: str) -> None:
    turns = [(who, words.replace("\n", " ")) for who, words in TURNS]
    lines = [f"{who}\t{words}" for who, words in turns]
    text = "\n\n".join(lines)
    if ending == "html":
        text = "<meta charset=utf-8>\n" + "".join(f"\t<p>\n\t{line}</p>\n" for line in lines)
    transcript = reading(f"P01.{ending}", text)
    assert said(transcript) == turns
    assert interviewers(transcript) == ["Interviewer"]


def test_questions_in_italics_are_the_interviewers() -> None:
    (transcript,) = read(MADE / "italic.epub")
    assert [words for _, words in said(transcript)] == [words for _, words in TURNS]
    assert interviewers(transcript) == ["Interviewer"]
    assert "italics" in transcript.notes[0]


def text_formats() -> dict[str, str]:
    """The interview as plain text of every kind, by the ending of the name."""
    clock = "00:{0:02}:00{1}000 --> 00:{0:02}:30{1}000"
    whole = [(n, who, words) for n, (who, words) in enumerate(TURNS)]
    segments = [{"start": 60 * n, "speaker": who, "text": words} for n, who, words in whole]
    table = io.StringIO()
    csv.writer(table).writerows([("speaker", "text"), *TURNS])
    tabs = io.StringIO()
    csv.writer(tabs, delimiter="\t").writerows([("speaker", "text"), *TURNS])
    return {
        ".txt": f"{TITLE}\n\n" + "\n\n".join(f"{who}: {words}" for who, words in TURNS),
        ".md": f"# {TITLE}\n\n" + "\n\n".join(f"**{who}:** {words}" for who, words in TURNS),
        ".vtt": "WEBVTT\n\n"
        + "\n\n".join(f"{clock.format(n, '.')}\n<v {who}>{words}</v>" for n, who, words in whole),
        ".srt": "\n\n".join(
            f"{n + 1}\n{clock.format(n, ',')}\n{who}: {words}" for n, who, words in whole
        ),
        ".csv": table.getvalue(),
        ".tsv": tabs.getvalue(),
        ".json": json.dumps({"segments": segments}),
    }


@pytest.mark.parametrize("ending", text_formats())
def test_the_same_turns_come_from_text_of_every_kind(reading: Reading, ending: str) -> None:
    found = reading(f"a{ending}", text_formats()[ending])
    joined = ending in (".vtt", ".srt", ".json")  # lines of a caption are joined by a space
    expected = [(who, words.replace("\n", " ") if joined else words) for who, words in TURNS]
    assert said(found) == expected
    assert interviewers(found) == ["Interviewer"]
