"""Labels beside the middle or the end of what they label, moved to where that begins.

          About nine years. We came from        In a table whose cells are centred vertically a
    Rosa  the other side of town because        name is level with the middle line of the cell
          the rent there went up.               beside it, or stands between two lines of it.

Where cells begin is believed only when all of the column come out whole: parted by rules; or by
gaps, each with its label at the middle (or at the last line); or without gaps, when such cells
take up all lines. No sentence may be cut.

Names alone do not make a column one of speakers: places or headings may stand beside sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise, zip_longest

from commonplace.readers.pdfcolumn import Column, Name, Said, column_of, has_colon, key_in
from commonplace.readers.pdflabels import parted
from commonplace.readers.pdfpage import PageText, Piece
from commonplace.readers.speakers.vocabulary import names_role

_LEAST = 4
_LEVEL = 0.4
"""Of line heights that a label and a line beside each other may differ by."""
_APART = 1.15
"""Times the distance of lines, from which on the next one is in another cell."""
_OFF = 0.3
"""Of the distance of lines, by which a label may miss the middle of its cell."""
_RARE = 20
"""One cut sentence in so many labels is somebody's who was interrupted."""
_ENDS = (".", "?", "!", "…", ":", ")", "]", "”", '"', "—", "–", "-")
_CLOSERS = " \t\"'”’)]"
_MIDDLE, _LAST = 0.5, 1.0
"""Of the height of a cell: where its label is."""
_ASKED = ((3, 0.6), (8, 0.25))
"""Turns that end in a question mark, and their share of a name's turns: either proves that somebody
asks."""
_LEAST_LEAD = 2
"""Times the share of anybody else."""


class Labels(StrEnum):
    """What the names beside the text of a PDF are."""

    FITTING = "fitting"
    """Speakers', level with where their speech begins; or there are none."""
    ASTRAY = "astray"
    """Placed so that nobody can tell where what they label begins."""
    DOUBTFUL = "doubtful"
    """No role, and none of them asks questions as an interviewer does."""


@dataclass(slots=True)
class _Block:
    """Lines and labels of one page that nothing parts, from top to bottom."""

    page: int
    names: list[Name]
    lines: list[Said]


@dataclass(frozen=True, slots=True)
class _Cell:
    name: Name
    labelled: int
    """The page of the label."""
    page: int
    first: Said
    """Where it begins."""
    cut: bool = False
    """The line before seems to go on in it."""


def put_labels_first(pages: Sequence[PageText]) -> Labels:
    """Moves labels to the first lines of their cells, in place, where they stand further down."""
    column = column_of(pages)
    if column is None:
        return Labels.FITTING
    cells = _Cells(column, pages)
    if not cells.begin_with_labels():
        found = cells.found()
        if not found:
            return Labels.ASTRAY
        for cell in found:
            _move(pages, cell, column.speech)
        column = column_of(pages)
    if column is None:
        return Labels.ASTRAY
    if _are_doubtful(column):
        return Labels.DOUBTFUL
    for name in (name for page in column.names for name in page):
        name.piece.label |= not name.words
    return Labels.FITTING


def _are_doubtful(column: Column) -> bool:
    """Whether labels without a colon name no role, and nobody asks much more than others do."""
    names = [name for page in column.names for name in page]
    if any(names_role(name.key) or has_colon(name) for name in names):
        return False
    spoken: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    speaker = ""
    for mine, lines in zip(column.names, column.lines, strict=True):
        for line, after in zip_longest(lines, lines[1:]):
            for name in mine:
                if _level(name, line):
                    speaker = name.key
                    spoken[speaker] += 1
            last = after is None or any(_level(name, after) for name in mine)
            asked[speaker] += last and line.text.rstrip(_CLOSERS).endswith("?")
    shares = sorted((asked[key] / count, asked[key]) for key, count in spoken.items())
    if len(shares) < 2:
        return False
    (second, _), (most, count) = shares[-2:]
    asks = any(count >= least and most >= share for least, share in _ASKED)
    return not asks or most < _LEAST_LEAD * second


