"""Published versions: edited quotes decided, one by one."""

from __future__ import annotations

import pytest

from commonplace.domain.published import Concern, Fault, Spoken, Why, check
from commonplace.domain.span import Span

N, H, S, J = Concern.NEGATION, Concern.HEDGE, Concern.SPEAKER, Concern.JOINED

FLAT = "Um, the flat was- it was damp, you know, and nobody came. I think they forgot about us."
BUS = "There is no bus after six. So I can't get home from work, and I lost the job."
TALK = (
    "We did it ourselves [laughs]. The, the council said, said well done. It's not, it's not easy."
)
COST = "The rent went up to £650.50, by twenty per cent. Is that fair? I had had enough, me."
TWO = "A: We had no say.\nQ: None at all?\nA: Not really. They decided.\nB: I was asked, once."

RIGHT = [
    (FLAT, FLAT, []),
    (FLAT, "the flat was […] damp […] and nobody came […]", [H]),
    (FLAT, "[…] it was damp, and nobody came. I think they forgot about us.", []),
    (FLAT, "The flat was … damp, and nobody came. I think they forgot about us", []),
    (FLAT, "The flat was ... damp, and nobody came. I think [the council] forgot about us.", []),
    (FLAT, "The flat was, it was damp and nobody came. I think they forgot about [my family].", []),
    (FLAT, "The flat was - it was damp, you know, and nobody came. […] They forgot about us.", [H]),
    (FLAT, "The flat […] was damp […]. I think they forgot about us.", [N]),
    (FLAT, "[The home] was, it was damp, and nobody came. [They] forgot about us.", [H]),
    (BUS, "“There is no bus after six. So I can’t get home from work, and I lost the job.”", []),
    (BUS, "There is no bus after six […] I can't get home from work […]", []),
    (BUS, "There is […] bus after six. So I can't get home from work, and I lost the job.", [N]),
    (BUS, "There is no bus after six. So I [can] get home from work, and I lost the job.", [N]),
    (BUS, "There is no bus after six. So I can't get home from [the hospital] […]", []),
    (BUS, "There is no bus [in our village] after six. So I can't get home from work […]", []),
    (BUS, "[No], there is no bus after six […]", [N, N]),
    (BUS, "There is no bus after six. So I can't get home from work, and I los[e] the job.", []),
    (BUS, "There is no bus after six. […] I [did] lost the job.", [N]),
    (BUS, "There is no bus after six. […] I lost the job.", [N]),
    (BUS, "(…) I can't get home from work, and I lost the job.", [N]),
    (BUS, "There is [trouble]. So I can't get home from work, and I lost [everything].", [N]),
    (FLAT, "The flat was, it was damp, and nobody came. [They forgot]", [H]),
    (TALK, "We did it ourselves. The council said well done. It's not easy.", [N]),
    (TALK, "We did it ourselves [laughs]. The council said, said well done […]", [N, N]),
    (TALK, "We did it ourselves. […] It's not, it's not easy.", []),
    (
        TALK,
        "[W]e did it ourselves. The, the council said […] well done. It's not, it's not easy.",
        [],
    ),
    (
        COST,
        "The rent went up to £650.50, by twenty per cent. Is that fair? I had had enough […]",
        [],
    ),
    (COST, "The rent went up […] by twenty per cent. Is that fair? […]", []),
    (COST, "The rent went up to £650.50, by [a fifth]. Is that fair? I had had enough, me", []),
    (TWO, "We had no say. […] They decided.", [N, N, S, J]),
    (TWO, "We had no say. None at all? Not really. They decided. I was asked, once.", [S, S, S]),
    (TWO, "We had no say. […] Not really. They decided.", [N, S, J]),
]
"""Transcript, edited quote, and the warnings that must come with it."""

