"""Pages for a browser: quotes as figures under headings of codes, every other table as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from commonplace.domain.table import Table
from commonplace.exports import packs
from commonplace.exports.html_page import begin, end, in_pieces, text
from commonplace.exports.shown import Shown, columns, figure, title


def write(table: Table, stream: TextIO) -> None:
    """Writes a page that stands alone and needs nothing from anywhere."""
    pack = packs.is_pack(table)
    begin(table, stream, wide=not pack)
    if pack:
        _quotes(table, stream)
    else:
        _table(table, stream)
    end(stream)


def _quotes(table: Table, stream: TextIO) -> None:
    """Codes come by alphabet, their quotes in the order of the rows."""
    with packs.quotes(table, stream) as found:
        names = found.names()
        links = (f'<li><a href="#t{at}">{text(name)}</a></li>\n' for at, name in enumerate(names))
        if len(names) > 1:
            stream.write(f'<nav aria-label="Themes">\n<ul>\n{"".join(links)}</ul>\n</nav>\n')
        for place, name in enumerate(names):
            stream.write(f'<section aria-labelledby="t{place}">\n<h2 id="t{place}">{text(name)}')
            stream.write("</h2>\n")
            stream.writelines(in_pieces(map(_figure, packs.read(found.rows(name)))))
            stream.write("</section>\n")


def _figure(quote: packs.Quote) -> str:
    said, source, id = map(text, quote)
    whose = f"{source} · " if source else ""
    return (
        f'<figure><blockquote dir="auto">{said}</blockquote>\n'
        f"<figcaption>— {whose}<code>{id}</code></figcaption></figure>\n"
    )


def _table(table: Table, stream: TextIO) -> None:
    """The first column that holds no figures names the row."""
    shown = columns(table)
    named = next((column for column in shown if not column.figures), None)
    heads = "".join(
        f'<th scope="col"{_figures(column)}>{text(column.heading)}</th>' for column in shown
    )
    stream.write(
        f'<div class="table" role="region" aria-labelledby="caption" tabindex="0">\n<table>\n'
        f'<caption id="caption">{text(title(table))}</caption>\n'
        f"<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n"
    )
    stream.writelines(in_pieces(_rows(table, shown, named)))
    stream.write("</tbody>\n</table>\n</div>\n")


def _rows(table: Table, shown: list[Shown], named: Shown | None) -> Iterator[str]:
    cells = [(column.place, column.of, *_tags(column, column is named)) for column in shown]
    for row in table:
        line = "<tr>"
        for place, of, begins, ends in cells:
            cell = row[place]
            said = text(cell if cell.__class__ is str else figure(cell))
            line += begins + (said if of is None else f"{said} of {figure(row[of])}") + ends
        yield line + "</tr>\n"


def _tags(column: Shown, names: bool) -> tuple[str, str]:
    """What stands before and behind a cell."""
    if names:
        return '<th scope="row">', "</th>"
    return f"<td{_figures(column)}>", "</td>"


def _figures(column: Shown) -> str:
    return ' class="figure"' if column.figures else ""
