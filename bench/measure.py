"""Taking figures in turns, and telling them in a table."""

from __future__ import annotations

import gc
import os
import platform
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from bench.peers import BEST

Work = Callable[[], object]
Ready = Callable[[], Work]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    `ours` and `limit` are in `unit` (ms of CPU unless it says otherwise). `at_most` is the target
    for the ratio of the two, or for `ours` itself where `absolute`; None where there is none.
    """

    what: str
    ours: float
    limit: float | None = None
    unit: str = "ms"
    at_most: float | None = None
    absolute: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over the limit."""
        return self.ours / self.limit if self.limit else None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without one."""
        value = self.ours if self.absolute else self.ratio
        return None if self.at_most is None or value is None else value <= self.at_most

    @property
    def target(self) -> str:
        """The target in words."""
        if self.at_most is None:
            return ""
        return f"≤ {self.at_most:g} {self.unit if self.absolute else '×'}"

    def record(self) -> dict[str, object]:
        """For JSON."""
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


@contextmanager
def no_collection() -> Iterator[None]:
    """Keeps the garbage collector from falling into one of two figures by chance."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def cpu(work: Work) -> float:
    """CPU milliseconds of this process, all its threads, while `work` runs."""
    with no_collection():
        begin = time.process_time()
        work()
        return (time.process_time() - begin) * 1000


def in_turns(ours: Ready, limit: Ready, rounds: int = 7) -> tuple[float, float]:
    """Median CPU milliseconds of two pieces of work, run in turns so that both share a load.

    Each is made ready first, off the clock: a function that returns the work.
    """
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for ready, times in zip((ours, limit), taken, strict=True):
            times.append(cpu(ready()))
    return statistics.median(taken[0]), statistics.median(taken[1])


def quantile(values: list[float], share: float) -> float:
    """The value below which `share` of `values` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def machine() -> str:
    """What this ran on, and how busy it was."""
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), load {load}, Python "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


_HEADER = ("what", "ours", "limit", "ratio", "target", "met?", "peer (elsewhere)", "note")


def table(figures: list[Figure], size: str = "") -> str:
    """All figures under each other; `size` finds what peers took."""
    rows = [
        (
            figure.what,
            _number(figure.ours, figure.unit),
            _number(figure.limit, figure.unit),
            "" if figure.ratio is None else f"{figure.ratio:.2f}",
            figure.target,
            {None: "", True: "yes", False: "NO"}[figure.met],
            BEST.get((size, figure.what), ""),
            figure.note,
        )
        for figure in figures
    ]
    widths = [max(map(len, column)) for column in zip(_HEADER, *rows, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if 1 <= place <= 3 else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (_HEADER, tuple("─" * width for width in widths), *rows)
    ]
    return "\n".join(lines)


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f} {unit}".rstrip()
