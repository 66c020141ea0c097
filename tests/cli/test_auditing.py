"""A blind audit on the command line, from the draw to the table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from tests.cli.conftest import Commonplace

RENT = "The rent went up again, and there is no bus after six."


@pytest.fixture
def suggested(imported: Path) -> Iterator[Path]:
    """A project with a suggestion, and a worker that leaves it as it is."""
    with Project.open(imported) as project:
        (document,) = (info.id for info in project.documents.all())
        start = project.documents.text(document).index(RENT)
        span = Span(start, start + len(RENT))
        code = project.codes.find("Housing").id
        project.suggestions.replace(document, [Suggestion(document, span, code, 0.6, ("rent",))])
        project.suggestions.finish_run()
    with patch("commonplace.suggest.client.run_once"):
        yield imported


def test_an_audit_from_the_draw_to_the_table(
    commonplace: Commonplace, suggested: Path, tmp_path: Path
) -> None:
    said = commonplace("audit", suggested, "start", "--segments", "3", "--seed", "2", "--json")
    assert said.code == 0, said.err
    assert (said.json["segments"], said.json["seed"]) == (3, 2)
    assert said.json["population"] >= 4
    again = commonplace("audit", suggested, "start")
    assert (again.code, "under way" in again.err) == (1, True)
    segments = commonplace("audit", suggested, "segments", "--json").json
    assert [row["segment"] for row in segments] == [1, 2, 3]
    assert all(row["quote"] and row["codes"] is None for row in segments)
    early = commonplace("audit", suggested, "result")
    assert (early.code, "0 of 3" in early.err) == (1, True)
    assert commonplace("audit", suggested, "answer", 1).code == 2
    assert commonplace("audit", suggested, "answer", 9, "--none").code == 1
    assert commonplace("audit", suggested, "answer", 1, "Housing", "Transport").code == 0
    assert commonplace("audit", suggested, "answer", 2, "--none").code == 0
    (status,) = commonplace("audit", suggested, "--json").json
    assert (status["answered"], status["segments"], status["finished_at"]) == (2, 3, None)
    finished = commonplace("audit", suggested, "finish", "--codings", "--json").json
    assert (finished["answered"], finished["codings"]) == (2, 2)
    result = commonplace("audit", suggested, "result", "--json").json
    assert result["rows"][-1]["code_path"] == "(all codes)"
    assert "random seed 2" in result["methods"] and result["audit"]["answered"] == 2
    file = tmp_path / "audit.csv"
    assert commonplace("audit", suggested, "result", "-o", file).code == 0
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["code_path"] for row in rows] == [row["code_path"] for row in result["rows"]]
    assert commonplace("audit", suggested, "drop").code == 0
    gone = commonplace("audit", suggested, "result")
    assert (gone.code, "no audit" in gone.err) == (1, True)
