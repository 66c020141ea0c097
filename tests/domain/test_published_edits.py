"""Edits of a quote for print: what they leave still is what was said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.domain.published import Spoken, check
from commonplace.domain.published.edits import bracket, omit, without_fillers
from commonplace.domain.span import Span

FLAT = "Um, the flat was- it was damp, you know, and nobody came. I think they forgot about us."


def passes(text: str, version: str) -> bool:
    return check(text, [Spoken(Span(0, len(text)), "a")], version).ok


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("and nobody came. ", "Um, the flat was- it was damp, you know, […] I think they forgot"),
        (
            "orgot abou",
            "Um, the flat was- it was damp, you know, and nobody came. I think they […]",
        ),
        ("Um,", "[…] the flat was- it was damp"),
    ],
)
def test_whole_words_give_way_to_a_mark(words, left):
    start = FLAT.index(words)
    found = omit(FLAT, start, start + len(words))
    assert found.text.startswith(left)
    assert passes(FLAT, found.text)
    assert found.text[: found.start].endswith("[…]")


def test_marks_beside_each_other_become_one():
    once = omit(FLAT, FLAT.index("you"), FLAT.index("you") + 8).text
    start = once.index("and")
    assert omit(once, start, start).text.count("[…]") == 1


def test_a_bracket_is_left_out_whole():
    assert omit("They [the council] came.", 7, 8).text == "They […] came."


def test_a_word_is_bracketed_without_its_punctuation_and_can_be_written_over():
    found = bracket(FLAT, FLAT.index("damp"), FLAT.index("damp"))
    assert "it was [damp], you" in found.text
    assert found.text[found.start : found.end] == "damp"
    assert bracket("", 0, 0) == ("[]", 1, 1)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (FLAT, "The flat was- it was damp and nobody came. I think they forgot about us."),
        ("It was, like, cold, um.", "It was cold."),
        ("I um went. Uh, then we left, you know.", "I went. Then we left."),
        ("It was cold. Um.", "It was cold."),
        ("I like the park, well I did.", "I like the park, well I did."),
        ("Er.", ""),
        ("", ""),
    ],
)
def test_fillers_go_and_leave_no_trace(text, left):
    assert without_fillers(text) == left
    assert not left or passes(text, left)


WORDS = """
um uh like well you know I mean flat damp not the the, came. came? came, - Um, was- [laughs] [damp]
US don't
"""
SPEECH = st.lists(
    st.sampled_from(WORDS.split()),
    min_size=1,
    max_size=14,
).map(" ".join)


@given(SPEECH, st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=80, deadline=None)
def test_whatever_is_selected_can_be_left_out(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    before = check(text, [Spoken(Span(0, len(text)), "a")], text)
    found = omit(text, start, end)
    after = check(text, [Spoken(Span(0, len(text)), "a")], found.text)
    if before.ok:
        assert {str(problem.fault) for problem in after.problems} <= {"empty", "punctuation"}


@given(SPEECH)
@settings(max_examples=80, deadline=None)
def test_dropping_fillers_drops_no_other_word(text):
    left = without_fillers(text)
    if left and passes(text, text):
        found = check(text, [Spoken(Span(0, len(text)), "a")], left)
        assert {str(p.fault) for p in found.problems} <= {"empty", "punctuation"}
