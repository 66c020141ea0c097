"""In blind mode suggestions rest on nothing that their coder may not see yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.domain.coding import Origin
from commonplace.project import Project
from commonplace.suggest.client import Client, Idle, Told
from tests.suggest.test_learning import ANIMALS, LIFE, NEW, TALKS, span_of
from tests.suggest.test_worker import Ear


def test_what_others_coded_in_unread_transcripts_is_neither_learnt_nor_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the worker of amira, who has read two of the transcripts that ben has coded, tells it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    read = {talk.name for talk in TALKS[:2]}
    heard, told = Ear(), Ear()

    def taught() -> tuple[int, set[str]]:
        """How many segments a run learnt from, and where the passages are that it is said to
        have learnt animals from."""
        heard.wait_for(Idle)
        with Project.open(project.path, coder="amira") as hers:
            pending, basis = hers.suggestions.pending(), hers.suggestions.basis
        worker.request_account(next(found.id for found in pending if found.code == "Animals"))
        like = told.wait_for(Told).like
        assert like
        assert project.suggestions.pending() == []  # ben is proposed nothing of hers
        return basis.labelled, {each.document for each in like}

    with Project.create(tmp_path / "study.commonplace", coder="ben") as project:
        project.codes.load(LIFE)
        for talk, animal in zip(TALKS, ANIMALS, strict=True):
            document = project.documents.add(talk)
            words = f"We always had a {animal} at home back then."
            mark = (span_of(talk.text, words), "Animals")
            for coder in ("ben", "amira") if talk.name in read else ("ben",):
                project.codings.add_many(document, [mark], origin=Origin.MANUAL, coder=coder)
                project.documents.set_done(document, coder=coder)
        project.documents.add(NEW)
        project.blind.set(True)
        worker = Client(project.path, heard, coder="amira", told=told)
        try:
            worker.request_run()
            blind, seen = taught()
            assert seen <= read
            project.blind.set(False)
            open_to_all, seen = taught()
            assert open_to_all > blind > 0
            assert not seen <= read
            project.blind.set(True)
            again, seen = taught()
            assert again == blind
            assert seen <= read
        finally:
            worker.close()
