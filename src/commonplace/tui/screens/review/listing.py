"""The queue as rows of a list, under headings where it is grouped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from textual.content import Content

from commonplace.domain.codebook import split_path
from commonplace.domain.suggestion import Suggestion
from commonplace.tui.screens.review.reading import Found
from commonplace.tui.session import Session
from commonplace.tui.weighing import sureness
from commonplace.tui.widgets.linelist import Column, LineList, Row
from commonplace.tui.widgets.reader import CodeLook
from commonplace.tui.widgets.reader.cells import safe

PAGE = 64
"""Suggestions whose words are read at once, as they come into view."""

NAMED = 24
"""Cells from which on there is room for the name of a code beside the words."""

_HEADING = "heading:"
_SKIPPED = "skipped"

_Item = tuple[str, Suggestion]
"""A suggestion with its id."""


class Group(StrEnum):
    """How the queue is grouped."""

    NONE = "not grouped"
    CODE = "by code"
    TRANSCRIPT = "by transcript"


class Queue:
    """The rows: suggestions, and headings above groups of them.

    `ask` is called with suggestions whose words are wanted; `words` holds those that are known.
    """

    def __init__(
        self,
        session: Session,
        found: Found,
        *,
        group: Group = Group.NONE,
        skipped: Collection[str] = (),
        without: Collection[str] = (),
        words: dict[str, str],
        ask: Callable[[Mapping[str, Suggestion]], None],
    ) -> None:
        self.words = words
        self._session = session
        self._found = found
        self._ask = ask
        self._asked: set[str] = set()
        self._titles: dict[str, tuple[Content, int]] = {}
        self._group = group
        self.suggestions: dict[str, Suggestion] = {}
        """By id, in the order of the list."""
        self._keys: list[str] = []
        later = {key: place for place, key in enumerate(skipped)}
        kept = [item for item in found.suggestions.items() if item[0] not in without]
        now = [item for item in kept if item[0] not in later]
        self._add(self._grouped(now))
        if put_off := sorted((i for i in kept if i[0] in later), key=lambda i: later[i[0]]):
            self._add([(_SKIPPED, Content.assemble(("skipped", "bold underline")), put_off)])
        self._places = {key: place for place, key in enumerate(self._keys)}

    def _grouped(self, found: list[_Item]) -> list[tuple[str, Content, list[_Item]]]:
        """Groups with their keys and titles, in order of codebook or name; the order inside
        stays."""
        book, names = self._session.codebook, self._found.names
        if self._group is Group.CODE:
            rank = {code.id: place for place, code in enumerate(book.in_reading_order())}
            found = sorted(found, key=lambda item: rank.get(item[1].code, len(rank)))
            return [
                (code, self._named(code), list(group))
                for code, group in groupby(found, key=lambda item: item[1].code)
            ]
        if self._group is Group.TRANSCRIPT:
            place = {document: number for number, document in enumerate(names)}
            found = sorted(found, key=lambda item: place.get(item[1].document, len(place)))
            return [
                (
                    document,
                    Content.assemble((safe(names.get(document, "")), "bold underline")),
                    list(group),
                )
                for document, group in groupby(found, key=lambda item: item[1].document)
            ]
        return [("", Content(""), found)]

    def _named(self, code: str) -> Content:
        look = self._session.looks.get(code)
        *above, name = split_path(self._session.path_of(code))
        return Content.assemble(
            (safe(name), f"bold underline {look.color}" if look else "bold underline"),
            (safe(f"  {'/'.join(above)}") if above else "", "$text-muted"),
        )

    def _add(self, groups: Sequence[tuple[str, Content, list[_Item]]]) -> None:
        for key, title, group in groups:
            if key:
                self._keys.append(_HEADING + key)
                self._titles[_HEADING + key] = (title, len(group))
            self._keys += [key for key, _ in group]
            self.suggestions.update(group)

    def is_heading(self, index: int) -> bool:
        """Whether the row there is no suggestion."""
        return 0 <= index < len(self._keys) and self._keys[index].startswith(_HEADING)

    def following(self, key: str, count: int) -> dict[str, Suggestion]:
        """The suggestion of that key, and so many after it, by id."""
        at = self._places.get(key)
        keys = [] if at is None else self._keys[at : at + count + 1]
        return {key: self.suggestions[key] for key in keys if key in self.suggestions}

    def number(self, key: str) -> int:
        """The place of a suggestion among all, from 1."""
        at = self._places[key]
        return at + 1 - sum(1 for heading in self._titles if self._places[heading] < at)

    # As a list shows them

    def count(self) -> int:
        return len(self._keys)

    def index(self, key: str) -> int | None:
        return self._places.get(key)

    def rows(self, start: int, end: int) -> list[Row]:
        wanted = [key for key in self._keys[start:end] if key in self.suggestions]
        missing = [k for k in wanted if k not in self.words and k not in self._asked]
        if missing:
            self._asked.update(missing)
            self._ask({key: self.suggestions[key] for key in missing})
        return [self._row(key) for key in self._keys[start:end]]

    def _row(self, key: str) -> Row:
        if key in self._titles:
            title, count = self._titles[key]
            return Row(key, (title, Content.assemble((f"{count:,}", "$text-muted"))))
        one = self.suggestions[key]
        words = safe(" ".join(self.words.get(key, "…").split()))
        name = "" if self._group is Group.CODE else split_path(self._session.path_of(one.code))[-1]
        line = _Line(self._session.looks.get(one.code), safe(name), words)
        return Row(key, (line, sureness(self._found.basis, one, short=True)))


class _Line(NamedTuple):
    """A suggestion in the list: its code's mark, the name where there is room, and the words."""

    look: CodeLook | None
    name: str
    words: str

    def fit(self, width: int) -> Content:
        """The line for a cell of `width` cells."""
        look, named = self.look, bool(self.name) and width >= NAMED
        return Content.assemble(
            (f"{look.mark} " if look else "", f"bold {look.color}" if look else "bold"),
            (f"{self.name}  " if named else "", "bold"),
            (self.words, "$text-muted" if named else ""),
        )


class QueueList(LineList):
    """The list of the queue; headings are passed over."""

    def __init__(self) -> None:
        super().__init__(
            [Column(), Column(width=8, align="right")], height=2, empty="nothing waits", id="queue"
        )
        self.queue: Queue | None = None

    def show_queue(self, queue: Queue) -> None:
        """Shows another queue; the current suggestion stays current if it is in it."""
        self.queue = queue
        self.show(queue)
        self.move_to(self.cursor)

    def move_to(self, index: int) -> None:
        queue = self.queue
        if queue is not None and queue.is_heading(index):
            index += 1 if index >= self.cursor or index == 0 else -1
        super().move_to(index)


def title_of(session: Session, code: str) -> Content:
    """A code's mark, its name, and where it stands: what is cut off where room is short."""
    look = session.looks.get(code)
    *above, name = split_path(session.path_of(code))
    where = f"  {'/'.join(above)}" if above else ""
    return Content.assemble(
        (f"{look.mark if look else '•'} ", f"bold {look.color}" if look else "bold"),
        (safe(name), "bold"),
        (safe(where), "$text-muted"),
    )
