"""The reader as its users meet it: keys, mouse, marks, search, resizing."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.events import MouseMove

from commonplace.domain.span import Span
from commonplace.tui.widgets.reader import CodingMark, Document, Reader
from tests.tui.widgets.reader_fiction import (
    CODES,
    CODINGS,
    SPEAKERS,
    SUGGESTIONS,
    TEXT,
    TURNS,
    document,
    interview,
    span,
)


class Holder(App):
    def __init__(self, source=None, **marks):
        super().__init__()
        self.reader = Reader(source or document(), codes=CODES, **marks)
        self.moved: list[Reader.CursorMoved] = []
        self.selections: list[Span | None] = []
        self.activated: list[int] = []

    def compose(self):
        yield self.reader

    def on_reader_cursor_moved(self, message: Reader.CursorMoved):
        assert message.control is self.reader
        self.moved.append(message)

    def on_reader_selection_changed(self, message: Reader.SelectionChanged):
        self.selections.append(message.span)

    def on_reader_activated(self, message: Reader.Activated):
        self.activated.append(message.offset)


@asynccontextmanager
async def reading(source=None, size=(100, 30), **marks):
    app = Holder(source, **marks)
    async with app.run_test(size=size) as pilot:
        app.reader.focus()
        await pilot.pause()
        yield app, app.reader, pilot


def screen_text(reader: Reader) -> list[str]:
    return [reader.render_line(y).text for y in range(reader.size.height)]


def words(reader: Reader, found: Span | None) -> str:
    assert found is not None
    return reader.document.slice(found.start, found.end)


def place(reader: Reader, offset: int) -> tuple[int, int]:
    """Where on the widget a code point is painted."""
    rows = reader._rows
    assert rows is not None and reader._painter is not None
    return (
        reader._painter.columns.text + rows.cell_of(offset),
        rows.row_of(offset) - reader.scroll_offset.y,
    )


async def drag(pilot, reader, offset):
    """Moves the pointer with its button down, which Pilot's hover does not do."""
    await pilot._post_mouse_events([MouseMove], reader, offset=offset, button=1)


async def test_arrows_move_by_character_word_line_and_turn():
    async with reading() as (_, reader, pilot):
        reader.go_to(TEXT.index("Well."))
        await pilot.press("right", "right")
        assert reader.cursor == TEXT.index("ll.")
        await pilot.press("ctrl+right", "ctrl+right")
        assert TEXT[: reader.cursor].endswith("Well. My")
        await pilot.press("ctrl+left")
        assert TEXT[reader.cursor :].startswith("My neighbour")
        await pilot.press("home", "down", "up")
        assert reader.cursor == TEXT.index("Well.")
        await pilot.press("ctrl+down")
        assert TEXT[reader.cursor :].startswith("And what was it like")
        await pilot.press("ctrl+up", "ctrl+up")
        assert TEXT[reader.cursor :].startswith("Can you tell me")
        await pilot.press("ctrl+end")
        assert reader.cursor == len(TEXT.rstrip())
        await pilot.press("ctrl+home")
        assert reader.cursor == 0


async def test_lines_keep_their_column_over_shorter_ones():
    async with reading() as (_, reader, pilot):
        reader.go_to(TEXT.index("garden?"))
        column = place(reader, reader.cursor)[0]
        await pilot.press("down", "down", "down", "down", "down", "down")
        assert place(reader, reader.cursor)[0] <= column
        await pilot.press("up", "up", "up", "up", "up", "up")
        assert reader.cursor == TEXT.index("garden?")


async def test_shift_extends_and_escape_clears():
    async with reading() as (app, reader, pilot):
        reader.go_to(TEXT.index("Well."))
        await pilot.press("shift+right", "ctrl+shift+right", "shift+down")
        assert reader.selection is not None
        assert reader.selection.start == TEXT.index("Well.")
        await pilot.press("escape")
        assert reader.selection is None
        await pilot.press("shift+end")
        await pilot.press("right")
        assert reader.selection is None
        assert app.selections[-1] is None


