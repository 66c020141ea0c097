"""The audit trail."""

from __future__ import annotations

from commonplace.project.schema.fields import Field, TableSpec

TABLES = (
    TableSpec(
        "journal",
        "Every change, in order: the audit trail, and what undo and redo run over.",
        {
            "seq": Field(int, "order"),
            "group_id": Field(str, "changes made as one, such as an import; what undo reverses"),
            "kind": Field(str, "do, undo or redo"),
            "target": Field(str, "the group that an undo or redo is about", null=True),
            "coder": Field(str, "who"),
            "at": Field(str, "ISO 8601, UTC"),
            "action": Field(str, "what was done, in words"),
            "changes": Field(
                str,
                "what it takes to reverse it: a JSON list of "
                "`{table, insert: [keys]}`, `{table, update: [[key, before, after]]}`, "
                "`{table, delete: [rows]}`, and for corrected texts "
                "`{table, splice: [[key, [[start, old words, new words]]]]}`",
            ),
        },
        key=("seq",),
        indexes=(("group_id",), ("target",), ("coder", "seq")),
    ),
)
