"""The tables of a project file, as data: what is created, and what the reference documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonplace.project.schema import amendments, coding, journal, quotes, transcripts
from commonplace.project.schema.fields import Field, TableSpec

if TYPE_CHECKING:
    import sqlite3

    import sqlite_utils

__all__ = ["APPLICATION_ID", "BY_NAME", "TABLES", "VERSION", "Field", "TableSpec"]

VERSION = 2
"""`PRAGMA user_version` of a project file made by this program."""

APPLICATION_ID = 0x436F6D6D
"""`PRAGMA application_id`: the letters "Comm"."""

TABLES = (*transcripts.TABLES, *coding.TABLES, *quotes.TABLES, *amendments.TABLES, *journal.TABLES)

BY_NAME = {table.name: table for table in TABLES}

SEARCH_TABLE = "turns_search"
SEARCH_SQL = (
    f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5("
    "speech, content='', tokenize=\"unicode61 remove_diacritics 2\")"
)
"""Full-text index over the speech of turns; rowid is `turns.id`. It holds no copy of the text."""
SEARCH_MERGE = f"INSERT INTO {SEARCH_TABLE} ({SEARCH_TABLE}, rank) VALUES ('automerge', 16)"
"""Parts of the index are merged sixteen at a time instead of four: each import adds one."""


def create(connection: sqlite3.Connection) -> None:
    """Makes all tables in an empty file, through sqlite-utils."""
    import sqlite_utils

    database = sqlite_utils.Database(connection)
    for table in TABLES:
        _create_table(database, table)
    connection.execute(SEARCH_SQL)
    connection.execute(SEARCH_MERGE)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def from_first(database: sqlite_utils.Database) -> None:
    """Makes a file of version 1 one of version 2.

    Its suggestions were nobody's in particular; being made again at any time, they go.
    """
    database.table("suggestions").drop()
    database.execute("DELETE FROM project WHERE key IN ('suggestion_run', 'suggestion_basis')")
    _add_missing(database)


def _add_missing(database: sqlite_utils.Database) -> None:
    """Adds the tables and columns that a file of an older version does not have yet."""
    there = set(database.table_names())
    for table in TABLES:
        if table.name not in there:
            _create_table(database, table)
            continue
        columns = database[table.name].columns_dict
        for name, field in table.fields.items():
            if name not in columns:
                _add_column(database, table.name, name, field)


def _create_table(database: sqlite_utils.Database, table: TableSpec) -> None:
    from sqlite_utils.db import ForeignKey

    database.table(table.name).create(
        {name: field.type for name, field in table.fields.items()},
        pk=table.key[0] if len(table.key) == 1 else table.key,
        not_null={name for name, field in table.fields.items() if not field.null},
        defaults={
            name: field.default for name, field in table.fields.items() if field.default is not None
        },
        foreign_keys=[
            ForeignKey(
                table.name,
                name,
                field.references,
                BY_NAME[field.references].key[0],
                on_delete="CASCADE" if field.cascade else "NO ACTION",
            )
            for name, field in table.fields.items()
            if field.references
        ],
        strict=True,
    )
    for columns in table.unique:
        database.table(table.name).create_index(columns, unique=True)
    for columns in table.indexes:
        database.table(table.name).create_index(columns)


def _add_column(database: sqlite_utils.Database, table: str, name: str, field: Field) -> None:
    """SQLite fills the rows there are with the default, or with null."""
    kind = {str: "TEXT", int: "INTEGER", float: "REAL"}[field.type]
    tail = "" if field.default is None else f" NOT NULL DEFAULT {_literal(database, field.default)}"
    if field.references:
        tail += f" REFERENCES [{field.references}]([{BY_NAME[field.references].key[0]}])"
    database.execute(f"ALTER TABLE [{table}] ADD COLUMN [{name}] {kind}{tail}")


def _literal(database: sqlite_utils.Database, value: str | int | float) -> str:
    return database.quote(value) if isinstance(value, str) else repr(value)
