"""What meeting programs and transcription services save, in the layouts that they use."""

from __future__ import annotations

import io

import docx
import pytest

from tests.readers.conftest import Reading
from tests.readers.show import interviewers, said

TURNS = [
    ("Ann Lee", "So how was the winter?"),
    ("Ben Ray", "Damp. It was in the walls."),
    ("Ann Lee", "And the landlord?"),
    ("Ben Ray", "Never came."),
]


def clock(number: int) -> str:
    return f"00:00:{10 * number:02}.000"


def captions(form: str, *, header: str = "WEBVTT") -> str:
    """Captions in which `{n}`, `{name}` and `{words}` are filled in."""
    cues = [
        form.format(n=n, name=name, words=words, start=clock(n), end=clock(n + 1))
        for n, (name, words) in enumerate(TURNS, start=1)
    ]
    return "\n\n".join([header, *cues]) + "\n"


@pytest.mark.parametrize(
    "content",
    [
        captions("0d5b1c0e-1f/{n}-0\n{start} --> {end}\n<v {name}>{words}</v>"),
        captions("{n}\n{start} --> {end}\n{name}: {words}"),
        captions('{n} "{name}" (27641{n}5)\n{start} --> {end}\n{words}'),
        captions("{start} --> {end}\n{name}: {words}", header="WEBVTT\nKind: captions"),
        captions(
            '{start} --> {end}\n{{"startDateTime":"2026-01-05T10:00:00+00:00",'
            '"speakerName":"{name}","spokenText":"{words}","spokenLanguage":"en-gb"}}'
        ),
    ],
    ids=["Teams", "Zoom", "Webex", "Meet", "Graph"],
)
def test_captions_of_meetings(reading: Reading, content: str) -> None:
    found = reading("a.vtt", content)
    assert said(found) == TURNS
    assert [turn.time for turn in found.turns] == [10.0, 20.0, 30.0, 40.0]
    assert interviewers(found) == []  # two questions are too few to tell


def test_numbered_speakers_before_the_times_of_captions(reading: Reading) -> None:
    found = reading("a.vtt", captions("Speaker {n}\n{start} --> {end}\n{words}"))
    assert [speaker for speaker, _ in said(found)] == [f"Speaker {n}" for n in range(1, 5)]


def word(*paragraphs: list[tuple[str, bool]]) -> bytes:
    """A Word file; of each paragraph, words and whether they are bold."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for words, bold in runs:
            run = paragraph.add_run(words)
            run.bold = bold or None
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_word_files_of_teams(reading: Reading) -> None:
    turns = [
        [(name, True), (f"   0:{10 * n}\n{words}", False)]
        for n, (name, words) in enumerate(TURNS, start=1)
    ]
    found = reading(
        "a.docx",
        word(
            [("Garden study-20240305_101500-Meeting Recording", True)],
            [("March 5, 2024, 10:15AM", False)],
            [("34m 12s", False)],
            [("Ann Lee", True), (" started transcription", False)],
            *turns,
            [("Ann Lee", True), (" stopped transcription", False)],
        ),
    )
    assert said(found)[:3] == TURNS[:3]
    assert said(found)[3][1].startswith("Never came.")
    assert [turn.time for turn in found.turns] == [10.0, 20.0, 30.0, 40.0]


@pytest.mark.parametrize("names", [("Ann Lee", "Ben Ray"), ("Speaker 1", "Speaker 2")])
def test_word_files_of_word_for_the_web(reading: Reading, names: tuple[str, str]) -> None:
    turns = [(names[n % 2], words) for n, (_, words) in enumerate(TURNS)]
    lines = ["Audio file", "visit.m4a", "Transcript"]
    for number, (name, words) in enumerate(turns, start=1):
        lines += [f"{clock(number).removesuffix('.000')} {name}", words]
    for name, content in (
        ("a.docx", word(*([(line, False)] for line in lines))),
        ("a.txt", "\n".join(lines)),
        ("a.txt", "\r\n\r\n".join(lines)),
    ):
        found = reading(name, content)
        assert said(found) == turns
        assert [turn.time for turn in found.turns] == [10.0, 20.0, 30.0, 40.0]


@pytest.mark.parametrize(
    "line",
    ["{} Yes", "{} Housing\nIt was damp.", "{} Housing {n}\nIt was damp.", "{} Well then\nSo."],
)
def test_what_follows_a_time_is_no_name_by_itself(reading: Reading, line: str) -> None:
    lines = [line.format(clock(n).removesuffix(".000"), n=n) for n in range(1, 9)]
    assert {speaker for speaker, _ in said(reading("a.txt", "\n\n".join(lines)))} == {None}


def test_word_files_of_google_meet(reading: Reading) -> None:
    found = reading(
        "a.docx",
        word(
            [("Garden study (2024-03-05 10:15 GMT) – Transcript", False)],
            [("Attendees", False)],
            [("Ann Lee, Ben Ray", False)],
            [("Transcript", False)],
            [("00:00:00", False)],
            *([(f"{name}:", True), (f" {words}", False)] for name, words in TURNS),
            [("Meeting ended after 00:34:12", False)],
        ),
    )
    assert said(found)[:3] == TURNS[:3]


def test_word_files_of_rev(reading: Reading) -> None:
    paragraphs: list[list[tuple[str, bool]]] = []
    for number, (name, words) in enumerate(TURNS, start=1):
        paragraphs += [[(f"{name} (00:{10 * number}):", False)], [(words, False)]]
    found = reading("a.docx", word(*paragraphs))
    assert said(found) == TURNS
    assert [turn.time for turn in found.turns] == [10.0, 20.0, 30.0, 40.0]


def test_bold_names_without_colon_in_word_files(reading: Reading) -> None:
    found = reading("a.docx", word(*([(name, True), (f"  {w}", False)] for name, w in TURNS)))
    assert said(found) == TURNS
