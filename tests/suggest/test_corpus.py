from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.suggest.corpus import Corpus, OutdatedError, Stored
from commonplace.suggest.features import Layout
from commonplace.suggest.segments import segments
from tests.suggest.build import HOUSING, TALK, StoredTurn, segments_of, transcript
from tests.suggest.test_engine import cold

TALKS = [
    transcript("a.txt", *TALK),
    transcript("b.txt"),
    transcript("c.txt", ("Ann", "Damp. " * 7), *TALK[1:]),
]
FOUND = segments_of(*TALKS)


def stored(texts: dict[str, str]) -> Stored:
    turns = {talk.name: [StoredTurn(turn) for turn in talk.turns] for talk in TALKS}
    return Stored(
        list(texts),
        lambda document, text: segments(document, text, turns[document]),
        texts.__getitem__,
    )


def test_segments_come_back_as_they_were_cut():
    corpus = stored({talk.name: talk.text for talk in TALKS})
    assert list(corpus) == FOUND
    assert corpus[2:5] == FOUND[2:5]
    assert corpus[-1] == FOUND[-1]
    assert corpus.digest == Corpus.of(FOUND).digest
    assert corpus.documents == ("a.txt", "b.txt", "c.txt")
    assert [corpus.rows_of(name) for name in ("b.txt", "c.txt", "none")] == [
        slice(9, 9),
        slice(9, len(FOUND)),
        slice(0, 0),
    ]


def test_a_text_that_changed_or_went_meanwhile_is_not_cut_at_old_places():
    texts = {talk.name: talk.text for talk in TALKS}
    corpus = stored(texts)
    texts["c.txt"] = "!" + texts["c.txt"]
    assert corpus[0] == FOUND[0]
    with pytest.raises(OutdatedError):
        corpus[-1]


def test_segments_are_gathered_by_turn():
    corpus = Corpus.of(segments_of(transcript("a.txt", *TALK)))
    assert [len(turn) for turn in corpus.spoken(range(len(corpus)))] == [1, 3, 1, 2, 2]
    assert corpus.spoken([1, 3, 8]) == [[FOUND[1].text, FOUND[3].text], [FOUND[8].text]]


def test_neighbours_reach_across_turns_but_not_across_transcripts():
    corpus = Corpus.of(segments_of(*(transcript(n, ("Ann", "One."), ("Bo", "Two.")) for n in "ab")))
    layout = Layout(corpus.turns, corpus.adjacent(slice(0, 4)))
    rows = np.array([[1], [2], [4], [8]], dtype=np.float32)
    assert layout.neighbouring(rows).ravel().tolist() == [2, 1, 8, 4]
    assert corpus.margin(slice(1, 2)) == slice(0, 2)
    assert corpus.margin(slice(2, 4)) == slice(2, 4)


@given(st.integers(1, 30), st.integers(0, 30))
@settings(max_examples=20, deadline=None)
def test_batches_part_turns_only_where_they_must_and_change_no_score(size, at_hand):
    with pytest.MonkeyPatch.context() as patch:
        whole = cold(HOUSING, FOUND)
        patch.setattr("commonplace.suggest.corpus.BATCH", size)
        patch.setattr("commonplace.suggest.dataset.MOST_AT_HAND", at_hand)
        corpus = Corpus.of(FOUND)
        batches = corpus.batches()
        assert [row for rows in batches for row in range(rows.start, rows.stop)] == [
            *range(len(FOUND))
        ]
        assert all(0 < rows.stop - rows.start <= size for rows in batches)
        cut = [rows.start for rows in batches if not corpus.new_turn[rows.start]]
        assert not cut or size < 7
        if not cut:
            assert np.allclose(cold(HOUSING, FOUND), whole, atol=1e-5)
