"""Markdown: quotes as a pack to read, every other table as a table."""

from __future__ import annotations

from typing import TextIO

from commonplace.domain.table import Table
from commonplace.exports import markdown_quotes, markdown_table
from commonplace.exports.packs import is_pack


def write(table: Table, stream: TextIO) -> None:
    """Writes a table in the form that suits it."""
    (markdown_quotes if is_pack(table) else markdown_table).write(table, stream)
