"""Agreement on the command line, on the demo project's two coders."""

from __future__ import annotations

import csv
from pathlib import Path

import krippendorff
import pytest

from tests.cli.conftest import Commonplace


def test_the_demo_coders_agree_as_counted_apart(commonplace: Commonplace, demo: Path) -> None:
    said = commonplace("agreement", demo, "--coders", "Amira,Tom", "--json")
    assert said.code == 0, said.err
    *codes, whole = said.json
    assert whole["code"] is None
    assert (whole["transcripts"], whole["units"]) == (2, 401 * 51)
    assert (whole["Amira"], whole["Tom"]) == (190 + 143, 190 + 71)
    said_of_each = [[1] * 190 + [1] * 143 + [0] * 71, [1] * 190 + [0] * 143 + [1] * 71]
    spelt_out = [row + [0] * (401 * 51 - 404) for row in said_of_each]
    expected = krippendorff.alpha(spelt_out, level_of_measurement="nominal")
    assert whole["alpha"] == pytest.approx(expected)
    assert whole["alpha"] == pytest.approx(0.634, abs=5e-4)
    assert whole["alpha_low"] < whole["alpha"] < whole["alpha_high"]
    assert {row["units"] for row in codes} == {401}
    spelt = commonplace("agreement", demo, "--coders", "amira, tom", "--unit", "character")
    assert "Amira, Tom by code points, over 2 of 9 transcripts" in spelt.out


def test_disagreements_go_to_a_file(commonplace: Commonplace, demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "differ.csv"
    said = commonplace("agreement", demo, "--coders", "Amira,Tom", "--disagreements", "-o", file)
    assert said.code == 0, said.err
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 143 + 71
    assert {row["applied_by"] for row in rows} == {"Amira", "Tom"}


def test_suggestions_apart(commonplace: Commonplace, demo: Path) -> None:
    said = commonplace("agreement", demo, "--coders", "Amira,Tom", "--suggestions", "--json")
    whole = {(row["coder"], row["origin"]): row for row in said.json if row["code"] is None}
    assert whole["Tom", "manual"]["confirmed"] == whole["Amira", "manual"]["confirmed"] == 190
    assert whole["Tom", "suggested"]["share"] is None


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--coders", "Amira"], 1, "two or more"),
        (["--coders", "Amira,Nobody"], 1, "Nobody"),
        (["--coders", "Amira,Tom", "--disagreements", "--suggestions"], 2, "one list"),
        (["--coders", "Amira,Tom", "--coder", "Tom"], 2, "No such option"),
        ([], 2, "--coders"),
    ],
)
def test_what_is_refused(commonplace: Commonplace, demo: Path, words, code, message) -> None:
    said = commonplace("agreement", demo, *words)
    assert said.code == code
    assert message in said.err
