"""Undo and redo: without limit, across restarts, and never over somebody else's work."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project, ProjectError
from commonplace.project.schema import TABLES
from tests import make


def state(project: Project) -> dict[str, list[tuple]]:
    """All rows that undo must bring back; the counter of turn numbers only ever grows."""
    return {
        table.name: sorted(
            (
                row
                for row in project.connection.execute(f'SELECT * FROM "{table.name}"')
                if row[0] != "next_turn"
            ),
            key=repr,
        )
        for table in TABLES
        if table.name not in ("journal", "suggestions", "suggestion_runs")
    }


def test_undo_takes_back_the_latest_and_redo_does_it_again(project: Project) -> None:
    document = project.documents.add(make.transcript())
    before = state(project)
    code = project.codes.find("Damp").id
    project.codings.add(document, Span(18, 22), code)
    after = state(project)
    assert project.journal.undo() == "coded 'Damp' in P01.txt, 18 to 22"
    assert state(project) == before
    project.journal.redo()
    assert state(project) == after


def test_undo_works_after_a_restart(project: Project) -> None:
    before = state(project)
    project.documents.add(make.transcript())
    project.close()
    with Project.open(project.path) as again:
        again.journal.undo()
        assert state(again) == before


def test_a_new_change_clears_redo(project: Project) -> None:
    document = project.documents.add(make.transcript())
    project.memos.write("first", document=document)
    project.journal.undo()
    project.memos.write("second", document=document)
    with pytest.raises(ProjectError, match="nothing to redo"):
        project.journal.redo()


def test_each_coder_undoes_their_own(project: Project) -> None:
    document = project.documents.add(make.transcript())
    mine = project.codings.add(document, Span(18, 22), project.codes.find("Damp").id)
    with Project.open(project.path, coder="Tom") as toms:
        toms.codings.add(document, Span(24, 32), toms.codes.find("Rent").id)
    assert project.journal.undo().startswith("coded 'Damp'")
    left = project.codings.of_document(document)
    assert [coding.coder for coding in left] == ["Tom"]
    assert mine.id not in {coding.id for coding in left}
    project.journal.redo()
    assert len(project.codings.of_document(document)) == 2


def test_undo_is_refused_when_somebody_built_on_it(project: Project) -> None:
    document = project.documents.add(make.transcript())
    with Project.open(project.path, coder="Tom") as toms:
        toms.codings.add(document, Span(18, 22), toms.codes.find("Damp").id)
    before = state(project)
    with pytest.raises(ProjectError, match=r"Tom built on it later .*coded 'Damp'"):
        project.journal.undo()
    assert state(project) == before


def test_undo_is_refused_when_somebody_changed_the_same(project: Project) -> None:
    code = project.codes.add("Wages")
    with Project.open(project.path, coder="Tom") as toms:
        toms.codes.rename(code, "Pay")
    with pytest.raises(ProjectError, match=r"Tom changed the same later .*'Pay'"):
        project.journal.undo()
    assert project.codes.find("Pay").id == code


def test_a_batch_is_one_thing_to_undo(project: Project) -> None:
    group = project.new_group()
    for number in range(3):
        project.documents.add(make.transcript(name=f"P{number}.txt"), group=group)
        if number == 0:
            with project.transaction("remembered something", group=group):
                project.set_fact("columns", "known")
            assert project.journal.history()[0].action == "imported P0.txt"
    assert project.journal.history()[0].action == "imported 3 files"
    assert project.journal.undo() == "imported 3 files"
    assert project.documents.all() == []
    project.journal.redo()
    assert [d.name for d in project.documents.all()] == ["P0.txt", "P1.txt", "P2.txt"]


def test_an_older_group_can_be_undone_by_its_id(project: Project) -> None:
    document = project.documents.add(make.transcript())
    project.codings.add(document, Span(18, 22), project.codes.find("Damp").id)
    project.memos.write("unrelated", document=document)
    entries = project.journal.history()
    coded = next(entry for entry in entries if entry.action.startswith("coded"))
    project.journal.undo_group(coded.group)
    assert project.codings.of_document(document) == []
    assert [memo.text for memo in project.memos.all()] == ["unrelated"]
    with pytest.raises(ProjectError, match="undone already"):
        project.journal.undo_group(coded.group)


def test_nothing_is_written_when_a_step_inside_fails(project: Project) -> None:
    before = state(project)
    entries = project.journal.last_seq()
    with pytest.raises(ProjectError), project.transaction("two things"):
        project.documents.add(make.transcript())
        project.codes.find("no such code")
    assert state(project) == before
    assert project.journal.last_seq() == entries


def test_search_follows_undo(project: Project) -> None:
    project.documents.add(make.transcript())
    project.journal.undo()
    assert project.search.turns("damp") == []
    project.journal.redo()
    assert len(project.search.turns("damp")) == 1


class AnySequence(RuleBasedStateMachine):
    """Whatever is done, undo leads back step by step, and redo forward again."""

    @initialize()
    def open(self) -> None:
        import tempfile
        from pathlib import Path

        self.folder = tempfile.TemporaryDirectory()
        self.project = Project.create(Path(self.folder.name) / "p.commonplace", coder="Amira")
        self.project.codes.load(make.codebook())
        self.past = [state(self.project)]
        self.future: list[dict] = []
        self.number = 0

    def did(self) -> None:
        now = state(self.project)
        if now != self.past[-1]:
            self.past.append(now)
            self.future = []

    def documents(self) -> list[str]:
        return [document.id for document in self.project.documents.all()]

    @rule()
    def add_transcript(self) -> None:
        self.number += 1
        self.project.documents.add(make.transcript(name=f"P{self.number}.txt"))
        self.did()

    @precondition(lambda self: self.documents())
    @rule(data=st.data())
    def remove_transcript(self, data: st.DataObject) -> None:
        self.project.documents.remove(data.draw(st.sampled_from(self.documents())))
        self.did()

    @precondition(lambda self: self.documents())
    @rule(data=st.data(), start=st.integers(0, 40), length=st.integers(1, 14))
    def code(self, data: st.DataObject, start: int, length: int) -> None:
        document = data.draw(st.sampled_from(self.documents()))
        codes = [code.id for code in self.project.codes.codebook()]
        try:
            self.project.codings.add(
                document, Span(start, start + length), data.draw(st.sampled_from(codes))
            )
        except ProjectError:
            assert state(self.project) == self.past[-1]
            return
        self.did()

    def codings(self) -> list[str]:
        return [
            coding.id
            for document in self.documents()
            for coding in self.project.codings.of_document(document)
        ]

    @precondition(lambda self: self.codings())
    @rule(data=st.data(), what=st.sampled_from(["remove", "move", "memo"]))
    def change_coding(self, data: st.DataObject, what: str) -> None:
        coding = data.draw(st.sampled_from(self.codings()))
        old = self.project.codings.get(coding)
        try:
            if what == "remove":
                self.project.codings.remove(coding)
            elif what == "move":
                self.project.codings.change(coding, span=Span(old.span.start, old.span.end + 1))
            else:
                self.project.memos.write(f"note {self.number}", coding=coding)
        except ProjectError:
            assert state(self.project) == self.past[-1]
            return
        self.did()

    @precondition(lambda self: self.documents())
    @rule(data=st.data(), following=st.booleans())
    def flip(self, data: st.DataObject, following: bool) -> None:
        document = data.draw(st.sampled_from(self.documents()))
        turns = self.project.documents.turns(document)
        turn = data.draw(st.sampled_from(turns))
        self.project.speakers.flip(document, turn.id, following=following)
        self.did()

    @precondition(lambda self: self.documents())
    @rule(data=st.data())
    def suggest_and_decide(self, data: st.DataObject) -> None:
        document = data.draw(st.sampled_from(self.documents()))
        code = self.project.codes.codebook().codes[1].id
        suggestion = Suggestion(document, Span(18, 22), code, 0.7, ("damp",))
        self.project.suggestions.replace(document, [suggestion])
        try:
            if data.draw(st.booleans()):
                self.project.suggestions.accept(suggestion.id)
            else:
                self.project.suggestions.reject(suggestion.id, "no")
        except ProjectError:
            assert state(self.project) == self.past[-1]
            return
        self.did()

    @rule(name=st.sampled_from(["Pay", "Warmth", "Trams"]))
    def add_code(self, name: str) -> None:
        try:
            self.project.codes.add(name)
        except ProjectError:
            return
        self.did()

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self) -> None:
        self.project.journal.undo()
        self.future.append(self.past.pop())
        assert state(self.project) == self.past[-1]

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.project.journal.redo()
        self.past.append(self.future.pop())
        assert state(self.project) == self.past[-1]

    @rule()
    def restart(self) -> None:
        self.project.close()
        self.project = Project.open(self.project.path, coder="Amira")

    @invariant()
    def all_is_well(self) -> None:
        if hasattr(self, "project"):
            assert list(self.project.check()) == []

    def teardown(self) -> None:
        if hasattr(self, "project"):
            self.project.close()
            self.folder.cleanup()


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = __import__("hypothesis").settings(
    max_examples=25, stateful_step_count=25, deadline=None
)
