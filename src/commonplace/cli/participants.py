"""participants: people and what is known of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonplace.cli.documents import Yes, confirm, report_copies
from commonplace.cli.groups import Verb, add, add_verbs
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, Json, ProjectPath
from commonplace.cli.output import say, show

if TYPE_CHECKING:
    from commonplace.domain.table import Row, Table
    from commonplace.project import Project


def register(app: typer.Typer) -> None:
    """Adds the command."""
    people = add_verbs(
        app,
        "participants",
        "List people and their attributes; set or erase them.",
        "commonplace participants study.commonplace",
        "commonplace participants study.commonplace set Kayleigh nation=Wales wave=2",
    )
    add(people, "list", list_, cls=Verb)
    add(
        people,
        "set",
        set_,
        "commonplace participants study.commonplace set Kayleigh nation=Wales",
        "commonplace participants study.commonplace set Kayleigh wave=2 --document P08",
        "commonplace participants study.commonplace set Kayleigh nation=",
        cls=Verb,
    )
    add(
        people,
        "erase",
        erase,
        "commonplace participants study.commonplace erase Kayleigh --yes",
        cls=Verb,
    )


def list_(path: ProjectPath, json: Json = False) -> None:
    """List people, the transcripts in which they speak, and their attributes there."""
    with opened(path) as project:
        show(_table(project), json=json)


def set_(
    path: ProjectPath,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A participant's name or id.")],
    values: Annotated[
        list[str],
        typer.Argument(metavar="KEY=VALUE", help="Attributes; nothing after = takes one away."),
    ],
    document: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="What holds in this transcript only, such as a wave."),
    ] = None,
    coder: Coder = None,
) -> None:
    """Set attributes of a person."""
    wanted = {}
    for value in values:
        key, equals, text = value.partition("=")
        if not equals or not key.strip():
            raise typer.BadParameter(f"'{value}': write it as nation=Wales", param_hint="KEY=VALUE")
        wanted[key.strip()] = text.strip()
    with opened(path, coder) as project:
        person = project.people.find(name)
        scope = project.documents.find(document).id if document is not None else None
        project.people.set_attributes(person.id, wanted, document=scope)
        say(f"{person.name}: " + ", ".join(f"{key}={text}" for key, text in wanted.items()))


def erase(
    path: ProjectPath,
    names: Annotated[
        list[str], typer.Argument(metavar="NAME", help="Participants, by name or id.")
    ],
    yes: Yes = False,
    coder: Coder = None,
) -> None:
    """Erase people and every trace of their words for good.

    This cannot be undone. Transcripts in which nobody else is interviewed go whole; in others
    their turns are covered. Files in the same folder that still hold them are listed.
    """
    from commonplace.workflows.erase import erase_person

    with opened(path, coder) as project:
        people = {person.id: person for person in map(project.people.find, names)}
        listed = ", ".join(person.name for person in people.values())
        confirm(f"Erase {listed} and all they said for good? This cannot be undone.", yes)
        held: dict[Path, None] = {}
        for person in people:
            held.update(dict.fromkeys(erase_person(project, person)))
    say(f"erased {listed}")
    report_copies(held)


def _table(project: Project) -> Table:
    """A row for each person and transcript in which they speak, with what holds there."""
    from commonplace.domain.table import Column, Table

    people = project.people.all()
    documents = {info.id: info.name for info in project.documents.all()}
    labels = {
        (speaker.person, document): speaker.label
        for document in documents
        for speaker in project.speakers.all(document)
    }
    names = sorted(
        {
            name
            for person in people
            for known in (person.attributes, *person.in_document.values())
            for name in known
        },
        key=_by_attribution,
    )
    rows: list[Row] = []
    for person in people:
        for document in project.people.documents_of(person.id) or [""]:
            known = person.attributes_in(document)
            label = labels.get((person.id, document))
            values = (known.get(name) for name in names)
            rows.append((person.id, person.name, documents.get(document), label, *values))
    columns = ("participant_id", "name", "document", "speaker", *names)
    return Table(
        "participants",
        tuple(Column(name) for name in columns),
        lambda: rows,
        brief=("name", "document", "speaker", *names),
    )


def _by_attribution(name: str) -> tuple[int, str]:
    """Those that an attribution names first, the others by alphabet."""
    from commonplace.domain.people import ATTRIBUTION_ORDER

    known = name in ATTRIBUTION_ORDER
    return (ATTRIBUTION_ORDER.index(name) if known else len(ATTRIBUTION_ORDER), name.casefold())
