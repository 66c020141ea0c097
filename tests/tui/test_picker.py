"""Finding a code by a few of its letters."""

from __future__ import annotations

import pytest

from commonplace.tui.dialogs.picker import matching

PATHS = [
    (path, path)
    for path in (
        "Housing",
        "Housing/Damp and repairs",
        "Housing/Rent",
        "Transport",
        "Transport/Buses and trains",
        "Social connection/Trust",
        "Jobs/Rent arrears",
    )
]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("rent", ["Housing/Rent", "Jobs/Rent arrears"]),
        ("trust", ["Social connection/Trust"]),
        ("bus", ["Transport/Buses and trains"]),
        ("housing rent", ["Housing/Rent"]),
        ("Housing/Rent", ["Housing/Rent"]),
        ("dmp", ["Housing/Damp and repairs"]),
        ("RENT ARR", ["Jobs/Rent arrears"]),
        ("xyz", []),
    ],
)
def test_what_fits_the_letters_the_nearest_first(typed, expected):
    assert [code for code, _ in matching(PATHS, typed)] == expected


def test_without_letters_all_codes_in_order():
    assert matching(PATHS, "  ") == PATHS
