"""The codebook in a project."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from commonplace.domain.codebook import Code, Codebook, join_path, split_path
from commonplace.domain.codebook_diff import pairs
from commonplace.project import queries, schema
from commonplace.project.errors import DuplicateError, ProjectError, not_found
from commonplace.project.recoding import Recoded, merge, recode
from commonplace.project.rereading import MEANING, mark
from commonplace.project.store import Change, Store, new_id

_COLUMNS = schema.BY_NAME["codes"].columns
_TEXTS = ("definition", "include", "exclude", "anchor", "near_miss", "color")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


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
            values["retired"] = bool(values["retired"])
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

    def load(self, codebook: Codebook, *, reread: bool = False) -> Loaded:
        """Takes a codebook in; none of the codes here is removed.

        Codes are matched by id, then by path. A later edition of the codebook that is here
        (one of the same name) also renames and moves codes, see `codebook_diff.pairs`.
        Fields that the file leaves empty stay as they are. `reread` is as for `update`.
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
                given = _given(code)
                change.update("codes", match.id, name=code.name, **given)
                if reread:
                    self._mark(change, match, given)
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

    def make(self, path: str) -> str:
        """The code of a path (its id), made with those above it where they are missing."""
        parent: str | None = None
        names = split_path(path)
        with self._store.transaction(f"added the code '{path}'"):
            for depth in range(len(names)):
                known = self.codebook().at(join_path(names[: depth + 1]))
                parent = known.id if known is not None else self.add(names[depth], parent)
        assert parent is not None
        return parent

    def update(self, code: str, /, *, reread: bool = False, **fields: Any) -> int:
        """Changes definition, include, exclude, anchor, near_miss, keywords or color.

        With `reread`, a change of the first three matters to what is coded: codings of the code
        are marked to be read again. Returns how many are. Raises `ProjectError` for a colour
        that is not `#rrggbb`.
        """
        old = self.find(code)
        unknown = fields.keys() - {*_TEXTS, "keywords"}
        if unknown:
            raise KeyError(f"a code has no {sorted(unknown)}")
        if fields.get("color") and not _COLOR.fullmatch(fields["color"]):
            raise ProjectError(f"'{fields['color']}' is no colour: write #rrggbb, as #0072B2")
        if "keywords" in fields:
            fields["keywords"] = json.dumps(list(fields["keywords"]), ensure_ascii=False)
        with self._store.transaction(f"changed the entry of '{old.name}'") as change:
            change.update("codes", old.id, **fields)
            return self._mark(change, old, fields) if reread else 0

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

    def reorder(self, code: str, position: int) -> int:
        """Puts a code at a place among its siblings, counted from 0; returns where it is then.

        Places before the first and after the last are these.
        """
        moved = self.find(code)
        others = [c.id for c in self.codebook().children(moved.parent) if c.id != moved.id]
        position = min(max(0, position), len(others))
        others.insert(position, moved.id)
        with self._store.transaction(
            f"moved the code '{moved.name}' to place {position + 1}"
        ) as change:
            for place, sibling in enumerate(others):
                change.update("codes", sibling, position=place)
        return position

    def retire(self, code: str, *, below: bool = False) -> int:
        """Takes a code out of use: it is not applied or suggested any more, its codings stay.

        With `below`, its sub-codes as well. Returns how many codes were in use before.
        """
        return self._set_retired(code, True, below)

    def restore(self, code: str, *, below: bool = False) -> int:
        """Brings a retired code back, with `below` its sub-codes as well; returns how many."""
        return self._set_retired(code, False, below)

    def _set_retired(self, code: str, retired: bool, below: bool) -> int:
        found = self.find(code)
        meant = self.codebook().subtree(found.id) if below else [found]
        meant = [each for each in meant if each.retired != retired]
        did = "retired the code" if retired else "brought back the code"
        more = f" and {len(meant) - 1} below it" if len(meant) > 1 else ""
        with self._store.transaction(f"{did} '{found.name}'{more}") as change:
            for each in meant:
                change.update("codes", each.id, retired=int(retired))
        return len(meant)

    def merge(self, code: str, into: str) -> Recoded:
        """Makes one code of two. Codings, sub-codes, decisions and memos go to `into`, which
        keeps its name and place, unless it stands under `code`: then it takes its place.

        Where a coder has given both codes to the same words, one coding stays with both memos.
        Fields that `into` leaves empty are taken over, keywords are united, and what else
        `code` says of itself is kept in a memo. Raises `ProjectError` when sub-codes of both
        have the same name.
        """
        one, other = self.find(code), self.find(into)
        with self._store.transaction(f"merged the code '{one.name}' into '{other.name}'") as change:
            return merge(self._store, change, self.codebook(), one, other)

    def split(self, code: str, codings: Iterable[str], into: str) -> Recoded:
        """Gives some of the codings of a code to another. To a new one: `make` it in the same
        transaction. Raises `ProjectError` when one of them is not of this code."""
        one, other = self.find(code), self.find(into)
        chosen = list(dict.fromkeys(codings))
        for coding in chosen:
            if self._store.value("SELECT code_id FROM codings WHERE id = ?", coding) != one.id:
                raise ProjectError(f"the coding '{coding}' is not one of '{one.name}': look again")
        with self._store.transaction(
            f"split {len(chosen)} codings of '{one.name}' off to '{other.name}'"
        ) as change:
            return recode(self._store, change, chosen, other.id, read=True)

    def remove(self, code: str) -> None:
        """Removes a code that is not used. Raises `ProjectError` when it is, or has sub-codes."""
        old = self.find(code)
        name, path = old.name, self.codebook().path(old.id)
        used = self._store.value(
            "SELECT (SELECT count(*) FROM codings WHERE code_id = ?1) "
            "+ (SELECT count(*) FROM unplaced WHERE code_id = ?1)",
            code,
        )
        below = self._store.value("SELECT count(*) FROM codes WHERE parent_id = ?", code)
        if used or below:
            raise ProjectError(
                f"'{name}' has {used} codings and {below} sub-codes: recode or move them first"
            )
        with self._store.transaction(f"removed the code '{name}'") as change:
            change.delete_where("memos", code_id=code)
            change.delete_where("decisions", code_id=code)
            change.delete_where("revisions", code_id=code)
            change.delete_where("settlements", code_id=code)
            queries.recode(self._store, change, code, code, path)
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

    def _mark(self, change: Change, old: Code, fields: dict[str, Any]) -> int:
        """Marks the codings of a code, as it was, if what it means is among the new fields."""
        before = {
            name: getattr(old, name)
            for name in MEANING
            if name in fields and fields[name] != getattr(old, name)
        }
        return mark(self._store, change, old.id, before) if before else 0

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
        "retired": int(code.retired),
        **{field: getattr(code, field) for field in _TEXTS},
    }


def _given(code: Code) -> dict[str, Any]:
    """The fields that a codebook file fills in, apart from name and place."""
    given: dict[str, Any] = {
        field: getattr(code, field) for field in _TEXTS if getattr(code, field)
    }
    if code.retired:
        given["retired"] = 1
    if code.keywords:
        given["keywords"] = json.dumps(list(code.keywords), ensure_ascii=False)
    return given
