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
from commonplace.readers.pdfcells import Labels
from commonplace.readers.source import Source
from commonplace.readers.speakers import Speakers


def _read(source: Source, options: Options) -> list[Transcript]:
    if b"%PDF-" not in source.data[:1024]:
        raise ReadError(
            f"{source.name} is no PDF: it does not begin with %PDF-; give it the ending of what "
            "it is, or export it again"
        )
    paragraphs, labels = pdfprocess.paragraphs_in(source.data, source.name)
    mend = options.corrections
    asked = mend.labels or mend.not_speakers or options.speakers is not Speakers.AUTO
    if labels is Labels.FITTING or (labels is Labels.DOUBTFUL and asked):
        return read_flow(source, FORMAT, options, paragraphs)
    nobody = replace(options, speakers=Speakers.NONE)
    return read_flow(source, FORMAT, nobody, paragraphs, (_NOBODY[labels],))


_NOBODY = {
    Labels.ASTRAY: (
        "names stand beside the middle of what was said, and where each begins cannot be told, so "
        "nobody is named; import the document that the PDF was made from"
    ),
    Labels.DOUBTFUL: (
        "words beside the text may be names or headings; if they are names, say so of one of them "
        "with --is-speaker"
    ),
}
FORMAT = Format("pdf", (".pdf",), 2, _read)
