"""Correcting words in the application, and placing what lost its place."""

from __future__ import annotations

from textual.widgets import TextArea

from commonplace.tui.dialogs.memo import MemoDialog
from commonplace.tui.dialogs.path import PathPrompt
from commonplace.tui.dialogs.report import ReportDialog
from commonplace.tui.widgets.sheet import Sheet
from tests.tui.conftest import desk, transcript


async def test_a_turn_is_corrected_and_what_lost_its_place_is_placed(path):
    async with desk(path) as d:
        d.select("The landlord never came.")
        await d.press("1")
        d.select("It's damp.")
        await d.press("1")
        await d.press("E")
        assert isinstance(d.app.screen, MemoDialog)
        area = d.app.screen.query_one(TextArea)
        assert area.text.startswith("It's damp. The landlord")
        area.text = "Nobody looked at it. It's damp! The bus stopped, too, so I stay in."
        await d.press("ctrl+s")
        assert isinstance(d.app.screen, ReportDialog)
        told = d.app.screen.query_one(Sheet).text.splitlines()
        assert told[0] == "1 without a place, 1 at other words; 2 places corrected"
        assert told[1] == "✗ Housing  “The landlord never came.”  its words are gone"
        assert told[2] == "≠ Housing  “It's damp.” is now “It's damp”"
        await d.press("down", "enter")
        assert "1 of 1" in d.said
        await d.press("C")
        await d.until(lambda: isinstance(d.app.screen, ReportDialog))
        await d.press("escape")
        assert d.codings() == [("housing", "It's damp", "amira")]
        assert len(d.code.waiting) == 1

        await d.press("W")
        assert (
            "waits for a place" in d.details
            and "1 of 1" in d.said
            and "The landlord never came." in d.details
        )
        await d.press("P")
        assert "Select the words" in d.said
        d.select("Nobody looked at it.")
        await d.press("P")
        assert "nothing waits any more" in d.said
        assert ("housing", "Nobody looked at it.", "amira") in d.codings()
        await d.press("u", "u")
        reader = d.code.reader
        assert "The landlord never came." in reader.document.slice(0, reader.document.length)
        assert len(d.codings()) == 2
        assert d.code.waiting == ()


async def test_a_file_is_rehearsed_before_it_takes_the_place_of_the_text(path, tmp_path):
    corrected = tmp_path / "ash-corrected.txt"
    turns = [("Int", "How is the flat?"), ("Rosa", "It's very damp. The landlord never came.")]
    corrected.write_text(transcript("ash.txt", turns).text, encoding="utf-8")
    async with desk(path) as d:
        d.select("My friend Ann drives me.")
        await d.press("3")
        d.code.action_amend()
        await d.settle()
        assert isinstance(d.app.screen, PathPrompt)
        await d.type(str(corrected))
        await d.press("enter")
        await d.until(lambda: isinstance(d.app.screen, ReportDialog))
        await d.press("enter")  # what would lose its place makes leaving it the first choice
        assert "very damp" not in d.code.reader.document.slice(0, 60)
        d.code._rehearse(d.code.opened.id, corrected)
        await d.until(lambda: isinstance(d.app.screen, ReportDialog))
        await d.press("up", "enter")
        assert "1 without a place" in d.said
        assert "very damp" in d.code.reader.document.slice(0, 60)
        await d.press("W", "X")
        assert "let go" in d.said
        await d.press("u", "u")
        assert [words for _, words, _ in d.codings()] == ["My friend Ann drives me."]


async def test_what_cannot_be_corrected_says_why(path, project):
    async with desk(path) as d:
        await d.press("W")
        assert "nothing waits" in d.said
        await d.press("P")
        assert "nothing waits" in d.said
        await d.press("E")
        assert isinstance(d.app.screen, MemoDialog)
        d.app.screen.query_one(TextArea).text = " "
        await d.press("ctrl+s")
        assert "a turn needs words" in d.said