async def test_mark_mode_extends_without_shift():
    async with reading() as (_, reader, pilot):
        reader.go_to(TEXT.index("Well."))
        reader.toggle_marking()
        await pilot.press("ctrl+right", "ctrl+right")
        assert words(reader, reader.selection) == "Well. My"
        assert reader.marking
        await pilot.press("escape")
        assert not reader.marking


async def test_space_selects_the_sentence_then_the_turn():
    async with reading() as (_, reader, pilot):
        at = TEXT.index("flat,”")
        reader.go_to(at)
        assert words(reader, reader.target()).startswith("“You want")
        await pilot.press("space")
        assert words(reader, reader.selection) == "“You want to get out of that flat,” she said."
        assert reader.cursor == at
        await pilot.press("space")
        selected = words(reader, reader.selection)
        assert selected.startswith("Well. My neighbour")
        assert selected.endswith("to the next.")
        assert reader.target() == reader.selection


async def test_messages_name_what_is_at_the_cursor():
    async with reading(codings=CODINGS, suggestions=SUGGESTIONS) as (app, reader, pilot):
        reader.go_to(TEXT.index("my sister"))
        await pilot.pause()
        assert app.moved[-1].offset == TEXT.index("my sister")
        assert app.moved[-1].turn == 1
        assert app.moved[-1].codings == ("2", "3")
        found = reader.next_suggestion()
        await pilot.pause()
        assert found is not None
        assert app.moved[-1].suggestions == (found.id,) == ("s1",)
        assert reader.next_suggestion(-1) is None
        await pilot.press("enter")
        assert app.activated == [reader.cursor]


async def test_marks_come_and_go_on_the_rows_they_touch():
    elsewhere = CodingMark("e", span("Bronwen", "Bronwen"), "jobs")
    async with reading(codings=[elsewhere]) as (_, reader, _pilot):
        first = span("the damp was", "answer")
        y = place(reader, first.start)[1]
        x = place(reader, TEXT.index("Well."))[0]
        before = screen_text(reader)
        reader.put_coding(CodingMark("n", first, "housing", pending=True))
        after = screen_text(reader)
        assert [i for i in range(len(before)) if before[i] != after[i]] == [y, y + 1]
        assert "H" in after[y][:x] and "┃" in after[y + 1][:x]
        reader.put_coding(CodingMark("n", first, "jobs"))
        assert "J" in screen_text(reader)[y][:x]
        reader.put_suggestion(SUGGESTIONS[0]._replace(span=first))
        assert screen_text(reader)[y][x - 2] == "?"
        reader.remove_suggestion(SUGGESTIONS[0].id)
        reader.remove_coding("n")
        assert screen_text(reader) == before
        reader.remove_coding("n")


@pytest.mark.parametrize("size", [(140, 30), (80, 30), (50, 30), (24, 30)])
async def test_every_row_fills_the_width_and_words_stand_where_they_are_said_to(size):
    async with reading(codings=CODINGS, suggestions=SUGGESTIONS, size=size) as (_, reader, _pilot):
        width = reader.scrollable_content_region.width
        assert {cell_len(row) for row in screen_text(reader)} == {width}
        x, y = place(reader, TEXT.index("Can you"))
        assert screen_text(reader)[y][x:].startswith("Can you")


async def test_dragging_below_the_edge_scrolls_on():
    text, turns = interview([("P1", "The bus was late again. " * 30)] * 10)
    async with reading(Document.build(text, turns), size=(80, 12)) as (_, reader, pilot):
        await pilot.mouse_down(reader, offset=place(reader, 4))
        reader._drag_at = (14, 10)
        reader._drag_on()
        assert reader.scroll_offset.y == 4
        assert reader.selection is not None
        assert reader.selection.start == 4
        await pilot.mouse_up(reader)