WRONG = [
    (FLAT, "The flat was, it was dry, and nobody came. I think they forgot about us.", "changed"),
    (
        FLAT,
        "The flat was, it was damp, and somebody came. I think they forgot about us.",
        "changed",
    ),
    (FLAT, "The flat was damp, and nobody came. I think they forgot about us.", "unmarked"),
    (FLAT, "It was damp, and nobody came. I think they forgot about us.", "unmarked"),
    (FLAT, "The flat was, it was very damp, and nobody came. I think they forgot […]", "added"),
    (FLAT, "The flat was, it was damp, and nobody came. They forgot about us.", "unmarked"),
    (FLAT, "They forgot about us. […] The flat was, it was damp, and nobody came.", "order"),
    (
        FLAT,
        "The flat was, it was damp, and nobody came. I think they forgot about us!",
        "punctuation",
    ),
    (
        FLAT,
        "The flat was, it was damp, and nobody came. I think they forgot about us?",
        "punctuation",
    ),
    (FLAT, "The flat was, it was damp, and NOBODY came. I think they forgot about us.", "changed"),
    (FLAT, "[…]", "empty"),
    (FLAT, "Dry as a bone", "empty"),
    (
        BUS,
        "There is a bus after six. So I can't get home from work, and I lost the job.",
        "changed",
    ),
    (BUS, "There is bus after six. So I can't get home from work, and I lost the job.", "unmarked"),
    (BUS, "There is no bus after six. So I can get home from work, and I lost the job.", "changed"),
    (
        BUS,
        "There is no bus after six. So I cannot get home from work, and I lost the job.",
        "changed",
    ),
    (
        BUS,
        "There is no bus after ten. So I can't get home from work, and I lost the job.",
        "changed",
    ),
    (BUS, "There is no bus after six. So I can't get home, and I lost the job.", "unmarked"),
    (
        BUS,
        "There is no bus [ after six. So I can't get home from work, and I lost the job.",
        "bracket",
    ),
    (BUS, "There is [] bus after six. So I can't get home from work, and I […]", "bracket"),
    (BUS, "There is [..] bus after six. So I can't get home from work, and I […]", "bracket"),
    (BUS, "There is no b\u200bus after six. So I can't get home from work […]", "hidden"),
    (
        BUS,
        "There is no bus after six, so I can't get home from work, and I lost the job!",
        "punctuation",
    ),
    (BUS, "There is no bus [and more]. And I lost the job.", "unmarked"),
    (BUS, "There is […] job, and I lost the […] work", "order"),
    (TALK, "We did it ourselves. The council said well done. It's easy.", "unmarked"),
    (TALK, "They did it [them]selves […] well done […]", "changed"),
    (COST, "The rent went up to £650, by twenty per cent. Is that fair? […]", "changed"),
    (COST, "The rent went up to $650.50, by twenty per cent. Is that fair? […]", "changed"),
    (COST, "The rent went up to 650.50, by twenty per cent. Is that fair? […]", "unmarked"),
    (COST, "The rent went up […]. Is that fair. I had had enough, me.", "punctuation"),
    (COST, "The rent […] Is that fair? I had enough, me.", "unmarked"),
    (TWO, "We had a say. […] They decided.", "changed"),
    (TWO, "We had no say. They decided.", "unmarked"),
    (TWO, "Not really. They decided. I was asked, once.", "unmarked"),
    (TWO, "I was asked, once. We had no say. […]", "order"),
]
"""Transcript, edited quote, and what is wrong with it."""


def speech(text: str) -> list[Spoken]:
    """The whole text as one turn, or, where lines begin with `X: `, a turn a line."""
    if not text.startswith("A: "):
        return [Spoken(Span(0, len(text)), "A")]
    turns, start = [], 0
    for line in text.split("\n"):
        turns.append(Spoken(Span(start + 3, start + len(line)), line[0]))
        start += len(line) + 1
    return turns


@pytest.mark.parametrize(("text", "published", "warned"), RIGHT)
def test_edits_that_are_allowed_pass(text: str, published: str, warned: list) -> None:
    found = check(text, speech(text), published)
    assert found.problems == ()
    assert sorted(w.concern for w in found.warnings) == sorted(warned)


@pytest.mark.parametrize(("text", "published", "fault"), WRONG)
def test_edits_that_are_not_allowed_are_caught(text: str, published: str, fault: str) -> None:
    found = check(text, speech(text), published)
    assert not found.ok
    assert fault in {problem.fault for problem in found.problems}
    for problem in found.problems:
        assert 0 <= problem.at[0] <= problem.at[1] <= len(published)
        assert problem.span is None or problem.span.end <= len(text)


def test_there_are_fifty_of_them() -> None:
    assert len(RIGHT) + len(WRONG) >= 50


def test_what_was_dropped_is_told_by_the_reason() -> None:
    published = "The flat was damp […]. I think [the council] forgot about us."
    found = check(FLAT, speech(FLAT), "[…] " + published[4:])
    assert [(FLAT[d.span.start : d.span.end], d.why) for d in found.dropped] == [
        ("Um, the", Why.OMISSION),
        ("it was", Why.UNMARKED),
        ("you know, and nobody came", Why.OMISSION),
        ("they", Why.REPLACED),
    ]
    found = check(
        FLAT, speech(FLAT), "The flat was, it was damp […]. I think they forgot about us."
    )
    assert [(FLAT[d.span.start : d.span.end], d.why) for d in found.dropped] == [
        ("Um", Why.FILLER),
        ("you know, and nobody came", Why.OMISSION),
    ]
    for (start, end), span in found.kept:
        assert "The flat was, it was damp […]. I think they forgot about us."[
            start:end
        ].casefold() == (FLAT[span.start : span.end].casefold())


