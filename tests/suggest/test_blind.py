"""In blind mode suggestions rest on nothing that their coder may not see yet."""

from __future__ import annotations

from pathlib import Path

from commonplace.domain.coding import Origin
from commonplace.project import Project
from commonplace.suggest.engine import Engine
from tests.suggest.test_learning import ANIMALS, LIFE, NEW, TALKS, span_of


def test_what_others_coded_in_unread_transcripts_teaches_nothing(tmp_path: Path) -> None:
    with Project.create(tmp_path / "study.commonplace", coder="ben") as project:
        project.codes.load(LIFE)
        documents = [project.documents.add(talk) for talk in (*TALKS, NEW)]
        for document, talk, animal in zip(documents, TALKS, ANIMALS, strict=False):
            words = f"We always had a {animal} at home back then."
            mark = (span_of(talk.text, words), "Animals")
            coders = ("ben", "amira") if document in documents[:2] else ("ben",)
            for coder in coders:
                project.codings.add_many(document, [mark], origin=Origin.MANUAL, coder=coder)
                project.documents.set_done(document, coder=coder)
        open_to_all = taught(project.path)
        project.blind.set(True)
        blind = taught(project.path)
    assert open_to_all > blind > 0


def taught(path: Path) -> int:
    """How many segments a run for amira learns from."""
    with Project.open(path, coder="commonplace") as project:
        return Engine(project, "amira").run().basis.labelled
