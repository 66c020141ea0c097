"""Survey figures, read from a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.readers.errors import ReadError
from commonplace.readers.survey import read_survey

HEAD = "theme,statement,figure,base,comparator,comparator_figure,source\n"


def read(tmp_path: Path, text: str):
    file = tmp_path / "survey.csv"
    file.write_text(text, encoding="utf-8")
    return read_survey(file)


def test_figures_are_per_cent_with_or_without_the_sign(tmp_path: Path) -> None:
    text = HEAD + 'Housing,Warm enough,"61,5 %",n = 1 204,England,70,Made up\n'
    (found,) = read(tmp_path, text)
    assert (found.theme, found.figure, found.base) == ("Housing", 0.615, 1204)
    assert (found.comparator, found.comparator_figure, found.source) == ("England", 0.7, "Made up")
    (bare,) = read(tmp_path, "theme,statement,figure\nHousing,Warm enough,61\n")
    assert (bare.figure, bare.base, bare.comparator_figure) == (0.61, None, None)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Housing,Warm,161,,,,", "line 2: 'figure' is '161'"),
        ("Housing,Warm,many,,,,", "'figure' is 'many'"),
        ("Housing,Warm,61,0,,,", "'base' is '0'"),
        ("Housing,Warm,61,12.5,,,", "'base' is '12.5'"),
        ("Housing,Warm,61,,England,,", "go together"),
        (",Warm,61,,,,", "'theme' is not filled in"),
    ],
)
def test_what_is_no_figure_is_refused_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read(tmp_path, HEAD + row + "\n")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no column 'statement'"):
        read(tmp_path, "theme,figure\nHousing,61\n")
