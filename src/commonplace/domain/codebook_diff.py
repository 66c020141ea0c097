"""Which codes of two codebooks are the same, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import StrEnum

from commonplace.domain.codebook import Code, Codebook

CONTENT = ("definition", "include", "exclude", "anchor", "near_miss", "keywords")
"""What a code says of itself."""

FIELDS = (*CONTENT, "color", "retired")


class ChangeKind(StrEnum):
    """What became of a code."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one code; a code that was renamed and moved has two.

    `path` is where the code stands in the new codebook, or stood in the old one if removed.
    `before` and `after` are names (renamed), paths of the parents (moved, '' for the top level)
    or the values of `field` (edited; keywords joined by `; `, `yes` for retired).
    """

    kind: ChangeKind
    path: str
    field: str = ""
    before: str = ""
    after: str = ""


def pairs(old: Codebook, new: Codebook) -> dict[str, str]:
    """The code of `old` (id) that each code of `new` (id) is, where there is one.

    In this order: the same identity; the same path; the same name under the same parent; then,
    where only one is left on each side, the same name, or the same content.
    """
    found: dict[str, str] = {}
    _pair(old, new, found, lambda code, _: code.id)
    _pair(old, new, found, lambda code, book: book.path(code.id).casefold())
    counted = -1
    while counted != len(found):
        counted = len(found)
        _pair_siblings(old, new, found)
        _pair(old, new, found, lambda code, _: code.name.casefold())
        _pair(old, new, found, lambda code, _: _content(code))
    return found


def diff(old: Codebook, new: Codebook) -> list[Change]:
    """What changed from `old` to `new`: codes of `new` in reading order, then those removed.

    The order of siblings is no change.
    """
    same = pairs(old, new)
    changes: list[Change] = []
    for code in new.in_reading_order():
        path = new.path(code.id)
        if code.id not in same:
            changes.append(Change(ChangeKind.ADDED, path))
            continue
        before = old[same[code.id]]
        if before.name != code.name:
            changes.append(Change(ChangeKind.RENAMED, path, "name", before.name, code.name))
        above = same.get(code.parent, "") if code.parent is not None else None
        if before.parent != above:
            places = _parent_path(old, before), _parent_path(new, code)
            changes.append(Change(ChangeKind.MOVED, path, "parent", *places))
        for field in FIELDS:
            values = _shown(before, field), _shown(code, field)
            if values[0] != values[1]:
                changes.append(Change(ChangeKind.EDITED, path, field, *values))
    kept = set(same.values())
    changes += [
        Change(ChangeKind.REMOVED, old.path(code.id))
        for code in old.in_reading_order()
        if code.id not in kept
    ]
    return changes


def _pair(
    old: Codebook,
    new: Codebook,
    found: dict[str, str],
    key: Callable[[Code, Codebook], Hashable],
) -> None:
    """Pair codes not yet paired whose key is alike, and theirs alone on each side."""
    ours = _alone([code for code in new if code.id not in found], new, key)
    taken = set(found.values())
    theirs = _alone([code for code in old if code.id not in taken], old, key)
    found.update({code.id: theirs[k].id for k, code in ours.items() if k in theirs})


def _pair_siblings(old: Codebook, new: Codebook, found: dict[str, str]) -> None:
    """Pair codes alike in name whose parents are paired, from the top down."""
    taken = set(found.values())
    left = {(code.parent, code.name.casefold()): code.id for code in old if code.id not in taken}
    for code in new:
        if code.id in found or (code.parent is not None and code.parent not in found):
            continue
        parent = found[code.parent] if code.parent is not None else None
        match = left.pop((parent, code.name.casefold()), None)
        if match is not None:
            found[code.id] = match


def _alone(
    codes: list[Code], book: Codebook, key: Callable[[Code, Codebook], Hashable]
) -> dict[Hashable, Code]:
    """The codes by key, without those whose key is empty or shared."""
    by_key: dict[Hashable, list[Code]] = {}
    for code in codes:
        by_key.setdefault(key(code, book), []).append(code)
    return {k: group[0] for k, group in by_key.items() if k and len(group) == 1}


def _content(code: Code) -> tuple[object, ...]:
    """What a code says of itself, its name and colour aside; empty when it says nothing."""
    content = tuple(getattr(code, field) for field in CONTENT)
    return content if any(content) else ()


def _parent_path(book: Codebook, code: Code) -> str:
    return book.path(code.parent) if code.parent is not None else ""


def _shown(code: Code, field: str) -> str:
    value = getattr(code, field)
    if isinstance(value, bool):
        return "yes" if value else ""
    return "; ".join(value) if isinstance(value, tuple) else str(value)
