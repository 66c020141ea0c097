"""Settling disagreements: what the consensus gets, what stays settled, and undoing it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.domain.coding import Origin
from commonplace.domain.span import Span
from commonplace.project import Project, ProjectError
from commonplace.project.adjudication import CONSENSUS, Verdict
from tests import make

BOTH = ("Amira", "Ben")
SPEECH = "The rent went up. It is damp. There is no bus. We decided it together."


@pytest.fixture
def study(project: Project) -> Project:
    """Rent: Amira a longer stretch than Ben; Damp: both alike; Transport: Amira alone."""
    document = project.documents.add(make.transcript(("Q", "Well?"), ("P1", SPEECH)))
    for coder, words, path in (
        ("Amira", "The rent went up.", "Housing/Rent"),
        ("Ben", "rent", "Housing/Rent"),
        ("Amira", "It is damp.", "Housing/Damp"),
        ("Ben", "It is damp.", "Housing/Damp"),
        ("Amira", "no bus", "Transport"),
    ):
        mark(project, document, coder, words, path)
    return project


def mark(project: Project, document: str, coder: str, words: str, path: str) -> None:
    span = make.find(project.documents.text(document), words)
    code = project.codes.find(path).id
    project.codings.add_many(document, [(span, code)], origin=Origin.MANUAL, coder=coder)


def only(project: Project) -> str:
    return project.documents.all()[0].id


def agreed(project: Project) -> list[tuple[str, str, str]]:
    """Code, words and origin of what the consensus has."""
    book = project.codes.codebook()
    return [
        (book[c.code].name, c.anchor.exact, str(c.origin))
        for c in project.codings.of_document(only(project))
        if c.coder == CONSENSUS
    ]


def open_cases(project: Project, coders=BOTH) -> list[str]:
    book = project.codes.codebook()
    cases = project.adjudication.cases(only(project), coders)
    return [book[case.place.code].name for case in cases if not case.settled]


def case(project: Project, name: str, coders=BOTH):
    book = project.codes.codebook()
    cases = project.adjudication.cases(only(project), coders)
    return next(case for case in cases if book[case.place.code].name == name)


@pytest.mark.parametrize(
    ("verdict", "how", "words"),
    [
        (Verdict.TAKEN, {"take": "Ben"}, ["rent"]),
        (Verdict.TAKEN, {"take": "Amira"}, ["The rent went up."]),
        (Verdict.BOTH, {}, ["The rent went up."]),
        (Verdict.NONE, {}, []),
    ],
)
def test_the_consensus_gets_what_the_verdict_says(study, verdict, how, words) -> None:
    assert open_cases(study) == ["Rent", "Transport"]
    settled = study.adjudication.settle(case(study, "Rent").place, verdict, note=" why ", **how)
    assert agreed(study) == [("Rent", exact, "consensus") for exact in words]
    assert open_cases(study) == ["Transport"]
    assert (settled.note, settled.coder) == ("why", study.coder)
    assert case(study, "Rent").settlement == settled
    assert study.journal.undo().startswith("settled 'Rent'")
    assert agreed(study) == [] and open_cases(study) == ["Rent", "Transport"]
    study.journal.redo()
    assert len(agreed(study)) == len(words)


def test_another_stretch_or_another_code(study) -> None:
    place = case(study, "Transport").place
    sentence = make.find(study.documents.text(only(study)), "There is no bus.")
    control = study.codes.find("Control").id
    study.adjudication.settle(place, Verdict.OTHER, spans=[sentence], code=control)
    assert agreed(study) == [("Control", "There is no bus.", "consensus")]
    study.adjudication.settle(place, Verdict.TAKEN, take="Amira")
    assert agreed(study) == [("Transport", "no bus", "consensus")]
    study.adjudication.settle(place, Verdict.TAKEN, take="Ben")
    assert agreed(study) == []
    assert len(study.adjudication.settlements()) == 1


def test_what_is_agreed_is_taken_over_and_the_transcript_is_done_at_the_end(study) -> None:
    document = only(study)
    assert study.adjudication.adopt([document], BOTH) == 1
    assert study.adjudication.adopt([document], BOTH) == 0
    assert agreed(study) == [("Damp", "It is damp.", "consensus")]
    study.adjudication.settle(case(study, "Rent").place, Verdict.BOTH)
    assert CONSENSUS not in study.documents.done(document)
    study.adjudication.settle(case(study, "Transport").place, Verdict.NONE)
    assert CONSENSUS in study.documents.done(document)
    study.journal.undo()
    assert CONSENSUS not in study.documents.done(document)


def test_a_change_opens_it_again_and_says_whose(study) -> None:
    study.adjudication.settle(case(study, "Rent").place, Verdict.TAKEN, take="Ben")
    study.adjudication.settle(case(study, "Transport").place, Verdict.NONE)
    mark(study, only(study), "Ben", "There is no bus.", "Transport")
    opened = case(study, "Transport")
    assert opened.reopened == "Ben has applied it since"
    assert open_cases(study) == ["Transport"]
    (mine,) = case(study, "Rent").place.codings["Amira"]
    study.codings.change(mine.id, span=Span(mine.span.start, mine.span.end - 4))
    assert case(study, "Rent").reopened == "Amira has marked another stretch since"
    three = case(study, "Rent", (*BOTH, "Cleo"))
    assert three.reopened == "Cleo was not compared when it was settled"


def test_settling_what_has_changed_meanwhile_is_refused(study) -> None:
    place = case(study, "Transport").place
    study.codings.remove(place.codings["Amira"][0].id)
    with pytest.raises(ProjectError, match="changed their codings here meanwhile"):
        study.adjudication.settle(place, Verdict.BOTH)
    assert agreed(study) == [] and not study.adjudication.settlements()
    with pytest.raises(ProjectError, match="Cleo is none of"):
        study.adjudication.settle(case(study, "Rent").place, Verdict.TAKEN, take="Cleo")
    with pytest.raises(ProjectError, match="compare the others"):
        mark(study, only(study), CONSENSUS, "bus", "Transport")
        place = case(study, "Transport", ("Ben", CONSENSUS)).place
        study.adjudication.settle(place, Verdict.BOTH)


def test_a_settlement_decides_over_what_was_agreed_before(study) -> None:
    study.adjudication.adopt([only(study)], BOTH)
    damp = next(c for c in study.codings.of_document(only(study)) if c.coder == "Ben"
                and c.anchor.exact == "It is damp.")  # fmt: skip
    study.codings.remove(damp.id)
    study.adjudication.settle(case(study, "Damp").place, Verdict.TAKEN, take="Ben")
    assert agreed(study) == []


def test_a_settlement_can_be_noted_and_taken_back(study) -> None:
    made = study.adjudication.settle(case(study, "Rent").place, Verdict.BOTH)
    study.adjudication.note(made.id, "Rent is more than the word.")
    assert case(study, "Rent").settlement.note == "Rent is more than the word."
    study.adjudication.reopen(made.id)
    assert agreed(study) == [] and "Rent" in open_cases(study)
    with pytest.raises(ProjectError, match="not settled"):
        study.adjudication.reopen(made.id)


def test_settlements_go_with_the_transcript_and_with_the_code(study) -> None:
    study.adjudication.settle(case(study, "Rent").place, Verdict.NONE, note="said in confidence")
    study.documents.remove(only(study))
    assert not study.adjudication.settlements()
    study.journal.undo()
    assert len(study.adjudication.settlements()) == 1
    study.erase_document(only(study))
    assert b"in confidence" not in study.path.read_bytes()
    assert not list(study.check())


@settings(max_examples=15, deadline=None)
@given(
    verdicts=st.lists(
        st.tuples(st.sampled_from([*Verdict]), st.integers(0, 9)), min_size=1, max_size=5
    )
)
def test_undoing_everything_leaves_what_there_was(tmp_path_factory, verdicts) -> None:
    path = tmp_path_factory.mktemp("undo") / "study.commonplace"
    with Project.create(path, coder="Ada") as project:
        project.codes.load(make.codebook())
        document = project.documents.add(make.transcript(("Q", "Well?"), ("P1", SPEECH)))
        mark(project, document, "Amira", "The rent went up.", "Housing/Rent")
        mark(project, document, "Ben", "up. It", "Housing/Rent")
        mark(project, document, "Ben", "no bus", "Transport")
        before = project.codings.of_document(document)
        for verdict, number in verdicts:
            cases = project.adjudication.cases(document, BOTH)
            place = cases[number % len(cases)].place
            take = BOTH[number % 2] if verdict is Verdict.TAKEN else None
            project.adjudication.settle(place, verdict, take=take)
        for _ in verdicts:
            project.journal.undo()
        assert project.codings.of_document(document) == before
        assert not project.adjudication.settlements()
        assert not list(project.check())
