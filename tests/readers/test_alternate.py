"""Question and answer guessed where there are no labels, and how few keys put the rest right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commonplace.domain.transcript import Transcript
from commonplace.readers import find_turns, read
from commonplace.readers.speakers.questions import sounds_like_a_question
from tests.readers.show import check_layout, interviewers

COUNTERS = """INTERVIEW NO. 4\t\t\tDATE OF INTERVIEW: 3rd May, 1988

MRS. ADA FENN
4 MILL LANE
OTTERBY.

0.20\tMy name is Ada Fenn. I live at 4 Mill Lane, Otterby, and I was born in the lane.

0.48\tSo how long have you been in this house?

\tSixty years. My father built it with his brother, the two of them,
and they carried the stone up
1.12\tfrom the quarry on a sledge.

\tReally!

\tYes. They did.

1.40\tAnd did you go to school here in the village?

\tYou mean as a girl?

\tYes.

\tI did. It was one room and a stove. We sat in rows and the big ones minded the small ones.

END OF SIDE A

SIDE B

0.03\tWhat happened to the school?
\tThey shut it. It is a house now, somebody from away has it.

\tThat must have been sad.

\tIt was.  I cried, and I do not cry.

1.20\tWell, I think we have covered everything. Thank you very much for your time.

\tYou are welcome.

