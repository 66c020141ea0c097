"""What an engine makes of what people decide in a project."""

from __future__ import annotations

import pytest

from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.project.suggestions import CHANGED, CORRECTED, RENEWED
from commonplace.suggest.engine import BALANCE, Engine
from commonplace.suggest.labels import Decided, Mark
from commonplace.suggest.proposing import ENOUGH_BELOW, only_headings
from commonplace.suggest.teacher import FEWEST, WAKE, agreement, teaching
from tests.suggest.build import (
    code,
    codebook,
    make_project,
    propose,
    quoted,
    segments_of,
    transcript,
)

LIFE = codebook(code("Damp", "damp", "mould"), code("Animals", "zebra"))
ANIMALS = ("dog", "cat", "parrot", "dog", "cat", "dog", "parrot", "cat")
"""No keyword of the codebook: only codings can teach that these are animals."""
TALKS = [
    transcript(
        f"{n}.txt",
        ("Ann", f"We always had a {animal} at home back then. The kitchen was painted green."),
        ("Bo", "My brother drove a lorry for years. There was damp in every corner."),
    )
    for n, animal in enumerate(ANIMALS)
]
NEW = transcript("new.txt", ("Cy", "Then a cat walked in. My uncle drove a lorry as well."))


def span_of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def taught(*, read: bool = True) -> Decided:
    marks = []
    for talk, animal in zip(TALKS, ANIMALS, strict=True):
        words = f"We always had a {animal} at home back then."
        marks.append(Mark(talk.name, span_of(talk.text, words), "Animals"))
    return Decided(marks, read=frozenset(talk.name for talk in TALKS) if read else frozenset())


def about_new(decided: Decided | None) -> list[tuple[str, str, tuple[str, ...]]]:
    found = propose(LIFE, segments_of(*TALKS, NEW), decided=decided)
    return [(s.code, quoted(s, NEW.text), s.reasons) for s in found if s.document == "new.txt"]


def test_what_was_coded_is_found_elsewhere_and_says_by_which_words():
    assert about_new(None) == []
    ((name, quote, reasons),) = about_new(taught())
    assert (name, quote) == ("Animals", "Then a cat walked in.")
    assert "cat" in reasons


def test_codings_teach_where_nothing_was_marked_as_read():
    assert ("Animals", "Then a cat walked in.") in {
        one[:2] for one in about_new(taught(read=False))
    }


@pytest.fixture
def project(tmp_path):
    with make_project(tmp_path / "p.commonplace", LIFE, *TALKS) as made:
        yield made


def propose_in(project: Project, engine: Engine | None = None):
    engine = engine or Engine(project)
    engine.forget()
    proposals = engine.run()
    for document, found in proposals.by_document.items():
        project.suggestions.replace(document, found)
    project.suggestions.finish_run(proposals.basis)
    return project.suggestions.pending()


def test_a_rejected_suggestion_stays_away_until_the_entry_changes_and_then_says_so(project):
    first = propose_in(project)[0]
    project.suggestions.reject(first.id)
    assert not any(s.span.overlaps(first.span) and s.document == first.document
                   for s in propose_in(project) if s.code == first.code)  # fmt: skip
    project.codes.rename(first.code, "Wetness")
    assert first.id in {s.id for s in propose_in(project)}
    project.journal.undo()
    assert first.id not in {s.id for s in propose_in(project)}
    project.codes.update(first.code, definition="Water where it should not be: damp, mould.")
    (back,) = [s for s in propose_in(project) if s.id == first.id]
    assert back.reasons[0] == CHANGED
    project.suggestions.reject(back.id)
    assert first.id not in {s.id for s in propose_in(project)}


def test_a_rejected_suggestion_comes_back_when_its_words_were_corrected_and_says_so(project):
    project.set_fact(BALANCE, "5")
    first = propose_in(project)[0]
    project.suggestions.reject(first.id)

    def again() -> list[tuple[str, ...]]:
        found = propose_in(project)
        return [s.reasons for s in found if (s.document, s.code) == (first.document, first.code)]

    def correct(wrong: str, right: str) -> None:
        text = project.documents.text(first.document)
        for turn in project.documents.turns(first.document):
            words = text[turn.speech_start : turn.end]
            if wrong in words:
                project.amendments.edit_turn(first.document, turn.id, words.replace(wrong, right))

    correct("painted green", "painted light green")
    assert again() == []
    correct("in every corner", "in every corner and room")
    correct("painted light green", "painted")
    ((why, *_),) = again()
    assert why == CORRECTED


