"""Everything that depends on texts and codebook alone, read once and scored again and again.

A project that is not large is held in memory. Of a large one, what was read lies on disk, and a
batch at a time is taken up, vectorised and scored, here or on a cluster.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from commonplace.domain.codebook import Code, Codebook
from commonplace.suggest import encoder
from commonplace.suggest.cache import Shelf, key, passing
from commonplace.suggest.cluster import HERE, Crew
from commonplace.suggest.corpus import Corpus, Rows
from commonplace.suggest.features import Layout, Progress, Space, Turn, Vectorised, read
from commonplace.suggest.inputs import Inputs, stack
from commonplace.suggest.labels import Labels
from commonplace.suggest.model import Model, cold_model, groups, learn
from commonplace.suggest.packing import pack_prior, pack_vectorised, space_of, vectorised_of
from commonplace.suggest.prior import Prior, glossary_of, senses_of
from commonplace.suggest.segments import Segment
from commonplace.suggest.senses import Senses

MOST_AT_HAND = 30_000
"""Segments of a project whose features are all held in memory."""

PRIOR = "prior"
"""Name under which a prior and its space are kept."""

MANY = 1_000
"""Segments of a corpus from which an n-gram that stands in one of them alone does not count. On
real interviews this did no harm (average precision .273 for .269 after 50 coded turns), and it is
most of the n-grams; of a small corpus they are needed."""

Scored = tuple[NDArray[np.float32], NDArray[np.bool_]]
"""Log-odds, and whether a keyword stands there; segments × codes."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read of a batch of segments and of those around it, in the rows `inner`."""

    vectorised: Vectorised
    layout: Layout
    inner: slice


def vectorise(prior: Prior, turns: Sequence[Turn]) -> Vectorised:
    """What takes time to compute of some segments."""
    return Vectorised.of(read(turns, prior.codes), prior.space)


def score(prior: Prior, model: Model, batch: Batch) -> Scored:
    """What a model makes of a batch."""
    inputs = Inputs.of(batch.vectorised, batch.layout, prior, batch.inner)
    return model.logit(inputs), inputs.hit


class Dataset:
    """Segments of whole transcripts and their features, in batches; rows are segments, columns
    codes."""

    def __init__(
        self,
        codes: Sequence[Code],
        corpus: Corpus,
        prior: Prior,
        batches: _Batches,
        *,
        crew: Crew = HERE,
    ) -> None:
        self.codes = codes
        self.corpus = corpus
        self.prior = prior
        self._batches = batches
        self._crew = crew
        self.by_codebook: dict[float, NDArray[np.bool_]] = {}
        """What `proposing` has found that the codebook alone would propose, at a balance: it stays
        so, whatever is learnt."""
        self._starts = np.array([rows.start for rows in batches.rows], dtype=np.int64)

    @classmethod
    def of(
        cls,
        codebook: Codebook,
        found: Sequence[Segment],
        progress: Progress | None = None,
        shelf: Shelf | None = None,
        crew: Crew = HERE,
    ) -> Dataset:
        """Reads the segments, in the order given, or takes from the `shelf` what was read.

        The `crew` does the work, with an encoder where there is one (see `encoder.find`). Raises
        `corpus.OutdatedError` and `encoder.EncoderError`.
        """
        codes = codebook.in_reading_order()
        corpus = Corpus.of(found)
        heard = progress or _silent
        if shelf is None and len(corpus) > MOST_AT_HAND:
            shelf = passing()
        folder = encoder.find()
        reader = encoder.at(folder) if folder is not None else None
        made_of = key(codes, corpus, reader.digest if reader else "") if shelf is not None else ""
        senses = Senses(reader, shelf, crew) if reader is not None else None
        prior, whole = _prior(codes, corpus, made_of, shelf=shelf, senses=senses, progress=heard)
        batches = _Batches(corpus, prior, made_of, shelf, senses)
        batches.fill(whole, crew, heard)
        return cls(codes, corpus, prior, batches, crew=crew)

    @property
    def eligible(self) -> NDArray[np.bool_]:
        """Which segments a code may be suggested for."""
        return self.corpus.eligible

    @property
    def turns(self) -> NDArray[np.int32]:
        """A number for each segment's turn."""
        return self.corpus.turns

    def each(self, model: Model) -> Iterator[tuple[slice, Scored]]:
        """What a model makes of every segment, batch by batch."""
        if self._batches.held is not None:
            for rows, inputs in zip(self._batches.rows, self._batches.held, strict=True):
                yield rows, (model.logit(inputs), inputs.hit)
            return
        batches = (self._batches.batch(number) for number in range(len(self._batches.rows)))
        yield from zip(
            self._batches.rows, self._crew.map(score, (self.prior, model), batches), strict=True
        )

    @property
    def untaught(self) -> Model:
        """The codebook alone."""
        return cold_model(len(self.codes), len(self.prior.kinds))

    def taught_by(self, known: Labels) -> Model:
        """The model that these labels teach."""
        if not len(known):
            return self.untaught
        documents = [self.corpus.documents[n] for n in self.corpus.document[known.rows]]
        group = groups(documents, self.turns[known.rows], known.seen)
        return learn(self.inputs(known.rows), known, group)

    def logit(self, model: Model) -> NDArray[np.float32]:
        """Log-odds of every code in every segment: not for a large project."""
        return np.concatenate([logit for _, (logit, _) in self.each(model)])

    def inputs(self, rows: Rows) -> Inputs:
        """Features and evidence of some segments, ascending."""
        place = np.searchsorted(self._starts, rows, side="right") - 1
        return stack(
            self._batches.inputs(number)[rows[place == number] - self._starts[number]]
            for number in np.unique(place).tolist() or [0]
        )


