"""A Word document that is built paragraph by paragraph, in styles that can be changed.

python-docx makes the package, the styles and the page; paragraphs and rows of tables go straight
into its XML tree, for a paragraph of its own takes it a millisecond, and a row of a long table
more the longer the table is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from commonplace.exports.files import ExportError
from commonplace.exports.shown import visible
from commonplace.exports.wordstyles import add_styles

_WHEN = (1980, 1, 1, 0, 0, 0)
"""Stands for the time of writing, which would make every file another."""

_TWIPS = 635
"""English metric units, in which python-docx measures, in a twentieth of a point."""

_CHARACTER, _GAP = 115, 200
"""Twentieths of a point that a character of a cell takes, and that lie between two columns."""

Run = str | tuple[str, str]
"""Text, or text and its style of characters."""


class Cell(NamedTuple):
    """A cell of a table that is more than plain text."""

    runs: tuple[Run, ...]
    fill: str = ""
    """The colour behind it, `rrggbb`; empty for none."""


class Document:
    """A document on A4, upright or across. Styles go by their names: see `wordstyles`.

    With a `template`, a Word document, its page, headers and styles are taken, also where it has
    styles of our names; what it says is left out. Raises `ExportError` for one that is none.
    """

    def __init__(self, title: str, *, across: bool = False, template: Path | None = None) -> None:
        import docx
        from docx.oxml.ns import qn
        from lxml.etree import SubElement

        self._qualified = qn
        self._sub_element = SubElement
        self._document = docx.Document() if template is None else _opened(template)
        _describe(self._document.core_properties, title)
        section = self._document.sections[-1]
        self._room = _set_page(section, across) if template is None else _room(section)
        self._styles: dict[str, str] = add_styles(self._document.styles)
        self._body = self._document.element.body
        self._page = self._body[-1]
        for child in list(self._body):  # the page stands last, behind all that is still to come
            self._body.remove(child)

    def paragraph(self, style: str, *runs: Run, with_next: bool = False) -> None:
        """Adds a paragraph at the end; `with_next` keeps it on the page of what follows."""
        self._paragraph(self._body, style, runs, with_next=with_next)

    def table(
        self,
        headings: Sequence[str],
        widths: Sequence[tuple[int, int]],
        figures: Sequence[bool],
        rows: Iterable[Sequence[str | Cell]],
        *,
        together: bool = False,
    ) -> None:
        """Adds a table whose heading, if it has one, comes back on each page.

        `widths` are the characters that columns must have and would like; columns of figures
        stand to the right. `together` keeps all rows on one page.
        """
        add = self._add
        table = add(self._body, "tbl")
        look = add(table, "tblPr")
        add(look, "tblStyle", val=self._styles["Commonplace Table"])
        add(look, "tblW", w="0", type="auto")
        add(look, "tblLayout", type="fixed")
        headed = any(headings)
        first = ("0020", "1") if headed else ("0000", "0")
        add(look, "tblLook", val=first[0], firstRow=first[1], noHBand="1", noVBand="1")
        grid = add(table, "tblGrid")
        for width in _shared(self._room, widths):
            add(grid, "gridCol", w=str(width))
        styles = ["Commonplace Figure" if right else "Commonplace Cell" for right in figures]
        if headed:
            self._row(table, headings, styles, head=True, with_next=together)
        waiting: Sequence[str | Cell] | None = None
        for row in rows:
            if waiting is not None:
                self._row(table, waiting, styles, with_next=together)
            waiting = row
        if waiting is not None:
            self._row(table, waiting, styles)

    def save(self, stream: BinaryIO) -> None:
        """Writes the document; the same content gives the same bytes."""
        self._body.append(self._page)
        made = BytesIO()
        self._document.save(made)
        with ZipFile(made) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
            for name in source.namelist():
                entry = ZipInfo(name, _WHEN)
                entry.compress_type = ZIP_DEFLATED
                target.writestr(entry, source.read(name))

    def _row(
        self,
        table: Any,
        cells: Sequence[str | Cell],
        styles: Sequence[str],
        *,
        head: bool = False,
        with_next: bool = False,
    ) -> None:
        row = self._add(table, "tr")
        look = self._add(row, "trPr")
        self._add(look, "cantSplit")
        if head:
            self._add(look, "tblHeader")
        for cell, style in zip(cells, styles, strict=True):
            made, runs = self._add(row, "tc"), (cell,) if isinstance(cell, str) else cell.runs
            if isinstance(cell, Cell) and cell.fill:
                self._add(self._add(made, "tcPr"), "shd", val="clear", color="auto", fill=cell.fill)
            self._paragraph(made, style, runs, with_next=with_next)

    def _paragraph(
        self, parent: Any, style: str, runs: Iterable[Run], *, with_next: bool = False
    ) -> None:
        paragraph = self._add(parent, "p")
        known = self._styles.get(style, self._styles["Normal"])  # a template may lack a heading
        look = self._add(paragraph, "pPr")
        self._add(look, "pStyle", val=known)
        if with_next:
            self._add(look, "keepNext")
        for run in runs:
            text, worn = run if isinstance(run, tuple) else (run, "")
            made = self._add(paragraph, "r")
            if worn:
                self._add(self._add(made, "rPr"), "rStyle", val=self._styles[worn])
            self._text(made, visible(text))

    def _text(self, run: Any, text: str) -> None:
        for place, line in enumerate(text.split("\n")):
            if place:
                self._add(run, "br")
            element = self._add(run, "t")
            element.text = line
            if line != line.strip():
                element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _add(self, parent: Any, name: str, **attributes: str) -> Any:
        qualified = self._qualified
        element = self._sub_element(parent, qualified(f"w:{name}"))
        for key, value in attributes.items():
            element.set(qualified(f"w:{key}"), value)
        return element


def _shared(room: int, widths: Sequence[tuple[int, int]]) -> list[int]:
    """The room of a line shared out: to each column what it must have, then what it would like.

    Where there is too little even for that, all columns shrink alike.
    """
    least = [_CHARACTER * must + _GAP for must, _ in widths]
    wanted = [
        max(0, _CHARACTER * like + _GAP - has) for (_, like), has in zip(widths, least, strict=True)
    ]
    over = room - sum(least)
    if over < 0:
        return [room * has // sum(least) for has in least]
    total = sum(wanted) or 1
    return [has + min(want, over * want // total) for has, want in zip(least, wanted, strict=True)]


def _opened(template: Path) -> Any:
    """A Word document to take the looks of."""
    import docx
    from docx.opc.exceptions import OpcError

    try:
        return docx.Document(str(template))
    except OSError as error:
        raise ExportError(f"{template} cannot be read: {error.strerror or error}") from error
    except (OpcError, BadZipFile, ValueError, KeyError) as error:
        raise ExportError(
            f"{template.name} is no Word document that can be used; save it as .docx"
        ) from error


def _room(section: Any) -> int:
    """The width between the margins of a page, in twentieths of a point."""
    return int(section.page_width - section.left_margin - section.right_margin) // _TWIPS


def _describe(properties: Any, title: str) -> None:
    """The properties of the document: its title, and no trace of when or by whom."""
    for child in list(properties._element):
        properties._element.remove(child)
    properties.title = visible(title)


def _set_page(section: Any, across: bool) -> int:
    """Makes the page A4; returns the width between its margins, in twentieths of a point."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    short, long, margin = Mm(210), Mm(297), Mm(22)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if across else (short, long)
    section.left_margin = section.right_margin = section.top_margin = margin
    section.bottom_margin = margin
    _number_pages(section.footer.paragraphs[0])
    return _room(section)


def _number_pages(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))
