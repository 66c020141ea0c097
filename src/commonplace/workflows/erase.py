"""Erasing for good, in the project and in what is kept about it elsewhere on this machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from commonplace.domain.pseudonyms import PseudonymError, Pseudonyms, Replacement, name_key
from commonplace.project import Project
from commonplace.workflows import corrections, layouts, pseudonym_key

_FACTS = (corrections.FACT, layouts.FACT)
"""What imports remember, in which names may stand."""


@dataclass(slots=True)
class Erased:
    """What is left to do, and what went besides the words."""

    copies: list[Path] = field(default_factory=list)
    """Other files nearby that still hold a transcript."""
    names_gone: list[str] = field(default_factory=list)
    """Of the person, taken out of the key of pseudonyms."""
    names_left: list[str] = field(default_factory=list)
    """Others in the key that nobody says any more, such as those of relatives."""
    names_said: list[str] = field(default_factory=list)
    """Of the person, said by others in transcripts that stay; these stay in the key."""

    def add(self, other: Erased) -> None:
        """Takes in what another erasure left, each once."""
        self.copies = list(dict.fromkeys([*self.copies, *other.copies]))
        self.names_gone = list(dict.fromkeys([*self.names_gone, *other.names_gone]))
        self.names_left = list(dict.fromkeys([*self.names_left, *other.names_left]))
        self.names_said = list(dict.fromkeys([*self.names_said, *other.names_said]))


def erase_document(project: Project, document: str) -> Erased:
    """Erases a transcript and every trace of its words, and those who speak in no other.

    Raises `ProjectError` when another program has the file open, and traces may stay in it until
    that is closed; `PseudonymError` when the key cannot be read, before anything is erased.
    """
    people = [
        person.id
        for person in project.people.all()
        if project.people.documents_of(person.id) == [document]
    ]
    with _forgotten(project, people, [document]) as erased:
        erased.copies = project.erase_document(document, facts=_FACTS)
    return erased


def erase_person(project: Project, person: str) -> Erased:
    """Erases a person and every trace of their words.

    Raises as `erase_document`.
    """
    with _forgotten(project, [person], project.people.documents_of(person)) as erased:
        erased.copies = project.erase_person(person, facts=_FACTS)
    return erased


@contextmanager
def _forgotten(
    project: Project, people: Sequence[str], documents: Sequence[str]
) -> Iterator[Erased]:
    """Takes names out of what imports remember, and afterwards out of the key of pseudonyms.

    The cache of suggestions is deleted, for it holds the words that were said; also where erasing
    complains, since it is made again when it is needed.
    """
    from commonplace.suggest import cache

    key = pseudonym_key.load(project.path)
    names = _names(project, people)
    before = _said(project, key, documents) | names.keys()
    corrections.forget_labels(project, names.values())
    erased = Erased()
    try:
        yield erased
    finally:
        cache.forget(project.uuid)
        stay = [document.id for document in project.documents.all()]
        gone = before - _said(project, key, stay) - _others(project).keys()
        erased.names_gone = [each.name for each in key if each.key in gone & names.keys()]
        erased.names_left = [each.name for each in key if each.key in gone - names.keys()]
        pseudonym_key.forget(project.path, erased.names_gone)
    said = _said(project, Pseudonyms(_as_replacements(names.values())), stay)
    erased.names_said = [name for each, name in names.items() if each in said]


def _names(project: Project, people: Sequence[str]) -> dict[str, str]:
    """The names and labels of these people that nobody else has, by `name_key`.

    A name that is a transcript's says nothing of who spoke, and is none.
    """
    others = _others(project, people)
    stems = {name_key(PurePosixPath(each.name).stem) for each in project.documents.all()}
    names = [project.people.name(person) for person in people]
    names = [name for name in names if name_key(name) not in stems]
    names += [heard.label for heard in project.people.labels() if heard.person in people]
    return {name_key(name): name for name in names if name and name_key(name) not in others}


def _others(project: Project, people: Sequence[str] = ()) -> dict[str, str]:
    """The names and labels of everybody but these people, by `name_key`."""
    names = [person.name for person in project.people.all() if person.id not in people]
    names += [heard.label for heard in project.people.labels() if heard.person not in people]
    return {name_key(name): name for name in names}


def _said(project: Project, names: Pseudonyms, documents: Sequence[str]) -> set[str]:
    """Which of the names (their keys) stand in these transcripts."""
    if not len(names):
        return set()
    texts = (project.documents.text(document) for document in documents)
    return {found.key for text in texts for _, found in names.found(text)}


def _as_replacements(names: Iterable[str]) -> Iterator[Replacement]:
    for name in names:
        try:
            yield Replacement(name, name)
        except PseudonymError:  # such as `…`: nothing that could be said
            continue
