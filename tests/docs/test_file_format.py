"""The reference of the project file says what the schema says.

`UPDATE_DOCS=1 pytest tests/docs` writes the tables of the page anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from commonplace.project.schema import TABLES, TableSpec

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "file-format.md"
MARK = "<!-- tables: written from the schema -->"
TYPES = {str: "TEXT", int: "INTEGER", float: "REAL"}


def section(table: TableSpec) -> str:
    lines = [f"### `{table.name}`", "", table.meaning, "", "| column | type | meaning |"]
    lines.append("|---|---|---|")
    for name, field in table.fields.items():
        marks = [TYPES[field.type] + (", may be null" if field.null else "")]
        if name in table.key:
            marks.append("key")
        if field.references:
            marks.append(f"→ `{field.references}`")
        lines.append(f"| `{name}` | {'; '.join(marks)} | {field.meaning} |")
    for columns in table.unique:
        lines += ["", "Unique: " + ", ".join(f"`{column}`" for column in columns) + "."]
    return "\n".join(lines)


def test_every_table_and_column_is_documented_as_it_is() -> None:
    page = PAGE.read_text(encoding="utf-8")
    wanted = MARK + "\n\n" + "\n\n".join(section(table) for table in TABLES) + "\n\n" + MARK
    pattern = re.compile(re.escape(MARK) + ".*" + re.escape(MARK), re.DOTALL)
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(pattern.sub(lambda _: wanted, page), encoding="utf-8")
        page = PAGE.read_text(encoding="utf-8")
    assert wanted in page
