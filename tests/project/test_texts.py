"""Texts in pieces and in part, and the search index that follows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.project import NotFoundError, Project, texts
from tests import make

WORDS = st.text(st.sampled_from("ab \u0301é日👍🏽\n\0\r"), min_size=1, max_size=60)


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes at a time, so that characters are cut."""
    monkeypatch.setattr(texts, "CHUNK", 3)


@given(words=WORDS, start=st.integers(0, 200), length=st.integers(0, 200))
def test_pieces_and_parts_are_those_of_the_text(
    tmp_path_factory: pytest.TempPathFactory, words: str, start: int, length: int
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    with pytest.MonkeyPatch.context() as patch, Project.create(folder / "x.commonplace") as project:
        patch.setattr(texts, "CHUNK", 3)
        read = make.transcript(("P1", words))
        document = project.documents.add(read)
        assert "".join(project.documents.pieces(document)) == read.text
        end = start + length
        assert project.documents.part(document, start, end) == read.text[start:end]


def test_a_transcript_that_is_gone_has_no_pieces(project: Project) -> None:
    document = project.documents.add(make.transcript())
    project.documents.remove(document)
    with pytest.raises(NotFoundError, match="not in the project any more"):
        list(project.documents.pieces(document))


@pytest.mark.usefixtures("small_chunks")
def test_pieces_stay_those_of_one_state_while_others_write(project: Project) -> None:
    read = make.transcript()
    document = project.documents.add(read)
    pieces = project.documents.pieces(document)
    begun = next(pieces)
    with Project.open(project.path) as other:
        other.documents.remove(document)
    assert begun + "".join(pieces) == read.text


def test_turns_that_come_and_go_in_one_transaction_leave_the_index_in_step(
    project: Project,
) -> None:
    with project.transaction("took in three, kept two"):
        kept = [project.documents.add(make.transcript(name=f"P{n}.txt")) for n in range(3)]
        project.documents.remove(kept.pop())
        turn = project.documents.turns(kept[0])[1]
        project.speakers.split_turn(kept[0], turn.id, turn.start + 10)
    assert list(project.check()) == []
    assert {hit.document for hit in project.search.turns("rent")} == set(kept)
    project.journal.undo()
    assert project.search.turns("rent") == []
    assert list(project.check()) == []
