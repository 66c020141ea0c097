"""A workload as files, as a project of ours, and as the limit's database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench import limit
from bench.workload import SIZES, Interview, Size, codebook, interviews
from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.workflows.import_transcripts import import_transcripts
from commonplace.workflows.reading import Reading

CODER = "Amira"


@dataclass(slots=True)
class Prepared:
    """Where things lie. Both databases hold all transcripts and all codings."""

    size: Size
    folder: Path
    interviews: list[Interview]
    files: list[Path]
    project: Path
    limit: Path


def prepare(size: Size, folder: Path) -> Prepared:
    """Writes the workload of a size into `folder`, in all three forms."""
    made = list(interviews(size))
    texts = folder / "texts"
    texts.mkdir(parents=True)
    files = [texts / interview.name for interview in made]
    for file, interview in zip(files, made, strict=True):
        file.write_text(interview.text, encoding="utf-8", newline="\n")
    prepared = Prepared(size, folder, made, files, folder / "ours.commonplace", folder / "limit.db")
    with new_project(prepared.project) as project:
        take_in(project, files)
        code(project, our_codings(project, made))
    connection = limit.connect(prepared.limit)
    limit.take_in(connection, files)
    limit.code(connection, limit_codings(made))
    connection.close()
    return prepared


class Workshop:
    """A folder in which workloads are prepared when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._there: dict[str, Prepared] = {}

    def prepared(self, name: str) -> Prepared:
        """The workload of that name in `SIZES`."""
        if name not in self._there:
            self._there[name] = prepare(SIZES[name], self.folder / name)
        return self._there[name]


def new_project(path: Path) -> Project:
    """An empty project with the codebook of the workload."""
    project = Project.create(path, coder=CODER)
    project.codes.load(codebook())
    return project


def take_in(project: Project, files: list[Path]) -> None:
    """Imports files as the command and the interface do. Raises `RuntimeError` when refused."""
    for result in import_transcripts(project, files, Reading(), group=project.new_group()):
        if result.outcome != "imported":
            raise RuntimeError(f"{result.file}: {result.outcome}: {' '.join(result.notes)}")


OurCodings = list[tuple[str, list[tuple[Span, str]]]]
"""By transcript id: spans and code ids."""


def our_codings(project: Project, made: list[Interview]) -> OurCodings:
    """The codings of a workload as our own interface takes them."""
    ids = {info.name: info.id for info in project.documents.all()}
    return [
        (ids[i.name], [(Span(start, end), applied) for start, end, applied in i.codings])
        for i in made
    ]


def code(project: Project, codings: OurCodings) -> None:
    """Applies codings to many transcripts as one batch."""
    with project.transaction("applied the codings of the workload"):
        for document, spans in codings:
            project.codings.add_many(document, spans)


def limit_codings(made: list[Interview]) -> list[limit.Coding]:
    """The codings of a workload as the limit takes them."""
    numbers = {entry.id: number for number, entry in enumerate(codebook().codes)}
    return [
        (document, start, end, numbers[applied])
        for document, interview in enumerate(made, 1)
        for start, end, applied in interview.codings
    ]


def codes_above() -> dict[int, int]:
    """The number of the code that each code stands under, as the limit numbers them."""
    entries = codebook().codes
    numbers = {entry.id: number for number, entry in enumerate(entries)}
    return {numbers[e.id]: numbers[e.parent] for e in entries if e.parent is not None}
