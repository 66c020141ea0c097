"""The views of the themes screen: figures, and the passages one key behind them."""

from __future__ import annotations

import csv

import pytest

from commonplace.project import Project
from commonplace.tui.screens.code import CodeScreen
from commonplace.tui.screens.quotes import QuotesScreen
from commonplace.tui.screens.themes.views import KEYS, VIEWS
from commonplace.tui.widgets.shade import Shade
from tests.tui.conftest import desk, place
from tests.tui.test_tables import coded, listed  # noqa: F401


@pytest.fixture
def crossed(coded):  # noqa: F811
    """The coded project, with two codes on one passage and two waves."""
    with Project.open(coded, coder="ben") as project:
        ash = project.documents.find("ash").id
        project.codings.add(ash, place(project, "ash", "The bus stopped"), "transport")
        project.codings.add(ash, place(project, "ash", "The bus stopped, too"), "social")
        for name, wave in (("Rosa", "1"), ("Sam", "2")):
            project.people.set_attributes(project.people.find(name).id, {"wave": wave})
    return coded


def cells(d) -> list[list[str]]:
    """What the view shows, cell by cell; of a shaded cell its figure."""
    return [
        [c.figure if isinstance(c, Shade) else getattr(c, "plain", str(c)) for c in row.cells]
        for row in d.app.screen.shown.rows
    ]


def note(d) -> str:
    return str(d.app.screen.query_one("#note").render())


def title(d) -> str:
    return str(d.app.screen.query_one("#title").render())


def problem(d) -> str:
    panel = d.app.screen.query_one("#problem")
    return str(panel.render()) if panel.display else ""


async def test_filters_hold_for_every_view_and_for_what_is_behind_a_figure(crossed):
    with Project.open(crossed, coder="cleo") as project:
        ash = project.documents.find("ash").id
        project.codings.add(ash, place(project, "ash", "How is the flat?"), "housing")
        project.codings.add(ash, place(project, "ash", "My friend Ann"), "social")
    async with desk(crossed) as d:
        await d.press("f5")
        assert cells(d)[0][2:5] == ["1", "1 of 2", "1 of 2"]
        await d.press("F", "enter")
        assert "interviewers included" in title(d)
        assert cells(d)[0][2] == "2"
        await d.press("enter")
        passages = d.app.screen.query_one("#passages")
        assert [row.cells[0] for row in passages._rows.rows(0, 9)] == [
            "How is the flat?", "It's damp.",
        ]  # fmt: skip
        await d.press("escape", "F", *["down"] * 3, "enter", "down", "space", "enter")
        assert "coder cleo" in title(d) and cells(d)[0][2] == "1"
        await d.press("4")
        assert "coder cleo" in title(d)
        await d.press("F", *["down"] * 4, "enter", "space", "enter")
        assert "origin suggested" in title(d)
        await d.press("F", *["down"] * 6, "enter")
        await d.type("yesterday")
        await d.press("enter")
        assert "is no date" in str(d.app.screen.query_one(".problem").render())
        await d.press("escape", "F", "end", "enter", "1")
        assert "each with its sub-codes" in title(d) and cells(d)[0][2] == "1"
        await d.press("F", "down", "down", "enter")
        assert "each by itself" not in title(d) and cells(d)[0][2] == "0"


async def test_shares_of_participants_by_coder_and_speaker(crossed):
    async with desk(crossed) as d:
        await d.press("f5", "p", "down", "enter", "end", "enter")
        titles = [column.title for column in d.app.screen.shown.columns]
        assert titles[5:7] == ["of people", "95 %"]
        assert cells(d)[0][5:7] == ["50%", "9%–91%"]
        await d.press("b", "end", "enter", "enter")
        assert d.app.screen.query_one("#passages").count == 1
        await d.press("escape", "b", "end", "up", "enter", "end", "up", "enter")
        assert "speaker" in title(d)
        assert d.app.screen.query_one("#passages").count == 1


async def test_what_a_view_is_by_unless_told_otherwise(crossed):
    async with desk(crossed) as d:
        await d.press("f5", "2", "p")
        shown = d.app.screen.query_one("OptionList").get_option_at_index(0).prompt
        assert str(shown) == "Groups – role"
        await d.press("escape", "3", "p", "down", "enter")  # nation instead of wave
        assert d.app.screen.chosen["by"] == "nation"
        assert cells(d)[0][1] == "Scotland → Wales"


