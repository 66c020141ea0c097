"""A Word document that is built paragraph by paragraph, in styles that can be changed.

python-docx makes the package, the styles and the page; paragraphs and rows of tables are written
behind that as they come. A paragraph of its own takes python-docx a millisecond, a row of a long
table more the longer the table is, and all of them stay in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TextIO
from xml.sax.saxutils import escape
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

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_QUOTE = {'"': "&quot;"}
_KEPT = ' xml:space="preserve"'
_HERE = "the text"
"""Marks where in an empty document the text belongs."""

Run = str | tuple[str, str]
"""Text, or text and its style of characters."""


class Cell(NamedTuple):
    """A cell of a table that is more than plain text."""

    runs: tuple[Run, ...]
    fill: str = ""
    """The colour behind it, `rrggbb`; empty for none."""


class Document(AbstractContextManager["Document"]):
    """A document on A4, upright or across, written to `stream` as it grows. Styles go by their
    names: see `wordstyles`. The same content gives the same bytes.

    With a `template`, a Word document, its page, headers and styles are taken, also where it has
    styles of our names; what it says is left out. Raises `ExportError` for one that is none.
    """

    def __init__(
        self, stream: BinaryIO, title: str, *, across: bool = False, template: Path | None = None
    ) -> None:
        import docx

        document = docx.Document() if template is None else _opened(template)
        _describe(document.core_properties, title)
        section = document.sections[-1]
        self._room = _set_page(section, across) if template is None else _room(section)
        names = add_styles(document.styles)
        self._styles = {name: escape(id, _QUOTE) for name, id in names.items()}
        bound = document.element.nsmap.get("w") == _WORDS
        self._bound = "" if bound else f' xmlns:w="{_WORDS}"'
        """Stands in elements of the body where the template calls its words otherwise."""
        self._zip = ZipFile(stream, "w", ZIP_DEFLATED)
        try:
            self._body, self._end = _begun(document, self._zip)
        except BaseException:
            _drop(self._zip)
            raise

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._body.write(self._end)
                self._body.close()
                self._zip.close()
        finally:
            _drop(self._zip, self._body)

    def paragraph(self, style: str, *runs: Run, with_next: bool = False) -> None:
        """Adds a paragraph at the end; `with_next` keeps it on the page of what follows."""
        self._body.write(self._paragraph(style, runs, with_next=with_next, outer=self._bound))

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
        write = self._body.write
        headed = any(headings)
        first = 'w:val="0020" w:firstRow="1"' if headed else 'w:val="0000" w:firstRow="0"'
        worn = self._styles["Commonplace Table"]
        write(
            f'<w:tbl{self._bound}><w:tblPr><w:tblStyle w:val="{worn}"/>'
            '<w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook {first} w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>'
        )
        write("".join(f'<w:gridCol w:w="{width}"/>' for width in _shared(self._room, widths)))
        write("</w:tblGrid>")
        styles = ["Commonplace Figure" if right else "Commonplace Cell" for right in figures]
        if headed:
            write(self._row(headings, styles, head=True, with_next=together))
        waiting: Sequence[str | Cell] | None = None
        for row in rows:
            if waiting is not None:
                write(self._row(waiting, styles, with_next=together))
            waiting = row
        if waiting is not None:
            write(self._row(waiting, styles))
        write("</w:tbl>")

    def _row(
        self,
        cells: Sequence[str | Cell],
        styles: Sequence[str],
        *,
        head: bool = False,
        with_next: bool = False,
    ) -> str:
        parts = ["<w:tr><w:trPr><w:cantSplit/>", "<w:tblHeader/>" * head, "</w:trPr>"]
        for cell, style in zip(cells, styles, strict=True):
            runs, fill = ((cell,), "") if isinstance(cell, str) else cell
            parts.append("<w:tc>")
            if fill:
                shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
                parts.append(f"<w:tcPr>{shade}</w:tcPr>")
            parts += [self._paragraph(style, runs, with_next=with_next), "</w:tc>"]
        return "".join([*parts, "</w:tr>"])

    def _paragraph(
        self, style: str, runs: Iterable[Run], *, with_next: bool = False, outer: str = ""
    ) -> str:
        known = self._styles.get(style, self._styles["Normal"])  # a template may lack a heading
        parts = [f'<w:p{outer}><w:pPr><w:pStyle w:val="{known}"/>']
        parts += ["<w:keepNext/>" * with_next, "</w:pPr>"]
        for run in runs:
            text, worn = run if isinstance(run, tuple) else (run, "")
            look = f'<w:rPr><w:rStyle w:val="{self._styles[worn]}"/></w:rPr>' if worn else ""
            parts.append(f"<w:r>{look}{_text(text)}</w:r>")
        return "".join([*parts, "</w:p>"])


def _text(text: str) -> str:
    """Text of a run, line by line."""
    lines = [
        f"<w:t{_KEPT if line != line.strip() else ''}>{escape(line)}</w:t>"
        for line in visible(text).split("\n")
    ]
    return "<w:br/>".join(lines)


def _begun(document: Any, target: ZipFile) -> tuple[TextIO, str]:
    """Writes all parts of a document but the text; returns the stream that takes it, open where
    the first paragraph belongs, and what stands behind the last: the page."""
    from lxml.etree import Comment

    body = document.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    body.insert(0, Comment(_HERE))
    made = BytesIO()
    document.save(made)
    text = document.part.partname.lstrip("/")
    with ZipFile(made) as source:
        for name in source.namelist():
            if name != text:
                target.writestr(_entry(name), source.read(name))
        begin, end = source.read(text).decode("utf-8").split(f"<!--{_HERE}-->")
    stream = TextIOWrapper(target.open(_entry(text), "w"), encoding="utf-8", newline="")
    stream.write(begin)
    return stream, end


def _drop(target: ZipFile, *parts: TextIO) -> None:
    """Closes what could not be written, or was, without a further word to the file: else a full
    disk is complained of again when these objects go."""
    if target.fp is not None:
        target.fp = BytesIO()
    closing: list[TextIO | ZipFile] = [*parts, target]
    for each in closing:
        with suppress(OSError, ValueError):
            each.close()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _WHEN)
    entry.compress_type = ZIP_DEFLATED
    return entry


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
