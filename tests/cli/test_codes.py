"""code, uncode, codings, memos, quotes: codings by script, and that the words are exact."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.project import Project
from tests.cli.conftest import Commonplace, call

AWKWARD = (
    "Int: Ça va?\r\n\r\n"
    "Rosa: 👩🏽‍🚒 came — e\u0301cole, naïve. 家賃が高い。 The “damp” 🏚️\tis back.\r\n\r\n"
    "Int: =SUM(A1)?\r\n\r\n"
    "Rosa: +44, @home, -1; no bus\u2028today. Ω\u0307\u0323 🇬🇧🏴󠁧󠁢󠁷󠁬󠁳󠁿\r\n"
)


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A project with a transcript of all that makes offsets go wrong; and its stored text."""
    folder = tmp_path_factory.mktemp("awkward")
    path, file = folder / "awkward.commonplace", folder / "P01.txt"
    file.write_bytes(AWKWARD.encode("utf-8"))
    assert call("new", path).code == 0
    assert call("import", path, file).code == 0
    with Project.open(path) as project:
        text = project.documents.text(project.documents.find("P01").id)
    assert text == AWKWARD.replace("\r\n", "\n")
    return path, text


@settings(max_examples=15)
@given(st.data())
def test_any_span_comes_back_with_exactly_its_words(
    awkward: tuple[Path, str], data: st.DataObject
) -> None:
    path, text = awkward
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    coding = call("code", path, "P01", start, end, "Housing", "--json").json[0]["coding_id"]
    try:
        (row,) = call("codings", path, "--include-interviewer", "--json").json
        assert (row["coding_id"], row["start"], row["end"]) == (coding, start, end)
        assert row["quote"] == text[start:end]
        (quote,) = call("quotes", path, "--include-interviewer", "--json").json
        assert quote["quote"] == text[start:end]
        assert text[: quote["start"]].endswith(quote["before"])
        assert text[quote["end"] :].startswith(quote["after"])
    finally:
        assert call("uncode", path, coding).code == 0


def test_several_codes_are_one_change(commonplace: Commonplace, imported: Path) -> None:
    said = commonplace("code", imported, "P01", 30, 35, "Housing", "Transport", "Housing")
    assert said.code == 0 and len(said.lines) == 2
    rows = commonplace("codings", imported, "--json").json
    assert [row["coding_id"] for row in rows] == said.lines or len(rows) == 2
    group = commonplace("history", imported, "--json").json[0]["group_id"]
    commonplace("history", imported, "--undo", group)
    assert commonplace("codings", imported, "--json").json == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["P09", 0, 4, "Housing"], "no transcript 'P09'"),
        (["P01", 0, 4, "Housng"], "did you mean 'Housing'"),
        (["P01", 0, 400000, "Housing"], "the text ends at"),
        (["P01", 0, 4, "Housing", "Nonsense"], "no code 'Nonsense'"),
    ],
)
def test_a_coding_that_cannot_be_is_refused_whole(
    commonplace: Commonplace, imported: Path, words: list[object], message: str
) -> None:
    said = commonplace("code", imported, *words)
    assert said.code == 1 and message in said.err and said.out == ""
    assert commonplace("codings", imported, "--include-interviewer", "--json").json == []


def test_the_same_coding_twice_says_so(commonplace: Commonplace, imported: Path) -> None:
    assert commonplace("code", imported, "P01", 30, 35, "Housing").code == 0
    again = commonplace("code", imported, "P01", 30, 35, "Housing")
    assert again.code == 1 and "coded 'Housing' already" in again.err
    assert commonplace("code", imported, "P01", 30, 35, "Housing", "--coder", "Tom").code == 0


def test_codings_can_be_filtered(commonplace: Commonplace, imported: Path) -> None:
    commonplace("code", imported, "P01", 30, 35, "Housing/Damp and repairs")
    commonplace("code", imported, "P01", 36, 59, "Transport", "--coder", "Tom")

    def codes(*filters: str) -> list[str]:
        said = commonplace("codings", imported, *filters, "--json")
        assert said.code == 0, said.err
        return [row["code"] for row in said.json]

    assert codes("--code", "Housing") == ["Damp and repairs"]
    assert codes("--coder", "Tom") == ["Transport"]
    assert codes("--coder", "Tom", "--coder", "Amira") == ["Damp and repairs", "Transport"]
    assert codes("--speaker", "Ken") == []
    assert codes("--origin", "suggested") == []
    assert codes("--since", "2999-01-01") == []
    assert commonplace("codings", imported, "--since", "yesterday").code == 2
    assert commonplace("codings", imported, "--coder", "Nobody").code == 1
    assert commonplace("codings", imported, "--where", "role=").code == 2


def test_uncode_needs_an_id_that_is_there(commonplace: Commonplace, imported: Path) -> None:
    said = commonplace("uncode", imported, "nonsense")
    assert said.code == 1 and "no coding 'nonsense'" in said.err


def test_no_live_formula_leaves_in_a_csv_file(
    commonplace: Commonplace, awkward: tuple[Path, str], tmp_path: Path
) -> None:
    path, text = awkward
    start = text.index("+44")
    coding = commonplace("code", path, "P01", start, start + 3, "Housing").lines[0]
    guarded, raw = tmp_path / "quotes.csv", tmp_path / "raw.csv"
    commonplace("quotes", path, "-o", guarded)
    commonplace("quotes", path, "-o", raw, "--raw", "--bom")
    commonplace("uncode", path, coding)

    def quote(file: Path) -> str:
        rows = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
        return next(iter(rows))["quote"]

    assert (quote(guarded), quote(raw)) == ("'+44", "+44")
    assert raw.read_bytes().startswith(b"\xef\xbb\xbf")


def test_memos_are_listed(commonplace: Commonplace, imported: Path) -> None:
    with Project.open(imported) as project:
        document = project.documents.find("P01").id
        project.memos.write("a lively talk", document=document)
    rows = commonplace("memos", imported, "--json").json
    assert [row["document"] for row in rows] == ["P01.txt"]
    assert "a lively talk" in str(rows[0])


def test_text_from_a_transcript_does_not_act_on_the_terminal(
    commonplace: Commonplace, study: Path, tmp_path: Path
) -> None:
    file = tmp_path / "P01.txt"
    file.write_text("Int: So?\n\nRosa: \x1b[2J\x1b]0;owned\x07 red \u202etxet.\n")
    assert commonplace("import", study, file).code == 0
    text = file.read_text()
    commonplace("code", study, "P01", text.index("Rosa") + 6, len(text) - 1, "Housing")
    for command in ("codings", "quotes", "turns", "search"):
        words = {"turns": ["P01"], "search": ["red"]}.get(command, [])
        said = commonplace(command, study, *words)
        assert said.code == 0, said.err
        assert not set("\x1b\x07\u202e") & set(said.out)
