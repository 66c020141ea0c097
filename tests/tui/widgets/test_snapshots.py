"""How reader and list look: small apps, in two sizes, dark and light."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.content import Content

from commonplace.tui.widgets.linelist import Column, LineList, ListedRows, Row
from commonplace.tui.widgets.reader import Reader
from tests.tui.widgets.reader_fiction import CODES, CODINGS, SUGGESTIONS, TEXT, document

SIZES = [(80, 24), (140, 40)]
THEMES = ["textual-dark", "textual-light"]


class ReaderApp(App):
    CSS = "Reader { padding: 0 1; }"

    def __init__(self, theme):
        super().__init__()
        self.theme = theme

    def compose(self):
        yield Reader(document(), codes=CODES, codings=CODINGS, suggestions=SUGGESTIONS)

    def on_mount(self):
        self.query_one(Reader).focus()


class ListApp(App):
    def __init__(self, theme):
        super().__init__()
        self.theme = theme

    def compose(self):
        quotes = [
            Row(
                mark.id,
                (
                    Content.styled(CODES[mark.code].mark, f"bold {CODES[mark.code].color}"),
                    TEXT[mark.span.start : mark.span.end],
                    "Resident, Local Conversations, Wales, wave 2",
                    str(mark.span.start),
                ),
            )
            for mark in CODINGS
        ]
        columns = (
            Column(width=1),
            Column("Quote"),
            Column("Attribution", 24, wide_from=100),
            Column("At", 5, "right"),
        )
        yield LineList(columns, ListedRows(quotes), height=2, gap=1)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_reader_with_a_selection(snap_compare, theme, size):
    async def select(pilot):
        reader = pilot.app.query_one(Reader)
        reader.go_to(TEXT.index("flat,”"))
        reader.select_sentence_or_turn()
        await pilot.pause()

    assert snap_compare(ReaderApp(theme), terminal_size=size, run_before=select)


def test_reader_while_searching(snap_compare):
    async def search(pilot):
        pilot.app.query_one(Reader).search("the")
        await pilot.pause()

    assert snap_compare(ReaderApp("textual-dark"), terminal_size=(80, 24), run_before=search)


def test_reader_without_colour(snap_compare, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(ReaderApp("textual-dark"), terminal_size=(80, 24))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_list_of_quotes(snap_compare, theme, size):
    assert snap_compare(ListApp(theme), terminal_size=size, press=["down"])
