"""People, which labels are theirs, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping

from commonplace.domain.people import Person
from commonplace.project.errors import ProjectError, not_found
from commonplace.project.store import Store, new_id


class People:
    """The participants of a project."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Person]:
        """Everyone, by name, with all attributes."""
        everywhere: dict[str, dict[str, str]] = {}
        within: dict[str, dict[str, dict[str, str]]] = {}
        for person, document, name, value in self._store.rows(
            "SELECT person_id, document_id, name, value FROM attributes ORDER BY name"
        ):
            if document is None:
                everywhere.setdefault(person, {})[name] = value
            else:
                within.setdefault(person, {}).setdefault(document, {})[name] = value
        return [
            Person(person, name, everywhere.get(person, {}), within.get(person, {}))
            for person, name in self._store.rows("SELECT id, name FROM people ORDER BY name, id")
        ]

    def find(self, name: str) -> Person:
        """The only person of that name or id. Raises `NotFoundError`, or `ProjectError` for two."""
        people = self.all()
        matches = [p for p in people if p.id == name or p.name.casefold() == name.casefold()]
        if not matches:
            raise not_found("participant", name, {person.name for person in people})
        if len(matches) > 1:
            ids = ", ".join(person.id for person in matches)
            raise ProjectError(f"there are {len(matches)} people '{name}': use an id ({ids})")
        return matches[0]

    def by_speaker(self, document: str) -> dict[str, Person]:
        """Who is behind each label of a transcript, interviewers left out."""
        people = {person.id: person for person in self.all()}
        return {
            label: people[person]
            for label, person in self._store.rows(
                "SELECT label, person_id FROM speakers WHERE document_id = ? "
                "AND person_id IS NOT NULL AND interviewer = 0",
                document,
            )
        }

    def documents_of(self, person: str) -> list[str]:
        """Ids of the transcripts in which a person speaks."""
        return [
            row[0]
            for row in self._store.rows(
                "SELECT DISTINCT s.document_id FROM speakers s JOIN documents d "
                "ON d.id = s.document_id WHERE s.person_id = ? ORDER BY d.name",
                person,
            )
        ]

    def add(self, name: str) -> str:
        """Adds a person; returns the id."""
        person = new_id()
        with self._store.transaction(f"added {name}") as change:
            change.insert("people", [(person, name)])
        return person

    def rename(self, person: str, name: str) -> None:
        """Changes the name under which a person is kept."""
        with self._store.transaction(f"renamed a participant to {name}") as change:
            change.update("people", person, name=name)

    def assign(self, speaker: str, person: str) -> None:
        """Says who is behind a speaker; someone who then speaks nowhere goes, if nothing is known.

        What was known of the other person passes on where the new one has nothing to say.
        """
        with self._store.transaction("said who is behind a label") as change:
            old = self._store.value("SELECT person_id FROM speakers WHERE id = ?", speaker)
            if old == person:
                return
            change.update("speakers", speaker, person_id=person)
            if old is None or self.documents_of(old):
                return
            known = {
                (scope, name)
                for scope, name in self._store.rows(
                    "SELECT document_id, name FROM attributes WHERE person_id = ?", person
                )
            }
            for key, scope, name in self._store.rows(
                "SELECT id, document_id, name FROM attributes WHERE person_id = ?", old
            ):
                if (scope, name) in known:
                    change.delete("attributes", [key])
                else:
                    change.update("attributes", key, person_id=person)
            change.delete("people", [old])

    def set_attributes(
        self, person: str, values: Mapping[str, str], *, document: str | None = None
    ) -> None:
        """Sets attributes, everywhere or in one transcript; an empty value takes one away."""
        name = self._store.value("SELECT name FROM people WHERE id = ?", person)
        said = ", ".join(f"{key}={value}" for key, value in values.items())
        with self._store.transaction(f"set {said} for {name}") as change:
            for key, value in values.items():
                found = self._store.value(
                    "SELECT id FROM attributes WHERE person_id = ? AND document_id IS ? "
                    "AND name = ?",
                    person,
                    document,
                    key,
                )
                if found is None and value:
                    change.insert("attributes", [(new_id(), person, document, key, value)])
                elif found is not None and value:
                    change.update("attributes", found, value=value)
                elif found is not None:
                    change.delete("attributes", [found])
