"""amend: correcting a transcript that is coded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonplace.cli.groups import add, finish
from commonplace.cli.importing import DocumentColumn, Speakers
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, Json, Output, ProjectPath
from commonplace.cli.output import complain, say, show, tell

if TYPE_CHECKING:
    from commonplace.project import Project


def register(app: typer.Typer) -> None:
    """Adds the command."""
    add(
        app,
        "amend",
        amend,
        "commonplace amend study.commonplace P01 corrected/P01.docx --dry-run",
        "commonplace amend study.commonplace P01 corrected/P01.docx",
        "commonplace amend study.commonplace --unplaced",
        "commonplace amend study.commonplace --place 0b9d6c1e-6f0a-4c57-8a39-2f6f7a8b9c0d 120 184",
        "commonplace amend study.commonplace P01 --version 1 -o P01-first.txt",
        result=False,
        passages=True,
    )


def amend(
    path: ProjectPath,
    document: Annotated[
        str | None,
        typer.Argument(metavar="DOCUMENT", help="A transcript's name, or its unique stem."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="The corrected text, in any format.", readable=False),
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would become of everything, and stop.")
    ] = False,
    speakers: Annotated[
        Speakers, typer.Option(help="How turns are found, as for import.")
    ] = Speakers.AUTO,
    relabel: Annotated[
        bool,
        typer.Option(
            "--relabel",
            help="Let the speakers that are recognised now hold, also where the label is the "
            "same; turns that were set by hand stay.",
        ),
    ] = False,
    text_column: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Table: the column with what was said.")
    ] = None,
    document_column: DocumentColumn = None,
    unplaced: Annotated[
        bool, typer.Option("--unplaced", help="List what waits for a place, of DOCUMENT or all.")
    ] = False,
    place: Annotated[
        tuple[str, int, int] | None,
        typer.Option(
            metavar="ID START END",
            help="Say where something that waits stands: code points of the text.",
            show_default=False,
        ),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help="Let something that waits go; repeatable.", show_default=False
        ),
    ] = None,
    versions: Annotated[
        bool, typer.Option("--versions", help="List the versions of DOCUMENT.")
    ] = False,
    version: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="The text of this version of DOCUMENT."),
    ] = None,
    output: Output = None,
    json: Json = False,
    coder: Coder = None,
) -> None:
    """Correct a transcript that is coded: codings go with their words.

    The text of FILE takes the place of the old one; codings, memos, quotes, decisions and turns
    go where their words are, and the older version is kept. Those at other words, and those that
    could not be placed, are listed; the latter wait until each is placed or dropped (exit code
    3). One correction is one step for undo.
    """
    from commonplace.analysis import amendments as tables

    wanted = [file is not None, unplaced, place is not None, bool(drop), versions, bool(version)]
    if sum(wanted) != 1:
        raise typer.BadParameter(
            "name a transcript and a corrected file, or one of --unplaced, --place, --drop, "
            "--versions and --version"
        )
    with opened(path, coder) as project:
        if unplaced:
            show(tables.unplaced(project, document), json=json, output=output)
            return
        if place is not None:
            _place(project, *place)
            return
        if drop:
            _drop(project, drop)
            return
        if document is None:
            raise typer.BadParameter("name the transcript", param_hint="DOCUMENT")
        if versions:
            show(tables.versions(project, document), json=json, output=output)
            return
        if version is not None:
            _write_version(project, document, version, output)
            return
        assert file is not None
        from commonplace.readers import TableReading
        from commonplace.workflows.amend import amend
        from commonplace.workflows.reading import Reading

        columns = (text_column,) if text_column else ()
        table = TableReading(text=columns, document=document_column)
        reading = Reading(speakers=speakers.value, table=table)
        done = amend(project, document, file, reading, relabel=relabel, dry_run=dry_run)
        show(tables.amendment(project, done.amendment), json=json, output=output)
        for note in done.notes:
            say(f"{done.name}: {note}")
        waiting = [fate for fate in done.amendment.fates if fate.after is None]
        if waiting:
            would = "would wait" if dry_run else "wait"
            complain(
                f"{done.name}: {len(waiting)} {would} for a place: `commonplace amend {path} "
                "--unplaced` lists them"
            )
            finish(3)


def _place(project: Project, key: str, start: int, end: int) -> None:
    from commonplace.domain.span import Span

    if not 0 <= start < end:
        raise typer.BadParameter(f"a passage from {start} to {end} is empty", param_hint="--place")
    project.unplaced.place(key, Span(start, end))
    say(f"placed; {_left(project)}")


def _drop(project: Project, keys: list[str]) -> None:
    with project.transaction(f"dropped {len(keys)} that had lost their place"):
        for key in dict.fromkeys(keys):
            project.unplaced.drop(key)
    say(f"dropped; {_left(project)}")


def _left(project: Project) -> str:
    return f"{sum(project.unplaced.counts().values())} still wait for a place"


def _write_version(project: Project, document: str, version: int, output: Path | None) -> None:
    """Writes the text of a version to a file, or to standard output."""
    text = project.versions.text(project.documents.find(document).id, version)
    if output is None:
        tell(text)
        return
    from commonplace.exports.files import replacing

    with replacing(output.resolve()) as stream:
        stream.write(text)
    say(f"wrote {output}")
