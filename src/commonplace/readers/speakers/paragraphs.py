"""A text without speaker labels, cut into what one person says at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from commonplace.domain.span import Span
from commonplace.readers.speakers.lines import Line, Mark, lines, time_marks
from commonplace.readers.speakers.notices import NOTICE_LENGTH, is_notice, page_number
from commonplace.readers.speakers.vocabulary import is_speech_word

_SENTENCE_ENDS = ".?!…。？！؟"
LINE_ENDS = _SENTENCE_ENDS + ":;-–—)]"
_CLOSERS = "\"'”’)]*_ "
_NOTICE_LINES = 3
_HEADER_LENGTH = 2000
_WRAPPED = range(50, 111)
"""Columns at which lines are wrapped; wider or narrower ones end where they end."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`[start, end)` without white space around it; `speech` is where the words begin.

    `indent` counts the columns of white space before it. `cues` are (offset, seconds) of time
    marks further down in it.
    """

    start: int
    end: int
    speech: int
    indent: int
    stamp: Span | None = None
    time: float | None = None
    cues: tuple[tuple[int, float], ...] = ()
    outside: bool = False
    """In no turn: header, page number, end of tape."""
    joined: bool = False
    """A piece of the paragraph before it, which only a line break sets off."""


def paragraphs(text: str, *, header: bool = True) -> list[Paragraph]:
    """The paragraphs of `text` in order; together they hold all that is not white space.

    With `header`, what stands before the first speech, page numbers and notices are told apart.
    """
    whole: list[Paragraph] = []
    for piece in pieces(text, header=header):
        if piece.joined:
            whole[-1] = join(whole[-1], piece)
        else:
            whole.append(piece)
    return whole


def join(first: Paragraph, second: Paragraph) -> Paragraph:
    """The two as one; a time mark that opened the second becomes a cue."""
    cues = first.cues
    if second.stamp is not None and second.time is not None:
        cues += ((second.start, second.time),)
    return replace(first, end=second.end, cues=cues + second.cues)


def pieces(text: str, *, header: bool = True) -> list[Paragraph]:
    """Like `paragraphs`, but cut wherever a line break may stand for a change of speaker."""
    found = list(lines(text))
    marks = time_marks(text, found)
    breaks = _Breaks(text, found, marks)
    cut: list[Paragraph] = []
    for group in _groups(found, breaks):
        for number, piece in enumerate(_pieces(group, breaks)):
            cut.append(_paragraph(text, piece, marks, joined=number > 0))
    return _told_apart(text, cut) if header else cut


def ends_with(text: str, start: int, end: int, marks: str) -> bool:
    """Whether `text[start:end]` ends in one of `marks`, closing quotes and brackets aside."""
    tail = text[max(start, end - 8) : end]
    inner = tail.rstrip(_CLOSERS)
    return (tail != "" and tail[-1] in marks) or (inner != "" and inner[-1] in marks)


class _Breaks:
    """Where lines begin a paragraph, or a piece of one that someone else may say."""

    def __init__(self, text: str, found: list[Line], marks: Mapping[int, Mark]) -> None:
        self.text, self.marks = text, marks
        widths = sorted(line.end - line.start for line in found) or [0]
        self.widest = widths[int(len(widths) * 0.95)]
        full = sum(width > 0.75 * self.widest for width in widths)
        self.wrapped = self.widest in _WRAPPED and full * 2 > len(widths)
        blanks = sum(line.after_blank for line in found[1:])
        self.line_by_line = len(found) >= 4 and blanks * 8 < len(found)

    def paragraph(self, group: list[Line], line: Line) -> bool:
        """Whether `line` begins a new paragraph after `group`."""
        if line.after_blank:
            return True
        if self.notice(group[0], group[-1]):
            return not self.notice(group[0], line)
        if self.notice(line, line):
            return not self.notice(group[-1], line)
        if self.line_by_line and not self.wrapped:
            return True
        if line.start in self.marks or self.line_by_line:
            return self.piece(group[-1], line)
        return False

    def piece(self, above: Line, line: Line) -> bool:
        """Whether a line inside a paragraph may begin another person's words."""
        if not ends_with(self.text, above.start, above.end, LINE_ENDS):
            return False
        short = above.end - above.start < 0.75 * self.widest
        return not self.wrapped or short or line.indent > above.indent or line.start in self.marks

    def tail(self, group: list[Line]) -> int:
        """How many lines at a paragraph's end are a notice or a page number."""
        if self.notice(group[0], group[-1]):
            return 0
        for lines_ in range(min(_NOTICE_LINES, len(group) - 1), 0, -1):
            if self.notice(group[-lines_], group[-1]):
                return lines_
        last = group[-1]
        at_end = len(group) > 1 and not self.text[last.end :].strip()
        return int(at_end and page_number(self.text[last.start : last.end]) is not None)

    def notice(self, first: Line, last: Line) -> bool:
        """Whether the lines from `first` to `last` are a notice."""
        if last.end - first.start > NOTICE_LENGTH:
            return False
        return is_notice(self.text[first.start : last.end])


