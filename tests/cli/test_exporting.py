"""Every table to every kind of file, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from commonplace.exports import FORMATS
from commonplace.exports.packs import INSIDE
from tests.cli.conftest import Commonplace


@pytest.mark.parametrize("ending", FORMATS)
def test_quotes_and_themes_go_to_any_kind_of_file(
    commonplace: Commonplace, demo: Path, tmp_path: Path, ending: str
) -> None:
    for command in ("quotes", "themes"):
        file = tmp_path / f"{command}{ending}"
        assert commonplace(command, demo, "-o", file).code == 0
        first = file.read_bytes()
        assert commonplace(command, demo, "-o", file).code == 0
        assert file.read_bytes() == first


def test_the_sheet_about_says_what_was_counted_and_when(
    commonplace: Commonplace, demo: Path, tmp_path: Path
) -> None:
    file = tmp_path / "themes.xlsx"
    assert commonplace("themes", demo, "--code", "Housing", "-o", file).code == 0
    told = [row[0] for row in load_workbook(file)["About"].iter_rows(values_only=True) if row[0]]
    for said in ("Filters: code Housing.", "Coded by ", "Codebook ", "Project as of 20"):
        assert any(line.startswith(said) for line in told), said
    assert any("transcripts are marked done" in line for line in told)


def test_frequencies_lead_to_as_many_quotes_as_they_count(
    commonplace: Commonplace, demo: Path, tmp_path: Path
) -> None:
    file = tmp_path / "themes.xlsx"
    assert commonplace("themes", demo, "--with-quotes", "-o", file).code == 0
    book = load_workbook(file)
    heads = [cell.value for cell in book["Quotes"][1]]
    passage = [heads.index(name) for name in ("document", "start", "end")]
    for row in book["Themes"].iter_rows(min_row=2):
        count, link = row[2].value, row[2].hyperlink
        if not count:
            assert link is None
            continue
        _, cells = link.location.split("!")
        assert row[2].hyperlink.tooltip.endswith("that may leave")
        led = {tuple(cells[p].value for p in passage) for cells in _rows(book["Quotes"], cells)}
        assert len(led) == count
    assert INSIDE in [row[0] for row in book["About"].iter_rows(values_only=True)]


def _rows(sheet, block: str) -> list:
    first, last = (int(cell[1:]) for cell in block.split(":"))
    return list(sheet.iter_rows(min_row=first, max_row=last))


def test_a_sheet_for_each_theme(commonplace: Commonplace, demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "quotes.xlsx"
    assert commonplace("quotes", demo, "--sheet-per-theme", "-o", file).code == 0
    book = load_workbook(file)
    themes = list(book["Themes"].iter_rows(min_row=2, values_only=True))
    assert len(book.sheetnames) == len(themes) + 2
    assert [book[name].max_row - 1 for name in book.sheetnames[1:-1]] == [n for _, n in themes]


@pytest.mark.parametrize(
    "words",
    [
        ("quotes", "--sheet-per-theme"),
        ("quotes", "--sheet-per-theme", "-o", "q.csv"),
        ("themes", "--with-quotes"),
        ("themes", "--with-quotes", "-o", "t.docx"),
        ("themes", "--with-quotes", "--by", "nation", "-o", "t.xlsx"),
        ("themes", "--with-quotes", "--bom", "-o", "t.xlsx"),
    ],
)
def test_options_of_a_format_are_refused_elsewhere(
    commonplace: Commonplace, demo: Path, words: tuple[str, ...]
) -> None:
    command, *options = words
    said = commonplace(command, demo, *options)
    assert said.code == 2 and f"--{'sheet' if command == 'quotes' else 'with'}-" in said.err
