"""Tables as JSON: a list of objects, one a row and one a line, texts exactly as they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TextIO

from commonplace.domain.table import Table


def write(table: Table, stream: TextIO) -> None:
    """Writes the rows one by one."""
    write_records(table.records(), stream)


def write_records(records: Iterable[Mapping[str, object]], stream: TextIO) -> None:
    """Writes objects one by one; their values may be lists and objects, too."""
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    separator = "[\n"
    for record in records:
        stream.write(separator + encode(record))
        separator = ",\n"
    stream.write("[]\n" if separator == "[\n" else "\n]\n")
