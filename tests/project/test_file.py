"""The file: private, plain after closing, refused when it is something else."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project, ProjectError, connection, schema
from commonplace.project.appearing import appear
from commonplace.project.migrations import migrate
from tests import make

FIRST_VERSION = Path(__file__).with_name("version1.sql")


def columns(opened: sqlite3.Connection) -> dict[str, set[tuple[object, ...]]]:
    """Each table's columns: name, type, whether it may be null, place in the key."""
    return {
        table: {
            (name, type, not_null, key)
            for _, name, type, not_null, _, key in opened.execute(f"PRAGMA table_info({table})")
        }
        for table in schema.BY_NAME
    }


def test_the_file_and_its_log_are_the_owners_alone(project: Project) -> None:
    project.documents.add(make.transcript())
    for path in project.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_one_plain_file_is_left_after_closing(project: Project) -> None:
    project.documents.add(make.transcript())
    project.close()
    assert [path.name for path in project.path.parent.iterdir()] == [project.path.name]


def test_commits_are_durable_while_open(project: Project) -> None:
    assert project.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert project.connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
    assert project.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    project.hurry()
    assert project.connection.execute("PRAGMA synchronous").fetchone() == (1,)  # NORMAL


def test_a_synchronised_folder_gets_the_rollback_journal(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox (Study)"
    folder.mkdir()
    with Project.create(folder / "p.commonplace") as project:
        assert project.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert project.notice is not None and "Dropbox" in project.notice
        project.hurry()  # would risk the file where there is no log
        assert project.connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs", "something-new"])
def test_a_file_system_that_is_not_known_to_be_local_is_not_trusted(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/a / ext4 rw 0 0\nserver:/x {tmp_path}/my\\040share {kind} rw 0 0\n")
    inside = tmp_path / "my share" / "p.commonplace"
    assert connection._file_system(inside, mounts) == kind
    assert connection._file_system(tmp_path / "other", mounts) == "ext4"
    monkeypatch.setattr(connection, "_file_system", lambda _: kind)
    assert "not known to be local" in (connection.why_not_wal(inside) or "")


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "p.commonplace"
    path.write_bytes(b"precious")
    with pytest.raises(ProjectError, match="exists already"):
        Project.create(path)
    assert path.read_bytes() == b"precious"
    assert [p.name for p in tmp_path.iterdir()] == ["p.commonplace"]


def test_a_name_without_the_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"\.commonplace"):
        Project.create(tmp_path / "study.db")


def test_a_missing_project_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="commonplace new"):
        Project.open(tmp_path / "p.commonplace")


def test_what_is_meant_by_a_name_without_the_ending_is_said(project: Project) -> None:
    meant = project.path.with_suffix("")
    with pytest.raises(ProjectError, match=rf"there is {project.path}$"):
        Project.open(meant)
    with pytest.raises(ProjectError, match=r"`commonplace new \S+/tiny.commonplace` makes one"):
        Project.open(meant.with_name("tiny"))


def test_a_folder_is_no_project(tmp_path: Path) -> None:
    folder = tmp_path / "dir.commonplace"
    folder.mkdir()
    with pytest.raises(ProjectError, match=r"dir.commonplace is a folder"):
        Project.open(folder)


