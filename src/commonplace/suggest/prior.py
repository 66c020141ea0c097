"""What the codebook alone says about a segment: log-odds before anything is coded.

The combination was found on five sets coded by other people (short statements, patient comments,
oral-history interviews), each scored with weights learnt on the others: whether any keyword hits,
the logarithm of the number of distinct hits, the rarity of what hit, and likeness in TF-IDF and in
latent space to the codebook's entry, each against the code's own mean in this corpus. To this comes
a share of what speaks for the code in the neighbouring sentences, whoever speaks them (the question
that is being answered, too), and in the rest of the turn; and a code that has others below it takes
part in what speaks for those.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from commonplace.domain.codebook import Code
from commonplace.suggest.features import Layout, Space, Vectorised, unit
from commonplace.suggest.keywords import Keywords, keywords_of, phrases

ANY_HIT = 2.5
DISTINCT_HITS = 2.0
"""Of log(1 + number of distinct phrases that hit)."""
RARITY = 0.2
"""Of the summed inverse document frequency of what hit, over 1 + `LENGTH` · log words."""
LENGTH = 0.3
NEIGHBOURS = 0.15
"""Of the keyword evidence in the sentence before and in the one after. On real interviews with a
codebook of bare names 0.15 was best by sentence and did no harm by turn; 0.3 harmed turns."""
TURN = 0.3
"""Of the strongest keyword evidence in the same turn, as far as it exceeds the sentence's own."""
WORDS = 4.0
"""Of the TF-IDF cosine to the entry, less the code's mean."""
MEANING = 1.5
"""Of the latent cosine to the keywords' centroid, less other codes', less the code's mean."""
SENSE = 5.0
"""Of the cosine of an encoder's vectors to the code's, less other codes', less the code's mean. On
statements 4 to 12 gave average precisions of .934 to .938 for .923 without, on interviews 2 to 6 of
.170 for .165."""
LIKENESS_NEAR = 0.3
"""Of all likenesses in the sentence before and in the one after."""
BELOW = 0.7
"""Of the strongest log-odds, as far as they are more than nothing, of the codes below a code."""
FULL_LENGTH = 6
"""Words from which likeness counts in full; in shorter sentences a cosine hangs on one word."""
SHORT = 12
"""Words up to which sentences count as equally long. What is coded of the shorter ones is chance:
learnt from 50 sentences and their real length, average precision on the sample was .0027 lower."""
INTERCEPT = -6.2
"""So that one ordinary keyword alone stays below even odds, and two of them exceed it."""

Encode = Callable[[Sequence[str]], NDArray[np.float16]]
"""Texts as vectors of length 1."""

PARTS = (
    "any",
    "distinct",
    "rarity",
    "neighbours",
    "turn",
    "words",
    "meaning",
    "words near",
    "meaning near",
    "below",
    "length",
)
"""What evidence consists of, in order; the last starts at weight 0 and can only be learnt."""

WITH_SENSE = (*PARTS[:-1], "sense", "sense near", "length")
"""The same where there is an encoder."""

_OWN_KEYWORDS = slice(0, 3)
_LIKENESSES = ("words", "meaning", "sense")


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual in a corpus, against which evidence is measured."""

    rarity: NDArray[np.float64]
    """The inverse document frequency of each cue."""
    words: NDArray[np.float32]
    """The mean likeness of segments to each code's entry."""
    meaning: NDArray[np.float32]
    """Their mean likeness in latent space to each code's keywords."""
    sense: NDArray[np.float32]
    """Their mean likeness to each code by an encoder; 0 without one."""
    length: float
    """The mean logarithm of a segment's words (of `SHORT`, where there are fewer)."""


