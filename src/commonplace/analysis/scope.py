"""Filters put to a project: which transcripts, whose speech, and which codings are meant."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from commonplace.analysis.filters import Filters
from commonplace.analysis.query.tree import (
    NONE,
    Condition,
    QueryError,
    comparisons,
    folded,
    holds,
)
from commonplace.domain.codebook import Codebook
from commonplace.domain.consent import WITHDRAWN, consent
from commonplace.domain.consent import folded as folded_name
from commonplace.domain.people import ATTRIBUTION_ORDER
from commonplace.project import Project
from commonplace.project.errors import not_found


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker in one transcript, with the words said there."""

    id: str
    document: str
    label: str
    interviewer: bool
    person: str
    """Whoever speaks, the same in several transcripts; of an interviewer, the speaker's id."""
    words: int


class Scope:
    """What `filters` mean in `project` at this moment, worked out once.

    Raises `NotFoundError`, `FilterError` or `QueryError` when they name what is not there.
    """

    def __init__(self, project: Project, filters: Filters) -> None:
        self.project = project
        self.filters = filters
        self._connection = project.connection
        self.documents = self._find_documents()
        """Names of the transcripts by id, in order of name."""
        self.voices: dict[str, list[Voice]] = {document: [] for document in self.documents}
        """Everyone who says something in them."""
        for row in self._connection.execute(
            "SELECT id, document_id, label, interviewer, "
            "CASE WHEN interviewer OR person_id IS NULL THEN id ELSE person_id END, words "
            "FROM speakers WHERE turns > 0 ORDER BY document_id, label"
        ):
            if row[1] in self.voices:
                self.voices[row[1]].append(Voice(row[0], row[1], row[2], bool(row[3]), *row[4:]))
        self.withdrawn = self._find_withdrawn()
        """Ids of the voices of participants who have withdrawn: nothing of theirs goes out."""
        self._asked = self._where()
        self.heard = self._listen()
        """Those of them whose speech is asked about, by transcript; some may have nobody."""
        self.condition, self.values = self._coding_condition()
        """An SQL condition on the columns of `codings`, with its parameters."""

    @property
    def chooses_people(self) -> bool:
        """Whether only some of the speakers are asked about, for who they are."""
        filters = self.filters
        return bool(filters.speakers or filters.people or filters.where.strip())

    @property
    def keeps_everything(self) -> bool:
        """Whether codings count wherever they stand, in interviewers' speech or in no turn."""
        everything = self.filters.include_interviewer and not self.chooses_people
        return everything and not self.withdrawn

    @cached_property
    def transcripts(self) -> set[str]:
        """Ids of the transcripts that are asked about: where people are chosen for who they are,
        those in which one of them says something."""
        if not self.chooses_people:
            return set(self.documents)
        return {document for document, voices in self.heard.items() if voices}

    @cached_property
    def emptied(self) -> set[str]:
        """Ids of the transcripts whose interviewees have all withdrawn."""
        return {
            document
            for document, voices in self.voices.items()
            if any(voice.id in self.withdrawn for voice in voices)
            and all(voice.interviewer or voice.id in self.withdrawn for voice in voices)
        }

    @cached_property
    def codebook(self) -> Codebook:
        """All codes."""
        return self.project.codes.codebook()

    @cached_property
    def codes(self) -> list[str]:
        """The codes that are asked about, in reading order: all, or `filters.codes`."""
        if not self.filters.codes:
            return [code.id for code in self.codebook.in_reading_order()]
        wanted: set[str] = set()
        for path in self.filters.codes:
            code = self.codebook.find(path)
            if code is None and path in self.codebook:
                code = self.codebook[path]
            if code is None:
                raise not_found("code", path, [self.codebook.path(c.id) for c in self.codebook])
            below = [code] if self.filters.direct else self.codebook.subtree(code.id)
            wanted.update(c.id for c in below)
        return [code.id for code in self.codebook.in_reading_order() if code.id in wanted]

    @cached_property
    def attribute_names(self) -> list[str]:
        """All attributes known of anyone: those of an attribution first, then by alphabet."""
        names = [row[0] for row in self._connection.execute("SELECT DISTINCT name FROM attributes")]
        first = [name for name in ATTRIBUTION_ORDER if name in names]
        return first + sorted(set(names) - set(first), key=lambda name: (name.casefold(), name))

    @cached_property
    def _known(self) -> dict[str, dict[str | None, dict[str, str]]]:
        """Attributes by person and document; None: everywhere."""
        known: dict[str, dict[str | None, dict[str, str]]] = {}
        for person, document, name, value in self._connection.execute(
            "SELECT person_id, document_id, name, value FROM attributes ORDER BY name, value"
        ):
            known.setdefault(person, {}).setdefault(document, {})[name] = value
        return known

    def attributes(self, voice: Voice) -> dict[str, str]:
        """What is known of whoever speaks, in that transcript; nothing of an interviewer."""
        if voice.interviewer:
            return {}
        known = self._known.get(voice.person, {})
        return {**known.get(None, {}), **known.get(voice.document, {})}

    def attribute(self, name: str) -> str:
        """The attribute of that name, case aside. Raises `NotFoundError`."""
        for known in self.attribute_names:
            if folded(known) == folded(name):
                return known
        raise not_found("attribute", name, self.attribute_names)

    @cached_property
    def unheld(self) -> list[str]:
        """For each value in `where` that nobody has a sentence that says so, with the nearest that
        somebody has: a slip of the keys, or a group that is empty."""
        if self._asked is None:
            return []
        said = []
        for comparison in comparisons(self._asked):
            held = {
                folded(value): value
                for places in self._known.values()
                for known in places.values()
                for name, value in known.items()
                if folded(name) == folded(comparison.name)
            }
            for value in comparison.values:
                if value == NONE or folded(value) in held:
                    continue
                near = get_close_matches(folded(value), held, n=1)
                hint = f"; did you mean {held[near[0]]}?" if near else "."
                said.append(f"Nobody has {comparison.name} {value}{hint}")
        return list(dict.fromkeys(said))

    def marked_done(self) -> int:
        """How many of the transcripts asked about are marked as read to the end."""
        return len(self._done() & self.transcripts)

    def as_of(self) -> str:
        """The date of the last change to the project, ISO 8601; empty for one never changed."""
        row = self._connection.execute(
            "SELECT at FROM journal ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        return str(row[0])[:10] if row else ""

    def _find_documents(self) -> dict[str, str]:
        found = dict(self._connection.execute("SELECT id, name FROM documents ORDER BY name"))
        if self.filters.documents:
            wanted = {self.project.documents.find(name).id for name in self.filters.documents}
            found = {document: name for document, name in found.items() if document in wanted}
        if self.filters.done:
            done = self._done()
            found = {document: name for document, name in found.items() if document in done}
        return found

    def _done(self) -> set[str]:
        rows = self._connection.execute("SELECT document_id, coder FROM done")
        coders = {coder.casefold() for coder in self.filters.coders}
        return {document for document, coder in rows if not coders or coder.casefold() in coders}

    def _listen(self) -> dict[str, list[Voice]]:
        filters = self.filters
        labels = self._labels()
        condition = self._asked
        heard: dict[str, list[Voice]] = {}
        for document, voices in self.voices.items():
            heard[document] = [
                voice
                for voice in voices
                if voice.id not in self.withdrawn
                and (filters.include_interviewer or not voice.interviewer)
                and (not labels or voice.label.casefold() in labels)
                and (not filters.people or voice.person in filters.people)
                and (condition is None or holds(condition, self._folded(voice)))
            ]
        return heard

    def _find_withdrawn(self) -> set[str]:
        if not any(folded_name(name) == WITHDRAWN for name in self.attribute_names):
            return set()
        return {
            voice.id
            for voices in self.voices.values()
            for voice in voices
            if consent(self.attributes(voice), ()).withdrawn
        }

    def silenced(self, speakers: Iterable[str]) -> bool:
        """Whether one of these (ids of voices) has withdrawn: what they say is in no output."""
        return not self.withdrawn.isdisjoint(speakers)

    def withdrawals(self) -> str:
        """A remark on participants who have withdrawn; empty when there are none."""
        people = {
            voice.person
            for voices in self.voices.values()
            for voice in voices
            if voice.id in self.withdrawn
        }
        if not people:
            return ""
        said = "1 participant has" if len(people) == 1 else f"{len(people)} participants have"
        return f"{said} withdrawn; nothing of theirs is shown or counted."

    def _labels(self) -> set[str]:
        """The labels asked about, folded; each must be somebody's."""
        asked = {label.casefold(): label for label in self.filters.speakers}
        if asked:
            known = {voice.label for voices in self.voices.values() for voice in voices}
            for missing in asked.keys() - {label.casefold() for label in known}:
                raise not_found("speaker", asked[missing], known)
        return set(asked)

    def _where(self) -> Condition | None:
        """The condition on attributes, each of which must be known of somebody."""
        query = self.filters.where
        if not query.strip():
            return None
        from commonplace.analysis.query.parse import parse

        condition = parse(query)
        known = {folded(name) for name in self.attribute_names}
        for comparison in comparisons(condition):
            if folded(comparison.name) not in known:
                problem = not_found("attribute", comparison.name, self.attribute_names)
                raise QueryError(query, comparison.start, comparison.end, str(problem))
        return condition

    def _folded(self, voice: Voice) -> Mapping[str, str]:
        return {folded(name): folded(value) for name, value in self.attributes(voice).items()}

    def _coding_condition(self) -> tuple[str, list[str]]:
        filters = self.filters
        parts: list[str] = []
        values: list[str] = []
        if filters.codes:
            parts.append("code_id IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(self.codes))
        if filters.coders:
            parts.append("coder IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(self._coders()))
        if filters.origins:
            parts.append("origin IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(filters.origin_values()))
        if filters.since:
            parts.append("coded_at >= ?")
            values.append(filters.since_stamp())
        return " AND ".join(parts) or "1", values

    def _coders(self) -> list[str]:
        """The coders asked about, as they are stored."""
        known = [
            row[0]
            for row in self._connection.execute(
                "SELECT coder FROM codings UNION SELECT coder FROM done "
                "UNION SELECT coder FROM journal UNION SELECT coder FROM memos"
            )
        ]
        found: list[str] = []
        for asked in self.filters.coders:
            matches = [coder for coder in known if coder.casefold() == asked.casefold()]
            if not matches:
                raise not_found("coder", asked, known)
            found += matches
        return found
