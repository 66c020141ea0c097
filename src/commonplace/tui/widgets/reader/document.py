"""A transcript as the reader holds it: pieces of text, and who speaks where.

The text is kept in pieces, since one emoji would make a single string of a million words four
bytes wide throughout, and turns as columns of numbers, since a million words hold some twenty
thousand of them. Every offset is a code point of the stored text.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from math import isnan, nan
from typing import TYPE_CHECKING, Protocol

from commonplace.domain.sentences import sentences
from commonplace.domain.span import Span
from commonplace.domain.transcript import Speaker

PIECE = 16_384
"""Longest piece, in code points; longer turns are cut at a line break or a space."""

_WINDOW = 65_536
"""Turns longer than this are searched for sentences around the place asked about only."""

_NOBODY = 0
_SLACK = " \t\r\n[]():.,-–—"
"""What may stand around a label and a time stamp without saying anything."""


if TYPE_CHECKING:

    class Said(Protocol):
        """What a document is told of a turn: see `commonplace.domain.transcript.Turn`.

        A turn nobody is named in may have an empty name instead of none.
        """

        @property
        def start(self) -> int: ...
        @property
        def speech_start(self) -> int: ...
        @property
        def end(self) -> int: ...
        @property
        def speaker(self) -> str | None: ...
        @property
        def stamp(self) -> Span | None: ...
        @property
        def time(self) -> float | None: ...


class Document:
    """The text of one transcript in pieces, in order and without gaps, and its turns.

    A piece is a turn, a part of a long turn, or text between turns (a header, a remark); white
    space after a piece belongs to it. An empty text is one empty piece. Turns are
    known by their number, counted from 0.
    """

    __slots__ = (
        "_speaker_of",
        "_speakers",
        "_speech",
        "_time",
        "_turn_end",
        "_turn_start",
        "hidden",
        "length",
        "starts",
        "texts",
        "turn_of",
    )

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.starts = array("I")
        """Where each piece begins."""
        self.turn_of = array("i")
        """The turn each piece belongs to; -1 for text between turns."""
        self.hidden = array("I")
        """Code points at the beginning of a piece that the gutter shows instead."""
        self.length = 0
        self._speakers: list[Speaker | None] = [None]
        self._speaker_of = array("H")
        self._turn_start = array("I")
        self._turn_end = array("I")
        self._speech = array("I")
        self._time = array("d")

    @classmethod
    def build(
        cls,
        text: str | Iterable[str],
        turns: Iterable[Said] = (),
        speakers: Iterable[Speaker] = (),
    ) -> Document:
        """A document of a stored text, whole or in chunks of any length, and its turns in order.

        Both are read once, so that neither need ever be in memory whole. Raises `ValueError`
        when turns overlap or reach beyond the text.
        """
        document = cls()
        tape = _Tape([text] if isinstance(text, str) else text)
        known = {speaker.label: speaker for speaker in speakers}
        numbers: dict[str | None, int] = {None: _NOBODY}
        for turn in turns:
            if turn.start < tape.position:
                raise ValueError(f"the turn at {turn.start} begins before {tape.position}")
            document._add_gap(tape.take(turn.start - tape.position))
            body = tape.take(turn.end - turn.start)
            if len(body) < turn.end - turn.start:
                raise ValueError(f"the text ends at {tape.position}, before {turn.end}")
            number = numbers.setdefault(turn.speaker or None, len(numbers))
            if number == len(document._speakers):
                label = turn.speaker or ""
                document._speakers.append(known.get(label, Speaker(label)))
            document._add_turn(turn, number, body)
        while gap := tape.take(PIECE):
            document._add_gap(gap)
        if not document.texts:
            document._append("", -1, 0)
        return document

    def _add_turn(self, turn: Said, speaker: int, body: str) -> None:
        number = len(self._turn_start)
        self._turn_start.append(turn.start)
        self._turn_end.append(turn.end)
        self._speech.append(turn.speech_start)
        self._time.append(nan if turn.time is None else turn.time)
        self._speaker_of.append(speaker)
        hidden = turn.speech_start - turn.start if _says_no_more(turn, body) else 0
        if self.texts and self.length > 0 and self._is_blank_head():
            # White space at the very beginning of the text goes along, unseen.
            hidden += self.length
            body = self.texts.pop() + body
            self.starts.pop(), self.turn_of.pop(), self.hidden.pop()
            self.length = 0
        for piece in _cut(body):
            self._append(piece, number, hidden)
            hidden = 0

    def _is_blank_head(self) -> bool:
        return len(self.texts) == 1 and self.turn_of[0] < 0 and not self.texts[0].strip()

    def _add_gap(self, gap: str) -> None:
        """Text in no turn: white space goes to the piece before it, words get their own."""
        words = gap.lstrip()
        space = len(gap) - len(words)
        if space and self.texts:
            self.texts[-1] += gap[:space]
            self.length += space
            gap = words
        for piece in _cut(gap) if gap else ():
            self._append(piece, -1, 0)

    def _append(self, text: str, turn: int, hidden: int) -> None:
        self.texts.append(text)
        self.starts.append(self.length)
        self.turn_of.append(turn)
        self.hidden.append(hidden)
        self.length += len(text)

    # Text

    def piece_at(self, offset: int) -> int:
        """The piece that holds `offset`; the last one at the end of the text."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def slice(self, start: int, end: int) -> str:
        """The stored text from `start` to `end`."""
        found = []
        for piece in range(self.piece_at(start), len(self.texts)):
            base = self.starts[piece]
            if base >= end:
                break
            found.append(self.texts[piece][max(0, start - base) : end - base])
        return "".join(found)

    def content_end(self, piece: int) -> int:
        """Where the words of a piece end: before the white space that follows a turn or gap."""
        text = self.texts[piece]
        kept = len(text.rstrip()) if self.closes(piece) else len(text)
        return self.starts[piece] + max(kept, self.hidden[piece])

    def closes(self, piece: int) -> bool:
        """Whether a piece is the last of its turn or of the text between two turns."""
        return piece + 1 == len(self.texts) or self.turn_of[piece] != self.turn_of[piece + 1]

    def opens(self, piece: int) -> bool:
        """Whether a piece is the first of its turn or of the text between two turns."""
        return piece == 0 or self.turn_of[piece] != self.turn_of[piece - 1]

    def same_pieces(self, other: Document) -> bool:
        """Whether `other`, of the same text, is cut into the same pieces and shows as much."""
        return (self.starts, self.turn_of, self.hidden) == (
            other.starts,
            other.turn_of,
            other.hidden,
        )

    # Turns

    @property
    def turns(self) -> int:
        """How many turns there are."""
        return len(self._turn_start)

    @property
    def speakers(self) -> list[Speaker]:
        """The speakers of the turns, in order of appearance."""
        return [speaker for speaker in self._speakers if speaker is not None]

    def turn_at(self, offset: int) -> int | None:
        """The number of the turn that holds `offset`, white space after it included."""
        turn = self.turn_of[self.piece_at(offset)]
        return None if turn < 0 else turn

    def turn_span(self, turn: int) -> Span:
        """Where a turn stands, with its label and time stamp."""
        return Span(self._turn_start[turn], self._turn_end[turn])

    def speech(self, turn: int) -> Span | None:
        """The words of a turn; None when nothing is said."""
        start, end = self._speech[turn], self._turn_end[turn]
        return Span(start, end) if start < end else None

    def speaker(self, turn: int) -> Speaker | None:
        """Who speaks in a turn; None when nobody is named."""
        return self._speakers[self._speaker_of[turn]]

    def time(self, turn: int) -> float | None:
        """When a turn begins, in seconds; None when unknown."""
        time = self._time[turn]
        return None if isnan(time) else time

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence at `offset`, or the nearest in its turn; in a gap, of the gap's text."""
        turn = self.turn_at(offset)
        speech = None if turn is None else self.speech(turn)
        if speech is None:
            piece = self.piece_at(offset)
            end = self.content_end(piece)
            if self.starts[piece] == end:
                return None
            speech = Span(self.starts[piece], end)
        start, end = speech.start, speech.end
        if len(speech) > _WINDOW:
            piece = self.piece_at(min(max(offset, start), end - 1))
            start = max(start, self.starts[max(0, piece - 1)])
            last = min(piece + 1, len(self.texts) - 1)
            end = min(end, self.starts[last] + len(self.texts[last]))
        found = None
        for span in sentences(self.slice(start, end)):
            if found is not None and start + span.start > offset:
                break
            found = Span(start + span.start, start + span.end)
        return found

    # Search

    def find(
        self, query: str, offset: int = 0, *, backwards: bool = False, until: int | None = None
    ) -> Span | None:
        """The first hit at or after `offset` (backwards: the last that begins before it).

        `until` is where there is no need to look further.
        """
        if not query or until == 0:
            return None
        needle = Needle(query)
        here = self.piece_at(offset)
        last = len(self.texts) if until is None else self.piece_at(until) + 1
        pieces = range(here, -1, -1) if backwards else range(here, last)
        for piece in pieces:
            text = self.texts[piece]
            if not needle.may_be_in(text):
                continue
            base = self.starts[piece]
            hits = [
                Span(base + start, base + end)
                for start, end in needle.spans(text)
                if (base + start < offset) == backwards
            ]
            if hits:
                return hits[-1] if backwards else hits[0]
        return None


