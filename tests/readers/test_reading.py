"""Files as a whole: which are read, which are refused, and how they are named."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commonplace.domain.transcript import Transcript
from commonplace.readers import ReadError, formats, read


def test_all_formats_are_known_by_extension() -> None:
    names = {extension: form.name for extension, form in formats().items()}
    assert names == {
        ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".docx": "docx",
        ".vtt": "vtt", ".srt": "srt", ".csv": "csv", ".tsv": "csv",
        ".odt": "odt", ".ott": "odt", ".html": "html", ".htm": "html", ".xhtml": "html",
        ".rtf": "rtf", ".pdf": "pdf", ".epub": "epub",
        ".xlsx": "xlsx", ".xlsm": "xlsx", ".ods": "ods", ".json": "json",
    }  # fmt: skip


def test_a_transcript_says_where_it_comes_from(tmp_path: Path) -> None:
    path = tmp_path / "P01.TXT"
    path.write_bytes(b"Q: How?\r\nA: Damp.\r\n")
    (transcript,) = read(path, name="wave 1/P01.TXT")
    assert isinstance(transcript, Transcript)
    assert transcript.name == "wave 1/P01.TXT"
    assert (transcript.format, transcript.reader) == ("txt", "txt/1")
    assert transcript.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert transcript.text == "Q: How?\nA: Damp.\n"


def test_a_name_that_looks_like_a_command_is_only_a_name(tmp_path: Path) -> None:
    path = tmp_path / "$(x).md"
    path.write_text("**Q:** How?\n\n**A:** Damp.\n")
    (transcript,) = read(path)
    assert transcript.name == "$(x).md"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.docx", "a.vtt", "a.srt", "a.csv"])
def test_a_file_of_zero_bytes_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    with pytest.raises(ReadError, match=rf"{name} is empty"):
        read(path)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.doc", "save it as .docx"),
        ("a.pages", "the ending .pages"),
        ("a.xls", "save it as .xlsx or .csv"),
        ("a.mp3", "the ending .mp3"),
        ("transcript", "no ending"),
    ],
)
def test_other_formats_are_refused_with_advice(tmp_path: Path, name: str, advice: str) -> None:
    with pytest.raises(ReadError, match=advice):
        read(tmp_path / name)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(ReadError, match="is a folder"):
        read(tmp_path / "folder.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match="not an ordinary file"):
        read(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match="No such file"):
        read(tmp_path / "gone.txt")


def test_a_file_of_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(8 * 1024**3)
    with pytest.raises(ReadError, match="8192 MB"):
        read(path)


def test_an_unknown_way_to_find_speakers_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sideways"):
        read(tmp_path / "a.txt", speakers="sideways")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.vtt", "a.srt"])
@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "[",
        "* ",
        "a:",
        "(00:12",
        "<v ",
        "? ",
        "1.05\t",
        "> ",
        "’",
        "00:01 --> ",
        "- ",
        '"',
        "& ",
    ],
)
def test_one_endless_line_is_read_or_refused_in_linear_time(
    tmp_path: Path, name: str, unit: str
) -> None:
    """A pattern that tries everything twice would not come to an end here."""
    path = tmp_path / name
    path.write_text(unit * 400_000 + "\n\n" + " " * 400_000 + "x", encoding="utf-8")
    for mode in ("auto", "alternate"):
        try:
            (transcript,) = read(path, speakers=mode)
        except ReadError:
            continue
        assert transcript.text


def test_no_library_is_loaded_before_a_file_needs_it() -> None:
    program = (
        "import sys; from commonplace.readers import formats; formats(); "
        "print(sorted({'lxml', 'openpyxl', 'pypdfium2', 'docx', 'numpy', 'charset_normalizer'} "
        "& set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
