"""The people screen: describing, joining and taking apart, reading and writing tables."""

from __future__ import annotations

import csv

import pytest
from textual.widgets import OptionList

from commonplace.domain.attributes import Kind
from commonplace.project import Project
from commonplace.tui.dialogs.cell import CellDialog
from commonplace.tui.dialogs.choose import Choose
from commonplace.tui.dialogs.path import PathPrompt, completions
from commonplace.tui.dialogs.report import ReportDialog
from commonplace.tui.screens.code import CodeScreen
from commonplace.tui.screens.people import PeopleScreen
from commonplace.tui.screens.quotes import QuotesScreen
from commonplace.tui.widgets.linelist import Column
from tests.readers.test_sheets import excel
from tests.tui.conftest import desk, place, transcript


@pytest.fixture
def crowd(path):
    """Rosa in two waves, Sam, and what is known of them; codings of Rosa's words."""
    with Project.open(path, coder="ben") as project:
        project.documents.add(
            transcript("cedar.txt", [("Int", "Again?"), ("R.", "Yes, damp again.")])
        )
        rosa, sam, later = (project.people.find(name).id for name in ("Rosa", "Sam", "R."))
        project.people.join(rosa, [later])
        project.people.set_attributes(rosa, {"nation": "Wales", "age": "41"})
        project.people.set_attributes(sam, {"nation": "Scotland"})
        for wave, name in enumerate(("ash", "cedar"), start=1):
            document = project.documents.find(name).id
            project.people.set_attributes(rosa, {"wave": str(wave)}, document=document)
        ash = project.documents.find("ash").id
        project.codings.add(ash, place(project, "ash", "It's damp."), "damp")
    return path


def listed(d) -> list[list[str]]:
    """What the grid holds, cell by cell."""
    rows = d.app.screen.listed._rows
    return [[cell.plain for cell in row.cells] for row in rows.rows(0, rows.count())]


def titles(d) -> list[str]:
    return [column.title for column in d.app.screen.listed._columns]


def people(path) -> dict[str, dict[str, str]]:
    with Project.open(path, coder="reader") as project:
        return {person.name: dict(person.attributes) for person in project.people.all()}


async def choose(d, word: str) -> None:
    """Takes the choice that begins with a word."""
    options = d.app.screen.query_one(OptionList)
    prompts = [str(options.get_option_at_index(n).prompt) for n in range(options.option_count)]
    options.highlighted = next(n for n, p in enumerate(prompts) if p.startswith(word))
    await d.press("enter")


async def to(d, column: str) -> None:
    """Goes to a column."""
    d.app.screen.listed.move_to_column(d.app.screen.names.index(column))
    await d.settle()


async def test_the_grid_shows_people_and_leads_to_their_words(crowd):
    async with desk(crowd) as d:
        await d.press("f8")
        assert isinstance(d.app.screen, PeopleScreen)
        head = ["name ↑", "labels", "nation", "wave", "age", "transcripts", "words", "codings"]
        assert titles(d) == head
        assert listed(d) == [
            ["Rosa", "Rosa · R.", "Wales", "1 | 2", "41", "2", "32", "1"],
            ["Sam", "Sam", "Scotland", "", "", "1", "7", "0"],
        ]
        assert "cedar.txt  as R.  3 words  wave 2" in d.app.screen.query_one("#labels").text
        await to(d, "words")
        await d.press("s")
        assert [row[0] for row in listed(d)] == ["Sam", "Rosa"]
        await d.press("s")
        assert [row[0] for row in listed(d)] == ["Rosa", "Sam"] and "words ↓" in titles(d)
        await d.press("asterisk")
        assert len(d.app.screen.marked) == 2
        await d.press("asterisk")
        assert not d.app.screen.marked
        await d.press("/")
        await d.type("nation=Scotland")
        await d.press("enter")
        assert [row[0] for row in listed(d)] == ["Sam"]
        await d.press("/", "escape", "home", "enter", "enter")
        assert isinstance(d.app.screen, QuotesScreen)
        assert [row[1] for row in quotes(d)] == ["It's damp."]
        assert d.app.screen.filters().people
        await d.press("f")
        assert d.app.screen.filters().people == ()
        await d.press("f8", "enter", "down", "down", "enter")
        assert isinstance(d.app.screen, CodeScreen)
        assert d.code.opened.info.name == "cedar.txt"


