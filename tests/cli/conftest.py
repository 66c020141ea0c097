"""Running commands: in this process for speed, through the very entry point that is installed."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from typer.main import get_command

from commonplace.cli.main import run
from commonplace.workflows.demo import make_demo

COMMAND = cache(get_command)
"""The commands, put together once: that takes longer than most of them run."""


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Commonplace = Callable[..., Said]


def call(*words: object, typed: str | None = None, terminal: bool = False) -> Said:
    """Runs `commonplace WORDS…`. With `terminal`, the streams say that they are one."""
    streams = [_Stream(terminal), _Stream(terminal)]
    before = sys.argv, sys.stdin, sys.stdout, sys.stderr
    sys.argv = ["commonplace", *map(str, words)]
    sys.stdin = _Typed(typed or "", typed is not None)
    sys.stdout, sys.stderr = streams
    try:
        with patch("typer.main.get_command", COMMAND):
            run()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.argv, sys.stdin, sys.stdout, sys.stderr = before
    return Said(code, *(stream.text() for stream in streams))


class _Stream(io.TextIOWrapper):
    def __init__(self, terminal: bool) -> None:
        self._bytes = io.BytesIO()
        self._terminal = terminal
        super().__init__(self._bytes, encoding="utf-8", newline="", write_through=True)

    def isatty(self) -> bool:
        return self._terminal

    def text(self) -> str:
        self.flush()
        return self._bytes.getvalue().decode("utf-8")


class _Typed(io.StringIO):
    def __init__(self, text: str, terminal: bool) -> None:
        super().__init__(text)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.fixture
def commonplace() -> Commonplace:
    """The command: `commonplace("documents", path, "--json")`."""
    return call


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project with the default codebook, for others to copy."""
    path = tmp_path_factory.mktemp("template") / "study.commonplace"
    assert call("new", path, "--coder", "Amira").code == 0
    return path


@pytest.fixture
def study(template: Path, tmp_path: Path) -> Path:
    """An empty project with the default codebook."""
    return Path(shutil.copy(template, tmp_path / "study.commonplace"))


@pytest.fixture
def interview(tmp_path: Path) -> Path:
    """A short transcript of an interviewer and two residents."""
    file = tmp_path / "P01.txt"
    file.write_text(
        "Int: How is the flat?\n\n"
        "Rosa: Damp. The rent went up again, and there is no bus after six.\n\n"
        "Int: And the neighbours?\n\n"
        "Ken: They are grand. We look after each other.\n\n"
        "Int: Always?\n\n"
        "Rosa: Since the flood, yes.\n\n"
        "Ken: Before that as well.\n",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def imported(study: Path, interview: Path) -> Path:
    """A project with that transcript."""
    said = call("import", study, interview)
    assert said.code == 0, said.err
    return study


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo project without its suggestions, for others to copy."""
    with patch("commonplace.suggest.client.run_once"):
        return make_demo(tmp_path_factory.mktemp("demo"))[0]


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path) -> Path:
    """The demo project without its suggestions."""
    return Path(shutil.copy(demo_template, tmp_path / "demo.commonplace"))