_QUOTES = dict.fromkeys("'’‘", "['’‘]") | dict.fromkeys('"“”', '["“”]')


class Needle:
    """A literal to be searched for, upper and lower case alike.

    An apostrophe or quotation mark matches the straight and the curly kind.
    """

    __slots__ = ("_bytes", "_folded", "_pattern")

    def __init__(self, query: str) -> None:
        self._pattern = re.compile(
            "".join(_QUOTES.get(character, re.escape(character)) for character in query),
            re.IGNORECASE,
        )
        literal = len(query.lower()) == len(query) and not any(mark in query for mark in _QUOTES)
        self._folded = query.lower() if literal else ""
        self._bytes = self._folded.encode() if self._folded.isascii() else b""

    def may_be_in(self, text: str) -> bool:
        """False when it certainly is not: one look at bytes, several times faster than `spans`."""
        return self._bytes in text.encode("utf-8", "surrogatepass").lower()

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands in `text`, as (start, end), in order."""
        folded = self._folded
        lowered = text.lower() if folded else ""
        if not folded or len(lowered) != len(text):  # some letters change length with case
            for match in self._pattern.finditer(text):
                yield match.span()
            return
        at = lowered.find(folded)
        while at >= 0:
            yield at, at + len(folded)
            at = lowered.find(folded, at + len(folded))


def _says_no_more(turn: Said, body: str) -> bool:
    """Whether what stands before the speech says nothing but the speaker's name and the time."""
    if not turn.speaker or turn.speech_start in {turn.start, turn.end}:
        return False
    head = body[: turn.speech_start - turn.start]
    if turn.stamp is not None and turn.time is not None:
        at = turn.stamp.start - turn.start
        head = head[:at] + head[turn.stamp.end - turn.start :]
    return head.strip(_SLACK) == turn.speaker.strip(_SLACK)


def _cut(text: str) -> Iterator[str]:
    """`text` in pieces of at most `PIECE`, cut after a line break, else after a space."""
    start = 0
    while len(text) - start > PIECE:
        end = text.rfind("\n", start, start + PIECE) + 1
        if end <= start:
            end = text.rfind(" ", start, start + PIECE) + 1
        if end <= start:
            end = start + PIECE
        yield text[start:end]
        start = end
    yield text[start:] if start else text


class _Tape:
    """Chunks of text read in stretches of any length."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self._chunks = iter(chunks)
        self._chunk = ""
        self._at = 0
        self.position = 0

    def take(self, count: int) -> str:
        """The next `count` code points, fewer at the end."""
        found = self._chunk[self._at : self._at + count]
        self._at += len(found)
        while len(found) < count:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._chunk = chunk
            self._at = min(count - len(found), len(chunk))
            found += chunk[: self._at]
        self.position += len(found)
        return found
