"""The words of a PDF page with their places, gathered into pieces of lines.

Coordinates are points (1/72 inch), y upwards. All calls of PDFium are here and in `pdfdocument`.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from commonplace.readers.blocks import Paragraph, Style

_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_SLANTED_NAMES = ("italic", "oblique", "kursiv", "slanted")
_ITALIC_FLAG = 1 << 6
_BOLD_FLAG = 1 << 18
_BOLD_WEIGHT = 600
_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
        "\ufb05": "st", "\ufb06": "st",
    }
)  # fmt: skip
_HYPHENS = "\ufffe\x02\u00ad"
"""What PDFium gives for a hyphen at the end of a line."""
_TOKEN = re.compile(
    rf"(?P<word>[^\s{_HYPHENS}]+)|(?P<space>[^\S\r\n]+)|(?P<hyphen>[{_HYPHENS}])|(?P<end>[\r\n]+)"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_GAP = 0.9
"""Widths of a gap in line heights, from which on it parts pieces: a tab, or a column."""
_WORD_GAP = 0.12
_GAPS_AT_MOST = 8
_LEAST_RULE = 5
_DRAWN_AT_MOST = 5000
_SCATTERED = 5
"""Characters to a line, below which its end is doubted."""


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
    gaps: list[tuple[float, float]] = field(default_factory=list)
    """Where the first spaces in `words` begin and end."""
    label: bool = False
    """Says who speaks, in a column of its own: see `pdflabels`."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How the characters of a text object are set."""

    style: Style
    turned: int
    """In quarter turns anticlockwise."""


class _Place(NamedTuple):
    """Left, right, base line and height of characters, as if they stood upright."""

    x0: float
    x1: float
    y: float
    size: float


@dataclass(slots=True)
class PageText:
    """The pieces of a page, in the order of the file, and how well it could be read."""

    pieces: list[Piece]
    width: float
    height: float
    letters: int = 0
    unknown: int = 0
    """Characters of which the file does not say what they are."""
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    """Lines drawn across: where they begin and end, and how high."""


def page_text(page: Any) -> PageText:
    """The pieces of text on a page (pypdfium2)."""
    width, height = page.get_size()
    result = PageText([], width, height, rules=_rules(page))
    text = page.get_textpage()
    try:
        _Gathering(_Characters(text.raw, 2 * max(width, height)), result).run()
    finally:
        text.close()
    return result


def _rules(page: Any) -> list[tuple[float, float, float]]:
    """The lines drawn across a page, and the upper and lower edges of what else is drawn on it."""
    import pypdfium2.raw as pdfium

    found: list[tuple[float, float, float]] = []
    edges = (ctypes.c_float * 4)()
    left, low, right, high = (
        ctypes.pointer(ctypes.c_float.from_buffer(edges, 4 * n)) for n in range(4)
    )
    for number in range(min(pdfium.FPDFPage_CountObjects(page), _DRAWN_AT_MOST)):
        thing = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if pdfium.FPDFPageObj_GetBounds(thing, left, low, right, high):
            x0, y0, x1, y1 = edges
            if x1 - x0 >= _LEAST_RULE:
                found += [(x0, x1, y) for y in ((y0, y1) if y1 - y0 > 2 else (y0,))]
    return found


class _Characters:
    """What PDFium knows of the characters of a page, by their number.

    Numbers instead of pointers go to and fro: a question then takes a third of the time.
    """

    def __init__(self, text: Any, far: float) -> None:
        import pypdfium2.raw as pdfium

        self.text = text
        self.far = far
        self.page = ctypes.cast(text, ctypes.c_void_p).value
        self.box = pdfium.FS_RECTF()
        self.box_at = ctypes.addressof(self.box)
        self.loose_box = _prototype(
            pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_int, ctypes.c_void_p
        )
        object_of = _prototype(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_int)
        self.thing = partial(object_of, self.page)
        """The address of the text object that a character belongs to."""
        self.pdfium = pdfium

    def all(self) -> str:
        """The characters, one code point each."""
        pdfium = self.pdfium
        count = pdfium.FPDFText_CountChars(self.text)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        got = pdfium.FPDFText_GetText(self.text, 0, count, buffer)
        words = bytes(buffer)[: 2 * max(got - 1, 0)].decode("utf-16-le", "surrogatepass")
        if len(words) == count and "\0" not in words:
            return words
        return "".join(chr(pdfium.FPDFText_GetUnicode(self.text, n)) for n in range(count))

    def place(self, number: int, turned: int) -> _Place | None:
        """Where a character stands; None when that is not on the page or near it.

        Broken files have characters anywhere.
        """
        box, far = self.box, self.far
        self.loose_box(self.page, number, self.box_at)
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        if not (-far < left < far and -far < top < far and -far < right < far):
            return None
        if not -far < bottom < far:
            return None
        for _ in range(turned):
            left, top, right, bottom = bottom, -left, top, -right
        low, high = (bottom, top) if bottom < top else (top, bottom)
        if right < left:
            left, right = right, left
        return _Place(left, right, low + 0.2 * (high - low), max(high - low, 1.0))


