"""Codebooks as tables: one code a row, `parent` by path or name, rows in any order."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from commonplace.codebooks.fields import (
    MAX_CODES,
    MAX_DEPTH,
    TEXTS,
    join_keywords,
    one_line,
    split_keywords,
    tidy,
    tidy_color,
    tidy_flag,
)
from commonplace.codebooks.files import read_bytes, write_bytes
from commonplace.codebooks.reading import CodebookFileError, Fault, Reading
from commonplace.domain.codebook import (
    Code,
    Codebook,
    CodebookError,
    code_id,
    join_path,
    split_path,
)

COLUMNS = ("code", "parent", *TEXTS, "keywords", "color", "retired")

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")

_MEANT = {"name": "code", "colour": "color", "description": "definition", "keyword": "keywords"}


@dataclass(slots=True)
class _Row:
    """One code as its row has it. `number` is the row in a spreadsheet, the header being 1."""

    number: int
    name: str
    parent: tuple[str, ...]
    """The names of the parent cell, case folded; empty at the top level."""
    parent_cell: str
    cells: dict[str, str]
    above: _Row | None = None

    @property
    def key(self) -> str:
        """The name as it is compared."""
        return self.name.casefold()


def read(path: Path) -> Reading:
    """The codebook in a CSV file; it is named after the file.

    Raises `CodebookFileError` with every fault and its row.
    """
    text, notes = _decode(read_bytes(path))
    rows, more = _rows(text, path.name)
    _link(rows, path.name)
    codes = _codes(rows, path)
    return Reading(Codebook(path.stem, codes), (*notes, *more))


def save(codebook: Codebook, path: Path) -> tuple[str, ...]:
    """Write the codebook, parents by path, cells that look like formulas guarded by `'`.

    The column `retired` is only there when a code is.

    A cell that already begins with `'` before such a character gets another, so that reading
    gives back what was written. Returns a note when the table cannot hold the version.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    columns = COLUMNS if any(code.retired for code in codebook) else COLUMNS[:-1]
    writer.writerow(columns)
    for code in codebook.in_reading_order():
        parent = codebook.path(code.parent) if code.parent is not None else ""
        texts = (getattr(code, key) for key in TEXTS)
        retired = "yes" if code.retired else ""
        cells = (code.name, parent, *texts, join_keywords(code.keywords), code.color, retired)
        writer.writerow([_guarded(cell) for cell in cells[: len(columns)]])
    write_bytes(path, buffer.getvalue().encode())
    if codebook.version:
        return (f"a table has no place for the codebook's version, {codebook.version}",)
    return ()


def _guarded(cell: str) -> str:
    return "'" + cell if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-8 or UTF-16 by its mark, else what Excel writes on Windows (cp1252), with a note."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        note = "the file is not UTF-8 and was read as Windows-1252; check accents and quotes"
        return data.decode("cp1252", errors="replace"), (note,)


def _rows(text: str, file: str) -> tuple[list[_Row], tuple[str, ...]]:
    reader = _reader(text)
    header: list[str | None] | None = None
    rows: list[_Row] = []
    faults: list[Fault] = []
    ignored: list[str] = []
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header, ignored = _header(cells, number, file)
                continue
            row = _row(number, cells, header, faults)
            if row is not None:
                rows.append(row)
            if len(rows) > MAX_CODES:
                faults.append(Fault(number, f"more than {MAX_CODES} codes; is it the right file?"))
                break
    except csv.Error as error:
        faults.append(Fault(number + 1, f"this is no table of comma-separated values: {error}"))
    if header is None and not faults:
        faults.append(Fault(1, f"the file is empty; its first row must be {','.join(COLUMNS)}"))
    if faults:
        raise CodebookFileError(file, faults, unit="row")
    names = ", ".join(f"'{name}'" for name in ignored)
    return rows, ((f"columns that codebooks do not have were left out: {names}",) if names else ())


def _reader(text: str) -> Iterator[list[str]]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _header(cells: list[str], number: int, file: str) -> tuple[list[str | None], list[str]]:
    """The column each cell belongs to (None: to none), and the names of those left out."""
    columns: list[str | None] = []
    ignored: list[str] = []
    faults: list[Fault] = []
    names = [one_line(cell).casefold().replace(" ", "_").replace("-", "_") for cell in cells]
    for cell, name in zip(cells, names, strict=True):
        shown = one_line(cell)[:60]
        if name not in COLUMNS and name:
            meant = _MEANT.get(name) or next(
                iter(difflib.get_close_matches(name, COLUMNS, n=1, cutoff=0.75)), None
            )
            if meant is not None and meant not in names:
                faults.append(Fault(number, f'column "{shown}": did you mean "{meant}"?'))
            else:
                ignored.append(shown)
        elif name in columns:
            faults.append(Fault(number, f'two columns are named "{name}"; keep one'))
        columns.append(name if name in COLUMNS else None)
    if "code" not in columns and not faults:
        faults.append(
            Fault(number, f'there is no column "code"; the columns are {", ".join(COLUMNS)}')
        )
    if faults:
        raise CodebookFileError(file, faults, unit="row")
    return columns, ignored


