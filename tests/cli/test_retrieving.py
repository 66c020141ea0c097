"""Retrieval on the command line, and queries kept for later."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Commonplace


def test_a_query_is_run_kept_and_run_again(commonplace: Commonplace, demo: Path) -> None:
    query = "transport and not housing where role=practitioner"
    said = commonplace("retrieve", demo, query, "--save", "rural", "--json")
    assert said.code == 0, said.err
    assert said.json
    assert {row["role"] for row in said.json} == {"practitioner"}
    assert commonplace("retrieve", demo, "@rural", "--json").json == said.json
    kept = "[Transport] and not [Housing] where role=practitioner"
    assert commonplace("queries", demo, "--json").json == [{"name": "rural", "query": kept}]
    counted = commonplace("retrieve", demo, "@rural", "--as", "table", "--json").json
    assert sum(row["passages"] for row in counted) == len(said.json)
    assert commonplace("codebook", demo, "rename", "Transport", "Getting [a]round").code == 0
    assert commonplace("retrieve", demo, "@rural", "--json").json == [
        {**row, "code_paths": row["code_paths"].replace("Transport", "Getting [a]round")}
        for row in said.json
    ]
    assert r"[Getting \[a\]round] and" in commonplace("queries", demo).out
    assert commonplace("queries", demo, "remove", "rural").code == 0
    assert commonplace("retrieve", demo, "@rural").code == 1


def test_a_mistake_is_pointed_at_and_not_kept(commonplace: Commonplace, demo: Path) -> None:
    said = commonplace("retrieve", demo, "housing and hosing", "--save", "wrong")
    assert said.code == 1
    *_, shown, carets = said.err.rstrip().splitlines()
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "hosing"
    assert commonplace("queries", demo, "--json").json == []
    assert commonplace("retrieve", demo, "housing", "--as", "song").code == 2
