"""Where coded words stand in a corrected text, and when that is not sure enough to say."""

from __future__ import annotations

import pytest

from commonplace.domain.anchor import Anchor
from commonplace.domain.placing import Outcome, place
from commonplace.domain.rewording import Rewording
from commonplace.domain.span import Span
from tests.make import find

OLD = (
    "Q: How is teh flat?\n\n"
    "P1: I recieve no letters. Bill came by. Yes. The rent went up again and again.\n\n"
    "Q: And the bus?\n\n"
    "P1: Yes. It goes twice a day now."
)
NEW = (
    "Q: How is the flat?\n\n"
    "P1: Well, I receive no letters. [name] came by. Yes. The rents went up again.\n\n"
    "Q: And the bus?\n\n"
    "P1: It goes twice a day now."
)


@pytest.mark.parametrize(
    ("words", "outcome", "now"),
    [
        ("How is", Outcome.UNMOVED, "How is"),
        ("teh flat", Outcome.CHANGED, "the flat"),
        ("I recieve no letters.", Outcome.CHANGED, "I receive no letters."),
        ("Bill", Outcome.CHANGED, "[name]"),
        ("came by. Yes.", Outcome.MOVED, "came by. Yes."),
        ("The rent went up again and again.", Outcome.CHANGED, "The rents went up again."),
        ("again and", Outcome.CHANGED, "again"),
        ("twice a day now.", Outcome.MOVED, "twice a day now."),
    ],
)
def test_words_are_followed(words: str, outcome: Outcome, now: str) -> None:
    found = place(Rewording(OLD, NEW), find(OLD, words))
    assert found.outcome is outcome
    assert found.span is not None
    assert NEW[found.span.start : found.span.end] == now


def test_a_brief_answer_that_was_taken_out_is_not_taken_for_another() -> None:
    start = OLD.rindex("Yes.")
    found = place(Rewording(OLD, NEW), Span(start, start + 4))
    assert (found.outcome, found.span) == (Outcome.UNPLACED, None)
    assert found.reason == "its words are gone"


def test_a_paragraph_that_went_elsewhere_is_found_there() -> None:
    paragraphs = [f"P{n}: topic {n} is about {n * 7} things, x{n}." for n in range(8)]
    moved = [*paragraphs[:2], *paragraphs[3:], paragraphs[2]]
    old, new = "\n\n".join(paragraphs), "\n\n".join(moved)
    found = place(Rewording(old, new), find(old, "topic 2 is about"))
    assert found.outcome is Outcome.MOVED
    assert found.span == find(new, "topic 2 is about")


def test_words_replaced_by_quite_other_words_are_not_placed() -> None:
    old = "P1: The landlord never came to look at the mould, not once in all that time. So."
    new = "P1: We are very glad of what everybody did for us here, honestly we are now. So."
    found = place(Rewording(old, new), find(old, "landlord never came to look at the mould"))
    assert found.outcome is Outcome.UNPLACED


def test_what_had_drifted_before_goes_by_its_words() -> None:
    text = "The rent. The damp and the cold."
    noted = Anchor("damp and the cold in every room", "", "")
    assert place(Rewording(text, text + " Yes."), Span(4, 8), noted).outcome is Outcome.UNPLACED
    new = f"{text} No, the damp and the cold in every room."
    found = place(Rewording(text, new), Span(4, 8), noted)
    assert found.span == find(new, noted.exact)


def test_edges_do_not_cut_words() -> None:
    old = "some words x4.\n\nP5: this is a paragraph"
    new = "P5: this is a paragraph"
    found = place(Rewording(old, new), find(old, "x4.\n\nP5: this is a paragraph"))
    assert found.span == Span(0, len(new))
