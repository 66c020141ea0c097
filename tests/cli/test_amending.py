"""amend: what the command says, and with which exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Commonplace


@pytest.fixture
def corrected(interview: Path) -> Path:
    """The transcript put right: a word spelt otherwise, one sentence less."""
    file = interview.with_name("corrected.txt")
    text = interview.read_text(encoding="utf-8")
    file.write_text(text.replace("They are grand. ", "").replace("no bus", "no buses"), "utf-8")
    return file


def code(commonplace: Commonplace, study: Path, interview: Path, words: str, name: str) -> str:
    start = interview.read_text(encoding="utf-8").index(words)
    return commonplace("code", study, "P01", start, start + len(words), name).out.strip()


def test_a_correction_is_rehearsed_made_and_what_it_left_is_placed(
    commonplace: Commonplace, imported: Path, interview: Path, corrected: Path
) -> None:
    grand = code(commonplace, imported, interview, "They are grand.", "Social connection")
    bus = code(commonplace, imported, interview, "there is no bus", "Transport")
    code(commonplace, imported, interview, "Damp.", "Housing")
    rehearsed = commonplace("amend", imported, "P01", corrected, "--dry-run", "--json")
    assert rehearsed.code == 3
    assert [(row["passage_id"], row["outcome"]) for row in rehearsed.json] == [
        (grand, "unplaced"),
        (bus, "changed"),
    ]
    assert commonplace("amend", imported, "--unplaced", "--json").json == []

    said = commonplace("amend", imported, "P01", corrected, "--json")
    assert said.code == 3 and "1 wait for a place" in said.err
    assert said.json == rehearsed.json
    assert said.json[1]["new_words"] == "there is no buses"
    waiting = commonplace("amend", imported, "P01", "--unplaced", "--json").json
    assert [(row["passage_id"], row["words"]) for row in waiting] == [(grand, "They are grand.")]
    checked = commonplace("check", imported)
    assert checked.code == 0 and "waits for a place" in checked.err
    assert commonplace("check", imported, "--json").json[0]["kind"] == "note"

    assert commonplace("amend", imported, "--place", grand, 9, 9).code == 2
    assert commonplace("amend", imported, "--place", grand, 9, 99_999).code == 1
    start = corrected.read_text(encoding="utf-8").index("We look after")
    assert commonplace("amend", imported, "--place", grand, start, start + 13).code == 0
    listed = commonplace("codings", imported, "--json").json
    assert {row["quote"] for row in listed} == {"We look after", "there is no buses", "Damp."}
    again = commonplace("amend", imported, "P01", corrected, "--json")
    assert (again.code, again.json) == (0, [])


def test_versions_are_listed_and_written_out(
    commonplace: Commonplace, imported: Path, interview: Path, corrected: Path, tmp_path: Path
) -> None:
    assert commonplace("amend", imported, "P01", corrected).code == 0
    versions = commonplace("amend", imported, "P01", "--versions", "--json").json
    assert [(row["version"], row["replaced_by"]) for row in versions] == [(1, "Amira"), (2, None)]
    out = tmp_path / "first.txt"
    assert commonplace("amend", imported, "P01", "--version", 1, "-o", out).code == 0
    assert out.read_bytes() == interview.read_bytes()
    assert out.stat().st_mode & 0o777 == 0o600
    assert commonplace("amend", imported, "P01", "--version", 3).code == 1


def test_what_waits_can_be_dropped(
    commonplace: Commonplace, imported: Path, interview: Path, corrected: Path
) -> None:
    grand = code(commonplace, imported, interview, "They are grand.", "Social connection")
    commonplace("amend", imported, "P01", corrected)
    assert commonplace("amend", imported, "--drop", grand).code == 0
    assert commonplace("amend", imported, "--drop", grand).code == 1
    assert commonplace("amend", imported, "--unplaced", "--json").json == []


def test_wrong_usage_and_data_that_is_refused(
    commonplace: Commonplace, imported: Path, corrected: Path, tmp_path: Path
) -> None:
    assert commonplace("amend", imported).code == 2
    assert commonplace("amend", imported, "P01", corrected, "--unplaced").code == 2
    assert commonplace("amend", imported, "--versions").code == 2
    assert "look at the name" in commonplace("amend", imported, "P01", tmp_path / "no.txt").err
    assert commonplace("amend", imported, "P09", corrected).code == 1
    old = tmp_path / "old.doc"
    old.write_bytes(b"x")
    assert commonplace("amend", imported, "P01", old).code == 1
