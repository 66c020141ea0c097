"""documents and turns: the transcripts of a project."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from commonplace.cli.groups import Verb, add, add_verbs, finish
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, DocumentName, Json, ProjectPath
from commonplace.cli.output import complain, say, show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commonplace.project import DocumentInfo, Project
    from commonplace.workflows.erase import Erased

Names = Annotated[
    list[str], typer.Argument(metavar="NAME", help="Transcripts, by name or unique stem.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    documents = add_verbs(
        app,
        "documents",
        "List transcripts; mark them done, remove or erase them.",
        "commonplace documents study.commonplace",
        "commonplace documents study.commonplace done P01 P02",
        "commonplace documents study.commonplace erase P07.txt",
    )
    add(documents, "list", list_, cls=Verb)
    add(documents, "done", done, "commonplace documents study.commonplace done P01", cls=Verb)
    add(documents, "remove", remove, "commonplace documents study.commonplace remove P01", cls=Verb)
    add(
        documents,
        "erase",
        erase,
        "commonplace documents study.commonplace erase P01 --yes",
        cls=Verb,
    )
    add(app, "turns", turns, "commonplace turns study.commonplace P01 --json")


def list_(path: ProjectPath, json: Json = False) -> None:
    """List transcripts with speakers, words and coded share."""
    from commonplace.analysis.documents import documents

    with opened(path) as project:
        show(documents(project), json=json)


def done(path: ProjectPath, names: Names, coder: Coder = None) -> None:
    """Mark transcripts as read to the end."""
    with opened(path, coder) as project:
        found = _found(project, names)
        with project.transaction(f"marked {_listed(found)} as done"):
            for document in found:
                project.documents.set_done(document.id)
        say(f"{_listed(found)}: read to the end by {project.coder}")


def remove(path: ProjectPath, names: Names, coder: Coder = None) -> None:
    """Take transcripts out, with all their codings.

    `history --undo` brings them back.
    """
    with opened(path, coder) as project:
        found = _found(project, names)
        with project.transaction(f"removed {_listed(found)}"):
            for document in found:
                project.documents.remove(document.id)
        say(f"removed {_listed(found)}; `commonplace history {path}` can undo it")


def erase(path: ProjectPath, names: Names, yes: Yes = False, coder: Coder = None) -> None:
    """Erase transcripts and every trace of them for good.

    This cannot be undone. Files in the same folder that still hold them are listed.
    """
    from commonplace.workflows.erase import Erased, erase_document

    with opened(path, coder) as project:
        found = _found(project, names)
        confirm(f"Erase {_listed(found)} for good? This cannot be undone.", yes)
        erased = Erased()
        for document in found:
            erased.add(erase_document(project, document.id))
    say(f"erased {_listed(found)}")
    report_left(erased)


def turns(path: ProjectPath, document: DocumentName, json: Json = False) -> None:
    """List the turns of a transcript: who, where and when."""
    from commonplace.analysis.turns import turns

    with opened(path) as project:
        show(turns(project, document), json=json)


def confirm(question: str, yes: bool) -> None:
    """Asks before what cannot be undone. Without a terminal, only `--yes` will do."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise typer.BadParameter("nobody is here to confirm it; add --yes", param_hint="--yes")
    if not typer.confirm(question, err=True):
        complain("nothing was erased")
        finish(1)


def report_left(erased: Erased) -> None:
    """Tells of names that went out of the key or are still there, and of files that still hold
    what was erased."""
    if erased.names_gone:
        say(f"out of the key of pseudonyms: {', '.join(erased.names_gone)}")
    if erased.names_left:
        complain(
            f"the key still has {', '.join(erased.names_left)}, which nobody says any more: "
            "`pseudonyms PROJECT remove NAME` takes them out"
        )
    if erased.names_said:
        complain(
            f"others still say {', '.join(erased.names_said)} in transcripts that stay: replace it "
            "there with `amend`, or keep a pseudonym for it"
        )
    for copy in erased.copies:
        complain(f"still in {copy}: delete that copy too")


def _found(project: Project, names: list[str]) -> list[DocumentInfo]:
    """The transcripts of these names, each once. Raises `NotFoundError` before any is touched."""
    return list({info.id: info for info in map(project.documents.find, names)}.values())


def _listed(found: Iterable[DocumentInfo]) -> str:
    return ", ".join(info.name for info in found)