class _Cells:
    """The cells of a column."""

    def __init__(self, column: Column, pages: Sequence[PageText]) -> None:
        self.column = column
        self.rules = [_across(column, page) for page in pages]
        ends = sorted(line.x1 for page in column.lines for line in page)
        self.right = ends[min(int(len(ends) * 0.97), len(ends) - 1)]
        gaps = sorted(a.y - b.y for page in column.lines for a, b in pairwise(page) if a.y > b.y)
        self.leading = gaps[len(gaps) // 20] if gaps else 1.0

    def begin_with_labels(self) -> bool:
        """Whether labels are level with the first lines of their cells, as far as can be seen."""
        cut = close = far = 0
        for names, lines in zip(self.column.names, self.column.lines, strict=True):
            for name in names:
                if name.key not in self.column.keys:
                    continue
                at = next((n for n, line in enumerate(lines) if _level(name, line)), None)
                if at is None:
                    return False
                if at:
                    is_close = lines[at - 1].y - lines[at].y <= _APART * self.leading
                    close += is_close
                    far += not is_close
                    if self._goes_on(lines[at - 1], lines[at]):
                        cut += 1
                        if any(0 < other.y - name.y <= _APART * self.leading for other in names):
                            return False
        count = sum(map(len, self.column.names))
        across = sum(map(len, self.column.across))
        if self.column.broken and across * 10 <= count:
            return False
        return cut * _RARE <= count and (not close or close * 4 > far)

    def found(self) -> list[_Cell]:
        """The cells; none when they do not come out whole, or differently."""
        if self.column.strange:
            return []
        ruled = list(self._blocks(ruled=True))
        if sum(map(len, self.rules)) >= _LEAST and (cells := self._parted(_stacked(ruled))):
            return cells
        blocks = _stacked(list(self._blocks(ruled=False)))
        ways = [cells for share in (_MIDDLE, _LAST) if (cells := self._parted(blocks, share))]
        starts = [[id(cell.first) for cell in cells] for cells in ways]
        return ways[0] if ways and starts[0] == starts[-1] else []

    def _blocks(self, *, ruled: bool) -> Iterator[_Block]:
        """The entries of the column as rules part them, or else gaps and lines across it."""
        column = self.column
        for page, (names, lines) in enumerate(zip(column.names, column.lines, strict=True)):
            parting = self.rules[page] if ruled else column.across[page]
            block = _Block(page, [], [])
            last: float | None = None
            entries: list[Name | Said] = [*names, *lines]
            for each in sorted(entries, key=lambda each: -each.y):
                if last is not None and (
                    any(each.y < y < last for y in parting)
                    or (not ruled and last - each.y > _APART * self.leading)
                ):
                    yield block
                    block = _Block(page, [], [])
                if isinstance(each, Name):
                    block.names.append(each)
                else:
                    block.lines.append(each)
                last = each.y
            if last is not None:
                yield block

    def _parted(self, blocks: Sequence[_Block], share: float | None = None) -> list[_Cell]:
        """The cells, with their labels at this share of their height or, if None, anywhere."""
        found: list[_Cell] = []
        for parts in _over_pages(blocks):
            names = [(name, part.page) for part in parts for name in part.names]
            first = parts[0]
            if not first.lines or not names:
                return []
            if share is None or len(parts) > 1:
                starts = [0] if len(names) == 1 else None
            else:
                starts = _starts(first, share, _OFF * self.leading)
            if starts is None:
                return []
            for (name, page), start in zip(names, starts, strict=True):
                line = first.lines[start]
                cut = bool(start) and self._goes_on(first.lines[start - 1], line)
                found.append(_Cell(name, page, first.page, line, cut))
        return found if sum(cell.cut for cell in found) * _RARE <= len(found) else []

    def _goes_on(self, last: Said, line: Said) -> bool:
        """Whether a line seems to go on with the sentence of the one before it."""
        if last.y - line.y > 2 * self.leading:
            return False
        size = last.piece.size
        if last.x1 + 0.2 * size + line.first_word < self.right - 0.3 * size:
            return False
        return not last.text.endswith(_ENDS) or line.text[:1].islower()


def _across(column: Column, page: PageText) -> list[float]:
    """Where rules go over labels and lines."""
    found: list[list[tuple[float, float, float]]] = []
    for rule in sorted(page.rules, key=lambda rule: rule[2]):
        if found and rule[2] - found[-1][-1][2] <= 1:
            found[-1].append(rule)
        else:
            found.append([rule])
    far = column.speech + 2 * _LEAST
    return [
        level[0][2]
        for level in found
        if min(x0 for x0, _, _ in level) <= column.left and max(x1 for _, x1, _ in level) >= far
    ]


def _level(name: Name, line: Said) -> bool:
    return abs(name.y - line.y) <= _LEVEL * max(name.piece.size, line.piece.size)


def _stacked(blocks: list[_Block]) -> list[_Block]:
    """The blocks with names of several lines made one, if all have one name at most and names
    come back; else as they are."""
    joined: list[_Block] = []
    keys: Counter[str] = Counter()
    parts: set[str] = set()
    for block in blocks:
        names = block.names
        if names:
            pieces = [name.piece for name in names]
            key = key_in(" ".join(piece.words.text.strip() for piece in pieces))
            if not key or any(name.words for name in names[1:]):
                return blocks
            keys[key] += 1
            y = (names[0].y + names[-1].y) / 2
            names = [replace(names[0], y=y, more=pieces[1:])] if pieces[1:] else names
            if pieces[1:]:
                parts.update(key_in(piece.words.text) for piece in pieces)
        joined.append(_Block(block.page, names, block.lines))
    if parts & keys.keys():
        return blocks
    again = sum(count for count in keys.values() if count >= 2)
    return joined if again * 5 >= 4 * keys.total() else blocks


def _over_pages(blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    """The blocks, those together that are one cell which goes on on the next page."""
    parts: list[_Block] = []
    for block in blocks:
        if parts:
            next_page = block.page != parts[-1].page
            if not next_page or (block.names and any(part.names for part in parts)):
                yield parts
                parts = []
        parts.append(block)
    if parts:
        yield parts


def _starts(block: _Block, share: float, off: float) -> list[int] | None:
    """The numbers of the lines with which the cells of the block begin; None when it has others."""
    starts: list[int] = []
    start = 0
    for name in block.names:
        starts.append(start)
        for end in range(start, len(block.lines)):
            first, last = block.lines[start].y, block.lines[end].y
            if abs(first + share * (last - first) - name.y) <= off:
                break
        else:
            return None
        start = end + 1
    return starts if start == len(block.lines) else None


def _move(pages: Sequence[PageText], cell: _Cell, speech: float) -> None:
    """Puts a label, and a time level with it, before the first line of its cell."""
    name, first = cell.name, cell.first.piece
    pieces = pages[cell.labelled].pieces
    if name.piece is first:
        return
    if name.words:
        at = _at(pieces, name.piece)
        pieces[at : at + 1] = parted(name.piece, name.words)
        label = pieces[at]
    else:
        label = name.piece
    y = label.y
    for piece in name.more:
        label.words.add(" ")
        for run in piece.words.runs:
            label.words.add(run.text, run.style)
        label.x1 = max(label.x1, piece.x1)
        pieces.pop(_at(pieces, piece))
    moved = [p for p in pieces if p.x1 < speech and abs(p.y - y) <= _LEVEL * label.size]
    for piece in moved:
        piece.y = first.y
        pieces.pop(_at(pieces, piece))
    to = pages[cell.page].pieces
    at = _at(to, first)
    to[at:at] = sorted(moved, key=lambda piece: piece.x0)


def _at(pieces: Sequence[Piece], wanted: Piece) -> int:
    return next(number for number, piece in enumerate(pieces) if piece is wanted)
