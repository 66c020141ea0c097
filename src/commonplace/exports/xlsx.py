"""Excel workbooks: one table a sheet, or a sheet for each theme, and a sheet that explains it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO

from commonplace.domain.codebook import split_path
from commonplace.domain.table import Column, Row, Table
from commonplace.exports.packs import CODE, Packs
from commonplace.exports.shown import title
from commonplace.exports.workbook import ROWS, Book, Sheet, workbook

_INDEX = (Column("theme"), Column("quotes", "quotes"))


def write(table: Table, stream: BinaryIO, *, sheet_per_theme: bool = False) -> None:
    """Writes the rows to a sheet, or to one for each theme where the table has themes.

    A sheet that is full goes on in another. The last sheet, About, holds the note and says what
    each column counts.
    """
    with workbook(stream, title(table)) as book:
        if sheet_per_theme and CODE in table.header:
            _by_theme(book, table, stream)
        else:
            fill(book, title(table), table.columns, table)
        book.about(table)


def fill(book: Book, name: str, columns: tuple[Column, ...], rows: Iterable[Row]) -> list[Sheet]:
    """Writes rows to a sheet, and to more where one does not hold them."""
    going = iter(rows)
    sheets = [book.sheet(name, columns)]
    sheets[0].fill(islice(going, ROWS))
    for row in going:
        sheets.append(book.sheet(name, columns))
        sheets[-1].fill(chain([row], islice(going, ROWS - 1)))
    return sheets


def _by_theme(book: Book, table: Table, stream: BinaryIO) -> None:
    """A sheet for each theme, and one before them that leads to each."""
    index = book.sheet("Themes", _INDEX)
    with Packs(table, table.header.index(CODE), stream) as found:
        themes = found.names()
        sheets = [fill(book, theme, table.columns, found.rows(theme)) for theme in themes]
    first = {theme: own[0] for theme, own in zip(themes, sheets, strict=True)}
    index.fill(
        ((theme, sum(s.rows for s in own)) for theme, own in zip(themes, sheets, strict=True)),
        links={1: lambda row: (first[str(row[0])].block(1, 1), f"Quotes of {row[0]}")},
    )


def write_linked(themes: Table, quotes: Table, stream: BinaryIO, *, direct: bool = False) -> None:
    """Writes frequencies of themes, each number of quotes a link to the quotes it counts.

    The quotes stand on a sheet of their own, by code: those of a theme and of the codes below it
    are one block; with `direct`, those of the theme alone. Both tables must be of the same
    filters. Raises `ExportError` for more quotes than a sheet holds.
    """
    code = themes.header.index(CODE)
    blocks: dict[tuple[str, ...], tuple[int, int]] = {}

    def quotes_of(row: Row) -> tuple[str, str] | None:
        rows = blocks.get(tuple(split_path(str(row[code]))))
        return rows and (behind.block(*rows), f"Quotes of {row[code]} that may leave")

    with workbook(stream, title(themes)) as book:
        front = book.sheet(title(themes), themes.columns)
        behind = book.sheet(title(quotes), quotes.columns)
        with Packs(quotes, quotes.header.index(CODE), stream) as found:
            behind.fill(_in_blocks(found, blocks, direct))
        front.fill(themes, links={themes.header.index("quotes"): quotes_of})
        book.about(themes, quotes)


def _in_blocks(
    found: Packs, blocks: dict[tuple[str, ...], tuple[int, int]], direct: bool
) -> Iterator[Row]:
    """The rows of all codes; notes from which to which, from 1, those of each code are, and of
    those below it unless `direct`."""
    last = 0
    for path in found.names():
        first = last + 1
        for row in found.rows(path):
            last += 1
            yield row
        names = split_path(path)
        for depth in range(len(names) if direct else 1, len(names) + 1):
            begins, _ = blocks.get(tuple(names[:depth]), (first, last))
            blocks[tuple(names[:depth])] = begins, last
