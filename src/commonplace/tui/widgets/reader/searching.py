"""Searching the document on the page: the hit, those after it, and the marks of all in view."""

from __future__ import annotations

from commonplace.domain.span import Span
from commonplace.tui.widgets.reader.document import Needle
from commonplace.tui.widgets.reader.surface import Surface


class Searched(Surface):
    """A page that can be searched; who moves its cursor says how."""

    _query = ""
    _origin = 0
    """Where the search begins."""
    _first: Span | None = None
    """The first hit from there on."""

    def go_to(self, offset: int) -> None:
        """Puts the cursor at `offset` and shows it."""
        raise NotImplementedError

    def _forget_search(self) -> None:
        self._needle, self._query, self._hit, self._first = None, "", None, None

    def search(self, query: str, origin: int | None = None) -> Span | None:
        """Goes to the first hit from `origin` on, by default the cursor, and marks all in view.

        Upper and lower case are alike. An empty query ends the search. Returns the hit.
        """
        origin = self._cursor.offset if origin is None else origin
        first = self._first_hit(query, origin)
        self._query, self._origin, self._first = query, origin, first
        self._needle = Needle(query) if query else None
        if self._painter is not None:
            self._painter.seek(self._needle)
        self._repaint()
        self._go_to_hit(first)
        return first

    def _first_hit(self, query: str, origin: int) -> Span | None:
        """The first hit from `origin` on, round the end of the text."""
        find, start = self._document.find, origin
        if self._query and query.startswith(self._query) and origin == self._origin:
            # What begins with the query before is nowhere before that one's first hit.
            if self._first is None:
                return None
            start = self._first.start
        if start < origin:
            return find(query, start, until=origin)
        return find(query, start) or find(query, until=origin)

    def search_next(self, direction: int = 1) -> Span | None:
        """Goes to the next hit (-1: the one before), round the ends of the text."""
        find, query, first = self._document.find, self._query, self._first
        if first is None:
            return None
        at = self._hit.start if self._hit else self._cursor.offset
        if direction > 0:
            found = find(query, at + 1)
            if found is None and self._origin <= first.start:
                found = find(query, until=self._origin)
            found = found or first
        else:
            found = find(query, at, backwards=True)
            found = found or find(query, self._document.length, backwards=True)
        self._go_to_hit(found)
        return found

    def _go_to_hit(self, hit: Span | None) -> None:
        before, self._hit = self._hit, hit
        for span in (before, hit):
            if span is not None:
                self._touch(span)
        if hit is not None:
            self.go_to(hit.start)
