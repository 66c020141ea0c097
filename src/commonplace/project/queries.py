"""Queries kept under a name."""

from __future__ import annotations

from commonplace.project.errors import ProjectError, not_found
from commonplace.project.store import Store

_PREFIX = "query:"


class Queries:
    """The saved queries of a project: facts about it, under `query:NAME`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> dict[str, str]:
        """The queries by name, in order of name."""
        rows = self._store.rows(
            "SELECT substr(key, ?), value FROM project WHERE substr(key, 1, ?) = ? ORDER BY key",
            len(_PREFIX) + 1,
            len(_PREFIX),
            _PREFIX,
        )
        return dict(rows)

    def get(self, name: str) -> str:
        """The query of that name. Raises `NotFoundError`."""
        known = self.all()
        if name not in known:
            raise not_found("saved query", name, list(known))
        return known[name]

    def save(self, name: str, query: str) -> None:
        """Keeps a query under a name, in place of another of that name.

        Raises `ProjectError` for a name that is empty.
        """
        name = " ".join(name.split())
        if not name:
            raise ProjectError("a saved query needs a name")
        with self._store.transaction(f"saved the query '{name}'") as change:
            if change.row("project", _PREFIX + name) is None:
                change.insert("project", [(_PREFIX + name, query)])
            else:
                change.update("project", _PREFIX + name, value=query)

    def remove(self, name: str) -> None:
        """Forgets a query. Raises `NotFoundError`."""
        self.get(name)
        with self._store.transaction(f"removed the query '{name}'") as change:
            change.delete("project", [_PREFIX + name])
