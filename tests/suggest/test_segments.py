from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.suggest.segments import says_something, without_fillers
from tests.suggest.build import TALK, segments_of, transcript


def test_each_sentence_is_a_segment_with_its_exact_words():
    talk = transcript("one.txt", *TALK)
    found = segments_of(talk)
    assert [segment.text for segment in found[1:4]] == [
        "The walls were damp all winter.",
        "There was black mould behind the bed.",
        "Yeah.",
    ]
    for segment in found:
        assert talk.text[segment.span.start : segment.span.end] == segment.text


def test_interviewers_and_empty_answers_are_context_only():
    found = segments_of(transcript("one.txt", *TALK))
    assert not any(segment.eligible for segment in found if segment.interviewer)
    assert not next(segment for segment in found if segment.text == "Yeah.").eligible


def test_one_word_is_enough_where_it_is_all_that_somebody_says():
    said = ("Unemployed.", "No drugs", "Brilliant.", "Well, um, damp.", "Mould. Yes. It is cold.")
    found = segments_of(transcript("one.txt", *(("Ann", words) for words in said)))
    eligible = [segment.text for segment in found if segment.eligible]
    assert eligible == ["Unemployed.", "No drugs", "Well, um, damp.", "It is cold."]


def test_answers_and_fillers_say_nothing():
    for text in ("Yes.", "Um, I mean, you know.", "Oh right, okay.", "…", "Mm-hm", "Really?!"):
        assert not says_something(text)
    for text in ("Damp everywhere.", "No heating at all.", "I lost my job."):
        assert says_something(text)


words = st.text(st.sampled_from("ab é\u0301.?!\n\t👩‍👧…”“日。"), max_size=40)


@given(st.lists(st.tuples(st.sampled_from(["Int", "Ann"]), words), max_size=5))
@settings(max_examples=60, deadline=None)
def test_segments_never_leave_the_speech_of_their_turn(speech):
    talk = transcript("one.txt", *speech)
    end = 0
    for segment in segments_of(talk):
        turn = talk.turns[segment.turn]
        assert end <= segment.span.start
        assert turn.speech_start <= segment.span.start < segment.span.end <= turn.end
        assert segment.text == talk.text[segment.span.start : segment.span.end]
        assert segment.text == segment.text.strip()
        end = segment.span.end


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Um, yeah, so the walls were damp, you know.", "so the walls were damp"),
        ("Well, it was OK.", "it was OK."),
        ("Well water tastes of iron um", "Well water tastes of iron"),
        ("Well-being matters to us.", "Well-being matters to us."),
        ("We left the flat. Yeah.", "We left the flat."),
        ("No heating at all, er…", "No heating at all"),
        ("I like it, OK?", "I like it, OK?"),
        ("Um. Yeah.", "Um. Yeah."),
    ],
)
def test_fillers_go_from_the_ends_and_words_stay(text, left):
    span = without_fillers(text)
    assert text[span.start : span.end] == left


@given(st.lists(st.sampled_from(["um", "Yeah,", "well", "damp", "walls", "…", ". "]), min_size=1))
@settings(max_examples=50)
def test_what_says_something_says_it_without_fillers_too(words):
    text = " ".join(words)
    span = without_fillers(text)
    assert 0 <= span.start <= span.end <= len(text)
    if says_something(text):
        assert says_something(text[span.start : span.end])
