"""Codebooks as tables."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from commonplace import codebooks
from commonplace.codebooks.reading import CodebookFileError
from commonplace.domain.codebook import Code, Codebook, CodebookError, code_id


def load(folder: Path, text: str) -> Codebook:
    path = folder / "book.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return codebooks.load(path)


def paths(book: Codebook) -> list[str]:
    return [book.path(code.id) for code in book]


def faults(folder: Path, text: str) -> list[tuple[int, str]]:
    with pytest.raises(CodebookFileError) as caught:
        load(folder, text)
    assert str(caught.value).startswith("book.csv, row ")
    return [(fault.line, fault.message) for fault in caught.value.faults]


def test_code_is_the_only_column_needed(tmp_path: Path) -> None:
    book = load(tmp_path, "code\nHousing\nTransport\n")
    assert paths(book) == ["Housing", "Transport"]
    assert book.name == "book"
    assert book.codes[0].id == code_id("book", "Housing")


def test_rows_may_stand_in_any_order(tmp_path: Path) -> None:
    text = "parent,code\nHousing/Rent,Arrears\nHousing,Rent\n,Transport\n,Housing\nrent,Benefit\n"
    assert paths(load(tmp_path, text)) == [
        "Transport",
        "Housing",
        "Housing/Rent",
        "Housing/Rent/Arrears",
        "Housing/Rent/Benefit",
    ]


def test_a_parent_is_the_top_level_code_before_any_other_of_that_name(tmp_path: Path) -> None:
    book = load(tmp_path, "code,parent\nA,\nOther,A\nOther,\nX,Other\nY,A/Other\n")
    assert paths(book) == ["A", "A/Other", "A/Other/Y", "Other", "Other/X"]


def test_slashes_in_names_are_escaped_or_plain_where_nothing_else_fits(tmp_path: Path) -> None:
    book = load(tmp_path, "code,parent\nA/B,\nC,A\\/B\nD,A/B\n")
    assert paths(book) == ["A\\/B", "A\\/B/C", "A\\/B/D"]


def test_fields_are_read_and_keywords_split(tmp_path: Path) -> None:
    text = 'code,definition,keywords,color,anchor\nA,"x, ""y""\nz",damp;mould pot ; damp;,#fff,n\n'
    code = load(tmp_path, text).codes[0]
    assert code.definition == 'x, "y"\nz'
    assert code.keywords == ("damp", "mould pot")
    assert (code.color, code.anchor) == ("#ffffff", "n")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_separators_are_recognised(tmp_path: Path, delimiter: str) -> None:
    text = 'code,parent,keywords\nA,,"x;y"\nB,A,\n'.replace(",", delimiter)
    book = load(tmp_path, text)
    assert paths(book) == ["A", "A/B"]
    assert book.codes[0].keywords == ("x", "y")


def test_a_file_from_excel_on_windows_is_read_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes("code\nCafé ‘x’\n".encode("cp1252"))
    reading = codebooks.read(path)
    assert reading.codebook.codes[0].name == "Café ‘x’"
    assert "Windows-1252" in reading.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_of_unicode_are_understood(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes("code\r\nCafé\r\n".encode(encoding))
    assert codebooks.load(path).codes[0].name == "Café"


def test_columns_of_other_programs_are_left_out_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text("code,frequency\nA,7\n")
    assert codebooks.read(path).notes == (
        "columns that codebooks do not have were left out: 'frequency'",
    )


FAULTY = [
    ("an empty file", "", 1, "first row must be code,parent"),
    ("no code column", "parent\nA\n", 1, 'no column "code"'),
    ("a misspelt column", "code,defnition\nA,x\n", 1, 'did you mean "definition"?'),
    ("name for code", "name\nA\n", 1, 'did you mean "code"?'),
    ("a column twice", "code,code\nA,B\n", 1, "two columns"),
    ("no name", "code,parent\n,A\nA,\n", 2, "no name"),
    ("an unknown parent", "code,parent\nRent,\nX,Rnet\n", 3, "did you mean 'Rent'?"),
    ("no parent at all", "code,parent\nA,Zebra\n", 2, "add a row for it"),
    ("an ambiguous parent", "code,parent\nA,\nB,\nO,A\nO,B\nX,O\n", 6, "row 4 and 5"),
    ("twins", "code,parent\nA,\nB,A\nb,A\n", 4, "the first is in row 3"),
    ("a bad colour", "code,color\nA,red\n", 2, "no colour"),
    ("too many cells", "code,anchor\nA,x,y\n", 2, "3 cells where the header has 2"),
    ("an open quote", 'code\nA\n"B\n', 3, "no table"),
]


@pytest.mark.parametrize(
    ("text", "row", "words"), [f[1:] for f in FAULTY], ids=[f[0] for f in FAULTY]
)
def test_a_fault_is_told_with_its_row(tmp_path: Path, text: str, row: int, words: str) -> None:
    found = faults(tmp_path, text)
    assert len(found) == 1
    assert found[0][0] == row
    assert words in found[0][1]


def test_circles_are_told(tmp_path: Path) -> None:
    found = faults(tmp_path, "code,parent\nA,B\nB,A\nC,C\nD,A\n")
    assert [row for row, _ in found][:3] == [2, 3, 4]
    assert all("stands under itself" in message for _, message in found[:3])


def test_a_header_alone_is_no_codebook(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="no codes"):
        load(tmp_path, "code,parent\n")


def test_endless_nesting_is_refused(tmp_path: Path) -> None:
    rows = "".join(f"c{n},c{n - 1}\n" for n in range(1, 80))
    assert "levels deep" in faults(tmp_path, "code,parent\nc0,\n" + rows)[0][1]


def test_cells_that_a_spreadsheet_would_run_are_guarded(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    awkward = ["=1+1", "+1", "-1", "@x", "'=1", "''@x", "'quoted'"]
    book = Codebook("book", tuple(Code(code_id("book", n), n, anchor=n) for n in awkward))
    codebooks.save(book, path)
    with path.open(newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and cell]
    assert codebooks.load(path) == book


def test_what_a_table_cannot_hold_is_told(tmp_path: Path) -> None:
    book = Codebook("x", (Code("1", "A"),), "2.1")
    assert "version, 2.1" in codebooks.save(book, tmp_path / "x.csv")[0]
