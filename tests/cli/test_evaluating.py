"""How good suggestions would have been, on the command line."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from commonplace.cli.evaluating import MEASURES, Order
from commonplace.cli.options import Piece
from tests.cli.conftest import Commonplace, call

KEYS = (
    "budget, order, seed, code, positives, average_precision, precision, recall, f1, ece, "
    "pooled_ece, proposed_ece, codes"
)
SMALL = ("--budgets", "0,20", "--seeds", "1")
SAID = {"Weather": ("rain", "sunny", "snow", "windy"), "Cooking": ("soup", "oven", "recipe")}
FILLING = ("we", "then", "had", "some", "more", "over", "there", "when", "they", "came")


@pytest.fixture(scope="session")
def coded_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of made-up comments, half of them about the weather or cooking, and coded so."""
    draw = random.Random(3)
    lines = ["answer,codes"]
    for _ in range(60):
        codes = [code for code in SAID if draw.random() < 0.5]
        words = [*draw.choices(FILLING, k=5), *(draw.choice(SAID[code]) for code in codes)]
        lines.append(f"{' '.join(words)},{';'.join(codes)}")
    folder = tmp_path_factory.mktemp("coded")
    table = folder / "comments.csv"
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path = Path(shutil.copy(template, folder / "study.commonplace"))
    said = call("import", path, table, "--text-column", "answer", "--codes-column", "codes")
    assert said.code == 0, said.err
    return path


@pytest.fixture
def coded(coded_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(coded_template, tmp_path / "coded.commonplace"))


def test_the_curve_is_one_json_document(commonplace: Commonplace, coded: Path) -> None:
    said = commonplace("evaluate", coded, *SMALL, "--json")
    assert (said.code, said.err) == (0, "")
    assert list(said.json) == ["rows", "intervals"]
    rows = said.json["rows"]
    assert all(", ".join(row) == KEYS for row in rows)
    assert {(row["order"], row["seed"]) for row in rows} == {("random", 0)}
    assert [(row["budget"], row["code"]) for row in rows] == [
        (budget, code) for budget in (0, 20) for code in (None, *SAID)
    ]
    averages = {row["budget"]: row for row in rows if row["code"] is None}
    assert averages[20]["average_precision"] > averages[0]["average_precision"]
    assert all(row["positives"] >= 5 for row in rows)
    assert [row["codes"] for row in rows] == [2, 1, 1] * 2
    assert all(told["f1_interval"] == [None, None] for told in said.json["intervals"])
    assert commonplace("evaluate", coded, *SMALL, "--json").out == said.out


def test_the_table_gives_means_over_splits(commonplace: Commonplace, coded: Path) -> None:
    said = commonplace("evaluate", coded, "--budgets", "20,0,20,5000", "--seeds", "2")
    assert (said.code, said.err) == (0, "")
    header = said.lines[0].split()
    assert {"average_precision", "precision", "recall", "f1", "ece"} <= {*header}
    assert header[2:5] == ["splits", "codes", "positives"]  # there is room
    assert [line.split()[:3] for line in said.lines[2:4]] == [
        ["(all", "codes)", budget] for budget in ("0", "20")
    ]
    assert [line.split()[0] for line in said.lines[4:8]] == ["Weather", "Weather", *["Cooking"] * 2]
    assert "60 sentences of 60 transcripts take part" in said.out
    assert "Left out, for less is coded: 5000." in said.out


def test_every_mean_has_its_interval(commonplace: Commonplace, coded: Path) -> None:
    said = commonplace("evaluate", coded, "--budgets", "20", "--seeds", "3", "--json").json
    (every,) = [told for told in said["intervals"] if told["code"] is None]
    values = [row["f1"] for row in said["rows"] if row["code"] is None]
    assert every["splits"] == len(values) == 3
    assert every["f1"] == pytest.approx(sum(values) / 3)
    low, high = every["f1_interval"]
    assert 0 <= low < every["f1"] < high <= 1
    assert low < min(values)
    alone = commonplace("evaluate", coded, "--budgets", "20", "--seeds", "1").out
    assert "_low" not in alone and "No intervals" in alone


def test_by_turn_and_in_every_order(commonplace: Commonplace, coded: Path) -> None:
    for order in Order:
        said = commonplace("evaluate", coded, *SMALL, "--unit", "turn", "--order", order, "--json")
        assert {row["order"] for row in said.json["rows"]} == {order}


def test_units_orders_and_measures_are_those_of_an_evaluation() -> None:
    from commonplace.suggest import evaluation

    assert (tuple(Piece), tuple(Order)) == (evaluation.UNITS, evaluation.ORDERS)
    assert evaluation.MEASURES == MEASURES


def test_nothing_is_written_but_the_table_asked_for(
    commonplace: Commonplace, coded: Path, tmp_path: Path
) -> None:
    before = coded.read_bytes()
    assert commonplace("evaluate", coded, *SMALL, "-o", tmp_path / "e.csv").code == 0
    header, *rows = (tmp_path / "e.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith("code_path,budget,") and header.endswith(",proposed_ece_high")
    assert len(rows) == 6
    assert coded.read_bytes() == before
    assert list(coded.parent.glob("coded.commonplace*")) == [coded]
    assert not list(Path.home().rglob("*.npz"))


def test_progress_is_shown_to_whoever_watches(coded: Path) -> None:
    said = call("evaluate", coded, *SMALL, "--json", terminal=True)
    assert "rounds: 2 of 2" in said.err
    assert said.json["rows"]


def test_with_too_little_coded_it_says_what_is_needed(
    commonplace: Commonplace, imported: Path, interview: Path, coded: Path, tmp_path: Path
) -> None:
    def refusal(*words: object) -> str:
        said = commonplace("evaluate", *words)
        assert (said.code, said.out) == (1, "")
        return said.err

    assert "code what interviewees say in at least 2 transcripts" in refusal(imported)
    assert "is coded yet by Nobody" in refusal(coded, "--coder", "Nobody")
    commonplace("code", imported, "P01", 36, 66, "Housing")
    assert "at least 2 are needed" in refusal(imported)
    other = tmp_path / "P02.txt"
    other.write_text(interview.read_text(encoding="utf-8") + "\nInt: Thanks.\n", encoding="utf-8")
    commonplace("import", imported, other)
    commonplace("documents", imported, "done", "P02")
    few = refusal(imported)
    assert "at least 5 sentences" in few and "most frequent, Housing, has 1 in all" in few
    assert "only 36 sentences can count as coded" in refusal(coded, "--budgets", "37")


@pytest.mark.parametrize(
    "wrong",
    [
        ["--budgets", "ten"],
        ["--budgets", "-1"],
        ["--budgets", "0,,5"],
        ["--unit", "word"],
        ["--order", "confidence"],
        ["--seeds", "0"],
        ["--coder", ""],
        ["-o", "evaluation.pdf"],
        ["-o", "evaluation.csv", "--json"],
    ],
)
def test_wrong_usage(commonplace: Commonplace, coded: Path, wrong: list[str]) -> None:
    said = commonplace("evaluate", coded, *wrong)
    assert (said.code, said.out) == (2, "")
