"""How tables are described."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its type, what it means, and what it refers to."""

    type: type
    meaning: str
    null: bool = False
    references: str = ""
    """Name of the table whose primary key this is."""
    cascade: bool = False
    """Whether the row goes when the one it refers to goes (only for what can be made again)."""
    default: str | int | float | None = None
    """What it holds where nothing is given; a column that older files lack has one, or is null."""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: columns in order, primary key, further unique keys and indexes."""

    name: str
    meaning: str
    fields: dict[str, Field]
    key: tuple[str, ...] = ("id",)
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self.fields)


UUID = "identity (UUID)"
