"""Quotes as Markdown to be read: what was said under headings of codes, and whose words it is."""

from __future__ import annotations

import re
from typing import TextIO

from commonplace.domain.table import Table
from commonplace.exports import packs
from commonplace.exports.markdown_table import escaped
from commonplace.exports.shown import title

_BLOCK = re.compile(r"([-+=]|\d+(?=[.)]))")
"""What begins a list or a rule where a line begins with it."""


def write(table: Table, stream: TextIO) -> None:
    """Writes a heading, the note, and the quotes, each under the path of its code.

    Codes come by alphabet, their quotes in the order of the rows. What was said is text and
    nothing else: no markup in it has an effect.
    """
    stream.write(f"# {escaped(title(table))}\n")
    if table.note:
        stream.write(f"\n{escaped(table.note)}\n")
    with packs.quotes(table, stream) as found:
        for path in found.names():
            stream.write(f"\n## {escaped(path)}\n")
            stream.writelines(map(_quote, packs.read(found.rows(path))))


def _quote(quote: packs.Quote) -> str:
    return f"\n> {_plain_start(escaped(quote.said))}\n>\n> — {escaped(quote.source)}\n"


def _plain_start(text: str) -> str:
    """`text` so that it begins no list and no rule."""
    found = _BLOCK.match(text)
    if found is None:
        return text
    place = found.end() if found[0].isdigit() else 0
    return f"{text[:place]}\\{text[place:]}"
