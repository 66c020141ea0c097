"""Blind audits: what is kept of a sample and its answers, and what is hidden meanwhile."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.domain.coding import Origin
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion, Verdict
from commonplace.project import NotFoundError, Project, ProjectError
from commonplace.project.audits import Audit, Drawn, Sample
from tests import make

WORDS = ("Damp.", "The rent went up, and no bus.")


@pytest.fixture
def document(project: Project) -> str:
    """A transcript for whose sentences something is suggested."""
    document = project.documents.add(make.transcript())
    text = project.documents.text(document)
    damp, rent = (make.find(text, words) for words in WORDS)
    project.suggestions.replace(
        document,
        [
            Suggestion(document, damp, project.codes.find("Damp").id, 0.8, ("damp",)),
            Suggestion(document, rent, project.codes.find("Rent").id, 0.6, ("rent",)),
        ],
    )
    project.suggestions.finish_run()
    return document


def begun(project: Project, document: str, words: tuple[str, ...] = WORDS) -> Audit:
    text = project.documents.text(document)
    drawn = tuple(
        Drawn(document, make.find(text, each), (project.codes.find("Damp").id,)) for each in words
    )
    codes = tuple(code.id for code in project.codes.codebook())
    return project.audits.start(Sample("sentence", 7, 20, 1, 5, codes, drawn))


def test_answers_are_kept_in_order_and_can_be_undone(project: Project, document: str) -> None:
    audit = begun(project, document)
    first, second = project.audits.segments(audit.id)
    damp = project.codes.find("Damp").id
    project.audits.answer(first.id, [damp, damp])
    project.audits.answer(second.id, [])
    assert [s.codes for s in project.audits.segments(audit.id)] == [(damp,), ()]
    assert project.audits.get(audit.id[:8]).answered == 2
    project.journal.undo()
    assert [s.codes for s in project.audits.segments(audit.id)] == [(damp,), None]
    project.audits.answer(first.id, None)
    assert project.audits.current() is not None
    assert project.audits.get(audit.id).answered == 0


def test_suggestions_for_the_sample_are_hidden_until_the_audit_is_over(
    project: Project, document: str
) -> None:
    proposed = [suggestion.id for suggestion in project.suggestions.pending()]
    audit = begun(project, document, WORDS[:1])
    assert [s.code for s in project.suggestions.pending()] == [project.codes.find("Rent").id]
    assert len(project.suggestions.pending(document)) == 1
    (hidden,) = set(proposed) - {s.id for s in project.suggestions.pending()}
    for decide in (project.suggestions.accept, project.suggestions.reject):
        with pytest.raises(ProjectError, match="finish the audit first"):
            decide(hidden)
    with Project.open(project.path, coder="Ben") as other:
        other.suggestions.replace(document, [*map(project.suggestions.get, proposed)])
        assert len(other.suggestions.pending()) == 2
    project.audits.answer(project.audits.segments(audit.id)[0].id, [])
    project.audits.finish(audit.id)
    assert len(project.suggestions.pending()) == 2


def test_answers_become_codings_only_if_the_person_says_so(project: Project, document: str) -> None:
    audit = begun(project, document)
    first, second = project.audits.segments(audit.id)
    project.audits.answer(first.id, [project.codes.find("Damp").id, project.codes.find("Rent").id])
    project.audits.answer(second.id, [])
    assert project.audits.finish(audit.id) == 0
    assert project.codings.of_document(document) == []
    assert project.audits.keep(audit.id) == 2
    found = project.codings.of_document(document)
    assert {(c.anchor.exact, c.origin, c.coder) for c in found} == {
        ("Damp.", Origin.MANUAL, "Amira")
    }
    assert project.audits.keep(audit.id) == 0


def test_what_cannot_be_is_refused_and_said(project: Project, document: str) -> None:
    with pytest.raises(NotFoundError, match="status"):
        project.audits.get("x")
    audit = begun(project, document)
    segment = project.audits.segments(audit.id)[0].id
    with pytest.raises(ProjectError, match="under way"):
        begun(project, document)
    with pytest.raises(ProjectError, match="nothing is answered"):
        project.audits.finish(audit.id)
    with pytest.raises(ProjectError, match="not finished"):
        project.audits.keep(audit.id)
    with pytest.raises(NotFoundError, match="no code"):
        project.audits.answer(segment, ["x"])
    with pytest.raises(NotFoundError, match="no segment"):
        project.audits.answer("x", [])
    with Project.open(project.path, coder="Ben") as other, pytest.raises(ProjectError, match="Ami"):
        other.audits.answer(segment, [])
    project.audits.answer(segment, [])
    project.audits.finish(audit.id)
    with pytest.raises(ProjectError, match="finished"):
        project.audits.answer(segment, [])


def test_an_audit_follows_its_words_and_codes(project: Project, document: str) -> None:
    audit = begun(project, document)
    first, second = project.audits.segments(audit.id)
    damp, housing = project.codes.find("Damp").id, project.codes.find("Housing").id
    project.audits.answer(first.id, [damp])
    project.codes.merge(damp, housing)
    assert project.audits.segments(audit.id)[0].codes == (housing,)
    assert project.audits.segments(audit.id)[0].suggested == (housing,)
    project.documents.remove(document)
    assert project.audits.segments(audit.id) == []
    project.journal.undo()
    assert [s.id for s in project.audits.segments(audit.id)] == [first.id, second.id]
    project.audits.drop(audit.id)
    assert project.audits.all() == []
    assert project.journal.undo() == "dropped a blind audit"
    assert project.audits.latest() is not None
    project.erase_document(document)
    assert project.audits.segments(audit.id) == []


# Accepting many


TABLES = ("codings", "decisions", "memos")


def state(project: Project) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: project.connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
        for table in TABLES
    }


@settings(max_examples=8)
@given(
    scores=st.lists(st.floats(0, 1, width=16), min_size=1, max_size=12),
    rejected=st.sets(st.integers(0, 11), max_size=4),
    decided=st.sets(st.integers(0, 11), max_size=3),
)
def test_accepting_many_and_undoing_gives_back_the_same_state(
    scores: list[float], rejected: set[int], decided: set[int]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "study.commonplace"
        with Project.create(path, coder="Amira") as project:
            project.codes.load(make.codebook())
            speech = ("P1", "abcdefghij " * 12)
            document = project.documents.add(make.transcript(speech))
            code = project.codes.find("Rent").id
            found = [
                Suggestion(document, Span(4 + 11 * n, 14 + 11 * n), code, score)
                for n, score in enumerate(scores)
            ]
            project.suggestions.replace(document, found)
            for place in decided:
                if place < len(found):
                    project.suggestions.accept(found[place])
            before, waiting = state(project), project.suggestions.pending()
            wrong = [s for n, s in enumerate(waiting) if n in rejected]
            right = [s for s in waiting if s not in wrong]
            with project.transaction("accepted together"):
                for each in wrong:
                    project.suggestions.reject(each)
                taken = project.suggestions.accept_unread([*right, *found])
            assert taken == len(right)
            assert project.suggestions.pending() == []
            unread = [d for d in project.suggestions.decisions() if not d.seen]
            assert len(unread) == len(right)
            assert all(d.verdict is Verdict.ACCEPTED for d in unread)
            if waiting:
                project.journal.undo()
            assert state(project) == before
            assert project.suggestions.pending() == waiting


def test_a_suggestion_can_be_decided_about_as_it_was_seen(project: Project, document: str) -> None:
    seen = project.suggestions.pending()[0]
    project.suggestions.replace(document, [])
    with pytest.raises(NotFoundError):
        project.suggestions.accept(seen.id)
    assert project.suggestions.accept(seen).anchor.exact == "Damp."
