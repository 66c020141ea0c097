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
    assert all(row["units"] for row in said.json if row["code"] is not None)
    *_, sets, _ = commonplace("agreement", demo, "--coders", "Amira,Tom", "--json").json
    assert sets["code_path"] == "(codes of a unit together)" and sets["alpha_low"] is None
    assert 0 < sets["alpha"] < 1 and sets["percent"] < 1
    asked = ("agreement", demo, "--coders", "Amira,Tom", "--empty")
    assert len(commonplace(*asked, "--suggestions", "--json").json) > len(said.json)
    assert commonplace(*asked).code == 2


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--coders", "Amira"], 1, "two or more"),
        (["--coders", "Amira,Nobody"], 1, "Nobody"),
        (["--coders", "Amira,Tom", "--disagreements", "--suggestions"], 2, "one list"),
        (["--coders", "Amira,Tom", "--coder", "Tom"], 2, "only with --blind"),
        (["--coders", "Amira,Tom", "--unit", "preset"], 2, "go together"),
        ([], 2, "--coders"),
    ],
)
def test_what_is_refused(commonplace: Commonplace, demo: Path, words, code, message) -> None:
    said = commonplace("agreement", demo, *words)
    assert said.code == code
    assert message in said.err


def test_disagreements_are_settled_by_script(commonplace: Commonplace, demo: Path) -> None:
    said = commonplace("agreement", demo, "disagreements", "--json")
    assert said.code == 0, said.err
    first, second, *others = said.json
    assert {first["status"], second["status"]} == {"open"}
    settled = commonplace(
        "agreement", demo, "settle", first["disagreement_id"], second["disagreement_id"],
        "--take", "tom", "--note", "the landlord is named", "--coder", "Ada", "--json",
    )  # fmt: skip
    assert settled.code == 0, settled.err
    assert len(settled.json) == 2
    listed = commonplace("agreement", demo, "disagreements", "--status", "settled", "--json").json
    assert [row["took"] for row in listed] == ["Tom", "Tom"]
    assert {row["settled_by"] for row in listed} == {"Ada"}
    start, end = others[0]["start"], others[0]["end"]
    other = commonplace(
        "agreement", demo, "settle", others[0]["disagreement_id"],
        "--start", start, "--end", end, "--code", "Transport",
    )  # fmt: skip
    assert other.code == 0, other.err
    adopted = commonplace("agreement", demo, "adopt", "--json").json
    assert adopted["codings"] > 50 and adopted["transcripts"] == 2
    codings = commonplace("codings", demo, "--coder", "consensus", "--json").json
    assert {row["origin"] for row in codings} == {"consensus"}
    assert (start, end, "Transport") in {(c["start"], c["end"], c["code_path"]) for c in codings}
    quotes = commonplace("quotes", demo, "--coder", "consensus", "--json").json
    assert len(quotes) == len(codings)
    consensus = commonplace("agreement", demo, "consensus", "--all-transcripts", "--json").json
    assert [row["coder"] for row in consensus] == ["Amira", "Tom"]
    assert all(0 < row["found"] <= 1 for row in consensus)
    undone = commonplace("history", demo, "--json").json[0]["group_id"]
    assert commonplace("history", demo, "--undo", undone).code == 0


def test_stretches_as_they_were_marked(commonplace: Commonplace, demo: Path) -> None:
    said = commonplace("agreement", demo, "--coders", "Amira,Tom", "--unitizing", "--json")
    assert said.code == 0, said.err
    assert all(row["u_alpha"] is None or -1 <= row["u_alpha"] <= 1 for row in said.json)
    assert any(row["cu_alpha"] is not None for row in said.json)


def test_blind_mode_is_a_setting_of_the_project(commonplace: Commonplace, demo: Path) -> None:
    assert commonplace("agreement", demo, "--blind", "on", "--coder", "Ada").code == 0
    (last, *_) = commonplace("history", demo, "--json").json
    assert (last["action"], last["coder"]) == ("turned blind mode on", "Ada")
    assert commonplace("agreement", demo, "--blind", "perhaps").code == 2


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([], 2, "in one way"),
        (["--both", "--none"], 2, "in one way"),
        (["--start", "9"], 2, "a beginning and a later end"),
        (["--start", "9", "--end", "4"], 2, "a beginning and a later end"),
        (["--both"], 1, "no disagreement"),
    ],
)
def test_what_is_no_settlement(commonplace: Commonplace, demo: Path, words, code, message) -> None:
    said = commonplace("agreement", demo, "settle", "nothing", *words)
    assert (said.code, message in said.err) == (code, True), said.err
