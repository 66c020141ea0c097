"""The document model: pieces, turns, sentences, search."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.domain.span import Span
from commonplace.domain.transcript import Speaker, Turn
from commonplace.tui.widgets.reader import Document
from commonplace.tui.widgets.reader.document import PIECE
from tests.tui.widgets.reader_fiction import LINES, SPEAKERS, TEXT, TURNS, interview


def test_the_pieces_are_the_text():
    document = Document.build(TEXT, TURNS, SPEAKERS)
    assert "".join(document.texts) == TEXT
    assert document.length == len(TEXT)
    assert document.turns == len(LINES)


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_chunks_of_any_size_make_the_same_document(size):
    chunks = (TEXT[i : i + size] for i in range(0, len(TEXT), size))
    chunked, whole = Document.build(chunks, iter(TURNS), SPEAKERS), Document.build(TEXT, TURNS)
    assert (chunked.texts, chunked.starts) == (whole.texts, whole.starts)
    assert chunked.turn_of == whole.turn_of


def test_turns_know_their_speaker_time_and_speech():
    document = Document.build(TEXT, TURNS, SPEAKERS)
    speaker = document.speaker(0)
    assert speaker == Speaker("INT", interviewer=True)
    assert document.time(1) == pytest.approx(44.7)
    speech = document.speech(0)
    assert speech is not None
    assert document.slice(speech.start, speech.end) == LINES[0][1]
    assert document.turn_at(0) is None
    assert document.turn_at(speech.start) == 0
    assert document.turn_at(len(TEXT)) == len(LINES) - 1


def test_a_label_is_hidden_only_where_the_gutter_says_the_same():
    text = "P1: Hello.\n\nP1 (practitioner): Hello.\n\n[00:01:02] P1: Hello."
    turns = [
        Turn(0, 4, 10, "P1", Span(0, 3)),
        Turn(12, 31, 37, "P1", Span(12, 30)),
        Turn(39, 54, 60, "P1", Span(50, 53), Span(39, 49), 62.0),
    ]
    document = Document.build(text, turns)
    assert list(document.hidden) == [4, 0, 15]
    renamed = Document.build(text, [Turn(0, 4, 10, "INT", Span(0, 3))])
    assert renamed.hidden[0] == 0


def test_turns_that_do_not_fit_the_text_are_refused():
    with pytest.raises(ValueError, match="the text ends at 5"):
        Document.build("Hello", [Turn(0, 0, 9)])
    with pytest.raises(ValueError, match="begins before"):
        Document.build("Hello", [Turn(0, 0, 4), Turn(3, 3, 5)])


def test_a_long_turn_is_kept_in_pieces():
    text = "\n".join(["word " * 40] * 400)
    document = Document.build(text, [Turn(0, 0, len(text), "P1")])
    assert len(document.texts) > 1
    assert all(len(piece) <= PIECE for piece in document.texts)
    assert "".join(document.texts) == text
    assert document.turn_at(len(text) // 2) == 0
    sentence = document.sentence_at(len(text) // 2)
    assert sentence is not None
    assert document.slice(sentence.start, sentence.end) == ("word " * 40).strip()


def test_sentence_under_an_offset():
    document = Document.build(TEXT, TURNS, SPEAKERS)
    at = TEXT.index("flat,”")
    sentence = document.sentence_at(at)
    assert sentence is not None
    assert document.slice(sentence.start, sentence.end) == (
        "“You want to get out of that flat,” she said."
    )
    header = document.sentence_at(3)
    assert header is not None
    assert document.slice(header.start, header.end) == "Interview 7, Rhyl"


def test_an_empty_document_answers():
    document = Document.build("")
    assert document.length == 0
    assert document.sentence_at(0) is None
    assert document.turn_at(0) is None
    assert document.find("x") is None


def test_search_takes_both_kinds_of_quotation_marks():
    text, turns = interview([("P1", "She didn’t. “Never,” she said.")])
    document = Document.build(text, turns)
    found = document.find("didn't")
    assert found is not None
    assert document.slice(found.start, found.end) == "didn’t"
    assert document.find('"never,"') is not None


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from("aAbİßé k\n日"), max_size=60),
    st.text(st.sampled_from("aAbé "), min_size=1, max_size=3),
    st.integers(0, 60),
    st.booleans(),
)
def test_search_finds_what_a_plain_scan_finds(text, query, offset, backwards):
    document = Document.build(text)
    starts = [m.start() for m in re.finditer(re.escape(query), text, re.IGNORECASE)]
    if backwards:
        expected = [start for start in starts if start < offset][-1:]
    else:
        expected = [start for start in starts if start >= offset][:1]
    found = document.find(query, offset, backwards=backwards)
    if len(document.texts) == 1:
        assert ([] if found is None else [found.start]) == expected
