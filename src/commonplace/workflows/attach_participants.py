"""A participants file makes people of speakers: whose label is whose, and what is known of them.

The rules, so that a person can foresee them:

- A row with a `document` is about that transcript: the speaker of its label, which is its name
  if it has none; where nobody has that label, a row with a name is about the only interviewee.
- A row without one is about the label wherever it stands, if that is in one transcript only. A
  label that several transcripts use is reported, not joined: P1 here and P1 there are two people.
- A row whose label stands nowhere is about the transcript of that name, if there is one
  interviewee in it.
- Rows with the same `name` are the same person. Without names every matched label is a person.
- What all rows of a person agree on holds everywhere; what differs, and the wave, holds in the
  transcript of the row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from commonplace.project.errors import NotFoundError

if TYPE_CHECKING:
    from commonplace.project import DocumentInfo, Project, SpeakerInfo
    from commonplace.readers import ParticipantRow

OF_ONE_TRANSCRIPT = frozenset({"wave"})
"""Attributes that tell one interview from another, even where there is only one yet."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What a participants file led to."""

    people: int
    speakers: int
    """How many labels these people are behind."""
    problems: tuple[str, ...]
    """Rows that could not be used, each with the reason."""


@dataclass(slots=True)
class _Someone:
    """A person of the file: the speakers they are, and what each row says of them."""

    name: str
    speakers: list[SpeakerInfo] = field(default_factory=list)
    said: list[Mapping[str, str]] = field(default_factory=list)


def attach_participants(
    project: Project, rows: Sequence[ParticipantRow], *, group: str
) -> Attached:
    """Applies the rows of a participants file to the transcripts of a project.

    One transaction, in the journal group `group`. Rows that fit nothing or too much are
    reported and change nothing.
    """
    matcher = _Matcher(project)
    people: dict[str, _Someone] = {}
    problems = []
    taken: dict[str, int] = {}
    for row in rows:
        found = matcher.match(row)
        if isinstance(found, str):
            problems.append(f"line {row.line}: {found}")
            continue
        if found.id in taken:
            document = matcher.names[found.document]
            problems.append(
                f"line {row.line}: line {taken[found.id]} is about '{found.label}' of {document} "
                "already; remove one of them"
            )
            continue
        taken[found.id] = row.line
        key = f"name {row.name.casefold()}" if row.name else f"speaker {found.id}"
        someone = people.setdefault(key, _Someone(row.name or found.label))
        someone.speakers.append(found)
        someone.said.append(row.attributes)
    with project.transaction("attached participants", group=group):
        for someone in people.values():
            _embody(project, someone)
    return Attached(len(people), len(taken), tuple(problems))


class _Matcher:
    """Finds the speaker a row is about."""

    def __init__(self, project: Project) -> None:
        self.project = project
        documents = project.documents.all()
        self.names = {info.id: info.name for info in documents}
        self.speakers = {info.id: project.speakers.all(info.id) for info in documents}

    def match(self, row: ParticipantRow) -> SpeakerInfo | str:
        """The speaker, or why there is none."""
        label = row.label
        if not row.document:
            return self._anywhere(label)
        try:
            document = self.project.documents.find(row.document)
        except NotFoundError as error:
            return str(error)
        found = _of_label(self.speakers[document.id], label)
        if found is None and row.name:
            found = self._only_interviewee(document)
        if found is None:
            known = ", ".join(f"'{s.label}'" for s in self.speakers[document.id])
            return f"no speaker '{label}' in {document.name}: there are {known or 'none'}"
        return self._participant(found)

    def _anywhere(self, label: str) -> SpeakerInfo | str:
        found = [s for speakers in self.speakers.values() if (s := _of_label(speakers, label))]
        if len(found) > 1:
            shown = ", ".join(self.names[speaker.document] for speaker in found[:4])
            more = f" and {len(found) - 4} more" if len(found) > 4 else ""
            return (
                f"'{label}' speaks in {len(found)} transcripts ({shown}{more}): say which in a "
                "column 'document'; nobody was joined"
            )
        if found:
            return self._participant(found[0])
        only = self._named_like(label)
        if only is None:
            return f"nobody is labelled '{label}' in any transcript"
        return only

    def _named_like(self, name: str) -> SpeakerInfo | None:
        """The only interviewee of the transcript of that name."""
        try:
            return self._only_interviewee(self.project.documents.find(name))
        except NotFoundError:
            return None

    def _only_interviewee(self, document: DocumentInfo) -> SpeakerInfo | None:
        heard = [s for s in self.speakers[document.id] if s.person is not None and s.turns]
        return heard[0] if len(heard) == 1 else None

    def _participant(self, speaker: SpeakerInfo) -> SpeakerInfo | str:
        if speaker.person is not None and not speaker.interviewer:
            return speaker
        return (
            f"'{speaker.label}' is the interviewer in {self.names[speaker.document]}; if that is "
            "wrong, import it again and name the interviewer with --interviewer"
        )


def _of_label(speakers: Sequence[SpeakerInfo], label: str) -> SpeakerInfo | None:
    """The speaker of that label; else the only one that differs in case and spaces alone."""
    for speaker in speakers:
        if speaker.label == label:
            return speaker
    alike = [s for s in speakers if _key(s.label) == _key(label)]
    return alike[0] if len(alike) == 1 else None


def _key(label: str) -> str:
    return " ".join(label.casefold().split())


def _embody(project: Project, someone: _Someone) -> None:
    """Makes one person of these speakers, and notes what is known of them."""
    people = project.people
    persons = [speaker.person for speaker in someone.speakers if speaker.person]
    person = persons[0]
    for speaker in someone.speakers[1:]:
        people.assign(speaker.id, person)
    people.rename(person, someone.name)
    everywhere = _agreed(someone.said)
    people.set_attributes(person, everywhere)
    for speaker, said in zip(someone.speakers, someone.said, strict=True):
        here = {name: value for name, value in said.items() if value and name not in everywhere}
        people.set_attributes(person, here, document=speaker.document)


def _agreed(said: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The attributes that hold everywhere: those on which all rows that have them agree."""
    values: dict[str, set[str]] = {}
    for row in said:
        for name, value in row.items():
            if value and name.casefold() not in OF_ONE_TRANSCRIPT:
                values.setdefault(name, set()).add(value)
    return {name: next(iter(found)) for name, found in values.items() if len(found) == 1}
