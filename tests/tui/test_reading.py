"""Getting about: transcripts, search, filter, panes, the codebook, turns, and colleagues."""

from __future__ import annotations

import stat

import pytest
from textual.widgets import Input

from commonplace.project import Project
from commonplace.tui.dialogs.help import HelpDialog
from commonplace.tui.places import Places
from commonplace.tui.widgets.chrome import KeyBar
from commonplace.tui.widgets.codetree import CodeTree
from commonplace.tui.widgets.shelf import Shelf
from tests.tui.conftest import desk, place, transcript


def titles(d) -> dict[str, bool]:
    """The transcripts at the side, and which are done."""
    return {volume.name: volume.done for volume in d.code.query_one(Shelf).volumes}


async def test_brackets_go_from_transcript_to_transcript(path):
    async with desk(path) as d:
        assert d.code.opened.info.name == "ash.txt"
        await d.press("]")
        assert d.code.opened.info.name == "birch.txt"
        await d.press("]")
        assert d.said == "this is the last transcript"
        await d.press("[")
        assert d.code.opened.info.name == "ash.txt"


async def test_keys_that_are_quicker_than_transcripts_open_all_count(path):
    with Project.open(path, coder="importer") as project:
        project.documents.add(transcript("cedar.txt", [("Int", "Hello?"), ("Mo", "Yes.")]))
    async with desk(path) as d:
        d.code.action_document(1)
        d.code.action_document(1)
        await d.settle()
        assert d.code.opened.info.name == "cedar.txt"
        d.code.action_document(-1)
        d.code.open(d.code.opened.id)
        await d.settle()
        assert d.code.opened.info.name == "cedar.txt"


async def test_keys_that_come_before_the_list_of_transcripts_count(path):
    async with desk(path) as d:
        listed, d.code.shelf = d.code.shelf, []
        d.code.action_document(1)
        assert d.code.opened.info.name == "ash.txt" and len(listed) == 2
        d.code.list_transcripts()
        await d.settle()
        assert d.code.opened.info.name == "birch.txt"


async def test_each_transcript_opens_where_it_was_left(path):
    async with desk(path) as d:
        d.at("laugh")
        before = d.code.reader.cursor
        await d.press("]", "[")
        assert d.code.reader.cursor == before


async def test_the_next_session_begins_where_this_one_ended(path, tmp_path):
    file = tmp_path / "state" / "x.json"
    async with desk(path, places=Places(file)) as d:
        await d.press("]")
        d.at("garden")
        before = d.code.reader.cursor
        await d.press("q")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with Project.open(path, coder="x") as project:
        known = Places(file, project.documents.find("birch").id, {})
    import json

    assert json.loads(file.read_text())["document"] == known.document
    known.offsets = json.loads(file.read_text())["offsets"]
    async with desk(path, places=known) as d:
        assert d.code.opened.info.name == "birch.txt"
        assert d.code.reader.cursor == before


async def test_done_marks_the_transcript_for_this_coder(path):
    async with desk(path) as d:
        await d.press("D")
        assert titles(d) == {"ash.txt": True, "birch.txt": False}
        await d.press("D")
        assert not any(titles(d).values())


async def test_choosing_a_transcript_from_the_list(path):
    async with desk(path) as d:
        await d.press("tab", "down", "enter")
        assert d.code.opened.info.name == "birch.txt"
        assert d.code.reader.has_focus


async def test_clicking_a_transcript_opens_it(path):
    async with desk(path) as d:
        await d.pilot.click(Shelf, offset=(5, 1))
        await d.settle()
        assert d.code.opened.info.name == "birch.txt"


async def test_search_as_you_type_and_from_hit_to_hit(path):
    async with desk(path) as d:
        await d.press("/")
        await d.type("bus")
        first = d.code.reader.cursor
        assert d.code.reader.document.slice(first, first + 3) == "bus"
        await d.press("enter")
        second = d.code.reader.cursor
        assert second > first
        await d.press("up")
        assert d.code.reader.cursor == first
        await d.press("escape")
        assert d.code.reader.has_focus
        assert d.code.reader.cursor == first


async def test_search_for_what_is_not_there_says_so(path):
    async with desk(path) as d:
        await d.press("/")
        await d.type("xyz")
        assert "not in this transcript" in d.said


