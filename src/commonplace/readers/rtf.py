"""Rich text (.rtf), as word processors and old transcription services export it.

Our own parser. striprtf (0.0.35) keeps deleted and hidden text, glues the cells of tables with
bars, stops at a byte that a code page does not have, knows no Macintosh or DOS pages, and loses
bold and italics, by which speakers are told apart in many files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from commonplace.domain.transcript import Transcript
from commonplace.readers.blocks import Block, Paragraph, Rows, Style
from commonplace.readers.errors import EmptyError, ReadError
from commonplace.readers.flow import read_flow
from commonplace.readers.formats import Format, Options
from commonplace.readers.rtfwords import (
    CHARACTERS,
    DOCUMENT_PAGES,
    NO_WORDS,
    SIGNS,
    Token,
    charset_page,
    code_page,
    tokens,
)
from commonplace.readers.source import Source

_DEEPEST = 2000
_CELLS_AT_MOST = 1000
_ROWS_AT_MOST = 100_000
_CUT_OFF = "the file ends in the middle of something: its last words may be missing"
_HEADINGS = ("title", "subtitle", "heading")


def _read(source: Source, options: Options) -> list[Transcript]:
    start = source.data.find(b"{\\rtf", 0, 64)
    if start < 0:
        raise ReadError(
            f"{source.name} is no rich text: it does not begin with {{\\rtf; give it the ending "
            "of what it is, or save it again as .rtf"
        )
    reader = _Reader(source.name)
    try:
        found = read_flow(source, FORMAT, options, reader.blocks(tokens(source.data[start:])))
    except EmptyError as error:
        if not reader.groups:
            raise
        raise ReadError(
            f"{source.name} is cut off before its first words; open it in the program it comes "
            "from and save it again, or fetch it anew"
        ) from error
    if not reader.groups:
        return found
    return [replace(each, notes=(*each.notes, _CUT_OFF)) for each in found]


@dataclass(frozen=True, slots=True)
class _State:
    """What holds in a group until it ends."""

    skip: bool = False
    """Nothing is said here."""
    table: str = ""
    """`fonts` or `styles` inside the table of fonts or of styles."""
    fallback: int = 1
    """How many characters stand in for one given by its number (`\\uc`)."""
    font: int | None = None
    style: Style = Style.PLAIN
    gone: bool = False
    """Deleted or hidden."""


@dataclass(slots=True)
class _Reader:
    """Goes through the tokens; what is under way is in its fields."""

    name: str
    state: _State = field(default_factory=_State)
    groups: list[_State] = field(default_factory=list)
    page: str = "cp1252"
    fonts: dict[int, str | None] = field(default_factory=dict)
    font: int | None = None
    first_font: int | None = None
    headings: set[int] = field(default_factory=set)
    style_number: int | None = None
    style_name: str = ""
    pending: bytearray = field(default_factory=bytearray)
    to_skip: int = 0
    starred: bool = False
    paragraph: Paragraph = field(default_factory=Paragraph)
    in_table: bool = False
    cell: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def blocks(self, found: Iterator[Token]) -> Iterator[Block]:
        """The paragraphs and tables. Raises `ReadError` for what is nested without end."""
        for token in found:
            if token.plain:
                self._plain(token.plain)
                continue
            if self.to_skip and not token.brace:
                if token.word not in ("u", "uc"):
                    self.to_skip -= 1
                    continue
                self.to_skip = 0
            self._decode()
            if token.brace:
                self._brace(token.brace)
                if not self.groups:
                    break
            elif token.sign:
                if token.sign in "\r\n":
                    yield from self._end_paragraph()
                self._sign(token.sign)
            elif token.word in _ENDS:
                if not self.state.skip:
                    yield from _ENDS[token.word](self)
            else:
                self._word(token)
        self._decode()
        yield from self._end_paragraph()
        if self.row:
            self._end_row()
        yield from self._end_table()

    def _plain(self, data: bytes) -> None:
        if self.to_skip:
            skipped = min(self.to_skip, len(data))
            self.to_skip -= skipped
            data = data[skipped:]
        if not self.state.skip:
            self.pending += data

    def _decode(self) -> None:
        """Turn the bytes so far into text, by the code page of their font."""
        if not self.pending:
            return
        font = self.state.font if self.state.font is not None else self.font
        page = (None if font is None else self.fonts.get(font)) or self.page
        self._put(bytes(self.pending).decode(page, "replace"))
        self.pending.clear()

    def _put(self, text: str) -> None:
        if self.state.skip or self.state.gone:
            return
        if self.state.table == "styles":
            self.style_name += text
        elif not self.state.table:
            self.paragraph.add(text, self.state.style)

    def _brace(self, brace: str) -> None:
        self.to_skip, self.starred = 0, False
        if brace == "{":
            if len(self.groups) >= _DEEPEST:
                raise ReadError(
                    f"{self.name} nests its groups deeper than any text needs; save it as .docx"
                )
            self.groups.append(self.state)
            return
        if self.state.table == "styles":
            named = self.style_name.casefold().strip(" ;")
            if self.style_number is not None and named.startswith(_HEADINGS):
                self.headings.add(self.style_number)
            self.style_name, self.style_number = "", None
        if self.groups:
            self.state = self.groups.pop()

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.starred = True
        elif sign in SIGNS:
            self._put(SIGNS[sign])

    def _word(self, token: Token) -> None:
        word, number = token.word, token.number
        starred, self.starred = self.starred, False
        if word == "ud":
            self.state = replace(self.state, skip=False)
        elif word in NO_WORDS or (starred and word not in _STARRED):
            self.state = replace(self.state, skip=True)
        elif self.state.skip:
            pass
        elif word == "u":
            self._unicode(number or 0)
        elif word in CHARACTERS:
            self._put(CHARACTERS[word])
        elif self.state.table:
            self._in_table_of(word, number)
        else:
            self._format(word, number)

    def _unicode(self, number: int) -> None:
        letter = chr(number & 0xFFFF)
        if "\udc00" <= letter <= "\udfff" and self.paragraph.runs:
            last = self.paragraph.runs[-1].text
            if "\ud800" <= last[-1] <= "\udbff":
                letter = (last[-1] + letter).encode("utf-16", "surrogatepass").decode("utf-16")
                self._take_back()
        self._put(letter)
        self.to_skip = self.state.fallback

    def _take_back(self) -> None:
        last = self.paragraph.runs.pop()
        self.paragraph.add(last.text[:-1], last.style)

    def _in_table_of(self, word: str, number: int | None) -> None:
        if word == "f" and self.state.table == "fonts":
            self.state = replace(self.state, font=number or 0)
            self.fonts.setdefault(number or 0, None)
        elif word == "fcharset" and self.state.font is not None:
            self.fonts[self.state.font] = charset_page(number)
        elif word == "cpg" and self.state.font is not None:
            self.fonts[self.state.font] = code_page(number)
        elif word == "s" and self.state.table == "styles":
            self.style_number = number or 0

    def _format(self, word: str, number: int | None) -> None:
        on = number != 0
        state = self.state
        if word in ("b", "i"):
            each = Style.BOLD if word == "b" else Style.ITALIC
            self.state = replace(state, style=state.style | each if on else state.style & ~each)
        elif word == "plain":
            self.state = replace(state, style=Style.PLAIN, gone=False, font=None)
        elif word in ("deleted", "v"):
            self.state = replace(state, gone=on)
        elif word == "f":
            self.state = replace(state, font=number or 0)
        elif word == "uc":
            self.state = replace(state, fallback=min(max(number or 0, 0), 16))
        elif word == "pard":
            self.in_table = False
            self.paragraph.heading = False
        elif word == "intbl":
            self.in_table = True
        elif word == "s":
            self.paragraph.heading = number in self.headings
        elif word == "outlinelevel" and (number or 0) < 9:
            self.paragraph.heading = True
        elif word in _TABLES:
            self.state = replace(state, table=_TABLES[word])
        else:
            self._document(word, number)

    def _document(self, word: str, number: int | None) -> None:
        if word == "deff":
            self.font = number or 0
        elif word == "ansicpg":
            self.page = code_page(number) or self.page
        elif word in DOCUMENT_PAGES:
            self.page = DOCUMENT_PAGES[word]

    def _end_paragraph(self) -> Iterator[Block]:
        paragraph = _whole(self.paragraph)
        self.paragraph = Paragraph(heading=paragraph.heading)
        if self.in_table:
            self.cell.append(paragraph.text)
            return
        yield from self._end_table()
        yield paragraph

    def _end_cell(self) -> Iterator[Block]:
        self.in_table = True
        yield from self._end_paragraph()
        if len(self.row) < _CELLS_AT_MOST:
            self.row.append("\n".join(part for part in self.cell if part.strip()))
        self.cell.clear()

    def _end_row(self) -> Iterator[Block]:
        if self.row:
            self.rows.append(tuple(self.row))
            self.row.clear()
        if len(self.rows) > _ROWS_AT_MOST:
            raise ReadError(
                f"{self.name} has a table of more than {_ROWS_AT_MOST} rows, as no transcript has; "
                "split it"
            )
        return iter(())

    def _end_table(self) -> Iterator[Block]:
        if self.rows:
            yield Rows(tuple(self.rows))
            self.rows.clear()


_TABLES = {"fonttbl": "fonts", "stylesheet": "styles"}
_STARRED = frozenset(("ud", "fonttbl", "stylesheet", "cs", "u", "shppict"))
_ENDS = {
    "par": _Reader._end_paragraph, "sect": _Reader._end_paragraph, "page": _Reader._end_paragraph,
    "cell": _Reader._end_cell, "nestcell": _Reader._end_cell,
    "row": _Reader._end_row, "nestrow": _Reader._end_row,
}  # fmt: skip


def _whole(paragraph: Paragraph) -> Paragraph:
    """The paragraph without halves of characters, which broken files have."""
    if paragraph.text.isascii():
        return paragraph
    whole = Paragraph(heading=paragraph.heading)
    for run in paragraph.runs:
        whole.add(run.text.encode("utf-8", "replace").decode(), run.style)
    return whole


FORMAT = Format("rtf", (".rtf",), 1, _read)
