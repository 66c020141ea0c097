"""The words of a Word document's body, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_LEFT_OUT = frozenset(
    f"{_W}{name}"
    for name in (
        "del", "moveFrom", "delText", "instrText", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr",
        "drawing", "pict", "object", "footnoteReference", "endnoteReference", "commentReference",
        "annotationRef", "rt", "fldChar", "sectPr",
    )
) | {f"{_MC}Fallback"}  # fmt: skip
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph: its text, and the id of its style."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: rows of cells, each cell with its paragraphs joined by LF."""

    rows: tuple[tuple[str, ...], ...]


def blocks(body: Any) -> Iterator[Words | Rows]:
    """Paragraphs and tables of a body or cell element (lxml), also those in content controls.

    Deleted revisions are left out, inserted ones are in. A paragraph whose mark is deleted goes
    on in the next.
    """
    carried = ""
    for child in _children(body):
        if child.tag == f"{_W}p":
            text = carried + _text(child)
            if child.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
                carried = text
                continue
            carried = ""
            style = child.find(f"{_W}pPr/{_W}pStyle")
            yield Words(text, "" if style is None else style.get(f"{_W}val", ""))
        else:
            yield Rows(tuple(_rows(child)))
    if carried:
        yield Words(carried)


def _children(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables under `parent`, through wrappers around them."""
    stack = [iter(parent)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            stack.append(iter(child))


def _text(paragraph: Any) -> str:
    parts: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _CHARACTERS:
            parts.append(_CHARACTERS[child.tag])
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            stack.append(iter(child))
    return "".join(parts)


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    for row in table.iter(f"{_W}tr"):
        if _owner(row) is not table or row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells = (cell for cell in row.iter(f"{_W}tc") if _owner_row(cell) is row)
        yield tuple(_cell(cell) for cell in cells)


def _owner(row: Any) -> Any:
    return next(row.iterancestors(f"{_W}tbl"), None)


def _owner_row(cell: Any) -> Any:
    return next(cell.iterancestors(f"{_W}tr"), None)


def _cell(cell: Any) -> str:
    parts = []
    for block in blocks(cell):
        if isinstance(block, Words):
            parts.append(block.text)
        else:
            parts += ["\t".join(row) for row in block.rows]
    return "\n".join(part for part in parts if part.strip())