def _groups(found: list[Line], breaks: _Breaks) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in found:
        if group and breaks.paragraph(group, line):
            yield from _peeled(group, breaks)
            group = []
        group.append(line)
    if group:
        yield from _peeled(group, breaks)


def _peeled(group: list[Line], breaks: _Breaks) -> Iterator[list[Line]]:
    tail = breaks.tail(group)
    yield group[: len(group) - tail]
    if tail:
        yield group[-tail:]


def _pieces(group: list[Line], breaks: _Breaks) -> Iterator[list[Line]]:
    if breaks.notice(group[0], group[-1]):
        yield group
        return
    piece: list[Line] = []
    for line in group:
        if piece and breaks.piece(piece[-1], line):
            yield piece
            piece = []
        piece.append(line)
    yield piece


def _paragraph(
    text: str, group: list[Line], marks: Mapping[int, Mark], *, joined: bool
) -> Paragraph:
    start, end = group[0].start, group[-1].end
    cues = tuple((line.start, marks[line.start].time) for line in group[1:] if line.start in marks)
    plain = Paragraph(start, end, start, group[0].indent, cues=cues, joined=joined)
    if start not in marks:
        return plain
    mark = marks[start]
    speech = mark.end + text.startswith((":", "："), mark.end)
    while speech < end and text[speech].isspace():
        speech += 1
    return replace(plain, speech=speech, stamp=Span(start, mark.end), time=mark.time)


def _told_apart(text: str, found: list[Paragraph]) -> list[Paragraph]:
    outside = _header(text, found)
    page = 0
    for number in range(len(outside), len(found)):
        each = found[number]
        words = text[each.start : each.end] if each.end - each.start <= NOTICE_LENGTH else ""
        if is_notice(words) or each.speech == each.end:
            outside.add(number)
        elif (bare := page_number(words)) is not None and (
            number == len(found) - 1 or page < bare <= page + 3
        ):
            outside.add(number)
            page = bare
    if len(outside) == len(found):
        return found
    return [
        replace(
            each,
            speech=each.start if number in outside else each.speech,
            outside=number in outside,
            joined=each.joined and (number in outside) == (number - 1 in outside),
        )
        for number, each in enumerate(found)
    ]


def _header(text: str, found: list[Paragraph]) -> set[int]:
    """The numbers of the paragraphs before the first speech, if these are few words."""
    for number, each in enumerate(found):
        if each.start > _HEADER_LENGTH:
            break
        if not each.joined and _is_speech(text, each):
            return set(range(number))
    return set()


def _is_speech(text: str, each: Paragraph) -> bool:
    """Whether a paragraph at the beginning is speech: a header has titles, names, addresses."""
    if each.stamp is not None:
        return True
    words = text[each.start : each.end]
    if words[0] in "[(*#=-" and words[-1] in "])*#=-":
        return False
    if words.rstrip("\"'”’)").endswith("?"):
        return True
    finished = ends_with(text, each.start, each.end, _SENTENCE_ENDS) and words[-1] not in "])"
    if finished and is_speech_word(words):
        return True
    tokens = [token for token in words.split() if token[0].isalpha()]
    small = sum(token[0].islower() for token in tokens)
    if len(tokens) >= 15 and small * 5 >= len(tokens) * 3:
        return True
    return finished and len(tokens) >= 3 and small * 2 >= len(tokens)
