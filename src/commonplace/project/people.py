"""People, which labels are theirs, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from commonplace.domain.people import Person
from commonplace.domain.span import Span
from commonplace.project.documents import Documents
from commonplace.project.errors import NotFoundError, ProjectError, not_found
from commonplace.project.store import Change, Store, new_id


class Heard(NamedTuple):
    """A label of a person in one transcript, with the words spoken under it."""

    speaker: str
    """Id of the speaker."""
    person: str
    document: str
    label: str
    words: int


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
        """The only person of that name or id, or behind that `TRANSCRIPT:LABEL`.

        Raises `NotFoundError`, or `ProjectError` for two people of one name.
        """
        people = self.all()
        matches = [p for p in people if p.id == name or p.name.casefold() == name.casefold()]
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise ProjectError(
                f"there are {len(matches)} people '{name}': say which, by id or as "
                f"TRANSCRIPT:LABEL ({self._told_apart(matches)})"
            )
        if ":" in name:
            wanted = self.label(name).person
            return next(person for person in people if person.id == wanted)
        raise not_found("participant", name, {person.name for person in people})

    def label(self, name: str) -> Heard:
        """The label that `TRANSCRIPT:LABEL` names, of a participant. Raises `NotFoundError`."""
        document, _, label = name.rpartition(":")
        found = Documents(self._store).find(document)
        labels = [heard for heard in self.labels() if heard.document == found.id]
        for heard in labels:
            if heard.label.casefold() == label.strip().casefold():
                return heard
        raise not_found(f"participant in {found.name} labelled", label, {h.label for h in labels})

    def labels(self) -> list[Heard]:
        """Every label of every participant, by transcript and in order of appearance there."""
        return [
            Heard(*row)
            for row in self._store.rows(
                "SELECT s.id, s.person_id, s.document_id, s.label, s.words FROM speakers s "
                "JOIN documents d ON d.id = s.document_id "
                "WHERE s.person_id IS NOT NULL AND s.interviewer = 0 ORDER BY d.name, "
                "(SELECT min(start) FROM turns t WHERE t.speaker_id = s.id), s.label"
            )
        ]

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

    def first_words(self, person: str, document: str) -> Span | None:
        """Where a person first speaks in a transcript; None where they do not."""
        rows = self._store.rows(
            'SELECT t.speech_start, t."end" FROM turns t JOIN speakers s ON s.id = t.speaker_id '
            "WHERE t.document_id = ? AND s.person_id = ? ORDER BY t.start LIMIT 1",
            document,
            person,
        )
        return Span(*rows[0]) if rows else None

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
        """Says who is behind a speaker; someone who then speaks nowhere goes.

        What was known of the other person passes on where the new one has nothing to say.
        """
        with self._store.transaction("said who is behind a label") as change:
            old = self._store.value("SELECT person_id FROM speakers WHERE id = ?", speaker)
            if old == person:
                return
            change.update("speakers", speaker, person_id=person)
            if old is not None and not self.documents_of(old):
                self._pass_on(change, old, person, ())

    def join(self, person: str, others: Iterable[str]) -> list[str]:
        """Makes people one, who goes by the first one's name, in all transcripts.

        Where two of them differ, what was known of another holds in that one's transcripts.
        Returns in words what could not be kept, since both speak in the same transcript.
        """
        lost: list[str] = []
        name = self.name(person)
        wanted = [other for other in dict.fromkeys(others) if other != person]
        with self._store.transaction(f"joined {self._listed(wanted)} to {name}") as change:
            for other in wanted:
                mine = set(self.documents_of(person))
                documents = [d for d in self.documents_of(other) if d not in mine]
                lost += self._pass_on(change, other, person, documents)
        return lost

    def take_apart(self, speaker: str, name: str = "") -> str:
        """Makes a person of their own of a label; returns the id.

        What is known of the person it was taken from stays with both; what holds in this
        transcript alone goes along, unless they have another label there. Raises `ProjectError`
        when that person has no other label.
        """
        row = self._store.rows(
            "SELECT person_id, document_id, label FROM speakers WHERE id = ?", speaker
        )
        if not row or row[0][0] is None:
            raise ProjectError("nobody is behind that label")
        old, document, label = row[0]
        theirs = [heard for heard in self.labels() if heard.person == old]
        if len(theirs) < 2:
            raise ProjectError(f"'{label}' is the only label of {self.name(old)}")
        alone = sum(heard.document == document for heard in theirs) == 1
        with self._store.transaction(f"took '{label}' from {self.name(old)}") as change:
            person = new_id()
            change.insert("people", [(person, name or label or self.name(old))])
            change.update("speakers", speaker, person_id=person)
            for key, scope, attribute, value in self._store.rows(
                "SELECT id, document_id, name, value FROM attributes WHERE person_id = ?", old
            ):
                if scope == document and alone:
                    change.update("attributes", key, person_id=person)
                elif scope in (None, document):
                    change.insert("attributes", [(new_id(), person, scope, attribute, value)])
        return person

    def name(self, person: str) -> str:
        """The name under which a person is kept. Raises `NotFoundError`."""
        name = self._store.value("SELECT name FROM people WHERE id = ?", person)
        if name is None:
            raise NotFoundError("that person is not in the project any more: look again")
        return str(name)

    def _pass_on(
        self, change: Change, old: str, person: str, documents: Iterable[str]
    ) -> list[str]:
        """Gives the labels of one person, and what is known of them, to another; `old` goes.

        What differs is kept in `documents`; returns what is lost all the same.
        """
        for (speaker,) in self._store.rows("SELECT id FROM speakers WHERE person_id = ?", old):
            change.update("speakers", speaker, person_id=person)
        known = {
            (scope, name): value
            for scope, name, value in self._store.rows(
                "SELECT document_id, name, value FROM attributes WHERE person_id = ?", person
            )
        }
        lost = []
        for key, scope, name, value in self._store.rows(
            "SELECT id, document_id, name, value FROM attributes WHERE person_id = ? "
            "ORDER BY document_id IS NULL, name",
            old,
        ):
            there = known.get((scope, name))
            if there is None:
                known[scope, name] = value
                change.update("attributes", key, person_id=person)
                continue
            change.delete("attributes", [key])
            if there == value:
                continue
            free = [d for d in documents if (d, name) not in known] if scope is None else []
            for document in free:
                known[document, name] = value
                change.insert("attributes", [(new_id(), person, document, name, value)])
            if not free:
                lost.append(f"{name}={value}")
        change.delete("people", [old])
        return lost

    def _listed(self, people: Iterable[str]) -> str:
        return ", ".join(map(self.name, people))

    def _told_apart(self, people: Iterable[Person]) -> str:
        """People of one name by a label of each."""
        names = dict(self._store.rows("SELECT id, name FROM documents"))
        labels: dict[str, str] = {}
        for heard in self.labels():
            labels.setdefault(heard.person, f"{names[heard.document]}:{heard.label}")
        return ", ".join(sorted(labels.get(person.id, person.id) for person in people))

    def set_attributes(
        self, person: str, values: Mapping[str, str], *, document: str | None = None
    ) -> None:
        """Sets attributes, everywhere or in one transcript; an empty value takes one away."""
        name = self.name(person)
        said = ", ".join(f"{key}={value}" for key, value in values.items())
        with self._store.transaction(f"set {said} for {name}") as change:
            for key, value in values.items():
                found = self._store.value(
                    # `+`: or SQLite would go through all that holds of a transcript, or of none
                    "SELECT id FROM attributes WHERE person_id = ? AND +document_id IS ? "
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
