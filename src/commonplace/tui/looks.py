"""How codes look: a colour each top-level code shares with what is below, and a short mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual.color import Color
from textual.theme import Theme

from commonplace.domain.codebook import Codebook
from commonplace.domain.colors import PALETTE
from commonplace.tui.widgets.reader import CodeLook
from commonplace.tui.widgets.reader.palette import contrast

CONTRAST = 4.5
"""Least contrast of a mark to its pane (WCAG 2.1, AA for text)."""

_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


def looks(codebook: Codebook, theme: Theme) -> dict[str, CodeLook]:
    """The look of every code, by id, in colours that can be read on the panes of `theme`.

    Marks are two letters, different as long as letters last.
    """
    colors = _colors(codebook)
    shown = {color: _readable(color, theme) for color in set(colors.values())}
    taken: set[str] = set()
    found = {}
    for code in codebook.in_reading_order():
        mark = next((m for m in _marks(code.name) if m not in taken), None) or _letters(code.name)
        taken.add(mark)
        found[code.id] = CodeLook(mark, shown[colors[code.id]])
    return found


def _colors(codebook: Codebook) -> dict[str, str]:
    """Each code's own colour, else its parent's, else the next of the palette not yet in use."""
    tops = codebook.children(None)
    used = {top.color.upper() for top in tops if _COLOR.fullmatch(top.color)}
    palette = list(PALETTE.values())
    spare = [color for color in palette if color not in used] or palette
    colors: dict[str, str] = {}
    given = 0
    for code in codebook.in_reading_order():
        if _COLOR.fullmatch(code.color):
            colors[code.id] = code.color
        elif code.parent is not None:
            colors[code.id] = colors[code.parent]
        else:
            colors[code.id] = spare[given % len(spare)]
            given += 1
    return colors


def _marks(name: str) -> Iterator[str]:
    """Marks for a name, the most telling first: initials, then its first letter with others."""
    words = re.findall(r"\w+", name)
    letters = "".join(words)
    if not letters:
        return
    first = letters[0].upper()
    if len(words) == 1:
        yield first + letters[1:2].lower()
    for word in words[1:]:
        if word.lower() not in {"and", "of", "the", "in", "or", "a", "to", "with", "for"}:
            yield first + word[0].lower()
    for letter in letters[1:]:
        yield first + letter.lower()
    for digit in "123456789":
        yield first + digit


def _letters(name: str) -> str:
    return re.sub(r"\W", "", name)[:2] or "•"


def _readable(color: str, theme: Theme) -> str:
    """`color`, drawn towards the text's until its contrast to a pane is that of text."""
    pane, text = Color.parse(theme.panel or "#808080"), Color.parse(theme.foreground or "#808080")
    mixed = Color.parse(color)
    for step in range(1, 11):
        if contrast(mixed, pane) >= CONTRAST:
            break
        mixed = Color.parse(color).blend(text, step / 10)
    return mixed.hex
