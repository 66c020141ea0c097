"""Words in context and in numbers, on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Commonplace


def test_a_concordance_sorted_by_the_left(commonplace: Commonplace, demo: Path) -> None:
    said = commonplace("kwic", demo, "bus", "--sort", "left", "--context", "3", "--json")
    assert said.code == 0, said.err
    assert len(said.json) > 5
    lefts = [
        row["left"].split()[-1].strip(",.").lower() for row in said.json if row["left"].split()
    ]
    assert lefts == sorted(lefts)
    assert {row["keyword"].lower() for row in said.json} == {"bus"}
    plain = commonplace("kwic", demo, "bus", "--where", "role=practitioner", "--json")
    assert 0 < len(plain.json) < len(said.json)


def test_words_of_one_role_against_the_other(commonplace: Commonplace, demo: Path) -> None:
    mine = commonplace("words", demo, "--where", "role=practitioner", "--limit", 5, "--json").json
    both = commonplace("words", demo, "--by", "role", "--limit", 5, "--json").json
    assert len(mine) == 5
    of_role = [row for row in both if row["role"] == "practitioner"]
    assert [row | {"role": "practitioner"} for row in mine] == of_role


def test_what_is_refused(commonplace: Commonplace, demo: Path) -> None:
    said = commonplace("kwic", demo, "…")
    assert (said.code, "no word" in said.err) == (1, True)
    assert commonplace("kwic", demo, "bus", "--sort", "size").code == 2