class _Batches:
    """What was read, batch by batch: in memory where it is little, else on the shelf."""

    def __init__(
        self,
        corpus: Corpus,
        prior: Prior,
        made_of: str,
        shelf: Shelf | None,
        senses: Senses | None = None,
    ) -> None:
        self._senses = senses
        self._corpus = corpus
        self._prior = prior
        self._made_of = made_of
        self._shelf = shelf
        self._small = len(corpus) <= MOST_AT_HAND
        self._memory: dict[int, Vectorised] = {}
        self.rows = corpus.batches()
        self.held: list[Inputs] | None = None

    def fill(self, whole: Vectorised | None, crew: Crew, heard: Progress) -> None:
        """Reads what does not lie on the shelf; `whole` is all segments, if they have been read."""
        missing = [number for number in range(len(self.rows)) if not self._there(number)]
        margins = [self._corpus.margin(self.rows[number]) for number in missing]
        found: Iterator[Vectorised]
        if whole is not None:
            found = (whole[margin] for margin in margins)
        else:
            heard(0, sum(m.stop - m.start for m in margins))
            found = crew.map(
                vectorise,
                (self._prior,),
                (self._corpus.spoken(range(m.start, m.stop)) for m in margins),
            )
        done = 0
        for number, margin, vectorised in zip(missing, margins, found, strict=True):
            self._keep(number, self._with_sense(vectorised, margin, heard))
            done += margin.stop - margin.start
            if whole is None:
                heard(done, sum(m.stop - m.start for m in margins))
        if self._small:
            self.held = [self.inputs(number) for number in range(len(self.rows))]
            self._memory.clear()

    def inputs(self, number: int) -> Inputs:
        """Features and evidence of a batch."""
        if self.held is not None:
            return self.held[number]
        batch = self.batch(number)
        return Inputs.of(batch.vectorised, batch.layout, self._prior, batch.inner)

    def batch(self, number: int) -> Batch:
        """What was read of a batch; what cannot be kept is read again. Raises `OutdatedError`."""
        rows, margin = self.rows[number], self._corpus.margin(self.rows[number])
        vectorised = self._memory.get(number) or self._taken(number)
        if vectorised is None:
            vectorised = vectorise(
                self._prior, self._corpus.spoken(range(margin.start, margin.stop))
            )
            vectorised = self._with_sense(vectorised, margin, _silent)
        return Batch(
            vectorised,
            Layout(self._corpus.turns[margin], self._corpus.adjacent(margin)),
            slice(rows.start - margin.start, rows.stop - margin.start),
        )

    def _with_sense(self, vectorised: Vectorised, rows: slice, heard: Progress) -> Vectorised:
        if self._senses is None or vectorised.vectors is not None:
            return vectorised
        texts = [self._corpus.text(row) for row in range(rows.start, rows.stop)]
        return replace(vectorised, vectors=self._senses.of(texts, heard))

    def _there(self, number: int) -> bool:
        return self._shelf is not None and self._shelf.has(_name(number), self._made_of)

    def _taken(self, number: int) -> Vectorised | None:
        arrays = self._shelf.load(_name(number), self._made_of) if self._shelf else None
        return None if arrays is None else vectorised_of(arrays)

    def _keep(self, number: int, vectorised: Vectorised) -> None:
        if self._small:
            self._memory[number] = vectorised
        if self._shelf is not None:
            self._shelf.save(_name(number), self._made_of, pack_vectorised(vectorised))


def _name(number: int) -> str:
    return f"batch-{number:05}"


def _prior(
    codes: Sequence[Code],
    corpus: Corpus,
    made_of: str,
    *,
    shelf: Shelf | None,
    senses: Senses | None,
    progress: Progress,
) -> tuple[Prior, Vectorised | None]:
    """The prior fitted on a sample of the corpus, or as it was fitted before; with it what was
    read of the corpus, where the sample is all of it."""
    of_codes = None
    if senses is not None:
        of_codes = senses_of(codes, lambda texts: senses.of(texts, _silent))
    arrays = shelf.load(PRIOR, made_of) if shelf is not None else None
    if arrays is not None:
        space, usual = space_of(arrays)
        return Prior(codes, space, usual, of_codes, arrays.get("glossary")), None
    sample = corpus.sample()
    tokenised = read(corpus.spoken(sample), codes, progress)
    all_of_it = len(sample) == len(corpus)
    space = Space(tokenised.stems, least=2 if len(sample) >= MANY else 1)
    vectorised = Vectorised.of(tokenised, space)
    if senses is not None:
        texts = [corpus.text(row) for row in sample]
        vectorised = replace(vectorised, vectors=senses.of(texts, progress))
    prior = Prior(codes, space, vectorised, of_codes, glossary_of(vectorised))
    if shelf is not None:
        shelf.clear()
        shelf.save(PRIOR, made_of, pack_prior(prior))
    return prior, vectorised if all_of_it else None


def unseen(dataset: Dataset, seen: Rows) -> NDArray[np.bool_]:
    """Of each segment: whether a code may be suggested for it and nobody has been at it; just the
    former where that leaves none. What a model has learnt from says nothing of how sure it is
    elsewhere."""
    left = dataset.eligible.copy()
    left[seen] = False
    return left if left.any() else dataset.eligible


def _silent(done: int, total: int) -> None:
    """For nobody to hear."""
