"""codebook: add, edit, rename, move, reorder, merge, split, retire, remove, usage, rereading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Commonplace


@pytest.fixture
def coded(commonplace: Commonplace, imported: Path) -> tuple[Path, str]:
    """A project with one coding of "Damp.", by Rosa, under Housing; and the coding's id."""
    said = commonplace("code", imported, "P01", 29, 34, "Housing")
    assert said.code == 0, said.err
    return imported, said.out.strip()


def codes(commonplace: Commonplace, path: Path) -> dict[str, Any]:
    return {row["code_path"]: row for row in commonplace("codebook", path, "--json").json}


def test_codes_are_added_changed_moved_and_removed(commonplace: Commonplace, study: Path) -> None:
    def do(*words: str) -> None:
        said = commonplace("codebook", study, *words)
        assert (said.code, said.err) == (0, ""), said.err

    do("add", "Allotments/Sheds", "--definition", "Where tools are.")
    do("edit", "Sheds", "--keyword", "shed", "--keyword", " tool  shed", "--color", "Teal")
    do("edit", "Sheds", "--include", "Talk of sheds.", "--near-miss", "Garages.")
    do("rename", "Sheds", "Huts")
    do("reorder", "Allotments", "1")
    do("move", "Huts", "--under", "Housing")
    rows = codes(commonplace, study)
    assert next(iter(rows)) == "Allotments"
    huts = rows["Housing/Huts"]
    assert (huts["definition"], huts["include"], huts["near_miss"], huts["color"]) == (
        *("Where tools are.", "Talk of sheds.", "Garages.", "#44AA99"),
    )
    assert huts["keywords"] == "shed; tool shed"
    do("move", "Huts")
    do("remove", "Huts")
    assert "Huts" not in codes(commonplace, study)
    assert commonplace("codebook", study, "add", "Allotments").code == 1
    assert commonplace("codebook", study, "edit", "Allotments").code == 2
    said = commonplace("codebook", study, "edit", "Allotments", "--color", "mauve")
    assert said.code == 2 and "teal" in said.err


def test_codings_follow_a_split_and_a_merge(
    commonplace: Commonplace, coded: tuple[Path, str]
) -> None:
    path, coding = coded
    said = commonplace(
        "codebook", path, "split", "Housing", "--into", "Housing/Wet", "--containing", "DAMP"
    )
    assert said.code == 0, said.err
    assert codes(commonplace, path)["Housing/Wet"]["codings"] == 1
    nothing = commonplace(
        "codebook", path, "split", "Housing", "--into", "Wet", "--containing", "bus"
    )
    assert nothing.code == 1 and "no coding of 'Housing' contains 'bus'" in nothing.err
    assert commonplace("codebook", path, "split", "Housing", "--into", "Wet").code == 2
    assert commonplace("codebook", path, "remove", "Wet").code == 1
    assert commonplace("codebook", path, "merge", "Wet", "Damp and repairs").code == 0
    rows = codes(commonplace, path)
    assert rows["Housing/Damp and repairs"]["codings"] == 1 and "Housing/Wet" not in rows
    assert commonplace("recode", path, "Transport", coding).code == 0
    assert codes(commonplace, path)["Transport"]["codings"] == 1


def test_a_retired_code_is_not_applied(commonplace: Commonplace, imported: Path) -> None:
    assert commonplace("codebook", imported, "retire", "Housing", "--sub-codes").code == 0
    rows = codes(commonplace, imported)
    assert rows["Housing"]["retired"] and rows["Housing/Damp and repairs"]["retired"]
    said = commonplace("code", imported, "P01", 29, 34, "Housing")
    assert said.code == 1 and "retired" in said.err
    assert commonplace("codebook", imported, "restore", "Housing").code == 0
    assert commonplace("code", imported, "P01", 29, 34, "Housing").code == 0


def test_usage_counts_each_code_by_itself(
    commonplace: Commonplace, coded: tuple[Path, str]
) -> None:
    path, _ = coded
    rows = {r["code_path"]: r for r in commonplace("codebook", path, "usage", "--json").json}
    housing = rows["Housing"]
    assert [housing[name] for name in ("codings", "transcripts", "participants", "coders")] == [
        *(1, 1, 1, 1)
    ]
    assert housing["last_used"] and rows["Transport"]["last_used"] is None
    assert rows["Transport"]["participants"] == 0


def test_what_is_to_be_read_again_is_listed_and_confirmed(
    commonplace: Commonplace, coded: tuple[Path, str]
) -> None:
    path, coding = coded
    said = commonplace("codebook", path, "edit", "Housing", "--definition", "Homes.")
    assert said.code == 0 and "1 codings stay as they are (--reread marks them)" in said.err
    assert commonplace("codebook", path, "rereading", "--json").json == []
    commonplace("codebook", path, "edit", "Housing", "--definition", "Houses.", "--reread")
    (row,) = commonplace("codebook", path, "rereading", "--code", "Housing", "--json").json
    assert (row["coding_id"], row["quote"]) == (coding, "Damp.")
    assert (row["was"], row["now"], row["revised_by"]) == ("Homes.", "Houses.", "Amira")
    assert commonplace("codebook", path, "confirm", coding).code == 0
    assert commonplace("codebook", path, "rereading", "--json").json == []
    assert commonplace("codebook", path, "confirm", coding).code == 1


def test_loading_an_edition_may_call_for_reading_again(
    commonplace: Commonplace, coded: tuple[Path, str], tmp_path: Path
) -> None:
    path, _ = coded
    file = tmp_path / "edition.csv"
    file.write_text("code,definition,retired\nHousing,Homes.,\nTransport,,yes\n")
    assert commonplace("codebook", path, "load", file, "--reread").code == 0
    assert len(commonplace("codebook", path, "rereading", "--json").json) == 1
    assert codes(commonplace, path)["Transport"]["retired"]
    assert commonplace("codebook", path, "save", tmp_path / "out.csv").code == 0
    assert commonplace("codebook", path, "diff", tmp_path / "out.csv", "--json").json == []
