"""Word documents: reopened with python-docx; styles that can be changed, text that stays text."""

from __future__ import annotations

import errno
import gc
import io
import re
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings

from commonplace import exports
from commonplace.domain.table import Column, Table
from commonplace.exports import worddoc
from commonplace.exports.docx import write
from commonplace.exports.shown import visible
from commonplace.exports.wordstyles import STYLES
from tests.exports.tables import AWKWARD, TEXTS, quotes, table


def opened(given_table: Table):
    stream = io.BytesIO()
    write(given_table, stream)
    stream.seek(0)
    return Document(stream)


def test_a_golden_pack_of_quotes() -> None:
    document = opened(
        quotes(
            ("id1", "Transport", "No bus.\nNone.", "Resident, Wales"),
            ("id2", "Housing/Damp", " Damp. ", ""),
            ("id3", "Transport", "", "Practitioner"),
            note=("3 distinct quotes.", "No filters."),
        )
    )
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("Title", "Quotes"),
        ("Commonplace Note", "3 distinct quotes."),
        ("Commonplace Note", "No filters."),
        ("Heading 1", "Housing/Damp"),
        ("Commonplace Quote", "Damp."),
        ("Commonplace Attribution", "— id2"),
        ("Heading 1", "Transport"),
        ("Commonplace Quote", "No bus.\nNone."),
        ("Commonplace Attribution", "— Resident, Wales · id1"),
        ("Commonplace Quote", "[…]"),
        ("Commonplace Attribution", "— Practitioner · id3"),
    ]
    assert document.paragraphs[5].runs[-1].style.name == "Commonplace Quote ID"
    assert {*STYLES} <= {style.name for style in document.styles}
    assert document.styles["Commonplace Quote"].paragraph_format.keep_with_next
    said = document.core_properties
    assert (said.title, said.author, said.created, said.modified) == ("Quotes", "", None, None)


def test_a_golden_table() -> None:
    document = opened(
        Table(
            "themes",
            (
                Column("code_path"),
                Column("participants", "people", of="participants_of"),
                Column("participants_of", "people"),
            ),
            lambda: [("Housing/Rent", 14, 22), ("Transport", 3, 22)],
            "Of 22.",
        )
    )
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("Title", "Themes"),
        ("Commonplace Note", "Of 22."),
        ("Commonplace Note", ""),
    ]
    (made,) = document.tables
    assert made.style.name == "Commonplace Table"
    assert [[cell.text for cell in row.cells] for row in made.rows] == [
        ["Code path", "Participants"],
        ["Housing/Rent", "14 of 22"],
        ["Transport", "3 of 22"],
    ]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in made.rows]
    assert heads == [True, False, False]
    styles = [cell.paragraphs[0].style.name for cell in made.rows[1].cells]
    assert styles == ["Commonplace Cell", "Commonplace Figure"]


def test_what_has_no_room_is_named() -> None:
    names = tuple(f"column_{place}" for place in range(12))
    wide = Table(
        *("wide", tuple(map(Column, names)), lambda: [names], "", ("column_1", "column_3")),
    )
    document = opened(wide)
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["column_1", "column_3"]
    assert document.paragraphs[1].text.startswith("Not shown for want of room: Column 0, Column 2")


@settings(max_examples=15)
@given(said=TEXTS)
def test_words_arrive_as_they_can_be_seen(said: str) -> None:
    document = opened(quotes(("id", "Housing", said, "")))
    assert document.paragraphs[2].text == visible(said.strip() or "[…]")


def test_a_table_holds_any_text() -> None:
    document = opened(table(*((text,) for text in AWKWARD)))
    found = [row.cells[0].text for row in document.tables[0].rows][1:]
    assert found == [visible(text) for text in AWKWARD]


def test_columns_never_break_a_figure(tmp_path: Path) -> None:
    rows = [("word " * 40, 123456, "x")] * 3
    document = opened(table(*rows, names=("long", "count", "short")))
    widths = [int(column.get(qn("w:w"))) for column in document.element.body.iter(qn("w:gridCol"))]
    assert widths[1] >= 6 * 115 and widths[2] >= 5 * 115
    assert sum(widths) <= 9412  # twentieths of a point between the margins of A4


@pytest.mark.parametrize("room", [0, 2_000, 16_000])
def test_a_full_disk_is_complained_of_once(room: int) -> None:
    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            if self.tell() + len(data) > room:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(data)

    with patch("sys.unraisablehook") as again:
        with pytest.raises(OSError, match="No space"):
            write(table(*[(number, f"{number} said") for number in range(9_000)]), Full())
        gc.collect()
    assert not again.called


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        exports.write(quotes(("id", "Housing", "Damp.", "")), tmp_path / name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_a_template_that_calls_its_words_otherwise(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine.docx", tmp_path / "other.docx"
    Document().save(str(mine))
    with ZipFile(mine) as source, ZipFile(other, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = re.sub(rb"(</?|\s|xmlns:)w(?=[:=])", rb"\1words", part)
                assert b"<words:body>" in part
            target.writestr(name, part)
    stream = io.BytesIO()
    with worddoc.Document(stream, "Mine", template=other) as document:
        document.table(["One", "Two"], [(5, 5)] * 2, [False, True], [["<a> & 'b'", " c\n"]])
        document.paragraph("Heading 1", "End")
    (found,) = (made := Document(stream)).tables
    assert [cell.text for cell in found.rows[1].cells] == ["<a> & 'b'", " c\n"]
    assert made.paragraphs[-1].style.name == "Heading 1"
