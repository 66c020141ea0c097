"""Labels in a narrow column of their own on the pages of a PDF, hardly a space from the speech.

    Int   Where was that?             Int Where was that, and who
    Mary  In the yard, I think, and       was there?
          then on the stairs.         Mary In the yard, I think.

A space says nothing by itself. What tells is that the speech begins at one place, whatever the
length of the label before it, and the lines that follow begin there too, or the gap is wider than
the other gaps of the line; and that one of those who take turns so interviews.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from commonplace.domain.transcript import Turn
from commonplace.readers.blocks import Paragraph
from commonplace.readers.pdfpage import PageText, Piece
from commonplace.readers.speakers.alone import name_of
from commonplace.readers.speakers.interviewers import interviewers_among
from commonplace.readers.speakers.stamps import STAMP_AT
from commonplace.readers.speakers.vocabulary import key_of

_LEAST = 4
_WORDS_AT_MOST = 4
_LOOKED_AT = 200
"""Code points at the beginning of a line."""
_SAME = 1.5
"""Points that the beginnings of lines may differ by."""
_WIDEST = 0.35
"""Of the page, for a column of labels."""
_WIDEST_APART = 0.55
"""The same, where the speech is a piece of its own."""
_WIDER = 1.4
"""Times the other gaps of the line, or those of the page if there is none, from which on a gap sets
a label off."""
_OFTEN = 0.1


@dataclass(frozen=True, slots=True)
class _Label:
    """What may be a label at the beginning of a line."""

    page: int
    number: int
    """Of the piece among those of the page."""
    words: int
    """How many of the piece are the label; 0 when all of it is, and the speech a piece of its own.
    """
    key: str
    left: float
    gap: float
    speech: float
    """Where the label begins, how far the speech is from it, and where that begins."""
    wide: bool
    """Set off by a gap that is wider than a space."""

    @property
    def place(self) -> tuple[int, int]:
        """Which piece it begins."""
        return self.page, self.number


def part_labels(pages: Sequence[PageText]) -> None:
    """Makes pieces of their own of the labels in a narrow column, in place, and marks them."""
    found: dict[tuple[str, int], list[_Label]] = defaultdict(list)
    for number, page in enumerate(pages):
        for label in _labels(number, page):
            for near in (-1, 0, 1):
                found["speech", round(label.speech) + near].append(label)
            if label.wide and label.gap:
                found["gap", round(4 * label.gap)].append(label)
    believed: dict[tuple[int, int], _Label] = {}
    for way in sorted(found, key=lambda way: -len(found[way])):
        labels = [each for each in found[way] if each.place not in believed]
        if _believed(labels, pages) and _somebody_asks(labels, pages):
            believed |= {each.place: each for each in labels}
    for label in sorted(believed.values(), key=lambda each: each.place, reverse=True):
        pieces = pages[label.page].pieces
        if label.words:
            pieces[label.number : label.number + 1] = parted(pieces[label.number], label.words)
        else:
            pieces[label.number].label = True


def _labels(number: int, page: PageText) -> Iterator[_Label]:
    """Beginnings of lines that could be names, once for each place where speech may begin."""
    pieces = page.pieces
    spaces = [end - begin for piece in pieces for begin, end in piece.gaps]
    space = median(spaces) if spaces else 0.0
    for at, piece in enumerate(pieces):
        if at and is_beside(pieces[at - 1], piece) and not is_time(pieces[at - 1]):
            continue
        text = piece.words.text[:_LOOKED_AT]
        if text[:1].islower():
            continue
        words = text.split(" ")
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        if after is not None and is_beside(piece, after):
            name = name_of(text.strip().removesuffix(":"))[0]
            if name and len(name.split()) <= _WORDS_AT_MOST:
                gap = after.x0 - piece.x1
                if after.x0 - piece.x0 < _WIDEST_APART * page.width:
                    yield _Label(number, at, 0, key_of(name), piece.x0, gap, after.x0, True)
                continue
        widths = [end - begin for begin, end in piece.gaps]
        for count, (_, speech) in enumerate(piece.gaps[:_WORDS_AT_MOST], 1):
            if speech - piece.x0 > _WIDEST * page.width or count >= len(words):
                break
            name = name_of(" ".join(words[:count]))[0]
            if name:
                others = widths[: count - 1] + widths[count:]
                usual = _WIDER * (median(others) if others else space)
                gap = widths[count - 1]
                yield _Label(number, at, count, key_of(name), piece.x0, gap, speech, gap >= usual)


def is_beside(piece: Piece, after: Piece) -> bool:
    """Whether a piece goes on the line of the one before it."""
    return abs(piece.y - after.y) < 0.4 * piece.size and after.x0 > piece.x1


def is_time(piece: Piece) -> bool:
    """Whether a piece is a time and nothing else."""
    return STAMP_AT.fullmatch(piece.words.text[:_LOOKED_AT].strip()) is not None


def _believed(labels: Sequence[_Label], pages: Sequence[PageText]) -> bool:
    """Whether names come back and take turns, one below the other, before speech set apart."""
    if len(labels) < _LEAST:
        return False
    left = Counter(round(each.left) for each in labels).most_common(1)[0][0]
    if sum(abs(each.left - left) <= _SAME for each in labels) * 10 < 9 * len(labels):
        return False
    keys = [each.key for each in labels]
    counts = Counter(keys)
    recur = sum(count for count in counts.values() if count >= 2)
    changes = sum(a != b for a, b in pairwise(keys))
    if len(counts) < 2 or recur * 10 < 9 * len(keys) or changes * 2 < len(keys):
        return False
    wide = sum(each.wide for each in labels)
    lines = sum(len(page.pieces) for page in pages)
    below, across = _others(labels, pages, left)
    if wide * 10 >= 9 * len(labels):
        return len(labels) >= _OFTEN * lines or (len(labels) + below) * 2 >= lines
    return below * 2 >= len(labels) and across * 10 <= len(labels)


def _somebody_asks(labels: Sequence[_Label], pages: Sequence[PageText]) -> bool:
    """Whether one of the labels is an interviewer's, by itself or by what follows it."""
    keys = {each.place: each.key for each in labels}
    turns: list[Turn] = []
    parts: list[str] = []
    size, begin, speaker = 0, 0, ""
    for number, page in enumerate(pages):
        for at, piece in enumerate(page.pieces):
            if (number, at) in keys:
                if size:
                    turns.append(Turn(begin, begin, size, speaker or None))
                begin, speaker = size, keys[number, at]
            parts.append(piece.words.text + "\n")
            size += len(parts[-1])
    turns.append(Turn(begin, begin, size, speaker))
    roles = [(key, "") for key in dict.fromkeys(keys.values())]
    return bool(interviewers_among("".join(parts), turns, roles))


