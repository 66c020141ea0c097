"""Working on the codebook: codings follow, nothing is lost, and everything can be undone."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.domain.codebook import Code, Codebook
from commonplace.domain.coding import Origin
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion, suggestion_id
from commonplace.project import DuplicateError, NotFoundError, Project, ProjectError
from tests import make
from tests.project.test_journal import state

DAMP, RENT, BUS = Span(25, 29), Span(31, 47), Span(53, 59)


@pytest.fixture
def document(project: Project) -> str:
    """`Q: How is the flat?`, `P1: Damp. The rent went up, and no bus.`"""
    return project.documents.add(make.transcript())


def code(project: Project, path: str) -> str:
    return project.codes.find(path).id


def by(project: Project, coder: str) -> Project:
    return Project.open(project.path, coder=coder)


# Merging


def test_codings_follow_a_merge(project: Project, document: str) -> None:
    damp, rent = code(project, "Damp"), code(project, "Rent")
    kept = project.codings.add(document, DAMP, damp)
    before = state(project)
    said = project.codes.merge(damp, rent)
    assert (said.moved, said.joined) == (1, 0)
    assert project.codings.get(kept.id).code == rent
    assert [c.name for c in project.codes.codebook().children(code(project, "Housing"))] == ["Rent"]
    assert project.journal.undo() == "merged the code 'Damp' into 'Rent'"
    assert state(project) == before


def test_two_codings_of_one_coder_on_the_same_words_become_one_with_both_memos(
    project: Project, document: str
) -> None:
    damp, rent = code(project, "Damp"), code(project, "Rent")
    for each, memo in ((damp, "about damp"), (rent, "about rent")):
        coding = project.codings.add(document, DAMP, each)
        project.memos.write(memo, coding=coding.id)
    with by(project, "Tom") as toms:
        toms.codings.add(document, DAMP, damp)
    before = state(project)
    said = project.codes.merge(damp, rent)
    assert (said.moved, said.joined) == (1, 1)
    left = project.codings.of_document(document)
    assert sorted(coding.coder for coding in left) == ["Amira", "Tom"]
    mine = next(coding for coding in left if coding.coder == "Amira")
    memo = project.memos.of_coding(mine.id)
    assert memo is not None and memo.text == "about rent\n\nabout damp"
    project.journal.undo()
    assert state(project) == before


def test_keywords_are_united_and_what_is_said_elsewhere_is_kept_in_a_memo(
    project: Project,
) -> None:
    damp, transport = code(project, "Damp"), code(project, "Transport")
    project.codes.update(damp, definition="Wet walls.", include="Mould.", keywords=["damp", "BUS"])
    project.codes.update(transport, keywords=["bus"])
    project.memos.write("Mine on transport.", code=transport)
    project.memos.write("Mine on damp.", code=damp)
    before = state(project)
    project.codes.merge(damp, transport)
    found = project.codes.find("Transport")
    assert found.keywords == ("bus", "damp")
    assert (found.definition, found.include) == ("About transport.", "Mould.")
    (memo,) = project.memos.all()
    assert memo.text.startswith("Mine on transport.\n\nMine on damp.\n\nMerged with 'Housing/Damp'")
    assert memo.text.endswith("definition: Wet walls.")
    project.journal.undo()
    assert state(project) == before


def test_sub_codes_move_and_a_code_may_be_merged_into_one_below_it(project: Project) -> None:
    housing, damp = code(project, "Housing"), code(project, "Damp")
    deep = project.codes.add("Mould", damp)
    before = state(project)
    project.codes.merge(housing, deep)
    book = project.codes.codebook()
    assert [book.path(c.id) for c in book] == [
        *("Mould", "Mould/Damp", "Mould/Rent", "Transport", "Control")
    ]
    project.journal.undo()
    assert state(project) == before
    project.codes.merge(deep, housing)
    assert project.codes.codebook().find("Mould") is None


def test_a_merge_is_refused_where_sub_codes_have_the_same_name(project: Project) -> None:
    project.codes.add("rent", code(project, "Transport"))
    before = state(project)
    with pytest.raises(DuplicateError, match="'Transport' and 'Housing' both have a code 'rent'"):
        project.codes.merge(code(project, "Transport"), code(project, "Housing"))
    with pytest.raises(ProjectError, match="itself"):
        project.codes.merge(code(project, "Control"), code(project, "Control"))
    assert state(project) == before


def test_decisions_and_suggestions_follow_a_merge(project: Project, document: str) -> None:
    damp, rent = code(project, "Damp"), code(project, "Rent")
    proposed = [
        Suggestion(document, DAMP, damp, 0.8, ("damp",)),
        Suggestion(document, RENT, damp, 0.4),
        Suggestion(document, BUS, damp, 0.3),
    ]
    project.suggestions.replace(document, proposed)
    coding = project.suggestions.accept(proposed[0].id)
    project.suggestions.reject(proposed[1].id, "no")
    before = state(project)
    project.codes.merge(damp, rent)
    assert [(s.code, s.span) for s in project.suggestions.pending()] == [(rent, BUS)]
    project.suggestions.replace(document, [Suggestion(document, RENT, rent, 0.9)])
    assert project.suggestions.pending() == []  # rejected before, under the other name
    decided = {d.suggestion for d in project.suggestions.decisions()}
    assert decided == {suggestion_id(document, DAMP, rent), suggestion_id(document, RENT, rent)}
    assert project.codings.get(coding.id).suggestion == suggestion_id(document, DAMP, rent)
    project.journal.undo()
    assert state(project) == before


def test_of_two_decisions_the_one_that_became_a_coding_stays(
    project: Project, document: str
) -> None:
    damp, rent = code(project, "Damp"), code(project, "Rent")
    proposed = [Suggestion(document, DAMP, each, 0.8) for each in (damp, rent)]
    project.suggestions.replace(document, proposed)
    project.suggestions.accept(proposed[0].id)
    project.suggestions.reject(proposed[1].id)
    before = state(project)
    project.codes.merge(damp, rent)
    assert [str(d.verdict) for d in project.suggestions.decisions()] == ["accepted"]
    project.journal.undo()
    assert state(project) == before


# Splitting


def test_chosen_codings_go_to_a_new_code(project: Project, document: str) -> None:
    damp = code(project, "Damp")
    one, other = (project.codings.add(document, span, damp) for span in (DAMP, RENT))
    before = state(project)
    with project.transaction("split"):
        mould = project.codes.make("Housing/Mould")
        said = project.codes.split(damp, [one.id, one.id], mould)
    assert (said.moved, said.joined) == (1, 0)
    assert [project.codings.get(c.id).code for c in (one, other)] == [mould, damp]
    with pytest.raises(ProjectError, match="not one of 'Damp'"):
        project.codes.split(damp, [one.id], code(project, "Rent"))
    project.journal.undo()
    assert state(project) == before


# Retiring, order, entries


def test_a_retired_code_keeps_its_codings_and_takes_no_new_ones(
    project: Project, document: str
) -> None:
    housing, damp = code(project, "Housing"), code(project, "Damp")
    coding = project.codings.add(document, DAMP, damp)
    project.suggestions.replace(document, [Suggestion(document, RENT, damp, 0.4)])
    assert project.codes.retire(housing, below=True) == 3
    book = project.codes.codebook()
    assert [c.name for c in book.numbered()] == ["Transport", "Control"]
    assert book[damp].retired and project.codings.get(coding.id).code == damp
    assert project.suggestions.pending() == []
    with pytest.raises(ProjectError, match="'Damp' is retired"):
        project.codings.add(document, RENT, damp)
    project.codings.add(document, RENT, damp, origin=Origin.IMPORTED)
    assert project.codes.restore(damp) == 1
    assert len(project.suggestions.pending()) == 0  # coded meanwhile
    assert project.codes.codebook()[housing].retired


def test_codes_change_places_among_their_siblings(project: Project) -> None:
    control = code(project, "Control")
    assert project.codes.reorder(control, -3) == 0
    assert project.codes.codebook().children()[0].id == control
    assert project.codes.reorder(control, 99) == 2
    assert project.codes.reorder(control, 1) == 1
    project.journal.undo()
    assert [c.name for c in project.codes.codebook().children()] == [
        *("Housing", "Transport", "Control")
    ]


def test_a_colour_must_be_one(project: Project) -> None:
    with pytest.raises(ProjectError, match="'red' is no colour"):
        project.codes.update(code(project, "Damp"), color="red")
    project.codes.update(code(project, "Damp"), color="#0072B2")
    assert project.codes.find("Damp").color == "#0072B2"


def test_loading_retires_and_never_brings_back(project: Project) -> None:
    book = project.codes.codebook()
    codes = [Code(c.id, c.name, c.parent, retired=c.name == "Control") for c in book]
    assert project.codes.load(Codebook(book.name, tuple(codes))).changed == 1
    assert project.codes.find("Control").retired
    project.codes.load(Codebook(book.name, tuple(book)))
    assert project.codes.find("Control").retired


# Reading again


def test_a_change_that_matters_marks_what_was_coded_before(project: Project, document: str) -> None:
    housing = code(project, "Housing")
    coding = project.codings.add(document, DAMP, housing)
    assert project.codes.update(housing, definition="Homes.") == 0
    assert project.codes.update(housing, reread=True, keywords=["flat"]) == 0
    assert project.codes.update(housing, reread=True, definition="Houses.", include="") == 1
    assert project.codes.update(housing, reread=True, definition="Dwellings.") == 1
    (found,) = project.rereading.pending()
    assert (found.coding, found.exact, found.code) == (coding.id, "Damp", housing)
    assert (found.before, found.revised_by) == ({"definition": "Homes."}, "Amira")
    assert project.rereading.counts() == {housing: 1}
    assert project.rereading.pending(code=code(project, "Rent")) == []
    assert project.rereading.pending(document=document) == [found]
    later = project.codings.add(document, RENT, housing)
    with pytest.raises(NotFoundError, match="not to be read again"):
        project.rereading.confirm(later.id)


@pytest.mark.parametrize("how", ["confirm", "recode", "remove", "split"])
def test_reading_again_ends(project: Project, document: str, how: str) -> None:
    housing, rent = code(project, "Housing"), code(project, "Rent")
    coding = project.codings.add(document, DAMP, housing)
    project.codes.update(housing, reread=True, definition="Houses.")
    before = state(project)
    {
        "confirm": lambda: project.rereading.confirm(coding.id),
        "recode": lambda: project.codings.change(coding.id, code=rent),
        "remove": lambda: project.codings.remove(coding.id),
        "split": lambda: project.codes.split(housing, [coding.id], rent),
    }[how]()
    assert project.rereading.pending() == []
    project.journal.undo()
    assert state(project) == before


def test_a_merged_coding_is_still_to_be_read_again(project: Project, document: str) -> None:
    housing, control = code(project, "Housing"), code(project, "Control")
    project.codings.add(document, DAMP, housing)
    project.codes.update(housing, reread=True, definition="Houses.")
    project.codes.merge(housing, control)
    (found,) = project.rereading.pending()
    assert found.code == control and found.before == {"definition": "About housing."}
    project.documents.remove(document)
    assert project.rereading.pending() == []


# Any sequence

OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "split", "move", "rename", "retire", "reorder", "entry"]),
        st.integers(0, 99),
        st.integers(0, 99),
        st.integers(0, 3),
    ),
    max_size=8,
)
SPANS = [DAMP, RENT, Span(31, 59), BUS]


def _coded(folder: str) -> Project:
    """Every code on several stretches, by two coders, with memos and decisions."""
    path = Path(folder) / "p.commonplace"
    project = Project.create(path, coder="Amira")
    project.codes.load(make.codebook())
    document = project.documents.add(make.transcript())
    with Project.open(path, coder="Tom") as toms:
        for place, each in enumerate(project.codes.codebook()):
            for who in (project, toms):
                coding = who.codings.add(document, SPANS[place % 2], each.id)
            project.memos.write(f"on {each.name}", coding=coding.id)
            project.memos.write(f"about {each.name}", code=each.id)
            proposed = Suggestion(document, SPANS[2 + place % 2], each.id, 0.5)
            project.suggestions.replace(document, [proposed])
            if place % 3:
                project.suggestions.accept(proposed.id)
            else:
                project.suggestions.reject(proposed.id)
    return project


def _do(project: Project, what: str, one: int, other: int, number: int) -> None:
    book = project.codes.codebook()
    codes = book.in_reading_order()
    first, second = codes[one % len(codes)], codes[other % len(codes)]
    rows = project.connection.execute("SELECT id FROM codings WHERE code_id = ?", (first.id,))
    codings = [row[0] for row in rows]
    if what == "merge":
        project.codes.merge(first.id, second.id)
    elif what == "split":
        project.codes.split(first.id, codings[: number + 1], second.id)
    elif what == "move":
        project.codes.move(first.id, second.id if number else None, position=number)
    elif what == "rename":
        project.codes.rename(first.id, f"{second.name} {number}")
    elif what == "retire":
        (project.codes.restore if first.retired else project.codes.retire)(
            first.id, below=bool(number % 2)
        )
    elif what == "reorder":
        project.codes.reorder(first.id, number)
    else:
        project.codes.update(first.id, reread=bool(number % 2), definition=f"{second.name}!")


def _coded_words(project: Project) -> set[tuple[int, int, str]]:
    return set(project.connection.execute('SELECT start, "end", coder FROM codings'))


@settings(max_examples=15)
@given(OPERATIONS)
def test_whatever_is_done_to_the_codebook_no_words_lose_their_codes_and_undo_leads_back(
    operations: list[tuple[str, int, int, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, _coded(folder) as project:
        coded, past = _coded_words(project), [state(project)]
        for operation in operations:
            entries = project.journal.last_seq()
            try:
                _do(project, *operation)
            except ProjectError:
                assert state(project) == past[-1]
                continue
            assert _coded_words(project) == coded
            assert not list(project.check())
            if project.journal.last_seq() > entries:
                past.append(state(project))
        while len(past) > 1:
            assert state(project) == past.pop()
            project.journal.undo()
        assert state(project) == past[0]
