"""Markdown, stored as it is: headings, front matter and quoted notes are no speech."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from commonplace.domain.span import Span
from commonplace.domain.transcript import Transcript
from commonplace.readers.decode import decode, with_line_feeds
from commonplace.readers.formats import Format, Options, transcript
from commonplace.readers.source import Source
from commonplace.readers.speakers import Layout, find_turns

_FRONT_MATTER = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(?:[^\n]*\n){0,200}?\1[ \t]*(?=\n|\Z)")
_NO_SPEECH = re.compile(
    r"\n[ ]{0,3}(?:\#{1,6}(?:[ \t][^\n]*)?"  # heading
    r"|-[ \t]*-[ \t]*-[- \t]*|\*[ \t]*\*[ \t]*\*[* \t]*|_[ \t]*_[ \t]*_[_ \t]*"  # rule
    r"|<!--[^\n]*-->[ \t]*)$",  # comment
    re.MULTILINE,
)
_QUOTE = re.compile(r"^[ ]{0,3}>[^\n]*(?:\n[ ]{0,3}>[^\n]*)*$", re.MULTILINE)
_QUOTED_LABEL = re.compile(r"^[ ]{0,3}>[ \t]*[*_]{0,3}[^\W\d_][^\n:]{0,40}[*_]{0,3}:", re.MULTILINE)


def _read(source: Source, options: Options) -> list[Transcript]:
    stored, _, notes = decode(source.data, source.name)
    text = with_line_feeds(stored)
    outside = sorted(_no_speech(text))
    layout = _layout(text, options, outside)
    if not layout.speakers:  # headings may be the names of those who speak below them
        named = _layout(
            text, options, [s for s in outside if text[s.start : s.end].strip()[0] != "#"]
        )
        layout = named if named.speakers else layout
    return [transcript(source, FORMAT, stored, layout, notes)]


def _layout(text: str, options: Options, outside: Sequence[Span]) -> Layout:
    return find_turns(
        text,
        speakers=options.speakers,
        corrections=options.corrections,
        outside=outside,
        alone=True,
    )


def _no_speech(text: str) -> Iterator[Span]:
    """Front matter, headings, rules and comments, and quotes that hold no speaker's label."""
    begin = 0
    if front := _FRONT_MATTER.match(text):
        yield Span(front.start(1), front.end())
        begin = front.end()
    for match in _NO_SPEECH.finditer("\n" + text, begin):  # the line feed before each line
        yield Span(match.start(), match.end() - 1)
    if ">" in text and _QUOTED_LABEL.search(text, begin) is None:
        for match in _QUOTE.finditer(text, begin):
            yield Span(match.start(), match.end())


FORMAT = Format("md", (".md", ".markdown"), 1, _read)
