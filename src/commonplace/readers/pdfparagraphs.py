"""From the lines of a PDF to paragraphs: the file does not say where they begin."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from commonplace.readers.blocks import Paragraph, Run
from commonplace.readers.pdflines import Line
from commonplace.readers.speakers.stamps import COUNTER_AT, STAMP_AT
from commonplace.readers.speakers.vocabulary import is_name_too, is_no_speaker, word_set

_WIDE_GAP = 1.35
"""Of the usual distance between lines, from which on a blank is meant."""
_INDENT = 0.8
"""Of line heights."""
_LABEL = re.compile(r"[\[(]?[A-ZÀ-Þ][^\n:.?!]{0,40}(?:\([^()]{1,40}\))?[\])]?:(?:\s|$)")
_SENTENCE_ENDS = (".", "?", "!", "…", ":", ")", "]", "”", '"', "—", "–", "-")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LAST_PART = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*$")
_FIRST_PART = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_JOINED_BY_HYPHEN = word_set(
    "self well ex non co half all cross mid multi post pre semi anti part full long short high low "
    "one two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy "
    "eighty ninety so by make ready hard mother father brother sister son daughter"
)
_OFTEN = 0.03
"""Share of lines that end in a hyphen, from which on the program that set the page parted them."""


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs that the lines make, with words parted at line ends made whole."""
    if not lines:
        return []
    page = _Page(lines)
    hyphens = _Hyphens(lines)
    paragraphs: list[Paragraph] = []
    last: Line | None = None
    for line in lines:
        if last is None or page.begins(last, line):
            paragraphs.append(Paragraph(page=line.page + 1))
        else:
            hyphens.join(paragraphs[-1], last, line)
        for run in line.words.runs:
            paragraphs[-1].add(run.text, run.style)
        last = line
    if last is not None and last.hyphen:
        paragraphs[-1].add("-", paragraphs[-1].runs[-1].style)
    return paragraphs


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where the lines of a column usually begin and at most end."""

    left: float
    right: float
    hanging: bool
    """Lines after the first are set further in."""


class _Page:
    """What is usual on the pages, and so what is a break."""

    def __init__(self, lines: Sequence[Line]) -> None:
        by_region: dict[tuple[int, int], list[Line]] = defaultdict(list)
        for line in lines:
            by_region[line.region].append(line)
        self.edges = {region: _edges(found) for region, found in by_region.items()}
        gaps = Counter(
            round(a.y - b.y)
            for a, b in pairwise(lines)
            if a.page == b.page and a.region == b.region and 0 < a.y - b.y < 4 * a.size
        )
        usual = [gap for gap, count in gaps.items() if count * 4 >= max(gaps.values())]
        self.leading = float(min(usual)) if usual else lines[0].size

    def begins(self, last: Line, line: Line) -> bool:
        """Whether `line` begins a paragraph after `last`."""
        if line.labelled:
            return True
        edges = self.edges[last.region]
        ended = self._ended(last, line, edges)
        if last.hyphen and not ended:
            return False
        same_column = last.page == line.page and last.region == line.region
        if same_column and (last.y - line.y > _WIDE_GAP * self.leading or line.y > last.y):
            return True
        if abs(last.size - line.size) > 0.2 * last.size or last.style() != line.style():
            return True
        if ended or (not last.labelled and self._indented(last, line)):
            return True
        text = line.text
        label = _LABEL.match(text)
        name = label[0].strip("[(]): ") if label else ""
        named = name and (is_name_too(name) or not is_no_speaker(name))
        opens = named or STAMP_AT.match(text) or COUNTER_AT.match(text + "\n")
        return bool(opens) and last.text.endswith(_SENTENCE_ENDS)

    def _ended(self, last: Line, line: Line, edges: _Edges) -> bool:
        """Whether the first word of `line` would have fitted on the line before."""
        return last.x1 + 0.2 * last.size + line.first_word < edges.right - 0.3 * last.size

    def _indented(self, last: Line, line: Line) -> bool:
        here, before = self.edges[line.region], self.edges[last.region]
        inset = line.x0 - here.left
        if here.hanging:
            return inset < _INDENT * line.size and last.x0 - before.left >= _INDENT * last.size
        return inset > _INDENT * line.size and last.x0 - before.left < _INDENT * last.size


def _edges(lines: Sequence[Line]) -> _Edges:
    starts = Counter(round(line.x0) for line in lines)
    usual = [x for x, count in starts.items() if count * 10 >= len(lines) or count >= 5]
    left = min(usual or starts)
    ends = sorted(line.x1 for line in lines)
    right = ends[min(int(len(ends) * 0.97), len(ends) - 1)]
    size = lines[0].size
    inset = sum(line.x0 - left > _INDENT * size for line in lines)
    return _Edges(float(left), right, inset * 2 > len(lines))


class _Hyphens:
    """Whether a hyphen at the end of a line belongs to the word, by how it is written elsewhere."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.words: set[str] = set()
        parted = 0
        carried = False
        for line in lines:
            found = _WORD.findall(line.text)
            whole = found[carried : len(found) - line.hyphen]
            self.words.update(word.casefold() for word in whole)
            parted += line.hyphen
            carried = line.hyphen
        self.set_by_program = parted >= _OFTEN * len(lines)

    def join(self, paragraph: Paragraph, last: Line, line: Line) -> None:
        """Put between the lines what belongs there: a space, a hyphen or nothing."""
        style = paragraph.runs[-1].style
        if not last.hyphen:
            if not last.text.endswith("-"):
                paragraph.add(" ", style)
        elif self._keeps(last.text, line.text):
            paragraph.runs.append(Run("-", style))

    def _keeps(self, before: str, after: str) -> bool:
        left, right = _LAST_PART.search(before), _FIRST_PART.match(after)
        if left is None or right is None:
            return True
        first, second = left[0].casefold(), right[0].casefold()
        if first + second in self.words:
            return False
        if f"{first}-{second}" in self.words:
            return True
        if not right[0][0].islower() or first.split("-")[-1] in _JOINED_BY_HYPHEN:
            return True
        return not self.set_by_program or (first in self.words and second in self.words)
