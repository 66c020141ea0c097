"""What may tell who somebody is, found by form or by a capital letter inside a sentence."""

from __future__ import annotations

import pytest

from commonplace.domain.identifiers import certain_names, identifiers


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            "ring 07700 900123 or +44 (0)161 496 0000",
            ["phone 07700 900123", "phone +44 (0)161 496 0000"],
        ),
        ("it is sue.b@mail.example.org there", ["email sue.b@mail.example.org"]),
        ("at LL11 1AB now", ["postcode LL11 1AB"]),
        ("I was born on 12/03/1962.", ["date of birth 12/03/1962"]),
        ("my DOB: 3rd March 1962", ["date of birth 3rd March 1962"]),
        ("my NHS number is 943 476 5919", ["number 943 476 5919"]),
        ("it is QQ 12 34 56 C or AB 12 34 56 C", ["number AB 12 34 56 C"]),
        ("my NHS, it is 943 476 5919", ["number 943 476 5919"]),
        ("on 0044 7700 900123 or 07700900123", ["phone 0044 7700 900123", "phone 07700900123"]),
        (
            "at ll11 2ab, or ll112ab, not a1 3rd or b2 4th",
            ["postcode ll11 2ab", "postcode ll112ab"],
        ),
        (
            "see https://www.facebook.com/sue.b.1971, x.com/sueb or @sue_b. (nhs.uk/x)",
            ["profile https://www.facebook.com/sue.b.1971", "profile x.com/sueb", "profile @sue_b"],
        ),
        ("back in 1962 there were 120 of us at 10:30", []),
        ("I told Sue Brown's dog", ["name Sue Brown"]),
        ("I live in Wrexham, near High Street", ["place Wrexham", "place High Street"]),
        ("Mrs Jones came", ["person Jones"]),
        ("Dr. Okafor and Mrs. Byrne-Hall", ["person Okafor", "person Byrne-Hall"]),
        ("Ask the Dr. Then Mr. and Mrs. Ames, Sir. Yes.", ["person Ames"]),
        ("That's Emrys, I said", ["name Emrys"]),
        ("The bus. Then it went. Can I go? NHS, BBC, on Mondays", []),
        ("Damp came. Nothing else.", []),
    ],
)
def test_identifiers_are_found_and_nothing_else(said: str, found: list[str]) -> None:
    assert [
        f"{each.kind} {said[each.span.start : each.span.end]}" for each in identifiers(said)
    ] == found


def test_where_a_sentence_begins_only_known_names_are_names() -> None:
    assert list(identifiers("Sue came in.")) == []
    known = certain_names("I said to Sue.")
    assert [each.span.end for each in identifiers("Sue came in.", known)] == [3]
