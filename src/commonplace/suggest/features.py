"""Segments as numbers: keyword hits, word n-grams, and latent meaning in the project's own terms.

Everything here is a pure function of some segments once `Space` is fitted, so that a corpus can
be read in batches, here or elsewhere. Rows are segments, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from commonplace.domain.codebook import Code
from commonplace.suggest.keywords import keywords_of
from commonplace.suggest.text import grams

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

DIMENSIONS = 100
"""Of the latent space (LSA, Deerwester et al. 1990; by randomised SVD, Halko et al. 2011)."""

CHARACTERS = (3, 5)
"""Fewest and most characters in a row that count as an n-gram of a word's spelling."""

SEED = 0

Progress = Callable[[int, int], None]
"""Hears how many segments have been read, of how many."""


Turn = Sequence[str]
"""The words of neighbouring segments of one turn."""


@dataclass(frozen=True, slots=True)
class Tokenised:
    """What was read in some segments: their stems in order, and which cues hit.

    `hits[s, c]` is 1 where cue `c` of the codebook stands in segment `s` (see `Keywords`).
    """

    stems: Sequence[list[str]]
    hits: sparse.csr_matrix

    @property
    def lengths(self) -> NDArray[np.float32]:
        """Words in each segment, at least 1."""
        return np.array([max(1, len(stems)) for stems in self.stems], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Vectorised:
    """Segments in a space: what takes time to compute, and is worth keeping."""

    words: sparse.csr_matrix
    """TF-IDF (`Space.words`)."""
    hits: sparse.csr_matrix
    """See `Tokenised`."""
    lengths: NDArray[np.float32]
    """Words in each segment, at least 1."""
    vectors: NDArray[np.float16] | None = None
    """What an encoder makes of each, where there is one; rows of length 1."""

    @classmethod
    def of(cls, tokenised: Tokenised, space: Space) -> Vectorised:
        """Looks at what was read."""
        return cls(space.words(tokenised.stems), tokenised.hits, tokenised.lengths)

    def __len__(self) -> int:
        return len(self.lengths)

    def __getitem__(self, part: slice) -> Vectorised:
        vectors = None if self.vectors is None else self.vectors[part]
        return Vectorised(self.words[part], self.hits[part], self.lengths[part], vectors)


@dataclass(frozen=True, slots=True)
class Layout:
    """How segments lie beside each other."""

    turns: NDArray[np.int32]
    """A number for the turn of each, growing from turn to turn."""
    adjacent: NDArray[np.bool_]
    """Whether each and the next, the last left out, are of the same transcript."""

    def neighbouring(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The sum of the rows before and after each, within the same transcript."""
        context: NDArray[np.float32] = np.zeros_like(rows)
        same = self.adjacent[:, None]
        context[1:] += rows[:-1] * same
        context[:-1] += rows[1:] * same
        return context

    def strongest_of_turn(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The greatest of the rows of each segment's turn, column by column."""
        if not len(rows):
            return rows
        first = np.flatnonzero(np.diff(self.turns, prepend=self.turns[0] - 1))
        greatest = np.maximum.reduceat(rows, first, axis=0)
        return np.asarray(np.repeat(greatest, np.diff(first, append=len(rows)), axis=0))


def read(
    turns: Sequence[Turn],
    codes: Sequence[Code],
    progress: Progress | None = None,
) -> Tokenised:
    """Tokenises segments turn by turn, and looks for what the codes name."""
    keywords = keywords_of(codes)
    english = keywords.english
    stems: list[list[str]] = []
    pairs: dict[tuple[int, int], None] = {}
    count = sum(map(len, turns))
    for turn in turns:
        doc = english.turn(turn)
        row = len(stems)
        numbers = []  # of each token: the row of its sentence
        for number, sentence in enumerate(doc.sents, start=row):
            stems.append(english.stems(sentence))
            numbers += [number] * len(sentence)
        for cue, first, _ in keywords.hits(doc):
            pairs[numbers[first], cue] = None
        if progress is not None:
            progress(len(stems), count)
    at = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    shape = (count, keywords.owners.shape[0])
    hits = sparse.csr_matrix((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=shape)
    return Tokenised(stems, hits)


class Space:
    """TF-IDF of word 1–2-grams of stems, latent semantic components of the same corpus, and the
    shapes of words: their characters, so that what is spelt alike is alike.
    """

    def __init__(self, stems: Sequence[list[str]], least: int = 1) -> None:
        """Fitted on the segments of these stems; n-grams of fewer than `least` are left out."""
        self._vectorizer = _vectorizer(least=least)
        if not any(stems):
            stems = [["-"]] * least  # a corpus without words has a space too, in which all is zero
        words = self._vectorizer.fit_transform(stems)
        self.names: list[str] = list(self._vectorizer.get_feature_names_out())
        """The n-gram of each column, stems apart by a space."""
        self.terms = _terms(words)
        """A row of latent components for each n-gram."""
        self.shapes = _shapes(self.names)
        """A row of character n-grams for each n-gram that is a single stem."""

    @classmethod
    def again(
        cls,
        names: list[str],
        rarity: NDArray[np.float32],
        terms: NDArray[np.float32],
        shapes: sparse.csr_matrix,
    ) -> Space:
        """A space as it was fitted before; `rarity` is its `rarity`."""
        space = cls.__new__(cls)
        space._vectorizer = _vectorizer({name: column for column, name in enumerate(names)})
        space._vectorizer.idf_ = rarity
        space.names, space.terms, space.shapes = names, terms, shapes
        return space

    def __reduce__(self) -> tuple[object, ...]:
        """Travels to other processes as what it was fitted to, and no more."""
        return Space.again, (self.names, self.rarity, self.terms, self.shapes)

    @property
    def rarity(self) -> NDArray[np.float32]:
        """The inverse document frequency of each n-gram."""
        return np.asarray(self._vectorizer.idf_, dtype=np.float32)

    def words(self, stems: Sequence[list[str]]) -> sparse.csr_matrix:
        """TF-IDF with rows of length 1 (of length 0 where no word is known)."""
        if not stems:
            return sparse.csr_matrix((0, len(self.names)), dtype=np.float32)
        return self._vectorizer.transform(stems)

    def meaning(self, words: sparse.csr_matrix) -> NDArray[np.float32]:
        """The latent components of TF-IDF rows, again with rows of length 1 or 0."""
        return unit(np.asarray(words @ self.terms, dtype=np.float32))

    def spelling(self, words: sparse.csr_matrix) -> sparse.csr_matrix:
        """The character n-grams of TF-IDF rows, again with rows of length 1 or 0."""
        from sklearn.preprocessing import normalize

        return normalize(words @ self.shapes, copy=False)


def _vectorizer(vocabulary: dict[str, int] | None = None, least: int = 1) -> TfidfVectorizer:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        analyzer=grams, sublinear_tf=True, dtype=np.float32, vocabulary=vocabulary, min_df=least
    )


def _shapes(names: Sequence[str]) -> sparse.csr_matrix:
    """Rows are n-grams of stems, of which the single ones have entries; columns are characters.

    As in subword vectors (Bojanowski et al. 2017) a word is the set of its 3–5 characters in a
    row, ends marked, each weighed by its rarity among the words; rows have length 1 or 0.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer, strip_accents_unicode

    single = [" " not in name for name in names]
    words = [name if alone else "" for name, alone in zip(names, single, strict=True)]
    vectorizer = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=CHARACTERS,
        min_df=2,
        binary=True,
        preprocessor=strip_accents_unicode,
        dtype=np.float32,
    )
    try:
        return vectorizer.fit_transform(words)
    except ValueError:  # no two words have anything in common
        return sparse.csr_matrix((len(names), 1), dtype=np.float32)


def _terms(words: sparse.csr_matrix) -> NDArray[np.float32]:
    """Rows are n-grams, columns components: `DIMENSIONS`, or fewer where the corpus is small."""
    from sklearn.utils.extmath import randomized_svd

    count = min(DIMENSIONS, min(words.shape) - 1)
    if count < 2:
        return np.zeros((words.shape[1], 0), dtype=np.float32)
    _, _, right = randomized_svd(words, count, n_iter=3, random_state=SEED)
    return np.ascontiguousarray(right.T, dtype=np.float32)


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows scaled to length 1; a row of zeros stays one."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1), dtype=np.float32)
