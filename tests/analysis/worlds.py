"""Small random projects, and what must hold of them worked out one code point at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import strategies as st

from commonplace.domain.people import Person
from commonplace.domain.span import Span
from commonplace.project import Project
from tests import make

CODES = ("Housing", "Housing/Damp", "Housing/Rent", "Transport", "Control")
CODERS = ("Amira", "Ben")
LABELS = ("Q", "P1", "P2")
SPEECHES = st.text(alphabet="ab é👩\n\t.", min_size=0, max_size=24)
VALUES = st.sampled_from(["Wales", "Scotland", ""])


@dataclass(frozen=True)
class World:
    """What goes into a project: turns and attributes of each transcript, and codings."""

    transcripts: list[list[tuple[str, str]]]
    nations: list[tuple[str, str]]
    """Of P1 and P2 of each transcript; empty: not known."""
    codings: list[tuple[int, float, float, str, str]]
    """Transcript, start and length as shares of its text, code, coder."""


@st.composite
def worlds(draw: st.DrawFn) -> World:
    transcripts = draw(
        st.lists(
            st.lists(st.tuples(st.sampled_from(LABELS), SPEECHES), min_size=1, max_size=5),
            min_size=1,
            max_size=3,
        )
    )
    count = len(transcripts)
    nations = draw(st.lists(st.tuples(VALUES, VALUES), min_size=count, max_size=count))
    share = st.floats(0, 1, width=16)
    codings = draw(
        st.lists(
            st.tuples(
                st.integers(0, count - 1),
                share,
                share,
                st.sampled_from(CODES),
                st.sampled_from(CODERS),
            ),
            max_size=14,
        )
    )
    return World(transcripts, nations, codings)


@contextmanager
def built(world: World) -> Iterator[Project]:
    """A project with that world in it, gone at the end."""
    folder = Path(mkdtemp())
    try:
        file = folder / "study.commonplace"
        file.write_bytes(_empty())
        with Project.open(file) as project:
            with project.transaction("built"):
                _fill(project, world)
            yield project
    finally:
        shutil.rmtree(folder)


@cache
def _empty() -> bytes:
    """The file of a project with codes alone: making one takes longer than all the rest."""
    folder = Path(mkdtemp())
    try:
        with Project.create(folder / "study.commonplace") as project:
            project.codes.load(make.codebook())
        return (folder / "study.commonplace").read_bytes()
    finally:
        shutil.rmtree(folder)


def _fill(project: Project, world: World) -> None:
    codes = {path: project.codes.find(path).id for path in CODES}
    ids = []
    for number, turns in enumerate(world.transcripts):
        document = project.documents.add(make.transcript(*turns, name=f"T{number}.txt"))
        ids.append(document)
        people = project.people.by_speaker(document)
        for label, nation in zip(("P1", "P2"), world.nations[number], strict=True):
            if label in people and nation:
                project.people.set_attributes(people[label].id, {"nation": nation})
    for transcript, start, length, code, coder in world.codings:
        text = project.documents.text(ids[transcript])
        first = min(int(start * len(text)), len(text) - 1)
        last = min(first + 1 + int(length * 40), len(text))
        span = (Span(first, last), codes[code])
        project.codings.add_many(ids[transcript], [span], coder=coder)


@dataclass(frozen=True)
class Model:
    """The same project, spelt out: who says each code point, and each passage as a set of them."""

    texts: dict[str, str]
    said: dict[str, list[str | None]]
    """By transcript, for each code point the label of whoever says it."""
    people: dict[tuple[str, str], Person]
    interviewers: frozenset[str]
    rows: list[tuple[str, str, int, int, str, str]]
    """Id, transcript, start, end, code path, coder."""

    @classmethod
    def of(cls, project: Project) -> Model:
        book = project.codes.codebook()
        texts, said, people, rows = {}, {}, {}, []
        for info in project.documents.all():
            texts[info.name] = text = project.documents.text(info.id)
            owner: list[str | None] = [None] * len(text)
            for turn in project.documents.turns(info.id):
                for offset in range(turn.speech_start, turn.end):
                    owner[offset] = turn.speaker
            said[info.name] = owner
            for label, person in project.people.by_speaker(info.id).items():
                people[info.name, label] = person
            rows += [
                (c.id, info.name, c.span.start, c.span.end, book.path(c.code), c.coder)
                for c in project.codings.of_document(info.id)
            ]
        return cls(texts, said, people, frozenset({"Q"}), rows)

    def attributes(self, name: str, label: str) -> Mapping[str, str]:
        person = self.people.get((name, label))
        return {} if person is None else person.attributes

    def speakers(self, name: str, start: int, end: int) -> list[str]:
        """Labels of those who say something in a passage, in order."""
        return list(dict.fromkeys(x for x in self.said[name][start:end] if x is not None))

    def word_starts(self, name: str) -> Iterator[tuple[int, str]]:
        """Where each word of speech begins, and who says it; turns part words."""
        text, owner = self.texts[name], self.said[name]
        for offset, character in enumerate(text):
            if owner[offset] is None or character.isspace():
                continue
            new_turn = offset == 0 or owner[offset - 1] is None
            if new_turn or text[offset - 1].isspace():
                yield offset, owner[offset] or ""
