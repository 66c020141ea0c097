"""The terminal application in a real pseudo-terminal: first paint, keys, search, memory.

CPU is that of the interface process alone, all its threads; what it starts (the worker) has come
to rest before keys are pressed. A key's cost is everything until nothing more is painted, the
panels at the side included.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Figure, quantile
from bench.prepare import Prepared, Workshop
from bench.terminal import Press, Terminal

LEFT, RIGHT, UP, DOWN = "\x1b[D", "\x1b[C", "\x1b[A", "\x1b[B"
TO_START, TO_END = "\x1b[1;5H", "\x1b[1;5F"
ROUNDS = 5
KEYS = 40

_EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("ready and empty")
Empty().run()
"""


def figures(workshop: Workshop, size: str) -> Iterator[Figure]:
    """All figures on the interface. Sizes are those of the targets, but for XS."""
    tiny = size == "XS"
    yield _help()
    small, large = ("XS", "XS") if tiny else ("S", "L")
    names = ("XS",) if tiny else ("S", "M", "L", "BIG", "HUGE")
    yield from _first_paints([workshop.prepared(name) for name in names], small, large)
    for name in ("XS",) if tiny else ("BIG", "HUGE"):
        yield from _session(workshop.prepared(name))
    yield _synchronised(workshop.prepared("XS" if tiny else "BIG"))


def ours(prepared: Prepared, *around: str, coder: str = "") -> Terminal:
    """The application on a project, opened as if for the first time: at the very beginning."""
    places = prepared.folder / "state"
    shutil.rmtree(places, ignore_errors=True)
    program = [*around, sys.executable, "-m", "commonplace", "open", str(prepared.project)]
    program += ["--coder", coder] if coder else []
    return Terminal(program, {"XDG_STATE_HOME": str(places)})


def _first_words(prepared: Prepared) -> str:
    """Words that are on the screen once the first transcript is."""
    speech = prepared.interviews[0].text.partition(": ")[2]
    return " ".join(speech.split()[1:3])


# Starting


def _help() -> Figure:
    program = [sys.executable, "-m", "commonplace", "--help"]
    bare = [sys.executable, "-c", "pass"]
    taken: dict[int, list[float]] = {0: [], 1: []}
    for _ in range(ROUNDS):
        for place, each in enumerate((program, bare)):
            taken[place].append(_whole_process(each))
    mine, least = (statistics.median(times) for times in taken.values())
    return Figure("commonplace --help", mine, least, at_most=200, absolute=True,
                  note="whole process; limit: python -c pass")  # fmt: skip


