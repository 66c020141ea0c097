"""import: what comes in, what is refused, and that one bad file harms nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from commonplace.project import Project
from commonplace.readers import formats
from tests.cli.conftest import Commonplace
from tests.readers.test_sheets import excel

SPEECH = "Int: How is it?\n\nRosa: The café is “grand”. No bus.\n"


def outcomes(rows: list[dict[str, object]]) -> dict[object, object]:
    return {row["file"]: row["outcome"] for row in rows}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder of good files in odd encodings, and of everything else that lies about."""
    folder = tmp_path / "files"
    (folder / "wave 2").mkdir(parents=True)
    (folder / "good.txt").write_text(SPEECH, encoding="utf-8")
    (folder / "latin.txt").write_bytes(SPEECH.replace("“", '"').replace("”", '"').encode("cp1252"))
    (folder / "wide.txt").write_text(SPEECH, encoding="utf-16")
    (folder / "wave 2" / "good.md").write_text(SPEECH + "\nInt: Ta.\n", encoding="utf-8")
    (folder / "$(touch x).md").write_text(SPEECH + "\nInt: Bye.\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 64)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 this is no Word file")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4\n")
    (folder / ".hidden.txt").write_text(SPEECH)
    (folder / "~$good.docx").write_text("lock")
    (folder / "README.md").write_text("What these files are.")
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "nowhere.txt").symlink_to(folder / "missing")
    return folder


def test_the_good_come_in_and_each_refusal_is_listed(
    commonplace: Commonplace, study: Path, hostile: Path
) -> None:
    said = commonplace("import", study, hostile, "--json")
    assert said.code == 3
    assert outcomes(said.json) == {
        "$(touch x).md": "imported",
        "README.md": "passed over",
        "broken.docx": "refused",
        "empty.txt": "refused",
        "good.txt": "imported",
        "latin.txt": "imported",
        "nowhere.txt": "refused",
        "picture.txt": "refused",
        "pipe.txt": "refused",
        "scan.pdf": "refused",
        "wave 2/good.md": "imported",
        "wide.txt": "imported",
    }
    refusals = said.err.splitlines()
    for name in ("broken.docx", "empty.txt", "nowhere.txt", "picture.txt", "pipe.txt", "scan.pdf"):
        (line,) = [line for line in refusals if line.startswith(f"refused: {name}")]
        assert len(line) > len(f"refused: {name}") + 10, "the reason"
    assert "Traceback" not in said.err
    names = [row["document"] for row in commonplace("documents", study, "--json").json]
    assert sorted(names) == [
        "$(touch x).md", "good.txt", "latin.txt", "wave 2/good.md", "wide.txt",
    ]  # fmt: skip
    assert not list(hostile.parent.rglob("x"))
    assert commonplace("check", study).code == 0


def test_every_encoding_gives_the_same_words(
    commonplace: Commonplace, study: Path, hostile: Path
) -> None:
    commonplace("import", study, hostile)
    with Project.open(study) as project:
        texts = {info.name: project.documents.text(info.id) for info in project.documents.all()}
    assert texts["wide.txt"] == texts["good.txt"] == SPEECH
    assert texts["latin.txt"] == SPEECH.replace("“", '"').replace("”", '"')


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_without_permission_is_refused(
    commonplace: Commonplace, study: Path, hostile: Path
) -> None:
    secret = hostile / "secret"
    secret.mkdir()
    secret.chmod(0)
    try:
        said = commonplace("import", study, hostile)
    finally:
        secret.chmod(0o700)
    assert said.code == 3 and "secret: the folder cannot be read" in said.err


def test_what_may_not_be_read_is_no_wrong_usage(
    commonplace: Commonplace, study: Path, interview: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, *_, **__: Path(path) != interview)
    assert commonplace("import", study, interview, interview.with_name("none.txt")).code == 3


def test_nothing_imported_is_exit_1(commonplace: Commonplace, study: Path, tmp_path: Path) -> None:
    missing = commonplace("import", study, tmp_path / "missing.txt")
    assert missing.code == 1 and "missing.txt" in missing.err
    (tmp_path / "nothing").mkdir()
    assert commonplace("import", study, tmp_path / "nothing").code == 1


