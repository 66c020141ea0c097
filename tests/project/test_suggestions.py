"""What the worker writes, it writes in small pieces, so that nobody waits for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commonplace.domain.rewording import Splice
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import NotFoundError, Project, replacing
from commonplace.project.replacing import BATCH
from commonplace.project.suggestions import Basis
from tests import make


def test_others_may_write_between_any_two_batches(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = project.documents.add(make.transcript(("P1", "damp and cold " * 80)))
    code = project.codes.find("Damp").id
    held: list[int] = []
    rests: list[float] = []
    with Project.open(project.path, coder="Tom") as other:
        other.connection.execute("PRAGMA busy_timeout = 0")

        def rest(seconds: float) -> None:
            rests.append(seconds)
            other.memos.write("This is not refused.", document=document)
            held.append(other.connection.execute("SELECT count(*) FROM suggestions").fetchone()[0])

        monkeypatch.setattr(replacing.time, "sleep", rest)
        many = [Suggestion(document, Span(n, n + 4), code, 0.5, ("damp",)) for n in range(120)]
        project.suggestions.replace(document, many)
        project.suggestions.replace(document, many)
        assert held == [BATCH, 2 * BATCH, 120]
        project.suggestions.replace(document, many[:10])
        assert held[3:] == [120 - BATCH, 120 - 2 * BATCH, 10]
    assert all(seconds >= replacing.BREATH_SECONDS for seconds in rests)


def test_each_coder_has_suggestions_a_basis_and_runs_of_their_own(project: Project) -> None:
    document = project.documents.add(make.transcript())
    text = project.documents.text(document)
    damp, rent = (
        Suggestion(document, make.find(text, words), project.codes.find(code).id, 0.5)
        for words, code in (("Damp.", "Damp"), ("rent", "Rent"))
    )
    project.suggestions.replace(document, [damp, rent])
    project.suggestions.finish_run(Basis(labelled=7))
    with Project.open(project.path, coder="Tom") as toms:
        assert (toms.suggestions.pending(), toms.suggestions.run) == ([], 0)
        with pytest.raises(NotFoundError, match=r"for Tom: .* another coder's"):
            toms.suggestions.accept(damp.id)
        toms.suggestions.replace(document, [replace(damp, score=0.9)])
        toms.suggestions.finish_run(Basis(labelled=1))
        assert project.suggestions.pending() == [damp, rent]
        toms.suggestions.reject(damp.id)
        assert (toms.suggestions.pending(), toms.suggestions.basis.labelled) == ([], 1)
        toms.suggestions.replace(document, [])
    assert project.suggestions.pending() == [damp, rent]
    assert (project.suggestions.run, project.suggestions.basis.labelled) == (1, 7)
    with project.transaction("corrected") as change:
        change.reword(document, [Splice(0, "", "")])
    project.codes.merge(damp.code, rent.code)
    assert {s.code for s in project.suggestions.pending()} == {rent.code}
    assert list(project.check()) == []


def test_what_is_proposed_to_others_is_not_there_in_blind_mode(project: Project) -> None:
    document = project.documents.add(make.transcript())
    code = project.codes.find("Damp").id
    for coder in ("Amira", "Tom"):
        with Project.open(project.path, coder=coder) as theirs:
            theirs.suggestions.replace(document, [Suggestion(document, Span(4, 8), code, 0.5)])
    count = "SELECT count(*) FROM suggestions"
    with Project.open(project.path, coder="Tom") as toms:
        assert toms.connection.execute(count).fetchone() == (2,)
        project.blind.set(True)
        toms.blind.shade()
        assert toms.connection.execute(count).fetchone() == (1,)
        toms.suggestions.replace(document, [])
        assert toms.suggestions.pending() == []
        assert len(project.suggestions.pending()) == 1
