"""Saying what is known of people: values held against what their attribute takes, then written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from commonplace.domain.attributes import Attribute, Kind, UnfitError, doubt
from commonplace.project.attributes import checked_name
from commonplace.project.errors import ProjectError

if TYPE_CHECKING:
    from commonplace.project import Project

NEW_VALUES = "accept new choices with --new-values, or change the list with `attribute`"


class Target(NamedTuple):
    """Of whom something is said: of a person everywhere, or in one transcript."""

    person: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """What was written: the values as they are kept, and what may be wrong with them."""

    values: Mapping[str, str]
    doubts: tuple[str, ...]


class Checker:
    """Holds values against the attributes of a project, all of them before any is written.

    With `new_values` a declared choice takes what it does not have yet; numbers and dates must
    be such all the same.
    """

    def __init__(self, project: Project, *, new_values: bool = False) -> None:
        self._project = project
        self._attributes = project.attributes.all()
        self._names = {" ".join(name.split()).casefold(): name for name in self._attributes}
        self._counts = project.attributes.values()
        self._new_values = new_values
        self._new: dict[str, dict[str, None]] = {}
        self._said: list[tuple[str, str, str]] = []
        self.problems: list[str] = []
        """Values that do not fit, with who they are of and what would fit."""

    def take(self, who: str, name: str, value: str) -> tuple[str, str]:
        """The name and the value as they are kept; what is wrong with them goes to `problems`."""
        name = self._name(name)
        attribute = self._attributes.get(name) or Attribute(name, Kind.TEXT)
        kept = value.strip()
        try:
            if attribute.declared:
                kept = attribute.fit(kept)
        except UnfitError as error:
            if attribute.kind is Kind.CHOICE and self._new_values:
                kept = self._new_choice(name, kept)
            else:
                self.problems.append(f"{who}, {name}: {error}")
        if kept:
            self._said.append((who, name, kept))
        return name, kept

    def doubts(self) -> list[str]:
        """What may be wrong with values that nothing forbids, each once."""
        counts = {name: Counter(values) for name, values in self._counts.items()}
        for _, name, value in self._said:
            counts.setdefault(name, Counter())[value] += 1
        found: dict[tuple[str, str], str] = {}
        for who, name, value in self._said:
            known = self._attributes.get(name)
            if known is None or value in self._counts.get(name, ()):
                continue
            problem = doubt(known, value, counts[name])
            if problem:
                found.setdefault((name, value), f"{who}, {name}: {value}? {problem}")
        return list(found.values())

    def write_choices(self) -> None:
        """Adds the new choices that were taken."""
        for name, values in self._new.items():
            self._project.attributes.add_choices(name, values)

    def refuse(self) -> None:
        """Raises `ProjectError` when something does not fit."""
        if self.problems:
            choices = any("is none of" in problem for problem in self.problems)
            raise ProjectError("; ".join(self.problems) + (f" ({NEW_VALUES})" if choices else ""))

    def _name(self, name: str) -> str:
        wanted = " ".join(name.split())
        return self._names.setdefault(wanted.casefold(), wanted)

    def _new_choice(self, name: str, value: str) -> str:
        """A choice that is added; the same in another case is the one before."""
        new = self._new.setdefault(name, {})
        known = next((choice for choice in new if choice.casefold() == value.casefold()), value)
        new.setdefault(known)
        return known


def set_attributes(
    project: Project,
    targets: Sequence[Target],
    values: Mapping[str, str],
    *,
    new_values: bool = False,
) -> Described:
    """Says the same of people, or of people in transcripts; an empty value takes one away.

    One transaction, or nothing: raises `ProjectError`, with all that does not fit.
    """
    people = {target.person: project.people.name(target.person) for target in targets}
    who = next(iter(people.values())) if len(people) == 1 else f"{len(people)} people"
    checker = Checker(project, new_values=new_values)
    for name in values.keys() - project.attributes.all().keys():
        checked_name(name)
    kept = dict(checker.take(who, name, value) for name, value in values.items())
    checker.refuse()
    said = ", ".join(f"{name}={value}" for name, value in kept.items())
    with project.transaction(f"set {said} for {who}"):
        checker.write_choices()
        for target in targets:
            project.people.set_attributes(target.person, kept, document=target.document)
    return Described(kept, tuple(checker.doubts()))


def hidden(project: Project, targets: Iterable[Target], names: Iterable[str]) -> list[Target]:
    """The transcripts in which something else is said, which wins there over what holds everywhere.

    For targets that are people; the answer has a target for each such transcript.
    """
    wanted = {target.person for target in targets if target.document is None}
    names = set(names)
    return [
        Target(person.id, document)
        for person in project.people.all()
        if person.id in wanted
        for document, known in person.in_document.items()
        if names & known.keys()
    ]
