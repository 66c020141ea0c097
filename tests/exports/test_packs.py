"""Rows by value: in order, whether they fit in memory or wait in a file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.exports import packs, replacing


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.sampled_from(["b", "A", "a/x", "a", ""]), st.integers()), max_size=30),
    st.integers(1, 10),
)
def test_rows_keep_their_order_within_a_value(rows: list[tuple[str, int]], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packs, "AT_ONCE", at_once)
        with packs.Packs(rows, 0, io.StringIO()) as found:
            assert set(found.names()) == {name for name, _ in rows}
            for name in found.names():
                assert list(found.rows(name)) == [row for row in rows if row[0] == name]


def test_a_code_comes_right_before_those_below_it() -> None:
    paths = ["housing/Rent", "Transport", "Housing", "Housing-led", "A\\/Z", "A/B"]
    with packs.Packs([(path,) for path in paths], 0, io.StringIO()) as found:
        assert found.names() == [
            "A/B", "A\\/Z", "Housing", "housing/Rent", "Housing-led", "Transport",
        ]  # fmt: skip


def test_what_waits_lies_beside_the_file_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path | None] = []
    made = packs.TemporaryFile
    monkeypatch.setattr(packs, "TemporaryFile", lambda dir: asked.append(dir) or made(dir=dir))
    rows = [("a",)] * (packs.AT_ONCE + 1)
    with replacing(tmp_path / "t.md") as stream, packs.Packs(rows, 0, stream) as found:
        assert list(found.rows("a")) == rows
        assert len(list(tmp_path.iterdir())) == 1
    assert asked == [tmp_path]
