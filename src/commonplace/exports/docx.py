"""Word: quotes as a pack under headings of codes, every other table as a Word table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from commonplace.domain.table import Row, Table
from commonplace.exports import packs
from commonplace.exports.shown import Shown, columns, title
from commonplace.exports.worddoc import Document

FITTING = 9
"""Columns that a page across can show; of more, those in `table.brief` are shown."""

_ACROSS = 5
"""Columns that a page upright can show."""

_SAMPLE = 200
"""Rows looked at to find how wide columns must be."""

_WORD, _WIDEST = 24, 70
"""Characters of a word up to which it is not broken, and those a column takes at most."""


def write(table: Table, stream: BinaryIO) -> None:
    """Writes a document with styles that can be changed: see `worddoc.STYLES`."""
    if packs.is_pack(table):
        with Document(stream, title(table)) as document:
            _begin(document, table)
            with packs.quotes(table, stream) as found:
                _quotes(document, found)
        return
    shown, left_out = _chosen(table)
    with Document(stream, title(table), across=len(shown) > _ACROSS) as document:
        _begin(document, table)
        if left_out:
            names = ", ".join(column.heading for column in left_out)
            document.paragraph("Commonplace Note", f"Not shown for want of room: {names}.")
        _table(document, table, shown)


def _begin(document: Document, table: Table) -> None:
    document.paragraph("Title", title(table))
    for remark in table.remarks:
        document.paragraph("Commonplace Note", remark)


def _quotes(document: Document, found: packs.Packs) -> None:
    """Codes come by alphabet, their quotes in the order of the rows."""
    for path in found.names():
        document.paragraph("Heading 1", path)
        for quote in packs.read(found.rows(path)):
            document.paragraph("Commonplace Quote", quote.said)
            whose = f"— {quote.attribution} · " if quote.attribution else "— "
            document.paragraph("Commonplace Attribution", whose, (quote.id, "Commonplace Quote ID"))


def _chosen(table: Table) -> tuple[list[Shown], list[Shown]]:
    """The columns that are shown, and those for which there is no room."""
    every = columns(table)
    if len(every) <= FITTING or not table.brief:
        return every, []
    return (
        [column for column in every if column.name in table.brief],
        [column for column in every if column.name not in table.brief],
    )


def _table(document: Document, table: Table, shown: list[Shown]) -> None:
    rows = iter(table)
    sample = list(islice(rows, _SAMPLE))
    document.paragraph("Commonplace Note", "")
    document.table(
        [column.heading for column in shown],
        [_width(column, [column.text(row) for row in sample]) for column in shown],
        [column.figures for column in shown],
        _cells(chain(sample, rows), shown),
    )


def _cells(rows: Iterator[Row], shown: list[Shown]) -> Iterator[list[str]]:
    for row in rows:
        yield [column.text(row) for column in shown]


def _width(column: Shown, texts: list[str]) -> tuple[int, int]:
    """The characters that a column must have, so that no word and no figure is broken, and those
    that it would like."""
    bold = [f"{word}  " for word in column.heading.split()]
    words = [*bold, *(texts if column.figures else _words(texts))]
    least = max(map(len, words), default=1)
    return min(least, _WORD), min(max(map(len, texts), default=1), _WIDEST)


def _words(texts: list[str]) -> Iterator[str]:
    """The pieces in which lines can be broken."""
    return (word for text in texts for word in text.replace("-", "- ").replace("/", "/ ").split())
