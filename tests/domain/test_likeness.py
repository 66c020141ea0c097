"""Passages like others, by their words."""

from __future__ import annotations

from commonplace.domain.likeness import likeness, most_like

PASSAGES = {
    "a": "The bus was late again.",
    "b": "Buses? The bus never came, it was late or it was full.",
    "c": "Damp came through the wall.",
    "d": "The damp in the wall again, and again.",
    "e": "Well.",
    "f": "",
}


def test_passages_that_share_telling_words_come_first() -> None:
    assert most_like(PASSAGES, {"a"}, 1) == ["b"]
    assert most_like(PASSAGES, {"c"}, 1) == ["d"]
    assert "e" not in most_like(PASSAGES, {"a"}, 9)


def test_likeness_is_a_share_and_leaves_the_chosen_out() -> None:
    alike = likeness(PASSAGES, {"a", "c"})
    assert alike.keys() == {"b", "d", "e", "f"}
    assert all(0 <= share <= 1 for share in alike.values())
    assert alike["f"] == 0
    assert likeness({"x": "same words", "y": "same words"}, {"x"})["y"] > 0.99


def test_nothing_is_like_nothing() -> None:
    assert most_like(PASSAGES, set(), 3) == []
    assert likeness({}, {"a"}) == {}
