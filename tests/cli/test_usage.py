"""What the command line says for itself: help, wrong usage, and what it must not load."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.conftest import Commonplace

HEAVY = ("textual", "spacy", "sklearn", "numpy", "sqlite_utils", "rich", "docx", "lark", "ruamel")


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from commonplace.cli.main import run\n"
        "sys.argv = ['commonplace', '--help']\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "commonplace", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("commonplace ")


def test_help_is_printed_on_standard_output(commonplace: Commonplace) -> None:
    said = commonplace("--help")
    assert said.code == 0 and said.err == ""
    assert "documents" in said.out and "commonplace study.commonplace" in said.out


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["quotes"],
        ["quotes", "x.commonplace", "--nonsense"],
        ["documents"],
        ["documents", "x.commonplace", "dnoe", "P01"],
        ["documents", "done", "P01"],
        ["documents", "x.commonplace", "done"],
        ["code", "x.commonplace", "P01", "ten", "20", "Rent"],
        ["code", "x.commonplace", "P01", "20", "10", "Rent"],
        ["code", "x.commonplace", "P01", "-1", "10", "Rent"],
        ["suggest", "x.commonplace", "--order", "alphabet"],
        ["suggest", "x.commonplace", "--limit", "0"],
        ["import", "x.commonplace"],
        ["import", "x.commonplace", "y", "--speakers", "guess"],
        ["import", "x.commonplace", "y", "--codes-separator", ""],
        ["participants", "x.commonplace", "set", "Rosa", "nation"],
        ["demo", "--dir", "/nowhere/at/all"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2(commonplace: Commonplace, words: list[str]) -> None:
    said = commonplace(*words)
    assert said.code == 2
    assert said.out == "" and "Error: " in said.err and "Traceback" not in said.err


def test_a_verb_says_how_it_is_used(commonplace: Commonplace) -> None:
    said = commonplace("documents", "x.commonplace", "erase", "--help")
    assert said.lines[0] == "Usage: commonplace documents PROJECT erase NAME... [OPTIONS]"
    assert commonplace("documents", "erase", "--help").out == said.out
    overview = commonplace("documents", "x.commonplace", "--help")
    assert overview.out == commonplace("documents", "--help").out
    assert "Usage: commonplace documents PROJECT done NAME... [OPTIONS]" in overview.lines


def test_errors_call_a_command_as_it_is_typed(commonplace: Commonplace) -> None:
    said = commonplace("agreement", "x.commonplace", "--bogus")
    assert (said.code, "Try 'commonplace agreement --help'" in said.err) == (2, True)
    said = commonplace("agreement", "x.commonplace", "settle", "--bogus")
    assert "Try 'commonplace agreement settle --help'" in said.err
    assert commonplace("agreement", "settle", "--help").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["quotes"], ["themes"], ["documents"], ["participants"], ["codings"], ["memos"],
        ["history"], ["check"], ["backup"], ["open"], ["codebook"], ["suggest"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_missing_project_is_refused(
    commonplace: Commonplace, tmp_path: Path, words: list[str]
) -> None:
    missing = tmp_path / "missing.commonplace"
    said = commonplace(words[0], missing, *words[1:])
    assert said.code == 1 and said.out == ""
    assert said.err == (
        f"Error: {missing}: no such project; `commonplace new {missing}` makes one\n"
    )
    assert not missing.exists()


def test_the_advice_for_a_missing_project_works(commonplace: Commonplace, tmp_path: Path) -> None:
    said = commonplace("themes", tmp_path / "tiny")
    advice = said.err.split("`")[1].split()
    assert advice == ["commonplace", "new", str(tmp_path / "tiny.commonplace")]
    assert commonplace(*advice[1:]).code == 0
    assert f"there is {advice[2]}" in commonplace("themes", tmp_path / "tiny").err


def test_a_folder_is_called_one(commonplace: Commonplace, tmp_path: Path) -> None:
    folder = tmp_path / "dir.commonplace"
    folder.mkdir()
    for command in ("themes", "new", "open"):
        said = commonplace(command, folder)
        assert said.code == 1 and f"{folder} is a folder" in said.err


def test_a_project_alone_means_open(commonplace: Commonplace, study: Path) -> None:
    assert commonplace(study) == commonplace("open", study)
    said = commonplace(study)
    assert said.code == 2 and "needs a terminal" in said.err


def test_what_is_no_project_is_refused(commonplace: Commonplace, tmp_path: Path) -> None:
    file = tmp_path / "letter.commonplace"
    file.write_text("Dear Sir or Madam")
    said = commonplace("documents", file)
    assert said.code == 1 and "is no Commonplace project" in said.err
    assert file.read_text() == "Dear Sir or Madam"


def test_output_goes_to_one_place(commonplace: Commonplace, study: Path) -> None:
    assert commonplace("themes", study, "--json", "-o", "x.csv").code == 2
    assert commonplace("themes", study, "--raw").code == 2
    assert commonplace("themes", study, "--bom", "-o", "x.json").code == 2


def test_an_unknown_format_is_refused(
    commonplace: Commonplace, study: Path, tmp_path: Path
) -> None:
    said = commonplace("themes", study, "-o", tmp_path / "themes.pdf")
    assert said.code == 2 and ".csv, .xlsx, " in said.err
    assert not (tmp_path / "themes.pdf").exists()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--origin", "foo"], 2, "no origin 'foo': there are suggested"),
        (["--since", "yesterday"], 2, "'yesterday' is no date: write it as"),
        (["--where", "role="], 2, "the filter ends too early"),
        (["--where", "colour=red"], 1, "no attribute 'colour'"),
        (["--code", "Nonsense"], 1, "no code 'Nonsense'"),
        (["--coder", "Nobody"], 1, "no coder 'Nobody'"),
        (["--coder", "Amira", "--coder", ""], 2, "a coder has a name"),
        (["--speaker", "Nobody"], 1, "no speaker 'Nobody'"),
    ],
)
def test_what_no_project_could_answer_is_wrong_usage_and_what_this_one_cannot_is_refused(
    commonplace: Commonplace, study: Path, words: list[str], code: int, message: str
) -> None:
    for command in ("quotes", "themes"):
        said = commonplace(command, study, *words)
        assert (said.code, said.out) == (code, "")
        assert message in said.err


def test_nothing_is_done_in_the_name_of_nobody(commonplace: Commonplace, study: Path) -> None:
    said = commonplace("accept", study, "any", "--coder", " ")
    assert (said.code, said.out) == (2, "") and "--coder" in said.err


def test_a_reader_that_leaves_early_is_no_error(study: Path) -> None:
    done = subprocess.run(
        f"'{sys.executable}' -m commonplace codebook '{study}' show --json | head -n 1; "
        'echo "${PIPESTATUS[0]}"',
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["[", "0"] and done.stderr == ""


def test_no_messages_where_there_is_no_terminal(commonplace: Commonplace, tmp_path: Path) -> None:
    quiet = commonplace("new", tmp_path / "a.commonplace")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    watched = commonplace("new", tmp_path / "b.commonplace", terminal=True)
    assert "made" in watched.err and watched.out == ""


def test_at_a_terminal_the_application_opens(
    commonplace: Commonplace, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[Path, str | None]] = []
    application = SimpleNamespace(run=lambda path, coder=None: opened.append((path, coder)))
    monkeypatch.setitem(sys.modules, "commonplace.tui.launch", application)
    assert commonplace(study, typed="", terminal=True).code == 0
    assert commonplace("open", study, "--coder", "Tom", typed="", terminal=True).code == 0
    said = commonplace("demo", "--dir", study.parent, typed="", terminal=True)
    assert said.code == 0, said.err
    assert opened == [(study, None), (study, "Tom"), (study.parent / "demo.commonplace", None)]


def test_files_that_permissions_refuse_are_no_wrong_usage(
    commonplace: Commonplace, imported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who may read what is asked of the system here, for tests may run as somebody who may all."""
    closed = tmp_path / "closed.csv"
    closed.write_text("name,age\nRosa,61\n")
    read_bytes = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path.name == closed.name:
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    access = os.access
    monkeypatch.setattr(Path, "read_bytes", refusing)
    monkeypatch.setattr(os, "access", lambda path, *a, **k: (
        Path(path).name != closed.name and access(path, *a, **k)
    ))  # fmt: skip
    for words in (["amend", imported, "P01", closed], ["participants", imported, "import", closed]):
        said = commonplace(*words)
        assert said.code == 1
        assert "Permission denied" in said.err
