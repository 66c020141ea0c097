"""PDF files with a text layer (.pdf).

Through PDFium, by pypdfium2: it gives each character its place and font, and it is many times
faster than pdfminer.six. What a page means (lines, columns, paragraphs) a PDF does not say: see
`pdflines` and `pdfparagraphs`.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

from commonplace.domain.transcript import Transcript
from commonplace.readers.archive import damaged
from commonplace.readers.errors import ReadError
from commonplace.readers.flow import read_flow
from commonplace.readers.formats import Format, Options
from commonplace.readers.pdflines import lines_of
from commonplace.readers.pdfpage import PageText, page_text
from commonplace.readers.pdfparagraphs import paragraphs_of
from commonplace.readers.source import Source

_WHAT = "PDF"
_PAGES_AT_MOST = 3000
_LEAST_LETTERS = 20
"""Per page: with fewer, and no more than that in all, it is pictures of pages."""
_UNKNOWN_AT_MOST = 0.2
_LOCK = Lock()  # PDFium is not made for several threads


def _read(source: Source, options: Options) -> list[Transcript]:
    if b"%PDF-" not in source.data[:1024]:
        raise ReadError(
            f"{source.name} is no PDF: it does not begin with %PDF-; give it the ending of what "
            "it is, or export it again"
        )
    with _LOCK:
        pages = _pages(source)
    _refuse_pictures(pages, source.name)
    paragraphs = paragraphs_of(lines_of(pages))
    return read_flow(source, FORMAT, options, paragraphs)


def _pages(source: Source) -> list[PageText]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise ReadError(
                f"{source.name} is protected by a password; save a copy without one"
            ) from error
        raise damaged(source.name, _WHAT, error) from error
    try:
        count = len(document)
        if count > _PAGES_AT_MOST:
            raise ReadError(
                f"{source.name} has {count} pages, more than the {_PAGES_AT_MOST} that are read; "
                "split it"
            )
        return [_page(document, number) for number in range(count)]
    except pypdfium2.PdfiumError as error:
        raise damaged(source.name, _WHAT, error) from error
    finally:
        document.close()


def _page(document: Any, number: int) -> PageText:
    page = document[number]
    try:
        return page_text(page)
    finally:
        page.close()


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


FORMAT = Format("pdf", (".pdf",), 1, _read)
