"""What stands in a terminal's cells for the code points of a text.

A *glyph* is what a reader takes for one character: a letter with its combining marks, an emoji
sequence, a flag. Nothing that could command the terminal or turn the line around is ever shown
as it is: control characters, bidirectional overrides and the like have visible stand-ins, one
cell wide, one code point for one code point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes

TAB = 4
"""Cells between tab stops, counted from the left edge of the text column."""

_ODD = re.compile(
    r"[^ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u1e00-\u1eff"
    r"\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2500-\u25fc]"
)
"""Finds what may not be one cell wide, or not harmless. A short list of what certainly is makes
a far faster expression than a list of all that is not."""

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_STAND_INS = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xB7),
    **{ord(character): 0xB7 for character in _BIDI},
    0xAD: 0x2010,
    0x2028: 0x2424,
    0x2029: 0x2424,
    0x09: 0x20,
    0x0A: 0x20,
    **dict.fromkeys(range(0xFFF9, 0xFFFC), 0xFFFD),
}
_SURROGATES = re.compile("[\ud800-\udfff]")
_FLAG_LETTER = re.compile("[\U0001f1e6-\U0001f1ff]")


class Glyph(NamedTuple):
    """One character as a reader sees it: code points `[start, end)`, cells, and what to print."""

    start: int
    end: int
    cells: int
    shown: str


def is_plain(text: str) -> bool:
    """Whether each code point of `text` is one glyph, one cell wide, and harmless as it is."""
    return _ODD.search(text) is None


def safe(text: str) -> str:
    """`text` with stand-ins for what a terminal would obey; as many code points as before."""
    if is_plain(text):
        return text
    text = text.translate(_STAND_INS)
    return _SURROGATES.sub("\ufffd", text)


def glyphs(text: str, start: int = 0, column: int = 0) -> list[Glyph]:
    """The glyphs of `text`, which begins at code point `start` and at cell `column`.

    Tabs reach to the next tab stop. A combining mark without a letter stands on a dotted circle.
    """
    shown = safe(text)
    found = []
    for begin, end, wide in _clusters(shown):
        cells, piece = wide, shown[begin:end]
        if text[begin] == "\t":
            cells = TAB - column % TAB
            piece = " " * cells + piece[1:]
        elif wide == 0:
            piece = "◌" + piece
            cells = cell_len(piece)
        found.append(Glyph(start + begin, start + end, cells, piece))
        column += cells
    return found


def _clusters(text: str) -> Iterator[tuple[int, int, int]]:
    """Graphemes as (start, end, cells), with two flag letters in a row taken as one flag."""
    letter: tuple[int, int, int] | None = None
    for cluster in split_graphemes(text)[0]:
        is_letter = _FLAG_LETTER.match(text, cluster[0]) is not None
        if letter is not None and is_letter:
            yield letter[0], cluster[1], letter[2] + cluster[2]
            letter = None
            continue
        if letter is not None:
            yield letter
        letter = cluster if is_letter else None
        if letter is None:
            yield cluster
    if letter is not None:
        yield letter


def shorten(text: str, width: int) -> str:
    """`text` on one line, in at most `width` cells, with an ellipsis where something is cut."""
    text = safe(" ".join(text.split()))
    if cell_len(text) <= width:
        return text
    kept, room = [], width - 1
    for glyph in glyphs(text):
        if glyph.cells > room:
            break
        kept.append(glyph.shown)
        room -= glyph.cells
    return ("".join(kept).rstrip() + "…") if width > 0 else ""
