"""What the reader tells whoever holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from commonplace.domain.span import Span

if TYPE_CHECKING:
    from commonplace.tui.widgets.reader.view import Reader


class Place(NamedTuple):
    """Where the cursor is, and the ids of what is there."""

    offset: int
    turn: int | None
    codings: tuple[str, ...]
    suggestions: tuple[str, ...]


class ReaderMessage(Message):
    """Something about `reader`."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    @property
    def control(self) -> Reader:
        """The reader it came from."""
        return self.reader


class CursorMoved(ReaderMessage, namespace="reader"):
    """The cursor stands somewhere else, or what lies under it has changed.

    `turn` counts from 0 and is None in a header or between turns. A later message replaces one
    that nobody has read yet.
    """

    def __init__(self, reader: Reader, place: Place) -> None:
        super().__init__(reader)
        self.offset = place.offset
        self.turn = place.turn
        self.codings = place.codings
        """Ids of the codings here, in order of their spans."""
        self.suggestions = place.suggestions
        """Ids of the suggestions here, in order of their spans."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, CursorMoved) and message.reader is self.reader


class SelectionChanged(ReaderMessage, namespace="reader"):
    """Something else is selected; `span` is None when nothing is."""

    def __init__(self, reader: Reader, span: Span | None, marking: bool) -> None:
        super().__init__(reader)
        self.span = span
        self.marking = marking
        """Whether mark mode is on."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, SelectionChanged) and message.reader is self.reader


class Activated(ReaderMessage, namespace="reader"):
    """Enter was pressed at `offset`."""

    def __init__(self, reader: Reader, offset: int) -> None:
        super().__init__(reader)
        self.offset = offset
