"""Quotes and themes: lists made in a thread, filters, passages, and files."""

from __future__ import annotations

import csv
import json
from itertools import cycle

import pytest

from commonplace.analysis.attributions import TEMPLATE
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.tui.dialogs.choose import Choose
from commonplace.tui.screens import study
from commonplace.tui.screens.code import CodeScreen
from commonplace.tui.screens.quotes import QuotesScreen
from commonplace.tui.screens.study import split_filter
from commonplace.tui.screens.themes import ThemesScreen
from commonplace.tui.widgets.filterline import FilterLine
from tests.tui.conftest import desk, place


@pytest.fixture
def coded(path):
    """The project with a few codings by a colleague, and what is known of two people."""
    with Project.open(path, coder="ben") as project:
        ash, birch = (project.documents.find(name).id for name in ("ash", "birch"))
        project.codings.add(ash, place(project, "ash", "It's damp."), "damp")
        project.codings.add(ash, place(project, "ash", "It goes twice a day now."), "transport")
        project.codings.add(birch, place(project, "birch", "Neighbours talk again."), "social")
        for name, nation in (("Rosa", "Wales"), ("Sam", "Scotland")):
            person = project.people.find(name).id
            project.people.set_attributes(person, {"role": "resident", "nation": nation})
    return path


def listed(d) -> list[list[str]]:
    """What the list on the screen shows, cell by cell."""
    rows = d.app.screen.listed._rows
    return [
        [cell.plain if hasattr(cell, "plain") else str(cell) for cell in row.cells]
        for row in rows.rows(0, rows.count())
    ]


async def test_quotes_with_code_source_and_transcript(coded):
    with Project.open(coded, coder="ben") as project, project.transaction("as known"):
        project.set_fact(TEMPLATE, "")
    async with desk(coded) as d:
        await d.press("f4")
        assert isinstance(d.app.screen, QuotesScreen)
        first, *_, last = listed(d)
        assert "Damp" in first[0] and "Housing" in first[0]
        assert first[1:] == ["It's damp.", "Resident, Wales", "ash.txt"]
        assert last[1:] == ["Neighbours talk again.", "Resident, Scotland", "birch.txt"]


async def test_the_quote_stands_in_its_context(coded):
    async with desk(coded) as d:
        await d.press("f4")
        text = d.app.screen.query_one("#context").text
        assert "It's damp. The landlord never came." in text
        assert "in ash.txt, turn 2" in text and "by ben, manual" in text


async def test_enter_goes_to_the_passage(coded):
    async with desk(coded) as d:
        await d.press("f4", "end", "enter")
        assert isinstance(d.app.screen, CodeScreen)
        assert d.code.opened.info.name == "birch.txt"
        span = d.code.reader.selection
        assert d.code.reader.document.slice(span.start, span.end) == "Neighbours talk again."


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("twice", ["It goes twice a day now."]),
        ("nation=Scotland", ["Neighbours talk again."]),
        ("damp; nation=Wales", ["It's damp."]),
        ("damp; nation=Scotland", []),
    ],
)
async def test_filtering_quotes_by_words_and_condition(coded, typed, expected):
    async with desk(coded) as d:
        await d.press("f4", "/")
        await d.type(typed)
        await d.press("enter")
        assert [row[1] for row in listed(d)] == expected
        assert d.app.screen.listed.has_focus


async def test_a_condition_that_is_not_understood_is_explained_and_changes_nothing(coded):
    async with desk(coded) as d:
        await d.press("f4", "/")
        await d.type("nation=")
        await d.press("enter")
        problem = d.app.screen.query_one(FilterLine).query_one(".problem")
        assert "too early" in str(problem.render())
        assert len(listed(d)) == 3
        await d.press("/", "escape")
        assert str(problem.render()) == ""


async def test_quotes_of_one_code_and_all_again(coded):
    async with desk(coded) as d:
        await d.press("f4", "f")
        await d.type("housing")
        await d.press("enter")
        assert [row[1] for row in listed(d)] == ["It's damp."]
        await d.press("f")
        assert len(listed(d)) == 3


async def test_quotes_follow_what_is_coded_elsewhere(coded):
    async with desk(coded) as d:
        await d.press("f4", "f2")
        d.at("laugh")
        await d.press("1", "f4")
        assert len(listed(d)) == 4
        with Project.open(coded, coder="ben") as project:
            ash = project.documents.find("ash").id
            project.codings.add(ash, place(project, "ash", "Ann"), "social")
        await d.until(lambda: len(listed(d)) == 5)


