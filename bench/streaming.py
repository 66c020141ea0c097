"""How much memory suggestions take, and how fast they go, as a project grows.

Each size is read, learnt from and proposed for in a process of its own, whose peak is what is told:
`python -m bench.streaming FOLDER SEGMENTS` is that process. A million segments are measured with
`COMMONPLACE_BENCH_SLOW=1`. The same work is then shared out to one and to two workers of a Dask
cluster on this machine, each tied to a core.
"""

from __future__ import annotations

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.measure import Figure
from bench.prepare import Workshop
from bench.workload import SEED, codebook
from commonplace.domain.codebook import Code, Codebook
from commonplace.suggest.corpus import Stored
from commonplace.suggest.segments import segments

if TYPE_CHECKING:
    from commonplace.suggest.cache import Shelf
    from commonplace.suggest.cluster import Crew
    from commonplace.suggest.dataset import Dataset

SIZES = (10_000, 100_000)
SLOW = 1_000_000
MEMORY = 400
"""Megabytes that the worker may take at any size."""

WORDS = 40_000
"""Different words of the made-up speech, as frequent by rank as those of real speech."""
SENTENCES = 5_000
"""Of a transcript."""
CODED = 200

SHARED = 120_000
"""Segments that are read and scored by workers."""
THREADS = 2
"""Of the cluster: both in one worker, or one in each."""
ROUNDS = 3


def figures(workshop: Workshop, size: str) -> Iterator[Figure]:
    """Peak memory and pace at each size."""
    del size
    slow = (SLOW,) if os.environ.get("COMMONPLACE_BENCH_SLOW") else ()
    for count in (*SIZES, *slow):
        record = _apart(workshop.folder / f"streaming-{count}", count)
        note = (
            f"{count / record['read']:,.0f} segments read and {count / record['scored']:,.0f} "
            f"scored a second on one core; {record['proposed']:,.0f} proposed in "
            f"{record['told']:.1f} s; {record['kept']:.0f} MB kept on disk"
        )
        yield Figure(
            f"memory, {count:,} segments",
            record["memory"],
            unit="MB",
            at_most=MEMORY,
            absolute=True,
            note=note,
        )
    if find_spec("distributed") is not None:
        yield from _scaled(workshop.folder / "streaming-shared")


def _apart(folder: Path, count: int) -> dict[str, float]:
    """What the process of that size tells."""
    folder.mkdir()
    write(folder, count)
    done = subprocess.run(
        [sys.executable, "-m", "bench.streaming", str(folder), str(count)],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "XDG_CACHE_HOME": str(folder / "cache")},
        cwd=Path(__file__).resolve().parents[1],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def write(folder: Path, count: int) -> None:
    """Made-up transcripts of so many sentences, a turn to a line."""
    chance = random.Random(SEED)
    words = _vocabulary()
    frequency = [*accumulate(1 / (rank + 3) for rank in range(len(words)))]
    for number, start in enumerate(range(0, count, SENTENCES)):
        said = (
            " ".join(chance.choices(words, cum_weights=frequency, k=chance.randint(6, 24)))
            for _ in range(min(SENTENCES, count - start))
        )
        lines, turn = [], []
        for sentence in said:
            turn.append(sentence.capitalize() + ".")
            if chance.random() < 0.25:
                lines.append(" ".join(turn))
                turn = []
        (folder / f"{number:05}.txt").write_text("\n".join([*lines, " ".join(turn)]).strip())


def _vocabulary() -> list[str]:
    """Words that one could say, those of the codebook among them."""
    chance = random.Random(SEED)
    syllables = [a + b + c for a in "bdfgklmnprstvw" for b in "aeiou" for c in ("", "n", "r", "s")]
    made = {"".join(chance.choices(syllables, k=chance.randint(1, 4))): None for _ in range(90_000)}
    words = list(made)[: WORDS - 36]
    for code in codebook().codes:
        words.insert(chance.randrange(100, len(words)), code.name.split()[0].lower())
    return words


def stored(folder: Path) -> Stored:
    """The segments of the transcripts in a folder."""

    @cache
    def path(document: str) -> Path:
        return folder / document

    return Stored(
        sorted(path.name for path in folder.glob("*.txt")),
        lambda document, text: segments(document, text, _turns(text)),
        lambda document: path(document).read_text(encoding="utf-8"),
    )


class _Turn:
    """A line of a transcript."""

    def __init__(self, start: int, end: int) -> None:
        self.speech_start = start
        self.end = end
        self.speaker = "P1"
        self.interviewer = False


def _turns(text: str) -> Iterator[_Turn]:
    start = 0
    for line in text.split("\n"):
        yield _Turn(start, start + len(line))
        start += len(line) + 1


