"""OpenDocument texts (.odt), as LibreOffice writes them.

Read from the XML with lxml, which Word files need as well: odfpy, the one library for the format,
had its last release in 2020, and builds its tree without a limit on what is repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from commonplace.domain.transcript import Transcript
from commonplace.readers.archive import Archive, opened
from commonplace.readers.blocks import Block, Paragraph, Rows, Style
from commonplace.readers.errors import ReadError
from commonplace.readers.flow import read_flow
from commonplace.readers.formats import Format, Options
from commonplace.readers.safexml import local_name, parse_xml
from commonplace.readers.source import Source

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
WHAT = "OpenDocument file"

_LEFT_OUT = frozenset(
    (
        "tracked-changes", "annotation", "annotation-end", "note", "frame", "ruby-text", "forms",
        "sequence-decls", "table-of-content", "alphabetical-index", "bibliography", "custom-shape",
        "text-box", "control", "object", "variable-decls", "user-field-decls",
    )
)  # fmt: skip
_SPACES_AT_MOST = 1000
_CELLS_AT_MOST = 200
_ROWS_AT_MOST = 1000
_SPACE = re.compile(r"[\t\r\n][ \t\r\n]*| [ \t\r\n]+")
"""White space that is more than one space already."""


def _read(source: Source, options: Options) -> list[Transcript]:
    with opened(source, WHAT) as archive:
        refuse_encrypted(archive)
        content = parse_xml(archive.read("content.xml"), source.name, WHAT)
        styles = Styles()
        if "styles.xml" in archive.names:
            styles.add(parse_xml(archive.read("styles.xml"), source.name, WHAT))
        styles.add(content)
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        is_sheet = content.find(f"{_OFFICE}body/{_OFFICE}spreadsheet") is not None
        what = (
            "a sheet: give it the ending .ods"
            if is_sheet
            else "no text: open it in LibreOffice and save it as .odt"
        )
        raise ReadError(f"{source.name} is an OpenDocument file, but {what}")
    return read_flow(source, FORMAT, options, _blocks(body, styles))


def refuse_encrypted(archive: Archive) -> None:
    """Raises `ReadError` for an OpenDocument file with a password."""
    manifest = "META-INF/manifest.xml"
    if manifest in archive.names and b"encryption-data" in archive.read(manifest):
        raise ReadError(f"{archive.name} is encrypted; save it without a password")


class Styles:
    """What is bold or italic, by the names of styles, and which are headings."""

    def __init__(self) -> None:
        self._own: dict[str, dict[Style, bool]] = {}
        self._parents: dict[str, str] = {}
        self._headings: set[str] = set()
        self._known: dict[str, dict[Style, bool]] = {}

    def add(self, root: Any) -> None:
        """Take up the styles that a part of the document declares."""
        for style in root.iter(f"{_STYLE}style"):
            name = style.get(f"{_STYLE}name", "")
            self._parents[name] = style.get(f"{_STYLE}parent-style-name", "")
            shown = (style.get(f"{_STYLE}display-name") or name).casefold()
            if shown.startswith(("title", "subtitle", "heading")):
                self._headings.add(name)
            own: dict[Style, bool] = {}
            for each in style.findall(f"{_STYLE}text-properties"):
                if weight := each.get(f"{_FO}font-weight"):
                    own[Style.BOLD] = weight == "bold" or weight in ("600", "700", "800", "900")
                if slant := each.get(f"{_FO}font-style"):
                    own[Style.ITALIC] = slant in ("italic", "oblique")
            self._own[name] = own
        self._known.clear()

    def over(self, style: Style, name: str | None) -> Style:
        """How words are set by the style `name` where they were set in `style` before."""
        for each, is_set in self._all(name or "").items():
            style = style | each if is_set else style & ~each
        return style

    def is_heading(self, name: str) -> bool:
        """Whether the style, or one that it is made from, is a title's or a heading's."""
        seen: set[str] = set()
        while name and name not in seen:
            if name in self._headings:
                return True
            seen.add(name)
            name = self._parents.get(name, "")
        return False

    def _all(self, name: str) -> dict[Style, bool]:
        if name not in self._known:
            chain: list[str] = []
            each = name
            while each and each not in chain:
                chain.append(each)
                each = self._parents.get(each, "")
            found: dict[Style, bool] = {}
            for each in reversed(chain):
                found |= self._own.get(each, {})
            self._known[name] = found
        return self._known[name]


def _blocks(parent: Any, styles: Styles) -> Iterator[Block]:
    stack = [iter(parent)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        name = local_name(child)
        if name in ("p", "h"):
            yield paragraph_of(child, styles)
        elif child.tag == f"{_TABLE}table":
            yield Rows(tuple(_rows(child, styles)))
        elif name and name not in _LEFT_OUT:
            stack.append(iter(child))


def paragraph_of(element: Any, styles: Styles) -> Paragraph:
    """The words of a paragraph element, set as the styles say."""
    named = element.get(f"{_TEXT}style-name", "")
    heading = local_name(element) == "h" or styles.is_heading(named)
    writer = _Writer(Paragraph(heading=heading))
    base = styles.over(Style.PLAIN, named)
    writer.words(element.text, base)
    stack = [(element, iter(element), base)]
    while stack:
        parent, children, style = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                writer.words(parent.tail, stack[-1][2])
            continue
        name = local_name(child)
        if name == "s":
            writer.put(" " * min(repeats(child, f"{_TEXT}c"), _SPACES_AT_MOST), style)
        elif name == "tab":
            writer.put("\t", style)
        elif name == "line-break":
            writer.put("\n", style)
        elif name and name not in _LEFT_OUT:
            inner = styles.over(style, child.get(f"{_TEXT}style-name"))
            writer.words(child.text, inner)
            stack.append((child, iter(child), inner))
            continue
        writer.words(child.tail, style)
    return writer.paragraph


class _Writer:
    """Collapses white space as OpenDocument does: a run of it is one space, none to begin with."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        self._after_space = True

    def words(self, text: str | None, style: Style) -> None:
        """Put text as it stands in the XML."""
        words = _SPACE.sub(" ", text or "")
        if self._after_space:
            words = words.removeprefix(" ")
        if words:
            self.paragraph.add(words, style)
            self._after_space = words[-1] == " "

    def put(self, text: str, style: Style) -> None:
        """Put white space that is meant."""
        self.paragraph.add(text, style)
        self._after_space = False


def _rows(table: Any, styles: Styles) -> Iterator[tuple[str, ...]]:
    for row in table.iter(f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table"), None) is not table:
            continue
        cells: list[str] = []
        for cell in row:
            if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                repeated = repeats(cell, f"{_TABLE}number-columns-repeated")
                cells += [_cell(cell, styles)] * min(repeated, _CELLS_AT_MOST)
        repeated = repeats(row, f"{_TABLE}number-rows-repeated")
        filled = any(cell.strip() for cell in cells)
        for _ in range(min(repeated, _ROWS_AT_MOST) if filled else 1):
            yield tuple(cells)


def _cell(cell: Any, styles: Styles) -> str:
    parts = []
    for block in _blocks(cell, styles):
        if isinstance(block, Paragraph):
            parts.append(block.text)
        else:
            parts += ["\t".join(row) for row in block.rows]
    return "\n".join(part for part in parts if part.strip())


def repeats(element: Any, attribute: str) -> int:
    """How often something is repeated, as an attribute says; 1 where none or nonsense is said."""
    value = element.get(attribute, "1")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 1


FORMAT = Format("odt", (".odt", ".ott"), 1, _read)
