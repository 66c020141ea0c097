"""WebVTT and SubRip: voices, labels, times; one speaker's captions become a turn."""

from __future__ import annotations

import pytest

from commonplace.readers import ReadError
from tests.readers.conftest import Reading
from tests.readers.show import check_layout, interviewers, said

VOICES = """WEBVTT - The shed
Kind: captions

STYLE
::cue(v) { color: red }

REGION
id:fred

NOTE made up,
00:00.000 --> 00:01.000
all of it

1
00:01.000 --> 00:04.000 align:start position:0%
<v.loud.first Ann Lee>How&nbsp;is it &amp; why &lt;so&gt;?</v>

00:00:05.500 --> 00:00:08,500
<v Ben (resident)>It is <i>damp</i>
in <c.yellow>there</c>.</v>

ab12/2-0
00:00:09.000 --> 01:00:10.000
<v Ben (resident)>And <00:00:09.500>cold.</v> <v Ann Lee>Oh no.</v>
"""


def test_voices_become_turns(reading) -> None:
    found = reading("a.vtt", VOICES)
    assert found.text == (
        "Ann Lee: How\xa0is it & why <so>?\n\n"
        "Ben (resident): It is damp in there. And cold.\n\n"
        "Ann Lee: Oh no."
    )
    assert said(found) == [
        ("Ann Lee", "How\xa0is it & why <so>?"),
        ("Ben", "It is damp in there. And cold."),
        ("Ann Lee", "Oh no."),
    ]
    assert [turn.time for turn in found.turns] == [1.0, 5.5, 9.0]
    assert [(found.text[at:][:3], time) for at, time in found.cues] == [
        ("How", 1.0), ("It ", 5.5), ("And", 9.0), ("Oh ", 9.0),
    ]  # fmt: skip
    assert {s.label: dict(s.attributes) for s in found.speakers} == {
        "Ann Lee": {},
        "Ben": {"role": "resident"},
    }
    check_layout(found.text, found)


def captions(*texts: str, arrow: str = "00:{:02}.000 --> 00:{:02}.900") -> str:
    blocks = [f"{arrow.format(n, n)}\n{text}" for n, text in enumerate(texts, start=1)]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def test_labels_in_captions_become_turns(reading) -> None:
    found = reading(
        "a.vtt",
        captions(
            "Isla: So how was it, and did", "Isla: they come?", "Rana: No. And I said to",
            "him: come here.", "Isla: And then?", "Rana: Nothing.", "Note: it was cold.",
        ),
    )  # fmt: skip
    assert said(found) == [
        ("Isla", "So how was it, and did they come?"),
        ("Rana", "No. And I said to him: come here."),
        ("Isla", "And then?"),
        ("Rana", "Nothing. Note: it was cold."),
    ]


def test_a_caption_without_voice_among_voices_is_nobodys(reading) -> None:
    found = reading("a.vtt", captions("<v Ann>So?", "(a dog barks)", "<v Ann>Oh."))
    assert said(found) == [("Ann", "So?"), (None, "(a dog barks)"), ("Ann", "Oh.")]


def test_two_labels_in_one_caption_are_two_turns(reading) -> None:
    found = reading("a.vtt", captions("Ann: So?\nBen: Damp.", "Ann: Oh?", "Ben: Yes,\nvery."))
    assert said(found) == [("Ann", "So?"), ("Ben", "Damp."), ("Ann", "Oh?"), ("Ben", "Yes, very.")]


def test_captions_of_nobody_are_joined_until_somebody_pauses(reading) -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nIt was damp\n\n00:02.000 --> 00:03.000\nin there.\n\n"
        "00:09.000 --> 00:10.000\nAnd then?\n"
    )
    found = reading("a.vtt", text)
    assert said(found) == [(None, "It was damp in there."), (None, "And then?")]
    assert [turn.time for turn in found.turns] == [1.0, 9.0]
    assert "no speaker labels" in found.notes[0]


