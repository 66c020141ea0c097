"""suggest, accept, reject: what the machine proposes and what a person decides."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from enum import StrEnum
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from commonplace.cli.groups import add
from commonplace.cli.names import leaving
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, Json, ProjectPath
from commonplace.cli.output import counter, remark_on_consent, say, show, tell, tell_json

if TYPE_CHECKING:
    from commonplace.domain.table import Table
    from commonplace.project import Project
    from commonplace.suggest.client import FinishedRun, Told

AT_ONCE = 200
"""Suggestions that account is asked for at a time."""

Ids = Annotated[list[str], typer.Argument(metavar="SUGGESTION-ID", help="As `suggest` lists them.")]


class Order(StrEnum):
    """In which order suggestions are listed."""

    CONFIDENCE = "confidence"
    UNCERTAIN = "uncertain"
    DOCUMENT = "document"


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    add(
        app,
        "suggest",
        suggest,
        "commonplace suggest study.commonplace --limit 20",
        "commonplace suggest study.commonplace --order document --json",
        "commonplace suggest study.commonplace --cluster tcp://127.0.0.1:8786",
        passages=True,
    )
    add(
        app,
        "accept",
        accept,
        "commonplace accept study.commonplace 3f1c7f0e-8a3b-5d7c-9a41-6c1d2e3f4a5b",
    )
    add(
        app,
        "reject",
        reject,
        "commonplace reject study.commonplace 3f1c7f0e-8a3b-5d7c-9a41-6c1d2e3f4a5b "
        '--reason "about a bus, not a house"',
    )


def suggest(
    path: ProjectPath,
    *,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="List only the first N.")
    ] = None,
    order: Annotated[
        Order,
        typer.Option(
            help="The surest first; the most doubtful first; or as they stand in the transcripts."
        ),
    ] = Order.CONFIDENCE,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Have the work done by the Dask cluster with its scheduler there.",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
    coder: Coder = None,
) -> None:
    """Make suggestions anew from what this coder has decided, and list those that wait.

    Each comes with its score (0–1) and the words that caused it; as JSON also with how much
    codebook and learning spoke for it, and the passages of its code that it is most like.
    """
    from commonplace.analysis.suggestions import suggestions
    from commonplace.suggest.client import finished_run, run_once

    with opened(path, coder) as project:
        teacher = project.coder
    with ExitStack() as stack:
        with counter() as count:
            told = partial(count, "sentences")
            if json:
                run = finished_run(path, told, coder=teacher, cluster=cluster)
                finished = stack.enter_context(run)
            else:
                run_once(path, told, coder=teacher, cluster=cluster)
        project = stack.enter_context(opened(path, coder))
        _say_what_is_missing(project)
        table = suggestions(project, order=order.value, limit=limit)
        if json:
            table = leaving(table, to_file=False)
            _tell_accounts(table, finished)
            remark_on_consent(table)
        else:
            show(table)


def _say_what_is_missing(project: Project) -> None:
    """Which codes keep quiet, and why nothing is suggested where nothing is."""
    from commonplace.analysis.suggestions import SILENT, silence

    codebook = project.codes.codebook()
    for code, share in project.suggestions.basis.quiet.items():
        say(
            f"{codebook.path(code)} is quiet: {share:.0%} of its last suggestions were right, so "
            "it is not suggested until five codings by hand wake it, or a change of its entry"
        )
    if not project.suggestions.pending():
        say(" ".join(SILENT[silence(project)]))


def _tell_accounts(table: Table, run: FinishedRun) -> None:
    """The suggestions as JSON, each with what spoke for it; null where that is not known."""
    from commonplace.exports.json_table import write_records

    def records() -> Iterator[dict[str, object]]:
        left = table.records()
        while some := list(islice(left, AT_ONCE)):
            accounts = run.accounts([str(record["suggestion_id"]) for record in some])
            like = _like(accounts.values())
            for record in some:
                told = accounts.get(str(record["suggestion_id"]))
                yield {
                    **record,
                    "codebook": None if told is None else told.codebook,
                    "learnt": None if told is None else told.learnt,
                    "like": like.get(str(record["suggestion_id"]), []),
                }

    write_records(records(), sys.stdout)


def _like(accounts: Iterable[Told]) -> dict[str, list[dict[str, object]]]:
    """The passages that suggestions are like, by the ids of these; without what must not leave."""
    from commonplace.domain.table import Column, Table

    rows = [
        (told.suggestion, each.document, each.span.start, each.span.end, each.quote, each.likeness)
        for told in accounts
        for each in told.like
    ]
    names = ("suggestion_id", "document", "start", "end", "quote", "likeness")
    table = Table("suggestions", tuple(map(Column, names)), lambda: rows)
    found: dict[str, list[dict[str, object]]] = {}
    for record in leaving(table, to_file=False).records():
        found.setdefault(str(record.pop("suggestion_id")), []).append({**record})
    return found


def accept(path: ProjectPath, ids: Ids, json: Json = False, coder: Coder = None) -> None:
    """Make codings of suggestions; prints the id of each coding.

    One that you have rejected may be accepted after all.
    """
    action = f"accepted suggestions: {len(set(ids))}"
    with opened(path, coder) as project, project.transaction(action):
        made = [project.suggestions.accept(suggestion).id for suggestion in dict.fromkeys(ids)]
    if json:
        tell_json([{"coding_id": coding} for coding in made])
    else:
        for coding in made:
            tell(coding)


def reject(
    path: ProjectPath,
    ids: Ids,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, in your own words.")] = "",
    coder: Coder = None,
) -> None:
    """Put suggestions aside for good.

    One that you have accepted is refused while its coding is there: undo that, or remove the coding
    (`uncode`), first.
    """
    with opened(path, coder) as project:
        with project.transaction(f"rejected suggestions: {len(set(ids))}"):
            for suggestion in dict.fromkeys(ids):
                project.suggestions.reject(suggestion, reason)
        say(f"rejected {len(set(ids))}")
