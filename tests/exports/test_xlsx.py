"""Excel workbooks: reopened with openpyxl, which did not write them."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from commonplace import exports
from commonplace.domain.table import Column, Row, Table
from commonplace.exports import workbook, xlsx
from tests.exports.tables import AWKWARD, quotes, rows, table

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def written(given_table: Table, folder: Path, **options: bool) -> Workbook:
    exports.write(given_table, folder / "t.xlsx", **options)
    return load_workbook(folder / "t.xlsx")


def unescaped(text: str) -> str:
    """What Excel shows for the text of a cell."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


@settings(max_examples=25)
@given(rows())
def test_texts_are_texts_and_numbers_numbers(tmp_path: Path, given_rows: list[Row]) -> None:
    sheet = written(table(*given_rows), tmp_path)["Example"]
    found = sheet.iter_rows(min_row=2, max_row=1 + len(given_rows))
    for cells, row in zip(found, given_rows, strict=True):
        for cell, value in zip(cells, row, strict=True):
            assert cell.data_type != "f"
            if isinstance(value, str):
                assert unescaped(cell.value or "") == value
            elif isinstance(value, float) and abs(value) < 1e300:
                assert cell.value == pytest.approx(value)
            else:
                assert cell.value == value or isinstance(value, float)


def test_what_looks_like_a_formula_stays_text_when_it_is_edited(tmp_path: Path) -> None:
    sheet = written(table(*((text,) for text in AWKWARD)), tmp_path)["Example"]
    guarded = {row[0].value for row in sheet.iter_rows(min_row=2) if row[0].quotePrefix}
    assert {unescaped(text) for text in guarded} == {
        text for text in AWKWARD if text[:1] in tuple("=+-@\t\r")
    }
    assert sheet._hyperlinks == []


def test_a_golden_structure(tmp_path: Path) -> None:
    shown = Table(
        "themes",
        (
            Column("code_path"),
            Column("quotes", "distinct passages"),
            Column("participants", "people", of="participants_of"),
            Column("participants_of", "people"),
            Column("share", "share 0–1"),
            Column("coded_at", time=True),
        ),
        lambda: [
            ("Housing", 3, 2, 4, 0.25, "2026-11-20T09:30:15.500Z"),
            ("long " * 50, 0, 0, 4, None, "yesterday"),
        ],
        ("Filters: code Housing.", "", "Coded by Amira."),
    )
    book = written(shown, tmp_path)
    assert book.sheetnames == ["Themes", "About"]
    sheet, about = book["Themes"], book["About"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"
    assert sheet.print_title_rows == "$1:$1"
    assert [cell.font.bold for cell in sheet[1]] == [True] * 6
    assert [cell.alignment.horizontal for cell in sheet[1]] == [
        *(None, "right", "right", "right", "right", None)
    ]
    assert [round(sheet.column_dimensions[c].width) for c in "ABCDEF"] == [61, 11, 17, 20, 10, 26]
    assert sheet.row_dimensions[3].height == 75
    assert [cell.number_format for cell in sheet[2]][4:] == ["0.000", "yyyy-mm-dd hh:mm:ss"]
    assert sheet["F2"].value == datetime(2026, 11, 20, 9, 30, 15, 500000)
    assert sheet["F3"].value == "yesterday"
    assert sheet["E3"].value is None
    assert [[c for c in row if c] for row in about.iter_rows(values_only=True)] == [
        ["Themes"],
        ["Filters: code Housing."],
        ["Coded by Amira."],
        [],
        ["Column", "Holds", "Out of"],
        ["code_path", "text"],
        ["quotes", "distinct passages"],
        ["participants", "people", "participants_of"],
        ["participants_of", "people"],
        ["share", "share 0–1"],
        ["coded_at", "times in UTC"],
    ]
    assert book.properties.title == "Themes"
    assert book.properties.created == datetime(1980, 1, 1)


def test_a_text_too_long_for_a_cell_is_whole_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    long = "=" + "👩x" * 12_000
    book = written(table(("short", long), ("fits", "y" * workbook.UNITS)), tmp_path)
    cell = book["Example"]["B2"].value
    assert cell.startswith(long[:1000])
    assert cell.endswith("[…: the whole text is on the sheet “Long texts”]")
    assert len(cell.encode("utf-16-le")) // 2 <= workbook.UNITS
    assert book["Example"]["B3"].value == "y" * workbook.UNITS
    parts = list(book["Long texts"].iter_rows(min_row=2, values_only=True))
    assert [part[:3] for part in parts] == [("Example", "B2", 1), ("Example", "B2", 2)]
    assert "".join(part[3] for part in parts) == long


def test_a_full_sheet_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 3)
    monkeypatch.setattr(workbook, "ROWS", 3)
    book = written(table(*((str(n),) for n in range(7))), tmp_path)
    assert book.sheetnames == ["Example", "Example (2)", "Example (3)", "About"]
    cells = [
        [row[0] for row in book[name].iter_rows(values_only=True)] for name in book.sheetnames[:3]
    ]
    assert cells == [["c0", "0", "1", "2"], ["c0", "3", "4", "5"], ["c0", "6"]]


