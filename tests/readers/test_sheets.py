"""Sheets of Excel and LibreOffice: the same as tables in text, whatever a cell holds."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import pytest

from commonplace.readers import ReadError, TableReading, read
from tests.readers.conftest import Reading
from tests.readers.interview import TURNS
from tests.readers.packages import odt, zipped
from tests.readers.show import check_layout, interviewers, said

MADE = Path(__file__).parent / "made"


def excel(*rows: list[object], others: dict[str, list[list[object]]] | None = None) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Main"
    for row in rows:
        sheet.append(row)
    for title, cells in (others or {}).items():
        other = book.create_sheet(title)
        for row in cells:
            other.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows: str) -> bytes:
    return odt(f'<table:table table:name="Main">{rows}</table:table>', kind="spreadsheet")


def row(*cells: str, repeated: int = 1) -> str:
    inner = "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}</table:table-row>'


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv", "tsv"])
def test_a_row_a_turn_as_libreoffice_saves_it(ending: str) -> None:
    (transcript,) = read(MADE / f"labelled.{ending}")
    assert said(transcript) == TURNS
    assert interviewers(transcript) == ["Interviewer"]
    assert [turn.time for turn in transcript.turns[:3]] == [30.0, 90.0, 150.0]
    assert dict(transcript.attributes) == {"Wave": "2", "Recorded": "2024-03-05"}
    check_layout(transcript.text, transcript)


def test_a_row_a_respondent_with_codes(tmp_path: Path) -> None:
    path = tmp_path / "survey.xlsx"
    path.write_bytes(
        excel(
            ["Respondent", "Answer", "Codes", "Nation"],
            ["R1", "The bus stopped.", "Transport; Loneliness", "Wales"],
            ["R2", "=Nothing changed", "", "Scotland"],
        ).replace(b"<f>Nothing changed</f><v/>", b"")
    )
    columns = TableReading(text=("Answer",), document="respondent", codes="codes")
    first, *_ = read(path, table=columns)
    assert (first.name, first.text, dict(first.attributes)) == (
        "R1", "The bus stopped.", {"Nation": "Wales"}
    )  # fmt: skip
    assert [coding.code_path for coding in first.codings] == ["Transport", "Loneliness"]


def test_cells_of_every_kind_become_text(reading: Reading) -> None:
    found = reading(
        "a.xlsx",
        excel(
            ["text", "a", "b", "c", "d", "e"],
            ["Hello_x000D_\n there", 3.0, 2.5, True, datetime.datetime(2024, 3, 5, 12, 30),
             datetime.date(2024, 3, 5)],
        ),
    )  # fmt: skip
    assert found.text == "Hello\n there"
    assert dict(found.attributes) == {
        "a": "3", "b": "2.5", "c": "true", "d": "2024-03-05 12:30:00", "e": "2024-03-05",
    }  # fmt: skip


def test_the_first_sheet_that_is_a_table_is_read_and_others_are_mentioned(reading: Reading) -> None:
    content = excel(["About this file"], others={"Answers": [["text"], ["Damp."]], "Empty": []})
    found = reading("a.xlsx", content)
    assert found.text == "Damp."
    assert "'Answers'" in found.notes[0]
    assert "Main" in found.notes[0]


def two_sheets(kind: str) -> bytes:
    if kind == "xlsx":
        return excel(["speaker", "text"], ["Int", "How?"], others={"Wave 2": [["text"], ["Damp."]]})
    second = f'<table:table table:name="Wave 2">{row("text")}{row("Damp.")}</table:table>'
    return odt(
        f'<table:table table:name="Main">{row("speaker", "text")}{row("Int", "How?")}'
        f"</table:table>{second}",
        kind="spreadsheet",
    )


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_sheet_can_be_chosen(reading: Reading, kind: str) -> None:
    name, content = f"a.{kind}", two_sheets(kind)
    found = reading(name, content)
    assert said(found) == [("Int", "How?")]
    assert "'Main'; --sheet reads another: Wave 2" in found.notes[0]
    assert reading(name, content, table=TableReading(sheet="wave 2")).text == "Damp."
    with pytest.raises(ReadError, match=rf"{name} has no sheet 'Wave 3'.*Main, Wave 2"):
        reading(name, content, table=TableReading(sheet="Wave 3"))
    wrong = TableReading(text=("answer",))
    with pytest.raises(ReadError, match=r"no column 'answer'.*speaker, text;.*--sheet.*: Wave 2"):
        reading(name, content, table=wrong)


def test_rows_and_cells_repeated_in_an_open_sheet(reading: Reading) -> None:
    content = ods(
        row("speaker", "text")
        + row("", "", repeated=1_000_000)
        + row("Int", "How?")
        + row("Mary", "Damp.", repeated=2)
        + '<table:table-row table:number-rows-repeated="999999999"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    found = reading("a.ods", content)
    assert said(found) == [("Int", "How?"), ("Mary", "Damp."), ("Mary", "Damp.")]


def merged(kind: str) -> bytes:
    if kind == "ods":
        cell = (
            '<table:table-cell table:number-rows-spanned="2"><text:p>R1</text:p></table:table-cell>'
        )
        return ods(
            row("ID", "text")
            + f"<table:table-row>{cell}<table:table-cell><text:p>Damp.</text:p></table:table-cell>"
            "</table:table-row><table:table-row><table:covered-table-cell/><table:table-cell>"
            "<text:p>Cold.</text:p></table:table-cell></table:table-row>" + row("R2", "Fine.")
        )
    content = excel(["ID", "text"], ["R1", "Damp."], [None, "Cold."], ["R2", "Fine."])
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        data = package.read(sheet)
    cells = b'</sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    return with_member(content, sheet, data.replace(b"</sheetData>", cells))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_cells_that_are_merged_downwards_hold_for_all_their_rows(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(merged(kind))
    found = read(path, table=TableReading(document="id"))
    assert [(each.name, each.text) for each in found] == [("R1", "Damp.\n\nCold."), ("R2", "Fine.")]


def test_titles_above_the_names_of_the_columns_are_left_out(reading: Reading) -> None:
    names = [f"Question {number}" for number in range(30)]
    found = reading(
        "a.xlsx",
        excel(
            ["Survey of residents"], [], ["About you", None, "Answers"],
            ["speaker", None, "text", *names], ["Ann", 34, "Damp.", *range(30)],
        ),
    )  # fmt: skip
    assert said(found) == [("Ann", "Damp.")]
    assert found.attributes["column 2"] == "34" and found.attributes["Question 29"] == "29"
    assert "2 rows above" in found.notes[0] and "About you" in found.notes[0]


def test_a_sheet_that_repeats_itself_without_end_is_cut_short(reading: Reading) -> None:
    content = ods(row("speaker", "text") + row("Int", "How?", repeated=999_999_999))
    assert len(reading("a.ods", content).turns) == 1000


def with_member(content: bytes, name: str, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        members = {each: package.read(each) for each in package.namelist()}
    return zipped(members | {name: data})


BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xlsx", b"PK\x03\x04", "cut off"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0 locked", "encrypted"),
        ("a.xlsx", zipped({"x": "y"}), "workbook.xml"),
        ("a.xlsx", zipped({"xl/workbook.xml": "<x"}), "damaged"),
        ("a.xlsx", excel([]), "empty"),
        ("a.xlsx", excel(["x", "y"], ["1", "2"]), "which column holds the words"),
        ("a.xlsx", with_member(excel(["text"]), "xl/sharedStrings.xml", BOMB), "entities"),
        ("a.ods", zipped({"content.xml": "<x/>"}), "no sheet"),
        ("a.ods", ods(""), "empty"),
    ],
)
def test_what_is_no_table_is_refused(
    reading: Reading, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(ReadError, match=rf"{name}.*{reason}"):
        reading(name, content)
