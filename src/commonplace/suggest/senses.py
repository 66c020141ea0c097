"""What an encoder makes of texts, computed once for each and kept.

A text is known by its digest, so that neither another codebook nor another transcript makes the
work be done again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from commonplace.suggest.cache import LASTING, Shelf
from commonplace.suggest.cluster import HERE, Crew
from commonplace.suggest.encoder import Encoder
from commonplace.suggest.features import Progress

AT_ONCE = 200
"""Texts that are computed at a time."""
TOGETHER = 4_000
"""Vectors that are kept in a file, or that are at stake when the work is broken off."""

Vectors = NDArray[np.float16]
Digests = NDArray[np.uint64]


def encode(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Texts as vectors."""
    return encoder.encode(texts)


class Senses:
    """The vectors of texts, in files of so many on a shelf, or in memory."""

    def __init__(self, encoder: Encoder, shelf: Shelf | None, crew: Crew = HERE) -> None:
        self._encoder = encoder
        self._shelf = shelf
        self._crew = crew
        self._held: list[Vectors | None] = []
        self._digests: Digests = np.zeros(0, dtype=np.uint64)
        """Of all vectors, ascending."""
        self._file: NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        self._row: NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        self._last: tuple[int, Vectors] | None = None
        while arrays := shelf.load(_name(len(self._held)), encoder.digest) if shelf else None:
            self._add(arrays["digests"])
            self._held.append(None)

    def of(self, texts: Sequence[str], heard: Progress) -> Vectors:
        """The vectors of these texts; `heard` hears how many of the unknown ones are computed."""
        wanted = np.array([_digest(text) for text in texts], dtype=np.uint64)
        first = np.unique(wanted, return_index=True)[1]
        missing = np.sort(first[~np.isin(wanted[first], self._digests)])
        done = 0
        for some in (missing[n : n + TOGETHER] for n in range(0, len(missing), TOGETHER)):
            made = []
            for vectors in self._made([texts[place] for place in some.tolist()]):
                made.append(vectors)
                done += len(vectors)
                heard(done, len(missing))
            self._keep(wanted[some], np.concatenate(made))
        return self._known(wanted)

    def _made(self, texts: list[str]) -> Iterator[Vectors]:
        parts = (texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE))
        yield from self._crew.map(encode, (self._encoder,), parts)

    def _keep(self, digests: Digests, vectors: Vectors) -> None:
        name, kept = _name(len(self._held)), False
        if self._shelf is not None:
            arrays = {"digests": digests, "vectors": vectors}
            self._shelf.save(name, self._encoder.digest, arrays)
            kept = self._shelf.has(name, self._encoder.digest)
        self._add(digests)
        self._held.append(None if kept else vectors)

    def _add(self, digests: Digests) -> None:
        """Notes where the vectors of the next file are."""
        every = np.concatenate([self._digests, digests])
        order = np.argsort(every, kind="stable")
        number = np.full(len(digests), len(self._held), dtype=np.int32)
        row = np.arange(len(digests), dtype=np.int32)
        self._digests = every[order]
        self._file = np.concatenate([self._file, number])[order]
        self._row = np.concatenate([self._row, row])[order]

    def _known(self, wanted: Digests) -> Vectors:
        found = np.zeros((len(wanted), self._encoder.dimensions), dtype=np.float16)
        place = np.searchsorted(self._digests, wanted)
        for number in np.unique(self._file[place]).tolist():
            here = self._file[place] == number
            found[here] = self._vectors(number)[self._row[place[here]]]
        return found

    def _vectors(self, number: int) -> Vectors:
        held = self._held[number]
        if held is not None:
            return held
        if self._last is None or self._last[0] != number:
            assert self._shelf is not None
            arrays = self._shelf.load(_name(number), self._encoder.digest)
            if arrays is None or not np.array_equal(arrays["digests"], self._in_file(number)):
                raise OSError("what was kept of the texts' meaning has gone: try again")
            self._last = (number, arrays["vectors"])
        return self._last[1]

    def _in_file(self, number: int) -> Digests:
        """The digests of a file's vectors in its order, as they were noted: another process may
        have put other vectors in its place."""
        here = self._file == number
        found: Digests = self._digests[here][np.argsort(self._row[here])]
        return found


def _name(number: int) -> str:
    return f"{LASTING}{number:05}"


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