class Prior:
    """Scores segments by the codebook. Columns follow `codes`.

    What is `usual` is told, or taken from the segments of a corpus (or a sample of it). `senses`
    are the codes' vectors by an encoder (see `senses_of`), where there is one.
    """

    def __init__(
        self,
        codes: Sequence[Code],
        space: Space,
        usual: Usual | Vectorised,
        senses: NDArray[np.float32] | None = None,
        glossary: NDArray[np.float16] | None = None,
    ) -> None:
        self.codes = codes
        self.space = space
        self.senses = senses
        self.glossary = glossary
        """What an encoder makes on average of the segments with each n-gram, less that of all:
        which words a meaning is owed to, as nearly as can be told without asking it again."""
        self.kinds = PARTS if senses is None else WITH_SENSE
        """What evidence consists of here."""
        self.owners = self.keywords.owners
        english = self.keywords.english

        def rows(texts: Sequence[str]) -> sparse.csr_matrix:
            return space.words([english.stems(english.doc(text)) for text in texts])

        self.entries = rows([_entry(code) for code in codes])
        self.counters = rows([f"{code.exclude}\n{code.near_miss}" for code in codes])
        centroids = np.zeros((len(codes), space.terms.shape[1]), dtype=np.float32)
        for row, code in enumerate(codes):
            if looked_for := phrases(code, english):
                centroids[row] = space.meaning(rows(list(looked_for))).mean(axis=0)
        self.directions = _against_others(unit(centroids))
        self.below = columns_below(codes)
        self.usual = usual if isinstance(usual, Usual) else self._usual_in(usual)

    def __reduce__(self) -> tuple[object, ...]:
        """Travels to other processes as what it is made of."""
        return Prior, (self.codes, self.space, self.usual, self.senses, self.glossary)

    @property
    def keywords(self) -> Keywords:
        """The cues of the codes."""
        return keywords_of(self.codes)

    def _usual_in(self, corpus: Vectorised) -> Usual:
        found = np.asarray(corpus.hits.sum(axis=0)).ravel()
        entry, meaning = self._likeness(corpus.words, self.space.meaning(corpus.words))
        return Usual(
            rarity=np.log((len(corpus) + 1) / (found + 1)) + 1,
            words=entry.mean(axis=0),
            meaning=meaning.mean(axis=0),
            sense=self._sense(corpus).mean(axis=0),
            length=float(_length(corpus).mean()) if len(corpus) else 0.0,
        )

    def evidence(
        self, batch: Vectorised, layout: Layout, meaning: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """What speaks for every code in every segment: parts × segments × codes, in log-odds.

        The parts are in the order of `kinds`. Length, against the corpus's mean, is no log-odds: it
        has no weight until one is learnt. `meaning` are the segments' rows in latent space.
        """
        parts = np.zeros((len(self.kinds), len(batch), len(self.codes)), dtype=np.float32)
        part = dict(zip(self.kinds, parts, strict=True))
        distinct = (batch.hits @ self.owners).toarray()
        rare = (batch.hits @ sparse.diags(self.usual.rarity) @ self.owners).toarray()
        part["any"][:] = ANY_HIT * np.minimum(1, distinct)
        part["distinct"][:] = DISTINCT_HITS * np.log1p(distinct)
        part["rarity"][:] = RARITY * rare / (1 + LENGTH * np.log(batch.lengths)[:, None])
        own = parts[_OWN_KEYWORDS].sum(axis=0)
        part["neighbours"][:] = NEIGHBOURS * layout.neighbouring(own)
        part["turn"][:] = TURN * (layout.strongest_of_turn(own) - own)
        entry, latent = self._likeness(batch.words, meaning)
        share = likeness_share(batch.lengths)[:, None]
        part["words"][:] = WORDS * share * (entry - self.usual.words)
        part["meaning"][:] = MEANING * share * (latent - self.usual.meaning)
        if self.senses is not None:
            part["sense"][:] = SENSE * share * (self._sense(batch) - self.usual.sense)
        for kind in filter(part.__contains__, _LIKENESSES):
            part[f"{kind} near"][:] = LIKENESS_NEAR * layout.neighbouring(part[kind])
        if self.below:
            so_far = parts.sum(axis=0)
            for column, below in self.below.items():
                part["below"][:, column] = BELOW * np.maximum(0, so_far[:, below].max(axis=1))
        part["length"][:] = _length(batch)[:, None] - self.usual.length
        return parts

    def _sense(self, batch: Vectorised) -> NDArray[np.float32]:
        """Likeness by an encoder along the codes' directions, segments × codes."""
        if self.senses is None or batch.vectors is None:
            return np.zeros((len(batch), len(self.codes)), dtype=np.float32)
        return batch.vectors.astype(np.float32) @ self.senses.T

    def _likeness(
        self, words: sparse.csr_matrix, meaning: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Cosines to the entries and along the codes' directions, segments × codes.

        A segment that is more like what the entry excludes than like the entry itself loses
        the difference.
        """
        entry = (words @ self.entries.T).toarray()
        counter = (words @ self.counters.T).toarray()
        entry -= np.maximum(0, counter - entry)
        return entry, meaning @ self.directions.T


def glossary_of(corpus: Vectorised) -> NDArray[np.float16] | None:
    """See `Prior.glossary`; None without an encoder."""
    if corpus.vectors is None or not len(corpus):
        return None
    vectors = corpus.vectors.astype(np.float32)
    there = corpus.words.copy()
    there.data = np.ones_like(there.data)
    count = np.maximum(1, np.asarray(there.sum(axis=0), dtype=np.float32)).reshape(-1, 1)
    return np.asarray((there.T @ (vectors - vectors.mean(axis=0))) / count, dtype=np.float16)


def senses_of(codes: Sequence[Code], encode: Encode) -> NDArray[np.float32]:
    """A direction for each code: the mean of what its keywords, its name and its definition mean,
    less the mean of the others'."""
    found = []
    for code in codes:
        words = encode([*code.keywords, code.name]).astype(np.float32)
        means = [words.mean(axis=0)]
        if code.definition:
            means.append(encode([f"{code.name}: {code.definition}"])[0].astype(np.float32))
        found.append(unit(np.array(means)).mean(axis=0))
    return _against_others(unit(np.array(found)))


def columns_below(codes: Sequence[Code]) -> dict[int, list[int]]:
    """The columns of all codes below each code that has any, by its own column."""
    columns = {code.id: column for column, code in enumerate(codes)}
    below: dict[int, list[int]] = {}
    for column, code in enumerate(codes):
        above = code.parent
        while above is not None and above in columns:
            below.setdefault(columns[above], []).append(column)
            above = codes[columns[above]].parent
    return below


def likeness_share(lengths: NDArray[np.float32]) -> NDArray[np.float32]:
    """The weight that likeness has in sentences of so many words, 0–1."""
    return np.asarray(np.minimum(1, lengths / FULL_LENGTH), dtype=np.float32)


def _length(segments: Vectorised) -> NDArray[np.float32]:
    """The logarithm of the words of each segment (of `SHORT`, where there are fewer)."""
    return np.asarray(np.log(np.maximum(segments.lengths, SHORT)), dtype=np.float32)


def _entry(code: Code) -> str:
    """All that says what the code is, as one text."""
    parts = (code.name, code.definition, code.include, *code.keywords, code.anchor)
    return "\n".join(filter(None, parts))


def _against_others(centroids: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each code's direction less the mean of the others': what is common to all cancels out."""
    count = len(centroids)
    if count < 2:
        return centroids
    others = (centroids.sum(axis=0) - centroids) / (count - 1)
    return np.asarray(centroids - others, dtype=np.float32)
