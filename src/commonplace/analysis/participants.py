"""People: which labels are theirs, how much they say, how often it is coded, what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from commonplace.analysis.names import free_names
from commonplace.analysis.query.tree import Condition, QueryError, comparisons, folded, holds
from commonplace.domain.attributes import RESERVED
from commonplace.domain.people import ATTRIBUTION_ORDER, Person
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project
from commonplace.project.errors import not_found

WHO = ("participant_id", "name", "document", "speaker")
"""The columns before the attributes."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person with all their labels."""

    person: Person
    labels: tuple[tuple[str, str, int], ...]
    """(transcript id, label, words), by transcript."""
    words: int
    codings: int = 0
    """Codings of passages in which they speak."""
    meant: frozenset[str] = frozenset()
    """Ids of the transcripts in which the condition holds of them."""

    @property
    def documents(self) -> list[str]:
        """Ids of the transcripts in which they speak."""
        return list(dict.fromkeys(document for document, _, _ in self.labels))


def participants(project: Project, where: str = "") -> Table:
    """A row for each label of each person, with what holds in that transcript.

    A person who speaks nowhere has one row without a transcript. `where` is a condition on the
    attributes; it raises `QueryError`. What is written as CSV can be read in again.
    """
    people = people_where(project, where)
    documents = {info.id: info.name for info in project.documents.all()}
    names = attribute_names(project)

    def rows() -> Iterator[Row]:
        for each in people:
            person = each.person
            for document, label, _ in each.labels or (("", "", 0),):
                known = person.attributes_in(document)
                where = (documents.get(document), label if document else None)
                yield (person.id, person.name, *where, *(known.get(name) for name in names))

    columns = (*WHO, *free_names(names, [*WHO, *RESERVED]))
    return Table(
        "participants",
        tuple(Column(name) for name in columns),
        rows,
        brief=columns[1:],
    )


def people_where(project: Project, where: str = "", *, codings: bool = False) -> list[Participant]:
    """People by name, all or those of whom a condition holds in one transcript at least.

    `codings` says whether to count these. Raises `QueryError`.
    """
    labels: dict[str, list[tuple[str, str, int]]] = {}
    for heard in project.people.labels():
        labels.setdefault(heard.person, []).append((heard.document, heard.label, heard.words))
    condition = _condition(project, where)
    counts = coding_counts(project) if codings else {}
    found = []
    for person in project.people.all():
        mine = tuple(labels.get(person.id, ()))
        meant = frozenset(
            document
            for document in {each[0] for each in mine} or {""}
            if condition is None or holds(condition, _folded(person.attributes_in(document)))
        )
        if meant:
            words = sum(each[2] for each in mine)
            found.append(Participant(person, mine, words, counts.get(person.id, 0), meant))
    return found


def attribute_types(project: Project) -> Table:
    """A row for each attribute: its type, whether it was set or guessed, and its values.

    `people` are those of whom it is known, somewhere; `values` the most frequent first, or those
    of a choice in order.
    """
    known, used = project.attributes.all(), project.attributes.values()
    people = dict(
        project.connection.execute(
            "SELECT name, count(DISTINCT person_id) FROM attributes GROUP BY name"
        )
    )
    everybody = project.connection.execute("SELECT count(*) FROM people").fetchone()[0]

    def rows() -> Iterator[Row]:
        for name in attribute_names(project):
            attribute = known[name]
            values = attribute.choices or [v for v, _ in used.get(name, Counter()).most_common(8)]
            yield (
                name,
                str(attribute.kind),
                attribute.declared,
                people.get(name, 0),
                everybody,
                "; ".join(values),
            )

    columns = (
        Column("attribute"),
        Column("type"),
        Column("declared"),
        Column("people", "people", of="people_of"),
        Column("people_of", "people"),
        Column("values"),
    )
    return Table("attributes", columns, rows)


def coding_counts(project: Project) -> dict[str, int]:
    """How many codings there are of passages in which each person speaks, by person."""
    rows = project.connection.execute(
        "SELECT s.person_id, count(DISTINCT c.id) FROM codings c "
        "JOIN turns t ON t.document_id = c.document_id AND t.start < c.end "
        "AND t.start >= ifnull((SELECT max(b.start) FROM turns b "
        "WHERE b.document_id = c.document_id AND b.start <= c.start), 0) "
        "AND t.speech_start < c.end AND t.end > c.start "
        "JOIN speakers s ON s.id = t.speaker_id AND s.interviewer = 0 "
        "WHERE s.person_id IS NOT NULL GROUP BY s.person_id"
    )
    return dict(rows)


def attribute_names(project: Project) -> list[str]:
    """All attributes, also those nobody has yet: first those of an attribution, then by name."""
    return sorted(project.attributes.all(), key=_by_attribution)


def _by_attribution(name: str) -> tuple[int, str, str]:
    known = name in ATTRIBUTION_ORDER
    place = ATTRIBUTION_ORDER.index(name) if known else len(ATTRIBUTION_ORDER)
    return place, name.casefold(), name


def _condition(project: Project, where: str) -> Condition | None:
    """The condition, each attribute of which must be known."""
    if not where.strip():
        return None
    from commonplace.analysis.query.parse import parse

    condition = parse(where)
    known = project.attributes.all()
    there = {folded(name) for name in known}
    for comparison in comparisons(condition):
        if folded(comparison.name) not in there:
            problem = not_found("attribute", comparison.name, known)
            raise QueryError(where, comparison.start, comparison.end, str(problem))
    return condition


def _folded(known: Mapping[str, str]) -> dict[str, str]:
    return {folded(name): folded(value) for name, value in known.items()}
