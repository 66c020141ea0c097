"""The codebook in a project."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from commonplace.domain.codebook import Code, Codebook
from commonplace.domain.codebook_diff import pairs
from commonplace.project import schema
from commonplace.project.errors import DuplicateError, ProjectError, not_found
from commonplace.project.store import Store, new_id

_COLUMNS = schema.BY_NAME["codes"].columns
_TEXTS = ("definition", "include", "exclude", "anchor", "near_miss", "color")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many codes a codebook file added, and how many it changed."""

    added: int
    changed: int


class Codes:
    """The codes of a project, a tree."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def codebook(self) -> Codebook:
        """The whole codebook, in reading order. Raises `CodebookError` if the file was tampered."""
        rows = self._store.rows(f"SELECT {', '.join(_COLUMNS)} FROM codes ORDER BY position, rowid")
        children: dict[str | None, list[Code]] = {}
        for row in rows:
            values = dict(zip(_COLUMNS, row, strict=True))
            parent = values.pop("parent_id")
            del values["position"]
            values["keywords"] = tuple(json.loads(values["keywords"]))
            children.setdefault(parent, []).append(Code(parent=parent, **values))
        ordered: list[Code] = []
        waiting = list(reversed(children.get(None, [])))
        while waiting:
            code = waiting.pop()
            ordered.append(code)
            waiting += reversed(children.get(code.id, []))
        facts = dict(self._store.rows("SELECT key, value FROM project"))
        return Codebook(
            facts.get("codebook_name", "codebook"),
            tuple(ordered),
            facts.get("codebook_version", ""),
        )

    def find(self, path: str) -> Code:
        """The code at that path, of that only name, or of that id. Raises `NotFoundError`."""
        codebook = self.codebook()
        code = codebook[path] if path in codebook else codebook.find(path)
        if code is None:
            raise not_found("code", path, [codebook.path(code.id) for code in codebook])
        return code

    def load(self, codebook: Codebook) -> Loaded:
        """Takes a codebook in; none of the codes here is removed.

        Codes are matched by id, then by path. A later edition of the codebook that is here
        (one of the same name) also renames and moves codes, see `codebook_diff.pairs`.
        Fields that the file leaves empty stay as they are.
        """
        added = changed = 0
        with self._store.transaction(f"loaded the codebook {codebook.name}") as change:
            here = self.codebook()
            if not here.codes:
                for key, value in (("name", codebook.name), ("version", codebook.version)):
                    self._fact(f"codebook_{key}", value)
            ids = dict(_matches(here, codebook))
            for code in codebook.in_reading_order():
                parent = ids[code.parent] if code.parent is not None else None
                if code.id not in ids:
                    ids[code.id] = code.id
                    change.insert_row("codes", **_row(code, parent, self._room_under(parent)))
                    added += 1
                    continue
                match = here[ids[code.id]]
                before = len(change.operations)
                change.update("codes", match.id, name=code.name, **_given(code))
                if match.parent != parent:
                    change.update(
                        "codes", match.id, parent_id=parent, position=self._room_under(parent)
                    )
                changed += len(change.operations) > before
            self.codebook()
        return Loaded(added, changed)

    def add(self, name: str, parent: str | None = None, **fields: Any) -> str:
        """Adds a code; returns its id. Raises `DuplicateError` when a sibling has the name."""
        name = _checked_name(name)
        code = Code(new_id(), name, parent, **fields)
        with self._store.transaction(f"added the code '{name}'") as change:
            self._refuse_same_name(name, parent)
            change.insert_row("codes", **_row(code, parent, self._room_under(parent)))
        return code.id

    def update(self, code: str, /, **fields: Any) -> None:
        """Changes definition, include, exclude, anchor, near_miss, keywords or color."""
        name = self.find(code).name
        if "keywords" in fields:
            fields["keywords"] = json.dumps(list(fields["keywords"]), ensure_ascii=False)
        with self._store.transaction(f"changed the entry of '{name}'") as change:
            change.update("codes", code, **fields)

    def rename(self, code: str, name: str) -> None:
        """Gives a code another name. Raises `DuplicateError` when a sibling has it."""
        old = self.find(code)
        name = _checked_name(name)
        with self._store.transaction(f"renamed the code '{old.name}' to '{name}'") as change:
            self._refuse_same_name(name, old.parent, but=code)
            change.update("codes", code, name=name)

    def move(self, code: str, parent: str | None, *, position: int | None = None) -> None:
        """Puts a code, with all below it, under another parent (None: at the top level).

        `position` counts among the new siblings from 0; the end by default. Raises
        `ProjectError` when it would stand under itself.
        """
        codebook = self.codebook()
        moved = self.find(code)
        if parent is not None and parent in {c.id for c in codebook.subtree(code)}:
            raise ProjectError(f"'{moved.name}' cannot stand under itself")
        where = f"under '{codebook[parent].name}'" if parent is not None else "to the top level"
        with self._store.transaction(f"moved the code '{moved.name}' {where}") as change:
            self._refuse_same_name(moved.name, parent, but=code)
            siblings = [c.id for c in codebook.children(parent) if c.id != code]
            siblings.insert(len(siblings) if position is None else position, code)
            change.update("codes", code, parent_id=parent)
            for place, sibling in enumerate(siblings):
                change.update("codes", sibling, position=place)

    def remove(self, code: str) -> None:
        """Removes a code that is not used. Raises `ProjectError` when it is, or has sub-codes."""
        name = self.find(code).name
        used = self._store.value("SELECT count(*) FROM codings WHERE code_id = ?", code)
        below = self._store.value("SELECT count(*) FROM codes WHERE parent_id = ?", code)
        if used or below:
            raise ProjectError(
                f"'{name}' has {used} codings and {below} sub-codes: recode or move them first"
            )
        with self._store.transaction(f"removed the code '{name}'") as change:
            change.delete_where("memos", code_id=code)
            change.delete_where("decisions", code_id=code)
            change.delete_where("settlements", code_id=code)
            change.delete("codes", [code])

    def counts(self, document: str | None = None) -> dict[str, int]:
        """How many codings each code has, its sub-codes not included; in one transcript or all."""
        condition = "" if document is None else "WHERE document_id = ?"
        values = () if document is None else (document,)
        return dict(
            self._store.connection.execute(
                f"SELECT code_id, count(*) FROM codings {condition} GROUP BY code_id", values
            ).fetchall()
        )

    def _fact(self, key: str, value: str) -> None:
        with self._store.transaction("") as change:
            if change.row("project", key) is None:
                change.insert("project", [(key, value)])
            else:
                change.update("project", key, value=value)

    def _room_under(self, parent: str | None) -> int:
        return int(
            self._store.value(
                "SELECT ifnull(max(position) + 1, 0) FROM codes WHERE parent_id IS ?", parent
            )
        )

    def _refuse_same_name(self, name: str, parent: str | None, *, but: str = "") -> None:
        codebook = self.codebook()
        for sibling in codebook.children(parent):
            if sibling.id != but and sibling.name.casefold() == name.casefold():
                raise DuplicateError(
                    f"there is a code '{codebook.path(sibling.id)}' already: use it, or choose "
                    "another name"
                )


def _matches(here: Codebook, file: Codebook) -> dict[str, str]:
    """Which code here (id) each code of a file is, where there is one."""
    if here.name == file.name:
        return pairs(here, file)
    found = {}
    for code in file:
        match = here[code.id] if code.id in here else here.at(file.path(code.id))
        if match is not None:
            found[code.id] = match.id
    return found


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ProjectError("a code needs a name")
    return name


def _row(code: Code, parent: str | None, position: int) -> dict[str, Any]:
    return {
        "id": code.id,
        "parent_id": parent,
        "position": position,
        "name": code.name,
        "keywords": json.dumps(list(code.keywords), ensure_ascii=False),
        **{field: getattr(code, field) for field in _TEXTS},
    }


def _given(code: Code) -> dict[str, Any]:
    """The fields that a codebook file fills in, apart from name and place."""
    given = {field: getattr(code, field) for field in _TEXTS if getattr(code, field)}
    if code.keywords:
        given["keywords"] = json.dumps(list(code.keywords), ensure_ascii=False)
    return given
