"""Cells as people read them, where a file for machines would have them exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass

from commonplace.domain.table import Cell, Row, Table

BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
"""Line breaks other than `\\n`."""

_CONTROLS = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF], 0xFFFD),
}
"""What could steer a terminal or turn a line around, by the picture that stands for it."""


def visible(text: str) -> str:
    """`text` without anything that acts on the screen; all line breaks are `\\n`, tabs spaces."""
    if text.isprintable():
        return text
    return BREAKS.sub("\n", text).translate(_CONTROLS).replace("\t", " ")


def figure(cell: Cell) -> str:
    """A cell for the eye: shares and scores to three decimals, what is not known left blank."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.3f}".rstrip("0").rstrip(".")
    return str(cell)


def title(table: Table) -> str:
    """What a table is called at the head of a page."""
    return table.name[:1].upper() + table.name[1:]


@dataclass(slots=True)
class Shown:
    """A column as people read it. A count stands with what it is of: `14 of 22`."""

    name: str
    place: int
    of: int | None
    figures: bool

    @property
    def heading(self) -> str:
        """The name in words."""
        words = self.name.replace("_", " ")
        return visible(words[:1].upper() + words[1:])

    def text(self, row: Row) -> str:
        """The cell of a row."""
        shown = visible(figure(row[self.place]))
        return shown if self.of is None else f"{shown} of {figure(row[self.of])}"


def columns(table: Table) -> list[Shown]:
    """The columns of a table; those that hold what others are of stand with them."""
    places = {column.name: place for place, column in enumerate(table.columns)}
    merged = {column.of for column in table.columns}
    return [
        Shown(column.name, place, places.get(column.of), bool(column.unit))
        for place, column in enumerate(table.columns)
        if column.name not in merged
    ]
