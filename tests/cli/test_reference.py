"""The reference of the commands says what their help says.

`UPDATE_DOCS=1 pytest tests/cli` writes the page anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from commonplace.cli.groups import DEFAULT, Verbs
from commonplace.cli.main import app

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"
WIDTH = 92

_HEAD = """\
# Commands

What `commonplace COMMAND --help` says, for all commands. `PROJECT` is always the first argument:
the path of a project file, ending in `.commonplace`. A transcript goes by its name or its unique
stem, a code by its path (`Housing/Rent`) or its unique name; a `/` inside a name is written `\\/`.

With `--json` a command prints one JSON document on standard output and nothing else there: a list
of objects with the columns of the table as keys. Messages and progress go to standard error, and
only where that is a terminal; what is refused is said there always.

| exit code | means |
|---|---|
| 0 | done |
| 1 | refused because of the data; the message says what, where, and what to do next |
| 2 | wrong usage |
| 3 | partly done: some files were imported, the others are listed with the reason |
| 130 | interrupted; what was finished before is kept |
"""


def reference() -> str:
    """The page, in Markdown."""
    return _HEAD + "".join(_section(name, text) for name, text in _helps())


def _section(name: str, text: str) -> str:
    return f"\n## {name}\n\n```text\n{text}\n```\n"


def _helps() -> Iterator[tuple[str, str]]:
    """(name, help) of each command, verbs after the command they belong to."""
    top: Any = typer.main.get_command(app)
    root = typer.Context(top, info_name="commonplace", max_content_width=WIDTH)
    root.terminal_width = WIDTH
    for name in top.list_commands(root):
        command = top.get_command(root, name)
        context = _below(command, root, name)
        yield name, command.get_help(context)
        if isinstance(command, Verbs):
            for verb in command.list_commands(context):
                if verb != DEFAULT:
                    found: Any = command.get_command(context, verb)
                    yield f"{name} {verb}", found.get_help(_below(found, context, verb))


def _below(command: Any, parent: typer.Context, name: str) -> typer.Context:
    return typer.Context(command, info_name=name, parent=parent)


def test_the_page_says_what_the_help_says() -> None:
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(reference(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == reference()


def test_every_command_shows_an_example() -> None:
    for name, text in _helps():
        assert f"commonplace {name.split()[0]}" in text.split("Example", 1)[1], name
