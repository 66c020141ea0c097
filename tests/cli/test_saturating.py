"""Saturation on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Commonplace


def test_the_curve_of_the_demo(commonplace: Commonplace, demo: Path) -> None:
    said = commonplace("saturation", demo, "--base", 2, "--run", 1, "--json")
    assert said.code == 0, said.err
    rows = said.json
    assert [row["number"] for row in rows] == [1, 2, 3, 4, 5]
    assert sum(row["new_codes"] for row in rows) == rows[-1]["codes_so_far"]
    shown = commonplace("saturation", demo)
    assert "There are 5 coded transcripts; the rule needs 6." in shown.out


def test_what_is_refused(commonplace: Commonplace, demo: Path) -> None:
    assert commonplace("saturation", demo, "--order", "size").code == 2
    assert commonplace("saturation", demo, "--base", 0).code == 2
