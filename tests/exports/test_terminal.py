"""The terminal: aligned, within the window, and never steered by what is shown."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from commonplace.domain.table import Column, Table
from commonplace.exports.terminal import cut, length, write
from tests.exports.tables import AWKWARD, TEXTS, rows, table


def shown(given: Table, width: int = 80) -> list[str]:
    stream = io.StringIO(newline="")
    write(given, stream, width=width)
    return stream.getvalue().split("\n")


@given(rows())
def test_nothing_acts_on_the_terminal_and_each_row_is_one_line(given_rows: list[tuple]) -> None:
    lines = shown(table(*given_rows), 200)
    assert len(lines) == 2 + len(given_rows) + 1
    for text in lines:
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u2066" for c in text)


@given(text=TEXTS, cells=st.integers(1, 20))
def test_text_is_cut_to_the_cells_there_are(text: str, cells: int) -> None:
    kept = cut(text, cells)
    assert length(kept) <= cells
    assert kept == text or (kept.endswith("…") and text.startswith(kept[:-1]))


def test_figures_stand_right_and_long_text_is_cut() -> None:
    assert shown(table(("damp " * 30, 7), ("é住宅", -12)), 24) == [
        "c0                    c1",
        "───────────────────  ───",
        "damp damp damp dam…    7",
        "é住宅                -12",
        "",
    ]


def test_what_leads_up_to_a_word_stands_against_it_and_is_cut_at_its_beginning() -> None:
    columns = (Column("left", ends_here=True), Column("key\nword"))
    given = Table("t", columns, lambda: [("one two three four five", "damp"), ("the", "Damp")])
    assert shown(given, 24) == [
        "          left  key word",
        "──────────────  ────────",
        "…ree four five  damp",
        "           the  Damp",
        "",
    ]


def test_counts_stand_with_what_they_are_of() -> None:
    columns = (
        Column("code"),
        Column("people", "people", of="people_of"),
        Column("people_of", "people"),
        Column("share", "share 0–1"),
    )
    given = Table("t", columns, lambda: [("Rent", 14, 22, 0.63636), ("Damp", 3, 22, None)], "All.")
    assert shown(given) == [
        "code    people  share",
        "────  ────────  ─────",
        "Rent  14 of 22  0.636",
        "Damp   3 of 22",
        "",
        "All.",
        "",
    ]


def test_where_room_is_short_the_columns_worth_most_are_shown_and_the_others_named() -> None:
    columns = tuple(Column(f"column{number}") for number in range(9))
    given = Table("t", columns, lambda: [("x" * 30,) * 9], brief=("column2", "column5"))
    lines = shown(given)
    assert lines[0].split() == ["column2", "column5"]
    assert lines[-2].startswith("Not shown for want of room: column0, column1, column3")
    assert len(shown(given, 300)[0].split()) == 9
    assert shown(given, 24)[2] == f"{'x' * 13}…  {'x' * 7}…", "text gives way first"
    assert shown(given, 23)[0].split() == ["column2"], "what goes over the edge is not worth it"
    given.brief = ()
    assert shown(given, 80)[0].split() == [f"column{number}" for number in range(7)]


def test_identities_stay_where_they_are_the_point_and_leave_room_for_more() -> None:
    columns = tuple(map(Column, ("coding_id", "quote", "code", "start", "end")))
    given = Table("t", columns, lambda: [("0" * 36, "x" * 30, "y" * 30, "1" * 5, "22222")])

    def header(width: int, *brief: str) -> str:
        given.brief = brief
        return " ".join(shown(given, width)[0].split())

    last = ("quote", "code", "start", "end", "coding_id")
    assert header(37, *last) == "quote code", "of two ends both are shown, or none"
    assert header(38, *last) == header(81, *last) == "quote code start end"
    assert header(82, *last) == "coding_id quote code start end"
    first = ("coding_id", "quote", "code", "start", "end")
    assert header(71, *first) == "quote code start end", "they take no more than half the line"
    assert header(72, *first) == "coding_id quote code start end"


def test_what_has_room_beside_the_columns_worth_most_is_shown_in_its_order() -> None:
    names = ("code", "note", "quote", "f1", "n", "f1_low", "f1_high", "long", "p")
    units = {name: "share 0–1" for name in names if name not in ("code", "note", "quote")}
    columns = tuple(Column(name, units.get(name, "")) for name in names)
    row = ("Rent", "x" * 30, "y" * 50, 0.5, 7, 0.25, 0.75, 10**29, 0.125)
    given = Table("t", columns, lambda: [row], brief=("code", "quote", "f1"))

    def header(width: int) -> str:
        return " ".join(shown(given, width)[0].split())

    assert header(40) == header(63) == "code quote f1"
    assert header(64) == "code quote f1 n"
    assert header(76) == "code quote f1 n p"  # of an interval both ends are shown, or none
    assert header(81) == "code quote f1 n f1_low f1_high"
    assert header(150) == " ".join(names)


def test_rows_after_the_first_few_hundred_are_shown_too() -> None:
    lines = shown(table(*[(number, "x") for number in range(1000)]))
    assert lines[-2].split() == ["999", "x"]


def test_awkward_text_is_visible() -> None:
    lines = shown(table((AWKWARD[10],)))
    assert lines[2] == "␛[2J␀ \ufffd"
