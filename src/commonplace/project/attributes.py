"""The attributes that people can have: their names, kinds and values."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from commonplace.domain.attributes import RESERVED, Attribute, Kind, UnfitError, guess
from commonplace.project.errors import DuplicateError, ProjectError, not_found
from commonplace.project.store import Change, Store

_SHOWN = 5
"""Values that do not fit which a message names."""


class Attributes:
    """What can be known of the participants of a project."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> dict[str, Attribute]:
        """Every attribute by name: as somebody has declared it, else as its values look."""
        declared = self._declared()
        used = self.values()
        found = {name: declared.get(name) or guess(name, used[name]) for name in used}
        return dict(sorted({**declared, **found}.items(), key=lambda item: item[0].casefold()))

    def find(self, name: str) -> Attribute:
        """The attribute of that name, case aside. Raises `NotFoundError`."""
        known = self.all()
        found = known.get(name) or next((known[n] for n in known if _key(n) == _key(name)), None)
        if found is None:
            raise not_found("attribute", name, known)
        return found

    def values(self) -> dict[str, Counter[str]]:
        """How often each value stands, by attribute."""
        found: dict[str, Counter[str]] = {}
        for name, value, count in self._store.rows(
            "SELECT name, value, count(*) FROM attributes GROUP BY name, value ORDER BY name, value"
        ):
            found.setdefault(name, Counter())[value] = count
        return found

    def declare(self, name: str, kind: Kind, choices: Iterable[str] = ()) -> Attribute:
        """Says what an attribute is; it need not have values yet.

        A choice without `choices` takes the values that stand. Raises `ProjectError`, naming
        people, where values that stand would not fit.
        """
        known = {n: n for n in (*self._declared(), *self.values())}
        name = next((n for n in known if _key(n) == _key(name)), checked_name(name))
        there = self.values().get(name, Counter())
        wanted = tuple(dict.fromkeys(" ".join(choice.split()) for choice in choices))
        if kind is not Kind.CHOICE:
            wanted = ()
        elif not wanted:
            wanted = guess(name, there).choices or tuple(there)
        attribute = Attribute(name, kind, wanted, declared=True)
        self._refuse_unfit(attribute, there)
        said = f"{kind}: {', '.join(wanted)}" if wanted else str(kind)
        with self._store.transaction(f"made {name} a {said}") as change:
            self._write(change, attribute)
        return attribute

    def add_choices(self, name: str, choices: Iterable[str]) -> None:
        """Adds values to those of a declared choice."""
        attribute = self.find(name)
        wanted = tuple(dict.fromkeys((*attribute.choices, *choices)))
        with self._store.transaction(f"{attribute.name} may be {', '.join(choices)}") as change:
            self._write(change, Attribute(attribute.name, attribute.kind, wanted, declared=True))

    def rename(self, name: str, new: str) -> None:
        """Gives an attribute another name, for everybody. Raises `DuplicateError` for a taken one.

        Two spellings of one name (`Nation`, `nation`) become one so, where nobody has both.
        """
        old, new = self.find(name), checked_name(new)
        known = self.all()
        if new == old.name:
            return
        if any(_key(n) == _key(new) and _key(n) != _key(old.name) for n in known):
            raise DuplicateError(f"there is an attribute '{new}' already: remove one of the two")
        with self._store.transaction(f"renamed the attribute {old.name} to {new}") as change:
            for (key,) in self._store.rows("SELECT id FROM attributes WHERE name = ?", old.name):
                change.update("attributes", key, name=new)
            if old.declared:
                change.delete("attribute_types", [old.name])
                self._write(change, Attribute(new, old.kind, old.choices, declared=True))

    def remove(self, name: str) -> int:
        """Takes an attribute away from everybody; returns how many values went."""
        attribute = self.find(name)
        with self._store.transaction(f"removed the attribute {attribute.name}") as change:
            keys = [
                row[0]
                for row in self._store.rows(
                    "SELECT id FROM attributes WHERE name = ?", attribute.name
                )
            ]
            change.delete("attributes", keys)
            change.delete("attribute_types", [attribute.name])
        return len(keys)

    def _declared(self) -> dict[str, Attribute]:
        return {
            name: Attribute(name, Kind(kind), tuple(json.loads(choices)), declared=True)
            for name, kind, choices in self._store.rows(
                "SELECT name, kind, choices FROM attribute_types ORDER BY name"
            )
        }

    def _write(self, change: Change, attribute: Attribute) -> None:
        choices = json.dumps(attribute.choices, ensure_ascii=False)
        if change.row("attribute_types", attribute.name) is None:
            row = (attribute.name, str(attribute.kind), choices)
            change.insert("attribute_types", [row])
        else:
            change.update(
                "attribute_types", attribute.name, kind=str(attribute.kind), choices=choices
            )

    def _refuse_unfit(self, attribute: Attribute, values: Iterable[str]) -> None:
        problems = []
        for value in values:
            try:
                attribute.fit(value)
            except UnfitError as error:
                who = self._store.value(
                    "SELECT p.name FROM attributes a JOIN people p ON p.id = a.person_id "
                    "WHERE a.name = ? AND a.value = ? ORDER BY p.name LIMIT 1",
                    attribute.name,
                    value,
                )
                problems.append(f"{who}: {error}")
        if problems:
            more = len(problems) - _SHOWN
            listed = "; ".join(problems[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")
            raise ProjectError(
                f"{attribute.name} cannot be a {attribute.kind} while there are other values: "
                f"{listed}; change those first"
            )


def checked_name(name: str) -> str:
    """The name of an attribute. Raises `ProjectError` for an empty or a reserved one."""
    name = " ".join(name.split())
    if not name:
        raise ProjectError("an attribute needs a name")
    if name.casefold() in RESERVED:
        raise ProjectError(
            f"'{name}' says who somebody is in a participants file: call the attribute otherwise"
        )
    return name


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
