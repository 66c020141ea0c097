"""The participants file: people, labels, attributes."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.readers import ParticipantRow, ReadError, read_participants


@pytest.fixture
def people(tmp_path: Path):
    """Writes a participants file and reads it."""

    def write_and_read(content: str) -> list[ParticipantRow]:
        path = tmp_path / "people.csv"
        path.write_text(content, encoding="utf-8")
        return read_participants(path)

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
