"""From one text to another: the way there and back, what stays, and in bounded time."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.domain.alignment import runs
from commonplace.domain.rewording import Rewording, Splice, inverse, spliced

WORDS = st.lists(
    st.sampled_from(
        ["the", "rent", "bus", "a", "damp", "Damp,", "no", "no.", "漢字", "\n\n", "e\u0301"]
    ),
    max_size=30,
)


@given(WORDS, WORDS)
def test_splices_lead_there_and_back(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    splices = Rewording(before, after).splices
    assert spliced(before, splices) == after
    assert spliced(after, inverse(splices)) == before


@given(WORDS, WORDS)
def test_what_is_kept_is_the_same_on_both_sides_and_in_order(
    old: list[str], new: list[str]
) -> None:
    before, after = " ".join(old), " ".join(new)
    ends = (0, 0)
    for run in Rewording(before, after).kept:
        there = before[run.old : run.old + run.length]
        assert there == after[run.new : run.new + run.length]
        assert run.old >= ends[0] and run.new >= ends[1] and there
        ends = (run.old + run.length, run.new + run.length)


@given(st.lists(st.integers(0, 4), max_size=40), st.lists(st.integers(0, 4), max_size=40))
def test_small_sequences_are_aligned_as_well_as_can_be(old: list[int], new: list[int]) -> None:
    longest = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, a in enumerate(old):
        for j, b in enumerate(new):
            longest[i + 1][j + 1] = (
                longest[i][j] + 1 if a == b else max(longest[i][j + 1], longest[i + 1][j])
            )
    found = runs(old, new)
    assert sum(run.length for run in found) == longest[-1][-1]
    assert all(
        old[run.old : run.old + run.length] == new[run.new : run.new + run.length] for run in found
    )


def test_a_correction_touches_only_the_words_that_were_wrong() -> None:
    old = "I recieve teh letters. Bill came."
    new = "I receive the letters. [name] came."
    assert [(s.old, s.new) for s in Rewording(old, new).splices] == [
        ("ie", "ei"),
        ("eh", "he"),
        ("Bill", "[name]"),
    ]


def test_splices_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="not the one"):
        spliced("The rent", [Splice(4, "bus", "tram")])


@pytest.mark.parametrize("kind", ["many edits", "shuffled", "no words in common", "one word"])
def test_long_texts_take_bounded_effort(kind: str) -> None:
    chosen = random.Random(3)
    words = chosen.choices([f"w{n}" for n in range(800)], [1 / (n + 1) for n in range(800)], k=8000)
    other = list(words)
    if kind == "many edits":
        for place in chosen.sample(range(8000), 900):
            other[place] += "x"
    elif kind == "shuffled":
        chosen.shuffle(other)
    elif kind == "no words in common":
        other = [f"v{word}" for word in words]
    else:
        words, other = ["ja"] * 8000, ["no", *["ja"] * 4000, "well", *["ja"] * 4000, "so"]
    old, new = " ".join(words), " ".join(other)
    rewording = Rewording(old, new)
    assert spliced(old, rewording.splices) == new
    if kind == "many edits":
        assert sum(run.length for run in rewording.kept) > 0.98 * len(old)
