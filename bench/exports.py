"""All quotes to each format, against the plainest way of writing the same cells; and memory.

The rows are made beforehand: what is measured is writing alone. Ours is whole or not at all,
guards against formulas and markup, and gives pages and sheets a look; the limit does not.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from pathlib import Path

from bench.measure import Figure, Work, in_turns
from bench.prepare import Prepared, Workshop
from commonplace import exports
from commonplace.analysis.quotes import quotes
from commonplace.domain.table import Cell, Row, Table
from commonplace.exports.packs import COLUMNS
from commonplace.project import Project

AT_MOST = {".csv": 2.0, ".json": None, ".md": None, ".html": 2.0, ".xlsx": 1.5, ".docx": 2.0}
STREAMED = (".csv", ".json", ".md", ".html", ".xlsx", ".docx")
"""Formats whose writers must not hold what they write."""

ROUNDS = 3


def figures(workshop: Workshop, size: str) -> Iterator[Figure]:
    """All figures on exports."""
    prepared = workshop.prepared(size)
    with Project.open(prepared.project) as project:
        asked = quotes(project)
        rows = list(asked)
        made = Table(asked.name, asked.columns, lambda: rows, asked.remarks)
    for ending, at_most in AT_MOST.items():
        ours = partial(exports.write, made, prepared.folder / f"ours{ending}")
        bare, said = _LIMITS[ending]
        theirs = partial(bare, made, prepared.folder / f"bare{ending}")
        mine, least = in_turns(_ready(ours), _ready(theirs), ROUNDS)
        note = f"{len(rows):,} quotes; limit: {said}"
        yield Figure(f"quotes to {ending}", mine, least, at_most=at_most, note=note)
    small = workshop.prepared("XS" if size == "XS" else "S")
    for ending in STREAMED:
        _peak(small, ending)  # the first to run compiles what it imports
        most, least = _peak(prepared, ending), _peak(small, ending)
        note = f"limit: the same with size {small.size.name}"
        what = f"quotes to {ending}, peak memory"
        yield Figure(what, most, least, unit="MB", at_most=1.2, note=note)


def _ready(work: Work) -> Callable[[], Work]:
    return lambda: work


def _csv(table: Table, path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(table.header)
        writer.writerows(table)


def _json(table: Table, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(list(table.records()), file, ensure_ascii=False)


def _read(table: Table) -> Iterator[tuple[str, ...]]:
    """The cells that a pack shows: the path of the code, the words, whose they are, the id."""
    places = [table.header.index(name) for name in COLUMNS]
    return (tuple(str(row[place] or "") for place in places) for row in table)


def _markdown(table: Table, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for path_, said, source, id in _read(table):
            file.write(f"{path_}\n> {said}\n>\n> — {source} · {id}\n")


def _html(table: Table, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for _, said, source, id in _read(table):
            file.write(
                f'<figure><blockquote dir="auto">{escape(said)}</blockquote>\n'
                f"<figcaption>— {escape(source)} · "
                f"<code>{escape(id)}</code></figcaption></figure>\n"
            )


def _xlsx(table: Table, path: Path) -> None:
    """XlsxWriter's faster mode, in which it holds the whole workbook."""
    from xlsxwriter import Workbook

    book = Workbook(str(path), {"strings_to_urls": False})
    sheet = book.add_worksheet()
    for at, row in enumerate(_with_head(table)):
        for place, cell in enumerate(row):
            if cell.__class__ is str:
                sheet.write_string(at, place, cell)
            elif cell is not None:
                sheet.write_number(at, place, cell)
    book.close()


def _with_head(table: Table) -> Iterator[Row | list[Cell]]:
    yield tuple(table.header)
    yield from table


def _docx(table: Table, path: Path) -> None:
    """Paragraphs straight into the tree of python-docx, without styles."""
    from docx import Document
    from docx.oxml.ns import qn
    from lxml.etree import SubElement

    document = Document()
    body = document.element.body
    paragraph, run, text = qn("w:p"), qn("w:r"), qn("w:t")
    for _, said, source, id in _read(table):
        for shown in (said, f"— {source} · {id}"):
            element = SubElement(SubElement(SubElement(body, paragraph), run), text)
            element.text = shown
    document.save(str(path))


_LIMITS: dict[str, tuple[Callable[[Table, Path], None], str]] = {
    ".csv": (_csv, "csv.writer, all columns"),
    ".json": (_json, "json.dump of all rows at once"),
    ".md": (_markdown, "the same cells, not escaped, in no order"),
    ".html": (_html, "the same cells escaped, in no order"),
    ".xlsx": (_xlsx, "XlsxWriter, all in memory, no look"),
    ".docx": (_docx, "bare paragraphs through lxml"),
}


_PEAK = """
import re, sys
from pathlib import Path
from commonplace import exports
from commonplace.analysis.quotes import quotes
from commonplace.project import Project
with Project.open(Path(sys.argv[1])) as project:
    exports.write(quotes(project), Path(sys.argv[2]))
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def _peak(prepared: Prepared, ending: str) -> float:
    """Most memory of a process that writes all quotes to a file, in MB (VmHWM)."""
    program = [sys.executable, "-c", _PEAK, str(prepared.project)]
    file = prepared.folder / f"peak{ending}"
    done = subprocess.run([*program, str(file)], check=True, capture_output=True, text=True)
    return int(re.findall(r"\d+", done.stdout)[-1]) / 1024
