"""Reading transcripts of every format, and importing a thousand of them."""

from __future__ import annotations

import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import kinds
from bench.bare import LIBRARIES, Library
from bench.least import LEAST
from bench.measure import Figure, Work, cpu
from bench.prepare import Prepared, Workshop, new_project
from bench.workload import Size, interviews
from commonplace import readers
from commonplace.project import Project

ROUNDS = 9
AT_MOST = 1.5
WORDS = {"XS": 2_000}
"""In the interview that is read; else so many:"""
_MANY_WORDS = 50_000


def figures(workshop: Workshop, size: str) -> Iterator[Figure]:
    """All figures on readers and the import."""
    folder = workshop.folder / "readers"
    folder.mkdir()
    interview = next(interviews(Size(f"readers {size}", 1, WORDS.get(size, _MANY_WORDS), 1)))
    megabytes = len(interview.text.encode()) / 1e6
    for ending, file in kinds.written(kinds.turns_of(interview.text), folder).items():
        yield _reading(ending, file, megabytes)
        if ending in LEAST:
            yield _against_least(ending, file)
    yield from _importing(workshop.prepared(size), folder)
    shutil.rmtree(folder)


def _reading(ending: str, file: Path, megabytes: float) -> Figure:
    library = LIBRARIES[ending]
    there = _is_there(library, file)
    mine, bare = _in_turns(ending, file, library.read if there else readers.read)
    notes = [f"{megabytes / mine * 1000:.1f} MB of text a second", _memory(ending, file, there)]
    notes.append(library.name if there else f"{library.name} is not installed")
    if not library.name:
        notes[-1] = "decoded and split: no library finds speakers"
    return Figure(
        f"read {ending}",
        mine,
        bare if there else None,
        at_most=AT_MOST if library.name and there else None,
        note="; ".join(notes),
    )


def _against_least(ending: str, file: Path) -> Figure:
    """Beside what no Python can save that makes the same turns of this file."""
    read = readers.read(file)[0]
    if LEAST[ending](file) != (read.text, read.turns, read.sha256, read.cues):
        raise RuntimeError(f"the least Python makes something else of the {ending} file")
    mine, least = _in_turns(ending, file, LEAST[ending])
    note = "against the least Python that makes the same turns, knowing the layout"
    return Figure(f"{ending} beside the least", mine, least, note=note)


def _in_turns(ending: str, file: Path, other: Callable[[Path], object]) -> tuple[float, float]:
    """Median milliseconds of our reader and another, once they are warm.

    PDF files are read in another process, so these go by the clock.
    """
    taken = _clock if ending == ".pdf" else cpu
    both: tuple[Work, Work] = (lambda: readers.read(file)), (lambda: other(file))
    for work in both:
        work()
    rounds = [[taken(work) for work in both] for _ in range(ROUNDS)]
    mine, others = zip(*rounds, strict=True)
    return statistics.median(mine), statistics.median(others)


def _is_there(library: Library, file: Path) -> bool:
    try:
        library.read(file)
    except ImportError:
        return False
    return True


def _clock(work: Callable[[], object]) -> float:
    """Milliseconds by the clock."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


_PEAK = """
import sys
from pathlib import Path
import bench.bare
from commonplace import readers
from commonplace.readers import pdfprocess

def peak(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

file = Path(sys.argv[2])
read = readers.read if sys.argv[1] == "ours" else bench.bare.LIBRARIES[file.suffix].read
read(Path(sys.argv[3]))
Path("/proc/self/clear_refs").write_text("5")
before = peak("self")
found = read(file)
child = pdfprocess._READER.pid
print(peak("self") - before + (peak(child) if child else 0))
"""


def _memory(ending: str, file: Path, compared: bool) -> str:
    """What reading takes above what a tiny file of the kind has left behind."""
    if not Path("/proc/self/clear_refs").exists():
        return "memory is measured on Linux alone"
    tiny = file.with_name(f"tiny{ending}")
    tiny.write_bytes(kinds.KINDS[ending]([("Int", "Well, how is it?"), ("P01", "Good, so far.")]))
    peaks = [
        subprocess.run(
            [sys.executable, "-c", _PEAK, who, file, tiny],
            capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1],
        ).stdout
        for who in (("ours", "bare") if compared else ("ours",))
    ]  # fmt: skip
    said = [f"{int(peak) / 1024:.0f} MB" for peak in peaks]
    return "peak " + " against ".join(said)


def _importing(prepared: Prepared, folder: Path) -> Iterator[Figure]:
    """The command itself: all files in one go, and the same after an interruption."""
    some = folder / "some"
    some.mkdir()
    for file in prepared.files[: max(1, len(prepared.files) // 5)]:
        shutil.copy(file, some)
    few, _ = _import(folder / "few.commonplace", some)
    whole = prepared.files[0].parent
    peak, seconds = _import(folder / "all.commonplace", whole)
    count = len(prepared.files)
    yield Figure(
        "import by command", seconds, unit="s", note=f"{count} files of {prepared.size.words} words"
    )
    yield Figure(
        "its peak of memory", peak, few, unit="MB", at_most=1.15,
        note=f"{count} files against {len(list(some.iterdir()))}: flat",
    )  # fmt: skip
    kept = _interrupted(folder / "stopped.commonplace", whole, count)
    _, seconds = _import(folder / "stopped.commonplace", whole)
    with Project.open(folder / "stopped.commonplace") as project:
        missing = count - len(project.documents.all())
    yield Figure(
        "missing after an interruption", missing, unit="files", at_most=0, absolute=True,
        note=f"stopped by Ctrl-C after {kept}, then the same command again, {seconds:.1f} s",
    )  # fmt: skip


def _import(project: Path, folder: Path) -> tuple[float, float]:
    """Peak memory in MB and seconds of `commonplace import`."""
    if not project.exists():
        new_project(project).close()
    begin = time.perf_counter()
    process = subprocess.Popen(_command(project, folder), stdout=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _peak_so_far(process.pid))
        time.sleep(0.02)
    if process.returncode:
        raise RuntimeError(f"the import ended with {process.returncode}")
    return peak / 1024, time.perf_counter() - begin


def _peak_so_far(pid: int) -> int:
    """In KB; 0 where the system does not say. What `wait4` says is the parent's before `exec`."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def _interrupted(project: Path, folder: Path, count: int) -> int:
    """How many transcripts are kept when the import is stopped at about a third."""
    new_project(project).close()
    process = subprocess.Popen(
        _command(project, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with Project.open(project) as watched:
        while process.poll() is None and len(watched.documents.all()) < count / 3:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        process.wait()
        return len(watched.documents.all())


def _command(project: Path, folder: Path) -> list[str]:
    return [sys.executable, "-m", "commonplace", "import", str(project), str(folder), "--json"]