async def test_exporting_what_is_listed(coded, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with desk(coded) as d:
        await d.press("f4", "/")
        await d.type("twice")
        await d.press("enter", "o", "enter")
        assert d.said == f"wrote quotes.csv in {tmp_path}"
        with (tmp_path / "quotes.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["quote"] for row in rows] == ["It goes twice a day now."]
        await d.press("o", "enter")
        assert isinstance(d.app.screen, Choose)
        await d.press("enter")
        assert d.said.startswith("wrote ")
        heeding = study._heeding
        monkeypatch.setattr(study, "_heeding", lambda table, stop: heeding(endless(table), stop))
        await d.press("o", "ctrl+u")
        await d.type("again.csv")
        await d.pilot.press("enter")
        await d.until(lambda: list(tmp_path.glob(".commonplace-*")))
        await d.press("escape")
        assert d.said == "stopped: again.csv was not written"
        assert not list(tmp_path.glob("again.csv")) + list(tmp_path.glob(".commonplace-*"))
        assert len(listed(d)) == 1, "esc left everything else as it was"


def endless(table):
    return Table(table.name, table.columns, lambda: cycle(table))


async def test_a_format_that_cannot_be_written_is_refused_in_words(coded, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with desk(coded) as d:
        await d.press("f4", "o")
        await d.type(".pdf")
        await d.press("enter")
        assert "'.pdf' is no format" in str(d.app.screen.query_one(".problem").render())
        await d.press(*["backspace"] * 8)  # .csv.pdf
        await d.type(".docx")
        await d.press("enter")
        assert d.said == f"wrote quotes.docx in {tmp_path}"
        assert [file.name for file in tmp_path.glob("quotes.*")] == ["quotes.docx"]


async def test_themes_with_their_denominators(coded):
    async with desk(coded) as d:
        await d.press("f5")
        assert isinstance(d.app.screen, ThemesScreen)
        housing = listed(d)[0]
        assert housing[0].strip().endswith("Housing")
        assert housing[2:5] == ["1", "1 of 2", "1 of 2"]
        note = str(d.app.screen.query_one("#note").render())
        assert "0 of 2 transcripts are marked done" in note


async def test_themes_by_attribute_lead_to_the_quotes_of_a_value(coded):
    async with desk(coded) as d:
        await d.press("f5", "b")
        assert isinstance(d.app.screen, Choose)
        await d.press("down", "down", "enter")
        rows = listed(d)
        assert d.app.screen.chosen["by"] == "nation"
        assert rows[0][0].endswith("Scotland") and rows[1][0].endswith("Wales")
        await d.press("down", "enter")
        assert isinstance(d.app.screen, QuotesScreen)
        assert [row[1] for row in listed(d)] == ["It's damp."]


async def test_filtering_themes_changes_their_denominators(coded):
    async with desk(coded) as d:
        await d.press("f5", "/")
        await d.type("nation=Wales")
        await d.press("enter")
        assert listed(d)[0][3:5] == ["1 of 1", "1 of 1"]


async def test_exporting_themes_and_codings(coded, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with desk(coded) as d:
        await d.press("f5", "o", "ctrl+u")
        await d.type("how often.json")
        await d.press("enter", "r", "enter")
        assert d.said.startswith("a report on 2 people would give them away")
        await d.press("f2", "o", "enter")
    themes = json.loads((tmp_path / "how often.json").read_text(encoding="utf-8"))
    assert not (tmp_path / "report.html").exists()
    codings = list(csv.DictReader((tmp_path / "codings.csv").open(encoding="utf-8", newline="")))
    assert len(themes) == 5
    assert {row["document"] for row in codings} == {"ash.txt"}


def test_what_is_typed_into_a_filter_is_words_and_conditions():
    assert split_filter("") == ("", "")
    assert split_filter("damp walls") == ("damp walls", "")
    assert split_filter("role=practitioner") == ("", "role=practitioner")
    assert split_filter("damp; wave in (1, 2)") == ("damp", "wave in (1, 2)")
    assert split_filter('house="2; rear"; damp') == ("damp", 'house="2; rear"')
    assert split_filter("don't; a='b; c'") == ("don't", "a='b; c'")
    assert split_filter('"half; a=1') == ('"half', "a=1")
    assert split_filter('house="2; rear"; damp') == ("damp", 'house="2; rear"')
    assert split_filter("don't; a='b; c'") == ("don't", "a='b; c'")
    assert split_filter('"half; a=1') == ('"half', "a=1")
    assert split_filter("a=1; b=2") == ("", "(a=1) and (b=2)")
