"""JSON: texts exactly as they are, as a stream."""

from __future__ import annotations

import io
import json

from hypothesis import given

from commonplace.exports.json_table import write
from tests.exports.tables import AWKWARD, rows, table


def written(*given_rows: tuple) -> str:
    stream = io.StringIO(newline="")
    write(table(*given_rows), stream)
    return stream.getvalue()


@given(rows())
def test_every_cell_comes_back_exactly(given_rows: list[tuple]) -> None:
    names = table(*given_rows).header
    found = json.loads(written(*given_rows))
    assert found == [dict(zip(names, row, strict=True)) for row in given_rows]
    for record, row in zip(found, given_rows, strict=True):
        assert [type(value) for value in record.values()] == [type(cell) for cell in row]


def test_a_table_without_rows_is_an_empty_list() -> None:
    assert written() == "[]\n"


def test_a_golden_file() -> None:
    assert written((AWKWARD[0], 1, None), ("é\x1b\n", -0.5, True)) == (
        "[\n"
        '{"c0": "=1+1", "c1": 1, "c2": null},\n'
        '{"c0": "é\\u001b\\n", "c1": -0.5, "c2": true}\n'
        "]\n"
    )
