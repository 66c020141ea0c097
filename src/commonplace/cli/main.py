"""The command `commonplace`: which commands there are."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commonplace.cli import (
    agreement,
    amending,
    auditing,
    choosing,
    codebook,
    codes,
    comparing,
    cooccurring,
    documents,
    evaluating,
    importing,
    participants,
    people_in_themes,
    projects,
    pseudonyms,
    quoting,
    report,
    retrieving,
    saturating,
    suggestions,
    tables,
    wording,
)
from commonplace.cli.groups import Commands, example

app = typer.Typer(
    cls=Commands,
    help="Qualitative interview coding in the terminal: read, code with suggestions you can "
    "check, export attributed quotes and theme frequencies. Everything stays on this machine.",
    epilog=example(
        "commonplace demo",
        "commonplace new study.commonplace",
        "commonplace import study.commonplace interviews/ --participants people.csv",
        "commonplace study.commonplace",
    ),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"commonplace {version('commonplace')}")
        raise typer.Exit


@app.callback()
def _commonplace(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", is_eager=True, callback=_version),
    ] = False,
) -> None:
    del version


_ROOMS = (
    *(projects, importing, amending, documents, participants, pseudonyms, codebook, codes),
    *(suggestions, evaluating, auditing, tables, quoting, choosing),
    *(comparing, cooccurring, saturating, people_in_themes, wording, retrieving, agreement),
    report,
)
for room in _ROOMS:
    room.register(app)


def run() -> None:
    """Runs the command that the shell gave. Exit codes: 0 done, 1 refused, 2 usage, 3 partly."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    app(prog_name="commonplace")
