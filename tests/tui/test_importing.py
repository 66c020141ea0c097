"""Importing in the application: who speaks, corrections, progress, and what is refused."""

from __future__ import annotations

import pytest
from textual.events import Paste
from textual.widgets import Input

from commonplace.project import Project
from commonplace.readers import Role
from commonplace.tui.dialogs.choose import Choose
from commonplace.tui.screens.code import CodeScreen
from commonplace.tui.screens.importing import ImportScreen
from commonplace.tui.screens.importing import thread as importing_thread
from commonplace.tui.screens.importing.files import State
from tests.readers.test_sheets import excel
from tests.tui.conftest import desk

SUE = """Interviewer: How long have you lived here?

Sue B.: Twenty years now. Everybody knew everybody.

Interviewer: And the damp?

Sue: It never goes. We told the landlord again and again.

Interviewer: What did he say?

Sue B.: That we should open the windows. In January!
"""
TALK = "Q: How is it?\n\nKen: Cold. The bus is late.\n\nQ: Always?\n\nKen: Every day.\n"


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "empty.commonplace"
    with Project.create(path, coder="amira"):
        pass
    return path


@pytest.fixture
def folder(tmp_path):
    """Two interviews, one of them with two labels for one person, and a file that is none."""
    folder = tmp_path / "interviews"
    folder.mkdir()
    (folder / "sue.txt").write_text(SUE, encoding="utf-8")
    (folder / "ken.txt").write_text(TALK, encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"\x00\x01no document")
    return folder


async def look(d, folder) -> ImportScreen:
    """Asks for a folder, and waits until everything in it is read."""
    await d.press("I")
    await d.type(str(folder))
    await d.press("enter")
    screen = d.app.screen
    assert isinstance(screen, ImportScreen)
    await d.until(lambda: screen.files and not screen._waiting and not d.app.session.busy)
    return screen


def speakers(screen) -> list[tuple[str, bool]]:
    return [(voice.label, voice.interviewer) for voice in screen.file().voices]


async def done(d, screen) -> None:
    await d.until(lambda: screen.done)
    await d.settle()


async def read(d) -> None:
    """Goes to the first transcript that was imported."""
    await d.press("enter")
    assert isinstance(d.app.screen, CodeScreen)
    await d.until(lambda: d.code.opened is not None and d.code.shelf)


async def test_an_empty_project_leads_to_its_first_transcripts(empty, folder):
    async with desk(empty) as d:
        assert "I brings in files" in d.code.query_one("#welcome").text
        screen = await look(d, folder)
        assert [(file.name, file.state) for file in screen.files] == [
            ("broken.docx", State.REFUSED),
            ("ken.txt", State.READ),
            ("sue.txt", State.READ),
        ]
        assert [file.doubtful for file in screen.files] == [False, False, True]
        await d.press("end")
        assert speakers(screen) == [("Interviewer", True), ("Sue B.", False), ("Sue", False)]
        assert "Twenty years now." in screen.query_one("#turns").text

        await d.press("a")
        assert speakers(screen) == [("Interviewer", True), ("Sue B.", False)]
        assert "z takes it back" in d.said
        await d.press("z")
        assert len(speakers(screen)) == 3
        await d.press("tab", "down", "space", "down", "space", "j")
        assert len(speakers(screen)) == 2

        await d.press("tab", "enter")
        await done(d, screen)
        assert d.said == "2 transcripts imported, 1 refused — enter reads, u undoes"
        assert screen.file().name == "broken.docx" and screen.file().notes
        await read(d)
        assert d.code.opened.info.name == "ken.txt"
        with Project.open(empty, coder="reader") as project:
            assert {person.name for person in project.people.all()} == {"Ken", "Sue B."}
        await d.press("u")
        with Project.open(empty, coder="reader") as project:
            assert project.documents.all() == []


