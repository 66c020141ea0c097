"""voices and cases: who carries a theme, and who does not share in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from commonplace.analysis.filters import Filters
from commonplace.cli.groups import add
from commonplace.cli.opening import opened
from commonplace.cli.options import Direct, Done, ProjectPath, filtered
from commonplace.cli.output import Out


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    add(
        app,
        "voices",
        filtered(voices),
        "commonplace voices study.commonplace",
        "commonplace voices study.commonplace --more-than 0.25 --code Housing",
    )
    add(
        app,
        "cases",
        filtered(cases),
        "commonplace cases study.commonplace Transport",
        "commonplace cases study.commonplace Change/Improved --against Change/Worsened",
    )


def voices(
    path: ProjectPath,
    filters: Filters,
    *,
    more_than: Annotated[
        float,
        typer.Option(
            "--more-than", min=0, max=1, metavar="SHARE", help="From where one person is loud."
        ),
    ] = 0.4,
    direct: Direct = False,
    done: Done = False,
    out: Out,
) -> None:
    """Show themes that one person carries: most of the quotes or words are theirs."""
    from commonplace.analysis.voices import loud_voices

    with opened(path) as project:
        asked = replace(filters, direct=direct, done=done)
        table = loud_voices(project, asked, more_than=more_than)
        out.show(table)


def cases(
    path: ProjectPath,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The theme: a path or unique name.")],
    filters: Filters,
    *,
    against: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="What marks speaking against it; repeatable."),
    ] = None,
    direct: Direct = False,
    done: Done = False,
    out: Out,
) -> None:
    """List participants who never mention a theme or speak against it, and the others."""
    from commonplace.analysis.voices import negative_cases

    with opened(path) as project:
        asked = replace(filters, direct=direct, done=done)
        table = negative_cases(project, code, asked, against=against or ())
        out.show(table)
