"""The paragraphs and tables of a page (HTML or XHTML), as a browser would set them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from commonplace.readers.blocks import Block, Paragraph, Rows, Style
from commonplace.readers.safexml import local_name
from commonplace.readers.speakers.vocabulary import word_set

_LEFT_OUT = word_set("""
    script style noscript template head nav footer form button select option svg math iframe object
    embed audio video canvas map datalist del s strike rt rp dialog menu img input textarea
    """)
_BLOCKS = word_set("""
    address article aside blockquote body center dd details dir div dl dt fieldset figcaption
    figure h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary ul
    tbody thead tfoot tr td th caption table
    """)
_HEADINGS = word_set("h1 h2 h3 h4 h5 h6 caption")
_BOLD = word_set("b strong h1 h2 h3 h4 h5 h6 th dt")
_ITALIC = word_set("i em cite dfn var address")
_SPACE = re.compile(r"[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+")
"""White space that is more than one space already."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_RULE = re.compile(r"\.([\w-]{1,80})\s*(?:,[^{}]{0,200})?\{([^{}]{0,2000})\}")
_CELLS_AT_MOST = 40
_SHEET_AT_MOST = 200_000
_MOST_OF_PAGE = 0.5


def page_blocks(root: Any, css: str = "") -> Iterator[Block]:
    """The blocks of a page: `root` is its root element (lxml), `css` its linked style sheets.

    Scripts, forms, menus and what is hidden or struck out are left out; where one element is
    marked as the main one and holds most of the words, it is the page.
    """
    styles = _class_styles(root, css)
    return _Walk(styles).blocks(_main(root))


def _main(root: Any) -> Any:
    found = [each for each in root.iter() if local_name(each) in ("main", "article")]
    mains = [each for each in found if local_name(each) == "main"] or found
    if len(mains) == 1:
        words = len("".join(mains[0].itertext()))
        if words >= _MOST_OF_PAGE * len("".join(_body(root).itertext())):
            return mains[0]
    return _body(root)


def _body(root: Any) -> Any:
    return next((each for each in root.iter() if local_name(each) == "body"), root)


def _class_styles(root: Any, css: str) -> dict[str, str]:
    """What style sheets say of the type of each class."""
    own = (each.text for each in root.iter() if local_name(each) == "style" and each.text)
    styles: dict[str, str] = {}
    for sheet in (css, *own):
        for name, rule in _RULE.findall(sheet[:_SHEET_AT_MOST]):
            if _WEIGHT.search(rule) or _SLANT.search(rule):
                styles[name] = f"{styles.get(name, '')};{rule}"
    return styles


@dataclass(slots=True)
class _Frame:
    """An element whose children are being read."""

    element: Any
    children: Iterator[Any]
    style: Style
    keeps_space: bool
    is_block: bool


