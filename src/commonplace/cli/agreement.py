"""agreement: whether people who coded the same transcripts agree, and settling where not."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from commonplace.analysis.agreement.units import Unit
from commonplace.analysis.filters import Filters
from commonplace.cli.groups import Verb, add, add_verbs
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, Json, ProjectPath, filtered
from commonplace.cli.output import Out, say, tell_json

if TYPE_CHECKING:
    from commonplace.project import Project
    from commonplace.project.adjudication import Verdict

Coders = Annotated[
    str,
    typer.Option(
        metavar="A,B[,C…]",
        help="The coders to compare; else the two with most transcripts done in common.",
    ),
]
All = Annotated[
    bool, typer.Option("--all-transcripts", help="Not only those that all of them marked done.")
]
UnitOption = Annotated[
    Unit,
    typer.Option(
        help="What is judged: sentences (segment), turns, code points, or stretches marked "
        "beforehand (preset)."
    ),
]


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


class Status(StrEnum):
    """How far a disagreement is settled."""

    OPEN = "open"
    SETTLED = "settled"
    REOPENED = "reopened"


def register(app: typer.Typer) -> None:
    """Adds the command and its verbs."""
    command = "commonplace agreement study.commonplace"
    verbs = add_verbs(
        app,
        "agreement",
        "Measure how far coders agree; list where they differ, and settle it.",
        f"{command} --coders Amira,Tom",
        f"{command} --coders Amira,Tom --disagreements -o differ.csv",
        f"{command} disagreements --coders Amira,Tom --status open",
        f'{command} settle ID --take Tom --note "the landlord is named"',
        f"{command} --blind on",
    )
    add(verbs, "list", filtered(agreement, without="coders"), cls=Verb, passages=True)
    add(
        verbs,
        "disagreements",
        filtered(disagreements, without="coders"),
        f"{command} disagreements --coders Amira,Tom -o differ.xlsx",
        cls=Verb,
        passages=True,
    )
    add(
        verbs,
        "settle",
        settle,
        f"{command} settle ID --take Tom",
        f"{command} settle ID ID --none",
        f"{command} settle ID --start 120 --end 164 --code Housing/Rent",
        cls=Verb,
    )
    add(verbs, "adopt", adopt, f"{command} adopt --coders Amira,Tom", cls=Verb)
    add(
        verbs,
        "consensus",
        filtered(consensus, without="coders"),
        f"{command} consensus --unit turn",
        cls=Verb,
    )


def agreement(
    path: ProjectPath,
    filters: Filters,
    *,
    coders: Annotated[
        str,
        typer.Option(
            metavar="A,B[,C…]", help="The coders to compare, two or more.", show_default=False
        ),
    ] = "",
    unit: UnitOption = Unit.SEGMENT,
    preset: Annotated[
        str,
        typer.Option(
            metavar="CODE", help="With --unit preset: the code that marks the stretches to judge."
        ),
    ] = "",
    all_transcripts: All = False,
    disagreements: Annotated[
        bool, typer.Option("--disagreements", help="List the units on which they differ instead.")
    ] = False,
    suggestions: Annotated[
        bool,
        typer.Option(
            "--suggestions",
            help="Set accepted suggestions against what the others coded by hand instead.",
        ),
    ] = False,
    empty: Annotated[
        bool, typer.Option("--empty", help="With --suggestions: rows of codes with 0 of 0 too.")
    ] = False,
    unitizing: Annotated[
        bool,
        typer.Option(
            "--unitizing",
            help="Compare stretches as they were marked instead: u-alpha and cu-alpha.",
        ),
    ] = False,
    blind: Annotated[
        Switch | None,
        typer.Option(
            help="Turn blind mode on or off: the application hides others' work in a transcript "
            "until one has marked it done.",
            show_default=False,
        ),
    ] = None,
    coder: Coder = None,
    out: Out,
) -> None:
    """Measure how far coders agree, for each code and overall.

    Percent agreement, Cohen's and Fleiss' kappa, and Krippendorff's alpha with a 95 % interval,
    over transcripts that all of them marked done.
    """
    if blind is not None:
        with opened(path, coder) as project:
            project.blind.set(blind is Switch.ON)
        say(f"blind mode is {blind}")
        return
    if coder is not None:
        raise typer.BadParameter(
            "only with --blind; whom to compare is said with --coders", param_hint="--coder"
        )
    if not coders.strip():
        raise typer.BadParameter("name the coders to compare", param_hint="--coders")
    if sum((disagreements, suggestions, unitizing)) > 1:
        raise typer.BadParameter("one list at a time", param_hint="--suggestions")
    if empty and not suggestions:
        raise typer.BadParameter("only with --suggestions", param_hint="--empty")
    if (unit is Unit.PRESET) is not bool(preset):
        raise typer.BadParameter("--unit preset and --preset CODE go together", param_hint="--unit")
    from commonplace.analysis.agreement import blind as suggested
    from commonplace.analysis.agreement import tables, unitized

    named, every = _names(coders), all_transcripts
    with opened(path) as project:
        if unitizing:
            found = unitized.unitized(project, named, filters, all_transcripts=every)
        elif suggestions:
            found = suggested.accepted_against_blind(
                project, named, filters, unit=unit, all_transcripts=every, empty=empty
            )
        else:
            table = tables.disagreements if disagreements else tables.agreement
            found = table(project, named, filters, unit=unit, all_transcripts=every, preset=preset)
        out.show(found)


def disagreements(
    path: ProjectPath,
    filters: Filters,
    *,
    coders: Coders = "",
    status: Annotated[
        Status | None, typer.Option(help="Only open, settled or reopened ones.", show_default=False)
    ] = None,
    all_transcripts: All = False,
    out: Out,
) -> None:
    """List the passages on which coders differ, with what each marked and how it was settled."""
    from commonplace.analysis.agreement.cases import Cases, cases_table

    with opened(path) as project:
        cases = Cases(project, _chosen(project, coders), filters, all_transcripts=all_transcripts)
        out.show(cases_table(cases, only=status or ""))


def settle(
    path: ProjectPath,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID", help="Disagreements, as the list has them.")
    ],
    *,
    coders: Coders = "",
    take: Annotated[
        str, typer.Option(metavar="NAME", help="As this coder has it.", show_default=False)
    ] = "",
    both: Annotated[bool, typer.Option("--both", help="All that any of them marked.")] = False,
    none: Annotated[bool, typer.Option("--none", help="The code does not apply here.")] = False,
    start: Annotated[
        int | None, typer.Option(min=0, help="Another stretch: where it begins.")
    ] = None,
    end: Annotated[int | None, typer.Option(min=1, help="And where it ends.")] = None,
    code: Annotated[
        str, typer.Option(metavar="PATH", help="Another code.", show_default=False)
    ] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why.", show_default=False)] = "",
    all_transcripts: All = False,
    json: Json = False,
    coder: Coder = None,
) -> None:
    """Settle disagreements: the consensus gets one coder's version, all, nothing, or another.

    What is agreed on are codings of the coder "consensus". `history --undo` takes it back.
    """
    from commonplace.analysis.agreement.cases import Cases
    from commonplace.domain.span import Span

    if (start is None) is not (end is None) or (
        start is not None and end is not None and start >= end
    ):
        raise typer.BadParameter("a stretch has a beginning and a later end", param_hint="--start")
    verdict = _verdict(take, both=both, none=none, other=start is not None or bool(code))
    with opened(path, coder) as project:
        cases = Cases(project, _chosen(project, coders), all_transcripts=all_transcripts)
        found = cases.find(ids)
        known = {name.casefold(): name for name in cases.coders}
        with project.transaction(f"settled {len(found)} disagreements"):
            made = [
                project.adjudication.settle(
                    case.place,
                    verdict,
                    take=known.get(take.casefold(), take) or None,
                    spans=[] if start is None or end is None else [Span(start, end)],
                    code=project.codes.find(code).id if code else None,
                    note=note,
                )
                for case in found
            ]
    if json:
        tell_json([{"settlement_id": each.id, "codings": list(each.codings)} for each in made])
    say(f"settled {len(made)}")


def adopt(
    path: ProjectPath,
    coders: Coders = "",
    all_transcripts: All = False,
    json: Json = False,
    coder: Coder = None,
) -> None:
    """Give the consensus all that the coders marked alike."""
    from commonplace.analysis.agreement.cases import Cases

    with opened(path, coder) as project:
        cases = Cases(project, _chosen(project, coders), all_transcripts=all_transcripts)
        taken = project.adjudication.adopt(cases.comparison.documents, cases.coders)
    if json:
        tell_json({"codings": taken, "transcripts": len(cases.comparison.documents)})
    say(f"took over {taken} codings that {' and '.join(cases.coders)} agree on")


def consensus(
    path: ProjectPath,
    filters: Filters,
    *,
    coders: Annotated[
        str, typer.Option(metavar="A[,B…]", help="Only these coders.", show_default=False)
    ] = "",
    unit: UnitOption = Unit.SEGMENT,
    all_transcripts: All = False,
    out: Out,
) -> None:
    """Set each coder against what was agreed on."""
    from commonplace.analysis.agreement.reference import against_consensus

    if unit is Unit.PRESET:
        raise typer.BadParameter("not with the consensus", param_hint="--unit")
    with opened(path) as project:
        found = against_consensus(
            project, _names(coders), filters, unit=unit, all_transcripts=all_transcripts
        )
        out.show(found)


def _names(given: str) -> list[str]:
    return [name.strip() for name in given.split(",") if name.strip()]


def _chosen(project: Project, given: str) -> Sequence[str]:
    """The coders named, else the two with most in common."""
    from commonplace.analysis.agreement.people import coders, usual_pair

    return _names(given) or usual_pair(coders(project))


def _verdict(take: str, *, both: bool, none: bool, other: bool) -> Verdict:
    from commonplace.project.adjudication import Verdict

    asked = {
        Verdict.TAKEN: bool(take),
        Verdict.BOTH: both,
        Verdict.NONE: none,
        Verdict.OTHER: other,
    }
    chosen = [verdict for verdict, given in asked.items() if given]
    if len(chosen) != 1:
        raise typer.BadParameter(
            "say how, in one way: --take NAME, --both, --none, or another stretch or code",
            param_hint="--take",
        )
    return chosen[0]
