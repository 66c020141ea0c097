"""participants types and attribute: what can be known of people."""

from __future__ import annotations

from typing import Annotated

import typer

from commonplace.cli.groups import Verb, add
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, Json, ProjectPath, choice
from commonplace.cli.output import say, show


def register(people: typer.Typer) -> None:
    """Adds the verbs."""
    add(people, "types", types, "commonplace participants study.commonplace types", cls=Verb)
    add(
        people,
        "attribute",
        attribute,
        "commonplace participants study.commonplace attribute nation --type choice "
        "--value Wales --value Scotland",
        "commonplace participants study.commonplace attribute age --type number",
        "commonplace participants study.commonplace attribute nashun --rename nation",
        cls=Verb,
    )


def types(path: ProjectPath, json: Json = False) -> None:
    """List attributes with their types and values.

    A type that nobody has set is guessed from the values, and refuses none.
    """
    from commonplace.analysis.participants import attribute_types

    with opened(path) as project:
        show(attribute_types(project), json=json)


def attribute(
    path: ProjectPath,
    name: Annotated[str, typer.Argument(metavar="ATTRIBUTE", help="Such as nation.")],
    *,
    kind: Annotated[
        str,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="text, number, date or choice; an attribute that is not there yet is added.",
            show_default=False,
        ),
    ] = "",
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--value",
            metavar="VALUE",
            help="One of a choice's values, in order; repeatable. Default: those in use.",
            show_default=False,
        ),
    ] = None,
    rename: Annotated[
        str, typer.Option(metavar="NAME", help="Another name for it.", show_default=False)
    ] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take it away from everybody.")] = False,
    coder: Coder = None,
) -> None:
    """Set the type of an attribute, rename it, or remove it."""
    from commonplace.domain.attributes import Kind

    if [bool(kind), bool(rename), remove].count(True) != 1:
        raise typer.BadParameter("give one of --type, --rename and --remove", param_hint="--type")
    wanted = choice(Kind, kind, "--type") if kind else None
    if values and wanted is not Kind.CHOICE:
        raise typer.BadParameter("only with --type choice", param_hint="--value")
    with opened(path, coder) as project:
        if wanted is not None:
            made = project.attributes.declare(name, wanted, values or ())
            say(f"{made.name}: {wanted} {', '.join(made.choices)}".rstrip())
        elif rename:
            old = project.attributes.find(name).name
            project.attributes.rename(old, rename)
            say(f"{old} is now {rename}")
        else:
            count = project.attributes.remove(name)
            say(f"removed {name} with {count} values; `commonplace history {path}` can undo it")
