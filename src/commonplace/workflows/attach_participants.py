"""A participants file makes people of speakers: whose label is whose, and what is known of them.

The rules, so that a person can foresee them:

- A row with a `document` is about that transcript: the speaker of its label, which is its name
  if it has none; where nobody has that label, a row with a name is about the only interviewee.
- A row without one is about the label wherever it stands, if that is in one transcript only. A
  label that several transcripts use is reported, not joined: P1 here and P1 there are two people.
- A row whose label stands nowhere is about the transcript of that name, if there is one
  interviewee in it.
- Rows with the same `participant_id`, or without one with the same `name`, are the same person.
  Without either every matched label is a person.
- What all rows of a person agree on holds everywhere; what differs, and the wave, holds in the
  transcript of the row. What is so already stays as it is: a table that was written by the
  program changes nothing when it is read in again.
- An empty cell says nothing; only if asked to, it takes a value away. What was agreed to in one
  interview is not taken as agreed to in another whose cell is empty.
- Every value must fit its attribute, or nothing of the file is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from commonplace.domain.consent import AGREED, folded
from commonplace.domain.people import OF_ONE_TRANSCRIPT
from commonplace.workflows.describe_people import NEW_VALUES, Checker
from commonplace.workflows.whose_label import Matcher

if TYPE_CHECKING:
    from commonplace.domain.people import Person
    from commonplace.project import Project, SpeakerInfo
    from commonplace.readers import ParticipantRow


class Changed(NamedTuple):
    """Something that is different now: of a label, what is known of whoever is behind it.

    `attribute` is `name` for the person's name.
    """

    document: str
    label: str
    person: str
    attribute: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Attached:
    """What a participants file led to."""

    people: int
    speakers: int
    """How many labels these people are behind."""
    problems: tuple[str, ...]
    """Rows that could not be used, each with the reason; or values that do not fit."""
    changes: tuple[Changed, ...] = ()
    doubts: tuple[str, ...] = ()
    """Values that were taken and may be slips of the pen."""
    refused: bool = False
    """Whether nothing of the file was taken, since values do not fit."""
    empty: int = 0
    """Empty cells where something is known, which was kept."""
    sheet: str = ""
    """The sheet that was read, where the file has sheets."""
    others: tuple[str, ...] = ()
    """Further sheets that are such a table."""


class _Said(NamedTuple):
    """What one row says: the speaker, none for a person who speaks nowhere, and the values."""

    line: int
    speaker: SpeakerInfo | None
    values: dict[str, str]

    @property
    def document(self) -> str | None:
        return None if self.speaker is None else self.speaker.document


@dataclass(slots=True)
class _Someone:
    """A person of the file: their name, their id if the project knows it, and their rows."""

    name: str
    id: str = ""
    said: list[_Said] = field(default_factory=list)

    @property
    def speakers(self) -> list[SpeakerInfo]:
        return [said.speaker for said in self.said if said.speaker is not None]


def attach_participants(
    project: Project,
    rows: Sequence[ParticipantRow],
    *,
    group: str,
    clear: bool = False,
    new_values: bool = False,
) -> Attached:
    """Applies the rows of a participants file to the transcripts of a project.

    One transaction, in the journal group `group`. Rows that fit nothing or too much are
    reported and change nothing. With `clear` an empty cell takes a value away; with `new_values`
    the choices of attributes grow by what the file has.
    """
    checker = Checker(project, new_values=new_values)
    people, problems = _people(project, rows, checker)
    if checker.problems:
        hint = f"nothing of the file was taken: {NEW_VALUES}"
        return Attached(0, 0, (*checker.problems, hint), refused=True)
    before = _state(project)
    empty = 0
    with project.transaction("attached participants", group=group):
        checker.write_choices()
        _embody_all(project, people)
        known = {person.id: person for person in project.people.all()}
        for someone in people:
            problems += _contradictions(someone)
            describer = _Describer(project, known[someone.id], someone.said, clear=clear)
            describer.describe()
            empty += describer.empty
    return Attached(
        len(people),
        sum(len(someone.speakers) for someone in people),
        tuple(problems),
        tuple(_changes(before, _state(project))),
        tuple(checker.doubts()),
        empty=empty,
    )


def attach_file(
    project: Project,
    file: Path,
    *,
    group: str,
    clear: bool = False,
    new_values: bool = False,
    dry_run: bool = False,
    sheet: str | None = None,
) -> Attached:
    """As `attach_participants`, with the rows of a file or of its `sheet`; with `dry_run` only to
    see the outcome.

    Raises `ValueError` for a file that is missing or no such table.
    """
    from commonplace.readers import read_participants
    from commonplace.workflows.rehearsal import rehearsal

    if not file.exists():
        raise ValueError(f"{file}: there is no such file; look at the name")
    read = read_participants(file, sheet=sheet)
    with rehearsal(project) if dry_run else nullcontext(project) as stage:
        attached = attach_participants(
            stage, read.rows, group=group, clear=clear, new_values=new_values
        )
    return replace(attached, sheet=read.sheet, others=read.others)


def _people(
    project: Project, rows: Sequence[ParticipantRow], checker: Checker
) -> tuple[list[_Someone], list[str]]:
    """The people of the file, and what is wrong with rows that are about nobody."""
    matcher = Matcher(project)
    people: dict[str, _Someone] = {}
    problems = []
    taken: dict[str, int] = {}
    for row in rows:
        known = matcher.people.get(row.id)
        found = None if known is not None and not row.document else matcher.match(row)
        if isinstance(found, str):
            problems.append(f"line {row.line}: {found}")
            continue
        if found is not None and found.id in taken:
            document = matcher.names[found.document]
            problems.append(
                f"line {row.line}: line {taken[found.id]} is about '{found.label}' of {document} "
                "already; remove one of them"
            )
            continue
        name = row.name or (found.label if found else known.name if known else row.label)
        if found is not None:
            taken[found.id] = row.line
        key = f"id {row.id}" if row.id else f"name {row.name.casefold()}"
        if not row.id and not row.name and found is not None:
            key = f"speaker {found.id}"
        someone = people.setdefault(key, _Someone(name, row.id if known is not None else ""))
        who = f"line {row.line}, {name}"
        said = dict(checker.take(who, *each) for each in row.attributes.items())
        said.update(checker.take(who, column, "") for column in row.empty)
        someone.said.append(_Said(row.line, found, said))
    return list(people.values()), problems


def _embody_all(project: Project, people: Sequence[_Someone]) -> None:
    """Gives every label of the file the person the file says; people it parts get new ones."""
    claimed = {someone.id for someone in people if someone.id}
    for someone in people:
        if not someone.id:
            free = [s.person for s in someone.speakers if s.person and s.person not in claimed]
            someone.id = free[0] if free else project.people.add(someone.name)
            claimed.add(someone.id)
    names = {person.id: person.name for person in project.people.all()}
    for someone in people:
        for speaker in someone.speakers:
            if speaker.person != someone.id:
                project.people.assign(speaker.id, someone.id)
        if names[someone.id] != someone.name:
            project.people.rename(someone.id, someone.name)


class _Describer:
    """Writes what the file says of one person, where it is not so already."""

    def __init__(
        self, project: Project, person: Person, said: Sequence[_Said], *, clear: bool
    ) -> None:
        self._people = project.people
        self._person = person
        self._said = said
        self._clear = clear
        self.empty = 0

    def describe(self) -> None:
        """Takes one attribute after the other."""
        for name in dict.fromkeys(name for said in self._said for name in said.values):
            wanted = {s.document: s.values[name] for s in self._said if name in s.values}
            apart = name.casefold() in OF_ONE_TRANSCRIPT
            apart = apart or (folded(name) in AGREED and not all(wanted.values()))
            if not self._clear:
                self.empty += sum(not v and bool(self._now(name, d)) for d, v in wanted.items())
                wanted = {document: value for document, value in wanted.items() if value}
            if any(self._now(name, document) != value for document, value in wanted.items()):
                self._write(name, wanted, apart=apart)

    def _now(self, name: str, document: str | None) -> str:
        """What is known by that name, in a transcript or everywhere."""
        known = self._person.attributes
        return (
            (known if document is None else self._person.attributes_in(document))
            .get(name, "")
            .strip()
        )

    def _write(self, name: str, wanted: dict[str | None, str], *, apart: bool) -> None:
        """Writes values by transcript: what is the same in all of them holds everywhere, unless
        transcripts are to be told `apart`."""
        values = set(wanted.values())
        if None in wanted or (len(values) == 1 and not apart):
            value = next(iter(values)) if len(values) == 1 else wanted[None]
            self._set(name, value, None)
            for document in wanted:
                if document is not None:
                    self._set(name, "", document)
            return
        everywhere = self._person.attributes.get(name, "")
        if everywhere and "" in values:
            for document in self._people.documents_of(self._person.id):
                if document not in wanted and name not in self._person.in_document.get(
                    document, {}
                ):
                    self._set(name, everywhere, document)
            self._set(name, "", None)
        for document, value in wanted.items():
            if not value or self._now(name, document) != value or (everywhere and "" in values):
                self._set(name, value, document)

    def _set(self, name: str, value: str, document: str | None) -> None:
        self._people.set_attributes(self._person.id, {name: value}, document=document)


def _contradictions(someone: _Someone) -> list[str]:
    """Rows about two labels of one person in one transcript that say different things."""
    found = []
    first: dict[tuple[str | None, str], tuple[int, str]] = {}
    for said in someone.said:
        for name, value in said.values.items():
            line, before = first.setdefault((said.document, name), (said.line, value))
            if before != value:
                found.append(
                    f"line {said.line}: {name} of {someone.name} is '{value}' here and "
                    f"'{before}' in line {line}, in the same transcript; '{value}' was taken"
                )
    return found


def _state(project: Project) -> dict[tuple[str, str], tuple[str, dict[str, str]]]:
    """(name, attributes) of whoever is behind a label, by transcript and label.

    People who speak nowhere stand by their id.
    """
    people = {person.id: person for person in project.people.all()}
    names = {info.id: info.name for info in project.documents.all()}
    found, heard = {}, set()
    for label in project.people.labels():
        person = people[label.person]
        heard.add(person.id)
        known = person.attributes_in(label.document)
        found[names[label.document], label.label] = (person.name, known)
    for person in people.values():
        if person.id not in heard:
            found["", person.id] = (person.name, dict(person.attributes))
    return found


def _changes(
    before: dict[tuple[str, str], tuple[str, dict[str, str]]],
    after: dict[tuple[str, str], tuple[str, dict[str, str]]],
) -> Iterable[Changed]:
    """What is different, by transcript and label."""
    for (document, label), (name, known) in after.items():
        old_name, old = before.get((document, label), ("", {}))
        if name != old_name:
            yield Changed(document, label, name, "name", old_name, name)
        for attribute in dict.fromkeys((*old, *known)):
            was, now = old.get(attribute, ""), known.get(attribute, "")
            if was != now:
                yield Changed(document, label, name, attribute, was, now)