def test_a_code_whose_suggestions_are_rejected_falls_quiet_and_says_so(tmp_path):
    damp = tuple(("Ann", f"There was damp in the {n} bedroom.") for n in (*"abcdefghijkl",))
    talks = [transcript(f"{n}.txt", *damp) for n in range(2)]
    with make_project(tmp_path / "p.commonplace", LIFE, *talks) as project:
        one, two = project.documents.all()
        code = project.codes.find("Damp").id
        project.set_fact(BALANCE, "9")
        for suggestion in propose_in(project):
            if suggestion.document == one.id:
                project.suggestions.reject(suggestion.id)
        assert len(project.suggestions.decisions()) >= FEWEST
        assert propose_in(project) == []
        assert project.suggestions.basis.quiet == {code: 0.0}
        for turn in project.documents.turns(two.id)[:WAKE]:
            project.codings.add(two.id, Span(turn.speech_start, turn.end), code)
        propose_in(project)
        assert project.suggestions.basis.quiet == {}


def test_others_teach_only_when_they_agree_and_close_nothing(project):
    documents = project.documents.all()
    animals = project.codes.find("Animals").id
    spans = {d.id: span_of(project.documents.text(d.id), "We always had a") for d in documents}
    with Project.open(project.path, coder="Bea") as other:
        for document in documents[:4]:
            other.codings.add(document.id, spans[document.id], animals)
        other.documents.set_done(documents[0].id)
    codes = project.codes.codebook().in_reading_order()
    found = segments_of_project(project)
    assert teaching(project, codes, found).decided.coded == []
    project.codings.add(documents[0].id, spans[documents[0].id], animals)
    apart = teaching(project, codes, found)
    assert len(apart.decided.coded) == 1
    project.documents.set_done(documents[0].id)
    together = teaching(project, codes, found)
    assert len(together.decided.coded) == 1 + 4
    assert len(together.own) == 1
    theirs = {
        suggestion.document
        for suggestion in propose_in(project)
        if suggestion.code == animals and suggestion.span.overlaps(spans[suggestion.document])
    }
    assert theirs >= {document.id for document in documents[1:4]}
    assert documents[0].id not in theirs
    with Project.open(project.path, coder="Cid") as third:  # agrees with Bea, shares none with us
        for document in documents[1:3]:
            third.codings.add(document.id, spans[document.id], animals)
            third.documents.set_done(document.id)
    with Project.open(project.path, coder="Bea") as other:
        for document in documents[1:3]:
            other.documents.set_done(document.id)
    assert len(teaching(project, codes, found).decided.coded) == 1 + 4


def test_what_stands_above_a_code_that_was_applied_is_not_proposed_there(tmp_path):
    book = codebook(code("Home", "kitchen", "damp"), code("Damp", "damp", parent="Home"))
    with make_project(tmp_path / "p.commonplace", book, TALKS[0]) as project:
        found = {s.code: s for s in propose_in(project)}
        assert found.keys() == {"Home", "Damp"}
        assert not found["Home"].span.overlaps(found["Damp"].span)
        document = project.documents.all()[0].id
        project.suggestions.reject(found["Damp"])
        assert [s.code for s in propose_in(project) if s.span == found["Damp"].span] == ["Home"]
        project.codings.add(document, found["Damp"].span, "Damp")
        left = propose_in(project)
        assert {s.code for s in left} == {"Home"}
        assert not any(s.span.overlaps(found["Damp"].span) for s in left)


