"""A retrieval query as a tree. `start` and `end` are code points in the query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How passages must lie to each other."""

    NEAR = "near"
    FOLLOWED = "followed by"
    OVERLAPS = "overlaps"
    INSIDE = "inside"


class Reach(StrEnum):
    """How far apart two passages may be, where it is no number of words."""

    SENTENCE = "sentence"
    TURN = "turn"
    TRANSCRIPT = "transcript"


@dataclass(frozen=True, slots=True)
class Coded:
    """Passages with a code or one of its sub-codes, by path, name, or how the name begins."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """Places where something is said."""

    term: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Either:
    """Passages of any of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """Stretches that overlapping passages of all parts cover together, without those that
    overlap a passage of `but`."""

    parts: tuple[Node, ...]
    but: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Passages of the first part that lie so to one of the second; for `NEAR` and `FOLLOWED` the
    stretch from the one to the other."""

    relation: Relation
    first: Node
    second: Node
    reach: Reach | int = Reach.TRANSCRIPT
    """An `int` is a number of words that may stand between."""


Node = Coded | Said | Either | Both | Related


def coded(node: Node) -> Iterator[Coded]:
    """All codes in a tree."""
    if isinstance(node, Coded):
        yield node
    elif not isinstance(node, Said):
        for part in parts(node):
            yield from coded(part)


def parts(node: Either | Both | Related) -> tuple[Node, ...]:
    """What a node joins."""
    if isinstance(node, Related):
        return node.first, node.second
    return (*node.parts, *(node.but if isinstance(node, Both) else ()))


@dataclass(frozen=True, slots=True)
class Query:
    """What is wanted, and of whom: `where` begins at `where_start`."""

    wanted: Node
    where: str = ""
    where_start: int = 0
