"""The participants file: people, labels, attributes."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.readers import ParticipantRow, ReadError, read_participants
from tests.readers.test_sheets import excel, ods, row


@pytest.fixture
def people(tmp_path: Path):
    """Writes a participants file and reads it."""

    def write_and_read(content: str) -> list[ParticipantRow]:
        path = tmp_path / "people.csv"
        path.write_text(content, encoding="utf-8")
        return list(read_participants(path).rows)

    return write_and_read


def test_names_labels_documents_and_attributes(people) -> None:
    assert people(
        "Name,document,label,Role,wave\nSiân,a.md,P07 (practitioner),practitioner,1\n"
        "Siân,b.md,[Siân]:,practitioner,2\nRab,,,,\n"
    ) == [
        ParticipantRow(2, "Siân", "P07", "a.md", {"Role": "practitioner", "wave": "1"}),
        ParticipantRow(3, "Siân", "Siân", "b.md", {"Role": "practitioner", "wave": "2"}),
        ParticipantRow(4, "Rab", "Rab", "", {}, ("Role", "wave")),
    ]


def test_labels_alone_name_nobody(people) -> None:
    (row,) = people("label;nation\n**Q:**;'-\n")
    assert (row.name, row.label, row.attributes) == ("", "Q", {"nation": "-"})


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("who,role\nAnn,x\n", "neither a column 'name' nor a column 'label', only who, role"),
        ("name,label\nAnn,A\n,\n , \nBen,\n,,x\n", "line 6: 3 cells"),
        ("name,label,role\nAnn,A,x\n,,y\n", "line 3: neither name nor label"),
        ("label\nP1\np1\n", "line 3: the label 'p1' stands in line 2 already; say in a column"),
        ("label,document\nP1,a\nP1,a\n", "line 3: .* in a stands in line 2 already; leave one out"),
        ("", "empty"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_remedy(people, content: str, what: str) -> None:
    with pytest.raises(ReadError, match=what) as refusal:
        people(content)
    assert "people.csv" in str(refusal.value)


WAVES = {"Cover": [["Made by"], ["Ann"]], "Two": [["Label"], ["P1"], ["p1"]]}


def test_sheets_are_read_as_text_is(tmp_path: Path) -> None:
    book, calc = tmp_path / "people.xlsx", tmp_path / "people.ods"
    rows = [["Name", "age", "Wave "], ["Siân", 34, None], [None], ["Rab", True, 2]]
    book.write_bytes(
        excel(["key", "means"], ["1", "first"], ["2", "second"], others={"People": rows, **WAVES})
    )
    found = read_participants(book)
    assert (found.sheet, found.others) == ("People", ("Two",))
    assert found.rows == (
        ParticipantRow(2, "Siân", "Siân", "", {"age": "34"}, ("Wave",)),
        ParticipantRow(4, "Rab", "Rab", "", {"age": "true", "Wave": "2"}),
    )
    calc.write_bytes(ods(row("label", "role") + row("P1", "resident")))
    found = read_participants(calc)
    assert (found.rows, found.others) == (
        (ParticipantRow(2, "", "P1", "", {"role": "resident"}),),
        (),
    )


@pytest.mark.parametrize(
    ("name", "sheet", "what"),
    [
        ("a.xlsx", "Two", r"a\.xlsx, sheet 'Two', line 3: the label 'p1' stands in line 2"),
        ("a.xlsx", "cover", r"a\.xlsx, sheet 'Cover', line 1: .* neither .* only Made by"),
        ("a.xlsx", "Three", "no sheet 'Three'; there are Main, Cover, Two"),
        ("b.xlsx", None, r"b\.xlsx: there is neither .* of its sheets \(Main, More\)"),
        ("c.xlsx", None, r"c\.xlsx, line 2: there is something in column 2"),
        ("a.xls", None, r"a\.xls is no table .*save it as \.xlsx or \.csv"),
        ("a.docx", None, r"a\.docx is no table"),
    ],
)
def test_what_is_wrong_with_a_sheet_is_said(
    tmp_path: Path, name: str, sheet: str | None, what: str
) -> None:
    file = tmp_path / name
    file.write_bytes(
        {
            "a.xlsx": excel(["name"], ["Ann"], others=WAVES),
            "b.xlsx": excel(["who"], ["Ann"], others={"More": [["x", "y"], [1, 2]]}),
            "c.xlsx": excel(["name"], ["Ann", "x"]),
        }.get(name, b"PK")
    )
    with pytest.raises(ReadError, match=what):
        read_participants(file, sheet=sheet)
