"""How tables are read that look like earlier ones: a project remembers what was said of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from commonplace.project import Project
    from commonplace.readers import TableLayout, TableReading

FACT = "import_tables"
"""The key in the table `project`; JSON: `[{"sheets": […], "columns": […], "reading": {…}}, …]`,
with the fields of `TableReading` that are not as they are by default."""


def remembered_tables(project: Project) -> dict[TableLayout, TableReading]:
    """How tables were read last, by their sheets and columns."""
    stored = project.fact(FACT)
    try:
        return {
            (tuple(each["sheets"]), tuple(each["columns"])): _reading(each["reading"])
            for each in json.loads(stored or "[]")
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(
            "what the project remembers of the columns of tables cannot be read; import with "
            "--forget-corrections and say it anew"
        ) from error


def remember_table(
    project: Project, layout: TableLayout, table: TableReading | None, *, group: str
) -> None:
    """Notes how tables of a layout are read from now on; None forgets it."""
    known = remembered_tables(project)
    later = {each: reading for each, reading in known.items() if each != layout}
    if table is not None:
        later[layout] = table
    if later != known:
        _store(project, "remembered the columns of a table", later, group)


def forget_tables(project: Project, *, group: str | None = None) -> None:
    """Forgets all of it; transcripts that are there already stay as they are."""
    if project.fact(FACT):
        _store(project, "forgot the columns of tables", {}, group)


def forget_tables_of(project: Project, names: Iterable[str]) -> None:
    """Forgets tables that have one of these names in their sheets or columns."""
    wanted = [name.casefold() for name in names if name]
    known = remembered_tables(project)
    left = {
        layout: table
        for layout, table in known.items()
        if not any(name in _text(layout, table) for name in wanted)
    }
    if left != known:
        _store(project, "forgot the columns of a table", left, None)


def _text(layout: TableLayout, table: TableReading) -> str:
    return json.dumps([layout, _record(table)], ensure_ascii=False).casefold()


def _store(
    project: Project,
    action: str,
    tables: Mapping[TableLayout, TableReading],
    group: str | None,
) -> None:
    stored = [
        {"sheets": sheets, "columns": columns, "reading": _record(table)}
        for (sheets, columns), table in tables.items()
    ]
    with project.transaction(action, group=group):
        project.set_fact(FACT, json.dumps(stored, ensure_ascii=False))


def _record(table: TableReading) -> dict[str, Any]:
    values = ((each, getattr(table, each.name)) for each in fields(table))
    return {each.name: value for each, value in values if value != each.default}


def _reading(record: Mapping[str, Any]) -> TableReading:
    from commonplace.readers import TableReading

    lists = {name: tuple(value) for name, value in record.items() if isinstance(value, list)}
    return TableReading(**{**record, **lists})
