"""A column of labels on the pages of a PDF, and the lines that begin beside it.

Level or not: unlike in `pdflabels`, a label may stand beside any line of what it labels.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from commonplace.readers.pdflabels import is_beside, is_time, parted
from commonplace.readers.pdfpage import PageText, Piece
from commonplace.readers.speakers.alone import name_of
from commonplace.readers.speakers.stamps import STAMP_AT
from commonplace.readers.speakers.vocabulary import key_of

_LEAST = 4
_WORDS_AT_MOST = 4
_LONGEST = 60
"""Code points, a time before the name counted."""
_RECURRING = 0.8
_SAME = 1.5
"""Points that the beginnings of lines may differ by."""
_NEAR = 1.2
"""Of line heights, to the nearest line of what a label belongs to."""
_GLUED = re.compile(r"([^\s:]+(?: [^\s:]+){0,3}):(?=\S)")
"""A label without a space after it."""


@dataclass(slots=True)
class Name:
    """A label."""

    piece: Piece
    y: float
    words: int
    """How many of the piece it is; 0: all."""
    key: str
    speech: float
    """Where the nearest line to its right begins; 0 when there is none."""
    more: list[Piece] = field(default_factory=list)
    """The lines of the label after the first."""


@dataclass(slots=True)
class Said:
    """A line of the column beside the labels."""

    piece: Piece
    """The first; a label may be the first words of it."""
    y: float
    x1: float
    first_word: float
    text: str


@dataclass(slots=True)
class Column:
    """Labels and lines, by page and from top to bottom."""

    speech: float
    """Where the lines begin."""
    keys: set[str]
    """Of labels that come back."""
    names: list[list[Name]]
    lines: list[list[Said]]
    across: list[list[float]]
    """Where, in y, lines stand that go over both columns."""
    strange: bool = False
    """There is something else among the labels."""
    broken: bool = False
    """Such as the end of a word too long for the column, or of a line where there is no column."""
    left: float = 0.0
    """Where the labels begin."""


def column_of(pages: Sequence[PageText]) -> Column | None:
    """The column of labels, if there is one: names that come back, beside lines of one beginning.

    Times that are one piece with a label are made pieces of their own.
    """
    names = [list(_names(page)) for page in pages]
    found = _beside_lines([name for page in names for name in page])
    if found is None:
        return None
    speech, keys = found
    beside = Counter(name.key for page in names for name in page if _is_left(name, speech))
    keys |= {key for key, count in beside.items() if count >= 2}
    column = Column(speech, keys, [], [], [])
    for page, candidates in zip(pages, names, strict=True):
        left = [each for each in candidates if _is_left(each, speech)]
        lines = sorted(_lines(page, left, speech), key=lambda line: -line.y)
        mine = [
            each
            for each in left
            if (each.key in keys and _has_lines(each, lines)) or _is_among(each.piece, lines)
        ]
        known = {id(name.piece) for name in mine}
        strange = [
            piece
            for piece in page.pieces
            if piece.x1 < speech
            and id(piece) not in known
            and _is_among(piece, lines)
            and not is_time(piece)
        ]
        column.strange |= bool(strange)
        column.broken |= any(piece.words.text[:1].islower() for piece in strange)
        for name in mine:
            _part_time(page.pieces, name)
        labelled = {id(name.piece) for name in mine if name.words}
        column.names.append(sorted(mine, key=lambda name: -name.y))
        column.lines.append(lines)
        column.across.append(
            [
                piece.y
                for piece in page.pieces
                if piece.x0 < speech - _SAME < speech + _SAME < piece.x1
                and id(piece) not in labelled
            ]
        )
    column.left = min((name.piece.x0 for page in column.names for name in page), default=0.0)
    return column if _is_set_apart(column) else None


def _is_set_apart(column: Column) -> bool:
    """Whether a gap sets the labels off, or else the lines after them begin below the speech."""
    count = sum(map(len, column.names))
    merged = sum(name.words > 0 for page in column.names for name in page)
    if merged * 2 <= count:
        return count > 0
    below = sum(map(len, column.lines)) - merged
    return below * 2 >= count and sum(map(len, column.across)) * 10 <= count


def key_in(words: str) -> str:
    """The key of a name, with a time before it or a colon after it; "" if it is none."""
    words = words.strip()
    if time := STAMP_AT.match(words):
        words = words[time.end() :].strip()
    if len(words) > _LONGEST or len(words.split()) > _WORDS_AT_MOST:
        return ""
    return key_of(name_of(words.removesuffix(":"))[0])


def has_colon(name: Name) -> bool:
    """Whether a colon ends the label."""
    text = name.piece.words.text[: 2 * _LONGEST]
    last = " ".join(text.split(" ")[: name.words]) if name.words > 0 else text
    return last.strip().endswith(":")


def _names(page: PageText) -> Iterator[Name]:
    """What may be labels on the page, each with where the line nearest to its right begins."""
    order = sorted(page.pieces, key=lambda piece: piece.y)
    heights = [piece.y for piece in order]
    for at, piece in enumerate(page.pieces):
        before = page.pieces[at - 1] if at else None
        if before and is_beside(before, piece) and not is_time(before):
            continue
        text = piece.words.text[: 4 * _LONGEST]
        if text[:1].islower():
            continue
        if key := key_in(text):
            near = _NEAR * piece.size
            begin, end = (bisect_left(heights, piece.y + way) for way in (-near, near))
            right = [
                (abs(each.y - piece.y), each.x0) for each in order[begin:end] if each.x0 > piece.x1
            ]
            yield Name(piece, piece.y, 0, key, min(right, default=(0.0, 0.0))[1])
            continue
        words = text.split(" ")
        for count, (_, speech) in enumerate(piece.gaps[: _WORDS_AT_MOST + 1], 1):
            if count < len(words) and (key := key_in(" ".join(words[:count]))):
                yield Name(piece, piece.y, count, key, speech)
        if (glued := _GLUED.match(text)) and (key := key_in(glued[1])):
            yield Name(piece, piece.y, -1, key, 0.0)


def _beside_lines(names: Sequence[Name]) -> tuple[float, set[str]] | None:
    """Where the lines beside labels begin, and the keys of these."""
    glued = Counter(name.key for name in names if name.words < 0)
    by_speech: dict[int, list[Name]] = defaultdict(list)
    for name in names:
        if name.speech:
            for near in (-1, 0, 1):
                by_speech[round(name.speech) + near].append(name)
    best: tuple[int, float, set[str]] = (0, 0.0, set())
    for found in by_speech.values():
        counts = Counter(name.key for name in found)
        keys = {key for key, count in counts.items() if count >= 2}
        recur = sum(counts[key] for key in keys)
        others = {key for key, count in glued.items() if count >= 2}
        if len(keys | others) < 2 or recur < _RECURRING * len(found):
            continue
        if recur > best[0] and recur + sum(glued[key] for key in others) >= _LEAST:
            places = sorted(name.speech for name in found)
            best = recur, places[len(places) // 2], keys | others
    return best[1:] if best[0] else None


def _is_left(name: Name, speech: float) -> bool:
    if name.words:
        return abs(name.speech - speech) <= _SAME
    return name.piece.x1 < speech


def _has_lines(name: Name, lines: Sequence[Said]) -> bool:
    return any(abs(line.y - name.y) < 2 * _NEAR * name.piece.size for line in lines)


def _is_among(piece: Piece, lines: Sequence[Said]) -> bool:
    """Whether a piece stands no higher than the first of the lines and no lower than the last."""
    slack = 0.4 * piece.size
    return bool(lines) and lines[-1].y - slack <= piece.y <= lines[0].y + slack


def _lines(page: PageText, names: Sequence[Name], speech: float) -> Iterator[Said]:
    """The lines of the page that begin at `speech`, some of them after a label."""
    labelled = {id(name.piece): name.words for name in names if name.words}
    for at, piece in enumerate(page.pieces):
        words = labelled.get(id(piece), 0)
        if not words and abs(piece.x0 - speech) > _SAME:
            continue
        x1, text = piece.x1, piece.words.text.split(" ", words)[-1]
        for before, after in pairwise(page.pieces[at:]):
            if not is_beside(before, after):
                break
            x1, text = after.x1, f"{text} {after.words.text}"
        first_word = piece.first_word
        if words:
            after_label = piece.gaps[words:]
            first_word = (after_label[0][0] if after_label else piece.x1) - piece.gaps[words - 1][1]
        yield Said(piece, piece.y, x1, first_word, text.strip())


def _part_time(pieces: list[Piece], name: Name) -> None:
    """Makes a piece of its own of the time before a label, in place."""
    time = STAMP_AT.match(name.piece.words.text)
    if name.words or time is None:
        return
    words = len(time[0].split(" "))
    if len(name.piece.gaps) < words:
        return
    at = next(number for number, piece in enumerate(pieces) if piece is name.piece)
    first, name.piece = parted(name.piece, words)
    first.label = False
    pieces[at : at + 1] = first, name.piece
