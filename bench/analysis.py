"""Questions asked of a project: theme counts, words, quotes to a file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import limit
from bench.measure import Figure, Work, in_turns
from bench.prepare import Prepared, Workshop, codes_above
from commonplace import exports
from commonplace.analysis.quotes import quotes
from commonplace.analysis.themes import themes
from commonplace.project import Project


def figures(workshop: Workshop, size: str) -> Iterator[Figure]:
    """All figures on analysis."""
    prepared = workshop.prepared(size)
    out = prepared.folder / "quotes.csv"
    with Project.open(prepared.project) as project:
        connection = sqlite3.connect(prepared.limit)

        def ready(work: Work) -> Callable[[], Work]:
            return lambda: work

        mine, least = in_turns(
            ready(lambda: list(themes(project, words=False))),
            ready(lambda: limit.count_codes(connection)),
            9,
        )
        note = "quotes, transcripts, participants of each code"
        yield Figure("theme counts", mine, least, at_most=15, absolute=True, note=note)
        above = codes_above()
        mine, least = in_turns(
            ready(lambda: list(themes(project))),
            ready(lambda: limit.count_words(connection, above)),
            5,
        )
        note = "with all other counts; limit: union of spans, words alone"
        yield Figure("words under each theme", mine, least, at_most=2, note=note)
        mine, least = in_turns(
            ready(lambda: exports.write(quotes(project), out)),
            ready(lambda: limit.quotes_to_csv(connection, prepared.folder / "bare.csv")),
            5,
        )
        note = "every column; limit: csv.writer, same passages and contexts"
        yield Figure("all quotes to CSV", mine, least, at_most=2, note=note)
        connection.close()
    yield _flat(workshop, prepared)


def _flat(workshop: Workshop, prepared: Prepared) -> Figure:
    small = workshop.prepared("XS" if prepared.size.name == "XS" else "S")
    most, least = _peak(prepared), _peak(small)
    codings = sum(len(interview.codings) for interview in prepared.interviews)
    note = f"{codings:,} codings; limit: the same with size {small.size.name}"
    return Figure("all quotes, peak memory", most, least, unit="MB", at_most=1.2, note=note)


_QUOTES = """
import re, sys
from pathlib import Path
from commonplace import exports
from commonplace.analysis.quotes import quotes
from commonplace.project import Project
with Project.open(Path(sys.argv[1])) as project:
    exports.write(quotes(project), Path(sys.argv[2]))
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def _peak(prepared: Prepared) -> float:
    """Most memory of a process that writes all quotes to a file, in MB (VmHWM)."""
    program = [sys.executable, "-c", _QUOTES, str(prepared.project)]
    done = subprocess.run(
        [*program, str(Path(prepared.folder) / "peak.csv")],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return int(done.stdout) / 1024