def test_importing_again_changes_nothing(
    commonplace: Commonplace, imported: Path, interview: Path
) -> None:
    before = commonplace("documents", imported, "--json").out
    said = commonplace("import", imported, interview, "--json")
    assert said.code == 0
    assert outcomes(said.json) == {"P01.txt": "unchanged"}
    assert commonplace("documents", imported, "--json").out == before


def test_another_file_of_the_same_name_is_refused(
    commonplace: Commonplace, imported: Path, interview: Path
) -> None:
    interview.write_text("Int: Again?\n\nRosa: Again.\n")
    said = commonplace("import", imported, interview)
    assert said.code == 1 and "another transcript 'P01.txt': `amend`" in said.err


def test_a_copy_under_another_name_is_left_out_and_told(
    commonplace: Commonplace, imported: Path, interview: Path
) -> None:
    copy = interview.with_name("P01 (copy).txt")
    copy.write_bytes(interview.read_bytes())
    said = commonplace("import", imported, copy, "--json")
    assert said.code == 0 and outcomes(said.json) == {copy.name: "copy"}
    assert "the same file, byte for byte, is there as P01.txt" in said.json[0]["notes"]
    assert "left out: P01 (copy).txt" in said.err and "--again yes" in said.err
    asked = commonplace("import", imported, copy, typed="n\n", terminal=True)
    assert "P01 (copy).txt is the same file as P01.txt. Import it as well? [y/N]" in asked.err
    assert "left out" in asked.err
    said = commonplace("import", imported, copy, "--json", "--again", "yes")
    assert outcomes(said.json) == {copy.name: "imported"}
    again = copy.with_name("P01 (copy 2).txt")
    again.write_bytes(interview.read_bytes())
    asked = commonplace("import", imported, again, typed="y\n", terminal=True)
    assert asked.code == 0 and "left out" not in asked.err


def test_a_dry_run_says_everything_and_writes_nothing(
    commonplace: Commonplace, study: Path, hostile: Path
) -> None:
    before = study.read_bytes()
    tried = commonplace("import", study, hostile, "--dry-run", "--json")
    assert study.read_bytes() == before
    real = commonplace("import", study, hostile, "--json")
    assert tried.code == real.code
    shown = ("first_turns", "voices", "alike")
    plain = [{k: v for k, v in row.items() if k not in shown} for row in tried.json]
    assert plain == real.json


def test_a_dry_run_shows_what_was_understood(
    commonplace: Commonplace, study: Path, tmp_path: Path
) -> None:
    file = tmp_path / "P02.txt"
    lines = ["Int: And then?", "Sue: We moved.", "Int: Where to?", "Sue: Leeds.", "Int: When?"]
    file.write_text("\n\n".join([*lines, "Sue B.: In May.", "Int: Why?", "Sue: For work."]))
    (row,) = commonplace("import", study, file, "--dry-run", "--json").json
    assert row["first_turns"][:2] == [
        {"speaker": "Int", "speech": "And then?"},
        {"speaker": "Sue", "speech": "We moved."},
    ]
    assert row["voices"] == [
        {"label": "Int", "interviewer": True, "turns": 4, "words": 6},
        {"label": "Sue", "interviewer": False, "turns": 3, "words": 5},
        {"label": "Sue B.", "interviewer": False, "turns": 1, "words": 2},
    ]
    assert row["alike"] == [{"labels": ["Sue", "Sue B."], "why": "Sue: part of Sue B."}]
    out = commonplace("import", study, file, "--dry-run").out
    for expected in ("Int (4 turns, 6 words, interviewer)", "--same 'Sue=Sue B.'", "We moved."):
        assert expected in out


def test_corrections_are_applied_remembered_and_forgotten(
    commonplace: Commonplace, study: Path, tmp_path: Path
) -> None:
    for number in (1, 2, 3):
        (tmp_path / f"P{number}.txt").write_text(
            f"Jo: And then?\n\nSue: {number}.\n\nJo: Where to?\n\nSB: Leeds.\n\nNan: that.\n\n"
            "Jo: When?\n\nSue: In May.\n\nNan: so.\n"
        )

    def speakers(*words: object) -> tuple[str, str]:
        said = commonplace("import", study, *words, "--json")
        assert said.code == 0, said.err
        return said.json[0]["speakers"], said.json[0]["interviewers"]

    given = ("--same", "Sue=SB", "--not-speaker", "Nan", "--interviewer", "Jo")
    before = study.read_bytes()
    commonplace("import", study, tmp_path / "P1.txt", *given, "--dry-run")
    assert study.read_bytes() == before
    assert speakers(tmp_path / "P1.txt", *given) == ("Sue", "Jo")
    assert speakers(tmp_path / "P2.txt") == ("Sue", "Jo")
    assert speakers(tmp_path / "P3.txt", "--forget-corrections") == ("Jo; Sue; SB; Nan", "")


