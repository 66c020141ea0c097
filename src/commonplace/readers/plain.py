"""Plain text, stored exactly as it is."""

from __future__ import annotations

import re

from commonplace.domain.transcript import Transcript
from commonplace.readers.decode import decode, with_line_feeds
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Format, Options, transcript
from commonplace.readers.source import Source
from commonplace.readers.speakers import find_turns

_OTHER = re.compile(
    r"\s*(?:(?P<captions>WEBVTT(?:\s.*)?\n(?:.*\n){0,20}?.*-->)"
    r"|(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b)",
    re.IGNORECASE,
)
_PAGE = "a web page; give it the ending .html"


def _read(source: Source, options: Options) -> list[Transcript]:
    stored, _, notes = decode(source.data, source.name)
    text = with_line_feeds(stored)
    if other := _OTHER.match(text):
        what = "WebVTT; give it the ending .vtt" if other["captions"] else _PAGE
        raise ReadError(f"{source.name} is not plain text: it is {what}")
    layout = find_turns(
        text, speakers=options.speakers, corrections=options.corrections, alone=True
    )
    return [transcript(source, FORMAT, stored, layout, notes)]


FORMAT = Format("txt", (".txt", ".text"), 1, _read)
