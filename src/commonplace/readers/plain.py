"""Plain text, stored exactly as it is."""

from __future__ import annotations

from commonplace.domain.transcript import Transcript
from commonplace.readers.decode import decode
from commonplace.readers.formats import Format, Options, transcript
from commonplace.readers.source import Source
from commonplace.readers.speakers import find_turns


def _read(source: Source, options: Options) -> list[Transcript]:
    text, _, notes = decode(source.data, source.name)
    layout = find_turns(
        text, speakers=options.speakers, corrections=options.corrections, alone=True
    )
    return [transcript(source, FORMAT, text, layout, notes)]


FORMAT = Format("txt", (".txt", ".text"), 1, _read)
