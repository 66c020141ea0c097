"""The segments of all transcripts: where they are in columns, their words when asked for.

A segment as an object takes half a kilobyte, a row here some thirty bytes, so that a million of
them fit.
"""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray

from commonplace.domain.span import Span
from commonplace.domain.windows import count_words
from commonplace.suggest.segments import Segment

FIT_ON = 20_000
"""Most segments that the vocabulary and the latent space are fitted on, evenly spread."""

BATCH = 3_000
"""Most segments that are vectorised and scored at a time."""

Ints = NDArray[np.int32]
Rows = NDArray[np.int64]
Words = Callable[[str], str]
"""The text of a transcript, by its id."""


class OutdatedError(ValueError):
    """A transcript has changed, or is gone, since its segments were found."""


class Corpus(Sequence[Segment]):
    """Segments of whole transcripts, in order. Rows are segments; offsets are code points."""

    def __init__(self, documents: Sequence[str], found: Iterable[Segment]) -> None:
        """`documents` are all transcripts in order, also those without a segment."""
        self.documents = tuple(documents)
        numbers = {document: number for number, document in enumerate(self.documents)}
        columns = [array("i") for _ in range(6)]
        flags = array("b"), array("b")
        speakers: dict[str, int] = {}
        digest = hashlib.sha256()
        for one in found:
            row = (
                numbers[one.document],
                one.span.start,
                one.span.end,
                one.turn,
                count_words(one.text),
                speakers.setdefault(one.speaker, len(speakers)),
            )
            for column, value in zip(columns, row, strict=True):
                column.append(value)
            flags[0].append(one.eligible)
            flags[1].append(one.interviewer)
            place = f"{one.document} {one.span.start} {one.turn} {one.eligible}\n"
            digest.update((place + one.text).encode("utf-8", "surrogatepass") + b"\0")
        self.digest = digest.hexdigest()
        """Of all words and places."""
        self.document, self.start, self.end, self.turn, self.words, self._speaker = (
            np.frombuffer(column, dtype=np.int32) if column else np.zeros(0, dtype=np.int32)
            for column in columns
        )
        self.eligible, self._interviewer = (np.array(flag, dtype=bool) for flag in flags)
        self._speakers = tuple(speakers)

    @classmethod
    def of(cls, found: Sequence[Segment]) -> Corpus:
        """These segments, kept as they are."""
        if isinstance(found, Corpus):
            return found
        return _Held(found)

    @abstractmethod
    def text(self, row: int) -> str:
        """The words of a segment. Raises `OutdatedError`."""

    def __len__(self) -> int:
        return len(self.document)

    @overload
    def __getitem__(self, place: int) -> Segment: ...
    @overload
    def __getitem__(self, place: slice) -> list[Segment]: ...
    def __getitem__(self, place: int | slice) -> Segment | list[Segment]:
        if isinstance(place, slice):
            return [self._segment(row) for row in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return self._segment(place % len(self))

    def _segment(self, row: int) -> Segment:
        return Segment(
            document=self.documents[self.document[row]],
            span=Span(int(self.start[row]), int(self.end[row])),
            text=self.text(row),
            turn=int(self.turn[row]),
            speaker=self._speakers[self._speaker[row]],
            interviewer=bool(self._interviewer[row]),
            eligible=bool(self.eligible[row]),
        )

    def spoken(self, rows: Iterable[int]) -> list[list[str]]:
        """The words of the segments in these rows, ascending, those of a turn together.

        Raises `OutdatedError`.
        """
        turns = groupby(rows, key=self.turns.__getitem__)
        return [[self.text(row) for row in turn] for _, turn in turns]

    @cached_property
    def new_turn(self) -> NDArray[np.bool_]:
        """Whether a turn begins with the segment."""
        new = np.ones(len(self), dtype=bool)
        new[1:] = (np.diff(self.document) != 0) | (np.diff(self.turn) != 0)
        return new

    @cached_property
    def turns(self) -> Ints:
        """A number for the turn of each segment, growing by one from turn to turn."""
        return np.cumsum(self.new_turn, dtype=np.int32) - np.int32(1)

    @cached_property
    def single_turn(self) -> NDArray[np.bool_]:
        """Of each transcript: whether it is a single turn."""
        last = np.zeros(len(self.documents), dtype=np.int64)
        np.maximum.at(last, self.document, self.turn)
        return np.asarray(last == 0)

    def adjacent(self, rows: slice) -> NDArray[np.bool_]:
        """Whether each of these segments and the next, the last left out, share a transcript."""
        return np.asarray(np.diff(self.document[rows]) == 0)

    def rows_of(self, document: str) -> slice:
        """The rows of a transcript."""
        number = self._numbers.get(document, -1)
        first, last = np.searchsorted(self.document, [number, number + 1])
        return slice(int(first), int(last)) if number >= 0 else slice(0, 0)

    def within(self, documents: Iterable[str]) -> NDArray[np.bool_]:
        """Which segments are of these transcripts."""
        chosen = np.zeros(len(self.documents) + 1, dtype=bool)
        chosen[[self._numbers[each] for each in documents if each in self._numbers]] = True
        return np.asarray(chosen[self.document])

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {document: number for number, document in enumerate(self.documents)}

    def sample(self) -> range:
        """Rows of at most `FIT_ON` segments, evenly spread: enough to fit a space and a prior."""
        return range(0, len(self), max(1, -(-len(self) // FIT_ON)))

    def batches(self) -> list[slice]:
        """Rows of at most `BATCH` segments that part no transcript, unless it is a long one, and
        no turn, unless that is longer than a batch."""
        turns = np.flatnonzero(self.new_turn)
        transcripts = np.searchsorted(self.document, np.arange(len(self.documents)))
        cuts = [0]
        while cuts[-1] < len(self):
            limit = cuts[-1] + BATCH
            if limit >= len(self):
                cuts.append(len(self))
                continue
            whole = int(transcripts[np.searchsorted(transcripts, limit, side="right") - 1])
            part = int(turns[np.searchsorted(turns, limit, side="right") - 1])
            begins = whole if whole > cuts[-1] + BATCH // 2 else part
            cuts.append(begins if begins > cuts[-1] else limit)
        return [slice(start, end) for start, end in pairwise(cuts)]

    def margin(self, rows: slice) -> slice:
        """These rows and the segments before and after them in the same transcripts."""
        start, end = rows.start, rows.stop
        before = start > 0 and self.document[start - 1] == self.document[start]
        after = end < len(self) and self.document[end] == self.document[end - 1]
        return slice(start - int(before), end + int(after))


class _Held(Corpus):
    """Segments that are at hand anyway."""

    def __init__(self, found: Sequence[Segment]) -> None:
        super().__init__(list(dict.fromkeys(s.document for s in found)), found)
        self._found = found

    def text(self, row: int) -> str:
        return self._found[row].text

    def _segment(self, row: int) -> Segment:
        return self._found[row]


class Stored(Corpus):
    """Segments whose words are read again when they are asked for, a transcript at a time."""

    def __init__(
        self, documents: Sequence[str], find: Callable[[str, str], Iterable[Segment]], text: Words
    ) -> None:
        """`find` cuts a transcript, of an id and a text, into segments."""
        self._text = text
        self._hashes: list[int] = []
        self._open: tuple[int, str] = (-1, "")

        def found() -> Iterator[Segment]:
            for document in documents:
                words = text(document)
                self._hashes.append(hash(words))
                yield from find(document, words)

        super().__init__(documents, found())

    def text(self, row: int) -> str:
        number = int(self.document[row])
        if self._open[0] != number:
            try:
                words = self._text(self.documents[number])
            except ValueError as error:
                raise OutdatedError("a transcript is gone") from error
            if hash(words) != self._hashes[number]:
                raise OutdatedError("a transcript has changed")
            self._open = (number, words)
        return self._open[1][self.start[row] : self.end[row]]