async def test_the_first_coding_makes_room_for_its_mark_and_keeps_the_cursor_in_its_row():
    async with reading() as (_, reader, _pilot):
        first = span("the damp was", "answer")
        reader.go_to(first.start)
        _, y = place(reader, first.start)
        reader.put_coding(CodingMark("n", first, "housing"))
        x, now = place(reader, first.start)
        assert now == y
        assert "H" in screen_text(reader)[y][:x]


async def test_where_lanes_run_out_a_plus_says_so():
    whole = span("the damp was", "answer")
    marks = [CodingMark(str(n), whole, "housing") for n in range(8)]
    async with reading(codings=marks, size=(80, 30)) as (_, reader, _pilot):
        x, y = place(reader, whole.start)
        assert "+H H H" in screen_text(reader)[y][:x]
        assert len(reader._codings.at(whole.start)) == 8


async def test_drag_selects_what_the_pointer_passes():
    async with reading() as (_, reader, pilot):
        start, end = TEXT.index("Bronwen"), TEXT.index("Bronwen") + len("Bronwen")
        await pilot.mouse_down(reader, offset=place(reader, start))
        await pilot.hover(reader, offset=place(reader, start + 3))
        await drag(pilot, reader, place(reader, end - 1))
        await pilot.mouse_up(reader, offset=place(reader, end - 1))
        assert words(reader, reader.selection) == "Bronwen"


async def test_clicks_move_and_select_word_and_sentence():
    async with reading() as (_, reader, pilot):
        at = TEXT.index("neighbour") + 2
        await pilot.click(reader, offset=place(reader, at))
        assert reader.cursor == at
        await pilot.double_click(reader, offset=place(reader, at))
        assert words(reader, reader.selection) == "neighbour"
        await pilot.triple_click(reader, offset=place(reader, at))
        assert words(reader, reader.selection).startswith("My neighbour, Bronwen")