def test_captions_of_nobody_can_alternate(reading) -> None:
    blocks = ["So how did you come here?", "We came by bus, I think.", "And did you stay?",
              "Yes, we stayed for years."]  # fmt: skip
    text = "WEBVTT\n\n" + "\n\n".join(
        f"00:{n * 5:02}.000 --> 00:{n * 5:02}.900\n{words}" for n, words in enumerate(blocks)
    )
    found = reading("a.vtt", text, speakers="alternate")
    assert [turn.speaker for turn in found.turns] == ["Interviewer", "Participant"] * 2
    assert [turn.time for turn in found.turns] == [0.0, 5.0, 10.0, 15.0]


def test_nobody_is_looked_for_when_told_not_to(reading) -> None:
    found = reading("a.vtt", captions("<v Ann>So.", "Ben: Damp."), speakers="none")
    assert said(found) == [(None, "So. Ben: Damp.")]


def test_subrip(reading) -> None:
    text = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:04,000\r\nINTERVIEWER: So <i>how</i> was it,\r\n"
        "and why?\r\n\r\n2\r\n00:00:05,000 --> 00:00:08,000\r\n{\\an8}RAB: Weel &amp; damp.\r\n\r\n"
        "And cold.\r\n\r\n3\r\n00:01:09,250 --> 00:01:10,000\r\n1984\r\n\r\n"
        "4\r\n01:00:00,000 --> 01:00:01,000\r\nINTERVIEWER: Oh?\r\n"
    )
    found = reading("a.srt", text)
    assert said(found) == [
        ("INTERVIEWER", "So how was it, and why?"),
        ("RAB", "Weel & damp. And cold. 1984"),
        ("INTERVIEWER", "Oh?"),
    ]
    assert [time for _, time in found.cues] == [1.0, 5.0, 69.25, 3600.0]
    assert interviewers(found) == ["INTERVIEWER"]


@pytest.mark.parametrize("name", ["a.vtt", "a.srt"])
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Int: So?\n\nMary: Damp.\n", "no (WebVTT|SubRip)"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "no captions with text|it is WebVTT"),
        ("WEBVTT\n\n00:01 -> 00:02\nwords --> words\n", "no captions with text|it is WebVTT"),
    ],
)
def test_what_holds_no_captions_is_refused(reading, name: str, text: str, what: str) -> None:
    with pytest.raises(ReadError, match=what):
        reading(name, text)


WHOLE = "00:00:01{0}000 --> 00:00:02{0}000\nInt: So?\n\n"


@pytest.mark.parametrize("mark", [".", ","])
@pytest.mark.parametrize(
    "rest",
    [
        "00:00:03{0}000 --> 00:00:04{0}000",
        "2\n00:00:03{0}000 --> 00:00:04{0}000\n",
        "2",
        "2\n00:00:03",
    ],
)
def test_captions_that_break_off_are_told(reading: Reading, mark: str, rest: str) -> None:
    name, head = ("a.vtt", "WEBVTT\n\n") if mark == "." else ("a.srt", "")
    found = reading(name, head + (WHOLE + rest).format(mark))
    assert any("breaks off" in note for note in found.notes)
    assert not any("breaks off" in n for n in reading(name, head + WHOLE.format(mark)).notes)


def test_a_voice_that_breaks_off_is_told(reading: Reading) -> None:
    begin = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>So?</v>\n\n00:03.000 --> 00:04.000\n"
    for rest in ("<v Ben>It was d", "<v Ben>It was damp.</", "<v Be"):
        assert any("breaks off" in note for note in reading("a.vtt", begin + rest).notes)
    assert reading("a.vtt", f"{begin}<v Ben>In 2019\n1987</v>").notes == ()


def test_a_number_that_is_said_last_is_no_broken_caption(reading: Reading) -> None:
    said_last = (
        "1\n00:00:01,000 --> 00:00:02,000\nInt: So?\n\n2\n00:00:03,000 --> 00:00:04,000\n1987"
    )
    assert not any("breaks off" in note for note in reading("a.srt", said_last).notes)
