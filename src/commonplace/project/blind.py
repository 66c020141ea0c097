"""Blind mode: nobody sees others' codings in a transcript before having finished it."""

from __future__ import annotations

from commonplace.project import schema
from commonplace.project.store import Store

KEY = "blind"
"""The fact of the project that says whether blind mode is on."""

ON, OFF = "on", "off"
_OWN = ("codings", "memos", "decisions", "settlements", "done", "suggestions")
"""What belongs to a coder. Marks of having read go with the rest: where they were seen and the
codings not, it would look as if others had read a transcript and coded nothing."""


class Blind:
    """Whether coders are kept from seeing what others coded, and what that hides."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shaded = False

    @property
    def on(self) -> bool:
        """Whether blind mode is on."""
        return bool(self._store.value("SELECT value FROM project WHERE key = ?", KEY) == ON)

    def set(self, on: bool) -> None:
        """Turns blind mode on or off, for everybody; can be undone."""
        if on == self.on:
            return
        value = ON if on else OFF
        with self._store.transaction(f"turned blind mode {value}") as change:
            if change.row("project", KEY) is None:
                change.insert("project", [(KEY, value)])
            else:
                change.update("project", KEY, value=value)

    def hides(self, document: str | None, coder: str, *, reader: str = "") -> bool:
        """Whether `reader` (by default this coder) may not see what `coder` did there yet."""
        reader = reader or self._store.coder
        if coder == reader or document is None or not self.on:
            return False
        return not self._store.value(
            "SELECT count(*) FROM done WHERE document_id = ? AND coder = ?", document, reader
        )

    def shade(self, reader: str = "") -> None:
        """While blind mode is on, others' work in unfinished transcripts is not there to be read.

        For a connection that only reads: views of its own, under the names of the tables, leave
        out what others (than `reader`, by default this coder) coded, noted, decided and settled,
        and what was proposed to them, in transcripts that `reader` has not marked done. No reader
        of the project can forget to ask. To be called again whenever the setting may have changed.
        """
        on = self.on
        if on == self._shaded:
            return
        self._shaded = on
        who = (reader or self._store.coder).replace("'", "''")
        for table in _OWN:
            self._store.connection.execute(f'DROP VIEW IF EXISTS temp."{table}"')
            if on:
                columns = ", ".join(f'"{name}"' for name in schema.BY_NAME[table].columns)
                self._store.connection.execute(
                    f'CREATE TEMP VIEW "{table}" AS SELECT {columns} FROM main."{table}" '
                    f"WHERE coder = '{who}' OR document_id IS NULL OR document_id IN "
                    f"(SELECT document_id FROM main.done WHERE coder = '{who}')"
                )
