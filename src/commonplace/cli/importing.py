"""import: transcripts into a project."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commonplace.cli.groups import Command, add, finish
from commonplace.cli.opening import opened
from commonplace.cli.options import Coder, Json, ProjectPath, of_workbook
from commonplace.cli.output import Counter, complain, counter, say, show, tell_json
from commonplace.exports.shown import visible

if TYPE_CHECKING:
    from commonplace.project import Project
    from commonplace.readers import ParticipantRow
    from commonplace.workflows.import_transcripts import Result


DocumentColumn = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Table: a transcript for each value of this column."),
]


def _label(help: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        metavar="LABEL", help=f"{help}; repeatable.", show_default=False
    )
    return option


class Speakers(StrEnum):
    """How turns are found."""

    AUTO = "auto"
    ALTERNATE = "alternate"
    NONE = "none"


class Again(StrEnum):
    """What becomes of a file that is there already under another name."""

    YES = "yes"
    NO = "no"
    ASK = "ask"


class Import(Command):
    """The command; its help names the formats that there are."""

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """The help, with the extensions of files where it says `FORMATS`."""
        from commonplace.readers import formats

        self.help = (self.help or "").replace("FORMATS", ", ".join(formats()))
        super().format_help_text(ctx, formatter)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    add(
        app,
        "import",
        import_,
        "commonplace import study.commonplace interviews/ --participants people.csv",
        "commonplace import study.commonplace old/*.txt --speakers alternate",
        "commonplace import study.commonplace interviews/ --dry-run --same 'Sue=Sue B.=SB'",
        "commonplace import study.commonplace survey.csv --text-column answer --codes-column codes",
        "commonplace import study.commonplace survey.xlsx --sheet Answers --text-column 'What "
        "helped?' --text-column 'What did not?'",
        cls=Import,
    )


def import_(
    path: ProjectPath,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH", help="Files, or folders with all below them.", readable=False
        ),
    ],
    *,
    speakers: Annotated[
        Speakers,
        typer.Option(
            help="How turns are found: by labels, else guessed (auto); by question and answer "
            "(alternate); not at all (none)."
        ),
    ] = Speakers.AUTO,
    participants: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Who the speakers are, a table (.csv, .tsv, .xlsx, .ods): columns name or label, "
            "if need be document, and any attributes.",
        ),
    ] = None,
    participants_sheet: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Its sheet to read, if not the first that is such."),
    ] = None,
    interviewer: Annotated[list[str] | None, _label("This label is an interviewer")] = None,
    not_interviewer: Annotated[list[str] | None, _label("This label is none")] = None,
    is_speaker: Annotated[list[str] | None, _label("This is a speaker's label")] = None,
    not_speaker: Annotated[
        list[str] | None, _label("This is none, but words of whoever speaks")
    ] = None,
    same: Annotated[
        list[str] | None,
        typer.Option(
            metavar="A=B=C",
            help="These labels are one person, who goes by the first; repeatable.",
            show_default=False,
        ),
    ] = None,
    forget_corrections: Annotated[
        bool,
        typer.Option(
            "--forget-corrections",
            help="Forget what was said of labels in earlier imports (the five options above), and "
            "of the columns of tables.",
        ),
    ] = False,
    text_column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN",
            help="Table: the column with what was said; repeatable, for several questions.",
            show_default=False,
        ),
    ] = None,
    document_per_question: Annotated[
        bool,
        typer.Option(
            "--document-per-question",
            help="Table with several such columns: a transcript for each question, not for each "
            "row.",
        ),
    ] = False,
    sheet: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Table: the sheet to read, if not the first that is one."
        ),
    ] = None,
    document_column: DocumentColumn = None,
    speaker_column: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Table: who says it.")
    ] = None,
    time_column: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Table: when it is said.")
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN", help="Table: not to be read; repeatable.", show_default=False
        ),
    ] = None,
    codes_column: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Table: codes applied to the row, to bring along."),
    ] = None,
    codes_separator: Annotated[
        str, typer.Option(metavar="TEXT", help="What stands between codes in that column.")
    ] = ";",
    again: Annotated[
        Again,
        typer.Option(
            help="A file that is there under another name: import it as well? Without a terminal, "
            "ask means no."
        ),
    ] = Again.ASK,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Read everything, show what was understood and would be done, and stop.",
        ),
    ] = False,
    json: Json = False,
    coder: Coder = None,
) -> None:
    """Import transcripts: files, folders, or tables of turns.

    Formats: FORMATS.

    What cannot be read is refused by name with the reason, and the rest is imported (exit code
    3). Interrupted, it keeps the files that were finished; the same command goes on with the
    others. What is said of labels, and of the columns of a table for others with the same sheets
    and columns, is remembered for later imports into this project.
    """
    from commonplace.cli.import_review import (
        as_records,
        conclude,
        in_words,
        outcomes,
        show_understood,
    )
    from commonplace.readers import Corrections, TableReading
    from commonplace.workflows.corrections import forget, remembered
    from commonplace.workflows.find_files import find_files
    from commonplace.workflows.import_transcripts import import_transcripts
    from commonplace.workflows.reading import Reading

    if not codes_separator:
        raise typer.BadParameter("it is empty", param_hint="--codes-separator")
    _check_sheet(participants_sheet, participants)
    reading = Reading(
        speakers=speakers.value,
        corrections=Corrections(
            speakers=tuple(is_speaker or ()),
            not_speakers=tuple(not_speaker or ()),
            interviewers=tuple(interviewer or ()),
            interviewees=tuple(not_interviewer or ()),
            same=tuple(map(_labels, same or ())),
        ),
        table=TableReading(
            text=tuple(text_column or ()),
            document=document_column,
            speaker=speaker_column,
            time=time_column,
            left_out=tuple(leave_out or ()),
            codes=codes_column,
            codes_separator=codes_separator,
            by_question=document_per_question,
            sheet=sheet,
        ),
    )
    results: list[Result] = []
    with opened(path, coder) as stored, _stage(stored, dry_run) as project:
        rows = _read_participants(participants, participants_sheet) if participants else None
        group = project.new_group()
        had = len(project.documents.all())
        but = [participants] if participants else ()
        if forget_corrections:
            forget(project, group=group)
        try:
            with counter() as count:
                asked = _ask(again, dry_run, count)
                found = import_transcripts(
                    project, files, reading, group=group, but=but, again=asked, show=dry_run
                )
                total = sum(1 for _ in find_files(files, but=but)) if sys.stderr.isatty() else 0
                for result in _counted(found, count, total):
                    results.append(result)
        except KeyboardInterrupt:
            if not dry_run:
                done = len(project.documents.all()) - had  # the last may be in, and not told yet
                kept = "1 transcript is" if done == 1 else f"{done} transcripts are"
                complain(
                    f"interrupted: {kept} imported and kept; the same command goes on with the "
                    "others"
                )
            finish(130)
        problems = []
        if rows is not None:
            from commonplace.workflows.attach_participants import attach_participants

            attached = attach_participants(project, rows, group=group)
            problems = [f"{participants}: {problem}" for problem in attached.problems]
            say(f"{attached.people} people behind {attached.speakers} labels")
        corrections = remembered(project)
    if not dry_run:
        show(outcomes(results), json=json)
    elif json:
        tell_json(as_records(results))
    else:
        show(outcomes(results))
        show_understood(results)
    if corrections:
        say(f"remembered for this project: {in_words(corrections)} (--forget-corrections drops it)")
    conclude(results, problems)


def _counted(found: Iterator[Result], count: Counter, total: int) -> Iterator[Result]:
    """The results, and on the way how many of the files are through."""
    done, last = 0, None
    for result in found:
        done += result.file != last
        last = result.file
        count("files", done, total)
        yield result


def _labels(given: str) -> tuple[str, ...]:
    """`Sue=Sue B.=SB` as labels."""
    labels = tuple(label.strip() for label in given.split("="))
    if len(labels) < 2 or not all(labels):
        raise typer.BadParameter(
            f"'{given}': write two labels or more with = between them, as in 'Sue=Sue B.=SB'",
            param_hint="--same",
        )
    return labels


def _ask(again: Again, dry_run: bool, count: Counter) -> Callable[[str, Sequence[str]], bool]:
    """How it is decided about copies: as given, or by asking whoever is at the terminal."""
    watched = sys.stdin.isatty() and sys.stderr.isatty()
    if again is not Again.ASK or dry_run or not watched:
        return lambda _name, _others: again is Again.YES

    def ask(name: str, others: Sequence[str]) -> bool:
        count.clear()
        there = visible(", ".join(others))
        question = f"{visible(name)} is the same file as {there}. Import it as well?"
        try:
            return typer.confirm(question, err=True)
        except typer.Abort:  # Ctrl-C or Ctrl-D: what is finished stays, and is told
            raise KeyboardInterrupt from None

    return ask


def _stage(project: Project, dry_run: bool) -> AbstractContextManager[Project]:
    """Where the import takes place: in the project, or in a copy that is thrown away."""
    if not dry_run:
        return nullcontext(project)
    from commonplace.workflows.rehearsal import rehearsal

    return rehearsal(project)


def _check_sheet(sheet: str | None, participants: Path | None) -> None:
    """A sheet of participants without a file of them, or of one without sheets, is wrong usage."""
    option = "--participants-sheet"
    if sheet is not None and participants is None:
        raise typer.BadParameter("it is one of --participants", param_hint=option)
    if participants is not None:
        of_workbook(sheet, participants, option)


def _read_participants(file: Path, sheet: str | None) -> Sequence[ParticipantRow]:
    from commonplace.readers import read_participants

    if not file.exists():
        raise ValueError(f"{file}: there is no such file; look at the name")
    read = read_participants(file, sheet=sheet)
    if read.others:
        complain(
            f"{file}: read from its sheet '{read.sheet}'; --participants-sheet reads another: "
            f"{', '.join(read.others)}"
        )
    return read.rows
