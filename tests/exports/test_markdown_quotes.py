"""Quotes in Markdown: a pack that can be read, and text that stays text."""

from __future__ import annotations

import io

import pytest

from commonplace.exports import to_stream
from tests.exports.tables import table

NAMES = ("quote_id", "code_path", "quote", "published_quote", "attribution")


def written(*rows: tuple[str, ...], note: str = "") -> str:
    stream = io.StringIO(newline="")
    to_stream(table(*rows, names=NAMES, note=note), stream, ".md")
    return stream.getvalue()


def test_a_golden_file() -> None:
    assert written(
        ("id1", "Transport", "P1: No bus.", "No bus.\nNone. […] Aye", "Resident, Wales; Not known"),
        ("id2", "Housing/Damp", "x", "<b>Damp</b>", ""),
        ("id3", "Housing", "Header", "", ""),
        ("id4", "Transport", "y", "None", "Practitioner"),
        note="4 distinct quotes.",
    ) == (
        "# Example\n\n4 distinct quotes.\n"
        "\n## Housing\n"
        "\n> \\[…\\]\n>\n> — id3\n"
        "\n## Housing/Damp\n"
        "\n> \\<b\\>Damp\\</b\\>\n>\n> — id2\n"
        "\n## Transport\n"
        "\n> No bus.<br>None. \\[…\\] Aye\n>\n> — Resident, Wales; Not known · id1\n"
        "\n> None\n>\n> — Practitioner · id4\n"
    )


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("- no", "\\- no"),
        ("--- no", "\\--- no"),
        ("+ no", "\\+ no"),
        ("=== no", "\\=== no"),
        ("1. no", "1\\. no"),
        ("12) no", "12\\) no"),
        ("12 no", "12 no"),
        ("    no", "no"),
        ("# no", "\\# no"),
        ("> no", "\\> no"),
    ],
)
def test_what_is_said_begins_nothing_but_a_sentence(said: str, shown: str) -> None:
    assert f"\n> {shown}\n>\n" in written(("id", "Housing", said, said, ""))