def _prototype(function: Any, result: Any, *arguments: Any) -> Any:
    """The function of PDFium, with the page of text before these arguments as a number."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, *arguments)(address)


class _Gathering:
    """Goes through a page's words once.

    Places and fonts are asked of the first and the last character of each word, and of those
    between only where these two belong to different text objects.
    """

    def __init__(self, characters: _Characters, result: PageText) -> None:
        self.characters = characters
        self.result = result
        self.looks = _Looks()
        self.turns: Counter[int] = Counter()
        self.by_turn: dict[int, list[Piece]] = {}
        self.word_ended = False
        self.ligatures = False
        self.piece: Piece | None = None
        self.turned = 0
        self.style = Style.PLAIN
        self.parts: list[str] = []

    def run(self) -> None:
        characters = self.characters.all()
        self.result.unknown = characters.count("\0") + characters.count("\ufffd")
        # PDFium takes a page of two lines for one that is written from top to bottom, and ends a
        # line after each letter: then only their places tell.
        scattered = characters.count("\n") * _SCATTERED > len(characters)
        self.ligatures = not _LIGATURES.keys().isdisjoint(map(ord, set(characters)))
        for token in _TOKEN.finditer(characters):
            kind = token.lastgroup
            if kind == "word":
                self._word(token[0], token.start())
            elif kind == "end":
                if not scattered:
                    self._end_piece()
            elif self.piece is None:
                continue
            elif kind == "hyphen":
                self.piece.hyphen = True
            else:
                self._put(" ", self.style)
                self.word_ended = True
        self._end_piece()
        if self.turns:
            self.result.pieces = self.by_turn[self.turns.most_common(1)[0][0]]

    def _word(self, word: str, start: int) -> None:
        """Take in characters without a space between them: as one, or each for itself."""
        characters = self.characters
        last = start + len(word) - 1
        thing = characters.thing(start)
        look = self.looks.of(thing)
        first = characters.place(start, look.turned)
        if first is not None and last > start and thing == characters.thing(last):
            end = characters.place(last, look.turned)
            if end is not None and end.x1 >= first.x0 and abs(end.y - first.y) < 0.5:
                self._take(word, _Place(first.x0, end.x1, first.y, first.size), look)
                return
        if first is not None:
            self._take(word[0], first, look)
        for number in range(start + 1, last + 1):
            look = self.looks.of(characters.thing(number))
            place = characters.place(number, look.turned)
            if place is not None:
                self._take(word[number - start], place, look)

    def _take(self, words: str, place: _Place, look: _Look) -> None:
        self.result.letters += len(words)
        self.turns[look.turned] += len(words)
        piece = self.piece
        if piece is None or look.turned != self.turned or _apart(piece, place):
            self._end_piece()
            piece = self.piece = Piece(place.x0, place.x1, place.y, place.size)
            self.turned = look.turned
            self.by_turn.setdefault(look.turned, []).append(piece)
            self.word_ended = False
        elif place.x0 - piece.x1 > _WORD_GAP * place.size and self.parts[-1:] != [" "]:
            self._put(" ", look.style)
            self.word_ended = True
        if self.parts[-1:] == [" "] and len(piece.gaps) < _GAPS_AT_MOST:
            piece.gaps.append((piece.x1, place.x0))
        self._put(words.translate(_LIGATURES) if self.ligatures else words, look.style)
        piece.x1 = max(piece.x1, place.x1)
        piece.hyphen = False
        if not self.word_ended:
            piece.first_word = piece.x1 - piece.x0

    def _put(self, words: str, style: Style) -> None:
        if style is not self.style:
            self._flush()
            self.style = style
        self.parts.append(words)

    def _flush(self) -> None:
        """Give the piece under way the words that were put last."""
        if self.piece is not None and self.parts:
            self.piece.words.add(_whole("".join(self.parts)), self.style)
        self.parts.clear()

    def _end_piece(self) -> None:
        self._flush()
        self.piece = None


def _apart(piece: Piece, place: _Place) -> bool:
    """Whether words are on another line than the piece, or a wide gap away."""
    height = max(place.size, piece.size)
    return (
        abs(place.y - piece.y) > 0.5 * height
        or place.x0 - piece.x1 > _GAP * height
        or place.x0 < piece.x1 - 1.5 * height
    )


def _whole(words: str) -> str:
    """The words with the halves of characters beyond 16 bits joined, and single halves replaced."""
    if not _SURROGATES.search(words):
        return words
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Looks:
    """How text objects are set, each asked for once."""

    def __init__(self) -> None:
        import pypdfium2.raw as pdfium

        self.pdfium = pdfium
        self.known: dict[int | None, _Look] = {None: _Look(Style.PLAIN, 0)}
        self.fonts: dict[int, Style] = {}

    def of(self, thing: int | None) -> _Look:
        """How the text object at this address is set."""
        look = self.known.get(thing)
        if look is None:
            # An address or None, which ctypes takes and its stubs do not.
            pointer = ctypes.cast(thing, self.pdfium.FPDF_PAGEOBJECT)  # type: ignore[arg-type]
            look = self.known[thing] = self._examine(pointer)
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
