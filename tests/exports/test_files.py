"""Files: whole or not at all, private, and in the format their name says."""

from __future__ import annotations

import io
import re
import stat
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from commonplace import exports
from commonplace.domain.table import Column, Row, Table
from commonplace.exports import packs
from tests.exports.tables import quotes, table


def broken() -> Table:
    def rows() -> Iterator[Row]:
        raise RuntimeError("the disk went away")
        yield

    return Table("broken", (Column("c"),), rows)


def late(failing: Table) -> Table:
    """The same table after as many good rows as are held in memory."""
    good = [("id", "Housing", "Said.", "Whose")] * (packs.AT_ONCE + 1)
    return Table(failing.name, failing.columns, lambda: chain(good, failing))


def broken_quotes() -> Table:
    return Table("broken", quotes().columns, broken().rows)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", "c0\r\né\r\n"),
        ("t.CSV", "c0\r\né\r\n"),
        ("t.json", '[\n{"c0": "é"}\n]\n'),
        ("t.md", "# Example\n\n| c0 |\n| --- |\n| é |\n"),
    ],
)
def test_the_extension_says_the_format(tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    exports.write(table(("é",)), file)
    assert file.read_bytes() == content.encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("name", ["t.ods", "t", "t.csv.gz"])
def test_an_unknown_extension_is_refused_with_those_that_are_known(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(exports.ExportError, match=r"\.csv, \.xlsx, .* or \.html"):
        exports.write(table(("x",)), tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", exports.FORMATS)
@pytest.mark.parametrize("failing", [broken, lambda: late(broken_quotes())])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, ending: str, failing: Callable[[], Table]
) -> None:
    file = tmp_path / f"t{ending}"
    file.write_text("old")
    with pytest.raises(RuntimeError):
        exports.write(failing(), file)
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("ending", exports.FORMATS)
def test_the_same_table_gives_the_same_bytes_at_any_time(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(f"id{n}", "Housing" if n % 2 else "Transport", "Said.", "Whose") for n in range(9)]
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    exports.write(quotes(*rows, note="As of then."), first)
    later = time.time() + 10**6
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        exports.write(quotes(*rows, note="As of then."), second)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert first.read_bytes() == second.read_bytes()
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert sorted(tmp_path.iterdir()) == [first, second]


def test_all_formats_have_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    rows = [(f"id{n}", ("Housing", "Transport")[n % 2], f"Said {n}.", "") for n in range(6)]
    for ending in exports.FORMATS:
        exports.write(quotes(*rows), tmp_path / f"t{ending}")
    everything = [f"id{n}" for n in range(6)]
    by_code = ["id0", "id2", "id4", "id1", "id3", "id5"]
    sheet = load_workbook(tmp_path / "t.xlsx")["Quotes"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == everything
    word = "\n".join(p.text for p in Document(str(tmp_path / "t.docx")).paragraphs)
    for text, order in (
        ((tmp_path / "t.csv").read_text(), everything),
        ((tmp_path / "t.json").read_text(), everything),
        ((tmp_path / "t.md").read_text(), by_code),
        ((tmp_path / "t.html").read_text(), by_code),
        (word, by_code),
    ):
        assert re.findall(r"\bid\d\b", text) == order


def test_the_endings_are_told_in_words() -> None:
    assert exports.endings() == ".csv, .xlsx, .json, .md, .docx or .html"
    assert exports.with_option("bom") == (".csv",)


def test_a_byte_order_mark_only_where_it_belongs(tmp_path: Path) -> None:
    exports.write(table(("x",)), tmp_path / "t.csv", bom=True)
    assert (tmp_path / "t.csv").read_bytes() == b"\xef\xbb\xbfc0\r\nx\r\n"
    exports.write(table(("x",)), tmp_path / "t.json", bom=True)
    assert (tmp_path / "t.json").read_bytes().startswith(b"[")


def test_raw_leaves_cells_as_they_are(tmp_path: Path) -> None:
    exports.write(table(("=1",)), tmp_path / "t.csv", raw=True)
    assert (tmp_path / "t.csv").read_bytes() == b"c0\r\n=1\r\n"


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "t.csv"
    link.symlink_to(tmp_path / "there" / "real.csv")
    exports.write(table(("x",)), link)
    assert link.is_symlink()
    assert (tmp_path / "there" / "real.csv").read_bytes() == b"c0\r\nx\r\n"


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(exports.ExportError, match=r"no/t\.csv cannot be written: No such file"):
        exports.write(table(("x",)), tmp_path / "no" / "t.csv")
    (tmp_path / "dir.csv").mkdir()
    with pytest.raises(exports.ExportError, match="cannot be written"):
        exports.write(table(("x",)), tmp_path / "dir.csv")


def test_a_stream_gets_the_same_as_a_file(tmp_path: Path) -> None:
    stream = io.StringIO(newline="")
    exports.to_stream(table(("x", 1)), stream, ".json")
    exports.write(table(("x", 1)), tmp_path / "t.json")
    assert stream.getvalue() == (tmp_path / "t.json").read_text()


def test_a_note_that_needs_counting_is_counted_once_and_only_for_those_who_read_it(
    tmp_path: Path,
) -> None:
    counted: list[int] = []
    given = Table("t", (Column("c"),), lambda: [("x",)], lambda: counted.append(1) or "One.")
    exports.write(given, tmp_path / "t.csv")
    assert not counted
    exports.write(given, tmp_path / "t.md")
    assert given.note == "One."
    assert counted == [1]
