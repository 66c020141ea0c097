"""new, history, check, backup."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

from tests.cli.conftest import Commonplace


def test_a_new_project_is_private_and_has_the_default_codebook(
    commonplace: Commonplace, study: Path
) -> None:
    assert stat.S_IMODE(study.stat().st_mode) == 0o600
    paths = [row["code_path"] for row in commonplace("codebook", study, "show", "--json").json]
    assert "Housing" in paths and len(paths) >= 36


def test_a_project_is_never_overwritten(commonplace: Commonplace, study: Path) -> None:
    before = study.read_bytes()
    said = commonplace("new", study)
    assert said.code == 1 and "exists already" in said.err
    assert study.read_bytes() == before


def test_a_codebook_may_be_named_or_given_as_a_file(
    commonplace: Commonplace, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("code,parent\nHousing,\nRent,Housing\n")
    assert commonplace("new", tmp_path / "a.commonplace", "--codebook", file).code == 0
    rows = commonplace("codebook", tmp_path / "a.commonplace", "show", "--json").json
    assert [row["code_path"] for row in rows] == ["Housing", "Housing/Rent"]
    said = commonplace("new", tmp_path / "b.commonplace", "--codebook", "marmot-objectives")
    assert said.code == 0


def test_a_bad_codebook_leaves_no_project(commonplace: Commonplace, tmp_path: Path) -> None:
    for name in ("marmite", tmp_path / "missing.yaml"):
        said = commonplace("new", tmp_path / "a.commonplace", "--codebook", name)
        assert said.code == 1 and said.err.startswith("Error: ")
    assert not (tmp_path / "a.commonplace").exists()


def test_history_names_the_coder_and_undoes_one_group(
    commonplace: Commonplace, imported: Path
) -> None:
    commonplace("code", imported, "P01", 30, 35, "Housing", "--coder", "Tom")
    latest = commonplace("history", imported, "--json").json[0]
    assert latest["coder"] == "Tom" and "Housing" in latest["action"]
    assert commonplace("history", imported, "--undo", latest["group_id"]).code == 0
    assert commonplace("codings", imported, "--json").json == []
    again = commonplace("history", imported, "--undo", latest["group_id"])
    assert again.code == 1 and "undone already" in again.err
    assert commonplace("history", imported, "--undo", "nonsense").code == 1


def test_undoing_an_import_takes_the_transcripts_away(
    commonplace: Commonplace, imported: Path
) -> None:
    group = commonplace("history", imported, "--json").json[0]["group_id"]
    assert commonplace("history", imported, "--undo", group).code == 0
    assert commonplace("documents", imported, "--json").json == []


def test_check_is_silent_about_a_sound_file(commonplace: Commonplace, imported: Path) -> None:
    said = commonplace("check", imported)
    assert (said.code, said.out, said.err) == (0, "", "")
    assert commonplace("check", imported, "--json").json == []
    assert commonplace("check", imported, "--compact").code == 0


def test_check_finds_words_that_moved(commonplace: Commonplace, imported: Path) -> None:
    commonplace("code", imported, "P01", 30, 35, "Housing")
    with sqlite3.connect(imported) as connection:
        connection.execute("UPDATE texts SET text = replace(text, 'Damp', 'Dry')")
    connection.close()
    said = commonplace("check", imported)
    assert said.code == 1 and "P01.txt" in said.err
    assert len(commonplace("check", imported, "--json").json) >= 1


def test_a_backup_is_a_project_of_its_own(
    commonplace: Commonplace, imported: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.commonplace"
    assert commonplace("backup", imported, copy).lines == [str(copy)]
    assert commonplace("documents", copy, "--json").out == (
        commonplace("documents", imported, "--json").out
    )
    assert commonplace("backup", imported, copy).code == 1
    beside = Path(commonplace("backup", imported).lines[0])
    assert beside.parent == imported.parent and beside.exists()
