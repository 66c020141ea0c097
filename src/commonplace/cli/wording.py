"""kwic and words: what is said, in context and in numbers."""

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
    """Adds the commands."""
    add(
        app,
        "kwic",
        filtered(kwic),
        "commonplace kwic study.commonplace damp",
        'commonplace kwic study.commonplace "no bus*" --sort left --where nation=Wales',
        passages=True,
    )
    add(
        app,
        "words",
        filtered(words),
        "commonplace words study.commonplace --where role=participant",
        "commonplace words study.commonplace --by nation --length 2 --limit 20 -o phrases.csv",
        "commonplace words study.commonplace --code Housing",
    )


def kwic(
    path: ProjectPath,
    term: Annotated[
        str, typer.Argument(help="A word or a phrase; * stands for any letters or none.")
    ],
    filters: Filters,
    *,
    sort: Annotated[
        str, typer.Option(metavar="ORDER", help="document; or by the words to the left or right.")
    ] = "document",
    context: Annotated[
        int, typer.Option(min=0, metavar="N", help="Words of context on each side.")
    ] = 10,
    out: Out,
) -> None:
    """List every place where something is said, with the words around it."""
    from commonplace.analysis.kwic import Sort, kwic

    order = choice(Sort, sort, "--sort")
    with opened(path) as project:
        table = kwic(project, term, filters, sort=order, context=context)
        out.show(table)


def words(
    path: ProjectPath,
    filters: Filters,
    *,
    by: Annotated[
        str | None, typer.Option(metavar="ATTRIBUTE", help="Each value of it against the rest.")
    ] = None,
    length: Annotated[
        int, typer.Option(min=1, max=8, metavar="N", help="Phrases of N words instead of words.")
    ] = 1,
    least: Annotated[
        int, typer.Option(min=1, metavar="N", help="Only what is said at least N times.")
    ] = 2,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="At most N rows of each group.")
    ] = 50,
    all_words: Annotated[
        bool,
        typer.Option("--all-words", help="Function words (the, and, I) and phrases of them too."),
    ] = False,
    done: Done = False,
    out: Out,
) -> None:
    """Count words and phrases, and show which are said more here than elsewhere.

    Against all other speech of interviewees in the same transcripts, by log-likelihood.
    """
    from commonplace.analysis.words import words

    with opened(path) as project:
        asked = replace(filters, done=done)
        table = words(
            project, asked, by=by, length=length, least=least, limit=limit, all_words=all_words
        )
        out.show(table)
