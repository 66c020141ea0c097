"""What the import promises beyond what the command shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from commonplace import readers
from commonplace.project import Project
from commonplace.readers import Corrections, TableReading
from commonplace.workflows.corrections import forget, remember, remembered
from commonplace.workflows.find_files import Found
from commonplace.workflows.import_transcripts import (
    AS_BEFORE,
    Outcome,
    add_codes,
    import_transcripts,
)
from commonplace.workflows.layouts import FACT, remembered_tables
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


def survey(file: Path, *answers: str) -> Path:
    rows = "".join(f"R{number},{answer},Wales\n" for number, answer in enumerate(answers))
    file.write_text(f"respondent,answer,nation\n{rows}")
    return file


def test_a_survey_comes_again_with_more_rows_and_in_another_wave(
    project: Project, tmp_path: Path
) -> None:
    def imported(file: Path) -> dict[str, Outcome]:
        reading = Reading(table=TableReading(text=("answer",), document="respondent"))
        results = list(import_transcripts(project, [file], reading, group=project.new_group()))
        return {result.document or "": result.outcome for result in results}

    new, there, refused = Outcome.IMPORTED, Outcome.UNCHANGED, Outcome.REFUSED
    imported(survey(tmp_path / "mon.csv", "Damp here.", "No bus.", "Cold rooms."))
    more = survey(tmp_path / "tue.csv", "Damp here.", "No bus.", "Colder rooms.", "A garden.")
    assert imported(more) == {"R0": there, "R1": there, "R2": refused, "R3": new}
    wave = survey(tmp_path / "wave 2.csv", "It is dry.", "No bus.", "It is warm.")
    second = {f"R{number} (wave 2)": new for number in range(3)}
    assert imported(wave) == second
    assert imported(wave) == dict.fromkeys(second, there)
    again = survey(tmp_path / "wave 2 more.csv", "It is dry.", "No bus.", "It is warm.", "New.")
    assert imported(again) == dict.fromkeys(second, there) | {"R3 (wave 2)": new}
    (tmp_path / "b").mkdir()
    other = survey(tmp_path / "b" / "wave 2.csv", "Another.", "One.", "Altogether.", "And more.")
    assert imported(other) == {"": refused}


def test_rows_without_names_keep_theirs_when_there_are_more(
    project: Project, tmp_path: Path
) -> None:
    file = tmp_path / "answers.csv"
    for count in (9, 10):
        file.write_text("text\n" + "".join(f"Answer {n}.\n" for n in range(count)))
        take(project, file)
    names = [info.name for info in project.documents.all()]
    assert len(names) == 10 and names[:2] == ["answers.csv#1", "answers.csv#10"]


def test_a_table_is_read_as_one_like_it_was_last_time(project: Project, tmp_path: Path) -> None:
    for wave in (1, 2, 3):
        (tmp_path / f"wave{wave}.csv").write_text(
            f"id,Helped,Age\nR1,The garden {wave}.,34\nR2,My neighbours {wave}.,61\n"
        )
    layout = ((), ("id", "Helped", "Age"))

    def brought(wave: int, reading: Reading) -> dict[str, tuple[str, ...]]:
        path, group = tmp_path / f"wave{wave}.csv", project.new_group()
        results = list(import_transcripts(project, [path], reading, group=group))
        return {str(result.document or result.outcome): result.notes for result in results}

    said = TableReading(text=("Helped",), document="id", left_out=("Age",))
    (tmp_path / "wave2.csv").write_text((tmp_path / "wave2.csv").read_text().replace("R", "S"))
    assert brought(1, Reading(table=said)) == {"R1": (), "R2": ()}
    reviewed = review_file(project, Found(tmp_path / "wave2.csv", "wave2.csv"), Reading())
    assert reviewed.as_before and reviewed.table is not None
    assert brought(2, Reading()) == {"S1": (), "S2": (AS_BEFORE,)}
    # Somebody who says how it is to be read is heard, also that it is to be guessed anew.
    anew = Reading(tables={layout: TableReading(by_content=True)})
    assert "refused" in brought(3, anew) and remembered_tables(project) == {layout: said}
    assert set(brought(3, Reading(table=TableReading(text=("Helped",))))) == {
        "wave3.csv#1",
        "wave3.csv#2",
    }
    assert remembered_tables(project) == {layout: TableReading(text=("Helped",))}
    project.journal.undo()
    assert remembered_tables(project) == {layout: said}
    forget(project)
    assert not remembered_tables(project)


def test_what_was_guessed_of_a_table_is_how_the_next_is_read(
    project: Project, tmp_path: Path
) -> None:
    for wave in (1, 2):
        (tmp_path / f"wave{wave}.csv").write_text(
            f"id,Helped\nR1,The garden where I met people {wave}.\n"
        )
    guessed = Reading(table=TableReading(by_content=True))
    list(import_transcripts(project, [tmp_path / "wave1.csv"], guessed, group=project.new_group()))
    assert take(project, tmp_path / "wave2.csv") == {"wave2.csv": Outcome.IMPORTED}
    with project.transaction("garbled"):
        project.set_fact(FACT, '[{"sheets": 1}]')
    with pytest.raises(ValueError, match=r"columns of tables cannot be read.*--forget-corrections"):
        remembered_tables(project)