def quotes(d) -> list[list[str]]:
    rows = d.app.screen.listed._rows
    return [[getattr(c, "plain", c) for c in row.cells] for row in rows.rows(0, rows.count())]


async def test_cells_are_written_in_for_one_and_for_many_and_undone(crowd):
    async with desk(crowd) as d:
        await d.press("f8")
        await to(d, "nation")
        await d.press("e")
        assert isinstance(d.app.screen, CellDialog)
        await d.press(*"England", "enter")
        assert people(crowd)["Rosa"]["nation"] == "England"
        assert d.said == "Rosa: nation England — u undoes"
        await d.press("u")
        assert people(crowd)["Rosa"]["nation"] == "Wales"
        await d.press("space", "space")
        await d.press("e")
        await d.type("Wales")
        await d.press("enter")
        assert {known["nation"] for known in people(crowd).values()} == {"Wales"}
        assert d.said.startswith("2 people: nation Wales")
        await d.press("u")
        assert people(crowd)["Sam"]["nation"] == "Scotland"


async def test_what_is_of_one_transcript_is_written_there(crowd):
    async with desk(crowd) as d:
        await d.press("f8")
        await to(d, "wave")
        await d.press("e")
        assert "w lists them" in d.said
        await d.press("w")
        assert [row[:3] for row in listed(d)] == [
            ["Rosa", "ash.txt", "Rosa"],
            ["Rosa", "cedar.txt", "R."],
            ["Sam", "birch.txt", "Sam"],
        ]
        await to(d, "wave")
        await d.press("down", "e")
        await d.press("3", "enter", "w")
        assert listed(d)[0][3] == "1 | 3"
        with Project.open(crowd, coder="reader") as project:
            rosa = project.people.find("Rosa")
            cedar = project.documents.find("cedar").id
            assert rosa.in_document[cedar]["wave"] == "3"
            assert "wave" not in rosa.attributes


async def test_a_type_refuses_what_does_not_fit_and_a_choice_can_grow(crowd):
    async with desk(crowd) as d:
        await d.press("f8")
        await to(d, "nation")
        await d.press("y")
        await choose(d, "choice")
        await d.press("enter")
        assert d.said == "nation is a choice — u undoes"
        await d.press("e", "S", "c", "enter")
        assert people(crowd)["Rosa"]["nation"] == "Scotland"
        await d.press("e")
        await d.type("Scotlnd")
        box = d.app.screen
        assert [said.value for said in box._answers] == ["Scotland", "Scotlnd"]
        await d.press("down", "enter")
        assert people(crowd)["Rosa"]["nation"] == "Scotlnd"
        await to(d, "age")
        await d.press("y")
        await choose(d, "number")
        await d.press("e")
        await d.type("old")
        await d.press("enter")
        assert isinstance(d.app.screen, CellDialog)
        assert "is no number" in str(d.app.screen.query_one(".problem").render())
        await d.press("escape")
        assert people(crowd)["Rosa"]["age"] == "41"
        with Project.open(crowd, coder="reader") as project:
            assert "Scotlnd" in project.attributes.find("nation").choices
            assert project.attributes.find("age").kind is Kind.NUMBER


async def test_attributes_come_go_and_change_their_names(crowd):
    async with desk(crowd) as d:
        await d.press("f8", "+")
        await d.type("joined")
        await d.press("enter")
        await choose(d, "date")
        assert "joined" in titles(d)
        await to(d, "joined")
        await d.press("e")
        await d.type("2026-03-31")
        await d.press("enter", "r")
        await d.type(" on")
        await d.press("enter")
        assert people(crowd)["Rosa"]["joined on"] == "2026-03-31"
        await d.press("d", "enter")
        assert "joined on" not in titles(d)
        await d.press("u")
        assert "joined on" in titles(d)
        await to(d, "words")
        await d.press("e")
        assert "follow from the transcripts" in d.said
        await to(d, "name")
        await d.press("e")
        await d.type(" Lee")
        await d.press("enter")
        assert "Rosa Lee" in people(crowd)


