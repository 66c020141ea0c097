"""demo, new, open, history, check, backup: commands about a project as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonplace.cli.groups import add, finish
from commonplace.cli.opening import at_terminal, open_application, opened
from commonplace.cli.options import Coder, Json, Output, ProjectPath
from commonplace.cli.output import complain, counter, say, show, tell

if TYPE_CHECKING:
    from commonplace.domain.codebook import Codebook
    from commonplace.domain.table import Table
    from commonplace.project import Project

NOTED = 30
"""Notes that `check` prints; as JSON there are all."""
LISTED = 20
"""Identifiers that one of them names."""


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    add(app, "demo", demo, "commonplace demo", "commonplace demo --headless")
    add(
        app,
        "new",
        new,
        "commonplace new study.commonplace",
        "commonplace new study.commonplace --codebook my-codebook.yaml",
    )
    add(
        app,
        "open",
        open_project,
        "commonplace open study.commonplace",
        "commonplace study.commonplace",
    )
    add(
        app,
        "history",
        history,
        "commonplace history study.commonplace",
        "commonplace history study.commonplace -o history.csv",
        "commonplace history study.commonplace --undo 5f0c2f6e-3b1d-4f7e-9a52-0d8c5a1e7b44",
        result=False,
    )
    add(
        app,
        "check",
        check,
        "commonplace check study.commonplace",
        "commonplace check study.commonplace --compact",
    )
    add(
        app,
        "backup",
        backup,
        "commonplace backup study.commonplace",
        "commonplace backup study.commonplace /media/stick/study-friday.commonplace",
    )


def demo(
    folder: Annotated[
        Path, typer.Option("--dir", metavar="DIR", help="Where demo.commonplace goes.")
    ] = Path(),
    headless: Annotated[
        bool,
        typer.Option("--headless", help="Print and write results instead of opening it."),
    ] = False,
) -> None:
    """Make a project of the sample interviews and open it.

    A demo.commonplace that is there already is opened as it is. Without a terminal, or with
    --headless, the theme table is printed, and quotes, theme frequencies and a report are
    written beside the project.
    """
    from commonplace.workflows.demo import make_demo, write_demo_tables

    if not folder.is_dir():
        raise typer.BadParameter(f"there is no folder {folder}", param_hint="--dir")
    with counter() as count:
        path, made = make_demo(folder, count)
    say(f"made {path}" if made else f"{path} was there already and is used as it is")
    if not headless and at_terminal():
        open_application(path)
        return
    with opened(path) as project:
        written = write_demo_tables(project)
        show(_themes(project))
    tell("")
    for file in (path, *written):
        tell(f"{file}")


def new(
    path: ProjectPath,
    codebook: Annotated[
        str,
        typer.Option(
            "--codebook",
            metavar="FILE-OR-NAME",
            help="A codebook file (.yaml, .csv, .qdc), or the name of one that comes along.",
        ),
    ] = "social-determinants",
    coder: Coder = None,
) -> None:
    """Make an empty project with a codebook."""
    from commonplace.project import Project

    codes = _codebook(codebook)
    with Project.create(path, coder=coder) as project:
        project.codes.load(codes)
        say(f"made {path} with {len(codes)} codes ({codes.name})")
        if project.notice:
            say(project.notice)


def open_project(path: ProjectPath, coder: Coder = None) -> None:
    """Open a project in the terminal application."""
    with opened(path, coder):
        pass
    if not at_terminal():
        raise typer.BadParameter(
            "the application needs a terminal; `commonplace --help` lists the commands that do not"
        )
    open_application(path, coder)


def history(
    path: ProjectPath,
    undo: Annotated[
        str,
        typer.Option("--undo", metavar="GROUP-ID", help="Reverse this group of changes."),
    ] = "",
    output: Output = None,
    json: Json = False,
    coder: Coder = None,
) -> None:
    """Show what was done, by whom and when; undo one thing.

    The latest comes first.
    """
    with opened(path, coder) as project:
        if undo:
            say(f"undone: {project.journal.undo_group(undo)}")
            return
        from commonplace.analysis.trail import history as table

        show(table(project), json=json, output=output)


def check(
    path: ProjectPath,
    compact: Annotated[
        bool,
        typer.Option("--compact", help="Then rewrite the file without what was deleted."),
    ] = False,
    json: Json = False,
) -> None:
    """Check the file, the offsets and the words of codings.

    What is wrong ends it with exit code 1. Notes change no exit code: codings that lost their
    place in a correction, what would still tell who somebody is (in attributes, labels, names of
    transcripts, coded quotes, memos, notes, reasons, places of use, and texts and keywords of
    codes), and what is left out of one published version and printed by another quote.
    """
    from commonplace.domain.table import Column, Table

    with opened(path) as project:
        problems = list(project.check())
        remarks = [*project.remarks(), *_reprints(project), *_identifiers(project)]
        if json:
            found = [("problem", each) for each in problems] + [("note", each) for each in remarks]
            show(Table("check", (Column("kind"), Column("problem")), lambda: found), json=True)
        elif not problems:
            say(f"{path} is sound")
        for problem in problems:
            complain(problem)
        if not json:
            for remark in remarks[:NOTED]:
                complain(f"note: {remark}")
            if len(remarks) > NOTED:
                complain(f"note: and {len(remarks) - NOTED} more; --json lists all")
        if problems:
            finish(1)
        if compact:
            project.compact()
            say("compacted")


def backup(
    path: ProjectPath,
    target: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="The copy; else beside the project, the time in its name."
        ),
    ] = None,
) -> None:
    """Make a consistent copy, also while it is in use."""
    with opened(path) as project:
        tell(f"{project.backup(target)}")


def _identifiers(project: Project) -> list[str]:
    """What would tell who somebody is as it goes out now; a remark a turn, or another place."""
    from commonplace.analysis.leaks import leaks
    from commonplace.workflows import pseudonym_key

    places: dict[str, list[str]] = {}
    for leak in leaks(project, pseudonym_key.load(project.path)):
        said = f"{leak.document}, turn {leak.turn}: would go out in quotes"
        where = f"{leak.place}: would go out" if leak.place else said
        places.setdefault(where, []).append(f"{leak.kind} “{leak.words}”")
    return [
        f"{where}: {', '.join(found[:LISTED])}"
        + (f" and {len(found) - LISTED:,} more" if len(found) > LISTED else "")
        for where, found in places.items()
    ]


def _reprints(project: Project) -> list[str]:
    """What published versions leave out and other quotes print; a remark a quote."""
    from commonplace.analysis.quotes import Quotes
    from commonplace.analysis.reprints import reprints

    found = Quotes(project, export=True)
    names = {info.id: info.name for info in project.documents.all()}
    places = [(key.document, key.start, key.end) for key in found.first(None)]
    return [
        f"{names[document]}, {start} to {end}: would go out in a quote, though left out of the one "
        f"at {other} to {last}: “{words}”"
        for (document, start, end), (_, other, last), words in reprints(project, found.desk, places)
    ]


def _codebook(name: str) -> Codebook:
    from commonplace import codebooks

    if Path(name).suffix:
        return codebooks.load(Path(name))
    return codebooks.builtin(name)


def _themes(project: Project) -> Table:
    from commonplace.analysis.themes import themes

    return themes(project)