def test_where_a_transcript_is_done_only_codes_that_are_new_since_are_proposed(project):
    first, *others = project.documents.all()
    damp = project.codes.find("Damp").id
    assert {first.id} < {s.document for s in propose_in(project)}
    project.documents.set_done(first.id)
    assert {s.document for s in propose_in(project)} == {one.id for one in others}
    with Project.open(project.path, coder="Bea") as hers:
        assert first.id in {s.document for s in propose_in(hers)}
    project.codes.update(damp, color="#336699")
    assert first.id not in {s.document for s in propose_in(project)}
    project.codes.update(damp, definition="Wet walls.")
    project.codes.add("Rooms", keywords=("kitchen",))
    there = [s for s in propose_in(project) if s.document == first.id]
    assert {project.codes.codebook()[s.code].name for s in there} == {"Damp", "Rooms"}
    assert all(s.reasons[0] == RENEWED and len(s.reasons) > 1 for s in there)
    project.documents.set_done(first.id, False)
    project.documents.set_done(first.id)
    assert first.id not in {s.document for s in propose_in(project)}


def segments_of_project(project: Project):
    from commonplace.suggest.segments import segments

    return [
        segment
        for document in project.documents.all()
        for segment in segments(
            document.id, project.documents.text(document.id), project.documents.turns(document.id)
        )
    ]


def test_agreement_is_kappa():
    found = segments_of(*TALKS[:2])
    marks = list(taught().coded)
    codes = LIFE.in_reading_order()
    names = [talk.name for talk in TALKS[:2]]
    assert agreement(codes, found, names, marks, marks) == 1
    assert agreement(codes, found, names, marks, marks[1:]) == pytest.approx(0.636, abs=0.01)
    assert agreement(codes, found, names, marks, []) == 0


def test_learning_again_is_the_same_and_reads_no_text_twice(project, monkeypatch):
    engine = Engine(project)
    first = engine.run()
    monkeypatch.setattr(type(project.documents), "text", None)
    assert engine.run() == first


def test_an_account_names_shares_and_the_nearest_quotes(project):
    animals = project.codes.find("Animals").id
    documents = project.documents.all()
    for document in documents[:6]:
        text = project.documents.text(document.id)
        start = text.index("We always had")
        project.codings.add(document.id, Span(start, text.index(" The kitchen")), animals)
        project.documents.set_done(document.id)
    engine = Engine(project)
    proposed = [s for found in engine.run().by_document.values() for s in found]
    of_animals = [s for s in proposed if s.code == animals]
    assert of_animals
    for suggestion, account in zip(of_animals, engine.accounts(of_animals), strict=True):
        assert account.suggestion == suggestion.id
        assert account.learnt > account.codebook
        assert all("We always had a" in like.quote for like in account.like)
        assert account.like[0].likeness > 0.5


def test_without_the_words_that_are_named_most_of_the_score_is_gone():
    (before,) = about_new(taught())
    bare = transcript("new.txt", ("Cy", "Then a thing walked in. My uncle drove a lorry as well."))
    found = propose(LIFE, segments_of(*TALKS, bare), decided=taught())
    assert before[0] not in {s.code for s in found if s.document == "new.txt"}


def test_a_code_that_is_only_a_heading_is_not_proposed():
    codes = [code("Home"), code("Damp", parent="Home"), code("Rent", parent="Home")]
    below = [Mark("one", Span(n, n + 1), ("Damp", "Rent")[n % 2]) for n in range(ENOUGH_BELOW)]
    assert only_headings(codes, Decided(below)) == ["Home"]
    assert only_headings(codes, Decided(below[1:])) == []
    assert only_headings(codes, Decided([*below, Mark("one", Span(0, 9), "Home")])) == []


def test_a_heading_is_proposed_for_the_words_of_what_is_below_it():
    book = codebook(
        code("Home", "cosy"), code("Damp", "damp", "mould", parent="Home"), code("Animals", "zebra")
    )
    decided = Decided(
        [Mark(t.name, span_of(t.text, "There was damp in every corner."), "Home") for t in TALKS],
        read=frozenset(t.name for t in TALKS),
    )
    bare = transcript("new.txt", ("Cy", "Then the mould came back. My uncle drove a lorry."))
    found = propose(book, segments_of(*TALKS, bare), decided=decided, balance=3)
    of_home = [s for s in found if s.document == "new.txt" and s.code in ("Home", "Damp")]
    assert of_home
    assert all("mould" in s.reasons for s in of_home)
