"""What a coder begins with: a few decisions from the top of the list, a transcript marked done."""

from __future__ import annotations

from time import sleep

import pytest

from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from commonplace.suggest.labels import Decided, Mark
from tests.suggest.build import (
    code,
    codebook,
    make_project,
    propose,
    segments_of,
    transcript,
)
from tests.suggest.test_learning import propose_in

BOOK = codebook(
    code("Damp", "damp", "mould", "condensation"),
    code("Buses", "bus", "timetable", "bus stop"),
    code("Work", "job", "wages", "shift"),
    code("Food", "hungry", "shopping", "cooking"),
)
SAID = (
    "There was damp and mould behind the bed in room {n}.",
    "We painted the hall in colour {n} that summer.",
    "The bus stop moved and the timetable changed {n} times.",
    "My sister has {n} cats and a garden.",
    "My job paid wages of {n} pounds a shift.",
    "The school had {n} windows and one door.",
    "I was hungry after cooking and shopping for {n} people.",
    "Somebody put the mould for jelly on shelf {n}.",
    "We took the bus number {n} for fun.",
    "It is a job for {n} people to move that sofa.",
)
TALKS = [
    transcript(f"{n:02}.txt", *(("Ann", said.format(n=10 * n + m)) for m, said in enumerate(SAID)))
    for n in range(10)
]
FOUND = segments_of(*TALKS)
RIGHT = (("Damp", "behind the bed"), ("Buses", "changed"), ("Work", "wages"), ("Food", "hungry"))
TEXTS = {talk.name: talk.text for talk in TALKS}


def proposed(decided: Decided | None = None) -> list[Suggestion]:
    """What waits, the surest first."""
    found = propose(BOOK, FOUND, decided=decided)
    return sorted(found, key=lambda s: (-s.score, s.document, s.span.start, s.code))


def mark(one: Suggestion) -> Mark:
    return Mark(one.document, one.span, one.code, reading=False)


def right(one: Suggestion) -> bool:
    words = TEXTS[one.document][one.span.start : one.span.end]
    return any(one.code == name and said in words for name, said in RIGHT)


@pytest.fixture(scope="module")
def cold():
    return proposed()


def test_what_is_rejected_of_one_code_leaves_the_others_where_they_were(cold):
    of_damp = [one for one in cold if one.code == "Damp"]
    assert len(of_damp) >= 10
    others = {one.id: one.score for one in cold if one.code != "Damp"}
    for count in (4, 10, len(of_damp)):
        left = {
            one.id: one.score
            for one in proposed(Decided(rejected=[mark(one) for one in of_damp[:count]]))
            if one.code != "Damp"
        }
        assert left.keys() >= others.keys()
        assert max(abs(left[key] - score) for key, score in others.items()) < 0.1


def test_marking_a_transcript_done_silences_no_other(cold):
    done = TALKS[0].name
    elsewhere = [one for one in cold if one.document != done]
    unread = proposed(Decided(read=frozenset({done})))
    assert [one for one in unread if one.document != done] == elsewhere
    coded = [mark(one) for one in cold if one.document == done and right(one)]
    after = proposed(Decided(coded, read=frozenset({done})))
    assert sum(map(right, after)) >= sum(map(right, elsewhere))


def test_deciding_the_surest_first_never_loses_what_the_codebook_finds(cold):
    there = sum(map(right, cold))
    coded: list[Mark] = []
    rejected: list[Mark] = []
    for _ in range(6):
        for one in proposed(Decided(coded, rejected))[:4]:
            (coded if right(one) else rejected).append(mark(one))
        waiting = proposed(Decided(coded, rejected))
        assert len(coded) + sum(map(right, waiting)) >= there


def test_a_code_that_is_added_later_was_not_passed_over_before(tmp_path):
    with make_project(tmp_path / "p.commonplace", BOOK, *TALKS) as project:
        for one in propose_in(project):
            if right_in(project, one):
                project.suggestions.accept(one)
        for document in project.documents.all()[:5]:
            project.documents.set_done(document.id)
        sleep(0.002)  # times are told in milliseconds
        fun = project.codes.add("Fun", keywords=("for fun", "jelly"))
        mine = [one for one in propose_in(project) if one.code == fun]
        with Project.open(project.path, coder="Bea") as other:
            theirs = [one for one in propose_in(other) if one.code == fun]
        assert len(mine) >= len(theirs) > 0


def right_in(project: Project, one: Suggestion) -> bool:
    words = project.documents.text(one.document)[one.span.start : one.span.end]
    return any(said in words for _, said in RIGHT)
