"""A workbook that is written row by row: sheets, their look, and what a cell cannot hold.

XlsxWriter writes it, holding one row at a time. Text is never taken for a formula, a link or a
number, and what XML forbids is written as Excel itself does: `_x0001_` for U+0001.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from math import isfinite
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from commonplace.domain.table import Cell, Column, Row, Table
from commonplace.exports.files import ExportError, beside
from commonplace.exports.packs import INSIDE, holds_more
from commonplace.exports.shown import title

ROWS = 1_048_575
"""Rows that a sheet holds below its heading."""

UNITS = 32_767
"""UTF-16 units that a cell holds."""

EXACT = 10**15
"""Whole numbers from here on lose digits in a cell; they are written as text."""

SAMPLE = 200
"""Rows looked at to find how wide columns must be."""

WIDEST = 60
"""Characters that a column is wide at most."""

_PAGE = 240
"""Characters of all columns up to which a sheet is printed on one page across."""

_A4 = 9
_LINE, _HIGHEST = 15.0, 409.0
"""Points that a line of a cell is high, and that a row may be."""

LONG = "Long texts"
ABOUT = "About"

Link = Callable[[Row], "tuple[str, str] | None"]
"""Where a cell of a row leads, as `Sheet.block` gives it, and what is said of that."""

_FORMULA = frozenset("=+-@\t\r")
_CAREFUL = _FORMULA | {"<"}
_DAY_0, _A_DAY = datetime(1899, 12, 30), timedelta(days=1)
_PART = UNITS // 2
"""Code points of a long text in one part; each is at most two units."""

_FORBIDDEN = re.compile(r"[\[\]:*?\\\x00-\x1f\x7f-\x9f]")
_HEAD = {"bold": True, "bottom": 1, "bg_color": "#E8EEF4"}
_WHEN = datetime(1980, 1, 1)
"""Stands for the time of writing, which would make every file another."""


@contextmanager
def workbook(stream: BinaryIO, name: str) -> Iterator[Book]:
    """A workbook that is written to `stream` at the end, unless something goes wrong."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    with TemporaryDirectory(prefix=".commonplace-", dir=beside(stream)) as folder:
        made = Workbook(
            stream,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_urls": False,
                "strings_to_formulas": False,
                "use_zip64": True,
            },
        )
        made.set_properties({"title": name, "created": _WHEN})
        book = Book(made)
        yield book
        book.finish()
        try:
            made.close()
        except XlsxWriterException as error:
            raise ExportError(f"the workbook cannot be written: {error}") from error


