"""What a view of the screen Themes is: a question, how its answer is shown, where cells lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from textual.content import Content

from commonplace.analysis.filters import Filters
from commonplace.domain.codebook import Codebook
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.tui.widgets.curve import Point
from commonplace.tui.widgets.reader import CodeLook
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.rows import Column, Row

Chosen = Mapping[str, str]
"""What is chosen for each option of a view, by the option's id."""


class From(Enum):
    """Where the answers to an option come from, if it has no list of them."""

    ATTRIBUTES = "what is known of participants"
    CODES = "the codebook"
    WORDS = "what somebody types"
    QUERY = "what somebody types, or a saved query"


class Option(NamedTuple):
    """Something about a view that can be chosen."""

    id: str
    label: str
    choices: tuple[str, ...] | From
    default: str = ""
    about: str = ""
    needed: bool = False
    """Whether nothing can be shown before there is an answer."""
    nothing: str = "everyone together"
    """What an empty answer is called, where it is one of the choices."""
    other: str = ""
    """What is asked for besides the choices: a number above 0, of this."""


class Passage(NamedTuple):
    """A stretch of a transcript, by its id, in code points."""

    document: str
    start: int
    end: int


class Said(NamedTuple):
    """A passage as it is listed: where, what is said in it, by whom."""

    passage: Passage
    words: str
    source: str


class QuotesOf(NamedTuple):
    """Leads to the quotes of a code: of those to whom `where` applies, in one transcript, of one
    speaker there, by one coder."""

    code: str
    where: str = ""
    document: str = ""
    speaker: str = ""
    coder: str = ""


class PassagesOf(NamedTuple):
    """Leads to a list of passages, made when it is asked for."""

    title: str
    list: Callable[[Project], list[Said]]


Target = Passage | QuotesOf | PassagesOf | None
"""Where a cell leads; None where nothing is behind it."""


class Codes(NamedTuple):
    """The codebook, and how its codes look."""

    book: Codebook
    looks: Mapping[str, CodeLook]

    def name(self, code: str, *, strong: bool = True) -> Content:
        """A code's mark and name."""
        look = self.looks.get(code)
        color = look.color if look else "$text-muted"
        return Content.assemble(
            (f"{look.mark} " if look else "", f"bold {color}" if strong else "$text-disabled"),
            (safe(self.book[code].name), "" if strong else "$text-disabled"),
        )

    def at(self, path: object) -> str:
        """The id of the code at a path; empty where there is none."""
        code = self.book.at(str(path))
        return code.id if code else ""

    def depth(self, code: str) -> int:
        """How many codes stand above it."""
        return self.book.depth(code)


class Asked(NamedTuple):
    """What a view is asked with."""

    project: Project
    codes: Codes
    filters: Filters
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer: a table of rows, or a curve of points with what is said of each."""

    title: str
    about: str = ""
    note: str = ""
    columns: tuple[Column, ...] = ()
    rows: list[Row] = field(default_factory=list)
    points: tuple[Point, ...] = ()
    said: tuple[str, ...] = ()
    """For each point what is said when it is the current one."""
    used: Chosen = field(default_factory=dict)
    """What stood for options that nobody chose."""
    stop: int | None = None
    """After how many points the curve may stop."""
    first: int = 0
    """The column that is the current one at first."""
    lead: Callable[[int, int], Target] = lambda _row, _column: None
    """Where the cell in a row and column leads, both counted from 0; of a point, column 0."""


class Kind(Enum):
    """How a view is drawn."""

    BARS = "bars"
    GRID = "grid"
    CURVE = "curve"


class View(NamedTuple):
    """A question that can be asked of the material."""

    id: str
    label: str
    help: str
    """What it shows, in a few words."""
    kind: Kind
    show: Callable[[Asked], Shown]
    table: Callable[[Asked], Table]
    """The same as a table for a file."""
    options: tuple[Option, ...] = ()
    empty: str = "nothing is coded yet: F2 has the transcripts"

    def chosen(self, answers: Chosen) -> dict[str, str]:
        """The answers, with defaults where there are none."""
        return {option.id: answers.get(option.id, option.default) for option in self.options}


def said_in(project: Project, table: Table) -> list[Said]:
    """A table of passages as a list."""
    ids = {document.name: document.id for document in project.documents.all()}
    return [
        Said(
            Passage(ids[str(row["document"])], row["start"], row["end"]),
            one_line(row["quote"]),
            f"{row['document']} · {row.get('attribution') or row['speaker']}",
        )
        for row in records(table)
    ]


def records(table: Table) -> list[dict[str, Any]]:
    """The rows of a table, by the names of its columns."""
    return list(table.records())


def one_line(words: object) -> str:
    """Words on one line, harmless."""
    return safe(" ".join(str(words).split()))