def _others(labels: Sequence[_Label], pages: Sequence[PageText], left: int) -> tuple[int, int]:
    """How many lines begin where the speech does, and how many others where the labels do.

    Lines that end before the speech are not counted: a title, or a label that goes on.
    """
    mine = {each.place for each in labels}
    speech = labels[0].speech
    below = across = 0
    for number, page in enumerate(pages):
        for at, piece in enumerate(page.pieces):
            if at and is_beside(page.pieces[at - 1], piece):
                continue
            below += abs(piece.x0 - speech) <= _SAME
            across += (
                abs(piece.x0 - left) <= _SAME and piece.x1 > speech and (number, at) not in mine
            )
    return below, across


def parted(piece: Piece, words: int) -> tuple[Piece, Piece]:
    """The first words of a piece, and the others."""
    end, begin = piece.gaps[words - 1]
    at = -1
    text = piece.words.text
    for _ in range(words):
        at = text.index(" ", at + 1)
    label, speech = Paragraph(), Paragraph()
    position = 0
    for run in piece.words.runs:
        label.add(run.text[: max(at - position, 0)], run.style)
        speech.add(run.text[max(at + 1 - position, 0) :], run.style)
        position += len(run.text)
    after = piece.gaps[words:]
    first_word = (after[0][0] if after else piece.x1) - begin
    return (
        Piece(piece.x0, end, piece.y, piece.size, label, piece.first_word, label=True),
        Piece(begin, piece.x1, piece.y, piece.size, speech, first_word, piece.hyphen, after),
    )
