"""Sentences of transcribed speech."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.domain.sentences import sentence_at, sentences, written_sentences
from commonplace.domain.windows import LONGEST


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was damp. We moved.", ["It was damp.", "We moved."]),
        ("it was damp. we moved", ["it was damp.", "we moved"]),
        ("Really? No! Yes.", ["Really?", "No!", "Yes."]),
        ("You what?! Never.", ["You what?!", "Never."]),
        ("Dr. Price and Mrs. Bevan came.", ["Dr. Price and Mrs. Bevan came."]),
        ("I saw Cllr. Okoye at 9 a.m. on Monday.", ["I saw Cllr. Okoye at 9 a.m. on Monday."]),
        ("We met at 9 a.m. Nobody came.", ["We met at 9 a.m.", "Nobody came."]),
        ("Some help, e.g. Housing, came.", ["Some help, e.g. Housing, came."]),
        ("J. K. Morgan said so.", ["J. K. Morgan said so."]),
        ("She asked Tom and I. We went.", ["She asked Tom and I.", "We went."]),
        ("It went up 3.5 per cent. Terrible.", ["It went up 3.5 per cent.", "Terrible."]),
        ("I said no. It is no. 5 bus.", ["I said no.", "It is no. 5 bus."]),
        ("It takes a min. Then it stops.", ["It takes a min.", "Then it stops."]),
        ("St. Mary's helped.", ["St. Mary's helped."]),
        ("I was… well, lost.", ["I was… well, lost."]),
        ("I was... I dunno. Lost.", ["I was... I dunno.", "Lost."]),
        ("We waited... Nobody came.", ["We waited...", "Nobody came."]),
        ("Did you...? Yes.", ["Did you...?", "Yes."]),
        ('"Why?" she said. "Because."', ['"Why?" she said.', '"Because."']),
        ("“It’s damp.” He left.", ["“It’s damp.”", "He left."]),
        ("It was [laughs. Both talk.] fine. Yes.", ["It was [laughs. Both talk.] fine.", "Yes."]),
        ("(It was cold.) We left.", ["(It was cold.)", "We left."]),
        ("First point\n\nSecond point", ["First point", "Second point"]),
        ("Short line\nAnother line", ["Short line", "Another line"]),
        ("とても寒い。引っ越した。", ["とても寒い。", "引っ越した。"]),
        ("  ", []),
        ("", []),
    ],
)
def test_sentences_of_speech(text, expected):
    assert split(text) == expected


def test_a_text_wrapped_by_hand_keeps_its_sentences_whole():
    text = (
        "We moved in when the eldest was about four and the\n"
        "damp was already there, you could smell it on the\n"
        "stairs. Nobody came.\n"
        "That was the first winter."
    )
    assert split(text) == [
        "We moved in when the eldest was about four and the\n"
        "damp was already there, you could smell it on the\nstairs.",
        "Nobody came.",
        "That was the first winter.",
    ]


def test_sentence_at_an_offset():
    text = "One. Two.  Three."
    assert [
        text[s.start : s.end] for s in (sentence_at(text, o) for o in (0, 3, 4, 5, 10, 11, 99)) if s
    ] == ["One.", "One.", "One.", "Two.", "Two.", "Three.", "Three."]
    assert sentence_at("  One.", 0) is not None
    assert sentence_at(" ", 0) is None


SPEECH = st.text(
    st.one_of(st.sampled_from(" .!?…\n\"'”[]()IaBé1日。"), st.characters()), max_size=120
)


@settings(max_examples=200, deadline=None)
@given(SPEECH)
def test_sentences_cover_the_speech_in_order_without_overlap(text):
    spans = sentences(text)
    covered = set()
    previous = 0
    for span in spans:
        assert previous <= span.start < span.end <= len(text)
        assert not text[span.start].isspace()
        assert not text[span.end - 1].isspace()
        covered.update(range(span.start, span.end))
        previous = span.end
    assert all(i in covered for i, character in enumerate(text) if not character.isspace())


RUN_ON = (
    "so i went down to the council and they said um well we cannot do anything about the damp "
    "because it is your landlord and he never answers the phone, you know, so my kids were "
    "coughing all winter then the boiler broke and we had no heating for six weeks and i was "
    "just like what am i supposed to do"
)


def test_speech_without_stops_is_cut_where_the_speaker_draws_breath():
    assert split(RUN_ON) == [
        "so i went down to the council and they said um well we cannot do anything about the damp "
        "because it is your landlord and he never answers the phone,",
        "you know, so my kids were coughing all winter then the boiler broke "
        "and we had no heating for six weeks and i was just like what am i supposed to do",
    ]
    assert len(written_sentences(RUN_ON)) == 1
    whole = " ".join(RUN_ON.split()[:60])
    assert split(whole) == [whole]


def test_windows_of_scripts_without_spaces_end_at_their_commas():
    clause = "昨天我去社区中心他们说没有办法帮助我们因为房东一直不接电话，"
    assert split(clause * 8) == [clause * 2] * 4


@pytest.mark.parametrize("sign", ["a", "a ", "我", ".", "[", "e\u0301", "\u200d", " .", "[a] b. "])
def test_speech_of_any_length_comes_in_short_pieces(sign):
    assert max(map(len, sentences(sign * 50_000))) < 1000


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(["damp", "and", "um,", "[laughs", "out]", "\n", "—", "我们，", "é" * 30]),
        min_size=61,
        max_size=400,
    )
)
def test_windows_divide_sentences_that_are_too_long_and_no_others(words):
    text = " ".join(words)
    spans, whole = sentences(text), written_sentences(text)
    for one in whole:
        within = [span for span in spans if one.start <= span.start < one.end]
        assert (within[0].start, within[-1].end) == (one.start, one.end)
        if len(text[one.start : one.end].split()) <= LONGEST // 2:
            assert within == [one]
    for span, following in pairwise(spans):
        assert not text[span.end : following.start].strip()
        assert len(text[span.start : span.end].split()) <= LONGEST
