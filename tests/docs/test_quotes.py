"""The page on quotes states the rules by which they are checked."""

from __future__ import annotations

from pathlib import Path

from commonplace.analysis.choosing import FAR, FEW, FEW_PEOPLE
from commonplace.analysis.readability import LONG, SHORT, TOO_LONG
from commonplace.domain.attribution import DEFAULT, WITHHELD
from commonplace.domain.consent import ATTRIBUTES, NO, YES
from commonplace.domain.published import LONGEST
from commonplace.domain.published.drops import LONGEST as IN_ONE_PLACE
from commonplace.domain.published.embedding import REPLACED
from commonplace.domain.published.vocabulary import ASIDES, FILLED_PAUSES

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "quotes.md"


def test_the_rules_are_on_the_page() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    fillers = page.split("**Fillers.**")[1].split("**Repetitions**")[0]
    assert set(fillers.replace("`", " ").split()) >= FILLED_PAUSES
    for aside in ASIDES:
        spoken = " ".join(aside).removeprefix("if ").removeprefix("you know what")
        assert spoken.replace("know what i mean", "know what I mean").strip() in fillers or (
            spoken.replace("i mean", "I mean").strip() in fillers
        )
    for word in (*YES, *NO, *ATTRIBUTES, DEFAULT, WITHHELD):
        assert f"`{word}`" in page, word
    assert f"up to {REPLACED} words" in page
    assert f"up to {LONGEST:,} words" in page
    assert f"repetitions of up to {IN_ONE_PLACE} words" in page
    assert f"between {SHORT} and {LONG} words" in page and f"none at {TOO_LONG}" in page
    assert f"fewer than {FEW} quotes or {FEW_PEOPLE} people" in page
    assert FAR == 0.25 and "least typical quarter" in page
