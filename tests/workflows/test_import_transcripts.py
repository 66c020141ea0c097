"""What the import promises beyond what the command shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from commonplace import readers
from commonplace.project import Project
from commonplace.readers import Corrections
from commonplace.workflows.corrections import forget, remember, remembered
from commonplace.workflows.find_files import Found
from commonplace.workflows.import_transcripts import (
    Outcome,
    add_codes,
    import_transcripts,
)
from commonplace.workflows.reading import Reading
from commonplace.workflows.review_import import review_file
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


@pytest.mark.parametrize("count", [200, pytest.param(100_000, marks=pytest.mark.slow)])
def test_a_folder_of_many_tiny_files_and_then_what_is_new_in_it(
    project: Project, tmp_path: Path, count: int
) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:06}.txt").write_text(f"Q: {number}?\n\nA: Yes, {number}.\n")
    assert set(take(project, folder).values()) == {Outcome.IMPORTED}
    (folder / "new.txt").write_text("Q: Any more?\n\nA: One.\n")
    again = take(project, folder)
    assert [name for name, outcome in again.items() if outcome is Outcome.IMPORTED] == ["new.txt"]
    assert len(project.documents.all()) == count + 1


def test_a_copy_is_asked_about_and_found_within_one_import(project: Project, three: Path) -> None:
    (three / "d.txt").write_bytes((three / "a.txt").read_bytes())
    asked = []

    def again(name: str, others: Sequence[str]) -> bool:
        asked.append((name, *others))
        return name == "d.txt"

    results = import_transcripts(
        project, [three], Reading(), group=project.new_group(), again=again
    )
    assert {result.outcome for result in results} == {Outcome.IMPORTED}
    assert asked == [("d.txt", "a.txt")]
    (three / "e.txt").write_bytes((three / "a.txt").read_bytes())
    assert take(project, three / "e.txt") == {"e.txt": Outcome.COPY}


def test_corrections_are_undone_with_the_import_that_brought_them(
    project: Project, three: Path
) -> None:
    reading = Reading(corrections=Corrections(same=(("Rosa", "A"),)))
    list(import_transcripts(project, [three / "a.txt"], reading, group=project.new_group()))
    assert remembered(project).same == (("Rosa", "A"),)
    project.journal.undo()
    assert not remembered(project)
    remember(project, Corrections(interviewers=("Q",)))
    forget(project)
    assert not remembered(project)


def test_what_would_be_understood_is_told_without_writing(project: Project, three: Path) -> None:
    (three / "empty.txt").write_bytes(b"")
    remember(project, Corrections(same=(("Rosa", "A"),)))
    refused = review_file(project, Found(three / "empty.txt", "empty.txt"), Reading())
    assert "empty" in refused.refused
    (understood,) = review_file(project, Found(three / "a.txt", "a.txt"), Reading()).understood
    assert understood.first == (("Q", "Well?"), ("Rosa", "This is a.txt."))
    assert [(v.label, v.interviewer, v.words) for v in understood.voices] == [
        ("Q", True, 1),
        ("Rosa", False, 3),
    ]
    assert project.documents.all() == []


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