@dataclass(slots=True)
class _Walk:
    """Goes through a page without recursion: pages may nest as deep as they like."""

    styles: dict[str, str]
    paragraph: Paragraph = field(default_factory=Paragraph)
    heading: bool = False
    after_space: bool = True
    tabbed: bool = False
    """Whether there has been a tab in the paragraph."""

    def blocks(self, root: Any) -> Iterator[Block]:
        """The blocks below `root`, in order."""
        stack = [_Frame(root, iter(root), Style.PLAIN, False, True)]
        self._words(root.text, stack[-1])
        while stack:
            frame = stack[-1]
            child = next(frame.children, None)
            if child is None:
                stack.pop()
                if frame.is_block:
                    yield from self._flushed(heading=False)
                if stack:
                    self._words(frame.element.tail, stack[-1])
                continue
            name = local_name(child)
            if name == "table" and (rows := self._rows(child)) is not None:
                yield from self._flushed(heading=False)
                yield rows
            elif name == "br":
                self._break()
            elif name and name not in _LEFT_OUT and not self._is_hidden(child):
                inner = self._frame(child, name, frame)
                if inner.is_block:
                    yield from self._flushed(heading=name in _HEADINGS)
                stack.append(inner)
                self._words(child.text, inner)
                continue
            self._words(child.tail, frame)
        yield from self._flushed(heading=False)

    def _frame(self, element: Any, name: str, parent: _Frame) -> _Frame:
        style = parent.style
        if name in _BOLD:
            style |= Style.BOLD
        if name in _ITALIC:
            style |= Style.ITALIC
        keeps = parent.keeps_space or name == "pre"
        css = self._css(element)
        if css:
            style = _over(style, css)
            keeps = keeps or "pre-wrap" in css or "pre-line" in css
        return _Frame(element, iter(element), style, keeps, name in _BLOCKS)

    def _css(self, element: Any) -> str:
        css = element.get("style") or ""
        classes = element.get("class") if self.styles else None
        if classes:
            css = ";".join([*(self.styles.get(name, "") for name in classes.split()), css])
        return css.lower()

    def _is_hidden(self, element: Any) -> bool:
        if element.get("hidden") is not None:
            return True
        if element.get("title") in ("header", "footer"):  # as LibreOffice marks them
            return True
        style = element.get("style")
        return bool(style) and _HIDDEN.search(style) is not None

    def _words(self, text: str | None, frame: _Frame) -> None:
        if not text:
            return
        if frame.keeps_space:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        else:
            text = _SPACE.sub(self._space, text)
            if self.after_space:
                text = text.removeprefix(" ")
        if text:
            self.paragraph.add(text, frame.style)
            self.after_space = text[-1] in " \n"

    def _space(self, match: re.Match[str]) -> str:
        """What white space is: a space, but for a tab within the first words of a paragraph."""
        space = match[0]
        begins = match.start() == 0 and not self.paragraph.runs
        if space[0] != "\t" or "\n" in space or begins or self.tabbed:
            return " "
        self.tabbed = True
        return "\t"

    def _break(self) -> None:
        if self.paragraph.runs:  # a line break takes the space before it away
            last = self.paragraph.runs.pop()
            self.paragraph.add(last.text.rstrip(" "), last.style)
        self.paragraph.add("\n")
        self.after_space = True

    def _flushed(self, *, heading: bool) -> Iterator[Paragraph]:
        """The paragraph so far, if there are words in it; the next one is a `heading` or not."""
        paragraph = self.paragraph
        self.after_space, self.tabbed = True, False
        if not paragraph.runs:
            self.heading = heading
            return
        if (text := paragraph.text).strip():
            paragraph.heading = self.heading
            if "\n\n" in text or "\n \n" in text:
                yield from _parted(paragraph)
            else:
                yield paragraph
        self.paragraph, self.heading = Paragraph(), heading

    def _rows(self, table: Any) -> Rows | None:
        """The rows of a table of data; None for one that is only there for its layout."""
        if any(local_name(each) == "table" for each in table.iterdescendants()):
            return None
        rows = []
        for row in table.iter():
            if local_name(row) == "tr":
                cells = [each for each in row if local_name(each) in ("td", "th")]
                rows.append(tuple(self._cell(cell) for cell in cells[:_CELLS_AT_MOST]))
        width = max(map(len, rows), default=0)
        return Rows(tuple(rows)) if width > 1 else None

    def _cell(self, cell: Any) -> str:
        blocks = _Walk(self.styles).blocks(cell)
        return "\n".join(block.text.strip() for block in blocks if isinstance(block, Paragraph))


def _over(style: Style, css: str) -> Style:
    for pattern, each in ((_WEIGHT, Style.BOLD), (_SLANT, Style.ITALIC)):
        for match in pattern.finditer(css):
            plain = match[1] == "normal" or match[1][0] in "12345"
            style = style & ~each if plain else style | each
    return style


def _parted(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The paragraph cut at blank lines: pages part their paragraphs with two breaks, too."""
    part = Paragraph(heading=paragraph.heading)
    for run in paragraph.runs:
        for line in run.text.splitlines(keepends=True):
            if line.strip() or not part.text.endswith("\n"):
                part.add(line, run.style)
            elif part.text.strip():
                yield part
                part = Paragraph(heading=paragraph.heading)
    if part.text.strip():
        yield part
