"""CSV: RFC 4180 to the byte, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from enum import StrEnum
from unicodedata import category

from hypothesis import given

from commonplace.exports.csv_table import line, write
from commonplace.readers.csvfile import unguarded
from tests.exports.tables import AWKWARD, TEXTS, rows, table

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def written(*given_rows: tuple, raw: bool = False, names: tuple[str, ...] = ()) -> str:
    stream = io.StringIO(newline="")
    write(table(*given_rows, names=names), stream, raw=raw)
    return stream.getvalue()


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@given(rows())
def test_no_cell_is_a_live_formula(given_rows: list[tuple]) -> None:
    _, *found = read(written(*given_rows))
    for cells, row in zip(found, given_rows, strict=True):
        for cell, value in zip(cells, row, strict=True):
            if isinstance(value, str):
                assert not cell.startswith(DANGEROUS)
                guarded = value.lstrip("'").startswith(DANGEROUS)
                assert cell.startswith("'" + value[:1]) or not guarded
                assert unguarded(cell) == value
                assert not any(category(each) == "Cc" for each in cell if each not in "\t\n\r")


@given(rows())
def test_raw_cells_come_back_exactly(given_rows: list[tuple]) -> None:
    _, *found = read(written(*given_rows, raw=True))
    shown = {None: "", True: "true", False: "false"}
    assert found == [
        [
            shown[cell]
            if cell is None or isinstance(cell, bool)
            else cell
            if isinstance(cell, str)
            else repr(cell)
            for cell in row
        ]
        for row in given_rows
    ]


@given(rows(TEXTS))
def test_the_bytes_are_those_of_the_standard_writer(given_rows: list[tuple]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([table(*given_rows).header, *given_rows])
    assert written(*given_rows, raw=True) == stream.getvalue()


def test_numbers_are_never_guarded() -> None:
    assert line((-3, -0.5, 1e-7, True, None, "-3")) == "-3,-0.5,1e-07,true,,'-3\r\n"


def test_a_heading_that_looks_like_a_formula_is_guarded() -> None:
    assert written(("x",), names=("=cmd|' /C calc'!A0",)) == "'=cmd|' /C calc'!A0\r\nx\r\n"


def test_a_value_of_an_enumeration_is_text() -> None:
    class Sign(StrEnum):
        PLUS = "+1"

    assert line((Sign.PLUS,)) == "'+1\r\n"


def test_a_record_of_one_empty_cell_is_not_an_empty_line() -> None:
    assert written(("",), (None,)) == 'c0\r\n""\r\n""\r\n'


def test_a_golden_file() -> None:
    assert written(*[(number, text) for number, text in enumerate(AWKWARD)]).encode() == (
        b"c0,c1\r\n"
        b"0,'=1+1\r\n"
        b"1,'+44 20\r\n"
        b"2,'-3\r\n"
        b"3,'@SUM(A1)\r\n"
        b"4,'\t=1\r\n"
        b'5,"\'\r=1"\r\n'
        b'6,"say ""no"", please\nor\r\nyes"\r\n'
        b"7,''=1\r\n"
        b"8,\r\n"
        b"9, lead\r\n"
        b"10,_x001B_[2J_x0000__x0085_\xe2\x80\xa8\xe2\x80\xae\r\n"
        b"11,a|b\\|c `d` <script>alert(1)</script> **e** [f](http://g) www.h.org i@j.org # k\r\n"
        b"12,\xe4\xbd\x8f\xe5\xae\x85 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d"
        b"\xf0\x9f\x91\xa7 e\xcc\x81 \xef\xb7\xbd\r\n"
        b"13,<r><t>=1</t></r>\r\n"
        b"14,_x005F_x0041_ \xef\xbf\xbe\r\n"
    )


def test_many_rows_are_written_in_pieces() -> None:
    class Counting(io.StringIO):
        pieces = 0

        def write(self, text: str) -> int:
            self.pieces += 1
            return super().write(text)

    stream = Counting(newline="")
    write(table(*[(number,) for number in range(1000)]), stream)
    assert stream.getvalue().split() == ["c0", *map(str, range(1000))]
    assert stream.pieces == 4