def test_labels_that_are_said_to_be_one_must_be_two(
    commonplace: Commonplace, study: Path, interview: Path
) -> None:
    said = commonplace("import", study, interview, "--same", "Sue")
    assert said.code == 2 and "Sue=Sue B.=SB" in said.err


def test_a_dry_run_reports_participants_as_the_real_run_does(
    commonplace: Commonplace, study: Path, interview: Path, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,nation\nRosa,Wales\nSomebody,England\n")
    words = ("import", study, interview, "--participants", people)
    before = study.read_bytes()
    tried = commonplace(*words, "--dry-run")
    assert study.read_bytes() == before
    assert tried.code == 3 and "Somebody" in tried.err and "Rosa" not in tried.err
    real = commonplace(*words)
    assert (tried.code, tried.err) == (real.code, real.err) and tried.out.startswith(real.out)


def test_the_help_names_every_format(commonplace: Commonplace) -> None:
    said = " ".join(commonplace("import", "--help").out.split())
    assert f"Formats: {', '.join(formats())}." in said


def test_the_interviewer_can_be_named(
    commonplace: Commonplace, study: Path, tmp_path: Path
) -> None:
    file = tmp_path / "P02.txt"
    file.write_text("Jo: And then?\n\nRosa: We moved.\n\nJo: Where to?\n\nRosa: Leeds.\n")
    row = commonplace("import", study, file, "--interviewer", "Jo", "--json").json[0]
    assert (row["interviewers"], row["speakers"]) == ("Jo", "Rosa")
    assert row["words"] == 7


def test_a_table_brings_codings_and_makes_missing_codes(
    commonplace: Commonplace, study: Path, tmp_path: Path
) -> None:
    table = tmp_path / "answers.csv"
    table.write_text(
        "id,answer,codes,nation\n"
        "a,The flat is damp.,Damp and repairs|Mould stories,Wales\n"
        "b,No bus at all.,Transport,Scotland\n"
        "c,Nothing to say.,,Wales\n"
    )
    said = commonplace(
        "import", study, table, "--text-column", "answer", "--document-column", "id",
        "--codes-column", "codes", "--codes-separator", "|", "--json",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert [row["codings"] for row in said.json] == [2, 1, 0]
    codings = commonplace("codings", study, "--json").json
    assert {(row["code_path"], row["origin"]) for row in codings} == {
        ("Housing/Damp and repairs", "imported"),
        ("Mould stories", "imported"),
        ("Transport", "imported"),
    }
    assert all(row["quote"] in table.read_text() for row in codings)
    people = commonplace("participants", study, "--json").json
    assert sorted(row["nation"] for row in people) == ["Scotland", "Wales", "Wales"]


def test_respondents_to_several_questions_are_the_same_people(
    commonplace: Commonplace, study: Path, tmp_path: Path
) -> None:
    table = tmp_path / "survey.csv"
    table.write_text("id,nation,Good?,Bad?\nR1,Wales,Bus.,Rent.\nR2,England,,Damp.\n")
    said = commonplace(
        "import", study, table, "--text-column", "Good?", "--text-column", "Bad?",
        "--document-column", "id", "--document-per-question", "--json",
    )  # fmt: skip
    assert [row["document"] for row in said.json] == ["survey.csv#Good?", "survey.csv#Bad?"]
    people = commonplace("participants", study, "--json").json
    assert len({row["participant_id"] for row in people}) == 2
    assert {(row["name"], row["nation"]) for row in people} == {("R1", "Wales"), ("R2", "England")}
    again = commonplace("import", study, table, "--text-column", "Good?", "--json")
    assert set(outcomes(again.json).values()) == {"imported"}, "read otherwise it is no copy"


def test_participants_are_attached_and_misfits_reported(
    commonplace: Commonplace, study: Path, interview: Path, tmp_path: Path
) -> None:
    people = tmp_path / "people.xlsx"
    rows = [["name", "role", "nation"], ["Rosa", "participant", "Wales"], ["Somebody", "", "Fife"]]
    people.write_bytes(excel(["name", "nation"], ["Ken", "Iran"], others={"Wave 2": rows}))
    words = ("import", study, interview, "--participants", people)
    tried = commonplace(*words, "--dry-run", "--json")
    assert tried.code == 0 and "'Main'; --participants-sheet reads another: Wave 2" in tried.err
    none = commonplace(*words, "--participants-sheet", "Wave 3")
    assert none.code == 1 and "no sheet 'Wave 3'; there are Main, Wave 2" in none.err
    text = people.with_suffix(".csv")
    text.write_text("name,nation\nKen,Iran\n")
    for bare in (
        ("import", study, interview, "--participants", text, "--participants-sheet", "Wave 2"),
        ("participants", study, "import", text, "--sheet", "Wave 2"),
    ):
        said = commonplace(*bare)
        assert said.code == 2 and "people.csv has no sheets" in said.err
    said = commonplace(*words, "--participants-sheet", "wave 2", "--json")
    assert said.code == 3 and "Somebody" in said.err
    rows = {row["name"]: row for row in commonplace("participants", study, "--json").json}
    assert rows["Rosa"]["nation"] == "Wales" and rows["Ken"]["nation"] is None


def test_a_participants_file_in_the_folder_is_no_transcript(
    commonplace: Commonplace, study: Path, interview: Path
) -> None:
    people = interview.with_name("people.csv")
    people.write_text("name,nation\nRosa,Wales\n")
    folder = interview.parent
    said = commonplace("import", study, folder, "--participants", people, "--json")
    assert said.code == 0, said.err
    assert outcomes(said.json) == {"P01.txt": "imported"}


def test_an_unreadable_participants_file_imports_nothing(
    commonplace: Commonplace, study: Path, interview: Path, tmp_path: Path
) -> None:
    said = commonplace("import", study, interview, "--participants", tmp_path / "none.csv")
    assert said.code == 1 and "none.csv: there is no such file" in said.err
    assert commonplace("documents", study, "--json").json == []


def test_names_from_the_file_system_do_not_act_on_the_terminal(
    commonplace: Commonplace, study: Path, tmp_path: Path
) -> None:
    file = tmp_path / "red\x1b[31m.txt"
    file.write_text(SPEECH)
    (tmp_path / "bell\x07.txt").write_bytes(b"")
    said = commonplace("import", study, file, tmp_path / "bell\x07.txt")
    assert said.code == 3
    assert "\x1b" not in said.out + said.err and "\x07" not in said.out + said.err
    odd = tmp_path / os.fsdecode(b"caf\xe9.txt")
    odd.write_text(SPEECH)
    assert commonplace("import", study, odd, "--json").json[0]["document"] == "caf\ufffd.txt"


MANY = 40
"""Files that an import is interrupted among; so many that it is never through before."""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "ctrl-c"])
def test_an_interrupted_import_keeps_what_was_finished(
    commonplace: Commonplace, study: Path, tmp_path: Path, how: signal.Signals
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"P{number:03}.txt").write_text(f"Int: Well?\n\nRosa: Number {number}.\n" * 2000)
    command = [sys.executable, "-m", "commonplace", "import", str(study), str(folder), "--json"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Whoever runs the tests in the background has ctrl-c ignored, and hands that down.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as running:
        with Project.open(study) as project:
            while running.poll() is None and len(project.documents.all()) < 2:
                time.sleep(0.002)
        running.send_signal(how)
        _, err = running.communicate()
    kept = [row["document"] for row in commonplace("documents", study, "--json").json]
    assert kept == [f"P{number:03}.txt" for number in range(len(kept))]
    assert 2 <= len(kept) < MANY, "the signal came in the middle"
    assert commonplace("check", study).code == 0
    if how is signal.SIGINT:
        assert running.returncode == 130
        assert f"{len(kept)} transcripts are imported and kept".encode() in err
    said = commonplace("import", study, folder, "--json")
    assert said.code == 0
    assert list(outcomes(said.json).values()) == ["unchanged"] * len(kept) + ["imported"] * (
        MANY - len(kept)
    )