@pytest.fixture(params=["WAL", "DELETE"])
def protected(
    project: Project, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A project in a place where nothing can be written, as the system tells it."""
    project.documents.add(make.transcript())
    project.connection.execute(f"PRAGMA journal_mode = {request.param}")
    project.close()
    monkeypatch.setattr(connection, "_writable", lambda _: False)
    return project.path


def test_where_nothing_can_be_written_a_project_can_be_read(protected: Path) -> None:
    with Project.open(protected) as project:
        assert [d.name for d in project.documents.all()] == ["P01.txt"]
        assert project.notice is not None and "write-protected" in project.notice
        assert list(project.check()) == []
    assert [path.name for path in protected.parent.iterdir()] == [protected.name]


def test_where_nothing_can_be_written_that_is_said_with_what_to_do(protected: Path) -> None:
    with Project.open(protected) as project:
        for writing in (lambda: project.codes.add("Wages"), project.compact):
            with pytest.raises(ProjectError, match=r"write-protected.* copy the project"):
                writing()


def test_a_log_that_cannot_be_taken_in_is_not_passed_over(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.close()
    log = project.path.with_name("study.commonplace-wal")
    log.write_bytes(b"half a change" * 100)
    monkeypatch.setattr(connection, "_writable", lambda _: False)
    real = sqlite3.connect

    def refusing(database: object, **options: object) -> sqlite3.Connection:
        if "mode=ro" in str(database):
            raise sqlite3.OperationalError("unable to open database file")
        return real(database, **options)

    monkeypatch.setattr(sqlite3, "connect", refusing)
    with pytest.raises(ProjectError, match=r"study.commonplace-wal beside it holds changes"):
        Project.open(project.path)


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without hard links, such as FAT."""

    def link(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)


@pytest.mark.usefixtures("no_links")
def test_without_hard_links_files_appear_as_well(tmp_path: Path) -> None:
    path, copy = tmp_path / "p.commonplace", tmp_path / "copy.commonplace"
    with Project.create(path) as project:
        project.codes.load(make.codebook())
        assert project.backup(copy) == copy
        with pytest.raises(ProjectError, match="exists already"):
            project.backup(copy)
    with Project.open(copy) as kept:
        assert len(kept.codes.codebook()) == 5
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == [copy.name, path.name]


@pytest.mark.usefixtures("no_links")
def test_without_hard_links_nothing_is_overwritten_either(tmp_path: Path) -> None:
    path = tmp_path / "p.commonplace"
    path.write_bytes(b"precious")
    with pytest.raises(ProjectError, match="exists already"):
        Project.create(path)
    assert path.read_bytes() == b"precious"
    assert [p.name for p in tmp_path.iterdir()] == ["p.commonplace"]


@pytest.mark.usefixtures("no_links")
def test_a_name_is_given_back_when_the_file_cannot_take_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        appear(tmp_path / "never built", tmp_path / "target")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"x" * 200])
def test_something_else_is_no_project_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.commonplace"
    path.write_bytes(content)
    with pytest.raises(ProjectError, match="no Commonplace project"):
        Project.open(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_no_project(tmp_path: Path) -> None:
    path = tmp_path / "p.commonplace"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE notes (text)")
    other.commit()
    other.close()
    with pytest.raises(ProjectError, match="no Commonplace project"):
        Project.open(path)


def test_a_file_from_a_newer_program_is_left_alone(project: Project) -> None:
    project.connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    project.close()
    with pytest.raises(ProjectError, match="newer Commonplace"):
        Project.open(project.path)


def test_a_migration_makes_a_backup_first(project: Project) -> None:
    project.documents.add(make.transcript())

    def step(database) -> None:
        database["codes"].add_column("added", int, not_null_default=0)

    old = schema.VERSION
    kept = migrate(project.connection, project.path, old, steps={old: step}, target=old + 1)
    assert project.connection.execute("PRAGMA user_version").fetchone() == (old + 1,)
    assert "added" in [r[1] for r in project.connection.execute("PRAGMA table_info(codes)")]
    with Project.open(kept) as backup:
        assert [d.name for d in backup.documents.all()] == ["P01.txt"]


def test_a_migration_that_fails_changes_nothing(project: Project) -> None:
    def step(database) -> None:
        database.execute("DELETE FROM codes")
        raise RuntimeError("no")

    with pytest.raises(ProjectError, match="a copy lies at"):
        migrate(project.connection, project.path, 7, steps={7: step}, target=8)
    assert len(project.codes.codebook()) == 5
    assert project.connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


def test_a_file_of_the_first_version_is_brought_up_to_date_with_all_that_is_in_it(
    tmp_path: Path,
) -> None:
    old = sqlite3.connect(tmp_path / "p.commonplace")
    old.executescript(FIRST_VERSION.read_text(encoding="utf-8"))
    old.execute(schema.SEARCH_SQL)
    old.executemany(
        "INSERT INTO turns_search (rowid, speech) VALUES (?, ?)",
        [(1, "How is the flat?"), (2, "Damp. The rent went up, and no bus.")],
    )
    old.execute(
        "INSERT INTO suggestions SELECT 's1', document_id, 0, 4, code_id, 0.5, '[]' FROM codings"
    )
    old.execute("INSERT INTO project VALUES ('suggestion_run', '3')")
    old.commit()
    old.close()
    with (
        Project.open(tmp_path / "p.commonplace", coder="Ann") as project,
        Project.create(tmp_path / "new.commonplace") as new,
    ):
        (document,) = project.documents.all()
        assert [coding.anchor.exact for coding in project.codings.of_document(document.id)] == [
            "Damp"
        ]
        assert list(project.check()) == []
        assert columns(project.connection) == columns(new.connection)
        assert (project.suggestions.run, project.fact("suggestion_run")) == (0, None)
        (code,) = {coding.code for coding in project.codings.of_document(document.id)}
        elsewhere = Suggestion(document.id, Span(30, 34), code, 0.5)
        project.suggestions.replace(document.id, [elsewhere])
        assert project.suggestions.pending() == [elsewhere]
    assert list(tmp_path.glob("*backup*"))


def test_a_backup_is_consistent_while_somebody_writes(project: Project, tmp_path: Path) -> None:
    project.documents.add(make.transcript())
    with Project.open(project.path, coder="Tom") as toms, toms.transaction("half"):
        toms.documents.add(make.transcript(name="P02.txt"))
        target = project.backup(tmp_path / "copy.commonplace")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with Project.open(target) as copy:
        assert [d.name for d in copy.documents.all()] == ["P01.txt"]
        assert list(copy.check()) == []
    with pytest.raises(ProjectError, match="exists already"):
        project.backup(target)


def test_a_busy_project_says_so(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_MILLISECONDS", 50)
    with (
        Project.open(project.path, coder="Tom") as toms,
        project.transaction("long"),
        pytest.raises(ProjectError, match="somebody else is writing"),
    ):
        toms.codes.add("Wages")


def test_check_finds_what_was_tampered_with(project: Project) -> None:
    document = project.documents.add(make.transcript())
    text = project.documents.text(document)
    project.codings.add(document, make.find(text, "Damp"), project.codes.find("Damp").id)
    assert list(project.check()) == []
    project.connection.execute(
        "UPDATE texts SET text = ?", (text.replace("Damp", "Dump").replace("bus", "tram"),)
    )
    found = list(project.check())
    assert any("no longer stands at its words" in problem for problem in found)
    assert any("code points" in problem for problem in found)


def test_a_code_whose_parents_go_in_a_circle_is_found(project: Project) -> None:
    damp = project.codes.find("Damp").id
    project.connection.execute("UPDATE codes SET parent_id = ? WHERE id = ?", (damp, damp))
    assert any("hang under no code" in problem for problem in project.check())


def test_opening_again_keeps_the_locks_that_others_go_by(tmp_path: Path) -> None:
    """A file that a process closes by hand loses all its locks; the next to close elsewhere would
    then delete the log under it, and what is written afterwards with it."""
    path = tmp_path / "study.commonplace"
    Project.create(path, coder="rev").close()
    elsewhere = [
        sys.executable,
        "-c",
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
        "print(c.execute('SELECT name FROM codes').fetchall()); c.close()",
        str(path),
    ]
    with Project.open(path, coder="rev") as project:
        project.connection.execute("SELECT count(*) FROM codes").fetchone()
        Project.open(path, coder="rev").close()
        subprocess.run(elsewhere, check=True, capture_output=True)
        project.codes.add("Housing")
        told = subprocess.run(elsewhere, check=True, capture_output=True, text=True).stdout
    assert "Housing" in told
