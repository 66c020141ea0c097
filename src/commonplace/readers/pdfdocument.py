"""The paragraphs of a PDF, through PDFium; runs in the process of `pdfchild`.

What a page means (lines, columns, paragraphs) a PDF does not say: see `pdflines` and
`pdfparagraphs`.
"""

from __future__ import annotations

from typing import Any

from commonplace.readers.archive import damaged
from commonplace.readers.blocks import Paragraph
from commonplace.readers.errors import ReadError
from commonplace.readers.pdfcells import Labels, put_labels_first
from commonplace.readers.pdflines import lines_of
from commonplace.readers.pdfpage import PageText, page_text
from commonplace.readers.pdfparagraphs import paragraphs_of

_PAGES_AT_MOST = 3000
_OBJECTS_AT_MOST = 100_000
_LEAST_LETTERS = 20
"""Per page: with fewer, and no more than that in all, it is pictures of pages."""
_UNKNOWN_AT_MOST = 0.2


def paragraphs_in(data: bytes, name: str) -> tuple[list[Paragraph], Labels]:
    """The paragraphs of the PDF in `data`, and what names beside its text are.

    Raises `ReadError` for one that cannot be read.
    """
    pages = _pages(data, name)
    _refuse_pictures(pages, name)
    labels = put_labels_first(pages)
    return paragraphs_of(lines_of(pages)), labels


def _pages(data: bytes, name: str) -> list[PageText]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise ReadError(
                f"{name} is protected by a password; save a copy without one"
            ) from error
        raise damaged(name, "PDF", error) from error
    try:
        count = len(document)
        if count > _PAGES_AT_MOST:
            raise ReadError(
                f"{name} has {count} pages, more than the {_PAGES_AT_MOST} that are read; split it"
            )
        return [_page(document, number, name) for number in range(count)]
    except pypdfium2.PdfiumError as error:
        raise damaged(name, "PDF", error) from error
    finally:
        document.close()


def _page(document: Any, number: int, name: str) -> PageText:
    page = document[number]
    try:
        if not _is_bounded(page):
            raise ReadError(
                f"{name}, page {number + 1}: it draws itself {_OBJECTS_AT_MOST} times and more, "
                "as no page needs to; print it to a new PDF"
            )
        return page_text(page)
    finally:
        page.close()


def _is_bounded(page: Any) -> bool:
    """Whether the page is of a size to be read: forms in forms in forms can make it endless."""
    import pypdfium2.raw as pdfium

    left = _OBJECTS_AT_MOST
    top = range(pdfium.FPDFPage_CountObjects(page))
    stack = [pdfium.FPDFPage_GetObject(page, number) for number in top[: left + 1]]
    while stack and left > 0:
        thing = stack.pop()
        left -= 1
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_FORM:
            inside = range(pdfium.FPDFFormObj_CountObjects(thing))
            stack += [pdfium.FPDFFormObj_GetObject(thing, number) for number in inside[: left + 1]]
    return not stack


def _refuse_pictures(pages: list[PageText], name: str) -> None:
    letters = sum(page.letters for page in pages)
    if letters < _LEAST_LETTERS * len(pages):
        what = "no text" if not letters else "hardly any text"
        raise ReadError(
            f"{name} has {what} in it, only pictures of its pages, as a scanner makes; run text "
            "recognition (OCR) on it and save it again"
        )
    unknown = sum(page.unknown for page in pages)
    if unknown > _UNKNOWN_AT_MOST * letters:
        raise ReadError(
            f"{name} does not say which letters its signs are ({unknown} of {letters}); print it "
            "to a new PDF with text recognition (OCR), or export its text from where it was made"
        )
