"""SubRip captions: a number, a line of times, and the words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from commonplace.domain.transcript import Transcript
from commonplace.readers.cues import Cue, cut_off_notes, read_cues
from commonplace.readers.decode import decode
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Format, Options
from commonplace.readers.source import Source
from commonplace.readers.webvtt import cue_times

_TAG = re.compile(r"</?(?:[biu]|font|span|c)(?:[ \t.][^<>]*)?>|\{\\[^{}]{1,40}\}", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")


def _read(source: Source, options: Options) -> list[Transcript]:
    text, _, notes = decode(source.data, source.name)
    if text.startswith("WEBVTT"):
        raise ReadError(f"{source.name} is no SubRip file: it is WebVTT; give it the ending .vtt")
    if "-->" not in text:
        raise ReadError(
            f"{source.name} is no SubRip file: no line such as 00:00:01,000 --> 00:00:04,000 "
            "is in it; export it again, or rename it to .txt if it is plain text"
        )
    return read_cues(source, FORMAT, _cues(text), options, (*notes, *cut_off_notes(text)))


def _cues(text: str) -> Iterator[Cue]:
    """The captions in order. A caption ends where the next number and line of times begin."""
    times: tuple[float, float] | None = None
    lines: list[str] = []
    for line in text.split("\n"):
        begins = cue_times(line) if "-->" in line else None
        if begins is None:
            lines.append(line)
            continue
        if lines and lines[-1].strip().isdigit():
            lines.pop()
        if times is not None:
            yield Cue(*times, _words(lines))
        times, lines = begins, []
    if times is not None:
        yield Cue(*times, _words(lines))


def _words(lines: list[str]) -> str:
    words = _TAG.sub("", "\n".join(lines)).strip()
    return _ENTITY.sub(lambda match: html.unescape(match[0]), words)


FORMAT = Format("srt", (".srt",), 1, _read)
