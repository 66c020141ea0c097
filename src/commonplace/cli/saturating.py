"""saturation: whether further transcripts still bring new codes."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from commonplace.analysis.filters import Filters
from commonplace.cli.groups import add
from commonplace.cli.opening import opened
from commonplace.cli.options import Done, ProjectPath, choice, filtered
from commonplace.cli.output import Out


def register(app: typer.Typer) -> None:
    """Adds the command."""
    add(
        app,
        "saturation",
        filtered(saturation),
        "commonplace saturation study.commonplace",
        "commonplace saturation study.commonplace --base 6 --run 3 --threshold 0 -o curve.csv",
    )


def saturation(
    path: ProjectPath,
    filters: Filters,
    *,
    base: Annotated[
        int, typer.Option(min=1, metavar="N", help="Transcripts that new codes are set against.")
    ] = 4,
    run: Annotated[
        int, typer.Option(min=1, metavar="N", help="Transcripts looked at together for new codes.")
    ] = 2,
    threshold: Annotated[
        float,
        typer.Option(
            min=0, max=1, metavar="SHARE", help="Share of new codes at which it is enough."
        ),
    ] = 0.05,
    order: Annotated[
        str, typer.Option(metavar="ORDER", help="coded (when first coded), imported or name.")
    ] = "coded",
    orders: Annotated[
        int, typer.Option(min=0, max=100_000, metavar="N", help="How many random orders to try.")
    ] = 1000,
    done: Done = False,
    out: Out,
) -> None:
    """Show how many new codes each transcript brings, and where one might have stopped."""
    from commonplace.analysis.saturation import Order, Rule, saturation

    taken = choice(Order, order, "--order")
    with opened(path) as project:
        table = saturation(
            project,
            replace(filters, done=done),
            rule=Rule(base, run, threshold),
            order=taken,
            orders=orders,
        )
        out.show(table)