async def test_filter_shows_one_code_and_all_again(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("2")
        d.at("damp")
        await d.press("1", "f")
        await d.type("hous")
        await d.press("enter")
        assert [mark.code for mark in d.code.reader.codings] == ["housing"]
        assert [mark.code for mark in d.code.reader.suggestions] == ["damp"]
        await d.press("f")
        assert len(d.code.reader.codings) == 2


async def test_a_new_code_on_the_codebook(path):
    async with desk(path) as d:
        await d.press("tab", "tab", "+")
        await d.type("Mould")
        await d.press("enter")
        assert d.code.session.codebook.at("Housing/Mould") is not None
        assert "Mould" in [d.code.session.codebook[c].name for c in _listed(d)]


def _listed(d) -> list[str]:
    tree = d.code.query_one(CodeTree)
    return [row.key for row in tree._rows.rows(0, tree.count)]


async def test_renaming_and_moving_a_code(path):
    async with desk(path) as d:
        await d.press("tab", "tab", "down", "r")
        d.app.screen.query_one(Input).value = ""
        await d.type("Wet walls")
        await d.press("enter")
        book = d.code.session.codebook
        assert book.path("damp") == "Housing/Wet walls"
        await d.press(">")
        await d.type("social")
        await d.press("enter")
        assert d.code.session.codebook.path("damp") == "Social connection/Wet walls"
        await d.press("u", "u")
        assert d.code.session.codebook.path("damp") == "Housing/Damp"


async def test_enter_on_the_codebook_applies_the_code(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("tab", "tab", "down", "enter")
        assert d.codings() == [("damp", "The landlord never came.", "amira")]


async def test_branches_close_and_show_their_sum(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("c")
        await d.type("rent")
        await d.press("enter", "tab", "tab", "left")
        tree = d.code.query_one(CodeTree)
        assert "damp" not in _listed(d)
        assert tree._row(0).cells[1].plain == "1"
        await d.press("right")
        assert "damp" in _listed(d)


async def test_flipping_splitting_and_joining_turns(path):
    async with desk(path) as d:
        d.at("How is")
        reader = d.code.reader
        assert reader.document.speaker(0).label == "Int"
        await d.press("s")
        assert reader.document.speaker(0).label == "Rosa"
        await d.press("u")
        assert reader.document.speaker(0).label == "Int"
        d.at("The bus stopped")
        await d.press("t")
        assert reader.document.turns == 5
        d.at("It's damp")
        await d.press("J")
        assert reader.document.turns == 4


async def test_a_colleagues_codings_appear_and_go(path, project):
    async with desk(path) as d:
        ash = project.documents.find("ash").id
        span = place(project, "ash", "My friend Ann drives me.")
        coding = project.codings.add(ash, span, "social")
        await d.until(lambda: len(d.code.reader.codings) == 1)
        d.at("friend")
        await d.settle()
        assert "ben, by hand" in d.details
        project.codings.remove(coding.id)
        await d.until(lambda: len(d.code.reader.codings) == 0)


async def test_a_colleagues_codes_and_transcripts_appear(path, project):
    async with desk(path) as d:
        project.codes.add("Warmth", "housing")
        project.documents.add(transcript("cedar.txt", [("Int", "Hello?"), ("Tom", "Hello.")]))
        await d.until(lambda: "cedar.txt" in titles(d))
        await d.until(lambda: d.code.session.codebook.at("Housing/Warmth") is not None)


async def test_many_changes_at_once_are_read_anew(path, project, monkeypatch):
    from commonplace.tui import watch

    monkeypatch.setattr(watch, "MANY", 1)
    async with desk(path) as d:
        ash = project.documents.find("ash").id
        spans = [place(project, "ash", words) for words in ("landlord", "friend", "flat")]
        project.codings.add_many(ash, [(span, "social") for span in spans])
        await d.until(lambda: len(d.code.reader.codings) == 3)


async def test_a_removed_transcript_leaves_the_screen(path, project):
    async with desk(path) as d:
        project.documents.remove(project.documents.find("ash").id)
        await d.until(lambda: d.code.opened and d.code.opened.info.name == "birch.txt")


async def test_an_empty_project_says_how_to_begin(tmp_path):
    path = tmp_path / "empty.commonplace"
    with Project.create(path, coder="amira"):
        pass
    async with desk(path) as d:
        assert "commonplace import empty.commonplace" in d.code.query_one("#welcome").text
        assert str(d.code.query_one(KeyBar).render()).count("Import transcripts") == 1
        for key in ("1", "c", "i", "n", "a", "x", "e", "d", "m", "M", "D", "/", "t", "s", "]", "o"):
            await d.press(key)
        with Project.open(path, coder="ben") as project:
            project.documents.add(transcript("ash.txt", [("Int", "Hello?"), ("Tom", "Hello.")]))
        await d.until(lambda: d.code.opened is not None)


async def test_help_lists_the_keys_of_this_place(path):
    async with desk(path) as d:
        await d.press("f1")
        assert isinstance(d.app.screen, HelpDialog)
        text = d.app.screen.query_one("Sheet").text
        assert "Applies the n-th top-level code" in text
        await d.press("escape", "?")
        assert isinstance(d.app.screen, HelpDialog)
        await d.press("escape")
        assert len(d.app.screen_stack) == 1  # at once: no line in it takes the focus


async def test_light_and_dark(path):
    async with desk(path) as d:
        await d.pilot.pause()
        d.app.action_shade()
        await d.settle()
        assert d.app.theme == "commonplace-light"
        assert d.app.session.places.theme == "commonplace-light"


@pytest.mark.parametrize("size", [(20, 6), (40, 12), (200, 60)])
async def test_any_size_of_terminal_will_do(path, size):
    async with desk(path, size=size) as d:
        d.at("landlord")
        await d.press("1", "tab", "tab", "tab", "f4", "f5", "f2")
        assert len(d.codings()) == 1


async def test_names_from_files_are_shown_as_they_are_and_command_nothing(tmp_path):
    path = tmp_path / "odd.commonplace"
    odd = "[red]$(x)[/red]\x1b[31m.md"
    with Project.create(path, coder="amira") as project:
        project.codes.add("[bold]Not markup[/bold] \x1b]0;x\x07")
        project.documents.add(transcript(odd, [("[b]Int[/b]", "Hi [link]?"), ("\x1b[2J", "Yes.")]))
    async with desk(path) as d:
        await d.press("1", "tab", "tab", "f4", "f5", "f2", "c", "escape", "m", "escape")
        shown = d.app.export_screenshot()
        assert "\x1b" not in shown
        assert "[red]$(x)[/red]" in shown.replace("&#160;", " ")