@pytest.mark.parametrize(
    ("text", "published", "ok"),
    [
        ("I like the park.", "I the park.", False),
        ("It was, like, cold.", "It was cold.", True),
        ("You know the council.", "The council.", False),
        ("Uh-uh, it was us.", "It was us.", False),
        ("th- the bus and b-bus stop", "the bus and bus stop", True),
        ("re-read it", "read it", False),
        ("He had had a job.", "He had a job.", False),
        ("It is not not true.", "It is not true.", False),
        ("I was go- I was going home.", "I was going home.", True),
        ("the bus the bus the bus came", "the bus came", True),
        ("He said, no, no, no to it.", "He said no to it.", True),
        ("They gave twenty twenty pounds.", "They gave twenty pounds.", False),
        ("The [inaudible] came.", "The came.", False),
        ("The (long pause) bus came.", "The bus came.", True),
        ("The damp (and the mould) came.", "The damp came.", False),
        ("It is -5 degrees.", "It is 5 degrees.", False),
        ("The US office", "The us office", False),
        ("Well-being matters", "Well being matters", True),
        ("Cafe\u0301 culture", "Café culture", True),
        ("They're co\u00adming", "They’re coming", True),
        ("It was happy", "It was [un]happy", True),
        ("We want it", "We want[ed] it", True),
        ("We want it", "We hat[ed] it", False),
        ("You trust them?", "You trust them", False),
        ("You trust them? I do.", "You trust them […]", False),
        ("You trust them? I do.", "You trust them […] I do.", False),
        ("You trust them? I do.", "You trust them? […]", True),
        ("He's gone home.", "He [is] gone home.", True),
        ("He's gone home.", "He [was] gone home.", False),
        ("I've seen Paul there.", "I've seen P[…] there.", True),
        ("I've seen Paul there.", "I've seen T[…] there.", False),
        ("I saw Nobody there.", "I saw N[…] there.", False),
        ("the coun… the council said no", "the council said no", True),
        ("the damp… the council said no", "the council said no", False),
        ("We came (laughs) home.", "We came (laughs) home.", True),
        ("We came (laughs) home.", "We came home (laughs).", False),
        ("We came home.", "We came (laughs) home.", False),
        ("The o\ufb03ce is shut.", "The office is shut.", True),
        ("The office is shut.", "The of\ufb01ce is shut.", True),
        ("Mmmm, ehm, uhhh, they came.", "They came.", True),
        ("Ummah came.", "Came.", False),
        *(("They came. We left.", f"They came{mark} We left.", False) for mark in "？؟‽\u037e"),
        ("They came？ We left.", "They came. We left.", False),
        ("They came؟ We left.", "They came? We left.", True),
        ("They came. We left.", "¿They came. We left.", False),
        ("They came. We left.", "They came. ¿We left.", False),
        ("¿They came? We left.", "¿They came? We left.", True),
        ("", "anything", False),
        ("anything", "", False),
    ],
)
def test_small_edits(text: str, published: str, ok: bool) -> None:
    assert check(text, speech(text) if text else [], published).ok is ok


def test_a_bracket_inside_a_word_that_turns_it_round_is_told() -> None:
    for published in ("It was [un]happy", "It was happy[less]"):
        text = "It was happy"
        assert [w.concern for w in check(text, speech(text), published).warnings] == [N]


@pytest.mark.parametrize(
    ("text", "published", "warned"),
    [
        ("They are unhappy here.", "They are [happy] here.", [N]),
        ("Nah, it's quite damp, normally.", "[…] it's […] damp […]", [N, H, H]),
        ("Few came as they're supposed to.", "[People] came as they're […]", [H, H]),
        ("They are unhappy here.", "They are [content] here.", [N]),
        ("It was illegal then.", "It was [legal] then.", [N]),
        ("It was hopeless then.", "It was [fine] then.", [N]),
        ("It was under water.", "It was [below] water.", []),
        ("We had an interview then.", "We had an [appointment] then.", []),
    ],
)
def test_a_bracket_that_takes_away_a_negative_prefix_is_told(
    text: str, published: str, warned: list
) -> None:
    found = check(text, speech(text), published)
    assert found.ok and [w.concern for w in found.warnings] == warned


def test_a_passage_that_ends_before_its_question_mark_needs_none() -> None:
    text = "You trust them?"
    assert check(text, [Spoken(Span(0, 14), "A")], "You trust them").ok
    assert not check(text, [Spoken(Span(0, 15), "A")], "You trust them").ok


def test_long_quotes_are_decided_and_longer_ones_refused() -> None:
    words = [f"w{number % 97}" for number in range(3000)]
    text = " ".join(words)
    assert check(text, speech(text), " ".join([*words[:1000], "…", *words[1500:]])).ok
    assert not check(text, speech(text), " ".join([*words[:1000], "no", *words[1500:]])).ok
    same = " ".join(["la"] * 60)
    assert check(same, speech(same), "la la la").ok
    far = "a " * 10_001
    assert check(far, speech(far), "a").problems[0].fault is Fault.LENGTH
