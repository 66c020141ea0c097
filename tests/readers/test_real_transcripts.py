"""Real transcripts of recorded meetings: every speaker right, in Word and in plain text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from commonplace.readers import TableReading, read
from tests.readers.show import check_layout, interviewers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMED = re.compile(r"(?P<name>\S.{0,40}?)[ ]{1,2}\d{1,2}:\d\d(?::\d\d)?\s*")
STAMP = re.compile(r"\d{1,2}:\d\d(?::\d\d)?\s*")


@pytest.fixture(scope="module")
def documents(shared_data: Path) -> list[Path]:
    folder = shared_data / "exchange" / "qualcoder-interviews.qda" / "documents"
    files = sorted(folder.glob("*.docx")) + sorted(folder.glob("*.txt"))
    assert len(files) == 60
    return files


def lines_of(path: Path) -> list[str]:
    """The paragraphs, read without any of the readers' code."""
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8-sig").split("\n")
    with zipfile.ZipFile(path) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


def crudely_parsed(lines: list[str]) -> list[tuple[str | None, str]]:
    """Name and words of each turn, words parted by one space."""
    turns: list[tuple[str | None, list[str]]] = []
    for line in lines:
        if match := NAMED.fullmatch(line):
            turns.append((match["name"], []))
        elif turns and STAMP.fullmatch(line):
            turns.append((None, []))
        elif turns:
            turns[-1][1].append(line)
    return [(name, " ".join(" ".join(words).split())) for name, words in turns]


def test_every_speaker_and_every_word_is_right(documents: list[Path]) -> None:
    for path in documents:
        (transcript,) = read(path)
        check_layout(transcript.text, transcript)
        expected = crudely_parsed(lines_of(path))
        if not expected:
            continue
        found = [
            (turn.speaker, " ".join(transcript.text[turn.speech_start : turn.end].split()))
            for turn in transcript.turns
        ]
        assert found == expected, path.name
        assert len(interviewers(transcript)) == 1, path.name
        assert all(turn.time is not None for turn in transcript.turns)


def test_two_notices_are_text_of_nobody_named(documents: list[Path]) -> None:
    notices = [path for path in documents if not crudely_parsed(lines_of(path))]
    assert len(notices) == 4
    for path in notices:
        (transcript,) = read(path)
        assert transcript.speakers == ()
        assert [turn.speaker for turn in transcript.turns] == [None]
        assert len(transcript.text[transcript.turns[0].speech_start :].split()) > 10


def test_word_and_text_agree(documents: list[Path]) -> None:
    for path in documents:
        if path.suffix == ".docx":
            (word,), (text,) = read(path), read(path.with_suffix(".txt"))
            spoken = [
                [(turn.speaker, turn.time, t.text[turn.speech_start : turn.end].split())
                 for turn in t.turns]
                for t in (word, text)
            ]  # fmt: skip
            assert spoken[0] == spoken[1], path.name


def test_coded_statements_are_read_with_their_codes(shared_data: Path) -> None:
    found = read(
        shared_data / "coded" / "sdoh-nli.csv", table=TableReading(text=("text",), codes="codes")
    )
    assert len(found) == 787
    assert sum(not transcript.codings for transcript in found) == 57
    assert len({transcript.name for transcript in found}) == 787
    for transcript in found:
        for coding in transcript.codings:
            assert transcript.text[coding.span.start : coding.span.end] == transcript.text