async def test_codes_near_each_other_within_any_number_of_words(crossed):
    async with desk(crossed) as d:
        await d.press("f5", "4", "p", "enter", "end", "enter")
        await d.type("many")
        await d.press("enter")
        assert "Write a number" in str(d.app.screen.query_one(".problem").render())
        await d.press(*["backspace"] * 4)
        await d.type("7")
        await d.press("enter")
        assert d.app.screen.chosen["within"] == "7 words" and "7 words" in title(d)
        assert "at most 7 words" in note(d)


async def test_a_query_is_answered_in_context_and_by_counts(crossed):
    async with desk(crossed) as d:
        await d.press("f5", "8")
        await d.type("transport")
        await d.press("enter", "p", "down", "enter", "down", "enter")
        assert [cell.strip() for cell in cells(d)[0][:2]][1] == "The bus stopped"
        await d.press("p", "down", "enter", "end", "enter")
        assert [(row[0], row[1]) for row in cells(d)] == [("ash.txt", "2"), ("birch.txt", "0")]
        await d.press("enter")
        assert d.app.screen.query_one("#passages").count == 2


async def test_a_value_that_nobody_has_is_pointed_out(crossed):
    async with desk(crossed) as d:
        await d.press("f5", "/")
        await d.type("nation=Wale")
        await d.press("enter")
        hint = str(d.app.screen.query_one("FilterLine .problem").render())
        assert "did you mean Wales?" in hint and "did you mean Wales?" in note(d)
        assert cells(d)[0][2] == "0"


async def test_a_crosstab_leads_to_the_quotes_of_its_cells(crossed):
    async with desk(crossed) as d:
        await d.press("f5", "2", "b")
        await d.press("down", "enter")  # nation, by the alphabet
        assert d.app.screen.shown.title == "Participants by nation"
        titles = [column.title for column in d.app.screen.shown.columns]
        assert titles == ["theme", "Scotland of 1", "Wales of 1", "all of 2"]
        social = next(row for row in cells(d) if "Social" in row[0])
        assert social[1:] == ["1", "1", "2"]
        await d.press("end", "right", "enter")
        assert isinstance(d.app.screen, QuotesScreen)
        assert [row[1] for row in listed(d)] == ["The bus stopped, too"]


async def test_a_crosstab_by_transcript_leads_to_the_quotes_of_one(crossed):
    async with desk(crossed) as d:
        await d.press("f5", "2", "b", "end", "enter")
        assert d.app.screen.shown.title == "Participants by document"
        await d.press("end", "right", "enter")
        assert isinstance(d.app.screen, QuotesScreen)
        assert {row[3] for row in listed(d)} == {"birch.txt"}
        await d.press("f")
        assert len(listed(d)) == 5


async def test_values_with_quotation_marks_and_names_of_columns_lead_to_their_quotes(crossed):
    with Project.open(crossed, coder="ben") as project:
        for person in project.people.all():
            project.people.set_attributes(person.id, {"code": f'The "{person.name}"'})
    async with desk(crossed) as d:
        await d.press("f5", "b", "end", "enter")
        assert d.app.screen.shown.title == "Themes by coder"
        await d.press("b", *["up"] * 4, "enter")
        assert d.app.screen.shown.title == "Themes by code"
        assert 'The "Rosa"' in "".join(row[0] for row in cells(d))
        await d.press("2", "b", "end", "up", "enter")
        assert d.app.screen.shown.title == "Participants by code"
        await d.press("end", "enter")
        assert isinstance(d.app.screen, QuotesScreen)
        assert [row[1] for row in listed(d)] == ["The bus stopped, too"]


async def test_options_change_what_a_crosstab_shows(crossed):
    async with desk(crossed) as d:
        await d.press("f5", "2", "p", "down", "down", "enter", "end", "enter")
        assert d.app.screen.chosen["cells"] == "yes or no"
        assert {cell for row in cells(d) for cell in row[1:]} <= {"✓", "·"}
        await d.press("p", "down", "down", "enter", "down", "down", "enter")
        await d.press("p", "down", "enter", "enter")
        assert "out of nothing" in problem(d)


