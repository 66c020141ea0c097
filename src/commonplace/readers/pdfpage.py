"""The characters of a PDF page with their places, gathered into pieces of lines.

Coordinates are points (1/72 inch), y upwards. All calls of PDFium are here and in `pdf`.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from commonplace.readers.blocks import Paragraph, Style

_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_SLANTED_NAMES = ("italic", "oblique", "kursiv", "slanted")
_ITALIC_FLAG = 1 << 6
_BOLD_FLAG = 1 << 18
_BOLD_WEIGHT = 600
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_HYPHENS = "\ufffe\x02\u00ad"
"""What PDFium gives for a hyphen at the end of a line."""
_GAP = 0.9
"""Widths of a gap in line heights, from which on it parts pieces: a tab, or a column."""
_WORD_GAP = 0.12


@dataclass(slots=True)
class Piece:
    """Words on one line without a wide gap in them."""

    x0: float
    x1: float
    y: float
    """Of the base line."""
    size: float
    """Height of a line."""
    words: Paragraph = field(default_factory=Paragraph)
    first_word: float = 0.0
    """Width of the first word."""
    hyphen: bool = False
    """Ends in a hyphen that parts a word, which is left out of `words`."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How the characters of a text object are set."""

    style: Style
    turned: int
    """In quarter turns anticlockwise."""


@dataclass(slots=True)
class PageText:
    """The pieces of a page, in the order of the file, and how well it could be read."""

    pieces: list[Piece]
    width: float
    height: float
    letters: int = 0
    unknown: int = 0
    """Characters of which the file does not say what they are."""


def page_text(page: Any) -> PageText:
    """The pieces of text on a page (pypdfium2)."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    result = PageText([], width, height)
    text = page.get_textpage()
    try:
        _Gathering(pdfium, text, result).run()
    finally:
        text.close()
    return result


class _Gathering:
    """Goes through a page's characters once."""

    def __init__(self, pdfium: Any, text: Any, result: PageText) -> None:
        self.pdfium = pdfium
        self.text = text
        self.result = result
        self.looks: dict[int, _Look] = {}
        self.fonts: dict[int, Style] = {}
        self.box = pdfium.FS_RECTF()
        self.far = 2 * max(result.width, result.height)
        self.turns: Counter[int] = Counter()
        self.by_turn: dict[int, list[Piece]] = {}
        self.word_ended = False
        self.piece: Piece | None = None
        self.style = Style.PLAIN
        self.parts: list[str] = []

    def run(self) -> None:
        pdfium, text = self.pdfium, self.text
        piece: Piece | None = None
        turned = 0
        for number in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text, number)
            character = _LIGATURES.get(chr(code)) or chr(code)
            if character in "\r\n":
                piece = None
                continue
            if character in _HYPHENS:
                if piece is not None:
                    piece.hyphen = True
                continue
            pdfium.FPDFText_GetLooseCharBox(text, number, self.box)
            if code == 0 or character == "\ufffd":
                self.result.unknown += 1
            if character.isspace():
                if piece is not None:
                    self._put(piece, " ", self.style)
                    self.word_ended = True
                continue
            if not self._is_on_page():
                continue
            look = self._look(number)
            x0, x1, y, size = self._place(look.turned)
            self.result.letters += 1
            self.turns[look.turned] += 1
            if piece is None or look.turned != turned or self._apart(piece, x0, y, size):
                piece, turned = Piece(x0, x1, y, size), look.turned
                self.by_turn.setdefault(turned, []).append(piece)
                self.word_ended = False
            elif x0 - piece.x1 > _WORD_GAP * size and self.parts[-1:] != [" "]:
                self._put(piece, " ", look.style)
                self.word_ended = True
            self._put(piece, character, look.style)
            piece.x1 = max(piece.x1, x1)
            piece.hyphen = False
            if not self.word_ended:
                piece.first_word = piece.x1 - piece.x0
        self._flush()
        if self.turns:
            self.result.pieces = self.by_turn[self.turns.most_common(1)[0][0]]

    def _put(self, piece: Piece, character: str, style: Style) -> None:
        if piece is not self.piece or style is not self.style:
            self._flush()
            self.piece, self.style = piece, style
        self.parts.append(character)

    def _flush(self) -> None:
        """Give the piece under way the characters that were put last."""
        if self.piece is not None:
            self.piece.words.add("".join(self.parts), self.style)
        self.parts.clear()

    def _apart(self, piece: Piece, x0: float, y: float, size: float) -> bool:
        """Whether a character is on another line than the piece, or a wide gap away."""
        height = max(size, piece.size)
        return (
            abs(y - piece.y) > 0.5 * height
            or x0 - piece.x1 > _GAP * height
            or x0 < piece.x1 - 1.5 * height
        )

    def _is_on_page(self) -> bool:
        """Whether the character in `box` is on the page or near it, as broken files do not say."""
        box, far = self.box, self.far
        return bool(
            -far < box.left < far
            and -far < box.right < far
            and -far < box.top < far
            and -far < box.bottom < far
        )

    def _place(self, turned: int) -> tuple[float, float, float, float]:
        """Left, right, base line and height of the character in `box`, as if it stood upright."""
        left, top, right, bottom = self.box.left, self.box.top, self.box.right, self.box.bottom
        for _ in range(turned):
            left, top, right, bottom = bottom, -left, top, -right
        low, high = min(top, bottom), max(top, bottom)
        return min(left, right), max(left, right), low + 0.2 * (high - low), max(high - low, 1.0)

    def _look(self, number: int) -> _Look:
        thing = self.pdfium.FPDFText_GetTextObject(self.text, number)
        key = ctypes.cast(thing, ctypes.c_void_p).value or 0
        look = self.looks.get(key)
        if look is None:
            look = self.looks[key] = self._examine(thing) if key else _Look(Style.PLAIN, 0)
        return look

    def _examine(self, thing: Any) -> _Look:
        pdfium = self.pdfium
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(thing, matrix)
        if abs(matrix.b) > abs(matrix.a):
            turned = 1 if matrix.b > 0 else 3
        else:
            turned = 0 if matrix.a >= 0 else 2
        font = pdfium.FPDFTextObj_GetFont(thing)
        style = self._font(font) if font else Style.PLAIN
        if pdfium.FPDFTextObj_GetTextRenderMode(thing) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE:
            style |= Style.BOLD
        if turned == 0 and matrix.a and 0.15 < matrix.c / matrix.a < 0.6:
            style |= Style.ITALIC
        return _Look(style, turned)

    def _font(self, font: Any) -> Style:
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key in self.fonts:
            return self.fonts[key]
        pdfium = self.pdfium
        buffer = ctypes.create_string_buffer(256)
        pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
        name = buffer.value.decode("utf-8", "replace").casefold()
        flags = pdfium.FPDFFont_GetFlags(font)
        style = Style.PLAIN
        if (
            any(each in name for each in _BOLD_NAMES)
            or (flags > 0 and flags & _BOLD_FLAG)
            or pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
        ):
            style |= Style.BOLD
        if any(each in name for each in _SLANTED_NAMES) or (flags > 0 and flags & _ITALIC_FLAG):
            style |= Style.ITALIC
        self.fonts[key] = style
        return style
