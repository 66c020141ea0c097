"""Laying an edited quote over what was said, so that every word that went was allowed to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from commonplace.domain.published.drops import Drops, downwards, places_of
from commonplace.domain.published.subsequence import longest_common
from commonplace.domain.published.tokens import Piece, Word, words_of
from commonplace.domain.published.vocabulary import CONTRACTED, is_negation

REPLACED = 8
"""Words for which one bracket may stand, all of one sentence; more take a mark as well."""


@dataclass(slots=True)
class Gap:
    """What stands between two words of an edited quote, or before the first or after the last."""

    marks: list[Piece] = field(default_factory=list)
    brackets: list[Piece] = field(default_factory=list)


class Embedding:
    """Finds where the words of an edited quote stand among the words that were said.

    `pieces` are the quote's words (`Piece` of kind `word` or `joined`), `gaps` what stands before
    each and after the last.
    """

    def __init__(self, words: Sequence[Word], pieces: Sequence[Piece]) -> None:
        self.words = words
        self.drops = Drops(words)
        self.pieces = [piece for piece in pieces if piece.kind in ("word", "joined")]
        self.gaps = [Gap()]
        for piece in pieces:
            if piece.kind == "mark":
                self.gaps[-1].marks.append(piece)
            elif piece.kind == "bracket":
                self.gaps[-1].brackets.append(piece)
            else:
                self.gaps.append(Gap())
        self._every = (1 << len(words)) - 1
        self._by_speaker = _places(words, "speaker")
        self._matches = self._find_matches()
        self._sentences = places_of(
            [
                place
                for place in range(1, len(words))
                if words[place].sentence != words[place - 1].sentence
            ]
        )

    def allowed(self) -> list[tuple[int, int]] | None:
        """Pairs of places (word of the quote, word that was said), all of the quote's words in
        order, such that everything between them may go; None when there are none such."""
        if not self.pieces:
            return None
        reached = [self._first() & self._matches[0]]
        for place in range(1, len(self.pieces)):
            following = self._next(reached[-1] << 1, self.gaps[place])
            reached.append(following & self._matches[place])
            if not reached[-1]:
                return None
        last = next((end for end in downwards(reached[-1]) if self.may_end(end)), None)
        return None if last is None else self._back(reached, last)

    def nearest(self) -> list[tuple[int, int]]:
        """Pairs of places of a longest common subsequence, whatever was dropped between."""
        return longest_common(self._matches, len(self.words))

    def may_begin(self, place: int) -> bool:
        """Whether all words before that one may go, as the quote begins."""
        return bool(self._first() >> place & 1)

    def may_follow(self, before: int, after: int, gap: Gap) -> bool:
        """Whether all words between these two may go, with what stands between them."""
        return bool(self._next(1 << (before + 1), gap) >> after & 1)

    def may_end(self, place: int) -> bool:
        """Whether all words after that one may go, as the quote ends."""
        if self.gaps[-1].marks:
            return True
        mine = self._by_speaker[self.words[place].speaker]
        ends = self._next(1 << (place + 1), self.gaps[-1])
        return bool(ends >> mine.bit_length() & 1) or bool(ends >> len(self.words) & 1)

    def _find_matches(self) -> list[int]:
        """For each word of the quote, the places of the same word in what was said."""
        exact, relaxed = _places(self.words, "exact"), _places(self.words, "relaxed")
        opens = places_of([place for place, word in enumerate(self.words) if word.opens])

        def places(piece: Piece, ending: str = "") -> int:
            alike = relaxed.get(piece.relaxed + ending, 0)
            return alike if piece.opens else exact.get(piece.exact + ending, 0) | alike & opens

        found = []
        for number, piece in enumerate(self.pieces):
            if piece.kind == "joined":
                found.append(self._joined(piece))
                continue
            here = places(piece)
            for ending in _in_full(self.gaps[number + 1]):
                here |= places(piece, ending)
            found.append(here or self._initial(piece, self.gaps[number + 1]))
        return found

    def _initial(self, piece: Piece, gap: Gap) -> int:
        """Places of names of which a capital with a mark at it, `P[…]`, is what is left."""
        cut = gap.marks and gap.marks[0].start == piece.end
        if not cut or len(piece.exact) != 1 or not piece.exact.isupper():
            return 0
        return places_of(
            [
                place
                for place, word in enumerate(self.words)
                if word.exact.startswith(piece.exact) and not is_negation(word.folded)
            ]
        )

    def _joined(self, piece: Piece) -> int:
        head, tail = piece.head.casefold(), piece.tail.casefold()
        return places_of(
            [
                place
                for place, word in enumerate(self.words)
                if not word.remark
                and len(word.folded) >= len(head) + len(tail)
                and word.folded.startswith(head)
                and word.folded.endswith(tail)
            ]
        )

    def _first(self) -> int:
        """Where the quote's first word may stand. What others say before a speaker begins needs
        no mark."""
        gap = self.gaps[0]
        if gap.marks:
            return self._every
        places = 0
        for mine in self._by_speaker.values():
            places |= self._next(mine & -mine, gap) & mine
        return places | self._next(1, gap)

    def _next(self, places: int, gap: Gap) -> int:
        """Where the next word may stand when the search goes on at any of `places`."""
        if not places:
            return 0
        if gap.marks:
            return -(places & -places) & (self._every << 1 | 1)
        found = self.drops.ends_of(places)
        if gap.brackets:
            replaced = end = found << 1
            for _ in range(REPLACED * len(gap.brackets) - 1):
                end = (end & ~self._sentences) << 1
                replaced |= end
            found |= self.drops.ends_of(replaced & (self._every << 1 | 1))
        return found

    def _back(self, reached: list[int], last: int) -> list[tuple[int, int]]:
        """A way through the places reached, from its end; each word as near the next as can be."""
        path = [last]
        for place in range(len(self.pieces) - 1, 0, -1):
            gap, after = self.gaps[place], path[-1]
            before = reached[place - 1] & ((1 << after) - 1)
            path.append(next(p for p in downwards(before) if self.may_follow(p, after, gap)))
        return list(enumerate(reversed(path)))


def _in_full(gap: Gap) -> list[str]:
    """The endings of contractions that the first bracket of a gap gives in full."""
    words = words_of(gap.brackets[0].inside) if gap.brackets else []
    return [ending for ending, full in CONTRACTED.items() if words and words[0] in full]


def _places(words: Sequence[Word], name: str) -> dict[str, int]:
    """By speaker or by form of the word, the set of its places; of remarks only noises are looked
    for."""
    found: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        if name == "speaker" or word.remark in ("", "noise"):
            found.setdefault(getattr(word, name), []).append(place)
    return {key: places_of(places) for key, places in found.items()}