@pytest.mark.parametrize("size", [(60, 20), (140, 40), (30, 10), (12, 5)])
async def test_resizing_keeps_the_place(size):
    text, turns = interview([("P1", "The bus was late again. " * 30)] * 40)
    async with reading(Document.build(text, turns)) as (_, reader, pilot):
        offset = text.index("bus", len(text) // 2)
        reader.go_to(offset)
        await pilot.resize_terminal(*size)
        await pilot.pause(0.2)
        assert reader.cursor == offset
        assert 0 <= place(reader, offset)[1] < size[1]
        reader.scroll_to(y=40, animate=False)
        await pilot.pause()
        top = reader._rows.owned(40)[0]
        await pilot.resize_terminal(100, 30)
        await pilot.pause(0.2)
        low, high = reader._rows.owned(reader.scroll_offset.y)
        assert low <= top < high


async def test_the_cursor_steps_over_whole_characters():
    async with reading() as (_, reader, pilot):
        reader.go_to(TEXT.index("👨"))
        await pilot.press("right")
        assert TEXT[reader.cursor] == " "
        await pilot.press("right", "shift+right")
        assert words(reader, reader.selection) == "🇫🇷"
        reader.select(Span(TEXT.index("👨") + 1, TEXT.index("👨") + 2))
        assert words(reader, reader.selection) == "👨‍👩‍👧"
        reader.go_to(TEXT.index("e\u0301") + 1)
        assert TEXT[reader.cursor :].startswith("e\u0301")


async def test_nothing_in_a_transcript_reaches_the_terminal_as_a_command():
    text = "P1: \x1b]0;owned\x07 \x9b31m \u202eevil\u202c \x00\r\x0b tab\there"
    async with reading(Document.build(text)) as (_, reader, _pilot):
        painted = "".join(screen_text(reader))
        assert not [c for c in painted if c < " " or "\x7f" <= c < "\xa0" or c in "\u202e\u202c"]
        assert "␛]0;owned␇" in painted
        assert re.search("tab +here", painted)


async def test_search_goes_round_and_marks_hits():
    async with reading() as (_, reader, pilot):
        reader.go_to(TEXT.index("Terrifying"))
        first = reader.search("THE COUNCIL")
        assert words(reader, first) == "the council"
        assert reader.cursor == first.start
        assert reader.search_next() == first
        assert reader.search("so i came") is not None
        assert reader.search("nowhere to be found") is None
        await pilot.press("escape")
        assert reader.search_next() is None


async def test_flipping_a_speaker_keeps_the_place():
    async with reading() as (_, reader, _pilot):
        reader.go_to(TEXT.index("Mm."))
        turns = [replace(turn, speaker="P07") if n == 6 else turn for n, turn in enumerate(TURNS)]
        reader.set_turns(turns, SPEAKERS)
        assert reader.cursor == TEXT.index("Mm.") or TEXT[reader.cursor :].startswith("INT: Mm.")
        assert reader.document.speaker(6).label == "P07"
        with pytest.raises(ValueError, match="the text ends"):
            reader.set_turns([replace(TURNS[0], end=10**6)], SPEAKERS)


async def test_opening_another_document_starts_afresh():
    async with reading(codings=CODINGS) as (_, reader, pilot):
        reader.go_to(500)
        reader.search("the")
        other, turns = interview([("P2", "Nothing to add.")])
        reader.open(Document.build(other, turns), offset=9)
        await pilot.pause()
        assert reader.cursor == 9
        assert reader.selection is None
        assert reader.search_next() is None
        assert len(reader.codings) == 0
        assert "Nothing to add." in "".join(screen_text(reader))


async def test_opened_before_there_is_room_it_shows_the_place_all_the_same():
    text, turns = interview([("P1", "The bus was late again. " * 30)] * 40)
    offset = text.index("bus", len(text) // 2)

    class Early(Holder):
        def compose(self):
            self.reader.open(Document.build(text, turns), offset=offset)
            yield self.reader

    app = Early(Document.build("Nothing yet."))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert app.reader.cursor == offset
        assert 0 <= place(app.reader, offset)[1] < 30


async def test_an_empty_document_takes_every_key():
    empty = Document.build("")
    async with reading(empty) as (_, reader, pilot):
        await pilot.press("right", "left", "down", "up", "space", "ctrl+end", "pagedown", "end")
        await pilot.click(reader, offset=(30, 3))
        assert reader.cursor == 0
        assert reader.target() is None


@pytest.mark.parametrize("no_color", [False, True])
async def test_a_suggestion_differs_from_a_coding_without_colour(no_color, monkeypatch):
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with reading(codings=CODINGS, suggestions=SUGGESTIONS) as (_, reader, _pilot):

        def attributes(text):
            x, y = place(reader, TEXT.index(text))
            for segment in reader.render_line(y):
                x -= len(segment.text)
                if x < 0:
                    style = segment.style
                    return style.bold, style.italic, style.underline, style.underline2
            return None

        plain = attributes("Well.")
        assert attributes("Terrifying!") != plain
        assert attributes("I’d not seen") != plain
        assert attributes("Terrifying!") != attributes("I’d not seen")
        if no_color:
            assert attributes("the damp was") not in (plain, attributes("Terrifying!"))


async def test_focus_and_theme_change_what_is_painted():
    async with reading(codings=CODINGS) as (app, reader, pilot):

        def styles():
            y = place(reader, 0)[1]
            return [segment.style for segment in reader.render_line(y)]

        focused = styles()
        app.set_focus(None)
        await pilot.pause()
        blurred = styles()
        assert blurred != focused
        app.theme = "textual-light"
        await pilot.pause()
        assert styles() != blurred
        app.theme = "ansi-dark"
        await pilot.pause()
        assert "Interview 7" in screen_text(reader)[0]


async def test_new_turns_are_painted_at_once():
    async with reading() as (app, reader, pilot):
        turns = [replace(turn, speaker="ANN") if n == 0 else turn for n, turn in enumerate(TURNS)]
        reader.set_turns(turns, SPEAKERS)
        await pilot.pause()
        assert "ANN" in app.export_screenshot()
