"""Word documents (.docx): paragraphs, lists and tables in order, line breaks kept."""

from __future__ import annotations

import io
from typing import Any

from commonplace.domain.transcript import Transcript
from commonplace.readers.archive import damaged, opened
from commonplace.readers.flow import read_flow
from commonplace.readers.formats import Format, Options
from commonplace.readers.source import Source
from commonplace.readers.wordxml import WordStyles, blocks

_WHAT = "Word document"


def _read(source: Source, options: Options) -> list[Transcript]:
    with opened(source, _WHAT) as archive:
        archive.refuse_hostile_parts()
    body, styles = _parts(source)
    return read_flow(source, FORMAT, options, blocks(body, WordStyles(styles)))


def _parts(source: Source) -> tuple[Any, Any]:
    """The body and the styles (lxml). Raises `ReadError` for what is no Word document."""
    import docx

    try:
        document = docx.Document(io.BytesIO(source.data))
        return document.element.body, document.styles.element
    except Exception as error:  # a broken package raises whatever its first broken part raises
        raise damaged(source.name, _WHAT, error) from error


FORMAT = Format("docx", (".docx",), 1, _read)
