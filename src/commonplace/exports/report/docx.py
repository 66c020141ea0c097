"""A report as a Word document, with the same contents as the page.

Word takes no SVG that all of its readers show, so charts are tables whose bars are text: they can
be edited, read aloud, and change with their style.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from commonplace.exports.report.html import shade
from commonplace.exports.report.model import (
    Bars,
    Block,
    Curve,
    Entries,
    Grid,
    Line,
    Prose,
    Quotations,
    Ranges,
    Remarks,
    Report,
)
from commonplace.exports.report.model import Cell as Figure
from commonplace.exports.worddoc import Cell, Document

_SHADES = ("", "E4EFF7", "C5DEEF", "A9CFE8", "8CBFE0", "6FAFD8")
_LONG = 24
"""Characters of a whole bar."""
_WORD, _WIDEST = 22, 60
"""Characters of a word up to which it is not broken, and those a column takes at most."""
_SHORT = 16
"""Rows up to which a table stays on one page."""
_INDENT = "\u2003"


def write(report: Report, stream: BinaryIO, *, template: Path | None = None) -> None:
    """Writes the document; `template` is a Word document whose looks it takes."""
    with Document(stream, report.title, template=template) as document:
        document.paragraph("Title", report.title)
        document.paragraph("Commonplace Note", report.subtitle)
        facts = " · ".join(f"{fact.figure} {fact.of}" for fact in report.facts)
        document.paragraph("Normal", (facts, "Commonplace Strong"))
        for caution in report.cautions:
            document.paragraph("Commonplace Caution", caution)
        for section in report.sections:
            document.paragraph("Heading 1", section.title)
            for block in section.blocks:
                _block(document, block)
        document.paragraph("Commonplace Note", report.colophon)


def _block(document: Document, block: Block) -> None:
    if isinstance(block, Prose):
        for paragraph in block.paragraphs:
            document.paragraph("Normal", paragraph)
    elif isinstance(block, Remarks):
        for paragraph in block.paragraphs:
            document.paragraph("Commonplace Note", paragraph)
    elif isinstance(block, Quotations):
        _quotations(document, block)
    elif isinstance(block, Entries):
        _entries(document, block)
    elif not isinstance(block, Ranges):  # the table before it has the same figures
        document.paragraph("Commonplace Caption", block.title)
        if isinstance(block, Grid):
            _grid(document, block)
        elif isinstance(block, Bars):
            _bars(document, block)
        else:
            _curve(document, block)
        document.paragraph("Commonplace Note", "")


def _curve(document: Document, chart: Curve) -> None:
    """A line has no form in text: what it shows is said, and its points are bars."""
    document.paragraph("Normal", chart.description)
    if chart.points:
        most = max((*chart.points, *chart.high))
        rows = [
            (str(place), Cell((_bar(value / most, second=False), f" {value:g}")))
            for place, value in enumerate(chart.points, 1)
        ]
        headings = [words[:1].upper() + words[1:] for words in (chart.across, chart.up)]
        widths = [(12, 30), (_LONG + 6, _WIDEST)]
        document.table(headings, widths, [True, False], rows, together=len(rows) <= _SHORT)


def _quotations(document: Document, block: Quotations) -> None:
    document.paragraph("Heading 2", block.theme)
    document.paragraph("Commonplace Note", block.note, with_next=True)
    for quote in block.quotes:
        document.paragraph("Commonplace Quote", quote.said)
        whose = f"— {quote.attribution} " if quote.attribution else ""
        number = f"[Q{quote.number}]"
        document.paragraph("Commonplace Attribution", whose, (number, "Commonplace Quote ID"))


def _entries(document: Document, block: Entries) -> None:
    for entry in block.entries:
        if entry.level == 0:
            document.paragraph("Heading 2", entry.name)
        name = "" if entry.level == 0 else f"{entry.name}. "
        said = " ".join(f"{name}: {text}" if name else text for name, text in entry.texts) or "—"
        if name or entry.texts:
            document.paragraph("Normal", (name, "Commonplace Strong"), said)


def _grid(document: Document, grid: Grid) -> None:
    rows = [[_cell(grid, line, at) for at in range(len(line.cells))] for line in grid.lines]
    widths = [_width(grid, at) for at in range(len(grid.headings))]
    right = [
        stands and not (grid.look == "bars" and _has_bars(grid, at))
        for at, stands in enumerate(grid.right)
    ]
    document.table(list(grid.headings), widths, right, rows, together=len(rows) <= _SHORT)


def _cell(grid: Grid, line: Line, at: int) -> str | Cell:
    cell = line.cells[at]
    if at == 0:
        strong = grid.look == "heat" or (grid.look == "bars" and line.level == 0)
        run = (_INDENT * line.level + cell.text, "Commonplace Strong" if strong else "")
        return Cell((run,) if strong else (run[0],))
    if grid.look == "heat" and cell.share is not None:
        return Cell((cell.text,), _SHADES[shade(cell.share)])
    if grid.look == "bars" and cell.share is not None:
        return Cell((f"{cell.text}  ", _bar(cell.share, second=False, long=8)))
    return cell.text


def _bars(document: Document, chart: Bars) -> None:
    for heading, bars in chart.groups:
        if heading:
            document.paragraph("Commonplace Caption", heading)
        rows = [(b.label, Cell((_bar(b.share, second=b.second),)), b.said) for b in bars]
        least = max((len(word) for bar in bars for word in bar.label.split()), default=1)
        most = max(len(bar.label) for bar in bars)
        said = max(len(bar.said) for bar in bars) + 2
        widths = [(min(least, _WORD), min(most, _WIDEST)), (_LONG, _LONG), (said, said)]
        document.table(["", "", ""], widths, [False, False, True], rows, together=True)


def _bar(share: float, *, second: bool, long: int = _LONG) -> tuple[str, str]:
    blocks = round(max(0.0, min(1.0, share)) * long)
    return "█" * blocks, "Commonplace Other Bar" if second else "Commonplace Bar"


def _width(grid: Grid, at: int) -> tuple[int, int]:
    """The characters that a column must have, so that no word is broken, and would like."""
    cells = [grid.headings[at], *(line.cells[at].text for line in grid.lines)]
    bars = 8 if grid.look == "bars" and _has_bars(grid, at) else 0
    indent = 2 * max((line.level for line in grid.lines), default=0) if at == 0 else 0
    words = [word for cell in cells for word in cell.replace("/", "/ ").split()]
    whole = max(map(len, cells), default=1) + bars + indent
    figures = max(len(line.cells[at].text) for line in grid.lines) + 2 if grid.right[at] else 0
    must = whole if bars else max(figures, min(max(map(len, words), default=1) + 2, _WORD))
    return must, min(whole, _WIDEST)


def _has_bars(grid: Grid, at: int) -> bool:
    shares: list[Figure] = [line.cells[at] for line in grid.lines]
    return any(cell.share is not None for cell in shares)
