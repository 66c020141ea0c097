"""`python -m bench`: measures, prints the table, and says what is missed."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from bench.measure import Figure, machine, table
from bench.prepare import Workshop
from bench.workload import SIZES

SUBJECTS = {
    "storage": "bench.storage",
    "readers": "bench.readers",
    "analysis": "bench.analysis",
    "comparing": "bench.comparing",
    "exports": "bench.exports",
    "interface": "bench.interface",
    "beside": "bench.beside",
    "suggestions": "bench.suggestions",
    "streaming": "bench.streaming",
}
"""Modules with `figures(workshop, size)`, in the order in which they are run."""


def main(arguments: list[str] | None = None) -> int:
    """Runs what was asked for; 0 when everything with a target reached it, else 1."""
    asked = _parser().parse_args(arguments)
    figures: list[Figure] = []
    with _private_folder() as folder:
        workshop = Workshop(folder)
        for name in asked.only or SUBJECTS:
            figures += _subject(name, workshop, asked.size)
    print(f"size {asked.size}; CPU medians, ours and the limit in turns; {machine()}")
    print(table(figures, asked.size))
    if asked.json:
        record = {
            "machine": machine(),
            "size": asked.size,
            "figures": [figure.record() for figure in figures],
        }
        asked.json.write_text(json.dumps(record, indent=1, ensure_ascii=False), encoding="utf-8")
    return 1 if any(figure.met is False for figure in figures) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="M", help="workload (default: M)")
    parser.add_argument(
        "--only", action="append", choices=SUBJECTS, metavar="NAME",
        help=f"one subject: {', '.join(SUBJECTS)}; repeatable",
    )  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser


def _subject(name: str, workshop: Workshop, size: str) -> Iterator[Figure]:
    began = time.monotonic()
    print(f"{name} …", end=" ", flush=True, file=sys.stderr)
    figures: Callable[..., Iterator[Figure]] = import_module(SUBJECTS[name]).figures
    yield from figures(workshop, size)
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)


@contextmanager
def _private_folder() -> Iterator[Path]:
    """Somewhere to work in, which is home as well: nobody's settings count, none are changed."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="commonplace-bench-") as name:
        folder = Path(name)
        os.environ["HOME"] = name
        # Programs start as where they are installed: from compiled modules.
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
            os.environ.pop(variable, None)
        try:
            yield folder
        finally:
            os.environ.clear()
            os.environ.update(before)


if __name__ == "__main__":
    sys.exit(main())
