"""audit: how good suggestions are, by a random sample that a person codes without seeing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commonplace.cli.groups import Verb, add, add_verbs
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, Json, Piece, ProjectPath
from commonplace.cli.output import Out, counter, say, show, tell_json

if TYPE_CHECKING:
    from commonplace.project import Project
    from commonplace.project.audits import Audit

Which = Annotated[
    str,
    typer.Option(metavar="AUDIT-ID", help="Which audit; else your last one.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Adds the command and its verbs."""
    command = "commonplace audit study.commonplace"
    verbs = add_verbs(
        app,
        "audit",
        "Find out without bias how good suggestions are: code a random sample unaided.",
        f"{command} start --segments 100",
        f"{command} segments",
        f"{command} answer 1 Housing/Damp",
        f"{command} finish",
        f"{command} result -o audit.xlsx",
    )
    add(verbs, "list", status, cls=Verb)
    add(verbs, "start", start, f"{command} start --unit turn --segments 200 --seed 7", cls=Verb)
    add(verbs, "status", status, f"{command} status --json", cls=Verb)
    add(
        verbs,
        "segments",
        segments,
        f"{command} segments -o sample.xlsx",
        cls=Verb,
        passages=True,
    )
    add(
        verbs,
        "answer",
        answer,
        f"{command} answer 1 Housing/Damp Transport",
        f"{command} answer 2 --none",
        cls=Verb,
    )
    add(verbs, "finish", finish, f"{command} finish --codings", cls=Verb)
    add(verbs, "drop", drop, f"{command} drop", cls=Verb)
    add(verbs, "result", result, f"{command} result --json", cls=Verb)


def start(
    path: ProjectPath,
    *,
    segments: Annotated[
        int, typer.Option(min=1, metavar="N", help="How many segments to draw.")
    ] = 100,
    seed: Annotated[
        int | None,
        typer.Option(min=0, help="Draw the same sample again.", show_default=False),
    ] = None,
    unit: Annotated[Piece, typer.Option(help="What is drawn.")] = Piece.SENTENCE,
    json: Json = False,
    coder: Coder = None,
) -> None:
    """Draw a random sample of what interviewees say and this coder has not been at.

    Suggestions are made anew first; what they are for the sample is set down and hidden from
    this coder until the audit is finished. Code it on F3 in the application, or with `answer`.
    """
    from commonplace.suggest.client import run_once
    from commonplace.workflows import audit

    with opened(path, coder) as project:
        _refuse_two(project)
        teacher = project.coder
    with counter() as count:
        run_once(path, lambda done, total: count("sentences", done, total), coder=teacher)
    with opened(path, coder) as project:
        begun = audit.start(project, unit.value, segments, seed)
    if json:
        tell_json(_described(begun))
    say(
        f"drew {begun.segments} of {begun.population} {unit}s: code them in the application "
        "(F3, then B), or with `audit PROJECT answer`"
    )


def status(path: ProjectPath, *, json: Json = False) -> None:
    """List the audits, and how far they are."""
    from commonplace.analysis.audit.tables import audits_table

    with opened(path) as project:
        show(audits_table(project), json=json)


def segments(
    path: ProjectPath,
    *,
    audit: Which = "",
    out: Out,
    coder: Coder = None,
) -> None:
    """List the segments of an audit with their answers, and without what was suggested."""
    from commonplace.analysis.audit.tables import segments_table

    with opened(path, coder) as project:
        table = segments_table(project, _chosen(project, audit))
        out.show(table)


def answer(
    path: ProjectPath,
    segment: Annotated[int, typer.Argument(min=1, help="Its number, as `segments` lists it.")],
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="CODE…", help="Paths, or unique names.")
    ] = None,
    *,
    none: Annotated[bool, typer.Option("--none", help="No code applies.")] = False,
    coder: Coder = None,
) -> None:
    """Say which codes apply to a segment of the audit that lasts."""
    if bool(codes) is none:
        raise typer.BadParameter("name the codes that apply, or say --none", param_hint="CODE…")
    with opened(path, coder) as project:
        found = project.audits.segments(_lasting(project).id)
        place = next((each for each in found if each.place == segment), None)
        if place is None:
            raise ValueError(f"there is no segment {segment}: they go to {len(found)}")
        project.audits.answer(place.id, [project.codes.find(code).id for code in codes or ()])
    say(f"answered {segment}")


def finish(
    path: ProjectPath,
    *,
    codings: Annotated[
        bool, typer.Option("--codings", help="Make codings of the answers, too.")
    ] = False,
    json: Json = False,
    coder: Coder = None,
) -> None:
    """End the audit. Its answers stay answers unless they are to be codings; `result` shows them.

    What is not answered is left out: the order is random, so what is answered in order from the
    first is a random sample, too.
    """
    with opened(path, coder) as project:
        lasting = _lasting(project)
        made = project.audits.finish(lasting.id, keep=codings)
    if json:
        tell_json({"audit_id": lasting.id, "answered": lasting.answered, "codings": made})
    say(f"finished: {lasting.answered} of {lasting.segments} answered, {made} codings made")


def drop(path: ProjectPath, *, audit: Which = "", coder: Coder = None) -> None:
    """Remove an audit with its answers; `history --undo` brings it back."""
    with opened(path, coder) as project:
        project.audits.drop(_chosen(project, audit).id)
    say("dropped the audit")


def result(
    path: ProjectPath,
    *,
    audit: Which = "",
    out: Out,
    coder: Coder = None,
) -> None:
    """Show precision, recall, F1 and agreement with the suggestions, for each code and overall.

    With intervals, and a paragraph for the methods section. Only of an audit that is finished.
    """
    from commonplace.analysis.audit.result import Result
    from commonplace.analysis.audit.tables import audit_table, methods

    with opened(path, coder) as project:
        chosen = _chosen(project, audit)
        table = audit_table(project, chosen)
        if out.json and out.output is None:
            tell_json(
                {
                    "audit": _described(chosen),
                    "methods": methods(Result(project, chosen)),
                    "rows": list(table.records()),
                }
            )
            return
        out.show(table)


def _chosen(project: Project, audit: str) -> Audit:
    """The audit named, else this coder's last."""
    if audit:
        return project.audits.get(audit)
    latest = project.audits.latest()
    if latest is None:
        raise ValueError("there is no audit in this project: `audit PROJECT start` begins one")
    return latest


def _lasting(project: Project) -> Audit:
    current = project.audits.current()
    if current is None:
        raise ValueError(
            f"no audit of {project.coder} is under way: `audit PROJECT start` begins one"
        )
    return current


def _refuse_two(project: Project) -> None:
    if project.audits.current() is not None:
        raise ValueError(
            "an audit is under way: `audit PROJECT finish` or `drop` comes before the next one"
        )


def _described(audit: Audit) -> dict[str, object]:
    return {
        "audit_id": audit.id,
        "coder": audit.coder,
        "unit": audit.unit,
        "segments": audit.segments,
        "answered": audit.answered,
        "population": audit.population,
        "transcripts": audit.transcripts,
        "labelled": audit.labelled,
        "seed": audit.seed,
        "started_at": audit.started_at,
        "finished_at": audit.finished_at,
    }