async def test_corrections_hold_for_all_files_and_are_remembered(empty, folder):
    (folder / "more.txt").write_text(SUE.replace("Sue B.", "Zoe"), encoding="utf-8")
    async with desk(empty) as d:
        screen = await look(d, folder)
        await d.press("end", "i")
        assert "Which speaker?" in d.said
        await d.press("down", "i")
        assert ("Sue B.", True) in speakers(screen) and ("Interviewer", True) in speakers(screen)
        await d.press("i")
        assert ("Sue B.", False) in speakers(screen)
        await d.press("down", "x")
        assert [label for label, _ in speakers(screen)] == ["Interviewer", "Sue B."]
        await d.until(lambda: not screen._waiting)
        more = next(file for file in screen.files if file.name == "more.txt")
        assert "Sue" not in [voice.label for voice in more.voices]
        await d.press("enter")
        await done(d, screen)
        await read(d)
        (folder / "later.txt").write_text(SUE.replace("Twenty", "Thirty"), encoding="utf-8")
        screen = await look(d, folder)
        later = next(file for file in screen.files if file.name == "later.txt")
        assert [voice.label for voice in later.voices] == ["Interviewer", "Sue B."]
        assert next(f for f in screen.files if f.name == "ken.txt").state is State.THERE
        await d.press("escape")
        assert isinstance(d.app.screen, CodeScreen)


async def test_copies_are_asked_about_and_speakers_found_otherwise(empty, folder):
    (folder / "copy.txt").write_text(TALK, encoding="utf-8")
    (folder / "answers.csv").write_text("who,said\nP1,Damp.\nP2,Cold.\n", encoding="utf-8")
    (folder / "sue.txt").unlink()
    async with desk(empty) as d:
        screen = await look(d, folder)
        assert [file.state for file in screen.files if file.name == "answers.csv"] == [
            State.REFUSED
        ]
        await d.press("c", "down", "t")
        await d.until(lambda: screen.files[0].state is State.READ)
        await d.press("tab", "tab", "s", "down", "down", "enter")
        await d.until(lambda: not screen._waiting)
        assert screen.finding == "none"
        await d.press("enter")
        await d.until(lambda: isinstance(d.app.screen, Choose))
        await d.press("down", "enter")
        await done(d, screen)
        await read(d)
        with Project.open(empty, coder="reader") as project:
            names = [info.name for info in project.documents.all()]
        assert names[-2:] == ["copy.txt", "ken.txt"]
        assert all(name.startswith("answers.csv") for name in names[:-2])


