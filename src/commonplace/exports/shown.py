"""Cells as people read them, where a file for machines would have them exactly."""

from __future__ import annotations

import re

from commonplace.domain.table import Cell

_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")

_CONTROLS = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD),
}
"""What could steer a terminal or turn a line around, by the picture that stands for it."""


def visible(text: str) -> str:
    """`text` without anything that acts on the screen; all line breaks are `\\n`, tabs spaces."""
    if text.isprintable():
        return text
    return _BREAKS.sub("\n", text).translate(_CONTROLS).replace("\t", " ")


def figure(cell: Cell) -> str:
    """A cell for the eye: shares and scores to three decimals, what is not known left blank."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.3f}".rstrip("0").rstrip(".")
    return str(cell)
