"""WebVTT captions, as meeting recorders and transcription services export them.

Our own parser, after the W3C's: webvtt-py (0.6) keeps only the first voice of a cue and leaves
entities as they are, and pysubs2 (1.8) drops voices and takes cue identifiers for speech.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from commonplace.domain.transcript import Transcript
from commonplace.readers.cues import Cue, cut_off_notes, read_cues
from commonplace.readers.decode import decode
from commonplace.readers.errors import ReadError
from commonplace.readers.formats import Format, Options
from commonplace.readers.source import Source

_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
TIMING = re.compile(rf"[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}(?=[ \t]|$)")
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_NAMED = re.compile(
    r'\d+[ \t]+"([^"\n]{1,60})"(?:[ \t]*\(\d*\))?|(Speaker[ _]\w{1,3})', re.IGNORECASE
)
"""Cue identifiers that name who speaks: Webex writes `1 "Anna Smith" (2764135)`."""
_ONE_VOICE = re.compile(r"<v(?:\.[^\s<>.]*)*[ \t]+([^<>]*)>([^<]*)(?:</v>)?")
_GRAPH = re.compile(
    r'\{[^{}]*"speakerName"\s*:\s*("(?:[^"\\\n]|\\["/\\bfnrt])*")\s*,'
    r'\s*"spokenText"\s*:\s*("(?:[^"\\\n]|\\["/\\bfnrt])*")[^{}]*\}\s*'
)
"""A cue of Teams with what is known of it, as Microsoft Graph gives it."""
_TAG = re.compile(r"<(/?)([a-zA-Z]+)((?:\.[^\s<>.]*)*)(?:[ \t\n]+([^<>]*))?>|<[\d:.]{3,16}>")


def cue_times(line: str) -> tuple[float, float] | None:
    """Start and end of a cue in seconds, from its timing line; None when it is none."""
    match = TIMING.match(line)
    if match is None:
        return None
    parts = match.groups("0")
    return _seconds(*parts[:4]), _seconds(*parts[4:])


def _seconds(hours: str, minutes: str, seconds: str, decimals: str) -> float:
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return (whole * 1000 + int(decimals.ljust(3, "0"))) / 1000


def _read(source: Source, options: Options) -> list[Transcript]:
    text, _, notes = decode(source.data, source.name)
    if not text.lstrip().startswith("WEBVTT") and "-->" not in text:
        raise ReadError(
            f"{source.name} is no WebVTT: it does not begin with WEBVTT and has no line such as "
            "00:01.000 --> 00:04.000; export it again, or rename it to .txt if it is plain text"
        )
    return read_cues(source, FORMAT, _cues(text), options, (*notes, *cut_off_notes(text)))


def _cues(text: str) -> Iterator[Cue]:
    """The voices of all cues, in order; notes, styles and regions are left out."""
    for block in _BLOCK.finditer(text):
        if "-->" not in block[0]:
            continue
        lines = block[0].split("\n")
        timing = next((n for n, line in enumerate(lines[:3]) if "-->" in line), 0)
        times = cue_times(lines[timing])
        if times is None or (timing > 0 and _NO_CUE.match(lines[0])):
            continue
        start, end = times
        named = _NAMED.fullmatch(lines[timing - 1].strip()) if timing else None
        for voice, words in _voices("\n".join(lines[timing + 1 :])):
            yield Cue(start, end, words, voice or (named and (named[1] or named[2])))


def _voices(payload: str) -> Iterator[tuple[str | None, str]]:
    """Who says what in a cue: `<v.loud Anna>Well.</v>` gives Anna; other tags are dropped."""
    if payload.startswith("{") and (said := _GRAPH.fullmatch(payload)):
        yield json.loads(said[1]), json.loads(said[2])
        return
    if "<" not in payload:
        yield None, html.unescape(payload)
        return
    if one := _ONE_VOICE.fullmatch(payload):
        yield " ".join(html.unescape(one[1]).split()) or None, html.unescape(one[2])
        return
    voice: str | None = None
    words: list[str] = []
    position = 0
    for tag in _TAG.finditer(payload):
        words.append(payload[position : tag.start()])
        position = tag.end()
        if (tag[2] or "").casefold() != "v":
            continue
        yield voice, _text(words)
        words = []
        name = html.unescape(tag[4] or "").strip()
        voice = None if tag[1] else " ".join(name.split()) or None
    words.append(payload[position:])
    yield voice, _text(words)


def _text(words: list[str]) -> str:
    return html.unescape("".join(words))


FORMAT = Format("vtt", (".vtt",), 1, _read)
