"""Edits that are marked as they should be, and may yet have changed what was meant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from commonplace.domain.published.embedding import Embedding
from commonplace.domain.published.result import Concern, Dropped, Warning, Why
from commonplace.domain.published.tokens import Piece, Word, words_of
from commonplace.domain.published.vocabulary import (
    HEDGES,
    LONGEST_HEDGE,
    NEGATIVE_AFFIXES,
    is_negation,
    is_prefixed_denial,
    phrases_in,
)
from commonplace.domain.span import Span

_DOES = {
    Why.OMISSION: "the omission takes away",
    Why.REPLACED: "the bracket takes away",
    Why.REPEAT: "the repetition left out holds",
    Why.UNMARKED: "what was left out holds",
}


def warnings(
    laid: Embedding, pairs: Sequence[tuple[int, int]], dropped: Sequence[Dropped]
) -> Iterator[Warning]:
    """What to look at again, in order of what was said, then what was put in."""
    hedges = list(phrases_in([word.folded for word in laid.words], HEDGES))
    starts = [word.start for word in laid.words]
    put_in = {word for gap in laid.gaps for p in gap.brackets for word in words_of(p.inside)}
    for stretch in dropped:
        if stretch.why not in _DOES:
            continue
        first = bisect_left(starts, stretch.span.start)
        places = range(first, bisect_left(starts, stretch.span.end))
        yield from _lost(laid.words, places, stretch, hedges, put_in)
    yield from _put_in(laid, pairs)
    yield from _joins(laid, pairs)


def _lost(
    words: Sequence[Word],
    places: range,
    stretch: Dropped,
    hedges: Sequence[tuple[int, int]],
    put_in: Collection[str],
) -> Iterator[Warning]:
    at = stretch.at, stretch.at
    does = _DOES[stretch.why]
    for place in places:
        word = words[place]
        if word.remark:
            continue
        replaced = stretch.why is Why.REPLACED
        if is_negation(word.folded) or (replaced and is_prefixed_denial(word.folded, put_in)):
            span = Span(word.start, word.end)
            yield Warning(Concern.NEGATION, f"{does} “{word.exact}”", at, span)
    first = bisect_left(hedges, places.start - LONGEST_HEDGE, key=lambda hedge: hedge[0])
    for start, end in hedges[first:]:
        if start >= places.stop:
            break
        if end <= places.start:
            continue
        span = Span(words[start].start, words[end - 1].end)
        shown = " ".join(word.exact for word in words[start:end])
        yield Warning(Concern.HEDGE, f"{does} “{shown}”", at, span)


def _put_in(laid: Embedding, pairs: Sequence[tuple[int, int]]) -> Iterator[Warning]:
    """Negations in what the editor put in."""
    places = dict(pairs)
    for number, gap in enumerate(laid.gaps):
        for piece in gap.brackets:
            beside = places.get(number - 1, places.get(number, 0))
            yield from _denies(piece, laid.words[beside])
    for here, there in pairs:
        piece = laid.pieces[here]
        if piece.kind == "joined":
            yield from _denies(piece, laid.words[there])


def _denies(piece: Piece, beside: Word) -> Iterator[Warning]:
    found = [word for word in words_of(piece.inside) if is_negation(word)]
    if piece.kind == "joined":
        inside = piece.inside.casefold()
        denied = inside in NEGATIVE_AFFIXES or is_negation(piece.exact.casefold())
        found = [piece.exact] if denied else []
    for word in found:
        span = Span(beside.start, beside.end)
        message = f"the bracket puts in “{word}”"
        yield Warning(Concern.NEGATION, message, (piece.start, piece.end), span)


def _joins(laid: Embedding, pairs: Sequence[tuple[int, int]]) -> Iterator[Warning]:
    """Neighbours in the quote between whom somebody else speaks, or turns lie."""
    for (here, there), (next_here, next_there) in pairwise(pairs):
        between = laid.words[there : next_there + 1]
        before, after = between[0], between[-1]
        at = laid.pieces[here].end, laid.pieces[next_here].start
        span = Span(before.start, after.end)
        if any(word.speaker != before.speaker for word in between):
            message = "a change of speaker lies between these words"
            yield Warning(Concern.SPEAKER, message, at, span)
        if after.turn - before.turn > 1:
            turns = after.turn - before.turn
            message = f"these words were said {turns} turns apart"
            yield Warning(Concern.JOINED, message, at, span)
