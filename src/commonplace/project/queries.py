"""Queries kept under a name, which follow the codes that they name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from commonplace.domain.codebook import Codebook
from commonplace.project.errors import ProjectError, not_found
from commonplace.project.store import Change, Store

_PREFIX = "query:"

Mention = tuple[int, int, str]
"""Start and end in a query, in code points, and the id of the code that is named there."""
_Part = str | dict[str, str]
"""Words of a query as they were written, or a code: its id, and its path when it was kept."""


class Queries:
    """The saved queries of a project: facts about it, under `query:NAME`.

    A code is kept by its id and given as the path it has now: a query follows when it is renamed,
    moved or merged, and when that is undone.
    """

    def __init__(self, store: Store, codebook: Callable[[], Codebook]) -> None:
        self._store = store
        self._codebook = codebook

    def all(self) -> dict[str, str]:
        """The queries by name, in order of name. A code that is gone has the path it had."""
        book = self._codebook()
        return {
            name: "".join(part if isinstance(part, str) else _named(part, book) for part in parts)
            for name, parts in self._kept().items()
        }

    def get(self, name: str) -> str:
        """The query of that name. Raises `NotFoundError`, and `ProjectError` when a code that it
        names is gone."""
        known = self.all()
        if name not in known:
            raise not_found("saved query", name, list(known))
        book = self._codebook()
        for part in self._kept()[name]:
            if not isinstance(part, str) and part["code"] not in book:
                raise ProjectError(
                    f"the saved query '{name}' names the code '{part['path']}', which is not in "
                    "the codebook any more: undo that, or keep another query under that name"
                )
        return known[name]

    def save(self, name: str, query: str, codes: Iterable[Mention] = ()) -> str:
        """Keeps a query under a name, in place of another of that name; returns it as it is given
        from now on. `codes` are those that it names, in order.

        Raises `ProjectError` for a name that is empty.
        """
        name = " ".join(name.split())
        if not name:
            raise ProjectError("a saved query needs a name")
        value = _value(_parts(query, codes, self._codebook()))
        with self._store.transaction(f"saved the query '{name}'") as change:
            if change.row("project", _PREFIX + name) is None:
                change.insert("project", [(_PREFIX + name, value)])
            else:
                change.update("project", _PREFIX + name, value=value)
        return self.all()[name]

    def remove(self, name: str) -> None:
        """Forgets a query. Raises `NotFoundError`."""
        known = self._kept()
        if name not in known:
            raise not_found("saved query", name, list(known))
        with self._store.transaction(f"removed the query '{name}'") as change:
            change.delete("project", [_PREFIX + name])

    def _kept(self) -> dict[str, list[_Part]]:
        return {key.removeprefix(_PREFIX): _read(value) for key, value in _rows(self._store)}


def recode(store: Store, change: Change, code: str, into: str, path: str) -> None:
    """Saved queries that name one code name another, of that path, afterwards."""
    for key, value in _rows(store):
        parts = [
            {"code": into, "path": path} if isinstance(p, dict) and p["code"] == code else p
            for p in _read(value)
        ]
        if parts != _read(value):
            change.update("project", key, value=_value(parts))


def _rows(store: Store) -> list[tuple[Any, ...]]:
    return store.rows(
        "SELECT key, value FROM project WHERE substr(key, 1, ?) = ? ORDER BY key",
        len(_PREFIX),
        _PREFIX,
    )


def _parts(query: str, codes: Iterable[Mention], book: Codebook) -> Iterator[_Part]:
    done = 0
    for start, end, code in codes:
        yield query[done:start]
        yield {"code": code, "path": book.path(code)}
        done = end
    yield query[done:]


def _value(parts: Iterable[_Part]) -> str:
    return json.dumps({"parts": list(parts)}, ensure_ascii=False)


def _read(value: str) -> list[_Part]:
    """The parts of a query; one kept by an older version of the program is its words alone."""
    if not value.startswith('{"parts":'):
        return [value]
    parts: list[_Part] = json.loads(value)["parts"]
    return parts


def _named(part: dict[str, str], book: Codebook) -> str:
    code = part["code"]
    return bracketed(book.path(code) if code in book else part["path"])


def bracketed(path: str) -> str:
    """A code as a query names it for certain: by its path, in brackets."""
    return "[" + re.sub(r"[\[\]]", r"\\\g<0>", path) + "]"