def test_numbers_with_more_digits_than_a_cell_holds_are_text(tmp_path: Path) -> None:
    sheet = written(table((10**15, float("nan"), True)), tmp_path)["Example"]
    assert [cell.value for cell in sheet[2]] == ["1000000000000000", "nan", True]


NAMES = st.text(st.sampled_from("ab/\\[]:*?'👩\x01 "), max_size=40)


@settings(max_examples=20)
@given(st.lists(NAMES, min_size=1, max_size=6, unique=True))
def test_sheets_have_names_that_excel_takes(tmp_path: Path, names: list[str]) -> None:
    named = [*names, "about", "History", "Long Texts", "a" * 40, "A" * 40, "a" * 40 + "b"]
    file = tmp_path / "n.xlsx"
    with exports.replacing_bytes(file) as stream, workbook.workbook(stream, "names") as book:
        for name in named:
            book.sheet(name, (Column("c"),)).fill([("x",)])
    found = load_workbook(file).sheetnames
    assert len({name.casefold() for name in found}) == len(named)
    for name in found:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\\x01")
        assert not name.startswith("'") and not name.endswith("'")
        assert name.casefold() not in ("history", "about", "long texts")


QUOTES = (
    ("id1", "Transport", "No bus.", "Resident, Wales"),
    ("id2", "Housing/Damp", "Damp.", ""),
    ("id3", "Housing", "Cold.", "Practitioner"),
    ("id4", "Housing/Damp", "Mould.", "Practitioner"),
)


def test_a_sheet_for_each_theme_and_one_that_leads_to_them(tmp_path: Path) -> None:
    book = written(quotes(*QUOTES), tmp_path, sheet_per_theme=True)
    assert book.sheetnames == ["Themes", "Housing", "Housing › Damp", "Transport", "About"]
    assert list(book["Themes"].iter_rows(min_row=2, values_only=True)) == [
        ("Housing", 1),
        ("Housing/Damp", 2),
        ("Transport", 1),
    ]
    assert book["Themes"]["B3"].hyperlink.location == "'Housing › Damp'!A2:A2"
    ids = [row[0] for row in book["Housing › Damp"].iter_rows(min_row=2, values_only=True)]
    assert ids == ["id2", "id4"]


@pytest.mark.parametrize(
    ("direct", "leads"),
    [
        (False, ["'Quotes'!A2:A4", "'Quotes'!A3:A4", "'Quotes'!A5:A5", None]),
        (True, ["'Quotes'!A2:A2", "'Quotes'!A3:A4", "'Quotes'!A5:A5", None]),
    ],
)
def test_a_frequency_leads_to_its_quotes(
    tmp_path: Path, direct: bool, leads: list[str | None]
) -> None:
    themes = Table(
        "themes",
        (Column("code_path"), Column("quotes", "distinct passages")),
        lambda: [("Housing", 3), ("Housing/Damp", 2), ("Transport", 1), ("Control", 0)],
    )
    with exports.replacing_bytes(tmp_path / "t.xlsx") as stream:
        xlsx.write_linked(themes, quotes(*QUOTES), stream, direct=direct)
    book = load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["Themes", "Quotes", "About"]
    cells = [row[1] for row in book["Themes"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [3, 2, 1, 0]
    assert [cell.hyperlink and cell.hyperlink.location for cell in cells] == leads
    order = [row[0] for row in book["Quotes"].iter_rows(min_row=2, values_only=True)]
    assert order == ["id3", "id2", "id4", "id1"]


def test_more_linked_quotes_than_a_sheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS", 3)
    themes = table(("Housing", 3), names=("code_path", "quotes"))
    with (
        pytest.raises(exports.ExportError, match="no more than 3 rows"),
        exports.replacing_bytes(tmp_path / "t.xlsx") as stream,
    ):
        xlsx.write_linked(themes, quotes(*QUOTES), stream)
    assert not list(tmp_path.iterdir())
