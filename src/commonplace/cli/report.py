"""report, checklist, audit-trail: what is handed to those who read, review and check a study."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commonplace.analysis.filters import Filters
from commonplace.cli.attributing import settled
from commonplace.cli.groups import add
from commonplace.cli.names import as_spoken
from commonplace.cli.opening import opened
from commonplace.cli.options import Attribution, Done, Marks, People, ProjectPath, filtered
from commonplace.cli.output import Out, complain, say, tell


class Checklist(StrEnum):
    """Which items are asked about."""

    COREQ = "coreq"
    SRQR = "srqr"


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    add(
        app,
        "report",
        filtered(report),
        "commonplace report study.commonplace -o report.html",
        "commonplace report study.commonplace -o report.docx --survey survey.csv --by programme",
        'commonplace report study.commonplace -o wales.html --where "nation=Wales" --k 5',
    )
    add(
        app,
        "checklist",
        checklist,
        "commonplace checklist study.commonplace coreq -o coreq.docx",
        "commonplace checklist study.commonplace srqr",
    )
    add(
        app,
        "audit-trail",
        audit_trail,
        "commonplace audit-trail study.commonplace -o trail/",
        result=False,
    )


def _print_template(asked: bool) -> None:
    if asked:
        from commonplace.exports.report import shipped_template

        typer.echo(shipped_template(), nl=False)
        raise typer.Exit


def report(
    path: ProjectPath,
    filters: Filters,
    *,
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE", help="The report: a page, .html, or .docx for Word."
        ),
    ],
    title: Annotated[str, typer.Option(metavar="TEXT", help="Its title.")] = "",
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ATTRIBUTE",
            help="Set themes apart by it; repeatable. Else role, programme, nation and wave.",
        ),
    ] = None,
    survey: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Survey figures to set beside the themes."),
    ] = None,
    quotes_per_theme: Annotated[
        int, typer.Option(min=0, metavar="N", help="How many quotes for each theme.")
    ] = 3,
    marks: Marks = None,
    attribution: Attribution = None,
    k: People = None,
    done: Done = False,
    template: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="For a page a Jinja2 template, for .docx a Word document whose styles are taken.",
        ),
    ] = None,
    print_template: Annotated[
        bool,
        typer.Option(
            "--print-template",
            is_eager=True,
            callback=_print_template,
            help="Print the template of the page, to be changed, and do nothing else.",
        ),
    ] = False,
) -> None:
    """Write the report of a study as one file: sample, themes, quotes, methods.

    Charts and tables with their denominators, quotes that may leave, agreement, saturation, the
    codebook. Groups and attributions of fewer than --k people are made coarser.
    """
    del print_template
    from commonplace.domain.attribution import K
    from commonplace.exports.report import ReportFormatError
    from commonplace.readers.survey import read_survey
    from commonplace.workflows.report import Asked, write_report

    asked = Asked(
        filters=replace(filters, done=done),
        quotes=quotes_per_theme,
        marks=marks or (),
        survey=() if survey is None else read_survey(survey),
        by=by or (),
        title=title,
        as_spoken=as_spoken(),
    )
    with opened(path) as project:
        terms = settled(project, attribution, k)
        asked = replace(asked, attribution=terms.template, k=terms.k or K)
        try:
            write_report(project, output, asked, template=template)
        except ReportFormatError as error:
            raise typer.BadParameter(str(error), param_hint="-o") from None
    say(f"wrote {output}")


def checklist(
    path: ProjectPath,
    name: Annotated[Checklist, typer.Argument(metavar="CHECKLIST", help="coreq or srqr.")],
    *,
    k: People = None,
    out: Out,
) -> None:
    """Fill in a reporting checklist as far as the project knows.

    COREQ has 32 items, SRQR 21. What only the authors know is marked so.
    """
    from commonplace.analysis.checklist import checklist
    from commonplace.domain.attribution import K

    with opened(path) as project:
        table = checklist(project, name, k=K if k is None else k)
        out.show(table)


def audit_trail(
    path: ProjectPath,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="Where the files go.")
    ],
) -> None:
    """Write the audit trail as CSV files: history, codebook changes, decisions, coders.

    For those who check a study: names stay as they are in the project.
    """
    from commonplace.workflows.audit_trail import write_trail

    with opened(path) as project:
        written, left_out = write_trail(project, output)
    for file in written:
        tell(f"{file}")
    for remark in left_out:
        complain(f"decisions: {remark}")
