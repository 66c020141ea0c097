"""The words of a Word document's body, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from commonplace.readers.blocks import Block, Paragraph, Rows, Style

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_LEFT_OUT = frozenset(
    f"{_W}{name}"
    for name in (
        "del", "moveFrom", "delText", "instrText", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr",
        "drawing", "pict", "object", "footnoteReference", "endnoteReference", "commentReference",
        "annotationRef", "rt", "fldChar", "sectPr",
    )
) | {f"{_MC}Fallback"}  # fmt: skip
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}


_HEADINGS = ("title", "subtitle", "heading")
_SWITCHES = {f"{_W}b": Style.BOLD, f"{_W}i": Style.ITALIC}
_OFF = ("0", "false", "off", "none")


class WordStyles:
    """What the styles of a document (its `w:styles` element) make bold, italic or a heading."""

    def __init__(self, element: Any) -> None:
        self._found: dict[str, Any] = {}
        for style in element.iter(f"{_W}style"):
            self._found[style.get(f"{_W}styleId", "")] = style
        self._known: dict[str, dict[Style, bool]] = {}

    def over(self, style: Style, name: str) -> Style:
        """How words are set by the style `name` where they were set in `style` before."""
        if name not in self._known:
            switches: dict[Style, bool] = {}
            for each in reversed(self._chain(name)):
                switches |= _switches(each.find(f"{_W}rPr"))
            self._known[name] = switches
        return _switched(style, self._known[name])

    def is_heading(self, name: str) -> bool:
        """Whether this is the style of a title or heading."""
        style = self._found.get(name)
        called = None if style is None else style.find(f"{_W}name")
        return called is not None and (called.get(f"{_W}val", "").casefold().startswith(_HEADINGS))

    def _chain(self, name: str) -> list[Any]:
        """The style and those that it is made from."""
        chain: list[Any] = []
        while (style := self._found.get(name)) is not None and style not in chain:
            chain.append(style)
            base = style.find(f"{_W}basedOn")
            name = "" if base is None else base.get(f"{_W}val", "")
        return chain


def _switches(properties: Any) -> dict[Style, bool]:
    if properties is None:
        return {}
    return {
        _SWITCHES[each.tag]: each.get(f"{_W}val", "1").casefold() not in _OFF
        for each in properties
        if each.tag in _SWITCHES
    }


def _switched(style: Style, switches: dict[Style, bool]) -> Style:
    for each, is_on in switches.items():
        style = style | each if is_on else style & ~each
    return style


def blocks(body: Any, styles: WordStyles) -> Iterator[Block]:
    """Paragraphs and tables of a body or cell element (lxml), also those in content controls.

    Deleted revisions are left out, inserted ones are in. A paragraph whose mark is deleted goes
    on in the next.
    """
    paragraph = Paragraph()
    for child in _children(body):
        if child.tag == f"{_W}p":
            _add_words(child, styles, paragraph)
            if child.find(f"{_W}pPr/{_W}rPr/{_W}del") is None:
                yield paragraph
                paragraph = Paragraph()
        else:
            yield Rows(tuple(_rows(child, styles)))
    if paragraph.runs:
        yield paragraph


def _children(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables under `parent`, through wrappers around them."""
    stack = [iter(parent)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            stack.append(iter(child))


def _add_words(element: Any, styles: WordStyles, paragraph: Paragraph) -> None:
    named = element.find(f"{_W}pPr/{_W}pStyle")
    name = "" if named is None else named.get(f"{_W}val", "")
    paragraph.heading = styles.is_heading(name)
    base = styles.over(Style.PLAIN, name)
    style = base
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{_W}t":
            paragraph.add(child.text or "", style)
        elif child.tag in _CHARACTERS:
            paragraph.add(_CHARACTERS[child.tag], style)
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            if child.tag == f"{_W}r":
                style = _style_of(child, styles, base)
            stack.append(iter(child))


def _style_of(run: Any, styles: WordStyles, base: Style) -> Style:
    properties = run[0] if len(run) and run[0].tag == f"{_W}rPr" else None
    if properties is None:
        return base
    for each in properties:
        if each.tag == f"{_W}rStyle":
            base = styles.over(base, each.get(f"{_W}val", ""))
    return _switched(base, _switches(properties))


def _rows(table: Any, styles: WordStyles) -> Iterator[tuple[str, ...]]:
    for row in table.iter(f"{_W}tr"):
        if _owner(row) is not table or row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells = (cell for cell in row.iter(f"{_W}tc") if _owner_row(cell) is row)
        yield tuple(_cell(cell, styles) for cell in cells)


def _owner(row: Any) -> Any:
    return next(row.iterancestors(f"{_W}tbl"), None)


def _owner_row(cell: Any) -> Any:
    return next(cell.iterancestors(f"{_W}tr"), None)


def _cell(cell: Any, styles: WordStyles) -> str:
    parts = []
    for block in blocks(cell, styles):
        if isinstance(block, Paragraph):
            parts.append(block.text)
        else:
            parts += ["\t".join(row) for row in block.rows]
    return "\n".join(part for part in parts if part.strip())
