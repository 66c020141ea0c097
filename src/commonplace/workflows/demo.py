"""A project to try things out on, made of the sample interviews."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from commonplace.workflows.attach_participants import attach_participants
from commonplace.workflows.import_transcripts import Outcome, import_transcripts
from commonplace.workflows.reading import Reading
from commonplace.workflows.sample import sample_folder

if TYPE_CHECKING:
    from commonplace.domain.span import Span
    from commonplace.project import Project

NAME = "demo.commonplace"
FIRST_CODER = "Amira"
"""Imports everything, so that a user's own history begins empty."""

REPORT = "Nine made-up interviews"
"""Title of the demo's report."""

_TABLES = frozenset({"participants.csv", "codings.csv", "done.csv", "survey.csv"})

Progress = Callable[[str, int, int], None]


class DemoError(ValueError):
    """The samples do not fit together; says what does not."""


def make_demo(folder: Path, progress: Progress | None = None) -> tuple[Path, bool]:
    """The demo project in `folder`, and whether it was made now.

    One that is there already is left as it is, for somebody may have worked in it. Suggestions
    are those for whoever runs this, not for the coders of the samples. `progress` hears what is
    being done, how far it is, and of how much. The project appears whole or not at all. Raises
    `ProjectError`, `DemoError`, or `SuggestError` when no suggestions could be made (the project
    is there then).
    """
    path = folder / NAME
    if path.exists():
        return path, False
    from commonplace.project.appearing import appear

    tell = progress or _nobody
    building = folder / f".demo-{os.getpid()}.commonplace"
    try:
        _build(building, tell)
        with suppress(FileExistsError):  # made by somebody else meanwhile: theirs is as good
            appear(building, path)
    finally:
        building.unlink(missing_ok=True)
    from commonplace.project import Project
    from commonplace.suggest.client import run_once

    with Project.open(path) as project:
        user = project.coder
    run_once(path, lambda done, total: tell("suggestions", done, total), coder=user)
    return path, True


def _nobody(step: str, done: int, total: int) -> None:
    """Nobody listens."""


def _build(path: Path, tell: Progress) -> None:
    from commonplace import codebooks
    from commonplace.project import Project

    samples = sample_folder()
    with Project.create(path, name="Demo", coder=FIRST_CODER) as project:
        project.codes.load(codebooks.builtin())
        _import(project, samples, tell)
    rows = _rows(samples / "codings.csv")
    for coder in dict.fromkeys(row["coder"] for row in rows):
        with Project.open(path, coder=coder) as project:
            _code(project, [row for row in rows if row["coder"] == coder], tell)
            for row in _rows(samples / "done.csv"):
                if row["coder"] == coder:
                    project.documents.set_done(project.documents.find(row["document"]).id)


def _import(project: Project, samples: Path, tell: Progress) -> None:
    from commonplace.readers import read_participants

    files = sorted(p for p in samples.iterdir() if p.name not in _TABLES | {"README.md"})
    group = project.new_group()
    for number, result in enumerate(import_transcripts(project, files, Reading(), group=group), 1):
        if result.outcome is not Outcome.IMPORTED:
            raise DemoError(f"{result.file}: {'; '.join(result.notes)}")
        tell("interviews", number, len(files))
    people = read_participants(samples / "participants.csv").rows
    attached = attach_participants(project, people, group=group)
    if attached.problems:
        raise DemoError("participants.csv: " + "; ".join(attached.problems))


def _code(project: Project, rows: list[dict[str, str]], tell: Progress) -> None:
    """Applies the codings of one coder, transcript by transcript."""
    from commonplace.domain.coding import Origin

    done = 0
    for document in dict.fromkeys(row["document"] for row in rows):
        info = project.documents.find(document)
        text = project.documents.text(info.id)
        mine = [row for row in rows if row["document"] == document]
        codings = [(_place(text, row), project.codes.find(row["code"]).id) for row in mine]
        project.codings.add_many(info.id, codings, origin=Origin.MANUAL)
        done += len(mine)
        tell(f"codings by {project.coder}", done, len(rows))


def _place(text: str, row: dict[str, str]) -> Span:
    """Where the quoted words stand; `occurrence` counts from 1."""
    from commonplace.domain.span import Span

    quote, start = row["quote"], -1
    for _ in range(int(row["occurrence"])):
        start = text.find(quote, start + 1)
        if start < 0:
            raise DemoError(f"codings.csv: not found in {row['document']}: “{quote[:60]}”")
    return Span(start, start + len(quote))


def _rows(path: Path) -> list[dict[str, str]]:
    def read() -> Iterator[dict[str, str]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)

    return list(read())


def write_demo_tables(project: Project) -> list[Path]:
    """Writes quotes, theme frequencies and a report of a project beside it; returns the files."""
    from commonplace import exports
    from commonplace.analysis.quotes import quotes
    from commonplace.analysis.themes import themes
    from commonplace.readers.survey import read_survey
    from commonplace.workflows.pseudonymised import pseudonymised
    from commonplace.workflows.report import Asked, ReportError, write_report

    written = []
    for table in (quotes(project), themes(project)):
        file = project.path.with_name(f"{project.path.stem}-{table.name}.csv")
        exports.write(pseudonymised(project.path, table), file)
        written.append(file)
    report = project.path.with_name(f"{project.path.stem}-report.html")
    with suppress(ReportError):  # somebody has taken nearly all interviews out of it
        survey = tuple(read_survey(sample_folder() / "survey.csv"))
        write_report(project, report, Asked(title=REPORT, survey=survey))
        written.append(report)
    return written
