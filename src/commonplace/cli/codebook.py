"""codebook: show, check, load, save and compare the codes of a project; see `codebook_work`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonplace.cli import codebook_work
from commonplace.cli.groups import Verb, add, add_verbs, finish
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, Json, ProjectPath
from commonplace.cli.output import complain, say, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commonplace.domain.codebook import Codebook
    from commonplace.domain.table import Row, Table
    from commonplace.project import Project

CodebookFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="A codebook: .yaml, .csv or .qdc.", readable=False)
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    book = add_verbs(
        app,
        "codebook",
        "Show, check, load and save the codes of a project, and work on them.",
        "commonplace codebook study.commonplace show",
        "commonplace codebook study.commonplace load more-codes.yaml",
        "commonplace codebook study.commonplace save codebook.qdc",
        "commonplace codebook study.commonplace merge Mould Damp",
    )
    add(book, "list", show_, cls=Verb)
    add(book, "show", show_, "commonplace codebook study.commonplace show", cls=Verb)
    add(book, "check", check, "commonplace codebook study.commonplace check", cls=Verb)
    add(book, "load", load, "commonplace codebook study.commonplace load more-codes.yaml", cls=Verb)
    add(
        book,
        "diff",
        diff,
        "commonplace codebook study.commonplace diff colleague.yaml",
        cls=Verb,
    )
    add(book, "save", save, "commonplace codebook study.commonplace save codes.csv", cls=Verb)
    codebook_work.register(book)


def show_(path: ProjectPath, json: Json = False) -> None:
    """Show the codes with their definitions and how often each is used."""
    with opened(path) as project:
        show(_table(project), json=json)


def load(
    path: ProjectPath,
    file: CodebookFile,
    reread: codebook_work.Reread = False,
    coder: Coder = None,
) -> None:
    """Add the codes of a file, and bring the entries of those that are there up to date.

    Codes that the file does not have stay as they are.
    """
    from commonplace import codebooks

    reading = codebooks.read(file)
    with opened(path, coder) as project:
        loaded = project.codes.load(reading.codebook, reread=reread)
    for note in reading.notes:
        complain(f"{file}: {note}")
    say(f"{loaded.added} codes added, {loaded.changed} changed")


def save(path: ProjectPath, file: CodebookFile) -> None:
    """Write the codes to a file; comments in a YAML file that is there already stay."""
    from commonplace import codebooks

    with opened(path) as project:
        notes = codebooks.save(project.codes.codebook(), file)
    for note in notes:
        complain(f"{file}: {note}")
    say(f"wrote {file}")


def diff(path: ProjectPath, file: CodebookFile, json: Json = False) -> None:
    """Compare the codes with those of a file: what the file would change."""
    from commonplace import codebooks
    from commonplace.analysis.codebook_work import changes

    other = codebooks.load(file)
    with opened(path) as project:
        show(changes(project.codes.codebook(), other), json=json)


def check(path: ProjectPath, json: Json = False) -> None:
    """Look for what makes codes hard to apply or to suggest; exit code 1 when there is any."""
    from commonplace.domain.table import Column, Table

    with opened(path) as project:
        found = list(_weaknesses(project.codes.codebook()))
    if json:
        show(Table("check", (Column("code_path"), Column("problem")), lambda: found), json=True)
    else:
        for code, problem in found:
            complain(f"{code}: {problem}")
    if found:
        finish(1)
    say("nothing to put right")


def _weaknesses(codebook: Codebook) -> Iterator[tuple[str, str]]:
    """(code path, problem) of each thing that a person should put right."""
    for code in codebook:
        if code.retired:
            continue
        path = codebook.path(code.id)
        if not code.definition.strip():
            yield path, "it has no definition: say what it means"
        if not code.keywords:
            yield (
                path,
                (
                    "it has no keywords: until it has been applied, suggestions rest on its name "
                    "and its definition"
                ),
            )


def _table(project: Project) -> Table:
    from commonplace.domain.table import Column, Table

    columns = (
        "code_id",
        "code",
        "code_path",
        "codings",
        "definition",
        "include",
        "exclude",
        "anchor",
        "near_miss",
        "keywords",
        "color",
        "retired",
    )

    def rows() -> Iterator[Row]:
        codebook, counts = project.codes.codebook(), project.codes.counts()
        for code in codebook.in_reading_order():
            yield (
                code.id,
                code.name,
                codebook.path(code.id),
                counts.get(code.id, 0),
                code.definition,
                code.include,
                code.exclude,
                code.anchor,
                code.near_miss,
                "; ".join(code.keywords),
                code.color,
                code.retired,
            )

    units = {"codings": "codings"}
    return Table(
        "codebook",
        tuple(Column(name, units.get(name, "")) for name in columns),
        rows,
        brief=("code_path", "codings", "definition"),
    )
