"""Crosstabs and waves on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Commonplace


def test_a_crosstab_of_the_demo(commonplace: Commonplace, demo: Path) -> None:
    said = commonplace("crosstab", demo, "--by", "role", "--json")
    assert said.code == 0, said.err
    themes = {row["code_path"]: row for row in commonplace("themes", demo, "--json").json}
    for row in said.json:
        whole = themes[row["code_path"]]
        assert row["practitioner"] + row["participant"] == row["total"] == whole["participants"]
        assert row["total of"] == whole["participants_of"]
    shown = commonplace("crosstab", demo, "--by", "role", "--test", "--code", "Housing")
    assert "no probability sample" in shown.out
    assert " of " in shown.out


def test_by_document(commonplace: Commonplace, demo: Path) -> None:
    said = commonplace("crosstab", demo, "--by", "document", "--count", "quotes", "--json")
    assert len(said.json[0]) == 2 + 9 + 1


def test_waves_of_the_demo(commonplace: Commonplace, demo: Path) -> None:
    people = commonplace("waves", demo, "--people", "--json").json
    assert {row["person"]: row["waves"] for row in people}["Kayleigh"] == "1; 2"
    rows = commonplace("waves", demo, "--code", "Housing", "--json").json
    assert {row["both_waves"] for row in rows} == {1}


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["crosstab", "--by", "shoes"], 1, "shoes"),
        (["crosstab", "--by", "role", "--count", "sheep"], 2, "none of quotes"),
        (["crosstab", "--by", "role", "--cells", "column", "--count", "quotes"], 1, "nothing"),
        (["waves", "--by", "shoes"], 1, "shoes"),
    ],
)
def test_what_is_refused(commonplace: Commonplace, demo: Path, words, code, message) -> None:
    said = commonplace(words[0], demo, *words[1:])
    assert (said.code, message in said.err) == (code, True), said.err
