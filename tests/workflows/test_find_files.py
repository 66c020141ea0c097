"""Which files are meant by what a person names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from commonplace.workflows.find_files import Found, PassedOver, Unreachable, find_files


def names(*paths: Path, but: tuple[Path, ...] = ()) -> list[str]:
    return [found.name for found in find_files(paths, but=but) if isinstance(found, Found)]


def test_names_are_relative_to_what_was_named(tmp_path: Path) -> None:
    (tmp_path / "wave 1").mkdir()
    for name in ("b.txt", "a.txt", "wave 1/a.txt"):
        (tmp_path / name).touch()
    assert names(tmp_path) == ["a.txt", "b.txt", "wave 1/a.txt"]
    assert names(tmp_path / "wave 1" / "a.txt") == ["a.txt"]


def test_in_a_folder_what_is_no_transcript_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (
        ".hidden.txt", "~$P01.docx", ".git/a.txt", "study.commonplace",
        "study.commonplace-wal", "people.csv", "P01.txt",
    ):  # fmt: skip
        (tmp_path / name).touch()
    assert names(tmp_path, but=(tmp_path / "people.csv",)) == ["P01.txt"]


def test_a_readme_is_passed_over_unless_named(tmp_path: Path) -> None:
    (tmp_path / "README.md").touch()
    (found,) = find_files([tmp_path])
    assert isinstance(found, PassedOver)
    assert names(tmp_path / "README.md") == ["README.md"]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "P01.txt").touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    assert names(tmp_path) == ["P01.txt"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.touch()
    folder = tmp_path / "interviews"
    folder.mkdir()
    (folder / "a.txt").touch()
    (folder / "b.txt").symlink_to("a.txt")
    (folder / "c.txt").symlink_to(secret)
    (folder / "d.txt").symlink_to("gone.txt")
    assert names(folder) == ["a.txt", "b.txt"]
    c, d = (found for found in find_files([folder]) if isinstance(found, Unreachable))
    assert c.name == "c.txt" and f"out of the folder, to {secret}" in c.reason
    assert d.name == "d.txt" and "gone.txt, which is not there" in d.reason
    assert names(folder / "c.txt") == ["c.txt"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    (found,) = find_files([tmp_path / "P01.txt"])
    assert isinstance(found, Unreachable) and "no such file" in found.reason


def test_a_folder_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (tmp_path / "P01.txt").touch()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if Path(path) == secret:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    with monkeypatch.context() as patched:  # folders are tidied with the true one afterwards
        patched.setattr(os, "scandir", refusing)
        first, second = find_files([tmp_path])
    assert isinstance(first, Found)
    assert isinstance(second, Unreachable)
    assert second.name.endswith("secret") and "Permission denied" in second.reason
