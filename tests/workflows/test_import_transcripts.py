"""What the import promises beyond what the command shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace import readers
from commonplace.project import Project
from commonplace.workflows.import_transcripts import (
    Outcome,
    add_codes,
    import_transcripts,
)
from commonplace.workflows.reading import Reading
from commonplace.workflows.sample import sample_folder


def take(project: Project, *paths: Path) -> dict[str, Outcome]:
    results = import_transcripts(project, paths, Reading(), group=project.new_group())
    return {result.file: result.outcome for result in results}


@pytest.fixture
def three(tmp_path: Path) -> Path:
    folder = tmp_path / "three"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(f"Q: Well?\n\nA: This is {name}.\n")
    return folder


def test_what_was_yielded_is_kept_when_it_stops(project: Project, three: Path) -> None:
    results = import_transcripts(project, [three], Reading(), group=project.new_group())
    assert next(results).document == "a.txt"
    results.close()
    assert [info.name for info in project.documents.all()] == ["a.txt"]


def test_an_import_is_one_thing_to_undo(project: Project, three: Path) -> None:
    take(project, three)
    assert len(project.documents.all()) == 3
    project.journal.undo()
    assert project.documents.all() == []
    assert list(project.check()) == []


def test_a_library_that_fails_harms_one_file_only(
    project: Project, three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = readers.read

    def failing(path: Path, **options: object) -> object:
        if path.name == "b.txt":
            raise RecursionError("too deep")
        return read(path, **options)

    monkeypatch.setattr(readers, "read", failing)
    assert take(project, three) == {
        "a.txt": Outcome.IMPORTED,
        "b.txt": Outcome.REFUSED,
        "c.txt": Outcome.IMPORTED,
    }


def test_two_files_that_would_share_a_name(project: Project, three: Path) -> None:
    other = three.parent / "a.txt"
    other.write_text("Q: Other?\n\nA: Another.\n")
    results = list(
        import_transcripts(project, [three / "a.txt", other], Reading(), group=project.new_group())
    )
    assert [result.outcome for result in results] == [Outcome.IMPORTED, Outcome.REFUSED]


def test_missing_codes_are_added_at_the_top_and_paths_as_paths(project: Project) -> None:
    add_codes(project, ["rent", "Allotments", "Housing/Neighbours", "Play/Parks", "and\\/or"])
    codebook = project.codes.codebook()
    paths = [codebook.path(code.id) for code in codebook.in_reading_order()]
    assert paths == [
        "Housing", "Housing/Damp", "Housing/Rent", "Housing/Neighbours", "Transport", "Control",
        "Allotments", "Play", "Play/Parks", "and\\/or",
    ]  # fmt: skip


def test_the_samples_come_along() -> None:
    assert len(list(sample_folder().glob("ln0*"))) == 9
