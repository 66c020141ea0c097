"""crosstab and waves: codes against groups of people, and against time."""

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
        "crosstab",
        filtered(crosstab),
        "commonplace crosstab study.commonplace --by nation",
        "commonplace crosstab study.commonplace --by document --count quotes -o codes.csv",
        "commonplace crosstab study.commonplace --by role --test",
    )
    add(
        app,
        "waves",
        filtered(waves),
        "commonplace waves study.commonplace --code Housing",
        "commonplace waves study.commonplace --people",
    )


def crosstab(
    path: ProjectPath,
    filters: Filters,
    *,
    by: Annotated[
        str, typer.Option(metavar="ATTRIBUTE", help="A column for each value of it; or document.")
    ],
    count: Annotated[
        str, typer.Option(metavar="WHAT", help="participants, transcripts, quotes or words.")
    ] = "participants",
    cells: Annotated[
        str,
        typer.Option(
            metavar="HOW",
            help="count; or shares of the row or of the column's group; or binary: 1 or 0.",
        ),
    ] = "count",
    test: Annotated[
        bool,
        typer.Option(
            "--test", help="Test whether code and group go together, where conditions hold."
        ),
    ] = False,
    direct: Direct = False,
    done: Done = False,
    out: Out,
) -> None:
    """Set codes against the values of an attribute, or against transcripts."""
    from commonplace.analysis.crosstab import Cells, Count, crosstab
    from commonplace.cli.options import choice

    counted, shown = choice(Count, count, "--count"), choice(Cells, cells, "--cells")
    asked = replace(filters, direct=direct, done=done)
    with opened(path) as project:
        table = crosstab(project, asked, by=by, count=counted, cells=shown, test=test)
        out.show(table)


def waves(
    path: ProjectPath,
    filters: Filters,
    *,
    by: Annotated[str, typer.Option(metavar="ATTRIBUTE", help="What says when it was.")] = "wave",
    people: Annotated[
        bool, typer.Option("--people", help="List people and their waves instead.")
    ] = False,
    direct: Direct = False,
    done: Done = False,
    out: Out,
) -> None:
    """Follow the same people across waves: who takes up a theme, drops it, is new or gone."""
    from commonplace.analysis.waves import people_by_wave, waves

    asked = replace(filters, direct=direct, done=done)
    with opened(path) as project:
        table = (people_by_wave if people else waves)(project, asked, by=by)
        out.show(table)