async def test_the_columns_of_a_table_are_guessed_shown_and_put_right(empty, tmp_path):
    folder = tmp_path / "surveys"
    folder.mkdir()
    answers = [
        ["Who is it", "\u202eWard", "What helped you most?", "What got in the way?", "Codes"],
        ["R1", "Hill", "The garden, where I met people.", "The bus stopped in the evening.", "Bus"],
        ["R2", "Vale", "My neighbour who drives me there.", "", "Friends; Bus"],
    ]
    for name in ("spring.xlsx", "summer.xlsx"):
        cover = [["Resident survey"], ["", f"Collected in {name}"]]
        (folder / name).write_bytes(excel(*cover, others={"Answers": answers}))
    (folder / "ken.txt").write_text(TALK, encoding="utf-8")
    async with desk(empty, size=(80, 24)) as d:
        screen = await look(d, folder)
        assert not screen.columns.display  # of a text there is nothing to choose
        await d.press("down")
        assert screen.columns.display and screen.file().doubtful
        assert "sheet 'Answers'; w reads another: Main" in screen.query_one("#turns").text
        await d.press("w", "up", "enter")  # with the files in focus, where the title offers it
        assert screen.look().sheet == "Main" and screen.look().holding(Role.TEXT) == []
        await d.press("z", "c")
        shown = [str(screen.columns._row(place).cells[1]) for place in range(5)]
        assert shown == ["attribute", "attribute", "text", "text", "codes"]
        assert "\u202e" not in str(screen.columns._row(1).cells[0])
        assert screen.file().doubtful
        assert "What helped you most?  The garden" in screen.query_one("#turns").text
        assert "codes Friends, Bus" in screen.query_one("#turns").text

        await d.press("d", "down", "x")
        assert "\nR1\nWhat" in f"\n{screen.query_one('#turns').text}"
        await d.press("down", "right")
        assert screen.look().holding(Role.SPEAKER) == ["What helped you most?"]
        await d.press("left", "down", "down", "enter", "down", "down", "enter")
        assert screen.look().holding(Role.ATTRIBUTE) == ["Codes"]
        await d.press("z", "b")
        assert "a transcript for each question" in d.said
        await d.until(lambda: not screen._waiting)
        assert [len(file.understood) for file in screen.files] == [1, 2, 2]  # the same layout
        await d.press("escape", "enter")
        await done(d, screen)
        await read(d)
        (folder / "autumn.xlsx").write_bytes(excel(*cover, others={"Answers": answers[:2]}))
        screen = await look(d, folder)
        await d.press("home")
        assert screen.file().name == "autumn.xlsx" and not screen.file().doubtful
        assert "read as last time; z has them" in screen.query_one("#turns").text
        assert len(screen.file().understood) == 2
        await d.press("z")
        await d.until(lambda: screen.file().doubtful and not screen._waiting)
        await d.press("z")
        await d.until(lambda: not screen.file().doubtful and not screen._waiting)
        await d.press("escape")
        assert isinstance(d.app.screen, CodeScreen)
    with Project.open(empty, coder="reader") as project:
        names = [info.name for info in project.documents.all()]
        assert "spring.xlsx#What helped you most?" in names and len(names) == 5
        assert {person.name for person in project.people.all()} >= {"R1", "R2", "Ken"}
        assert not project.attributes.all()
        assert project.codes.codebook().find("Bus")


async def test_stopping_keeps_what_is_done_and_the_same_again_goes_on(empty, folder, monkeypatch):
    real = importing_thread.import_transcripts

    def one_at_a_time(*arguments, **options):
        for result in real(*arguments, **options):
            if result.document == "ken.txt":
                screen._importer.stop()
            yield result

    monkeypatch.setattr(importing_thread, "import_transcripts", one_at_a_time)
    async with desk(empty) as d:
        screen = await look(d, folder)
        await d.press("enter")
        await done(d, screen)
        assert d.said.startswith("1 transcript imported")
        assert screen.files[-1].state is State.READ
        await read(d)
    monkeypatch.undo()
    async with desk(empty) as d:
        screen = await look(d, folder)
        await d.press("enter")
        await done(d, screen)
        assert d.said.startswith("1 transcript imported")
        await read(d)


async def test_paths_are_typed_completed_and_dropped(empty, folder, monkeypatch):
    monkeypatch.chdir(folder)
    async with desk(empty) as d:
        await d.press("I")
        await d.burst(Paste("ken.txt\ns"))
        await d.press("tab")
        line = d.app.focused
        assert isinstance(line, Input) and line.value == "ken.txt; sue.txt"
        await d.press("enter")
        screen = d.app.screen
        assert isinstance(screen, ImportScreen)
        await d.until(lambda: len(screen.files) == 2)
        await d.press("escape", "I")
        await d.type("nothing.txt")
        await d.press("enter")
        assert "There is no nothing.txt" in str(d.app.screen.query_one(".problem").render())
        d.app.focused.value = f"'{folder / 'ken.txt'}' "
        await d.press("enter")
        screen = d.app.screen
        await d.until(lambda: [file.name for file in screen.files] == ["ken.txt"])
        assert not screen.files[0].doubtful
        await d.press("s", "down", "down", "enter")
        await d.until(lambda: screen.files[0].doubtful)
        assert "nobody is named" in screen.query_one("#turns").text
        await d.press("escape")
        assert isinstance(d.app.screen, Choose)  # what was chosen would be lost
        await d.press("down", "enter", "I", "down", "enter")
        assert isinstance(d.app.screen, ImportScreen)
