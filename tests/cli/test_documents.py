"""documents and turns: listing, marking, removing and erasing transcripts."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import Commonplace

DOCUMENT_COLUMNS = (
    "document, format, turns, speakers, words, interviewee_words, codings, coded_share, imported_at"
)
TURN_COLUMNS = "turn, start, speech_start, end, speaker, person, interviewer, time, page"


def test_the_list_counts_interviewees_apart(commonplace: Commonplace, imported: Path) -> None:
    (row,) = commonplace("documents", imported, "--json").json
    assert ", ".join(row) == DOCUMENT_COLUMNS
    assert (row["document"], row["format"], row["turns"]) == ("P01.txt", "txt", 7)
    assert row["speakers"] == "Int; Rosa; Ken"
    assert (row["words"], row["interviewee_words"]) == (37, 29)
    assert (row["codings"], row["coded_share"]) == (0, 0)


def test_the_list_on_the_terminal(commonplace: Commonplace, imported: Path) -> None:
    said = commonplace("documents", imported)
    assert said.lines[0].split() == DOCUMENT_COLUMNS.split(", ")
    assert said.lines[2].startswith("P01.txt   txt         7  Int; Rosa; Ken     37")


def test_turns_say_who_speaks_where(commonplace: Commonplace, imported: Path) -> None:
    rows = commonplace("turns", imported, "P01", "--json").json
    assert ", ".join(rows[0]) == TURN_COLUMNS
    assert [(row["speaker"], row["interviewer"], row["person"]) for row in rows[:2]] == [
        ("Int", True, None),
        ("Rosa", False, "Rosa"),
    ]
    assert (rows[0]["start"], rows[0]["speech_start"], rows[0]["end"]) == (0, 5, 21)


def test_done_is_said_by_each_coder(commonplace: Commonplace, imported: Path) -> None:
    assert commonplace("documents", imported, "done", "P01").code == 0
    assert commonplace("documents", imported, "done", "P01", "--coder", "Tom").code == 0
    assert len(commonplace("themes", imported, "--done", "--json").json) > 0
    themes = commonplace("themes", imported, "--done", "--coder", "Tom", "--json").json
    assert themes[0]["transcripts_of"] == 1


def test_one_unknown_name_changes_nothing(commonplace: Commonplace, imported: Path) -> None:
    before = commonplace("history", imported, "--json").out
    for verb in ("done", "remove", "erase"):
        said = commonplace("documents", imported, verb, "P01", "P02", "--coder", "Tom")
        assert said.code == 1 and "no transcript 'P02'" in said.err
    assert commonplace("history", imported, "--json").out == before


def test_a_removed_transcript_can_come_back(commonplace: Commonplace, imported: Path) -> None:
    coding = commonplace("code", imported, "P01", 30, 35, "Housing").lines[0]
    assert commonplace("documents", imported, "remove", "P01").code == 0
    assert commonplace("documents", imported, "--json").json == []
    group = commonplace("history", imported, "--json").json[0]["group_id"]
    assert commonplace("history", imported, "--undo", group).code == 0
    assert commonplace("codings", imported, "--json").json[0]["coding_id"] == coding


def test_erasing_leaves_no_word_and_names_the_copies(
    commonplace: Commonplace, imported: Path, tmp_path: Path
) -> None:
    commonplace("code", imported, "P01", 30, 35, "Housing")
    backup = Path(commonplace("backup", imported).lines[0])
    elsewhere = tmp_path / "sub"
    elsewhere.mkdir()
    shutil.copy(imported, elsewhere / "other.commonplace")
    said = commonplace("documents", imported, "erase", "P01", "--yes")
    assert said.code == 0
    assert said.err == f"still in {backup}: delete that copy too\n"
    held = b"".join(path.read_bytes() for path in tmp_path.glob("study.commonplace*"))
    for words in (b"Damp.", b"P01.txt", b"since the flood", b"Rosa"):
        assert words not in held
    assert b"Damp." in backup.read_bytes()
    (latest, *_) = commonplace("history", imported, "--json").json
    assert latest["action"] == "erased for good"
    assert commonplace("history", imported, "--undo", latest["group_id"]).code == 1


def test_erasing_asks_first(commonplace: Commonplace, imported: Path) -> None:
    unasked = commonplace("documents", imported, "erase", "P01")
    assert unasked.code == 2 and "--yes" in unasked.err
    refused = commonplace("documents", imported, "erase", "P01", typed="n\n")
    assert refused.code == 1 and "nothing was erased" in refused.err
    assert "P01.txt" in refused.err
    assert len(commonplace("documents", imported, "--json").json) == 1
    agreed = commonplace("documents", imported, "erase", "P01", typed="y\n")
    assert agreed.code == 0
    assert commonplace("documents", imported, "--json").json == []
