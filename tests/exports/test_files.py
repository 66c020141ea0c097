"""Files: whole or not at all, private, and in the format their name says."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from commonplace import exports
from commonplace.domain.table import Column, Row, Table
from tests.exports.tables import table


def broken() -> Table:
    def rows() -> Iterator[Row]:
        yield ("one",)
        raise RuntimeError("the disk went away")

    return Table("broken", (Column("c"),), rows)


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


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("old")
    with pytest.raises(RuntimeError):
        exports.write(broken(), file)
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


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
