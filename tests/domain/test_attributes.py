"""What values an attribute takes, and what a slip of the pen may have meant."""

from __future__ import annotations

import pytest

from commonplace.domain.attributes import Attribute, Kind, UnfitError, doubt, guess, nearest

NATION = Attribute("nation", Kind.CHOICE, ("Wales", "Scotland", "England"), declared=True)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *((Kind.NUMBER, value) for value in ("42", "-3", "4.5", ".5", "0042")),
        *((Kind.DATE, value) for value in ("2026", "2026-03", "2026-03-31", "2024-02-29")),
        (Kind.TEXT, "whatever, 5 %"),
    ],
)
def test_what_fits_stays_as_it_is(kind: Kind, value: str) -> None:
    assert Attribute("x", kind, declared=True).fit(f" {value} ") == value


@pytest.mark.parametrize(
    ("kind", "value", "near"),
    [
        *((Kind.NUMBER, value, "") for value in ("forty", "1,200", "1e5", "nan", "٤٢x")),
        (Kind.DATE, "31/03/2026", "2026-03-31"),
        (Kind.DATE, "03/04/2026", ""),
        *((Kind.DATE, value, "") for value in ("2026-13", "2026-02-30", "last week", "26")),
    ],
)
def test_what_does_not_fit_is_refused(kind: Kind, value: str, near: str) -> None:
    with pytest.raises(UnfitError) as refused:
        Attribute("x", kind, declared=True).fit(value)
    assert refused.value.near == near
    assert value in str(refused.value)


def test_a_choice_takes_the_spelling_of_its_list() -> None:
    assert NATION.fit("wales ") == "Wales"
    with pytest.raises(UnfitError, match=r"'Walse' is none of Wales, Scotland.*did you mean Wales"):
        NATION.fit("Walse")
    with pytest.raises(UnfitError) as refused:
        NATION.fit("France")
    assert refused.value.near == ""


def test_figures_are_never_a_slip() -> None:
    assert nearest("wave 3", ["wave 1", "wave 2"]) == ""
    assert nearest("Scottland", ["Scotland"]) == "Scotland"


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"Wales": 5, "England": 4}, Kind.CHOICE),
        ({"1": 10, "2": 8}, Kind.CHOICE),
        ({"34": 1, "51": 1, "29": 2}, Kind.NUMBER),
        ({"2026-01-03": 1, "2026-02": 1}, Kind.DATE),
        ({"1984": 1, "1990": 1}, Kind.NUMBER),
        ({"likes tea": 1, "has a dog": 1}, Kind.TEXT),
        ({}, Kind.TEXT),
    ],
)
def test_a_type_is_guessed_from_the_values(values: dict[str, int], kind: Kind) -> None:
    guessed = guess("x", values)
    assert guessed.kind is kind and not guessed.declared
    assert set(guessed.choices) == (set(values) if kind is Kind.CHOICE else set())


def test_a_guess_raises_doubts_and_a_declared_type_does_not_need_to() -> None:
    counts = {"Wales": 5, "England": 6, "Walse": 1}
    guessed = guess("nation", counts)
    assert doubt(guessed, "Walse", counts) == "did you mean Wales?"
    assert doubt(guessed, "Wales", counts) == doubt(guessed, "England", counts) == ""
    assert doubt(NATION, "Walse", counts) == ""
