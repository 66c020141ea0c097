"""The lines of the grid of people: a person each, or a label of a person in a transcript each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from commonplace.analysis.names import natural
from commonplace.analysis.participants import Participant
from commonplace.domain.attributes import Attribute, as_number
from commonplace.tui.screens.study import folded
from commonplace.tui.widgets.linelist import Column, Row
from commonplace.tui.widgets.reader.cells import safe

NAME, LABELS, TRANSCRIPTS, WORDS, CODINGS = "name", "labels", "transcripts", "words", "codings"
TRANSCRIPT, LABEL = "transcript", "label"
COUNTED = (TRANSCRIPTS, WORDS, CODINGS)

_WIDEST, _NARROWEST = 22, 4
_MEASURED = 300
"""Lines from which the width of a column is taken."""


@dataclass(frozen=True, slots=True)
class Line:
    """A person, or one of their labels; `document` and `label` are empty for a person."""

    key: str
    participant: Participant
    document: str
    label: str
    cells: Mapping[str, str]
    """What stands in each column; several values of a person are joined by a bar."""

    @property
    def person(self) -> str:
        """The person's id."""
        return self.participant.person.id

    @property
    def name(self) -> str:
        """The person's name."""
        return self.participant.person.name

    def differs(self, name: str) -> bool:
        """Whether what is known by that name is said of single transcripts, of several."""
        within = self.participant.person.in_document
        here = any(name in known for known in within.values())
        return not self.document and here and len(self.participant.documents) > 1


@dataclass(frozen=True, slots=True)
class People:
    """What is asked of the project for the screen."""

    found: Sequence[Participant]
    documents: Mapping[str, str]
    """Names of transcripts by id."""
    attributes: Mapping[str, Attribute]
    """In the order of the columns."""


def fixed(*, apart: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns before the attributes, and those after them."""
    return ((NAME, TRANSCRIPT, LABEL), (WORDS,)) if apart else ((NAME, LABELS), COUNTED)


def lines(people: People, words: str, *, apart: bool) -> list[Line]:
    """The lines, by name, of those in which `words` stand; `apart`: a line for each label."""
    make = _of_labels if apart else _of_person
    found = [line for each in people.found for line in make(each, people)]
    if words:
        wanted = folded(words)
        found = [line for line in found if any(wanted in folded(c) for c in line.cells.values())]
    return found


def _of_person(each: Participant, people: People) -> list[Line]:
    person = each.person
    said = [person.attributes_in(document) for document in each.documents] or [
        dict(person.attributes)
    ]
    cells = {
        NAME: person.name,
        LABELS: " · ".join(dict.fromkeys(label for _, label, _ in each.labels)),
        TRANSCRIPTS: f"{len(each.documents):,}",
        WORDS: f"{each.words:,}",
        CODINGS: f"{each.codings:,}",
    }
    cells |= {
        name: " | ".join(dict.fromkeys(known[name] for known in said if known.get(name)))
        for name in people.attributes
    }
    return [Line(person.id, each, "", "", cells)]


def _of_labels(each: Participant, people: People) -> list[Line]:
    person = each.person
    found = []
    for document, label, words in each.labels or (("", "", 0),):
        if document not in each.meant:
            continue
        known = person.attributes_in(document)
        cells = {
            NAME: person.name,
            TRANSCRIPT: people.documents.get(document, ""),
            LABEL: label,
            WORDS: f"{words:,}",
        }
        cells |= {name: known.get(name, "") for name in people.attributes}
        found.append(Line(f"{person.id}|{document}|{label}", each, document, label, cells))
    return found


def ordered(found: Iterable[Line], column: str, *, down: bool) -> list[Line]:
    """The lines by what stands in a column; where nothing stands they come last."""
    there = [line for line in found if line.cells.get(column)]
    empty = [line for line in found if not line.cells.get(column)]
    return sorted(there, key=lambda line: _order(line.cells[column]), reverse=down) + empty


def _order(value: str) -> tuple[float, list[tuple[int, str]]]:
    number = as_number(value.replace(",", ""))
    return (float("inf") if number is None else number, natural(value))


def columns(
    found: Sequence[Line], people: People, sort: str, *, down: bool, apart: bool
) -> list[Column]:
    """The columns, as wide as what stands in them, within limits."""
    before, after = fixed(apart=apart)
    made = []
    for name in (*before, *people.attributes, *after):
        title = safe(name) + ((" ↓" if down else " ↑") if name == sort else "")
        widest = max((cell_len(line.cells[name]) for line in found[:_MEASURED]), default=0)
        width = max(_NARROWEST, min(_WIDEST, max(widest, cell_len(safe(name)) + 2)))
        if name == NAME:
            width = max(width, 12)
        made.append(Column(title, width, "right" if name in COUNTED else "left"))
    return made


class LineRows:
    """The rows of the grid, made when they are looked at."""

    def __init__(self, found: Sequence[Line], names: Sequence[str]) -> None:
        self.lines = found
        self.names = names
        self._places = {line.key: place for place, line in enumerate(found)}

    def count(self) -> int:
        """How many there are."""
        return len(self.lines)

    def index(self, key: str) -> int | None:
        """Where the line of that key is."""
        return self._places.get(key)

    def rows(self, start: int, end: int) -> list[Row]:
        """The rows `[start, end)`."""
        return [self._row(line) for line in self.lines[start:end]]

    def _row(self, line: Line) -> Row:
        name = Content.assemble((safe(line.cells[NAME]), "bold"))
        quiet = {LABELS, LABEL, TRANSCRIPT, *COUNTED}
        others = [
            Content.assemble((safe(line.cells[each]), "$text-muted" if each in quiet else ""))
            for each in self.names[1:]
        ]
        return Row(line.key, (name, *others))


def known_values(found: Iterable[Line], name: str) -> list[str]:
    """The values that stand by that name, the most frequent first."""
    counts: Counter[str] = Counter()
    for line in found:
        value = line.cells.get(name, "")
        if value and not line.differs(name):
            counts[value] += 1
    return [value for value, _ in counts.most_common()]
