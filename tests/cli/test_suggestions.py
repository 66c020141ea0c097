"""Whose suggestions are made."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from commonplace.workflows.demo import make_demo
from tests.cli.conftest import Commonplace

RUN = "commonplace.suggest.client.run_once"


def test_suggestions_learn_from_whoever_asks(commonplace: Commonplace, study: Path) -> None:
    with patch(RUN) as run:
        assert commonplace("suggest", study, "--coder", "Zoë").code == 0
        assert commonplace("suggest", study).code == 0
    assert [call.kwargs["coder"] for call in run.call_args_list] == ["Zoë", "Amira"]


def test_the_demo_suggests_to_its_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONPLACE_CODER", "A new user")
    with patch(RUN) as run:
        make_demo(tmp_path)
    assert run.call_args.kwargs["coder"] == "A new user"
