"""participants: people and what is known of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonplace.cli.documents import Yes, confirm, report_left
from commonplace.cli.groups import Verb, add, add_verbs, finish
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, Json, ProjectPath, of_workbook
from commonplace.cli.output import Out, complain, say, show

if TYPE_CHECKING:
    from commonplace.domain.table import Table
    from commonplace.workflows.attach_participants import Attached

Name = Annotated[
    str,
    typer.Argument(metavar="NAME", help="A participant's name, id, or TRANSCRIPT:LABEL."),
]
Names = Annotated[
    list[str],
    typer.Argument(metavar="NAME", help="Participants, by name, id, or TRANSCRIPT:LABEL."),
]
Where = Annotated[
    str,
    typer.Option(
        metavar="CONDITION",
        help='Only these people: "role=practitioner and nation in (Wales, Scotland)".',
        show_default=False,
    ),
]
NewValues = Annotated[
    bool, typer.Option("--new-values", help="Take values that a choice does not have yet.")
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    from commonplace.cli import attributes

    people = add_verbs(
        app,
        "participants",
        "List people and what is known of them; describe, join, import or erase them.",
        "commonplace participants study.commonplace",
        "commonplace participants study.commonplace -o people.csv",
        "commonplace participants study.commonplace set Kayleigh nation=Wales",
    )
    add(people, "list", list_, cls=Verb, result=False)
    add(
        people,
        "set",
        set_,
        "commonplace participants study.commonplace set Kayleigh nation=Wales",
        "commonplace participants study.commonplace set Kayleigh wave=2 --document P08",
        "commonplace participants study.commonplace set Kayleigh nation=",
        "commonplace participants study.commonplace set --where programme=LC role=resident",
        cls=Verb,
    )
    add(
        people,
        "import",
        import_,
        "commonplace participants study.commonplace import people.csv --dry-run",
        "commonplace participants study.commonplace import people.xlsx --sheet Wave2",
        cls=Verb,
    )
    attributes.register(people)
    add(
        people,
        "join",
        join,
        'commonplace participants study.commonplace join "Sue B." Sue ln08.md:SB',
        cls=Verb,
    )
    add(
        people,
        "apart",
        apart,
        "commonplace participants study.commonplace apart ln08.md:SB",
        cls=Verb,
    )
    add(
        people,
        "rename",
        rename,
        "commonplace participants study.commonplace rename ln08.md:P1 Kayleigh",
        cls=Verb,
    )
    add(
        people,
        "erase",
        erase,
        "commonplace participants study.commonplace erase Kayleigh --yes",
        cls=Verb,
    )


def list_(
    path: ProjectPath,
    *,
    where: Where = "",
    out: Out,
) -> None:
    """List people, the transcripts in which they speak, and their attributes there.

    A file of it (.csv or .xlsx) can be changed elsewhere and read in again with `import`.
    """
    from commonplace.analysis.participants import participants

    with opened(path) as project:
        table = participants(project, where)
        out.show(table)


def set_(
    path: ProjectPath,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[NAME…] KEY=VALUE",
            help="Participants, then attributes; nothing after = takes one away.",
        ),
    ],
    *,
    where: Where = "",
    document: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="What holds in this transcript only, such as a wave.",
            show_default=False,
        ),
    ] = None,
    new_values: NewValues = False,
    coder: Coder = None,
) -> None:
    """Set attributes of a person, of several, or of all to whom a condition applies."""
    from commonplace.analysis.participants import people_where
    from commonplace.workflows.describe_people import Target, hidden, set_attributes

    names, values = _names_and_values(words)
    if bool(names) == bool(where):
        raise typer.BadParameter("name people, or choose them by --where", param_hint="NAME")
    with opened(path, coder) as project:
        if where:
            people = [each.person for each in people_where(project, where)]
        else:
            people = list({p.id: p for p in map(project.people.find, names)}.values())
        if not people:
            complain(f"nobody is meant by {where}; nothing was changed")
            finish(1)
        scope = project.documents.find(document).id if document is not None else None
        targets = [Target(person.id, scope) for person in people]
        done = set_attributes(project, targets, values, new_values=new_values)
        who = people[0].name if len(people) == 1 else f"{len(people)} people"
        say(f"{who}: " + ", ".join(f"{key}={text}" for key, text in done.values.items()))
        for doubt in done.doubts:
            complain(doubt)
        apart = len(hidden(project, targets, done.values))
        if apart:
            complain(
                f"in {apart} transcript{'s' * (apart > 1)} something else is said, which wins "
                "there; --document changes it"
            )


def import_(
    path: ProjectPath,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A table (.csv, .tsv, .xlsx, .ods) with name or label, if need be document, and "
            "any attributes.",
            readable=False,
        ),
    ],
    *,
    sheet: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The sheet to read, if not the first that is such."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and stop.")
    ] = False,
    clear: Annotated[
        bool,
        typer.Option("--clear", help="An empty cell takes the value away; else it says nothing."),
    ] = False,
    new_values: NewValues = False,
    json: Json = False,
    coder: Coder = None,
) -> None:
    """Read people and their attributes from a table, and list what changed.

    Rows that fit nobody are listed, and the others taken (exit code 3). If a value does not fit
    its attribute, nothing is taken (exit code 1).
    """
    from commonplace.workflows.attach_participants import attach_file

    of_workbook(sheet, file, "--sheet")
    with opened(path, coder) as project:
        attached = attach_file(
            project,
            file,
            group=project.new_group(),
            clear=clear,
            new_values=new_values,
            dry_run=dry_run,
            sheet=sheet,
        )
    if attached.others:
        others = ", ".join(attached.others)
        complain(f"{file}: read from its sheet '{attached.sheet}'; --sheet reads another: {others}")
    if json or attached.changes:
        show(_changes(attached), json=json)
    _conclude(attached, str(file), dry_run=dry_run)


def _changes(attached: Attached) -> Table:
    from commonplace.domain.table import Column, Table

    columns = ("document", "speaker", "name", "attribute", "before", "after")
    return Table("changes", tuple(map(Column, columns)), lambda: attached.changes)


def _conclude(attached: Attached, file: str, *, dry_run: bool) -> None:
    for problem in (*attached.problems, *attached.doubts):
        complain(f"{file}: {problem}")
    if attached.empty:
        say(f"{attached.empty} empty cells say nothing; --clear takes the values away")
    if attached.refused or not attached.people:
        finish(1)
    would = "would be changed" if dry_run else "were changed"
    say(
        f"{attached.people} people behind {attached.speakers} labels; "
        f"{len(attached.changes)} values {would}"
    )
    if attached.problems:
        finish(3)


def join(path: ProjectPath, name: Name, others: Names, coder: Coder = None) -> None:
    """Make people one: the others become the first, in all their transcripts.

    Where they differ, what was known of another holds in that one's transcripts. `apart` or
    `history --undo` takes them apart again.
    """
    with opened(path, coder) as project:
        person = project.people.find(name)
        found = {p.id: p for p in map(project.people.find, others) if p.id != person.id}
        if not found:
            raise ValueError(f"these are one person already: {person.name}")
        lost = project.people.join(person.id, found)
        say(f"{', '.join(p.name for p in found.values())}: now {person.name}")
        if lost:
            complain(
                f"not kept, since both speak in the same transcript: {', '.join(lost)}; "
                "`history` lists what can be undone"
            )


def apart(
    path: ProjectPath,
    label: Annotated[str, typer.Argument(metavar="TRANSCRIPT:LABEL", help="A label of a person.")],
    name: Annotated[
        str, typer.Option(metavar="NAME", help="What to call them (default: the label).")
    ] = "",
    coder: Coder = None,
) -> None:
    """Make a person of their own of a label that is not whose it was taken for."""
    with opened(path, coder) as project:
        heard = project.people.label(label)
        was = project.people.name(heard.person)
        project.people.take_apart(heard.speaker, name)
        say(f"{name or heard.label}: a person of their own, no longer {was}")


def rename(
    path: ProjectPath,
    name: Name,
    new: Annotated[str, typer.Argument(metavar="NEW", help="The name or pseudonym from now on.")],
    coder: Coder = None,
) -> None:
    """Give a person another name; labels in transcripts stay as they are."""
    with opened(path, coder) as project:
        person = project.people.find(name)
        project.people.rename(person.id, new)
        say(f"{person.name} is now {new}")


def erase(path: ProjectPath, names: Names, yes: Yes = False, coder: Coder = None) -> None:
    """Erase people and every trace of their words for good.

    This cannot be undone. Transcripts in which nobody else is interviewed go whole; in others
    their turns are covered. Files in the same folder that still hold them are listed.
    """
    from commonplace.workflows.erase import Erased, erase_person

    with opened(path, coder) as project:
        people = {person.id: person for person in map(project.people.find, names)}
        listed = ", ".join(person.name for person in people.values())
        confirm(f"Erase {listed} and all they said for good? This cannot be undone.", yes)
        erased = Erased()
        for person in people:
            erased.add(erase_person(project, person))
    say(f"erased {listed}")
    report_left(erased)


def _names_and_values(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """What stands before the first KEY=VALUE, and these."""
    first = next((place for place, word in enumerate(words) if "=" in word), len(words))
    values = {}
    for word in words[first:]:
        key, equals, text = word.partition("=")
        if not equals or not key.strip():
            raise typer.BadParameter(f"'{word}': write it as nation=Wales", param_hint="KEY=VALUE")
        values[key.strip()] = text.strip()
    if not values:
        raise typer.BadParameter("say what to set: nation=Wales", param_hint="KEY=VALUE")
    return words[:first], values
