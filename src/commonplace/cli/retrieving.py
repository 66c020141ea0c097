"""retrieve and queries: passages by codes, words, people and how they lie to each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from commonplace.analysis.filters import Filters
from commonplace.cli.groups import Verb, add, add_verbs
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, Direct, Done, Json, ProjectPath, choice, filtered
from commonplace.cli.output import Out, say, show

SAVED = "@"
"""Before the name of a saved query."""


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    add(
        app,
        "retrieve",
        filtered(retrieve),
        "commonplace retrieve study.commonplace "
        '"housing and not transport where role=practitioner"',
        """commonplace retrieve study.commonplace '"damp" near/20 control' --as kwic""",
        'commonplace retrieve study.commonplace "jobs followed by control within turn" '
        "--save onward",
        "commonplace retrieve study.commonplace @onward -o onward.csv",
        passages=True,
    )
    queries = add_verbs(
        app,
        "queries",
        "List saved queries, or forget one.",
        "commonplace queries study.commonplace",
        "commonplace queries study.commonplace remove onward",
    )
    add(queries, "list", list_, cls=Verb)
    add(queries, "remove", remove, "commonplace queries study.commonplace remove onward", cls=Verb)


def retrieve(
    path: ProjectPath,
    query: Annotated[
        str,
        typer.Argument(
            help="Codes, words in quotes, and, or, not, near/N, followed by, within, overlaps, "
            "inside, where; or @NAME of a saved query."
        ),
    ],
    filters: Filters,
    *,
    form: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="FORM",
            help="quotes; kwic: in context; table: counts by transcript.",
        ),
    ] = "quotes",
    save: Annotated[
        str | None, typer.Option(metavar="NAME", help="Keep the query under this name.")
    ] = None,
    direct: Direct = False,
    done: Done = False,
    out: Out,
) -> None:
    """Find passages by codes, words, people, and how they lie to each other."""
    from commonplace.analysis.retrieval.naming import mentions
    from commonplace.analysis.retrieval.tables import Shape, retrieve

    shape = choice(Shape, form, "--as")
    asked = replace(filters, direct=direct, done=done)
    with opened(path) as project:
        if query.startswith(SAVED):
            query = project.queries.get(query.removeprefix(SAVED))
        table = retrieve(project, query, asked, shape=shape)
        if save is not None:
            codes = mentions(project.codes.codebook(), query)
            project.queries.save(save, query, codes)
            say(f"kept as {SAVED}{save}")
        out.show(table)


def list_(path: ProjectPath, json: Json = False) -> None:
    """List saved queries."""
    from commonplace.domain.table import Column, Table

    with opened(path) as project:
        rows = list(project.queries.all().items())
    show(Table("queries", (Column("name"), Column("query")), lambda: rows), json=json)


def remove(
    path: ProjectPath,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The query to forget.")],
    coder: Coder = None,
) -> None:
    """Forget a saved query; `history --undo` brings it back."""
    with opened(path, coder) as project:
        project.queries.remove(name)
        say(f"removed {name}")
