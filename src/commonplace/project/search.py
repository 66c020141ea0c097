"""Full-text search over what is said; the index behind it is `search_index`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from commonplace.project.errors import ProjectError
from commonplace.project.schema import SEARCH_TABLE
from commonplace.project.store import Store


@dataclass(frozen=True, slots=True)
class Hit:
    """A turn in which all words of a query are said."""

    document: str
    turn: int
    """`turns.id`"""
    start: int
    end: int
    """The turn, in code points of its document."""


def match_expression(query: str) -> str:
    """What a person types, as an FTS5 expression: all words, "phrases" together, `word*`.

    Nothing else has a meaning, so that no query is a syntax error.
    Raises `ProjectError` when no word is left.
    """
    terms = []
    for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', query):
        term, star = phrase or word, ""
        if word.endswith("*"):
            term, star = word.rstrip("*"), "*"
        if any(character.isalnum() for character in term):
            terms.append(f'"{term}"{star}')
    if not terms:
        raise ProjectError(f"there is no word to search for in '{query}'")
    return " ".join(terms)


class Search:
    """Queries over the speech of all turns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def turns(self, query: str, *, document: str | None = None, limit: int = -1) -> list[Hit]:
        """The turns in which all words of `query` are said, in order of document and place.

        Raises `ProjectError` for a query without a word.
        """
        restriction = "" if document is None else "AND t.document_id = ?"
        values: list[Any] = [match_expression(query)]
        values += [] if document is None else [document]
        rows = self._store.rows(
            f'SELECT t.document_id, t.id, t.start, t."end" FROM {SEARCH_TABLE} s '
            "JOIN turns t ON t.id = s.rowid JOIN documents d ON d.id = t.document_id "
            f"WHERE {SEARCH_TABLE} MATCH ? {restriction} ORDER BY d.name, t.start LIMIT ?",
            *values,
            limit,
        )
        return [Hit(*row) for row in rows]
