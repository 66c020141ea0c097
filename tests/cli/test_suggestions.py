"""Whose suggestions are made."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.project.suggestions import Basis
from commonplace.workflows.demo import make_demo
from tests.cli.conftest import Commonplace, call
from tests.suggest.build import make_project, transcript

RUN = "commonplace.suggest.client.run_once"


def test_suggestions_learn_from_whoever_asks(commonplace: Commonplace, study: Path) -> None:
    with patch(RUN) as run:
        assert commonplace("suggest", study, "--coder", "Zoë").code == 0
        assert commonplace("suggest", study).code == 0
    assert [call.kwargs["coder"] for call in run.call_args_list] == ["Zoë", "Amira"]


def test_why_nothing_is_suggested_is_said_to_whoever_reads_it(study: Path) -> None:
    with patch(RUN):
        said = call("suggest", study, terminal=True)
        assert "No suggestions yet. They come once there are transcripts." in said.err
        with Project.open(study, coder="Amira") as project:
            project.documents.add(transcript("one.txt", ("Cy", "The timetable of the bus.")))
            housing = project.codes.find("Housing").id
            project.suggestions.finish_run(Basis(30, quiet={housing: 0.2}))
        said = call("suggest", study, "--coder", "Amira", terminal=True)
    assert "Housing is quiet: 20% of its last suggestions were right" in said.err
    assert "Nothing to suggest. No passage that is left to you says" in said.err


def test_as_json_each_says_what_spoke_and_what_it_is_like(
    commonplace: Commonplace, tmp_path: Path
) -> None:
    with make_project(tmp_path / "study.commonplace") as project:
        one = project.documents.find("one")
        start = project.documents.text(one.id).index("The walls were damp")
        walls = Span(start, start + len("The walls were damp all winter."))
        project.codings.add(one.id, walls, project.codes.find("Damp").id)
        project.documents.add(transcript("two.txt", ("Cy", "The walls of the hall were damp.")))
        project.documents.add(transcript("three.txt", ("Cy", "The timetable of the bus.")))
    found = commonplace("suggest", project.path, "--coder", "Tess", "--json").json
    (damp,) = [each for each in found if each["document"] == "two.txt"]
    (like,) = damp["like"]
    assert damp["codebook"] > 0 and isinstance(damp["learnt"], float)
    assert (like["document"], like["start"], like["end"]) == ("one.txt", walls.start, walls.end)
    assert like["quote"] == "The walls were damp all winter." and 0 < like["likeness"] <= 1
    (bus,) = [each for each in found if each["document"] == "three.txt"]
    assert bus["like"] == [] and bus["status"] == "pending"


def test_the_demo_suggests_to_its_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONPLACE_CODER", "A new user")
    with patch(RUN) as run:
        make_demo(tmp_path)
    assert run.call_args.kwargs["coder"] == "A new user"
