"""Word documents (.docx): paragraphs, lists and tables in order, line breaks kept."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from commonplace.domain.transcript import Transcript
from commonplace.readers.archive import OLD_OFFICE, refuse_bomb
from commonplace.readers.errors import ReadError
from commonplace.readers.flow import read_flow
from commonplace.readers.formats import Format, Options
from commonplace.readers.source import Source
from commonplace.readers.wordxml import WordStyles, blocks


def _read(source: Source, options: Options) -> list[Transcript]:
    document = _document(source)
    styles = WordStyles(document.styles.element)
    return read_flow(source, FORMAT, options, blocks(document.element.body, styles))


def _document(source: Source) -> Any:
    """The opened document. Raises `ReadError` when it is none or would not fit in memory."""
    name, data = source.name, source.data
    if data.startswith(OLD_OFFICE):
        raise ReadError(
            f"{name} is encrypted, or an old .doc; open it in a word processor and save it as "
            ".docx without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            refuse_bomb(package, name)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise ReadError(
            f"{name} is no Word document or is cut off ({error}); open it in a word processor "
            "and save it again"
        ) from error
    import docx

    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:  # a broken package raises whatever its first broken part raises
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ReadError(
            f"{name} is a damaged Word document ({reason[:120]}); open it in a word processor "
            "and save it again"
        ) from error


FORMAT = Format("docx", (".docx",), 1, _read)
