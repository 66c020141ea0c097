"""The project file: taking transcripts in, coding, opening."""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from bench import limit, prepare
from bench.measure import Figure, cpu, in_turns
from bench.prepare import Prepared, Workshop
from bench.workload import codebook
from commonplace.domain.span import Span
from commonplace.project import Project

ROUNDS = 5
SINGLE = 100
"""Codings made one by one."""


def figures(workshop: Workshop, size: str) -> Iterator[Figure]:
    """All figures on the project file."""
    prepared = workshop.prepared(size)
    folder = prepared.folder / "storage"
    folder.mkdir()
    yield _import(prepared, folder)
    yield _many_codings(prepared, folder)
    yield _one_coding(prepared, folder)
    yield _synchronised(prepared, folder)
    yield _open(prepared)
    shutil.rmtree(folder)


def _import(prepared: Prepared, folder: Path) -> Figure:
    numbers = count()

    def ours() -> Callable[[], object]:
        project = prepare.new_project(folder / f"import-{next(numbers)}.commonplace")
        return lambda: prepare.take_in(project, prepared.files)

    def bare() -> Callable[[], object]:
        connection = limit.connect(folder / f"import-{next(numbers)}.db")
        return lambda: limit.take_in(connection, prepared.files)

    mine, least = in_turns(ours, bare, ROUNDS)
    note = f"{len(prepared.files)} files: bytes to turns, words, FTS5, SHA-256"
    return Figure("import", mine, least, at_most=2, note=note)


def _many_codings(prepared: Prepared, folder: Path) -> Figure:
    bare_rows = prepare.limit_codings(prepared.interviews)
    project = Project.open(_copy(prepared.project, folder), coder=prepare.CODER)
    connection = sqlite3.connect(_copy(prepared.limit, folder), isolation_level=None)
    our_rows = prepare.our_codings(project, prepared.interviews)

    def ours() -> Callable[[], object]:
        project.connection.execute("DELETE FROM codings")
        return lambda: prepare.code(project, our_rows)

    def bare() -> Callable[[], object]:
        connection.execute("DELETE FROM codings")
        return lambda: limit.code(connection, bare_rows)

    mine, least = in_turns(ours, bare, ROUNDS)
    project.close()
    connection.close()
    note = f"{len(bare_rows):,} in one batch, with anchors, identities and journal"
    return Figure("many codings", mine, least, at_most=5, note=note)


def _singles(prepared: Prepared) -> list[tuple[Span, str]]:
    """Spans that are not coded yet, over the whole of the first transcript, with codes."""
    codes = [entry.id for entry in codebook().codes]
    step = len(prepared.interviews[0].text) // (SINGLE + 1)
    return [
        (Span(n * step, n * step + 2 + n % 3), codes[n % len(codes)]) for n in range(1, SINGLE + 1)
    ]


def _one_coding(prepared: Prepared, folder: Path) -> Figure:
    project = Project.open(_copy(prepared.project, folder), coder=prepare.CODER)
    connection = sqlite3.connect(_copy(prepared.limit, folder), isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    document = project.documents.find(prepared.interviews[0].name).id
    mine, least = [], []
    for span, applied in _singles(prepared):
        mine.append(cpu(lambda s=span, c=applied: project.codings.add(document, s, c)))
        row = (1, span.start, span.end, 7)
        least.append(cpu(lambda r=row: limit.code_one(connection, r)))
    project.close()
    connection.close()
    note = f"median of {SINGLE}, durable; without repaint"
    figures = statistics.median(mine), statistics.median(least)
    return Figure("one coding", *figures, at_most=5, absolute=True, note=note)


def _synchronised(prepared: Prepared, folder: Path) -> Figure:
    """Counted by strace in a process of its own: for few codings and for more, the difference."""
    what = "one coding, fsyncs"
    if shutil.which("strace") is None:
        return Figure(what, float("nan"), unit="", note="not counted: strace is not installed")
    few, many = (_fsyncs(prepared, folder, number) for number in (1, 21))
    return Figure(what, (many - few) / 20, 1, unit="", at_most=1, note="counted by strace")


_CODE = """
import sys
from pathlib import Path
from commonplace.domain.span import Span
from commonplace.project import Project
path, name, code, number = sys.argv[1:]
with Project.open(Path(path), coder="Amira") as project:
    document = project.documents.find(name).id
    for place in range(int(number)):
        project.codings.add(document, Span(place * 50, place * 50 + 40), code)
"""


def _fsyncs(prepared: Prepared, folder: Path, number: int) -> int:
    path, log = _copy(prepared.project, folder), folder / "strace"
    program = [sys.executable, "-c", _CODE, str(path), prepared.interviews[0].name]
    subprocess.run(
        ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(log), *program,
         codebook().codes[0].id, str(number)],
        check=True,
    )  # fmt: skip
    return sum("sync(" in line for line in log.read_text().splitlines())


def _open(prepared: Prepared) -> Figure:
    project = Project.open(prepared.project)
    connection = sqlite3.connect(prepared.limit)
    name = prepared.interviews[-1].name

    def ours() -> None:
        document = project.documents.find(name).id
        for _ in project.documents.pieces(document):
            pass
        project.documents.turns(document)
        project.codings.of_document(document)

    number = len(prepared.interviews)
    mine, least = in_turns(
        lambda: ours, lambda: lambda: limit.open_document(connection, number), 21
    )
    project.close()
    connection.close()
    words = f"{prepared.size.words:,} words, {prepared.size.codings:,} codings"
    return Figure("open, data only", mine, least, note=f"{words}: text, turns, codings as objects")


def _copy(path: Path, folder: Path) -> Path:
    target = folder / path.name
    shutil.copy(path, target)
    return target
