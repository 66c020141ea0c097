"""code, uncode, recode, codings, memos: codes applied to what was said."""

from __future__ import annotations

from typing import Annotated

import typer

from commonplace.analysis.filters import Filters
from commonplace.cli.groups import add
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, DocumentName, Json, ProjectPath, filtered
from commonplace.cli.output import Out, say, tell, tell_json


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    add(app, "code", code, "commonplace code study.commonplace P01 120 184 Housing/Rent Transport")
    add(
        app,
        "uncode",
        uncode,
        "commonplace uncode study.commonplace 0b9d6c1e-6f0a-4c57-8a39-2f6f7a8b9c0d",
    )
    add(
        app,
        "recode",
        recode,
        "commonplace recode study.commonplace Housing/Rent 0b9d6c1e-6f0a-4c57-8a39-2f6f7a8b9c0d",
    )
    add(
        app,
        "codings",
        filtered(codings),
        "commonplace codings study.commonplace --code Housing --coder Amira",
        "commonplace codings study.commonplace --json",
        passages=True,
    )
    add(app, "memos", memos, "commonplace memos study.commonplace --json", passages=True)


def code(
    path: ProjectPath,
    document: DocumentName,
    start: Annotated[
        int, typer.Argument(min=0, metavar="START", help="First code point of the segment.")
    ],
    end: Annotated[int, typer.Argument(min=1, metavar="END", help="Code point after its last.")],
    paths: Annotated[
        list[str], typer.Argument(metavar="CODE", help="Paths or unique names of codes.")
    ],
    *,
    json: Json = False,
    coder: Coder = None,
) -> None:
    """Apply codes to a segment; prints the id of each coding."""
    from commonplace.domain.span import Span

    if end <= start:
        raise typer.BadParameter(f"a segment from {start} to {end} is empty", param_hint="END")
    with opened(path, coder) as project:
        found = project.documents.find(document)
        chosen = {project.codes.find(name).id: name for name in paths}
        names = ", ".join(chosen.values())
        with project.transaction(f"coded {names} in {found.name}, {start} to {end}"):
            made = [project.codings.add(found.id, Span(start, end), code).id for code in chosen]
    if json:
        tell_json([{"coding_id": coding} for coding in made])
    else:
        for coding in made:
            tell(coding)


def uncode(
    path: ProjectPath,
    coding: Annotated[str, typer.Argument(metavar="CODING-ID", help="As `codings` lists it.")],
    coder: Coder = None,
) -> None:
    """Remove a coding."""
    with opened(path, coder) as project:
        removed = project.codings.remove(coding)
        say(f"removed: {removed.anchor.exact[:80]}")


def recode(
    path: ProjectPath,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Path or unique name of a code.")],
    codings: Annotated[
        list[str], typer.Argument(metavar="CODING-ID...", help="As `codings` lists them.")
    ],
    coder: Coder = None,
) -> None:
    """Give codings another code."""
    with opened(path, coder) as project:
        found = project.codes.find(code)
        count = f"{len(codings)} codings" if len(codings) > 1 else "a coding"
        with project.transaction(f"gave {count} the code '{found.name}'"):
            for coding in codings:
                project.codings.change(coding, code=found.id)


def codings(path: ProjectPath, filters: Filters, *, out: Out) -> None:
    """List codings with their exact words."""
    from commonplace.analysis.codings import codings

    with opened(path) as project:
        out.show(codings(project, filters))


def memos(path: ProjectPath, out: Out) -> None:
    """List all memos."""
    from commonplace.analysis.memos import memos

    with opened(path) as project:
        out.show(memos(project))
