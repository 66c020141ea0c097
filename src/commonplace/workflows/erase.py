"""Erasing for good, in the project and in what is kept about it elsewhere on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commonplace.project import Project
from commonplace.workflows import pseudonym_key


def erase_document(project: Project, document: str) -> list[Path]:
    """Erases a transcript and every trace of its words.

    Returns other files nearby that still hold it. Raises `ProjectError` when another program
    has the file open, and traces may stay in it until that is closed.
    """
    with _forgotten(project):
        return project.erase_document(document)


def erase_person(project: Project, person: str) -> list[Path]:
    """Erases a person and every trace of their words; their names go from the key of pseudonyms.

    Returns and raises as `erase_document`.
    """
    names = [project.people.name(person)]
    names += [heard.label for heard in project.people.labels() if heard.person == person]
    pseudonym_key.forget(project.path, names)
    with _forgotten(project):
        return project.erase_person(person)


@contextmanager
def _forgotten(project: Project) -> Iterator[None]:
    """Deletes the cache of suggestions afterwards, for it holds the words that were said; also
    where erasing complains, since it is made again when it is needed."""
    from commonplace.suggest import cache

    try:
        yield
    finally:
        cache.forget(project.uuid)
