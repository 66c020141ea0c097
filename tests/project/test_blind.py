"""Blind mode: what a reading connection is kept from."""

from __future__ import annotations

from commonplace.domain.coding import Origin
from commonplace.project import Project
from tests import make


def test_others_work_is_not_there_until_the_transcript_is_done(project: Project) -> None:
    document = project.documents.add(make.transcript())
    span = make.find(project.documents.text(document), "Damp.")
    code = project.codes.find("Damp").id
    mine = project.codings.add(document, span, code)
    project.codings.add_many(document, [(span, code)], origin=Origin.MANUAL, coder="O'Hara")
    with Project.open(project.path, coder=project.coder) as reader:
        reader.blind.shade()
        assert len(reader.codings.of_document(document)) == 2
        project.blind.set(True)
        reader.blind.shade()
        assert [c.id for c in reader.codings.of_document(document)] == [mine.id]
        assert project.blind.hides(document, "O'Hara")
        assert not project.blind.hides(document, project.coder)
        project.documents.set_done(document)
        reader.blind.shade()
        assert len(reader.codings.of_document(document)) == 2
        assert not project.blind.hides(document, "O'Hara")
        project.documents.set_done(document, False)
        with Project.open(project.path, coder="O'Hara") as other:
            other.blind.shade()
            assert [c.coder for c in other.codings.of_document(document)] == ["O'Hara"]
        project.blind.set(False)
        reader.blind.shade()
        assert len(reader.codings.of_document(document)) == 2
    assert len(project.codings.of_document(document)) == 2
    project.journal.undo()
    assert project.blind.on


def test_others_memos_and_decisions_are_hidden_too_but_not_those_on_codes(project) -> None:
    document = project.documents.add(make.transcript())
    project.blind.set(True)
    with Project.open(project.path, coder="Tom") as tom:
        tom.memos.write("A hunch.", document=document)
        tom.memos.write("What the code means.", code=tom.codes.find("Damp").id)
    with Project.open(project.path, coder="Amira") as reader:
        reader.blind.shade()
        assert [memo.text for memo in reader.memos.all()] == ["What the code means."]
