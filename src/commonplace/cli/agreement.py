"""agreement: whether people who coded the same transcripts agree."""

from __future__ import annotations

from typing import Annotated

import typer

from commonplace.analysis.agreement.units import Unit
from commonplace.analysis.filters import Filters
from commonplace.cli.groups import add
from commonplace.cli.opening import opened
from commonplace.cli.options import Bom, Json, Output, ProjectPath, Raw, filtered
from commonplace.cli.output import show


def register(app: typer.Typer) -> None:
    """Adds the command."""
    add(
        app,
        "agreement",
        filtered(agreement, without="coders"),
        "commonplace agreement study.commonplace --coders Amira,Tom",
        "commonplace agreement study.commonplace --coders Amira,Tom --disagreements -o differ.csv",
    )


def agreement(
    path: ProjectPath,
    filters: Filters,
    *,
    coders: Annotated[
        str, typer.Option(metavar="A,B[,C…]", help="The coders to compare, two or more.")
    ],
    unit: Annotated[
        Unit, typer.Option(help="What is judged: sentences (segment), turns, or code points.")
    ] = Unit.SEGMENT,
    all_transcripts: Annotated[
        bool,
        typer.Option("--all-transcripts", help="Not only those that all of them marked done."),
    ] = False,
    disagreements: Annotated[
        bool, typer.Option("--disagreements", help="List where they differ instead.")
    ] = False,
    suggestions: Annotated[
        bool,
        typer.Option(
            "--suggestions",
            help="Set accepted suggestions against what the others coded by hand instead.",
        ),
    ] = False,
    output: Output = None,
    json: Json = False,
    raw: Raw = False,
    bom: Bom = False,
) -> None:
    """Measure how far coders agree, for each code and overall.

    Percent agreement, Cohen's and Fleiss' kappa, and Krippendorff's alpha with a 95 % interval,
    over transcripts that all of them marked done.
    """
    from commonplace.analysis.agreement import blind, tables

    if disagreements and suggestions:
        raise typer.BadParameter("one list at a time", param_hint="--suggestions")
    named = [name.strip() for name in coders.split(",") if name.strip()]
    table = tables.agreement
    if disagreements:
        table = tables.disagreements
    elif suggestions:
        table = blind.accepted_against_blind
    with opened(path) as project:
        found = table(project, named, filters, unit=unit, all_transcripts=all_transcripts)
        show(found, json=json, output=output, raw=raw, bom=bom)
