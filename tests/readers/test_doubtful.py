"""Names that are words as well: what the layout proves, and turns of nobody where it does not."""

from __future__ import annotations

import pytest

from commonplace.domain.transcript import Transcript
from commonplace.readers import Corrections, Layout, find_turns
from tests.readers.conftest import Reading
from tests.readers.show import check_layout, said

COLON = "{name}: {words}\n\n"
OTTER = "{name}  00:{at}\n{words}\n\n"
WORD = "00:00:{at} {name}\n{words}\n"
STAMPED = "[00:00:{at}] {name}: {words}\n"
CUE = "00:{at}.000 --> 00:{at}.500\n{name}: {words}\n\n"


def written(way: str, *turns: tuple[str, str]) -> str:
    return "".join(way.format(name=n, words=w, at=10 + 3 * i) for i, (n, w) in enumerate(turns))


def exchange(asks: str, tells: str, times: int = 3) -> list[tuple[str, str]]:
    return [(asks, "And how was that?"), (tells, "Cold, and nobody came.")] * times


def speakers(found: Layout | Transcript) -> list[str | None]:
    return [turn.speaker for turn in found.turns]


@pytest.mark.parametrize("way", [COLON, OTTER, WORD, STAMPED, CUE])
@pytest.mark.parametrize(
    ("asks", "tells"),
    [("May Owen", "Will Stone"), ("Will", "Rana"), ("Will", "May"), ("Rana", "June Said")],
)
def test_layout_surname_and_questions_prove_a_name(
    reading: Reading, way: str, asks: str, tells: str
) -> None:
    text = written(way, *exchange(asks, tells))
    found = reading("a.vtt", f"WEBVTT\n\n{text}") if way is CUE else reading("a.txt", text)
    assert said(found) == exchange(asks, tells)
    check_layout(found.text, found)


@pytest.mark.parametrize("once", ["Will", "Nia Rees"])
@pytest.mark.parametrize("way", [OTTER, WORD])
def test_a_voice_heard_once_leaves_the_others_theirs(way: str, once: str) -> None:
    turns = [*exchange("Speaker 1", "Speaker 2", 2), (once, "Can I say something?")]
    found = find_turns(written(way, *turns, ("Speaker 1", "Go on.")))
    assert speakers(found) == ["Speaker 1", "Speaker 2"] * 2 + [once, "Speaker 1"]


def test_captions_that_all_begin_with_a_label_name_whoever_it_is(reading: Reading) -> None:
    turns = [
        *exchange("Ann", "Will", 4),
        ("May", "Oh."),
        ("Ann", "Yes?"),
        ("Project Office", "No."),
    ]
    found = reading("a.vtt", "WEBVTT\n\n" + written(CUE, *turns))
    assert speakers(found) == ["Ann", "Will"] * 4 + ["May", "Ann", None]
    assert found.text.endswith("\n\nProject Office: No.")
    assert "“Project Office”" in found.notes[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (written(COLON, *exchange("Int", "Ann"), ("Will", "No."), ("Ann", "Oh.")), "Will"),
        (written(COLON, *exchange("Mary", "Kestrel"), ("Mary", "A kestrel?")), "Kestrel"),
        (written(OTTER, *exchange("Ann", "Ben"), ("Saturday Okoro", "No.")), "Saturday Okoro"),
        (written(WORD, *exchange("Ann", "Ben", 5), ("Saturday Okoro", "No.")), "Saturday Okoro"),
    ],
)
def test_what_follows_a_doubtful_label_is_nobodys(text: str, name: str) -> None:
    found = find_turns(text)
    check_layout(text, found)
    doubted = [words for who, words in said(found, text) if who is None]
    assert doubted
    assert all(words.startswith(name) for words in doubted)
    assert any(f"“{name}”" in note for note in found.notes)
    said_otherwise = find_turns(text, corrections=Corrections(speakers=(name,)))
    assert name in speakers(said_otherwise)
    assert None not in speakers(said_otherwise)


@pytest.mark.parametrize(
    ("way", "times"), [(COLON, 1), ("{name}\n{words}\n\n", 2), ("{name} - {words}\n\n", 2)]
)
def test_naming_one_speaker_gives_them_no_words_of_another(way: str, times: int) -> None:
    text = written(way, *[("Will", "It was cold."), ("Rana", "It was not.")] * times)
    found = find_turns(text, corrections=Corrections(speakers=("Will",)), alone=True)
    assert speakers(found) == ["Will", None] * times


def test_names_after_times_are_heard_when_a_person_says_so() -> None:
    text = written(WORD, ("Kitchen", "It is cold."), ("Nia Rees", "Is it?"), ("Hall", "Warm."))
    assert not find_turns(text).speakers
    found = find_turns(text, corrections=Corrections(speakers=("Nia Rees",)))
    assert said(found, text) == [("Nia Rees", "Is it?"), (None, "Hall\nWarm.")]


def test_asides_within_a_turn_stay_in_it() -> None:
    turns = [*exchange("INT", "ROSA"), ("P.S.", "BRING A COAT"), *exchange("INT", "ROSA")]
    assert set(speakers(find_turns(written("{name}: {words}\n", *turns)))) == {"INT", "ROSA"}


@pytest.mark.parametrize("date", ["[12/03/2024, 10:{at}:22]", "12.03.24, 10:{at} -"])
def test_messages_of_a_chat_are_those_of_whoever_wrote_them(date: str) -> None:
    turns = [("Nia", "Are you\nhere?"), ("Will", "Yes."), ("+44 7700 900123", "Note: late.")] * 2
    notice = date.format(at=50) + " Will left the group\n"
    text = written(f"{date} {{name}}: {{words}}\n", *turns) + notice
    found = find_turns(text)
    check_layout(text, found)
    assert said(found, text) == [*turns, (None, "Will left the group")]
    assert all(turn.time is None for turn in found.turns)
