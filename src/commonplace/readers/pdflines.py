"""From pieces of text on pages to lines in the order in which they are read."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from commonplace.readers.blocks import Paragraph, Run, Style
from commonplace.readers.pdflabels import part_labels
from commonplace.readers.pdfpage import PageText, Piece
from commonplace.readers.speakers.alone import name_of
from commonplace.readers.speakers.stamps import STAMP_AT

_SAME_LINE = 0.4
"""Of line heights that base lines may differ by."""
_LEAST_LINES = 4
_MARGIN_LINES = 3
_STRIPS = 600
"""Into how many strips the width of a page is cut, to find those that are white."""
_PAGE_NUMBERS = ("#", "page #", "# of #", "page # of #", "#/#")
_DIGITS = re.compile(r"\d+|\b[ivxlc]{1,6}\b")


@dataclass(slots=True)
class Line:
    """A line in its column; `region` tells columns of the same shape together."""

    page: int
    region: tuple[int, int]
    """How many columns there are, and which of them it stands in."""
    x0: float
    x1: float
    y: float
    size: float
    words: Paragraph
    first_word: float
    hyphen: bool
    labelled: bool = False
    """Begins with a label in a column of its own."""

    @property
    def text(self) -> str:
        """The words."""
        return self.words.text

    def style(self) -> Style:
        """How most of its letters are set."""
        runs = self.words.runs
        if len(runs) == 1:
            return runs[0].style
        counts = {Style.BOLD: 0, Style.ITALIC: 0}
        letters = 0
        for run in runs:
            count = sum(character.isalnum() for character in run.text)
            letters += count
            for each in counts:
                counts[each] += count if run.style & each else 0
        style = Style.PLAIN
        for each, count in counts.items():
            style |= each if count * 2 > letters else Style.PLAIN
        return style


def lines_of(pages: Sequence[PageText]) -> list[Line]:
    """The lines of all pages in order, without running headers, footers and page numbers."""
    part_labels(pages)
    rows = [list(_page_rows(page)) for page in pages]
    stops = _stops(row for page in rows for _, row in page)
    found = [
        [line for region, row in page if (line := _line(number, region, row, stops)).text.strip()]
        for number, page in enumerate(rows)
    ]
    running = _running(found, pages)
    return [line for page in found for line in page if id(line) not in running]


def _page_rows(page: PageText) -> Iterator[tuple[tuple[int, int], list[Piece]]]:
    """The lines of a page as pieces, each with its region."""
    pieces = [piece for piece in page.pieces if piece.words.text.strip()]
    if not pieces:
        return
    for band in _bands(pieces):
        for column, inside in enumerate(band):
            for row in _joined(inside):
                yield (len(band), column), row


def _stops(rows: Iterable[Sequence[Piece]]) -> set[int]:
    """Where, in points, what follows the first gap of a line begins again and again.

    In justified lines it begins anywhere.
    """
    begins = Counter(round(row[1].x0) for row in rows if len(row) > 1)
    often = max(_LEAST_LINES, 0.1 * sum(begins.values()))
    return {x for x, count in begins.items() if count >= often}


def _bands(pieces: list[Piece]) -> Iterator[list[list[Piece]]]:
    """The page cut across where a line goes over all columns: each band is a list of columns."""
    gutters = _gutters(pieces)
    if not gutters:
        yield [pieces]
        return
    rows = _joined(pieces)
    band: list[list[Piece]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        over = [p for p in row if any(p.x0 < left and p.x1 > right for left, right in gutters)]
        if over:
            if any(band):
                yield band
            band = [[] for _ in range(len(gutters) + 1)]
            yield [row]
            continue
        for piece in row:
            middle = (piece.x0 + piece.x1) / 2
            band[sum(middle > right for _, right in gutters)].append(piece)
    if any(band):
        yield band


def _gutters(pieces: Sequence[Piece]) -> list[tuple[float, float]]:
    """The white strips between columns of running text, from left to right.

    A column of labels is none: it is narrow, and its lines belong to those beside it.
    """
    left, right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    size = sorted(p.size for p in pieces)[len(pieces) // 2]
    width = right - left
    if width < 20 * size or len(pieces) < 4 * _LEAST_LINES:
        return []
    step = width / _STRIPS
    changes = [0] * (_STRIPS + 3)
    for piece in pieces:
        changes[int((piece.x0 - left) / step)] += 1
        changes[int((piece.x1 - left) / step) + 1] -= 1
    covered = list(accumulate(changes))[:-1]
    rare = 0.06 * len(pieces)
    strips = []
    start = None
    for x, count in enumerate(covered):
        if count <= rare and start is None:
            start = x
        elif count > rare and start is not None:
            if start > 0 and (x - start) * step >= 0.6 * size:
                strips.append((left + start * step, left + x * step))
            start = None
    edges = [left, *(edge for strip in strips for edge in strip), right]
    columns = list(zip(edges[::2], edges[1::2], strict=True))
    if len(columns) < 2 or len(columns) > 4:
        return []
    full = [_is_column(pieces, column, width) for column in columns]
    return strips if all(full) else []


def _is_column(pieces: Sequence[Piece], column: tuple[float, float], width: float) -> bool:
    inside = [p for p in pieces if column[0] - 1 <= p.x0 and p.x1 <= column[1] + 1]
    rows = _joined(inside)
    if len(rows) < _LEAST_LINES or column[1] - column[0] < 0.2 * width:
        return False
    if sum(any(piece.label for piece in row) for row in rows) * 2 > len(rows):
        return False
    long = sum(row[-1].x1 - row[0].x0 > 0.6 * (column[1] - column[0]) for row in rows)
    return long * 2 > len(rows)


def _joined(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces by line, from top to bottom, each line from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: -p.y):
        row = rows[-1] if rows else None
        if row and abs(row[0].y - piece.y) <= _SAME_LINE * max(row[0].size, piece.size):
            row.append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda p: p.x0)
    return rows


def _line(
    page: int, region: tuple[int, int], pieces: Sequence[Piece], stops: Collection[int]
) -> Line:
    """One line of its pieces; gaps after a short beginning, such as a label, are tabs."""
    words = Paragraph()
    first, last = pieces[0], pieces[-1]
    for number, piece in enumerate(pieces):
        if number:
            words.runs = _trimmed(words)
            words.add("\t" if _is_set_off(pieces[:number], piece, stops) else " ")
        for run in piece.words.runs:
            words.add(run.text, run.style)
    words.runs = _trimmed(words)
    return Line(
        page, region, first.x0, last.x1, first.y, max(p.size for p in pieces), words,
        first.first_word, last.hyphen, any(piece.label for piece in pieces[:-1][:2]),
    )  # fmt: skip


def _is_set_off(before: Sequence[Piece], piece: Piece, stops: Collection[int]) -> bool:
    """Whether a line begins with a label or a time, or with a time and a label, up to `piece`;
    other wide gaps come from justified lines."""
    if before[-1].label or piece.label:
        return True
    begin = before[-1].words.text.strip()
    if len(before) > 1:
        timed = STAMP_AT.fullmatch(before[0].words.text.strip())
        return len(before) == 2 and timed is not None and bool(name_of(begin)[0])
    wide = piece.x0 - before[0].x1 > 2 * before[0].size
    if wide or begin.endswith(":") or begin[:1].isdigit() or begin[-1:] in "])":
        return True
    return round(piece.x0) in stops and bool(name_of(begin)[0])


def _trimmed(words: Paragraph) -> list[Run]:
    words.join_runs()
    runs = words.runs
    while runs and not runs[-1].text.strip():
        runs.pop()
    while runs and not runs[0].text.strip():
        runs.pop(0)
    trimmed = Paragraph()
    for number, run in enumerate(runs):
        text = run.text.lstrip() if number == 0 else run.text
        trimmed.add(text.rstrip() if number == len(runs) - 1 else text, run.style)
    return trimmed.runs


def _running(pages: Sequence[Sequence[Line]], sizes: Sequence[PageText]) -> set[int]:
    """The ids of lines that come back at the same height at the edge of many pages.

    Numbers in them may change from page to page. Further in than a line that stays, none goes.
    """
    edges = [
        (top, _edge(lines, size.height, top=top))
        for lines, size in zip(pages, sizes, strict=True)
        for top in (True, False)
    ]
    written = sum(bool(lines) for lines in pages)
    found = {id(line) for _, edge in edges for line in edge}
    while True:
        places: dict[tuple[str, bool], list[Line]] = defaultdict(list)
        for top, edge in edges:
            for line in edge:
                if id(line) not in found:
                    break
                places[_DIGITS.sub("#", line.text.strip().casefold()), top].append(line)
        kept = {
            id(line)
            for (words, _), lines in places.items()
            for line in _level(words, lines, written)
        }
        if kept == found:
            return found
        found = kept


def _edge(lines: Sequence[Line], height: float, *, top: bool) -> list[Line]:
    """The outermost lines of a page that stand in its margin, from the edge inwards."""
    ordered = sorted(lines, key=lambda line: -line.y if top else line.y)[:_MARGIN_LINES]
    return [line for line in ordered if (line.y > 0.8 * height if top else line.y < 0.2 * height)]


def _level(words: str, lines: Sequence[Line], written: int) -> list[Line]:
    """Those of the lines with the same words that stand level, if they are on enough pages."""
    height = Counter(round(line.y / 4) for line in lines).most_common(1)[0][0] * 4
    level = [line for line in lines if abs(line.y - height) <= 8]
    on = len({line.page for line in level})
    if words.strip(" -–—.") in _PAGE_NUMBERS:
        enough = on >= 2 or (written == 1 and words != "#")
    else:
        sentence = len(words.split()) >= 4 and words.endswith((".", "?", "!"))
        enough = on >= (4 if sentence else 2) and (on * 2 >= written or on >= max(3, written / 3))
    return level if enough else []
