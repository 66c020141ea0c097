"""The virtual list: it asks for what is in view, and keeps the current row."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.content import Content

from commonplace.tui.widgets.linelist import Column, LineList, ListedRows, Row


class Numbers:
    """As many rows as asked for, made on demand, and a record of what was asked."""

    def __init__(self, numbers):
        self.numbers = list(numbers)
        self.asked: list[tuple[int, int]] = []

    def count(self):
        return len(self.numbers)

    def rows(self, start, stop):
        self.asked.append((start, stop))
        return [
            Row(str(n), (f"Row {n}", "so many words " * 9, str(n)))
            for n in self.numbers[start:stop]
        ]

    def index(self, key):
        return self.numbers.index(int(key)) if int(key) in self.numbers else None


COLUMNS = (Column("Name", 10), Column("Words"), Column("No.", 6, "right", wide_from=50))


class Holder(App):
    def __init__(self, rows, **options):
        super().__init__()
        self.list = LineList(COLUMNS, rows, **options)
        self.highlighted: list[str | None] = []
        self.selected: list[str | None] = []

    def compose(self):
        yield self.list

    def on_line_list_highlighted(self, message: LineList.Highlighted):
        assert message.control is self.list
        self.highlighted.append(message.key)

    def on_line_list_selected(self, message: LineList.Selected):
        self.selected.append(message.key)


@asynccontextmanager
async def listing(rows, size=(80, 20), **options):
    app = Holder(rows, **options)
    async with app.run_test(size=size) as pilot:
        app.list.focus()
        await pilot.pause()
        yield app, app.list, pilot


def lines(widget: LineList) -> list[str]:
    return [widget.render_line(y).text for y in range(widget.size.height)]


async def test_only_rows_in_view_are_asked_for():
    rows = Numbers(range(50_000))
    async with listing(rows) as (_, widget, pilot):
        assert widget.count == 50_000
        assert max(stop for _, stop in rows.asked) <= 128
        await pilot.press("end")
        assert widget.key == "49999"
        assert "Row 49999" in lines(widget)[-1]
        assert sum(stop - start for start, stop in rows.asked) <= 256


async def test_keys_move_and_choose():
    async with listing(Numbers(range(100))) as (app, widget, pilot):
        await pilot.press("down", "down", "up", "enter")
        assert app.selected == ["1"]
        await pilot.press("pagedown")
        assert widget.cursor == 1 + 18
        await pilot.press("home", "up")
        assert widget.key == "0"
        assert app.highlighted[-1] == "0"
        assert widget.move_to_key("77")
        assert not widget.move_to_key("777")
        assert widget.key == "77"


async def test_a_click_moves_and_another_chooses():
    async with listing(Numbers(range(100)), height=2, gap=1) as (app, widget, pilot):
        await pilot.click(widget, offset=(20, 1 + 3 * 3))
        assert widget.key == "3"
        assert app.selected == []
        await pilot.click(widget, offset=(20, 1 + 3 * 3 + 1))
        assert app.selected == ["3"]
        await pilot.click(widget, offset=(20, 0))
        assert widget.key == "3"


async def test_the_current_row_stays_current_when_rows_change():
    rows = Numbers(range(0, 200, 2))
    async with listing(rows) as (_, widget, pilot):
        widget.move_to_key("100")
        before = next(y for y, line in enumerate(lines(widget)) if "Row 100 " in line)
        rows.numbers = list(range(200))
        widget.reload()
        await pilot.pause()
        assert (widget.key, widget.cursor) == ("100", 100)
        assert "Row 100 " in lines(widget)[before]
        rows.numbers = [n for n in range(200) if n != 100]
        widget.reload()
        assert widget.cursor == 100
        assert widget.key == "101"
        widget.show(ListedRows())
        assert (widget.count, widget.key, widget.current) == (0, None, None)


@pytest.mark.parametrize("width", [80, 50, 30, 12])
@pytest.mark.parametrize("height", [1, 2, 4])
async def test_every_line_fills_the_width(width, height):
    options = {"height": height, "gap": 1}
    async with listing(Numbers(range(30)), size=(width, 12), **options) as (_, widget, _pilot):
        inner = widget.scrollable_content_region.width
        assert {cell_len(line) for line in lines(widget)} == {inner}


async def test_long_cells_end_in_an_ellipsis_and_narrow_lists_leave_columns_out():
    async with listing(Numbers(range(3)), size=(44, 12), height=2) as (_, widget, _pilot):
        painted = lines(widget)
        assert "No." not in painted[0]
        assert painted[1].startswith("▌ Row 0")
        assert painted[2].rstrip().endswith("…")


async def test_cells_are_shown_as_words_never_as_commands():
    row = Row(
        "k", (Content.styled("a\x1b[2Jb", "bold"), "one\ntwo\t\u202ethree [bold]x[/]", "日本")
    )
    async with listing(ListedRows([row])) as (_, widget, _pilot):
        painted = lines(widget)[1]
        assert "a␛[2Jb" in painted
        assert "one two ·three [bold]x[/]" in painted
        assert cell_len(painted) == widget.scrollable_content_region.width


async def test_an_empty_list_says_so_and_takes_every_key():
    async with listing(ListedRows(), empty="No quotes yet") as (app, widget, pilot):
        await pilot.press("down", "up", "end", "home", "pagedown", "enter")
        await pilot.click(widget, offset=(3, 3))
        assert "No quotes yet" in lines(widget)[1]
        assert app.selected == []
