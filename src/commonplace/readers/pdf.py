"""PDF files with a text layer (.pdf).

Through PDFium, by pypdfium2, which gives characters their place and font, in a process of its own
whose memory and time are limited: see `pdfprocess`.
"""

from __future__ import annotations

from dataclasses import replace

from commonplace.domain.transcript import Transcript
from commonplace.readers import pdfprocess
from commonplace.readers.errors import ReadError
from commonplace.readers.flow import read_flow
from commonplace.readers.formats import Format, Options
from commonplace.readers.source import Source
from commonplace.readers.speakers import Speakers


def _read(source: Source, options: Options) -> list[Transcript]:
    if b"%PDF-" not in source.data[:1024]:
        raise ReadError(
            f"{source.name} is no PDF: it does not begin with %PDF-; give it the ending of what "
            "it is, or export it again"
        )
    paragraphs, first = pdfprocess.paragraphs_in(source.data, source.name)
    if first:
        return read_flow(source, FORMAT, options, paragraphs)
    return read_flow(
        source, FORMAT, replace(options, speakers=Speakers.NONE), paragraphs, (_BESIDE,)
    )


_BESIDE = (
    "names stand beside what was said and not where it begins, so nobody is named; import the "
    "document from which the PDF was made"
)
FORMAT = Format("pdf", (".pdf",), 2, _read)
