"""Markdown: one line a row, and text that stays text."""

from __future__ import annotations

import io
import re

from hypothesis import given

from commonplace.exports.markdown_table import escaped, write
from tests.exports.tables import AWKWARD, TEXTS, rows, table


def written(*given_rows: tuple, note: str = "") -> str:
    stream = io.StringIO(newline="")
    write(table(*given_rows, note=note), stream)
    return stream.getvalue()


@given(rows())
def test_each_row_is_one_line_with_its_cells(given_rows: list[tuple]) -> None:
    lines = written(*given_rows).split("\n")
    body = lines[4:-1]
    assert len(body) == len(given_rows)
    for text, row in zip(body, given_rows, strict=True):
        assert len(text.splitlines()) == 1
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", text)) == len(row) + 1


@given(TEXTS)
def test_markup_is_escaped_and_undoing_it_gives_the_text(text: str) -> None:
    shown = escaped(text)
    bare = re.sub(r"\\.", "", shown.replace("<br>", ""))
    assert not re.search(r"[\\`*_{}\[\]<>#|~$^&@]|://", bare)
    printable = "".join(c for c in text if c.isprintable() and c not in "\x7f")
    undone = re.sub(r"\\(.)", r"\1", shown.replace("<br>", ""))
    assert "".join(c for c in undone if c in printable) == "".join(
        c for c in printable if c in undone
    )


def test_a_golden_file() -> None:
    assert written((7, AWKWARD[6]), (-1, AWKWARD[11]), (0, AWKWARD[10]), note="Of 2 *all*.") == (
        "# Example\n\n"
        "| c0 | c1 |\n"
        "| ---: | --- |\n"
        '| 7 | say "no", please<br>or<br>yes |\n'
        "| -1 | a\\|b\\\\\\|c \\`d\\` \\<script\\>alert(1)\\</script\\> \\*\\*e\\*\\* "
        "\\[f\\](http\\://g) www\\.h.org i\\@j.org \\# k |\n"
        "| 0 | ␛\\[2J␀<br><br>\ufffd |\n"
        "\nOf 2 \\*all\\*.\n"
    )
