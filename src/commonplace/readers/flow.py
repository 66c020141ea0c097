"""From the paragraphs and tables of a document to its transcript."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from commonplace.domain.span import Span
from commonplace.domain.transcript import Transcript
from commonplace.readers.blocks import Block, Paragraph, Rows
from commonplace.readers.emphasis import name_set_off, styled_text, turns_by_style
from commonplace.readers.errors import EmptyError, ReadError
from commonplace.readers.formats import Format, Options, transcript
from commonplace.readers.rendering import set_apart
from commonplace.readers.source import Source
from commonplace.readers.speakers import AUTO, Layout, Speakers, find_turns
from commonplace.readers.speakers.labels import scan
from commonplace.readers.speechtable import table_lines

_PARAGRAPHS_AT_MOST = 200_000
_LINE_END = re.compile(r"\r\n?")


def read_flow(
    source: Source,
    form: Format,
    options: Options,
    blocks: Iterable[Block],
    notes: tuple[str, ...] = (),
) -> list[Transcript]:
    """The transcript that the blocks make. Raises `EmptyError` when there are no words in them.

    Besides labels in the text, what counts as naming a speaker is a column of a table and a name
    set in bold or italics; where nobody is named, an interviewer set in bold or italics
    throughout is told from the answers by that.
    """
    paragraphs, labels = _paragraphs(blocks, source.name)
    if not any(paragraph.text.strip() for paragraph in paragraphs):
        raise EmptyError(
            f"{source.name} is empty: there is no text in its body; text in pictures, text boxes, "
            "headers and footnotes is not read"
        )
    text, layout = _layout(paragraphs, options, labels)
    text, layout = set_apart(text, _with_pages(layout, paragraphs))
    return [transcript(source, form, text, layout, notes)]


def _with_pages(layout: Layout, paragraphs: Sequence[Paragraph]) -> Layout:
    """The layout with the page on which each turn begins, where the source has pages."""
    if not any(paragraph.page for paragraph in paragraphs):
        return layout
    gap = len(separator_of(paragraphs))
    sizes = (len(paragraph.text) + gap for paragraph in paragraphs)
    starts = list(accumulate(sizes, initial=0))
    turns = tuple(
        replace(turn, page=paragraphs[bisect_right(starts, turn.start) - 1].page)
        for turn in layout.turns
    )
    return replace(layout, turns=turns)


def _layout(paragraphs: list[Paragraph], options: Options, labels: set[str]) -> tuple[str, Layout]:
    """The text and its turns: by labels, by names set off, by style, or as asked."""
    mode = options.speakers
    text, layout = _found(paragraphs, options, labels, AUTO if mode is not Speakers.NONE else mode)
    if layout.speakers or mode is Speakers.NONE:
        return text, layout
    mend = options.corrections
    if named := name_set_off(paragraphs, mend.not_speakers, mend.labels):
        return _found(paragraphs, options, labels | named, mode)
    styles = styled_text(paragraphs, separator_of(paragraphs))
    styled = turns_by_style(text, styles, layout)
    if styled is not None:
        return text, styled
    return (text, layout) if mode is AUTO else _found(paragraphs, options, labels, mode)


def _found(
    paragraphs: Sequence[Paragraph], options: Options, labels: set[str], speakers: Speakers
) -> tuple[str, Layout]:
    text, headings = _joined(paragraphs)
    layout = find_turns(
        text,
        speakers=speakers,
        corrections=options.corrections,
        certain=labels,
        outside=headings,
    )
    return text, layout


def _paragraphs(blocks: Iterable[Block], name: str) -> tuple[list[Paragraph], set[str]]:
    """Paragraphs and the rows of tables as such, and the speakers whom tables name."""
    paragraphs: list[Paragraph] = []
    labels: set[str] = set()
    for block in blocks:
        if len(paragraphs) > _PARAGRAPHS_AT_MOST:
            raise ReadError(
                f"{name} has more than {_PARAGRAPHS_AT_MOST} paragraphs, as no transcript does; if "
                "it is one, split it"
            )
        if isinstance(block, Rows):
            for line in table_lines(block.rows):
                row = Paragraph(heading=line.heading)
                row.add(line.text)
                paragraphs.append(row)
                if line.label:
                    labels.add(line.label)
        else:
            text = block.text
            if block.heading and _is_label(text):
                block.heading = False
            block.join_runs()
            if "\r" in text:
                block.runs = [
                    replace(run, text=_LINE_END.sub("\n", run.text)) for run in block.runs
                ]
            paragraphs.append(block)
    return paragraphs, labels


def _is_label(text: str) -> bool:
    return len(text) < 200 and any(each.key for each in scan(text).candidates)


def _joined(paragraphs: Sequence[Paragraph]) -> tuple[str, list[Span]]:
    """The paragraphs as one text, and where the headings stand in it.

    Where empty paragraphs part the turns, they are the blank lines of the text; elsewhere each
    paragraph stands by itself.
    """
    separator = separator_of(paragraphs)
    parts: list[str] = []
    headings: list[Span] = []
    size = 0
    for paragraph in paragraphs:
        words = paragraph.text
        if paragraph.heading and words.strip():
            headings.append(Span(size, size + len(words)))
        parts.append(words)
        size += len(words) + len(separator)
    return separator.join(parts), headings


def separator_of(paragraphs: Sequence[Paragraph]) -> str:
    """What parts the paragraphs in the text."""
    empty = sum(not paragraph.text.strip() for paragraph in paragraphs)
    return "\n" if empty * 4 > len(paragraphs) - empty else "\n\n"