def _row(
    number: int, cells: list[str], header: list[str | None], faults: list[Fault]
) -> _Row | None:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        faults.append(
            Fault(
                number,
                f"{len(cells)} cells where the header has {len(header)}; "
                'put a cell that holds the separator in quotes: "a, b"',
            )
        )
        return None
    values = {
        column: _unguarded(cell)
        for column, cell in zip(header, cells, strict=False)
        if column is not None
    }
    name = one_line(values.get("code", ""))
    if not name:
        faults.append(Fault(number, 'this row has no name under "code"'))
        return None
    color = tidy_color(values.get("color", ""))
    if color is None:
        shown = one_line(values["color"])[:60]
        faults.append(Fault(number, f'"{shown}" is no colour; write it as #0072B2'))
    retired = tidy_flag(values.get("retired", ""))
    if retired is None:
        shown = one_line(values["retired"])[:60]
        faults.append(Fault(number, f'"{shown}" under "retired" is neither yes nor no'))
    values["retired"] = "yes" if retired else ""
    parent = one_line(values.get("parent", ""))
    names = tuple(part.casefold() for part in split_path(parent)) if parent else ()
    return _Row(number, name, names, parent, {**values, "color": color or ""})


def _link(rows: list[_Row], file: str) -> None:
    """Give each row the row it stands under.

    A parent is first taken as a full path from the top, then as a name, or the end of a path,
    that only one row has.
    """
    by_parent: dict[tuple[str, ...], list[_Row]] = {}
    by_name: dict[str, list[_Row]] = {}
    for row in rows:
        by_parent.setdefault(row.parent, []).append(row)
        by_name.setdefault(row.key, []).append(row)
    linked: set[int] = set()
    reached: list[tuple[_Row, tuple[str, ...]]] = [
        (row, (row.key,)) for row in by_parent.get((), [])
    ]
    seen: set[tuple[str, ...]] = set()
    while reached:
        row, path = reached.pop()
        if path in seen or len(path) > MAX_DEPTH:
            continue
        seen.add(path)
        for child in by_parent.get(path, []):
            if child.number not in linked:
                child.above = row
                linked.add(child.number)
                reached.append((child, (*path, child.key)))
    faults = []
    for row in rows:
        if row.parent and row.number not in linked:
            fault = _link_by_name(row, by_name)
            if fault is not None:
                faults.append(fault)
    faults += _circles(rows)
    if faults:
        raise CodebookFileError(file, faults, unit="row")


def _link_by_name(row: _Row, by_name: dict[str, list[_Row]]) -> Fault | None:
    shown = row.parent_cell[:60]
    candidates = [
        other
        for other in by_name.get(row.parent[-1], [])
        if other.parent[len(other.parent) - len(row.parent) + 1 :] == row.parent[:-1]
    ] or by_name.get(row.parent_cell.casefold(), [])
    if len(candidates) == 1:
        row.above = candidates[0]
        return None
    if candidates:
        numbers = " and ".join(str(other.number) for other in candidates[:5])
        return Fault(
            row.number,
            f"the parent '{shown}' could be the code in row {numbers}; "
            "write its whole path, such as Housing/Rent",
        )
    close = difflib.get_close_matches(row.parent[-1], by_name, n=1)
    hint = f"did you mean '{by_name[close[0]][0].name}'?" if close else "add a row for it"
    return Fault(row.number, f"there is no code '{shown}' to stand under; {hint}")


def _circles(rows: list[_Row]) -> list[Fault]:
    """Rows that stand, by way of their parents, under themselves, or deeper than codes may."""
    faults = []
    for row in rows:
        above, steps = row.above, 1
        while above is not None and above is not row and steps <= MAX_DEPTH:
            above, steps = above.above, steps + 1
        if above is row:
            faults.append(
                Fault(row.number, f"'{row.name}' stands under itself; correct its parent")
            )
        elif above is not None:
            message = f"codes are nested more than {MAX_DEPTH} levels deep, or in a circle"
            faults.append(Fault(row.number, message))
    return faults


def _codes(rows: list[_Row], path: Path) -> tuple[Code, ...]:
    """Codes in reading order, siblings as the rows stand."""
    children: dict[int | None, list[_Row]] = {}
    for row in rows:
        above = row.above.number if row.above is not None else None
        children.setdefault(above, []).append(row)
    faults = [fault for siblings in children.values() for fault in _twins(siblings)]
    if faults:
        raise CodebookFileError(path.name, faults, unit="row")
    codes: list[Code] = []
    waiting: list[tuple[_Row, tuple[str, ...], str | None]] = [
        (row, (), None) for row in reversed(children.get(None, []))
    ]
    while waiting:
        row, names, parent = waiting.pop()
        names = (*names, row.name)
        code = Code(
            id=code_id(path.stem, join_path(names)),
            name=row.name,
            parent=parent,
            keywords=split_keywords(row.cells.get("keywords", "")),
            color=row.cells["color"],
            retired=bool(row.cells["retired"]),
            **{key: tidy(row.cells.get(key, "")) for key in TEXTS},
        )
        codes.append(code)
        waiting += [(child, names, code.id) for child in reversed(children.get(row.number, []))]
    if not codes:
        raise CodebookError(f"{path.name} has a header and no codes; add a row for each code")
    return tuple(codes)


def _twins(siblings: list[_Row]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in siblings:
        if row.key in first:
            place = f"under '{row.parent_cell}'" if row.parent else "at the top level"
            yield Fault(
                row.number,
                f"there is a second code '{row.name}' {place}, the first is in row "
                f"{first[row.key]}; rename one or put them together",
            )
        first.setdefault(row.key, row.number)
