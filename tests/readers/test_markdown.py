"""Markdown is stored as it is; what is no speech in it is in no turn."""

from __future__ import annotations

import pytest

from tests.readers.show import interviewers, said

SPEECH = "**Q:** How *is* it?\n\n**A:** Damp.\n\nAnd [laughs] cold.\n\n**Q:** Oh?\n\n**A:** Yes.\n"


@pytest.mark.parametrize(
    "header",
    [
        "# The shed, wave 1\n\n",
        "---\ntitle: The shed\ninterviewer: Sam\n---\n\n",
        "# The shed\n\n> Note: this interview is made up.\n> All of it.\n\n---\n\n",
        "The shed\n========\n\n*This interview is made up.*\n\n<!-- checked -->\n\n",
    ],
)
def test_headings_front_matter_and_notes_are_no_speech(reading, header: str) -> None:
    found = reading("a.md", header + SPEECH)
    assert found.text == header + SPEECH
    assert found.turns[0].start == len(header)
    assert said(found) == [
        ("Q", "How *is* it?"),
        ("A", "Damp.\n\nAnd [laughs] cold."),
        ("Q", "Oh?"),
        ("A", "Yes."),
    ]
    assert interviewers(found) == ["Q"]


def test_a_heading_in_the_middle_parts_a_turn_and_keeps_the_speaker(reading) -> None:
    found = reading("a.md", "[Ann] Hello.\n\n## Later\n\nStill me.\n\n[Ben] Hi.\n\n[Ann] So?\n")
    assert said(found) == [("Ann", "Hello."), ("Ann", "Still me."), ("Ben", "Hi."), ("Ann", "So?")]


def test_speech_in_block_quotes_is_speech(reading) -> None:
    found = reading("a.md", "# One\n\n> **Q:** How?\n>\n> **A:** Damp.\n")
    assert [speaker for speaker, _ in said(found)] == ["Q", "A"]


def test_headings_are_no_speech_without_labels_either(reading) -> None:
    found = reading("a.md", "# One\n\nHow is it there?\n\nIt is damp in there.\n", speakers="none")
    assert said(found) == [(None, "How is it there?"), (None, "It is damp in there.")]


def test_a_paragraph_that_is_bold_as_a_whole_has_a_label(reading) -> None:
    found = reading("a.md", "**Interviewer: How is it?**\n\nMary: Damp.\n\n**Interviewer: Oh?**\n")
    assert said(found)[0] == ("Interviewer", "How is it?**")
