"""Tables as Markdown, in the pipe form that GitHub, Pandoc and others read."""

from __future__ import annotations

import re
from typing import TextIO

from commonplace.domain.table import Table
from commonplace.exports.shown import figure, title, visible

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$^&@]")
_LINKS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
"""Of what is no markup but becomes a link by itself, the character that makes it one."""


def write(table: Table, stream: TextIO) -> None:
    """Writes a heading, the rows, and the note as a paragraph.

    What is in the cells is text and nothing else: no markup, link or HTML in it has an effect.
    Line breaks become `<br>`.
    """
    stream.write(f"# {escaped(title(table))}\n\n")
    stream.write(_line([escaped(name) for name in table.header]))
    stream.write(_line(["---:" if column.unit else "---" for column in table.columns]))
    for row in table:
        stream.write(_line([escaped(figure(cell)) for cell in row]))
    if table.note:
        stream.write(f"\n{escaped(table.note)}\n")


def escaped(text: str) -> str:
    """`text` so that Markdown shows just these characters, in one line."""
    shown = _MARKUP.sub(r"\\\g<0>", visible(text))
    if "//" in shown or "www." in shown.lower():
        shown = _LINKS.sub(r"\\\g<0>", shown)
    return shown.replace("\n", "<br>")


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
