"""What the columns of a table are taken for, and what is made of what somebody says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.readers import Options, ReadError, Role, TableFile, TableReading, open_table
from tests.readers.show import said
from tests.readers.test_sheets import excel

GUESS = TableReading(by_content=True)
ANSWERS = ["It was damp all year round, you know.", "The bus stopped and so I stayed in."]


def opened(tmp_path: Path, *rows: list[object], **others: list[list[object]]) -> TableFile:
    path = tmp_path / "survey.xlsx"
    path.write_bytes(excel(*rows, others=others))
    file = open_table(path, name=path.name)
    assert file is not None
    return file


def roles(file: TableFile, reading: TableReading = GUESS) -> dict[str, str]:
    return {c.name: c.role.value for c in file.look(Options(table=reading)).columns}


@pytest.mark.parametrize(
    ("columns", "rows", "expected"),
    [
        pytest.param(
            ["Time", "Who", "Text", "Wave"],
            [["0:10", "Int", "So?", 1], ["0:20", "P1", "Damp.", 1]],
            ["time", "speaker", "text", "attribute"],
            id="by their names",
        ),
        pytest.param(
            ["ID", "What helped?", "How old?", "Code"],
            [["R1", ANSWERS[0], 34, "Damp"], ["R2", ANSWERS[1], 61, "Bus"]],
            ["attribute", "text", "attribute", "codes"],
            id="sentences",
        ),
        pytest.param(
            ["ID", "How much do you agree?"],
            [[number, "I neither agree nor disagree"] for number in range(6)],
            ["attribute", "attribute"],
            id="choices that recur",
        ),
        pytest.param(["ID", "Empty"], [["R1"], ["R2"]], ["attribute", "attribute"], id="nothing"),
        pytest.param(["Anything"], [["Damp."]], ["text"], id="the only one"),
    ],
)
def test_columns_are_guessed(tmp_path: Path, columns, rows, expected) -> None:
    assert list(roles(opened(tmp_path, columns, *rows)).values()) == expected


def test_without_a_look_names_alone_count(tmp_path: Path) -> None:
    file = opened(tmp_path, ["ID", "What helped?", "Codes"], ["R1", ANSWERS[0], "Damp"])
    assert set(roles(file, TableReading()).values()) == {"attribute"}
    with pytest.raises(ReadError, match="which column holds the words"):
        file.read(Options())


def test_what_is_said_of_a_column_ends_all_guessing(tmp_path: Path) -> None:
    file = opened(
        tmp_path,
        ["who", "mood", "text", "time"],
        ["P1", "low", "Damp.", "0:10"],
        ["P2", "high", "Cold.", "0:20"],
    )
    look = file.look(Options(table=GUESS))
    reading = look.with_role("mood", Role.SPEAKER)
    assert roles(file, reading) == {
        "who": "attribute", "mood": "speaker", "text": "text", "time": "time"
    }  # fmt: skip
    (transcript,) = file.read(Options(table=reading))
    assert said(transcript) == [("low", "Damp."), ("high", "Cold.")]
    left_out = file.look(Options(table=reading)).with_role("who", Role.LEFT_OUT)
    (transcript,) = file.read(Options(table=left_out))
    assert not any(speaker.attributes for speaker in transcript.speakers)
    nothing = look.with_role("text", Role.ATTRIBUTE)
    with pytest.raises(ReadError, match="which column holds the words"):
        file.read(Options(table=nothing))


def test_a_sheet_that_is_no_table_leaves_the_others_to_choose(tmp_path: Path) -> None:
    file = opened(tmp_path, ["text"], ["", "2023"], Answers=[["text"], ["Damp."]], Blank=[])
    look = file.look(Options(table=GUESS))
    assert (look.sheet, look.sheets, look.columns) == ("Main", ("Main", "Answers"), ())
    with pytest.raises(ReadError, match="in column 2, but only its first column has a name"):
        file.read(Options(table=GUESS))
    chosen = TableReading(sheet="Answers")
    again = file.look(Options(table=chosen))
    assert (again.sheet, again.sheets, again.layout) == ("Answers", look.sheets, look.layout)
    assert file.read(Options(table=chosen))[0].text == "Damp."


def test_a_cover_page_is_passed_over_and_what_is_guessed_says_so(tmp_path: Path) -> None:
    cover = [["Survey of residents"], ["Exported 2026-03-04"]]
    table = [["ID", "What helped?"], ["R1", ANSWERS[0]], ["R2", ANSWERS[1]]]
    look = opened(tmp_path, *cover, Answers=table).look(Options(table=GUESS))
    assert (look.sheet, look.guessed) == ("Answers", True)
    settled = opened(tmp_path, *cover, Answers=table).look(Options(table=look.settled))
    assert (settled.sheet, settled.guessed) == ("Answers", False)
    assert [c.role for c in settled.columns] == [c.role for c in look.columns]
    for rows in (cover, [["text"], ["Damp."]]):  # nothing else looks like a table; or this does
        look = opened(tmp_path, *rows, Notes=[["one row"]]).look(Options(table=GUESS))
        assert (look.sheet, look.guessed) == ("Main", rows is cover)


def test_the_first_values_that_differ_are_examples_and_the_first_rows_can_do(
    tmp_path: Path,
) -> None:
    rows = [["one"], ["one"], ["two" * 100], ["three"]]
    file = opened(tmp_path, ["text"], *rows)
    (column,) = file.look(Options(table=GUESS)).columns
    assert column.examples == ("one", ("two" * 100)[:200])
    assert len(file.read(Options(table=GUESS), first=2)) == 2
