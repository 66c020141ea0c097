"""quotes, themes, search: what goes out."""

from __future__ import annotations

from typing import Annotated

import typer

from commonplace.analysis.filters import Filters
from commonplace.cli.attributing import settled
from commonplace.cli.groups import add
from commonplace.cli.opening import opened
from commonplace.cli.options import Attribution, Direct, Done, Marks, People, ProjectPath, filtered
from commonplace.cli.output import Out, complain, show_linked


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    add(
        app,
        "quotes",
        filtered(quotes),
        "commonplace quotes study.commonplace --code Housing -o housing.docx",
        'commonplace quotes study.commonplace --where "role=participant and nation=Wales"',
        "commonplace quotes study.commonplace --balance programme --limit 10 --json",
        'commonplace quotes study.commonplace --mark clear --attribution "{role}, {nation}"',
    )
    add(
        app,
        "themes",
        filtered(themes),
        "commonplace themes study.commonplace --by nation",
        "commonplace themes study.commonplace --done -o themes.csv",
        "commonplace themes study.commonplace --with-quotes -o themes.xlsx",
    )
    add(
        app,
        "search",
        filtered(search),
        'commonplace search study.commonplace "no bus"',
        "commonplace search study.commonplace damp* --where nation=Wales --json",
        passages=True,
    )


def quotes(
    path: ProjectPath,
    filters: Filters,
    *,
    balance: Annotated[
        str | None,
        typer.Option(
            metavar="ATTRIBUTE",
            help="In turn from each value of it, and from each person: spread widely.",
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most N quotes.")] = None,
    marks: Marks = None,
    attribution: Attribution = None,
    k: People = None,
    sheet_per_theme: Annotated[
        bool, typer.Option("--sheet-per-theme", help="Excel: a sheet for each theme.")
    ] = False,
    out: Out,
) -> None:
    """List coded quotes with attribution.

    What must not leave is left out, and said: without consent, under embargo, withdrawn, or with a
    published version that fails the check.
    """
    from commonplace.analysis.attributions import UNSAFE
    from commonplace.analysis.quote_desk import LEFT_OUT
    from commonplace.analysis.quotes import quotes
    from commonplace.analysis.reprints import LEFT_ELSEWHERE
    from commonplace.exports.packs import INSIDE, TABLES

    with opened(path) as project:
        terms = settled(project, attribution, k)
        table = quotes(
            project,
            filters,
            balance=balance,
            limit=limit,
            marks=marks or (),
            attribution=terms.template,
            k=terms.k,
        )
        out.show(table, sheet_per_theme=sheet_per_theme)
        if out.json or out.output is not None:
            for remark in table.remarks:
                if any(said in remark for said in (LEFT_OUT, LEFT_ELSEWHERE, UNSAFE)):
                    complain(remark)
        held = out.json or (out.output is not None and out.output.suffix.casefold() in TABLES)
        edited = any(each.published is not None for each in project.quotes.all().values())
        if held and (edited or terms.k is not None or terms.template is not None):
            complain(INSIDE)


def themes(
    path: ProjectPath,
    filters: Filters,
    *,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="ATTRIBUTE",
            help="A row for each value of it; or for each document, speaker or coder.",
        ),
    ] = None,
    direct: Direct = False,
    done: Done = False,
    intervals: Annotated[
        bool,
        typer.Option("--intervals", help="Add the share of participants with its 95 % interval."),
    ] = False,
    with_quotes: Annotated[
        bool,
        typer.Option("--with-quotes", help="Excel: each number of quotes leads to the quotes."),
    ] = False,
    out: Out,
) -> None:
    """Count how often each theme occurs, and of how many.

    Quotes, transcripts, participants and words are counted apart, each with its denominator.
    """
    from dataclasses import replace

    from commonplace.analysis.themes import themes

    if with_quotes and (by is not None or out.json or out.raw or out.bom):
        said = "without --by, --json, --raw and --bom"
        raise typer.BadParameter(said, param_hint="--with-quotes")
    with opened(path) as project:
        asked = replace(filters, direct=direct, done=done)
        table = themes(project, asked, by=by)
        if intervals:
            from commonplace.analysis.intervals import with_intervals

            table = with_intervals(table)
        if with_quotes:
            from commonplace.analysis.quotes import quotes

            terms = settled(project, None, None)
            linked = quotes(project, asked, attribution=terms.template, k=terms.k)
            show_linked(table, linked, out.output, direct=direct)
            return
        out.show(table)


def search(
    path: ProjectPath,
    query: Annotated[
        str,
        typer.Argument(help='Words that all must be said in a turn; "a phrase"; a beginning*.'),
    ],
    filters: Filters,
    *,
    out: Out,
) -> None:
    """Find the turns in which words are said."""
    from commonplace.analysis.search import search

    with opened(path) as project:
        out.show(search(project, query, filters))
