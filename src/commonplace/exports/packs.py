"""Tables of quotes as packs to read: what was said, under headings of codes."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from operator import itemgetter
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from commonplace.domain.codebook import split_path
from commonplace.domain.table import Row, Table
from commonplace.exports.files import beside

CODE = "code_path"
COLUMNS = (CODE, "published_quote", "attribution", "quote_id")
"""A table with these is a table of quotes."""

INSIDE = (
    "For work inside the team: beside attributions and published versions, tables of quotes hold "
    "speakers, transcripts, attributes and the words as they were said. Packs (.docx, .md, .html) "
    "hold what may be handed on."
)
"""Stands with a table of quotes that is no pack: see `holds_more`."""
TABLES = (".csv", ".xlsx", ".json")
"""Formats in which quotes are no pack."""

NOTHING = "[…]"
"""Stands where nobody who was asked about says anything."""

AT_ONCE = 2_000
"""Rows held before they are put aside in a file."""


class Quote(NamedTuple):
    """A quote as a report prints it."""

    said: str
    attribution: str
    id: str

    @property
    def source(self) -> str:
        """Whose words they are, and by which id they are found again."""
        return f"{self.attribution} · {self.id}" if self.attribution else self.id


def is_pack(table: Table) -> bool:
    """Whether the rows of a table are quotes."""
    return set(COLUMNS) <= set(table.header)


def holds_more(table: Table) -> bool:
    """Whether the rows are quotes with more of their sources than attributions say."""
    return is_pack(table) and "speaker" in table.header


class Packs(AbstractContextManager["Packs"]):
    """The rows of a table by the value of a text column, to be had value by value.

    Rows keep their order within a value. At most `AT_ONCE` of them are in memory: the others
    wait in a file without a name, in the folder of what is being written.
    """

    def __init__(self, rows: Iterable[Row], place: int, stream: IO[str] | IO[bytes]) -> None:
        self._held: dict[str, list[Row]] = {}
        self._stored: dict[str, list[int]] = {}
        """Where pieces of each value's rows begin in the file."""
        self._file: IO[bytes] | None = None
        self._folder = beside(stream)
        held = 0
        for row in rows:
            self._held.setdefault(str(row[place] or ""), []).append(row)
            held += 1
            if held == AT_ONCE:
                self._put_aside()
                held = 0

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def names(self) -> list[str]:
        """The values: paths of codes by alphabet, each right before those below it."""
        return sorted(
            self._held.keys() | self._stored.keys(),
            key=lambda path: ([name.casefold() for name in split_path(path)], path),
        )

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of a value."""
        for place in self._stored.get(name, ()):
            assert self._file is not None
            self._file.seek(place)
            yield from pickle.load(self._file)
        yield from self._held.get(name, ())

    def _put_aside(self) -> None:
        if self._file is None:
            self._file = TemporaryFile(dir=self._folder)  # noqa: SIM115 (closed on exit)
        for name, rows in self._held.items():
            self._stored.setdefault(name, []).append(self._file.tell())
            pickle.dump(rows, self._file, pickle.HIGHEST_PROTOCOL)
        self._held.clear()


def quotes(table: Table, stream: IO[str] | IO[bytes]) -> Packs:
    """A table of quotes by code; its rows are what `Quote` takes. `stream` is what is written."""
    code, *places = (table.header.index(name) for name in COLUMNS)
    pick = itemgetter(code, *places)
    return Packs(map(pick, table), 0, stream)


def read(rows: Iterable[Row]) -> Iterator[Quote]:
    """The quotes of one code, from the rows that `quotes` holds."""
    for _, said, attribution, id in rows:
        yield Quote(str(said or "").strip() or NOTHING, str(attribution or ""), str(id))