13
"""


def guessed(text: str) -> str:
    """Q and A for the turns, in order."""
    found = find_turns(text, speakers="alternate")
    check_layout(text, found)
    return "".join("Q" if turn.speaker == "Interviewer" else "A" for turn in found.turns)


def test_an_interview_with_tape_counters() -> None:
    found = find_turns(COUNTERS, speakers="alternate")
    assert guessed(COUNTERS) == "AQAQAQAQAQAQAQA"
    assert interviewers(found) == ["Interviewer"]
    assert [turn.label for turn in found.turns] == [None] * 15
    outside = [COUNTERS[span.start : span.end].split("\n", maxsplit=1)[0] for span in found.outside]
    assert outside == [
        "INTERVIEW NO. 4\t\t\tDATE OF INTERVIEW: 3rd May, 1988",
        "MRS. ADA FENN",
        "END OF SIDE A",
        "SIDE B",
        "13",
    ]
    assert "guessed" in found.notes[0]


def test_counters_are_stamps_at_a_turns_start_and_cues_inside_it() -> None:
    found = find_turns(COUNTERS, speakers="alternate")
    first = found.turns[0]
    assert (first.time, first.stamp and len(first.stamp)) == (20.0, 4)
    assert COUNTERS[first.speech_start :].startswith("My name")
    assert found.cues == ((COUNTERS.index("1.12"), 72.0),)
    assert COUNTERS[found.turns[2].start : found.turns[2].end].endswith("on a sledge.")


def test_a_line_break_after_a_question_may_begin_the_answer() -> None:
    found = find_turns(COUNTERS, speakers="alternate")
    speeches = [COUNTERS[turn.speech_start : turn.end] for turn in found.turns]
    assert "What happened to the school?" in speeches
    assert "They shut it. It is a house now, somebody from away has it." in speeches


def test_a_line_break_inside_a_question_begins_nothing() -> None:
    text = (
        "So was there a shop in the lane in those years?\n\tOr did you go to town for it?\n\n"
        "\tWe had a garden and a shed, and the hens were in it.\n\nWas it cold?\n\n\tNo.\n"
    )
    assert guessed(text) == "QAQA"


def test_a_clear_question_puts_the_order_right_again() -> None:
    text = "\n\n".join(
        [
            "How did you come here?", "By train, with my sister, in the winter of 1951.",
            "We had two bags between us and she had lost the other on the boat, so that was that.",
            "And where did you live?", "In a room over the shop.", "What was it like?", "Cold.",
        ]
    )  # fmt: skip
    assert guessed(text) == "QAAQAQA"


def test_speech_broken_off_at_the_end_of_a_tape_goes_on_after_it() -> None:
    text = (
        "Did you go there often?\n\nWell, we used to walk along the river with the dog and\n\n"
        "END OF TAPE 1\n\nthen we came home by the mill.\n\nWas it far?\n\nNo."
    )
    assert guessed(text) == "QAAQA"


def test_lines_can_be_paragraphs_where_nothing_is_blank() -> None:
    text = "\n".join(
        ["So what did you do then?", "I went home", "And was your mother there?", "She was, yes",
         "Did she say anything?", "No, she never did"]
    )  # fmt: skip
    assert guessed(text) == "QAQAQA"


def test_lines_of_a_wrapped_paragraph_are_one_paragraph() -> None:
    answer = (
        "I went home by the long way round, past the mill and the old school. There was\n"
        "nobody about. It was raining hard and I had no coat with me, so I stood under\n"
        "the trees for an hour. Then I ran.\n"
    )
    text = f"What did you do then?\n\n{answer}\nAnd was your mother there?\n\n{answer}"
    assert guessed(text) == "QAQA"


@pytest.mark.parametrize(
    "question",
    ["So when did you move?", "What was that like?", "And did you have any help?",
     "Oh, I see.", "Tell me about the school.", "Was it cold?",
     "Thank you very much for your time."],
)  # fmt: skip
def test_what_sounds_like_a_question(question: str) -> None:
    assert sounds_like_a_question(question) > 0.5


@pytest.mark.parametrize(
    "answer",
    ["Well, I never went back there.", "Yes, we did.", "No. My mother wouldn't have it.",
     "I lived there all my life and my mother before me, and we never "
     "had water in the house until after the war, when the council came and put a tap in."],
)  # fmt: skip
def test_what_sounds_like_an_answer(answer: str) -> None:
    assert sounds_like_a_question(answer) < -0.5


def keyed_files(data: Path) -> dict[str, list[tuple[int, int, str]]]:
    key = json.loads((data / "interviews" / "speakers-key.json").read_text(encoding="utf-8"))
    return {name: [tuple(each) for each in parts] for name, parts in key["files"].items()}


def right(transcript: Transcript, key: list[tuple[int, int, str]]) -> tuple[int, int]:
    """How many of the key's parts came out right, and how many there are.

    A turn is right when it begins and ends where the key says and has the right speaker; header
    and notes are when they are in no turn.
    """
    asking = {speaker.label for speaker in transcript.speakers if speaker.interviewer}
    turns = {(t.start, t.end): "Q" if t.speaker in asking else "A" for t in transcript.turns}
    good = 0
    for start, end, who in key:
        if who == "H":
            good += not any(a < end and start < b for a, b in turns)
        else:
            good += turns.get((start, end)) == who
    return good, len(key)


def presses(transcript: Transcript, key: list[tuple[int, int, str]]) -> int:
    """Key presses that put all right: one for each boundary to split or join, then `s` and `S`.

    `s` flips the speaker of a turn, `S` of this and the following up to the next one set by hand.
    Wrong runs are put right from the last to the first: one turn by `s`, more by two `S`.
    """
    asking = {speaker.label for speaker in transcript.speakers if speaker.interviewer}
    spoken = [(start, who) for start, _, who in key if who != "H"]
    starts = {turn.start for turn in transcript.turns}
    count = len(starts ^ {start for start, _ in spoken})
    state = []
    for start, _ in spoken:
        turn = next((t for t in transcript.turns if t.start <= start < t.end), None)
        state.append("Q" if turn is not None and turn.speaker in asking else "A")
    by_hand = [False] * len(state)

    def flip_from(place: int) -> None:
        state[place] = "A" if state[place] == "Q" else "Q"
        by_hand[place] = True
        for later in range(place + 1, len(state)):
            if by_hand[later]:
                break
            state[later] = "A" if state[later] == "Q" else "Q"

    wrong = [i for i, (_, who) in enumerate(spoken) if state[i] != who]
    while wrong:
        last = first = wrong[-1]
        while first - 1 in wrong:
            first -= 1
        if first == last:
            state[first], by_hand[first] = spoken[first][1], True
            count += 1
        else:
            flip_from(first)
            count += 1
            if last + 1 < len(state) and not by_hand[last + 1]:
                flip_from(last + 1)
                count += 1
        wrong = [i for i, (_, who) in enumerate(spoken) if state[i] != who]
    return count


def test_real_interviews_are_nearly_right_and_soon_put_right(shared_data: Path) -> None:
    good = total = 0
    for name, key in keyed_files(shared_data).items():
        (transcript,) = read(shared_data / "interviews" / name, speakers="alternate")
        hits, parts = right(transcript, key)
        assert hits >= 0.97 * parts, name
        assert presses(transcript, key) <= 10, name
        good, total = good + hits, total + parts
    assert good >= 0.98 * total


def test_all_real_interviews_are_read_with_both_speakers(shared_data: Path) -> None:
    for path in sorted((shared_data / "interviews").glob("*.txt")):
        (transcript,) = read(path, speakers="alternate")
        text = path.read_bytes().decode("cp1252").replace("\r\n", "\n").replace("\r", "\n")
        assert transcript.text == text
        check_layout(text, transcript)
        asked = sum(turn.speaker == "Interviewer" for turn in transcript.turns)
        assert 0.4 < asked / len(transcript.turns) < 0.6, path.name


def test_real_interviews_name_nobody_when_left_to_labels(shared_data: Path) -> None:
    for path in sorted((shared_data / "interviews").glob("*.txt")):
        (transcript,) = read(path)
        assert transcript.speakers == (), path.name
        assert len(transcript.turns) > 100
        assert "--speakers alternate" in transcript.notes[-1]


def test_turns_of_recorded_meetings_are_mostly_right_without_their_labels(shared_data) -> None:
    """The kind of speech differs, and the rules were not made on it."""
    folder = shared_data / "exchange" / "qualcoder-interviews.qda" / "documents"
    good = total = 0
    for path in sorted(folder.glob("*transcript*.txt")):
        (labelled,) = read(path)
        asking = set(interviewers(labelled))
        speeches = [
            (" ".join(labelled.text[turn.speech_start : turn.end].split()), turn.speaker in asking)
            for turn in labelled.turns
            if turn.speaker is not None
        ]
        text = "\n\n".join(speech for speech, _ in speeches)
        found = find_turns(text, speakers="alternate")
        by_start = {turn.start: turn.speaker == "Interviewer" for turn in found.turns}
        start = 0
        for speech, asks in speeches:
            good += by_start.get(start) == asks
            total += 1
            start += len(speech) + 2
    assert good >= 0.9 * total
