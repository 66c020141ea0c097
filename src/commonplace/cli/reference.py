"""The reference of all commands, made of their help: `python -m commonplace.cli.reference`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from commonplace.cli.groups import DEFAULT, Verbs
from commonplace.cli.main import app

WIDTH = 92
"""Columns of the help as it is printed there."""

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

This page is made by `python -m commonplace.cli.reference docs/reference/commands.md`.
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


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
