"""What documents are made of: paragraphs, set in bold or italics here and there, and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntFlag
from itertools import groupby, pairwise

_SHORT = 500
"""Longer runs are not copied to make them longer: lines may have millions of characters."""


class Style(IntFlag):
    """How words are set."""

    PLAIN = 0
    BOLD = 1
    ITALIC = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Words set alike."""

    text: str
    style: Style = Style.PLAIN


@dataclass(slots=True)
class Paragraph:
    """Runs of words, LF where a line breaks inside the paragraph."""

    runs: list[Run] = field(default_factory=list)
    heading: bool = False
    page: int | None = None
    """On which it begins, from 1, where the source has pages."""

    @property
    def text(self) -> str:
        """The words."""
        runs = self.runs
        return runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])

    def add(self, text: str, style: Style = Style.PLAIN) -> None:
        """Put words at the end."""
        if not text:
            return
        last = self.runs[-1] if self.runs else None
        if last and last.style == style and len(last.text) < _SHORT:
            self.runs[-1] = Run(last.text + text, style)
        else:
            self.runs.append(Run(text, style))

    def join_runs(self) -> None:
        """Make one run of neighbours that are set alike."""
        if not any(a.style == b.style for a, b in pairwise(self.runs)):
            return
        parts = groupby(self.runs, key=lambda run: run.style)
        self.runs = [Run("".join(run.text for run in runs), style) for style, runs in parts]

    def style(self) -> Style:
        """How all of its letters and digits are set: what they have in common."""
        common = Style.BOLD | Style.ITALIC
        for run in self.runs:
            if any(character.isalnum() for character in run.text):
                common &= run.style
        return common

    def lead(self) -> str:
        """The words at its beginning that are set off from the rest; "" if none or all are."""
        if not self.runs or self.runs[0].style is Style.PLAIN:
            return ""
        rest = self.runs[1:]
        if any(run.style & self.runs[0].style for run in rest[:1]):
            return ""
        return self.runs[0].text if any(run.text.strip(" \t\n:") for run in rest) else ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: rows of cells, each cell with its paragraphs joined by LF."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Rows
