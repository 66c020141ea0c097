"""pseudonyms: what stands for names in whatever leaves the project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonplace.cli.groups import Verb, add, add_verbs
from commonplace.cli.opening import opened
from commonplace.cli.options import Json, ProjectPath
from commonplace.cli.output import say, show

if TYPE_CHECKING:
    from commonplace.domain.pseudonyms import Pseudonyms
    from commonplace.domain.table import Table

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="CSV: name, pseudonym, kind.", readable=False)
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    verbs = add_verbs(
        app,
        "pseudonyms",
        "Replace names in whatever leaves the project; list, add, remove, suggest.",
        "commonplace pseudonyms study.commonplace suggest",
        "commonplace pseudonyms study.commonplace add Wrexham '[a town in Wales]'",
        "commonplace pseudonyms study.commonplace",
    )
    add(verbs, "list", list_, cls=Verb)
    add(
        verbs,
        "add",
        add_,
        "commonplace pseudonyms study.commonplace add 'Sue Brown' 'Anna Green'",
        "commonplace pseudonyms study.commonplace add Wrexham '[a town]' --kind place",
        cls=Verb,
    )
    add(
        verbs,
        "remove",
        remove,
        "commonplace pseudonyms study.commonplace remove Wrexham",
        cls=Verb,
    )
    add(
        verbs,
        "suggest",
        suggest,
        "commonplace pseudonyms study.commonplace suggest",
        "commonplace pseudonyms study.commonplace suggest --kind phone --kind email --add",
        cls=Verb,
    )
    add(
        verbs,
        "import",
        import_,
        "commonplace pseudonyms study.commonplace import key.csv",
        cls=Verb,
    )
    add(
        verbs,
        "export",
        export,
        "commonplace pseudonyms study.commonplace export key.csv",
        cls=Verb,
    )


def list_(path: ProjectPath, json: Json = False) -> None:
    """List names and what stands for them.

    They are kept beside the project, in NAME.pseudonyms.csv, readable by you alone; the project
    opens without it. Whoever has that file can tell who is who.
    """
    from commonplace.workflows import pseudonym_key

    with opened(path):
        show(_table(pseudonym_key.load(path), pseudonym_key.key_path(path)), json=json)


def add_(
    path: ProjectPath,
    name: Annotated[str, typer.Argument(metavar="NAME", help="As it is said.")],
    pseudonym: Annotated[str, typer.Argument(metavar="PSEUDONYM", help="What stands for it.")],
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="A word for what it is: person, place, …")
    ] = "",
) -> None:
    """Add a name, or give one another pseudonym."""
    from commonplace.domain.pseudonyms import Replacement
    from commonplace.workflows import pseudonym_key

    with opened(path):
        kept = pseudonym_key.load(path).with_([Replacement(name.strip(), pseudonym.strip(), kind)])
        where = pseudonym_key.save(path, kept)
    say(f"{len(kept)} in {where}")


def remove(
    path: ProjectPath,
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="As they are listed.")],
) -> None:
    """Take names out of the list."""
    from commonplace.workflows import pseudonym_key

    with opened(path):
        kept = pseudonym_key.load(path)
        for name in names:
            if name not in kept:
                raise ValueError(
                    f"'{name}' is not in {pseudonym_key.key_path(path)}: `pseudonyms {path}` lists "
                    "what is"
                )
            kept = kept.without(name)
        pseudonym_key.save(path, kept)
    say(f"removed; {len(kept)} are left")


def suggest(
    path: ProjectPath,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="Only phone, email, postcode, 'date of birth', number, profile, person, place or "
            "name; repeatable.",
            show_default=False,
        ),
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="Add all that are listed.")] = False,
    json: Json = False,
) -> None:
    """Suggest what to replace: what is said and may tell who somebody is.

    Capitalised names, places, labels, phone numbers, emails, postcodes, dates of birth, and
    profiles online. A trained spaCy pipeline is asked as well, if you have installed one.
    """
    from commonplace.analysis.identifiers import suggested
    from commonplace.domain.identifiers import Kind
    from commonplace.domain.pseudonyms import Replacement
    from commonplace.domain.table import Table
    from commonplace.suggest.entities import finder
    from commonplace.workflows import pseudonym_key

    unknown = sorted(set(kind or ()) - set(Kind))
    if unknown:
        raise typer.BadParameter(
            f"'{unknown[0]}' is none of {', '.join(Kind)}", param_hint="--kind"
        )
    with opened(path) as project:
        key = pseudonym_key.load(path)
        table = suggested(project, key, more=finder(), kinds=kind or ())
        rows = list(table)
        show(Table(table.name, table.columns, lambda: rows, table.note, table.brief), json=json)
        if add:
            new = [Replacement(str(row[1]), str(row[2]), str(row[0])) for row in rows]
            kept = key.with_(new)
            say(f"{len(kept)} in {pseudonym_key.save(path, kept)}")


def import_(path: ProjectPath, file: File) -> None:
    """Add the names of a CSV file: columns name, pseudonym, and kind if you like."""
    from commonplace.workflows import pseudonym_key

    with opened(path):
        kept = pseudonym_key.load(path).with_(pseudonym_key.read(file))
        where = pseudonym_key.save(path, kept)
    say(f"{len(kept)} in {where}")


def export(path: ProjectPath, file: File) -> None:
    """Write the list to a CSV file, readable by you alone."""
    from commonplace.workflows import pseudonym_key

    with opened(path):
        pseudonym_key.write(file, pseudonym_key.load(path))
    say(f"wrote {file}: it tells who is who")


def _table(key: Pseudonyms, path: Path) -> Table:
    from commonplace.domain.table import Column, Table

    rows = sorted(key, key=lambda each: each.key)
    note = f"Kept in {path}; applied to every export." if len(key) else "There are none yet."
    return Table(
        "pseudonyms",
        (Column("name"), Column("pseudonym"), Column("kind")),
        lambda: ((each.name, each.pseudonym, each.kind) for each in rows),
        note,
    )
