"""What a report holds, whatever it is written as: sections of blocks, plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs to be read."""

    kind: ClassVar[str] = "prose"
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remarks:
    """Small print: what was counted, and how."""

    kind: ClassVar[str] = "remarks"
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    text: str
    share: float | None = None
    """0–1: how long a bar, or how dark a shade."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table; the first cell names it."""

    cells: tuple[Cell, ...]
    level: int = 0
    """How deep it stands below the first of its kind."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    kind: ClassVar[str] = "grid"
    id: str
    title: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    look: Literal["plain", "bars", "heat"] = "plain"
    figures: tuple[bool, ...] = ()
    """Which columns hold figures; all but the first unless said."""

    @property
    def right(self) -> tuple[bool, ...]:
        """Which columns stand to the right."""
        return self.figures or (False, *(True for _ in self.headings[1:]))


@dataclass(frozen=True, slots=True)
class Bar:
    """A share with its name and what is said of it."""

    label: str
    share: float
    said: str
    second: bool = False
    """Whether it is the one that is compared with, and drawn otherwise."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Groups of bars, each group under a heading if it has one."""

    kind: ClassVar[str] = "bars"
    id: str
    title: str
    description: str
    """In words, for those who do not see it."""
    groups: tuple[tuple[str, tuple[Bar, ...]], ...]
    key: tuple[str, str] | None = None
    """What the two kinds of bars are."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A count that grows step by step, with the band in which other orders lie."""

    kind: ClassVar[str] = "curve"
    id: str
    title: str
    description: str
    across: str
    up: str
    points: tuple[float, ...]
    mean: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """A coefficient with its interval, −1 to 1."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    said: str


@dataclass(frozen=True, slots=True)
class Ranges:
    """Coefficients on one scale, with marks on it."""

    kind: ClassVar[str] = "ranges"
    id: str
    title: str
    description: str
    ranges: tuple[Range, ...]
    marks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote as it is printed."""

    number: int
    said: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotes of a theme."""

    kind: ClassVar[str] = "quotations"
    theme: str
    note: str
    quotes: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A code of the codebook."""

    name: str
    level: int
    texts: tuple[tuple[str, str], ...]
    """What is said of it, each with its name; the definition's name is empty."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The codebook."""

    kind: ClassVar[str] = "entries"
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure at the head of the report."""

    figure: str
    of: str
    """What it counts."""


Block = Prose | Remarks | Grid | Bars | Curve | Ranges | Quotations | Entries


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under a heading."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    appendix: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A report, ready to be written."""

    title: str
    subtitle: str
    facts: tuple[Fact, ...]
    cautions: tuple[str, ...]
    """What a reader must know before believing any figure."""
    sections: tuple[Section, ...]
    colophon: str