async def test_people_are_taken_apart_and_joined(crowd):
    async with desk(crowd) as d:
        await d.press("f8", "t")
        assert isinstance(d.app.screen, Choose)
        await d.press("down", "enter")
        assert [row[0] for row in listed(d)] == ["R.", "Rosa", "Sam"]
        await d.press("j")
        assert "Mark the people" in d.said
        await d.press("home", "space", "space", "j")
        await d.press("enter")
        assert d.said == "R.: now Rosa — u undoes"
        assert [row[0] for row in listed(d)] == ["Rosa", "Sam"]
        await d.press("u", "u")
        assert listed(d)[0][1] == "Rosa · R."


async def test_a_table_goes_out_and_comes_in_again(crowd, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with desk(crowd) as d:
        await d.press("f8", "o", "enter")
        with (tmp_path / "people.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [(row["name"], row["speaker"], row["wave"]) for row in rows] == [
            ("Rosa", "Rosa", "1"),
            ("Rosa", "R.", "2"),
            ("Sam", "Sam", ""),
        ]
        text = (tmp_path / "people.csv").read_text(encoding="utf-8")
        (tmp_path / "people.csv").write_text(text.replace("Scotland", ""), encoding="utf-8")
        await d.press("i")
        assert isinstance(d.app.screen, PathPrompt)
        await d.type("peo")
        await d.press("tab", "enter")
        assert isinstance(d.app.screen, ReportDialog)
        await d.press("enter")
        assert isinstance(d.app.screen, ReportDialog)
        assert people(crowd)["Sam"] == {"nation": "Scotland"}
        await d.press("enter")
        assert people(crowd)["Sam"] == {}
        assert "1 change" in d.said
        await d.press("u")
        assert people(crowd)["Sam"] == {"nation": "Scotland"}
        two = {"Two": [["name", "nation"], ["Sam", "England"]]}
        (tmp_path / "w.xlsx").write_bytes(excel(["name", "age"], ["Sam", 40], others=two))
        await d.press("i")
        await d.type("w.x")
        await d.press("tab", "enter")
        assert isinstance(d.app.screen, ReportDialog)
        await d.press("down", "enter", "enter")
        assert people(crowd)["Sam"] == {"nation": "England"}


async def test_a_narrow_screen_scrolls_sideways_and_keeps_the_names(crowd):
    async with desk(crowd, size=(50, 24)) as d:
        await d.press("f8")
        grid = d.app.screen.listed
        assert grid.hidden[1] > 0
        await d.press("ctrl+right")
        before, after = grid.hidden
        assert before > 0 and after == 0
        assert grid._widths(grid.scrollable_content_region.width)[0] > 0
        region = grid.cell_region()
        assert 0 < region.x < 50 and region.width == grid._columns[grid.place].width
        await d.press("ctrl+left")
        assert grid.place == 0
        await d.pilot.click(grid, offset=(4, 2))
        assert grid.cursor == 1
        await d.pilot.click(grid, offset=(4, 0))
        await d.settle()
        assert "name ↓" in titles(d)
        assert isinstance(grid._columns[0], Column)


def test_paths_are_completed(tmp_path):
    for name in ("alpha.csv", "alps.csv", "beta.txt", ".hidden.csv"):
        (tmp_path / name).touch()
    (tmp_path / "album").mkdir()
    start = str(tmp_path) + "/"
    assert completions(f"{start}al", (".csv",)) == [
        f"{start}album/",
        f"{start}alpha.csv",
        f"{start}alps.csv",
    ]
    assert completions(f"{start}.h") == [f"{start}.hidden.csv"]
    assert completions(f"{start}nothing/x") == []
