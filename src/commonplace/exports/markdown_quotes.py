"""Quotes as Markdown to be read: what was said under headings of codes, and whose words it is."""

from __future__ import annotations

import re
from typing import TextIO

from commonplace.domain.table import Table
from commonplace.exports.markdown_table import escaped

COLUMNS = ("code_path", "published_quote", "attribution", "quote_id")
"""A table with these is a table of quotes."""

_BLOCK = re.compile(r"([-+=]|\d+(?=[.)]))")
"""What begins a list or a rule where a line begins with it."""

NOTHING = "[…]"
"""Stands where nobody who was asked about says anything."""


def write(table: Table, stream: TextIO) -> None:
    """Writes a heading, the note, and the quotes, each under the path of its code.

    Codes come by alphabet, their quotes in the order of the rows. The lines of all quotes are
    held until they are written. What was said is text and nothing else: no markup in it has an
    effect.
    """
    places = [table.header.index(name) for name in COLUMNS]
    packs: dict[str, list[str]] = {}
    for row in table:
        path, said, source, id = (str(row[place] or "") for place in places)
        packs.setdefault(path, []).append(_quote(said, source, id))
    stream.write(f"# {escaped(table.name[:1].upper() + table.name[1:])}\n")
    if table.note:
        stream.write(f"\n{escaped(table.note)}\n")
    for path in sorted(packs, key=lambda path: path.casefold().split("/")):
        stream.write(f"\n## {escaped(path)}\n")
        stream.writelines(packs[path])


def _quote(said: str, source: str, id: str) -> str:
    text = _plain_start(escaped(said.strip() or NOTHING))
    return f"\n> {text}\n>\n> — {escaped(f'{source} · {id}' if source else id)}\n"


def _plain_start(text: str) -> str:
    """`text` so that it begins no list and no rule."""
    found = _BLOCK.match(text)
    if found is None:
        return text
    place = found.end() if found[0].isdigit() else 0
    return f"{text[:place]}\\{text[place:]}"
