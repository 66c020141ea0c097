"""Coding by hand: what the keys do, what is written, what is said."""

from __future__ import annotations

import pytest

from commonplace.domain.coding import Origin
from commonplace.project import Project
from commonplace.tui.dialogs.choose import Choose
from commonplace.tui.dialogs.memo import MemoDialog
from commonplace.tui.dialogs.picker import CodePicker
from tests.tui.conftest import desk, place


async def test_a_digit_codes_the_sentence_under_the_cursor(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("1")
        assert d.codings() == [("housing", "The landlord never came.", "amira")]
        assert d.said == "coded Housing — u undoes"
        assert "Housing" in d.details and "you, by hand" in d.details


async def test_a_digit_codes_the_selection_without_white_space_at_its_ends(path):
    async with desk(path) as d:
        d.select(" The landlord ")
        await d.press("2")
        assert d.codings() == [("transport", "The landlord", "amira")]


async def test_applying_the_same_again_says_so_and_writes_nothing(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("1", "1")
        assert len(d.codings()) == 1
        assert "coded Housing already" in d.said


async def test_a_digit_without_a_code_says_what_to_do(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("9")
        assert d.codings() == []
        assert "no top-level code 9" in d.said


async def test_undo_and_redo(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("1", "u")
        assert d.codings() == []
        assert len(d.code.reader.codings) == 0
        assert d.said.startswith("undone: coded 'Housing'")
        await d.press("ctrl+r")
        assert len(d.codings()) == 1
        assert len(d.code.reader.codings) == 1
        await d.press("u", "u")
        assert d.said == "nothing to undo"


async def test_the_picker_finds_a_code_by_a_few_letters(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("c")
        assert isinstance(d.app.screen, CodePicker)
        await d.type("ren")
        await d.press("enter")
        assert d.codings() == [("rent", "The landlord never came.", "amira")]
        assert d.said == "coded Housing/Rent — u undoes"


async def test_a_new_name_in_the_picker_makes_a_code_under_its_parent(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("c")
        await d.type("Housing/Lettings")
        await d.press("enter")
        ((code, words, _),) = d.codings()
        assert words == "The landlord never came."
        assert d.code.session.codebook.path(code) == "Housing/Lettings"
        await d.press("u")
        assert d.codings() == []
        assert d.code.session.codebook.at("Housing/Lettings") is None


async def test_leaving_the_picker_changes_nothing(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("c", "escape")
        assert d.codings() == []


async def test_in_vivo_names_a_code_by_the_selected_words(path):
    async with desk(path) as d:
        d.select("twice a day")
        await d.press("i")
        ((code, words, _),) = d.codings()
        assert words == "twice a day"
        assert d.code.session.codebook[code].name == "twice a day"


async def test_in_vivo_wants_a_selection(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("i")
        assert d.codings() == []
        assert "Select" in d.said


async def test_removing_the_only_coding_here(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("1", "d")
        assert d.codings() == []
        assert d.said == "removed Housing — u undoes"


async def test_removing_asks_which_when_there_are_several(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("1", "2", "d")
        assert isinstance(d.app.screen, Choose)
        await d.press("enter")
        assert len(d.codings()) == 1


async def test_with_a_selection_here_is_the_selection(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("1")
        d.select("The landlord")
        await d.press("2", "d")
        assert d.said == "removed Transport — u undoes"
        assert d.codings() == [("housing", "The landlord never came.", "amira")]
        d.select("The landlord")
        await d.press("3", "m")
        assert isinstance(d.app.screen, MemoDialog)
        assert "Social connection" in str(d.app.screen._title)


async def test_a_label_at_the_end_of_a_selection_is_not_coded(path):
    async with desk(path) as d:
        d.at("How is the flat")
        await d.press("home", "shift+down", "2")
        assert d.codings() == [("transport", "How is the flat?", "amira")]


async def test_a_coding_takes_the_selection_as_its_span(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("1")
        d.select("landlord never")
        await d.press("e")
        assert d.codings() == [("housing", "landlord never", "amira")]


async def test_a_coding_gets_another_code(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("1", "e")
        await d.type("rent")
        await d.press("enter")
        assert d.codings() == [("rent", "The landlord never came.", "amira")]


async def test_memo_of_a_coding_and_of_the_transcript(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("1", "m")
        assert isinstance(d.app.screen, MemoDialog)
        await d.type("Sounds tired.")
        await d.press("ctrl+s")
        assert d.said == "memo kept — u undoes"
        assert "Sounds tired." in d.details
        await d.press("M")
        await d.type("A hard one")
        await d.press("ctrl+s")
    with Project.open(path, coder="x") as project:
        texts = {memo.text: memo for memo in project.memos.all()}
    assert texts["Sounds tired."].coding is not None
    assert texts["A hard one"].coding is None
    assert texts["A hard one"].document is not None


async def test_a_memo_with_changes_is_left_only_by_a_second_escape(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("m")
        await d.type("x")
        await d.press("escape")
        assert isinstance(d.app.screen, MemoDialog)
        await d.press("escape")
        assert not isinstance(d.app.screen, MemoDialog)


async def test_mark_mode_selects_with_bare_arrows(path):
    async with desk(path) as d:
        d.at("damp")
        await d.press("v", "right", "right", "right", "right", "1")
        assert d.codings() == [("housing", "damp", "amira")]


async def test_an_error_of_the_writer_is_told_and_the_pale_mark_goes(path, project):
    async with desk(path) as d:
        d.at("landlord")
        project.connection.execute("BEGIN IMMEDIATE")
        project.connection.execute("DELETE FROM suggestions")
        project.connection.execute("DELETE FROM codes WHERE id = 'transport'")
        project.connection.execute("COMMIT")
        await d.press("2")
        assert d.codings() == []
        assert "not in the codebook any more" in d.said
        assert len(d.code.reader.codings) == 0


async def test_keys_are_handled_while_a_write_waits(path, project):
    async with desk(path) as d:
        d.at("landlord")
        project.connection.execute("BEGIN IMMEDIATE")
        await d.pilot.press("1")
        await d.pilot.pause()
        (mark,) = d.code.reader.codings
        assert mark.pending
        before = d.code.reader.cursor
        await d.pilot.press("right")
        assert d.code.reader.cursor == before + 1
        project.connection.execute("ROLLBACK")
        await d.settle()
        (mark,) = d.code.reader.codings
        assert not mark.pending
        assert len(d.codings()) == 1


async def test_everything_submitted_is_written_before_the_program_ends(path, project):
    async with desk(path) as d:
        d.at("landlord")
        await d.pilot.press("1", "2")
        await d.pilot.press("q")
    assert len(d.codings()) == 2


async def test_origin_and_words_are_kept(path):
    async with desk(path) as d:
        d.at("landlord")
        await d.press("1")
    with Project.open(path, coder="x") as project:
        document = project.documents.find("ash").id
        (coding,) = project.codings.of_document(document)
        text = project.documents.text(document)
        assert coding.origin is Origin.MANUAL
        assert coding.anchor.exact == text[coding.span.start : coding.span.end]
        assert coding.span == place(project, "ash", "The landlord never came.")


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_clicking_a_code_applies_it_to_the_selection(path, size):
    async with desk(path, size=size) as d:
        d.select("twice a day")
        await d.press("tab", "tab")
        tree = d.code.query_one("Codes")
        row = next(i for i in range(tree.count) if tree._row(i).key == "transport")
        await d.pilot.click("Codes", offset=(8, row))
        await d.settle()
        assert d.codings() == [("transport", "twice a day", "amira")]
