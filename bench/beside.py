"""The interface while the worker works: how long keys take, and how long a write has to wait.

By the clock, for waiting costs no CPU. Keys are pressed in turns with the worker at work and with
it halted, so that both share whatever else the machine does: the ratio is the worker's. Writes wait
for a process that does nothing but write suggestions, at the worker's priority and in its way:
`python -m bench.beside PROJECT` is that process.
"""

from __future__ import annotations

import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from bench.interface import DOWN, TO_START, UP, ours
from bench.measure import Figure, quantile
from bench.prepare import CODER, Prepared, Workshop
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from commonplace.suggest.engine import BALANCE
from commonplace.suggest.worker import NICENESS, PAUSE_SECONDS

ROUNDS = 15
KEYS = 30
"""A round, with the worker at work and as many with it halted."""
QUIET = 0.05
"""Seconds without a byte after which a key is taken to be answered."""
AT_WORK = 2.0
"""CPU milliseconds that the worker takes while a key is answered, at least, to count as working."""

WRITES = 400
SUGGESTED = 600
"""Suggestions to a transcript."""


def figures(workshop: Workshop, size: str) -> Iterator[Figure]:
    """Keys and writes beside the worker, in a project of some 12,000 segments and 36 codes."""
    tiny = size == "XS"
    prepared = workshop.prepared("XS" if tiny else "S")
    yield from _writes(prepared)
    yield from _keys(prepared, *((1, 3) if tiny else (ROUNDS, KEYS)))


# Writing


def _writes(prepared: Prepared) -> Iterator[Figure]:
    with Project.open(prepared.project, coder=CODER) as project:
        alone = _waits(project)
        with _writing(prepared.project) as worker:
            beside = _waits(project)
            if worker.poll() is not None:
                raise RuntimeError("the process that writes suggestions ended")
    note = (
        f"longest of {len(beside)} by the clock, beside suggestions written without end; "
        f"p99 {quantile(beside, 0.99):.1f} ms; limit: nobody else writes"
    )
    yield Figure("wait for the worker to write", max(beside), max(alone), at_most=50,
                 absolute=True, note=note)  # fmt: skip


def _waits(project: Project) -> list[float]:
    """Milliseconds that transactions of another program waited until they could begin."""
    chance = random.Random(WRITES)
    waits = []
    for number in range(WRITES):
        time.sleep(chance.random() * 0.02)
        asked = time.perf_counter()
        project.connection.execute("BEGIN IMMEDIATE")
        waits.append((time.perf_counter() - asked) * 1000)
        project.connection.execute(
            "INSERT OR REPLACE INTO project VALUES ('bench', ?)", (str(number),)
        )
        project.connection.execute("COMMIT")
    return waits


@contextmanager
def _writing(project: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that writes suggestions, once it does."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.beside", str(project)],
        cwd=Path(__file__).resolve().parents[1], stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def main(arguments: list[str]) -> None:
    """Replaces all suggestions of a project by others, again and again."""
    os.nice(NICENESS)
    with Project.open(Path(arguments[0]), coder=CODER) as project:
        project.hurry()
        codes = [code.id for code in project.codes.codebook().codes]
        documents = [document.id for document in project.documents.all()]
        print("writing", flush=True)
        for start in cycle((0, 1)):
            for document in documents:
                project.suggestions.replace(document, _suggested(document, codes, start))


def _suggested(document: str, codes: list[str], start: int) -> list[Suggestion]:
    reasons = ("damp", "mould and cold", "the landlord")
    return [
        Suggestion(document, Span(7 * n + start, 7 * n + 80), codes[n % len(codes)], 0.5, reasons)
        for n in range(SUGGESTED)
    ]


# Keys


def _keys(prepared: Prepared, rounds: int, count: int) -> Iterator[Figure]:
    """`↑` `↓` in the first transcript. The worker is given cause to learn anew all the time."""
    walls: dict[bool, list[list[float]]] = {True: [], False: []}
    balances = cycle(("4", "1"))
    with (
        Project.open(prepared.project, coder=CODER) as project,
        ours(prepared, coder=CODER) as terminal,
    ):
        terminal.wait_for("turn 1 of")
        terminal.rest()
        (worker,) = terminal.children()
        terminal.press(TO_START)
        for _ in range(rounds):
            for working in (True, False):
                walls[working].append([])
                keys = cycle((DOWN,) * 10 + (UP,) * 10)
                os.kill(worker, signal.SIGCONT if working else signal.SIGSTOP)
                while len(walls[working][-1]) < count:
                    before = _cpu(worker)
                    press = terminal.press(next(keys), quiet=QUIET)
                    if (_cpu(worker) - before >= AT_WORK) is working:
                        walls[working][-1].append(press.wall)
                    elif working:
                        project.set_fact(BALANCE, next(balances))
                        time.sleep(2 * PAUSE_SECONDS)
        os.kill(worker, signal.SIGCONT)
    both = [
        [statistics.median(quantile(r, share) for r in found) for found in walls.values()]
        for share in (0.5, 0.95)
    ]
    note = f"by the clock; limit: the worker halted; medians of {rounds} rounds of {count} keys"
    yield Figure("↑ ↓ while the worker learns", *both[0], note=note)
    yield Figure("↑ ↓ while the worker learns, p95", *both[1], at_most=1.7, note=note)


def _cpu(pid: int) -> float:
    """CPU milliseconds of a process, see `Terminal.cpu`."""
    return time.clock_gettime((~pid << 3) | 2) * 1000


if __name__ == "__main__":
    main(sys.argv[1:])