def _scaled(folder: Path) -> Iterator[Figure]:
    """What two workers take, against one; in turns, medians."""
    from commonplace.suggest.cache import Shelf
    from commonplace.suggest.dataset import Dataset

    folder.mkdir()
    write(folder, SHARED)
    shelf = Shelf("shared")
    dataset = Dataset.of(_codebook(), stored(folder), shelf=shelf)
    taken: dict[int, list[_Taken]] = {1: [], 2: []}
    for _ in range(ROUNDS):
        for workers, each in taken.items():
            each.append(_shared_out(dataset, shelf, workers))
    one, two = (_medians(each) for each in taken.values())
    note = (
        f"two workers against one; {SHARED:,} segments, {SHARED / one.wall:,.0f} and "
        f"{SHARED / two.wall:,.0f} read and scored a second; this process, which hands out and "
        f"gathers, took {two.here:.1f} s of CPU besides"
    )
    yield Figure("cluster, by the clock", two.wall, one.wall, unit="s", at_most=0.75, note=note)
    note = f"of the work itself, both together; the busier took {two.most / two.together:.0%}"
    yield Figure("cluster, CPU", two.together, one.together, unit="s", at_most=1.2, note=note)


class _Taken(NamedTuple):
    """Seconds: by the clock, CPU that the work took the busiest worker, all of them, and CPU of
    this process."""

    wall: float
    most: float
    together: float
    here: float


def _medians(each: list[_Taken]) -> _Taken:
    return _Taken(*(statistics.median(values) for values in zip(*each, strict=True)))


class _Clocked:
    """A crew whose work is timed where it is done."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self.spent: Counter[int] = Counter()
        """CPU seconds, by process."""

    def map(
        self, work: Callable[..., Any], shared: tuple[Any, ...], items: Iterable[Any]
    ) -> Iterator[Any]:
        """The same; see `cluster.Crew`."""
        for process, seconds, result in self._crew.map(_timed, (work, *shared), items):
            self.spent[process] += seconds
            yield result


def _timed(work: Callable[..., Any], *arguments: Any) -> tuple[int, float, Any]:
    began = time.thread_time()
    result = work(*arguments)
    return os.getpid(), time.thread_time() - began, result


def _shared_out(dataset: Dataset, shelf: Shelf, workers: int) -> _Taken:
    """What it takes to have the segments read and scored, once all has been fitted."""
    from distributed import Client, LocalCluster

    from commonplace.suggest.cluster import cluster
    from commonplace.suggest.dataset import Dataset
    from commonplace.suggest.model import cold_model

    def read_and_score(crew: Crew) -> None:
        for path in shelf.folder.glob("batch-*"):
            path.unlink()
        again = Dataset.of(_codebook(), dataset.corpus, shelf=shelf, crew=crew)
        for _ in again.each(cold_model(len(again.codes), len(again.prior.kinds))):
            pass

    # A cluster of one thread would be none: joblib then does the work itself.
    made = LocalCluster(
        n_workers=workers, threads_per_worker=THREADS // workers, dashboard_address=None
    )
    with made, Client(made) as client, cluster(made.scheduler_address) as crew:
        for core, address in enumerate(client.scheduler_info()["workers"]):
            client.run(os.sched_setaffinity, 0, {core % (os.cpu_count() or 1)}, workers=[address])
        read_and_score(crew)  # what has to be imported is there
        clocked, wall, here = _Clocked(crew), time.perf_counter(), time.process_time()
        read_and_score(clocked)
        wall, here = time.perf_counter() - wall, time.process_time() - here
    return _Taken(wall, max(clocked.spent.values()), clocked.spent.total(), here)


def main(arguments: list[str]) -> None:
    """Reads, learns and proposes, and tells what it took."""
    from threadpoolctl import threadpool_limits

    from commonplace.suggest.cache import Shelf
    from commonplace.suggest.dataset import Dataset
    from commonplace.suggest.labels import Decided, Mark, labels
    from commonplace.suggest.proposing import proposals
    from commonplace.suggest.teacher import Teaching

    folder, count = Path(arguments[0]), int(arguments[1])
    with threadpool_limits(1):
        began = time.process_time()
        corpus = stored(folder)
        shelf = Shelf("streaming")
        dataset = Dataset.of(_codebook(), corpus, shelf=shelf)
        read = time.process_time()
        codes = dataset.codes
        marks = [
            Mark(segment.document, segment.span, codes[place % len(codes)].id)
            for place, segment in enumerate(corpus[:: max(1, count // CODED)])
        ]
        decided = Decided(marks)
        known = labels(corpus, codes, decided)
        model = dataset.taught_by(known)
        learnt = time.process_time()
        for _ in dataset.each(model):
            pass
        scored = time.process_time()
        proposed = sum(
            len(each)
            for _, each in proposals(
                dataset,
                model,
                seen=known.all_seen,
                taught=Teaching(decided, decided.coded),
                balance=1.0,
            )
        )
        told = time.process_time()
    print(
        json.dumps(
            {
                "read": read - began,
                "learnt": learnt - read,
                "scored": scored - learnt,
                "told": told - scored,
                "proposed": proposed,
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "kept": sum(path.stat().st_size for path in shelf.folder.iterdir()) / 1e6,
                "words": len(dataset.prior.space.names),
            }
        )
    )


def _codebook() -> Codebook:
    """The codes of the workload, each with a keyword."""
    return Codebook(
        "bench",
        tuple(
            Code(code.id, code.name, code.parent, keywords=(code.name.split()[0].lower(),))
            for code in codebook().codes
        ),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
