"""choose, ledger, consents: which quotes, whose, and whether they may leave."""

from __future__ import annotations

from typing import Annotated

import typer

from commonplace.analysis.filters import Filters
from commonplace.cli.attributing import settled
from commonplace.cli.groups import add
from commonplace.cli.opening import opened
from commonplace.cli.options import Attribution, Marks, People, ProjectPath, filtered
from commonplace.cli.output import Out, complain


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    add(
        app,
        "choose",
        filtered(choose, without="codes"),
        "commonplace choose study.commonplace Transport --limit 5",
        "commonplace choose study.commonplace Housing --balance nation -o housing.md",
        'commonplace choose study.commonplace Housing --attribution "{role}, {nation}" --k 5',
    )
    add(
        app,
        "ledger",
        filtered(ledger),
        "commonplace ledger study.commonplace",
        "commonplace ledger study.commonplace --by role",
        "commonplace ledger study.commonplace --untypical --code Housing",
        "commonplace ledger study.commonplace --recall",
        passages=True,
    )
    add(app, "consents", consents, "commonplace consents study.commonplace")


def choose(
    path: ProjectPath,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The theme: a path or unique name.")],
    filters: Filters,
    *,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many quotes.")] = 5,
    balance: Annotated[
        str | None, typer.Option(metavar="ATTRIBUTE", help="In turn from each value of it.")
    ] = None,
    standpoint: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Its sub-codes say how people stand to a theme."),
    ] = None,
    attribution: Attribution = None,
    k: People = None,
    out: Out,
) -> None:
    """Propose quotes to illustrate a theme: typical, spread over people, readable.

    Each with the reason. Nobody comes twice before everybody has come once.
    """
    from commonplace.analysis.attributions import UNSAFE
    from commonplace.analysis.choosing import choose

    with opened(path) as project:
        terms = settled(project, attribution, k)
        table = choose(
            project,
            code,
            filters,
            limit=limit,
            balance=balance,
            standpoint=standpoint,
            attribution=terms.template,
            k=terms.k,
        )
        out.show(table)
        if out.json or out.output is not None:
            for remark in table.remarks:
                if UNSAFE in remark:
                    complain(remark)


def ledger(
    path: ProjectPath,
    filters: Filters,
    *,
    by: Annotated[
        str | None, typer.Option(metavar="ATTRIBUTE", help="A row for each value of it.")
    ] = None,
    untypical: Annotated[
        bool,
        typer.Option(
            "--untypical", help="Starred, shortlisted and used quotes: how typical of their themes."
        ),
    ] = False,
    recall: Annotated[
        bool, typer.Option("--recall", help="Uses of quotes that must not be used any more.")
    ] = False,
    marks: Marks = None,
    out: Out,
) -> None:
    """Show who is quoted how often against how often they spoke.

    The answer to cherry-picking: who never, and which groups more or less than their share.
    """
    if sum((by is not None, untypical, recall)) > 1:
        raise typer.BadParameter("one of --by, --untypical and --recall", param_hint="--by")
    from commonplace.analysis.choosing import SHOWN, shown_as_typical
    from commonplace.analysis.ledger import USED, ledger, ledger_by, recalls

    with opened(path) as project:
        taken_back = recalls(project)
        if recall:
            table = taken_back
        elif untypical:
            table = shown_as_typical(project, filters, marks=marks or SHOWN)
        elif by is not None:
            table = ledger_by(project, by, filters, marks=marks or USED)
        else:
            table = ledger(project, filters, marks=marks or USED)
        count = 0 if recall else sum(1 for _ in taken_back)
        out.show(table)
    if count:
        uses = "1 use" if count == 1 else f"{count} uses"
        complain(f"{uses} must be taken back: `ledger --recall` lists them")


def consents(path: ProjectPath, out: Out) -> None:
    """List what participants agreed to, and what of it is doubtful.

    Attributes say it: consent_quote, consent_name, consent_audio and withdrawn, each yes or no.
    What is neither is taken as the more careful of the two.
    """
    from commonplace.analysis.desk_tables import consents

    with opened(path) as project:
        out.show(consents(project))
