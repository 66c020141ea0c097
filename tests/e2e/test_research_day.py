"""A researcher at a real terminal: suggestions, coding, a memo, undo; then quit, or kill -9."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commonplace.project import Project
from tests.e2e.terminal import Terminal

COMMONPLACE = [sys.executable, "-m", "commonplace"]


@pytest.fixture(scope="module")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo project, as `commonplace demo` makes it without a terminal."""
    folder = tmp_path_factory.mktemp("demo")
    command = [*COMMONPLACE, "demo", "--headless", "--dir", str(folder)]
    hers = {**os.environ, "COMMONPLACE_CODER": "Amira"}
    subprocess.run(command, check=True, capture_output=True, env=hers)
    return folder / "demo.commonplace"


@pytest.fixture
def demo(made_demo: Path, tmp_path: Path, need_program: Callable[[str], None]) -> Path:
    """A fresh copy of it."""
    need_program("tmux")
    return Path(shutil.copy(made_demo, tmp_path / "demo.commonplace"))


@pytest.fixture
def terminals() -> Iterator[Callable[[Path], Terminal]]:
    """Opens the application on a project; everything is closed in the end."""
    opened: list[Terminal] = []

    def open_(path: Path) -> Terminal:
        opened.append(Terminal([*COMMONPLACE, str(path)], folder=path.parent))
        opened[-1].wait("Codebook")
        return opened[-1]

    yield open_
    for terminal in opened:
        terminal.close()


def work(terminal: Terminal) -> None:
    """Goes to an uncoded transcript and does what a researcher does."""
    terminal.press("]", "]")
    terminal.wait("ln03-practitioner-london.vtt")
    terminal.press("n")
    terminal.wait("a accept")
    terminal.press("a")
    terminal.wait("accepted")
    terminal.press("n", "a")
    terminal.wait("accepted")
    terminal.press("n", "x")
    terminal.wait("eason")
    terminal.type("only in passing")
    terminal.press("Enter")
    terminal.wait("rejected")


@pytest.mark.parametrize("end", ["quit", "kill"])
def test_everything_is_there_again(
    demo: Path, terminals: Callable[[Path], Terminal], end: str
) -> None:
    with Project.open(demo) as project:
        before = {c.id for d in project.documents.all() for c in project.codings.of_document(d.id)}
        memos_before = len(project.memos.all())
    terminal = terminals(demo)
    work(terminal)
    # a sentence by its number, another by the picker
    terminal.press("C-Down", "C-Down", "1")
    terminal.wait("coded Housing")
    terminal.press("C-Down", "C-Down")
    terminal.type("ctravel")
    terminal.press("Enter")
    terminal.wait("coded Transport/Travel cost")
    terminal.type("mask her again about the fares")
    terminal.press("C-s")
    terminal.wait("memo kept")
    # one coding too many, taken back
    terminal.press("2")
    terminal.wait("coded Transport —")
    terminal.press("u")
    terminal.wait("undone")
    if end == "quit":
        terminal.press("q")
        terminal.wait_end()
    else:
        terminal.kill()

    with Project.open(demo) as project:
        assert list(project.check()) == []
        codebook = project.codes.codebook()
        document = project.documents.find("ln03-practitioner-london.vtt").id
        new = [c for c in project.codings.of_document(document) if c.id not in before]
        paths = sorted(codebook.path(c.code) for c in new if c.origin == "manual")
        assert paths == ["Housing", "Transport/Travel cost"]
        assert sum(c.origin == "accepted" for c in new) == 2
        text = project.documents.text(document)
        assert all(text[c.span.start : c.span.end] == c.anchor.exact for c in new)
        rejected = [d for d in project.suggestions.decisions() if d.verdict == "rejected"]
        assert [d.reason for d in rejected] == ["only in passing"]
        memos = [memo.text for memo in project.memos.all()]
        assert len(memos) == memos_before + 1 and "ask her again about the fares" in memos
    if end == "quit":
        assert [path.name for path in demo.parent.glob("demo.commonplace*")] == [demo.name]

    again = terminals(demo)
    if end == "quit":
        again.wait("ask her again")  # back where the work ended
    again.press("q")
    again.wait_end()