class Book:
    """The sheets of a workbook."""

    def __init__(self, made: Any) -> None:
        self._made = made
        self._names: set[str] = {LONG.casefold(), ABOUT.casefold(), "history"}
        self._sheets: list[Sheet] = []
        self._long: Sheet | None = None
        top = {"valign": "top"}
        wrapped = {**top, "text_wrap": True}
        self.looks = {
            name: made.add_format(look)
            for name, look in {
                "head": {**wrapped, **_HEAD},
                "figure head": {**wrapped, **_HEAD, "align": "right"},
                "title": {"bold": True, "font_size": 14},
                "plain": {},
                "text": wrapped,
                "guarded": {**wrapped, "quote_prefix": True},
                "figure": top,
                "share": {**top, "num_format": "0.000"},
                "time": {**top, "num_format": "yyyy-mm-dd hh:mm:ss"},
                "link": {**top, "font_color": "#0563C1", "underline": 1},
            }.items()
        }

    def sheet(self, name: str, columns: tuple[Column, ...]) -> Sheet:
        """A new sheet with a heading, named as Excel allows and like no other."""
        made = Sheet(self, self._made.add_worksheet(self._name(name)), columns)
        self._sheets.append(made)
        return made

    def about(self, *tables: Table) -> None:
        """The sheet that explains the tables: their notes, and what each column counts."""
        sheet = self._made.add_worksheet(ABOUT)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 2, 40, self.looks["text"])
        row = 0
        for table in tables:
            self.put(sheet, row, 0, title(table), "title")
            for remark in [*table.remarks, *([INSIDE] if holds_more(table) else [])]:
                row += 1
                sheet.merge_range(row, 0, row, 2, "", self.looks["text"])
                self.put(sheet, row, 0, remark)
                sheet.set_row(row, 15 * (1 + len(remark) // 100))
            row += 2
            for place, said in enumerate(("Column", "Holds", "Out of")):
                self.put(sheet, row, place, said, "head")
            for column in table.columns:
                row += 1
                holds = "times in UTC" if column.time else column.unit or "text"
                for place, said in enumerate((column.name, holds, column.of)):
                    self.put(sheet, row, place, said)
            row += 3

    def put(self, made: Any, row: int, place: int, text: str, look: str = "") -> None:
        """Writes a text that may look like something else, so that it stays what it is."""
        chosen = self.looks[look or ("guarded" if text[:1] in _FORMULA else "text")]
        if text.startswith("<r>"):  # by this the library knows text that is marked up already
            made.write_rich_string(row, place, "<", self.looks["plain"], text[1:], chosen)
        else:
            made.write_string(row, place, text, chosen)

    def long(self, sheet: str, cell: str, text: str) -> str:
        """What stands in a cell for a text it cannot hold: its beginning, and where it is whole."""
        if self._long is None:
            columns = (Column("sheet"), Column("cell"), Column("part", "parts"), Column("text"))
            self._long = Sheet(self, self._made.add_worksheet(LONG), columns)
            self._long.fit([("", "", 1, "x" * WIDEST)])
        for part, start in enumerate(range(0, len(text), _PART), 1):
            self._long.append((sheet, cell, part, text[start : start + _PART]))
        return f"{text[: _PART - 100]} […: the whole text is on the sheet “{LONG}”]"

    def finish(self) -> None:
        """Gives all sheets their final look."""
        for sheet in (*self._sheets, *([self._long] if self._long else [])):
            sheet.finish()

    def _name(self, name: str) -> str:
        """`name` as that of a sheet: at most 31 units, without what Excel forbids, and new."""
        legal = _FORBIDDEN.sub("_", name.replace("\\/", "_").replace("/", " › "))
        legal = _cut(legal, 31).strip("' ") or "Sheet"
        found, number = legal, 1
        while found.casefold() in self._names:
            number += 1
            found = f"{_cut(legal, 31 - len(f' ({number})'))} ({number})"
        self._names.add(found.casefold())
        return found


class Sheet:
    """A sheet with a heading that stays in view; rows go in one after another."""

    def __init__(self, book: Book, made: Any, columns: tuple[Column, ...]) -> None:
        self._book = book
        self._made = made
        self._columns = columns
        self._widths: list[int] = []
        self._times = [place for place, column in enumerate(columns) if column.time]
        self.rows = 0
        """How many there are below the heading."""
        for place, column in enumerate(columns):
            look = "figure head" if column.unit else "head"
            book.put(made, 0, place, column.name, look)
        made.freeze_panes(1, 0)
        made.repeat_rows(0)
        made.set_landscape()
        made.set_paper(_A4)

    def fill(self, rows: Iterable[Row], links: Mapping[int, Link] | None = None) -> None:
        """Writes rows; `links` says for columns, by place, where their cells lead.

        Raises `ExportError` for more than a sheet holds.
        """
        going = iter(rows)
        sample = list(islice(going, SAMPLE))
        self.fit(sample)
        for row in chain(sample, going):
            self.append(row)
            for place, link in (links or {}).items():
                leads = link(row)
                if leads is not None:
                    self._link(place, row[place], *leads)

    def fit(self, sample: Iterable[Row]) -> None:
        """Makes columns as wide as these rows need, and cells look like what they hold."""
        widths = [len(column.name) + 3 for column in self._columns]
        for row in sample:
            for place, cell in enumerate(row):
                if isinstance(cell, str) and len(cell) > widths[place]:
                    widths[place] = max(widths[place], *map(len, cell.split("\n")))
        self._widths = [min(width + 1, WIDEST) for width in widths]
        for place, column in enumerate(self._columns):
            look = self._book.looks[self._look(column)]
            self._made.set_column(place, place, self._widths[place], look)
        if sum(self._widths) <= _PAGE:
            self._made.fit_to_pages(1, 0)

    def append(self, row: Row) -> None:
        """Writes a row below those there are; the columns must have been fitted."""
        self.rows = at = self.rows + 1
        if at > ROWS:
            raise ExportError(f"one sheet holds no more than {ROWS:,} rows: ask for fewer")
        self._made.set_row(at, self._height(row))
        text, number = self._made.write_string, self._made.write_number
        cells: Sequence[Any] = self._with_times(row) if self._times else row
        for place, cell in enumerate(cells):
            kind = cell.__class__
            if kind is str:
                if not cell:
                    continue
                said = cell if len(cell) < _PART else self._held(at, place, cell)
                if cell[0] in _CAREFUL:
                    self._book.put(self._made, at, place, said)
                else:
                    text(at, place, said)
            elif (kind is float and isfinite(cell)) or (kind is int and abs(cell) < EXACT):
                number(at, place, cell)
            elif cell is not None:
                self._other(at, place, cell)
        # The library keeps the height of every row, for pictures, of which there are none.
        self._made.row_info.pop(at - 1, None)
        self._made.row_sizes.clear()

    def _held(self, at: int, place: int, text: str) -> str:
        """What of a long text stands in its cell."""
        if _units(text) <= UNITS:
            return text
        return self._book.long(self._made.get_name(), _cell(at, place), text)

    def _other(self, at: int, place: int, cell: Any) -> None:
        """Writes a cell that is neither plain text nor a number that a sheet can hold."""
        if isinstance(cell, bool):
            self._made.write_boolean(at, place, cell)
        else:
            self._book.put(self._made, at, place, str(cell))

    def block(self, first: int, last: int) -> str:
        """Where rows of this sheet are, from 1, for a link."""
        name = self._made.get_name().replace("'", "''")
        return f"internal:'{name}'!A{first + 1}:A{last + 1}"

    def finish(self) -> None:
        """Sets the filter, once all rows are there."""
        self._made.autofilter(0, 0, max(self.rows, 1), len(self._columns) - 1)
        self._made.ignore_errors(
            {"number_stored_as_text": f"A1:{_cell(self.rows, len(self._columns) - 1)}"}
        )

    def _link(self, place: int, shown: Cell, target: str, tip: str) -> None:
        look = self._book.looks["link"]
        self._made.write_url(self.rows, place, target, look, string=str(shown), tip=tip)
        if isinstance(shown, int | float):  # the cell keeps its link, and is a number again
            self._made.write_number(self.rows, place, shown, look)

    def _look(self, column: Column) -> str:
        if column.time:
            return "time"
        if not column.unit:
            return "text"
        return "share" if "0–1" in column.unit else "figure"

    def _height(self, row: Row) -> float:
        """How high a row must be, in points, for its texts to be seen: not every program that
        opens a workbook works that out."""
        lines = 1
        for cell, width in zip(row, self._widths, strict=True):
            if cell.__class__ is str and (len(cell) > width or "\n" in cell):
                lines = max(lines, _lines(str(cell), width))
        return min(lines * _LINE, _HIGHEST)

    def _with_times(self, row: Row) -> list[Cell]:
        """The row, its times as Excel has them."""
        cells = list(row)
        for place in self._times:
            cells[place] = _day(cells[place])
        return cells


def _day(cell: Cell) -> Cell:
    """The time that a cell tells as Excel's number of days, in UTC; or the cell, if it tells none
    that Excel knows."""
    if not isinstance(cell, str):
        return cell
    try:
        told = datetime.fromisoformat(cell)
    except ValueError:
        return cell
    if told.tzinfo is not None:
        told = told.astimezone(UTC).replace(tzinfo=None)
    return (told - _DAY_0) / _A_DAY if told.year > 1900 else cell


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column."""
    return sum(1 + len(line) // width for line in text.split("\n"))


def _cell(row: int, place: int) -> str:
    """The name of a cell."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, place))


def _units(text: str) -> int:
    """How many UTF-16 units `text` has."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, units: int) -> str:
    """`text` in at most that many UTF-16 units, `…` at its end where something is left out."""
    if _units(text) <= units:
        return text
    kept = text.encode("utf-16-le")[: 2 * (units - 1)].decode("utf-16-le", errors="ignore")
    return kept.rstrip() + "…"
