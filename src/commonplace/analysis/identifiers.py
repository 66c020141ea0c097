"""What in a project may tell who somebody is, and what could stand for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field

from commonplace.analysis.filters import Filters
from commonplace.analysis.scope import Scope
from commonplace.domain.identifiers import SURE, Identifier, Kind, certain_names, identifiers
from commonplace.domain.pseudonyms import Pseudonyms, name_key
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

Finder = Callable[[str], Iterable[Identifier]]
"""Finds more identifiers in a text than `domain.identifiers` does."""

EXAMPLE = 40
"""Code points of context around an example, on each side."""

_ROLES = re.compile(
    r"[A-Z]{1,3}|[A-Za-z]{1,4}[ _-]?\d+|\d+|(?i:int(?:erviewer)?|participant|respondent|resp|"
    r"speaker|facilitator|moderator|resident|practitioner|unknown)[ _-]?\d*"
)
"""Labels that name nobody: `P07`, `Interviewer`, `Speaker 2`."""

_STANDS_FOR = {
    Kind.PHONE: "[phone number]",
    Kind.EMAIL: "[email]",
    Kind.POSTCODE: "[postcode]",
    Kind.BIRTH: "[date of birth]",
    Kind.NUMBER: "[number]",
    Kind.PROFILE: "[profile]",
}


@dataclass(slots=True)
class Found:
    """An identifier in a project."""

    name: str
    kinds: Counter[Kind] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    example: str = ""

    @property
    def kind(self) -> Kind:
        """What it is most often."""
        return self.kinds.most_common(1)[0][0]

    @property
    def times(self) -> int:
        """How often it is said."""
        return self.kinds.total()


def identifiers_in(project: Project, key: Pseudonyms, *, more: Finder | None = None) -> list[Found]:
    """What is said in any turn, or stands as a label or a person's name, and may tell who somebody
    is; without what is in the key, and what only those say who have withdrawn. Those that are
    known by their form come first, then names by how often they are said."""
    known = known_names(project)
    found: dict[str, Found] = {}
    for document, speech in speeches(project, withdrawn_labels(project)):
        seen = {each.span: each for each in identifiers(speech, known)}
        for each in more(speech) if more is not None else ():
            if each.span not in seen or seen[each.span].kind is Kind.NAME:
                seen[each.span] = each  # one saying of a name, and what kind of name it is
        for identifier in seen.values():
            name = speech[identifier.span.start : identifier.span.end]
            _note(found, name, identifier.kind, document, _around(speech, identifier))
    for name in sorted(named(project)):
        entry = found.setdefault(name_key(name), Found(name))
        entry.kinds[Kind.PERSON] += 1 + entry.times
    left = [each for each in found.values() if not covered(key, each.name, each.kind)]
    return sorted(left, key=lambda each: (each.kind not in SURE, -each.times, each.name))


def suggested(
    project: Project, key: Pseudonyms, *, more: Finder | None = None, kinds: Iterable[str] = ()
) -> Table:
    """A row for each identifier that has no pseudonym yet, with one that could stand for it.

    `kinds` limits to those kinds. `transcripts` counts where it is said; none for what is only a
    label or the name of a person.
    """
    wanted = set(kinds)
    columns = (
        Column("kind"),
        Column("name"),
        Column("pseudonym"),
        Column("times", "times"),
        Column("transcripts", "transcripts"),
        Column("example"),
    )

    def rows() -> Iterator[Row]:
        taken = {each.pseudonym for each in key}
        for each in identifiers_in(project, key, more=more):
            if wanted and each.kind not in wanted:
                continue
            stands = _stands_for(each.kind, taken)
            taken.add(stands)
            said = each.times if each.documents else 0
            yield (str(each.kind), each.name, stands, said, len(each.documents), each.example)

    note = "Look at each: a capital letter is no proof. `add NAME PSEUDONYM` chooses another."
    return Table(
        "pseudonyms", columns, rows, note, ("kind", "name", "pseudonym", "times", "example")
    )


def _stands_for(kind: Kind, taken: Iterable[str]) -> str:
    if kind in _STANDS_FOR:
        return _STANDS_FOR[kind]
    used, number = set(taken), 1
    while f"[{kind} {number}]" in used:
        number += 1
    return f"[{kind} {number}]"


def covered(key: Pseudonyms, words: str, kind: Kind) -> bool:
    """Whether the key leaves nothing of an identifier: of one that is known by its form no part may
    be left, since `sue.white@example.org` tells as much as `sue.brown@example.org`."""
    spans = [span for span, _ in key.found(words)]
    if kind not in SURE:
        return bool(spans)
    return any(span.start == 0 and span.end == len(words) for span in spans)


def _note(found: dict[str, Found], name: str, kind: Kind, document: str, example: str) -> None:
    entry = found.setdefault(name_key(name), Found(name, example=example))
    entry.kinds[kind] += 1
    entry.documents.add(document)


def _around(speech: str, identifier: Identifier) -> str:
    start, end = identifier.span.start, identifier.span.end
    part = speech[max(0, start - EXAMPLE) : end + EXAMPLE]
    return " ".join(part.split())


def speeches(project: Project, but: Container[tuple[str, str]] = ()) -> Iterator[tuple[str, str]]:
    """(transcript, speech) of every turn but those of some (transcript, label)."""
    for info in project.documents.all():
        text = project.documents.text(info.id)
        for turn in project.documents.each_turn(info.id):
            if (info.id, turn.speaker) not in but:
                yield info.id, text[turn.speech_start : turn.end]


def withdrawn_labels(project: Project) -> set[tuple[str, str]]:
    """(transcript, label) of those who have withdrawn."""
    scope = Scope(project, Filters())
    voices = (voice for voices in scope.voices.values() for voice in voices)
    return {(voice.document, voice.label) for voice in voices if voice.id in scope.withdrawn}


def named(project: Project) -> set[str]:
    """Labels and people's names that are names."""
    names = {person.name for person in project.people.all()}
    names |= {row[0] for row in project.connection.execute("SELECT DISTINCT label FROM speakers")}
    return {name for name in names if name.strip() and not _ROLES.fullmatch(name.strip())}


def known_names(project: Project) -> set[str]:
    """Words that are certainly names, since they stand as such somewhere in the project."""
    known = set()
    for name in named(project):
        known |= {name, *name.split()}
    for _, speech in speeches(project):
        known |= certain_names(speech)
    return known
