"""What the worker writes, it writes in small pieces, so that nobody waits for it."""

from __future__ import annotations

import pytest

from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project, suggestions
from commonplace.project.suggestions import BATCH
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
            held.append(len(other.suggestions.pending(document)))

        monkeypatch.setattr(suggestions.time, "sleep", rest)
        many = [Suggestion(document, Span(n, n + 4), code, 0.5, ("damp",)) for n in range(120)]
        project.suggestions.replace(document, many)
        project.suggestions.replace(document, many)
        assert held == [BATCH, 2 * BATCH, 120]
        project.suggestions.replace(document, many[:10])
        assert held[3:] == [120 - BATCH, 120 - 2 * BATCH, 10]
    assert all(seconds >= suggestions.BREATH_SECONDS for seconds in rests)
