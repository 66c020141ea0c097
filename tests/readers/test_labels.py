"""Speakers found by their labels, and colons that are no labels."""

from __future__ import annotations

import pytest

from commonplace.domain.span import Span
from commonplace.readers import find_turns
from tests.readers.show import interviewers, said


def turns(text: str, **options: object) -> list[tuple[str | None, str]]:
    return said(find_turns(text, **options), text)


@pytest.mark.parametrize(
    ("asks", "tells", "first", "second"),
    [
        ("Interviewer: ", "Mary: ", "Interviewer", "Mary"),
        ("INTERVIEWER: ", "MRS. O'NEIL: ", "INTERVIEWER", "MRS. O'NEIL"),
        ("Int:", "P07 (practitioner): ", "Int", "P07"),
        ("I: ", "R: ", "I", "R"),
        ("Q: ", "A: ", "Q", "A"),
        ("**Q:** ", "**A:** ", "Q", "A"),
        ("**Interviewer**: ", "**Mary Ann**: ", "Interviewer", "Mary Ann"),
        ("*Moderator:* ", "_Female participant 1_: ", "Moderator", "Female participant 1"),
        ("[Gwen] ", "[Kayleigh] ", "Gwen", "Kayleigh"),
        ("[Gwen]: ", "[Kayleigh]\n", "Gwen", "Kayleigh"),
        ("SPEAKER_00: ", "SPEAKER_01: ", "SPEAKER_00", "SPEAKER_01"),
        ("Researcher 1: ", "Siân ap Rhys: ", "Researcher 1", "Siân ap Rhys"),
        ("- Interviewer: ", "- Mary: ", "Interviewer", "Mary"),
        ("> **Q:** ", "> **A:** ", "Q", "A"),
        ("[00:01:23] Interviewer: ", "00:01:25.4 Mary: ", "Interviewer", "Mary"),
        ("Interviewer (00:12): ", "Mary [00:01:23]: ", "Interviewer", "Mary"),
        ("Interviewer: [00:12] ", "Mary: (0:13) ", "Interviewer", "Mary"),
        ("1.05\tInt: ", "1.10\tMary: ", "Int", "Mary"),
        ("Hannah  00:13\n", "Stanley  1:00:21\n", "Hannah", "Stanley"),
        ("**Hannah**   0:03\n", "**Stan Lee**   0:05\n", "Hannah", "Stan Lee"),
        ("[Ann Lee] 10:20:30\n", "[Ben] 10:20:35\n", "Ann Lee", "Ben"),
        ("Speaker 1 (00:01):\n", "Speaker 2 (00:05):\n", "Speaker 1", "Speaker 2"),
        ("[00:00:01.00] - Ann Lee\n", "[00:00:05.00] - Ben\n", "Ann Lee", "Ben"),
        ("采访者：", "受访者：", "采访者", "受访者"),
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_layouts_of_labels(asks: str, tells: str, first: str, second: str, gap: str) -> None:
    exchange = [
        (asks, "How is the flat?"),
        (tells, "Damp. I said to him: mend it."),
        (asks, "And did he?"),
        (tells, "No."),
    ]
    text = gap.join(label + words for label, words in exchange)
    names = [first, second, first, second]
    assert turns(text) == [(n, words) for n, (_, words) in zip(names, exchange, strict=True)]


def test_a_turn_knows_where_its_parts_stand() -> None:
    text = "Tape one\n\n[00:01:23] P07 (practitioner): Well,\nit was damp.\n\nInt: Oh?\n"
    turn = find_turns(text).turns[0]
    assert text[turn.start : turn.end].startswith("[00:01:23] P07")
    assert turn.stamp == Span(10, 20)
    assert turn.time == 83.0
    assert turn.label is not None
    assert text[turn.label.start : turn.label.end] == "P07 (practitioner):"
    assert text[turn.speech_start : turn.end] == "Well,\nit was damp."


def test_a_turn_runs_over_paragraphs_to_the_next_label() -> None:
    text = "Int: So?\n\nMary: It was damp.\n\nThen: nothing.\n\nOne thing: it stank.\n\nInt: Oh."
    assert turns(text) == [
        ("Int", "So?"),
        ("Mary", "It was damp.\n\nThen: nothing.\n\nOne thing: it stank."),
        ("Int", "Oh."),
    ]


@pytest.mark.parametrize(
    "aside",
    [
        "Note: the tape was off for a while.",
        "NB: a dog barks.",
        "Time: 10:30",
        "https://example.org/a: it says so there.",
        "I said to him: mend it.",
        "Anyway: he never came.",
        "My point: nobody listens.",
        "10:30 was when he came.",
        "Monday 10:30",
        "C:\\letters\\agent.txt",
        "[laughs] He never came.",
        "[Town] is nice, they say.",
    ],
)
def test_asides_are_no_speakers(aside: str) -> None:
    text = f"Int: So?\n\nMary: It was damp.\n\n{aside}\n\nInt: Oh?\n\nMary: Yes.\n\n{aside}"
    assert [speaker for speaker, _ in turns(text)] == ["Int", "Mary", "Int", "Mary"]


def test_a_label_broken_over_a_line_by_chance_is_none() -> None:
    text = (
        "Interviewer: What did you do about it when you had heard from them?\n"
        "Mary: I told them once and then again that it could never have been\n"
        "Tom: that was what hurt me, because he was away the whole of the day\n"
        "and they knew it.\n"
        "Interviewer: And then?\nMary: I wrote it down.\n"
    )
    assert [speaker for speaker, _ in turns(text)] == ["Interviewer", "Mary"] * 2


def test_somebody_who_speaks_once_is_believed_where_all_paragraphs_have_labels() -> None:
    text = "Int: How was it?\n\nP1: Fine.\n\nHusband: Not so.\n\nP1: Well.\n\nTom: No!\n\nInt: Oh."
    assert [speaker for speaker, _ in turns(text)] == ["Int", "P1", "Husband", "P1", "Tom", "Int"]


@pytest.mark.parametrize(
    "text",
    [
        "It was damp.\n\nRemember: it was 1950.\n\nThen we moved.",
        "Housing: damp, and nobody came.\n\nTransport: the bus is gone.\n\nJobs: none left.",
        "Shopping list\n\nMilk: two\n\nA walk in the park, that was it.\n\nBread: one",
        "We met at 10:30\n\nand then we walked.",
    ],
)
def test_prose_with_colons_has_no_speakers(text: str) -> None:
    assert find_turns(text).speakers == ()


@pytest.mark.parametrize(
    "text",
    [
        "Damp: the walls are wet.\n\nRent: too high.\n\nDamp: again.\n\nRent: up.",
        "Kestrel: a bird.\n\nOtter: eats fish.\n\nKestrel: an otter met a kestrel.",
        "Main issue: rent.\n\nSolution: none.\n\nMain issue: work.\n\nSolution: none.",
    ],
)
def test_a_word_that_comes_back_is_no_name(text: str) -> None:
    assert find_turns(text).speakers == ()


def test_a_common_word_is_a_name_where_it_answers_an_interviewer() -> None:
    text = "Int: Is your name rosa?\n\nRosa: It is.\n\nInt: And his?\n\nRosa: Grace is a she."
    assert [speaker for speaker, _ in turns(text)] == ["Int", "Rosa"] * 2


@pytest.mark.parametrize("name", ["Will", "MAY", "June Fenn", "Mark", "Hope", "Frank"])
@pytest.mark.parametrize("written", ["{}: {}\n\n", "{}\n{}\n\n", "{}\t{}\n", "{}  00:05\n{}\n\n"])
def test_a_name_that_is_a_word_as_well_answers_an_interviewer(name: str, written: str) -> None:
    said = [
        ("Interviewer", "Where did you go to?"), (name, "We will mark what may hope to be frank."),
        ("Interviewer", "And why did you go there?"), (name, "To see June."),
    ]  # fmt: skip
    assert turns("".join(written.format(*each) for each in said), alone=True) == said


def test_names_that_are_words_take_turns_in_a_group() -> None:
    who = ["Sue", "May", "Will", "Sue", "May", "Sue", "Will"] * 2
    text = "\n\n".join(f"{name}: I did not think so." for name in who)
    assert [speaker for speaker, _ in turns(text)] == who


@pytest.mark.parametrize(
    "text",
    [
        "May: it was dry.\n\nJune: it rained.\n\n" * 4,
        "May: it was dry.\n\nWill: it rained.\n\n" * 4,
        "Int: And the year?\n\nSue: Dry.\n\nMay: wet.\n\nJune: dry.\n\n" * 4,
        "Int: When?\n\nSue: In spring.\n\nMay: that was it.\n\n" * 2,
        "Will: a paper.\n\nProbate: what a court does.\n\n" * 2,
        "Sue: Well.\n\nWill you: that is all.\n\n" * 4,
        "Sue: Well.\n\nMay 2019: a note.\n\n" * 4,
    ],
)
def test_months_and_words_that_open_sentences_are_no_names(text: str) -> None:
    assert {speaker for speaker, _ in turns(text)} <= {"Int", "Sue", None}


@pytest.mark.parametrize(
    "aside", ["Thought: why not.", "Question: did he come?", "Answer: he did."]
)
def test_a_common_word_among_labels_is_no_speaker(aside: str) -> None:
    asked = "Mary: So?\n\nP1: It was damp.\n\n"
    for text in (f"{asked}{aside}\n\n{asked}", f"{asked}{aside}\n\n{asked}{aside}\n\n{asked}"):
        assert {speaker for speaker, _ in turns(text)} == {"Mary", "P1"}


def test_question_is_the_interviewer_where_somebody_answers_each_time() -> None:
    text = "Question: So?\n\n{0}: Damp.\n\nQuestion: Oh?\n\n{0}: Yes."
    for answers in ("Answer", "Mary"):
        found = find_turns(text.format(answers))
        assert [turn.speaker for turn in found.turns] == ["Question", answers] * 2
        assert interviewers(found) == ["Question"]


def test_a_few_labels_far_down_a_long_text_are_chance() -> None:
    paragraphs = [f"It was like that in the year {year}, and nobody came." for year in range(60)]
    paragraphs[30] = "Participant: that is what they called me."
    paragraphs[50] = "Mother: she had the last word."
    assert find_turns("\n\n".join(paragraphs)).speakers == ()


def test_paragraphs_that_open_with_a_colon_are_speech_where_names_stand_above() -> None:
    text = "Ann  00:03\nOkay: here we go.\n\nBen  00:05\nPoint: it is damp.\n\nAnn  00:09\nOh."
    assert [speaker for speaker, _ in turns(text)] == ["Ann", "Ben", "Ann"]


def test_a_time_alone_where_names_stand_above_is_a_turn_of_nobody_named() -> None:
    text = "Ann  00:03\nHello.\n\n00:05\nWho is it?\n\nAnn  00:09\nMe."
    found = find_turns(text)
    assert said(found, text) == [("Ann", "Hello."), (None, "Who is it?"), ("Ann", "Me.")]
    assert found.turns[1].time == 5.0
    assert "1 turn" in found.notes[0]


def test_a_time_alone_among_labels_is_a_cue() -> None:
    text = "Int: So?\n\nMary: It was damp.\n\n[00:05:00]\n\nAnd cold.\n\nInt: Oh?\n\nMary: Yes."
    found = find_turns(text)
    assert [turn.speaker for turn in found.turns] == ["Int", "Mary", "Int", "Mary"]
    assert found.cues == ((text.index("[00:05"), 300.0),)


def test_ends_of_tapes_are_in_no_turn() -> None:
    text = "Int: So?\n\nMary: Damp.\n\nEND OF SIDE A\n\nAnd cold.\n\nInt: Oh?\n\n[End of tape]"
    found = find_turns(text)
    assert said(found, text) == [("Int", "So?"), ("Mary", "Damp."), ("Mary", "And cold."),
                                 ("Int", "Oh?")]  # fmt: skip
    assert [text[s.start : s.end] for s in found.outside] == ["END OF SIDE A", "[End of tape]"]


def test_spellings_of_a_label_are_one_speaker() -> None:
    text = "INT: So?\n\nMary: Damp.\n\nInt: And?\n\nmary: Cold."
    assert [speaker for speaker, _ in turns(text)] == ["INT", "Mary", "INT", "Mary"]


def test_a_label_without_words_is_a_turn_in_which_nothing_is_said() -> None:
    text = "Int: So?\n\nMary:\n\nInt: Oh?\n\nMary: Yes."
    found = find_turns(text)
    assert said(found, text)[1] == ("Mary", "")
    assert found.turns[1].speech is None


def test_the_role_in_brackets_is_an_attribute_and_stage_directions_are_not() -> None:
    text = "P07 (practitioner): Yes.\n\nInt: So?\n\nP07 (laughing): No.\n\nInt (whispering): Oh."
    found = find_turns(text)
    assert {s.label: dict(s.attributes) for s in found.speakers} == {
        "P07": {"role": "practitioner"},
        "Int": {},
    }


def test_nobody_is_looked_for_when_told_not_to() -> None:
    text = "Q: How?\n\nA: Damp."
    assert turns(text, speakers="none") == [(None, "Q: How?"), (None, "A: Damp.")]


def test_alternation_is_not_guessed_where_there_are_labels() -> None:
    text = "Q: How?\n\nA: Damp.\n\nQ: Oh?\n\nA: Yes."
    assert find_turns(text, speakers="alternate") == find_turns(text)


def test_without_labels_auto_names_nobody_and_says_what_may_be_tried() -> None:
    text = "\n\n".join(["How is it?", "Damp.", "Since when?", "Since May."])
    found = find_turns(text)
    assert [speaker for speaker, _ in said(found, text)] == [None] * 4
    assert "--speakers alternate" in found.notes[0]


def test_a_notice_of_two_lines_is_text_of_nobody_named() -> None:
    text = "\nX07_removed\n\nThis transcript was left out because X07 withdrew. \n"
    found = find_turns(text)
    assert said(found, text) == [(None, "This transcript was left out because X07 withdrew.")]
    assert interviewers(found) == []


def test_answers_without_a_label_are_not_the_interviewers() -> None:
    text = "Interviewer: So?\n\nIt was damp.\n\nAnd cold.\n\nInterviewer: Oh?\n\nYes, it was.\n"
    expected = ["Interviewer", None, "Interviewer", None]
    assert [speaker for speaker, _ in turns(text)] == expected
    found = find_turns(text, speakers="alternate")
    assert said(found, text)[1] == ("Participant", "It was damp.\n\nAnd cold.")
    assert interviewers(found) == ["Interviewer"]
    assert "only questions have a label" in found.notes[0]


def test_a_time_that_is_spoken_right_after_a_label_stays_with_the_words() -> None:
    text = "Sue: Late.\n\nInt: When?\n\nSue: 10:30 was the last bus.\n\nInt: (00:12) Oh?\n"
    assert turns(text) == [
        ("Sue", "Late."), ("Int", "When?"), ("Sue", "10:30 was the last bus."), ("Int", "Oh?"),
    ]  # fmt: skip


def test_a_time_after_nearly_every_label_is_one_of_the_recording() -> None:
    text = "Int: 00:12 When?\n\nSue: 00:15 Late.\n\nInt: 00:17 Oh?\n\nSue: Yes.\n"
    assert [said for _, said in turns(text)] == ["When?", "Late.", "Oh?", "Yes."]


def test_headings_with_a_colon_are_no_speakers() -> None:
    text = "Method: talks\n\nTwelve of them.\n\nFindings: cold\n\nMethod: more\n\nAction: none\n"
    assert {speaker for speaker, _ in turns(text)} == {None}


def test_a_colon_after_a_time_is_no_speech() -> None:
    text = "10:00: Welcome\n\n10:05: Is that all?\n\n10:10: Yes."
    found = find_turns(text)
    assert said(found, text) == [(None, "Welcome"), (None, "Is that all?"), (None, "Yes.")]
    assert [turn.time for turn in found.turns] == [600.0, 605.0, 610.0]
