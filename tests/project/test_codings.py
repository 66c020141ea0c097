"""Codings: exactly these words, wherever they stand, and never twice the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.domain.coding import Origin
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import DuplicateError, NotFoundError, Project, ProjectError
from tests import make

AWKWARD = "Ça va 👩‍👩‍👧 e\u0301te\u0301 住宅\r is 🇫🇷 a\u0000b \u202eback\u202c\tdone ❤️."


def test_a_coding_keeps_its_words_and_context(project: Project) -> None:
    document = project.documents.add(make.transcript())
    text = project.documents.text(document)
    span = make.find(text, "rent went up")
    coding = project.codings.add(document, span, project.codes.find("Rent").id)
    stored = project.codings.get(coding.id)
    assert stored == coding
    assert stored.anchor.exact == text[span.start : span.end] == "rent went up"
    assert stored.anchor.prefix == text[: span.start][-32:]
    assert stored.anchor.suffix == text[span.end :][:32]
    assert (stored.coder, stored.origin) == ("Amira", Origin.MANUAL)


@given(cut=st.tuples(st.integers(0, 60), st.integers(1, 60)))
def test_any_span_comes_back_as_exactly_these_words(project: Project, cut: tuple) -> None:
    names = [document.name for document in project.documents.all()]
    name = f"{len(names)}.txt"
    document = project.documents.add(make.transcript(("P1", AWKWARD), name=name))
    text = project.documents.text(document)
    assert text == make.transcript(("P1", AWKWARD)).text
    span = Span(cut[0], cut[0] + cut[1])
    code = project.codes.find("Damp").id
    if span.end > len(text):
        with pytest.raises(ProjectError, match="no such passage"):
            project.codings.add(document, span, code)
    else:
        coding = project.codings.add(document, span, code)
        assert project.codings.get(coding.id).anchor.exact == text[span.start : span.end]
    assert list(project.check()) == []


def test_the_same_coding_is_refused_but_anothers_is_not(project: Project) -> None:
    document = project.documents.add(make.transcript())
    code = project.codes.find("Damp").id
    project.codings.add(document, Span(18, 22), code)
    with pytest.raises(DuplicateError, match="coded 'Damp' already"):
        project.codings.add(document, Span(18, 22), code)
    with Project.open(project.path, coder="Tom") as toms:
        toms.codings.add(document, Span(18, 22), code)
    assert len(project.codings.of_document(document)) == 2


def test_overlapping_codes_are_normal(project: Project) -> None:
    document = project.documents.add(make.transcript())
    for name, span in (("Damp", Span(18, 30)), ("Rent", Span(18, 30)), ("Housing", Span(20, 40))):
        project.codings.add(document, span, project.codes.find(name).id)
    assert len(project.codings.of_document(document)) == 3


def test_resizing_and_recoding_keep_words_in_step(project: Project) -> None:
    document = project.documents.add(make.transcript())
    text = project.documents.text(document)
    coding = project.codings.add(document, Span(18, 22), project.codes.find("Damp").id)
    span = make.find(text, "The rent")
    changed = project.codings.change(coding.id, span=span, code=project.codes.find("Rent").id)
    assert changed.anchor.exact == "The rent"
    assert project.codes.codebook().path(changed.code) == "Housing/Rent"
    with pytest.raises(ProjectError, match="no such passage"):
        project.codings.change(coding.id, span=Span(0, 10_000))
    assert list(project.check()) == []


def test_many_at_once_are_one_entry_and_duplicates_are_passed_over(project: Project) -> None:
    document = project.documents.add(make.transcript())
    code = project.codes.find("Damp").id
    spans = [(Span(start, start + 5), code) for start in (0, 5, 10, 5)]
    before = project.journal.last_seq()
    assert project.codings.add_many(document, spans) == 3
    assert project.codings.add_many(document, spans) == 0
    assert project.journal.last_seq() == before + 1
    project.journal.undo()
    assert project.codings.of_document(document) == []


def test_removing_takes_the_memo_along_and_undo_brings_both_back(project: Project) -> None:
    document = project.documents.add(make.transcript())
    coding = project.codings.add(document, Span(18, 22), project.codes.find("Damp").id)
    project.memos.write("look again", coding=coding.id)
    project.codings.remove(coding.id)
    assert project.memos.all() == []
    project.journal.undo()
    memo = project.memos.of_coding(coding.id)
    assert memo is not None and memo.text == "look again"
    with pytest.raises(NotFoundError):
        project.codings.get("nothing")


@pytest.fixture
def suggested(project: Project) -> tuple[Project, str, Suggestion]:
    document = project.documents.add(make.transcript())
    span = make.find(project.documents.text(document), "Damp.")
    suggestion = Suggestion(document, span, project.codes.find("Damp").id, 0.8, ("damp",))
    project.suggestions.replace(document, [suggestion])
    return project, document, suggestion


def test_accepting_makes_a_coding_that_says_where_it_came_from(suggested: tuple) -> None:
    project, document, suggestion = suggested
    assert project.suggestions.pending(document) == [suggestion]
    coding = project.suggestions.accept(suggestion.id)
    assert (coding.origin, coding.score, coding.reasons) == (Origin.ACCEPTED, 0.8, ("damp",))
    assert coding.suggestion == suggestion.id
    assert project.suggestions.pending() == []
    project.journal.undo()
    assert project.suggestions.pending() == [suggestion]
    assert project.codings.of_document(document) == []


def test_an_edited_suggestion_is_another_origin(suggested: tuple) -> None:
    project, _, suggestion = suggested
    coding = project.suggestions.edit(suggestion.id, code=project.codes.find("Rent").id)
    assert coding.origin is Origin.EDITED
    assert [d.verdict for d in project.suggestions.decisions()] == ["edited"]


def test_what_was_accepted_is_not_rejected_nor_accepted_otherwise_while_the_coding_stands(
    suggested: tuple,
) -> None:
    project, document, suggestion = suggested
    rent = project.codes.find("Rent").id
    coding = project.suggestions.accept(suggestion.id)
    for again in (
        project.suggestions.reject,
        project.suggestions.accept,
        lambda one: project.suggestions.edit(one, code=rent),
    ):
        with pytest.raises(ProjectError, match=r"accepted this already, as 'Damp' in P01.txt, 25"):
            again(suggestion.id)
    project.codings.change(coding.id, code=rent)
    with pytest.raises(ProjectError, match=r"as 'Rent' .*: undo that, or remove the coding first"):
        project.suggestions.reject(suggestion.id)
    project.codings.remove(coding.id)
    project.suggestions.reject(suggestion.id)
    with pytest.raises(ProjectError, match=r"you have rejected the suggestion 'Damp' in P01.txt"):
        project.suggestions.reject(suggestion.id)
    assert [d.verdict for d in project.suggestions.decisions()] == ["rejected"]
    assert project.codings.of_document(document) == []


def test_a_coder_may_change_their_mind_in_one_step_that_can_be_undone(suggested: tuple) -> None:
    project, document, suggestion = suggested
    project.suggestions.reject(suggestion.id, "only in passing")
    project.suggestions.replace(document, [])  # as after a run that leaves alone what was rejected
    coding = project.suggestions.accept(suggestion.id)
    (decision,) = project.suggestions.decisions()
    assert (decision.verdict, decision.reason, decision.coding) == ("accepted", "", coding.id)
    project.journal.undo()
    (decision,) = project.suggestions.decisions()
    assert (decision.verdict, decision.reason) == ("rejected", "only in passing")
    assert project.codings.of_document(document) == []
    coding = project.suggestions.edit(suggestion.id, code=project.codes.find("Rent").id)
    project.codings.remove(coding.id)
    assert project.suggestions.accept(suggestion.id).code == suggestion.code
    with Project.open(project.path, coder="Tom") as toms:
        toms.suggestions.replace(document, [suggestion])
        toms.suggestions.reject(suggestion.id)
    assert [d.verdict for d in project.suggestions.decisions()] == ["accepted", "rejected"]


def test_nothing_is_rejected_that_the_coder_has_coded_or_whose_code_is_retired(
    suggested: tuple,
) -> None:
    project, document, suggestion = suggested
    coding = project.codings.add(document, suggestion.span, suggestion.code)
    with pytest.raises(ProjectError, match="coded 'Damp' already: remove that coding first"):
        project.suggestions.reject(suggestion.id)
    project.codings.remove(coding.id)
    project.codes.retire(suggestion.code)
    for decide in (project.suggestions.reject, project.suggestions.accept):
        with pytest.raises(ProjectError, match="the code 'Damp' is retired"):
            decide(suggestion.id)
    assert project.suggestions.decisions() == []


def test_a_rejection_outlives_a_new_run_and_is_the_coders_own(suggested: tuple) -> None:
    project, document, suggestion = suggested
    project.suggestions.reject(suggestion.id)
    project.suggestions.explain(suggestion.id, "only in passing")
    with pytest.raises(DuplicateError, match="said already: only in passing"):
        project.suggestions.explain(suggestion.id, "said in another window")
    project.suggestions.replace(document, [])
    project.suggestions.replace(document, [suggestion])
    assert project.suggestions.pending() == []
    assert project.suggestions.decisions()[0].reason == "only in passing"
    with Project.open(project.path, coder="Tom") as toms:
        toms.suggestions.replace(document, [suggestion])
        assert toms.suggestions.pending() == [suggestion]


def test_what_is_coded_by_hand_is_not_suggested_as_well(suggested: tuple) -> None:
    project, document, suggestion = suggested
    start = suggestion.span.start
    above = Suggestion(document, suggestion.span, project.codes.find("Housing").id, 0.9)
    project.suggestions.replace(document, [suggestion, above])
    project.codings.add(document, Span(start, start + 2), suggestion.code)
    assert project.suggestions.pending() == []
    project.journal.undo()
    project.codings.add(document, suggestion.span, above.code)
    assert project.suggestions.pending() == [suggestion]


@given(
    coded=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=6),
    proposed=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=8),
)
def test_what_waits_overlaps_nothing_coded_alike(
    project: Project, coded: list[tuple[int, int]], proposed: list[tuple[int, int]]
) -> None:
    name = f"{len(project.documents.all())}.txt"
    document = project.documents.add(make.transcript(("P1", "a long answer " * 5), name=name))
    damp, rent = (project.codes.find(code).id for code in ("Damp", "Rent"))
    spans = [Span(start, start + length) for start, length in coded]
    project.codings.add_many(document, [(span, damp) for span in spans])
    suggestions = {
        Suggestion(document, Span(start, start + length), code, 0.5)
        for start, length in proposed
        for code in (damp, rent)
    }
    project.suggestions.replace(document, suggestions)
    assert set(project.suggestions.pending(document)) == {
        s for s in suggestions if s.code == rent or not any(s.span.overlaps(c) for c in spans)
    }


def test_suggestions_never_enter_the_journal(suggested: tuple) -> None:
    project, document, _ = suggested
    before = project.journal.last_seq()
    project.suggestions.replace(document, [])
    project.suggestions.finish_run()
    assert project.journal.last_seq() == before
    assert project.suggestions.run == 1


def test_removing_a_code_with_codings_is_refused(project: Project) -> None:
    document = project.documents.add(make.transcript())
    code = project.codes.find("Damp").id
    project.codings.add(document, Span(18, 22), code)
    with pytest.raises(ProjectError, match="recode or move them first"):
        project.codes.remove(code)
