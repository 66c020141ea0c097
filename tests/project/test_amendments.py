"""Correcting coded transcripts: everything goes with its words, and undo gives back every byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.domain.placing import Outcome
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.domain.transcript import Transcript
from commonplace.project import DuplicateError, Project, ProjectError, schema
from commonplace.project.amending import ANCHORED
from tests import make

FIRST = (
    ("Q", "How is teh flat?"),
    ("P1", "I recieve no letters. The damp is bad. The rent went up, and no bus comes."),
    ("Q", "And the neighbours?"),
    ("P1", "They are grand. Yes. We look after each other."),
)
SECOND = (
    ("Q", "How is the flat?"),
    ("P1", "Well, I receive no letters. The damp is bad. The rent went up again, and no bus."),
    ("Q", "And the neighbours?"),
    ("P1", "They are grand. We look after each other here."),
)


def state(project: Project) -> dict[str, Any]:
    """All that is in the project but for the history, and what search finds."""
    tables = [table for table in schema.TABLES if table.name not in ("journal", "project")]
    found: dict[str, Any] = {
        table.name: sorted(
            project.connection.execute(f'SELECT * FROM "{table.name}"').fetchall(), key=repr
        )
        for table in tables
    }
    for word in ("damp", "rent", "they", "letters", "x"):
        found[word] = project.search.turns(word)
    return found


def amended(project: Project, document: str, *turns: tuple[str, str], **options: Any) -> Any:
    return project.amendments.amend(document, make.transcript(*turns), **options)


def coded(project: Project, document: str, words: str, code: str = "Damp") -> str:
    text = project.documents.text(document)
    return project.codings.add(document, make.find(text, words), project.codes.find(code).id).id


def words_of(project: Project, coding: str) -> str:
    return project.codings.get(coding).anchor.exact


@pytest.fixture
def document(project: Project) -> str:
    return project.documents.add(make.transcript(*FIRST))


def test_codings_go_with_their_words_and_the_report_says_how(
    project: Project, document: str
) -> None:
    damp = coded(project, document, "The damp is bad.")
    flat = coded(project, document, "teh flat", "Housing")
    yes = coded(project, document, "Yes.", "Control")
    memo = project.memos.write("why?", coding=yes)
    project.memos.write("letters", document=document, span=make.find(make_text(), "letters"))
    before = state(project)

    done = amended(project, document, *SECOND)
    fates = {fate.id: fate for fate in done.fates}
    assert (fates[damp].outcome, words_of(project, damp)) == (Outcome.MOVED, "The damp is bad.")
    assert fates[flat].outcome is Outcome.CHANGED
    assert (fates[flat].was, fates[flat].now) == ("teh flat", "the flat")
    assert fates[yes].outcome is Outcome.UNPLACED
    assert [(u.id, u.kind, u.words.exact) for u in project.unplaced.all()] == [
        (yes, "coding", "Yes.")
    ]
    on_words = next(m for m in project.memos.of_document(document) if m.span is not None)
    assert project.documents.part(document, on_words.span.start, on_words.span.end) == "letters"
    assert memo not in {m.id for m in project.memos.all()}
    assert list(project.check()) == []
    assert any("waits for a place" in remark for remark in project.remarks())
    assert [hit.document for hit in project.search.turns("receive")] == [document]
    assert project.search.turns("recieve") == []

    assert project.journal.undo() == "corrected P01.txt"
    assert state(project) == before
    assert project.search.turns("receive") == []
    project.journal.redo()
    assert words_of(project, flat) == "the flat"
    assert list(project.check()) == []


def make_text() -> str:
    return make.transcript(*FIRST).text


def test_the_same_words_are_nothing_to_correct(project: Project, document: str) -> None:
    last = project.journal.last_seq()
    assert amended(project, document, *FIRST).version is None
    assert project.journal.last_seq() == last


def test_older_versions_are_kept_and_can_be_had(project: Project, document: str) -> None:
    first = project.documents.text(document)
    amended(project, document, *SECOND)
    second = project.documents.text(document)
    turn = project.documents.turns(document)[1]
    project.amendments.edit_turn(document, turn.id, "Nothing but damp.")
    assert [v.number for v in project.versions.all(document)] == [1, 2, 3]
    assert project.versions.text(document, 1) == first
    assert project.versions.text(document, 2) == second
    assert project.versions.text(document, 3) == project.documents.text(document)
    versions = project.versions.all(document)
    assert versions[0].replaced_by == "Amira" and versions[2].replaced_by is None
    assert [t.label for t in project.versions.turns(str(versions[0].id))] == ["Q", "P1", "Q", "P1"]
    with pytest.raises(ProjectError, match="no version 4"):
        project.versions.text(document, 4)
    project.connection.execute('UPDATE versions SET splices = \'[[0,"x","y"]]\'')
    assert any("damaged" in problem for problem in project.check())


def test_what_waits_is_placed_with_all_that_hung_on_it_or_dropped(
    project: Project, document: str
) -> None:
    yes = coded(project, document, "Yes.", "Control")
    project.memos.write("why?", coding=yes)
    amended(project, document, *SECOND)
    before = state(project)
    text = project.documents.text(document)
    with pytest.raises(ProjectError, match="no such passage"):
        project.unplaced.place(yes, Span(10, 10_000))
    other = coded(project, document, "They are grand.", "Control")
    with pytest.raises(DuplicateError):
        project.unplaced.place(yes, make.find(text, "They are grand."))
    project.codings.remove(other)
    project.unplaced.place(yes, make.find(text, "We look after"))
    assert words_of(project, yes) == "We look after"
    note = project.memos.of_coding(yes)
    assert note is not None and note.text == "why?"
    assert project.unplaced.all() == []
    project.journal.undo()
    project.unplaced.drop(yes)
    assert project.unplaced.all() == []
    project.journal.undo()
    assert state(project)["unplaced"] == before["unplaced"]
    with pytest.raises(ProjectError, match="nothing with the id"):
        project.unplaced.drop("none")


def test_a_code_for_which_something_waits_is_in_use(project: Project, document: str) -> None:
    coded(project, document, "Yes.", "Control")
    amended(project, document, *SECOND)
    with pytest.raises(ProjectError, match="1 codings"):
        project.codes.remove(project.codes.find("Control").id)
    project.codes.merge(project.codes.find("Control").id, project.codes.find("Rent").id)
    assert project.unplaced.all()[0].code == project.codes.find("Rent").id


def test_speakers_people_and_marks_stay(project: Project, document: str) -> None:
    person = project.people.find("P1").id
    project.people.set_attributes(person, {"nation": "Wales"})
    project.people.set_attributes(person, {"wave": "2"}, document=document)
    project.documents.set_done(document)
    done = amended(project, document, *((("Rosa" if a == "P1" else a), b) for a, b in SECOND))
    assert done.renamed == {"P1": "Rosa"}
    rosa = project.people.find("Rosa")
    assert rosa.id == person
    assert rosa.attributes_in(document) == {"nation": "Wales", "wave": "2"}
    assert project.documents.done(document) == {"Amira"}
    project.journal.undo()
    assert project.people.find("P1").id == person

    third = (*SECOND, ("Ann", "I am new here."))
    assert amended(project, document, *third).added == ("Ann",)
    assert amended(project, document, *SECOND).gone == ("Ann",)
    assert [p.name for p in project.people.all()] == ["P1"]


def test_turns_set_by_hand_stay_so(project: Project, document: str) -> None:
    turns = project.documents.turns(document)
    text = project.documents.text(document)
    project.speakers.split_turn(document, turns[1].id, text.index("The rent"))
    project.speakers.flip(document, turns[3].id)
    amended(project, document, *SECOND)
    text = project.documents.text(document)
    now = [
        (t.speaker, text[t.speech_start : t.end], t.by_hand)
        for t in project.documents.turns(document)
    ]
    assert now[1] == ("P1", "Well, I receive no letters. The damp is bad.", False)
    assert now[2] == ("Q", "The rent went up again, and no bus.", True)
    assert now[4] == ("Q", "They are grand. We look after each other here.", True)

    project.speakers.join_turn(document, project.documents.turns(document)[1].id)
    amended(project, document, *SECOND[:3], ("P1", "They were grand."))
    joined = project.documents.turns(document)[1]
    assert joined.by_hand and len(project.documents.turns(document)) == 4
    assert list(project.check()) == []


def test_decisions_and_suggestions_go_along(project: Project, document: str) -> None:
    text = project.documents.text(document)
    damp, rent = project.codes.find("Damp").id, project.codes.find("Rent").id
    offered = [
        Suggestion(document, make.find(text, "The damp is bad."), damp, 0.8),
        Suggestion(document, make.find(text, "They are grand."), damp, 0.6),
        Suggestion(document, make.find(text, "Yes."), rent, 0.5),
    ]
    project.suggestions.replace(document, offered)
    project.suggestions.accept(offered[0].id)
    project.suggestions.reject(offered[1].id)
    project.suggestions.reject(offered[2].id)
    before = state(project)
    assert amended(project, document, *SECOND).forgotten == 1
    text = project.documents.text(document)
    coding = project.codings.of_document(document)[0]
    moved = Suggestion(document, make.find(text, "The damp is bad."), damp, 0.8)
    assert coding.suggestion == moved.id
    assert {d.suggestion for d in project.suggestions.decisions()} == {
        moved.id,
        Suggestion(document, make.find(text, "They are grand."), damp, 0.6).id,
    }
    assert project.suggestions.pending() == []
    project.journal.undo()
    gone = ("suggestions",)  # made anew by the worker
    assert {k: v for k, v in state(project).items() if k not in gone} == {
        k: v for k, v in before.items() if k not in gone
    }


def test_a_later_decision_stands_in_the_way_of_undo(project: Project, document: str) -> None:
    damp = coded(project, document, "The damp is bad.")
    amended(project, document, *SECOND)
    project.codings.change(damp, code=project.codes.find("Rent").id)
    group = next(e.group for e in project.journal.history() if e.action.startswith("corrected"))
    with pytest.raises(ProjectError, match="changed the same later"):
        project.journal.undo_group(group)


def test_one_turn_is_edited_in_place(project: Project, document: str) -> None:
    grand = coded(project, document, "They are grand.")
    turn = project.documents.turns(document)[1]
    before = state(project)
    done = project.amendments.edit_turn(document, turn.id, " The damp is bad,\r\nstill. ")
    assert done.version == 1
    text = project.documents.text(document)
    now = project.documents.turns(document)
    assert [t.id for t in now] == [t.id for t in project.documents.turns(document)]
    assert text[now[1].speech_start : now[1].end] == "The damp is bad,\nstill."
    assert now[1].words == 5
    assert words_of(project, grand) == "They are grand."
    with pytest.raises(ProjectError, match="a turn needs words"):
        project.amendments.edit_turn(document, turn.id, "  ")
    project.journal.undo()
    assert state(project) == before


def test_time_marks_stay_where_the_new_file_has_none(project: Project) -> None:
    read = make.transcript(*FIRST)
    at = read.text.index("The damp")
    timed = Transcript(**{**_fields(read), "cues": ((at, 12.5), (read.text.index("Yes."), 20.0))})
    document = project.documents.add(timed)
    amended(project, document, *SECOND)
    text = project.documents.text(document)
    assert project.documents.cues(document)[0] == (text.index("The damp"), 12.5)
    project.journal.undo()
    assert project.documents.cues(document)[0] == (at, 12.5)


def _fields(read: Transcript) -> dict[str, Any]:
    return {name: getattr(read, name) for name in Transcript.__dataclass_fields__}


def test_two_codings_that_come_to_be_the_same_both_stay(project: Project) -> None:
    document = project.documents.add(make.transcript(("P1", "It is very damp in here now.")))
    one = coded(project, document, "damp in here")
    two = coded(project, document, "very damp in here")
    amended(project, document, ("P1", "It is damp in here now."))
    placed = {c.id for c in project.codings.of_document(document)}
    waiting = {u.id: u.reason for u in project.unplaced.all()}
    assert placed | waiting.keys() == {one, two}
    assert list(waiting.values()) == ["the same stands at these words already"]


def test_erasing_takes_older_versions_and_what_waits_along(
    project: Project, tmp_path: Path
) -> None:
    secret = "Xylophonia"
    turns = (
        ("Q", "Where?"),
        ("P1", f"In {secret}, where it is damp."),
        ("P2", "The rent went up."),
    )
    document = project.documents.add(make.transcript(*turns))
    coded(project, document, f"In {secret}")
    coded(project, document, "The rent went up.", "Rent")
    amended(
        project, document, turns[0], ("P1", "It is damp."), ("P2", "And the rent went up, too.")
    )
    other = project.documents.add(make.transcript(("Ken", "Mm."), name="P02.txt"))
    project.erase_person(project.people.find("P1").id)
    assert _traces(project, secret) == []
    assert project.versions.all(document)[0].number == 1 == len(project.versions.all(document))
    assert [u.words.exact for u in project.unplaced.all()] == []
    assert list(project.check()) == []
    with pytest.raises(ProjectError):
        project.journal.undo_group(
            next(
                e.group
                for e in project.journal.history()
                if "imported" not in e.action and e.changes
            )
        )
    project.erase_document(document)
    assert [info.id for info in project.documents.all()] == [other]


def test_erasing_reaches_those_who_are_only_in_an_older_version(project: Project) -> None:
    secret = "Xylophonia"
    turns = (("Q", "Where?"), ("P1", "It is damp."), ("Ann", f"In {secret}, I said."))
    document = project.documents.add(make.transcript(*turns))
    ann = project.people.find("Ann").id
    project.people.set_attributes(ann, {"nation": "Wales"})
    coded(project, document, secret)
    amended(project, document, *turns[:2])
    project.erase_person(ann)
    assert _traces(project, secret) == []
    assert project.unplaced.all() == []


def _traces(project: Project, word: str) -> list[str]:
    return [
        path.name for path in project.path.parent.iterdir() if word.encode() in path.read_bytes()
    ]


def test_every_table_that_holds_positions_is_taken_along() -> None:
    """Whoever adds a table says in `amending` what becomes of it when words move."""
    known = {*ANCHORED, "memos", "decisions", "settlements", "turns", "suggestions", "unplaced"}
    known.add("audit_segments")
    holding = {table.name for table in schema.TABLES if {"start", "end"} <= table.fields.keys()}
    assert holding == known
    assert {table.name for table in schema.TABLES if "offset" in table.fields} == {"cues"}


SPEECH = st.lists(
    st.sampled_from(
        [*("the", "damp", "rent,", "bus", "no", "Yes.", "went"), "up", "é", "漢字", "x"]
    ),
    min_size=1,
    max_size=14,
).map(" ".join)
TURNS = st.lists(st.tuples(st.sampled_from(["Q", "P1", "P2"]), SPEECH), min_size=1, max_size=5)
EDITS = st.lists(
    st.tuples(st.floats(0, 0.999), st.sampled_from(["drop", "add", "spell", "turn"])), max_size=6
)
SPANS = st.lists(st.tuples(st.floats(0, 0.99), st.integers(1, 25)), max_size=8)


def edited(turns: list[tuple[str, str]], edits: list[tuple[float, str]]) -> list[tuple[str, str]]:
    """The turns with words dropped, added and spelt otherwise, and whole turns dropped."""
    turns = list(turns)
    for where, kind in edits:
        place = int(where * len(turns))
        label, speech = turns[place]
        words = speech.split()
        word = int(where * 7919) % len(words)
        if kind == "turn" and len(turns) > 1:
            del turns[place]
            continue
        words[word : word + 1] = {"drop": [], "add": ["well", words[word]]}.get(
            kind, [words[word] + "s"]
        )
        turns[place] = (label, " ".join(words) or "Mm.")
    return turns


@given(TURNS, EDITS, SPANS, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_after_any_edit_every_coding_stands_at_its_words_and_undo_gives_all_back(
    project: Project,
    turns: list[tuple[str, str]],
    edits: list[tuple[float, str]],
    spans: list[tuple[float, int]],
    chosen: Any,
) -> None:
    codes = [code.id for code in project.codes.codebook()]
    document = project.documents.add(make.transcript(*turns))
    text = project.documents.text(document)
    project.codings.add_many(
        document,
        [
            (Span(start, min(len(text), start + length)), chosen.choice(codes))
            for start, length in ((int(at * len(text)), length) for at, length in spans)
        ],
    )
    if chosen.random() < 0.5:
        project.speakers.flip(document, project.documents.turns(document)[0].id)
    before, ids = state(project), {c.id: c for c in project.codings.of_document(document)}
    done = amended(project, document, *edited(turns, edits))
    after = project.documents.text(document)
    now = {c.id: c for c in project.codings.of_document(document)}
    waiting = {u.id for u in project.unplaced.all()}
    told = {fate.id: fate for fate in done.fates}
    assert now.keys() | waiting == ids.keys() and not now.keys() & waiting
    for key, coding in now.items():
        there = after[coding.span.start : coding.span.end]
        assert coding.anchor.exact == there
        if done.version is not None and there != ids[key].anchor.exact:
            assert told[key].outcome is Outcome.CHANGED
            assert (told[key].was, told[key].now) == (ids[key].anchor.exact, there)
    assert list(project.check()) == []
    if done.version is not None:
        assert project.versions.text(document, 1) == text
        project.journal.undo()
    assert json.dumps(state(project), default=repr) == json.dumps(before, default=repr)
    assert list(project.check()) == []
    project.documents.remove(document)