def _whole_process(program: list[str]) -> float:
    """CPU milliseconds of a program from start to end."""
    process = subprocess.Popen(program, stdout=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    return (used.ru_utime + used.ru_stime) * 1000


def _first_paints(workloads: list[Prepared], small: str, large: str) -> Iterator[Figure]:
    empty: list[float] = []
    paints: dict[str, list[float]] = {prepared.size.name: [] for prepared in workloads}
    for _ in range(ROUNDS):
        with Terminal([sys.executable, "-c", _EMPTY]) as terminal:
            empty.append(terminal.wait_for("ready and empty")[0])
        for prepared in workloads:
            with ours(prepared) as terminal:
                paints[prepared.size.name].append(terminal.wait_for(_first_words(prepared))[0])
    least = statistics.median(empty)
    for prepared in workloads:
        size = prepared.size
        note = f"{size.words:,} words, {size.codings:,} codings; limit: an empty Textual app"
        what = f"first paint, {size.name}"
        target = None if size.name == "HUGE" else 1.6
        yield Figure(what, statistics.median(paints[size.name]), least, at_most=target, note=note)
    pair = statistics.median(paints[large]), statistics.median(paints[small])
    note = f"{large} against {small}: opening must not depend on how much else there is"
    yield Figure(f"first paint, {large} over {small}", *pair, at_most=1.1, note=note)


# Keys


def _session(prepared: Prepared) -> Iterator[Figure]:
    """Keys, search, coding and memory in one run on the first transcript."""
    needle = " ".join(prepared.interviews[0].text.rsplit(maxsplit=7)[-7:-1])
    name = prepared.size.name
    with ours(prepared) as terminal:
        terminal.wait_for(_first_words(prepared))
        terminal.rest()
        terminal.press(TO_START)
        presses = [terminal.press(key) for key in (RIGHT,) * KEYS + (LEFT,) * KEYS]
        yield from _keys(f"← →, {name}", presses[2:], 3, 8)
        presses = [terminal.press(key) for _ in range(4) for key in (DOWN,) * 10 + (UP,) * 10]
        yield from _keys(f"↑ ↓, {name}", presses[2:], 3, 8)
        _to_the_edge(terminal)
        presses = [terminal.press(DOWN) for _ in range(2 * KEYS)]
        yield from _keys(f"↓ scrolling, {name}", presses, 7, 16)
        yield _search(terminal, needle, name)
        yield from _code(terminal, name)
        yield from _memory(terminal, prepared)


def _to_the_edge(terminal: Terminal) -> None:
    """Moves down until every key scrolls, so that the pane is painted whole."""
    scrolled = 0
    for _ in range(200):
        scrolled = scrolled + 1 if terminal.press(DOWN).written > 4_000 else 0
        if scrolled == 5:
            return


def _keys(what: str, presses: list[Press], median: float, tail: float) -> Iterator[Figure]:
    costs = [press.cpu for press in presses]
    walls = [press.wall for press in presses]
    written = statistics.median(press.written for press in presses)
    note = (
        f"to the last byte {statistics.median(walls):.1f} ms; {written:.0f} bytes; n={len(costs)}"
    )
    yield Figure(what, statistics.median(costs), at_most=median, absolute=True, note=note)
    yield Figure(f"{what}, p95", quantile(costs, 0.95), at_most=tail, absolute=True)


def _search(terminal: Terminal, words: str, name: str) -> Figure:
    """Looks for the last words of the transcript from its start; the last key finds them."""
    costs = []
    for _ in range(5):
        terminal.press(TO_START)
        terminal.press("/", quiet=0.4)
        terminal.press(words[:-1], quiet=0.4)
        last, found = terminal.press(words[-1], quiet=0.4), terminal.press("\r", quiet=0.4)
        costs.append(last.cpu + found.cpu)
        terminal.press("\x1b", quiet=0.4)
    note = "last letter and enter; the hit is at the end"
    return Figure(f"search, {name}", statistics.median(costs), at_most=25, absolute=True, note=note)


def _code(terminal: Terminal, name: str) -> Iterator[Figure]:
    terminal.press(TO_START)
    costs = []
    for _ in range(KEYS // 2):
        terminal.press(DOWN * 3, quiet=0.3)
        costs.append(terminal.press("1", quiet=0.3).cpu)
    note = f"key to repaint and commit; n={len(costs)}"
    yield Figure(f"coding with 1, {name}", statistics.median(costs), at_most=5, absolute=True,
                 note=note)  # fmt: skip


def _memory(terminal: Terminal, prepared: Prepared) -> Iterator[Figure]:
    """Peak after all of the above, against Python alone."""
    bare = subprocess.run(
        [sys.executable, "-c", "print(open('/proc/self/status').read())"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    found = re.search(r"VmHWM:\s+(\d+)", bare)
    python = int(found[1]) / 1024 if found else 0.0
    note = f"Python alone: {python:.1f} MB; {prepared.size.words:,} words open"
    yield Figure(f"memory above Python, {prepared.size.name}", terminal.peak() - python,
                 unit="MB", at_most=60, absolute=True, note=note)  # fmt: skip


def _synchronised(prepared: Prepared) -> Figure:
    """fsyncs of a coding made with a key, counted by strace around the whole application."""
    what = "coding with 1, fsyncs"
    if shutil.which("strace") is None:
        return Figure(what, float("nan"), unit="", note="not counted: strace is not installed")
    log = prepared.folder / "strace"
    count = 10
    strace = ("strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(log))
    with ours(prepared, *strace) as terminal:
        terminal.wait_for(_first_words(prepared))
        terminal.rest()
        terminal.press(TO_END)
        threads = _threads(terminal.pid)
        taken = []
        for _ in range(count + 1):
            terminal.press(UP * 3, quiet=0.4)
            terminal.press("1", quiet=0.4)
            taken.append(_syncs(log, threads))
    # The first may begin the log anew, which synchronises its folder as well.
    each = (taken[-1] - taken[0]) / count
    return Figure(what, each, 1, unit="", at_most=1, note="of the interface, counted by strace")


def _threads(strace: int) -> set[str]:
    """The threads of the program that strace runs, as strace numbers them."""
    program = Path(f"/proc/{strace}/task/{strace}/children").read_text().split()[0]
    return {thread.name for thread in Path(f"/proc/{program}/task").iterdir()}


def _syncs(log: Path, threads: set[str]) -> int:
    lines = log.read_text().splitlines()
    return sum("sync(" in line and line.split(maxsplit=1)[0] in threads for line in lines)
