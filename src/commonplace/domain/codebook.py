"""Codes and the tree they form."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

NAMESPACE = uuid.UUID("5c3f8a52-7a0e-5b0e-9d0f-6f0c0a5b1e77")
"""Names derived from a codebook file get the same identity in every project."""


class CodebookError(ValueError):
    """Something about a codebook that a person must put right; the message says what and how."""


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the codebook. `parent` is the id of the code it stands under, if any."""

    id: str
    name: str
    parent: str | None = None
    definition: str = ""
    include: str = ""
    exclude: str = ""
    anchor: str = ""
    near_miss: str = ""
    keywords: tuple[str, ...] = ()
    color: str = ""
    """`#rrggbb`, or empty: the interface then chooses one from its palette."""
    retired: bool = False
    """Whether it is no longer applied or suggested; what was coded with it stays."""


def split_path(path: str) -> list[str]:
    """The names in a code path: `/` separates, `\\/` is a slash inside a name."""
    names, name, escaped = [], "", False
    for character in path:
        if escaped:
            name += character if character in "/\\" else "\\" + character
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == "/":
            names.append(name)
            name = ""
        else:
            name += character
    names.append(name + ("\\" if escaped else ""))
    return [name.strip() for name in names]


def join_path(names: Iterable[str]) -> str:
    """The path of these names, slashes inside names escaped."""
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in names)


def code_id(codebook: str, path: str) -> str:
    """The identity of a code that comes from a file: the same in every project (UUIDv5)."""
    return str(uuid.uuid5(NAMESPACE, f"{codebook}\n{path.casefold()}"))


@dataclass(frozen=True)
class Codebook:
    """Codes as a tree, in reading order: every code stands somewhere after its parent.

    Siblings have different names, case aside. Raises `CodebookError` when they have not, when a
    parent is missing, or when a name is empty.
    """

    name: str
    codes: tuple[Code, ...] = ()
    version: str = ""
    _by_id: dict[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_id: dict[str, Code] = {}
        siblings: set[tuple[str | None, str]] = set()
        for code in self.codes:
            if not code.name.strip():
                raise CodebookError("a code has no name")
            if code.id in by_id:
                raise CodebookError(f"the code '{code.name}' stands in the codebook twice")
            if code.parent is not None and code.parent not in by_id:
                raise CodebookError(f"the parent of '{code.name}' does not stand before it")
            key = (code.parent, code.name.casefold())
            if key in siblings:
                raise CodebookError(f"there are two codes '{code.name}' under the same parent")
            siblings.add(key)
            by_id[code.id] = code
        object.__setattr__(self, "_by_id", by_id)

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __contains__(self, code: str) -> bool:
        return code in self._by_id

    def __getitem__(self, code: str) -> Code:
        return self._by_id[code]

    @cached_property
    def _children(self) -> dict[str | None, list[Code]]:
        children: dict[str | None, list[Code]] = {}
        for code in self.codes:
            children.setdefault(code.parent, []).append(code)
        return children

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {code.id: join_path(c.name for c in self.lineage(code.id)) for code in self.codes}

    def children(self, code: str | None = None) -> list[Code]:
        """The codes directly under `code`, in order; the top level for None."""
        return self._children.get(code, [])

    def numbered(self) -> list[Code]:
        """The codes that the keys 1 to 9 apply: the first at the top level that are in use."""
        return [code for code in self.children(None) if not code.retired][:9]

    def lineage(self, code: str) -> list[Code]:
        """The code's ancestors from the top level down, then the code itself."""
        line = [self._by_id[code]]
        while line[-1].parent is not None:
            line.append(self._by_id[line[-1].parent])
        return line[::-1]

    def subtree(self, code: str) -> list[Code]:
        """The code and all codes below it, in reading order."""
        found = [self._by_id[code]]
        for child in self.children(code):
            found += self.subtree(child.id)
        return found

    def path(self, code: str) -> str:
        """The names from the top level down to the code, as `Housing/Rent`."""
        return self._paths[code]

    def depth(self, code: str) -> int:
        """0 for a code at the top level."""
        return len(self.lineage(code)) - 1

    def at(self, path: str) -> Code | None:
        """The code at exactly that path from the top level down; case does not count."""
        wanted, found = split_path(path), None
        for name in wanted:
            siblings = self.children(found.id if found else None)
            found = next((c for c in siblings if c.name.casefold() == name.casefold()), None)
            if found is None:
                return None
        return found

    def find(self, path: str) -> Code | None:
        """The code at a path, or the only code of that name anywhere; case does not count."""
        names = [name.casefold() for name in split_path(path)]
        matches = [
            code
            for code in self.codes
            if [c.name.casefold() for c in self.lineage(code.id)][-len(names) :] == names
        ]
        exact = [code for code in matches if self.depth(code.id) == len(names) - 1]
        if exact:
            return exact[0]
        return matches[0] if len(matches) == 1 else None

    def in_reading_order(self) -> list[Code]:
        """All codes depth first: each right before what stands under it."""
        return [code for top in self.children(None) for code in self.subtree(top.id)]