async def test_codes_together_lead_to_their_passages_and_on_to_the_transcript(crossed):
    async with desk(crossed) as d:
        await d.press("f5", "4")
        rows = {row[0].split()[-1]: row[1:] for row in cells(d)}
        assert rows["Transport"][-1] == "1" and rows["connection"][2] == "1"
        assert rows["Housing"][1] == ""  # Damp stands below Housing: nothing to say
        place = next(n for n, row in enumerate(cells(d)) if "Transport" in row[0])
        for _ in range(place):
            await d.press("down")
        await d.press("ctrl+right", "enter")
        passages = d.app.screen.query_one("#passages")
        assert passages.has_focus and passages.count == 1
        assert "The bus stopped, too" in passages.current.cells[0]
        await d.press("escape")
        assert d.app.screen.listed.has_focus
        await d.press("enter", "enter")
        assert isinstance(d.app.screen, CodeScreen)


async def test_the_saturation_curve_tells_what_each_transcript_brings(crossed):
    async with desk(crossed) as d:
        await d.press("f5", "5")
        current = d.app.screen.query_one("#current")
        assert "ash.txt: 3 codes, 3 of them new" in str(current.render())
        await d.press("right")
        assert "birch.txt: 1 codes, 0 of them new" in str(current.render())
        await d.press("left", "enter")
        passages = d.app.screen.query_one("#passages")
        assert passages.count == 3
        await d.press("enter")
        assert isinstance(d.app.screen, CodeScreen)
        assert "Base of 4" in note(d) if d.app.screen.query("#note") else True


async def test_waves_voices_and_words(crossed):
    async with desk(crossed) as d:
        await d.press("f5", "3")
        assert cells(d)[0][1] == "1 → 2"
        await d.press("9")
        assert any("loud" in row[-1] for row in cells(d))
        await d.press("p", "end", "enter")
        assert d.app.screen.shown.title.startswith("Shown as typical")
        await d.press("6", "b", "down", "down", "enter")
        assert d.app.screen.chosen["by"] == "nation"
        assert "Rayson" in note(d) and "function words" in note(d) and not cells(d)
        await d.press("p", "end", "enter", "end", "enter", "enter")
        assert d.app.screen.query_one("#passages").count >= 1


async def test_what_is_needed_is_asked_for(crossed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with desk(crossed) as d:
        await d.press("f5", "7", "escape", "o")
        assert "nothing to write yet" in d.said
        await d.press("7")
        await d.type("bus")
        await d.press("enter")
        assert [row[1] for row in cells(d)] == ["bus"]
        await d.press("o", "enter")
        await d.press("8")
        await d.type("transport and social")
        await d.press("enter")
        assert len(cells(d)) == 1
        await d.press("p", "enter", "down", "enter")
        await d.type("Together")
        await d.press("enter")
        assert d.said == "kept as Together — u undoes"
        await d.press("p", "enter", "down", "enter")  # where it stands now
        assert d.app.screen.chosen["query"] == "[Transport] and [Social connection]"
        assert len(cells(d)) == 1
        await d.press("p", "enter", "enter")
        await d.type(" nearby")
        await d.press("enter")
        assert "nearby" in problem(d) and "^^^^" in problem(d)
        assert "counting" not in title(d) and "cannot be shown" in title(d)
        assert d.app.screen.listed.count == 0
        await d.press("0")
        await d.type("damp")
        await d.press("enter")
        assert cells(d)[0][:3:2] == ["Sam", "never"]
        await d.press("enter")
        assert d.app.screen.query_one("#passages").count == 1
    written = list(csv.DictReader((tmp_path / "kwic.csv").open(encoding="utf-8", newline="")))
    assert [row["keyword"] for row in written] == ["bus"]


async def test_every_view_has_a_key_and_opens_on_an_empty_project(tmp_path):
    path = tmp_path / "empty.commonplace"
    with Project.create(path, coder="amira"):
        pass
    async with desk(path) as d:
        await d.press("f5")
        for key, view in KEYS.items():
            await d.press(key)
            if any(option.needed for option in view.options):
                await d.press("escape")
            assert d.app.screen.view is view
    assert tuple(KEYS.values()) == VIEWS
