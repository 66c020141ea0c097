"""Whether an edited quote is what was said, but for edits that it marks.

The rules are set out in `docs/explanation/quotes.md`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from commonplace.domain.published.drops import Drops, bits
from commonplace.domain.published.embedding import REPLACED, Embedding, Gap
from commonplace.domain.published.result import Check, Dropped, Fault, Problem, Why
from commonplace.domain.published.tokens import (
    Piece,
    Spoken,
    edited,
    hidden,
    hollow,
    said,
    unpaired,
)
from commonplace.domain.published.warnings import warnings
from commonplace.domain.span import Span

_ALIKE = str.maketrans({**dict.fromkeys("？؟‽\u037e", "?"), **dict.fromkeys("！¡", "!")})
"""Marks of other scripts by the one that says the same; U+037E is the Greek question mark."""
_MADE = (("?", "a question"), ("¿", "a question"), ("!", "an exclamation"))

LONGEST = 10_000
"""Words, of what was said and of the edited quote, that are checked at most."""


def check(text: str, speech: Sequence[Spoken], published: str) -> Check:
    """Holds an edited quote against what was said.

    `speech` are the spoken parts of the quote's turns in order, as spans of `text`: no labels, no
    time stamps, and what others say in between included. Offsets are code points.
    """
    words, pieces = said(text, speech), edited(published)
    faults = list(_characters(published))
    if max(len(words), len(pieces)) > LONGEST:
        faults.append(Problem(Fault.LENGTH, f"more than {LONGEST} words", (0, len(published))))
        return Check(tuple(faults), (), (), ())
    laid = Embedding(words, pieces)
    path = laid.allowed()
    pairs = laid.nearest() if path is None else path
    if not pairs:
        faults.append(
            Problem(Fault.EMPTY, "none of it was said in this passage", (0, len(published)))
        )
        return Check(tuple(faults), (), (), ())
    reading = _Reading(text, speech, published, laid, pairs)
    faults += [*reading.word_problems(), *reading.punctuation()]
    faults.sort(key=lambda problem: problem.at)
    dropped = reading.dropped()
    kept = tuple(
        (
            (laid.pieces[here].start, laid.pieces[here].end),
            Span(words[there].start, words[there].end),
        )
        for here, there in pairs
    )
    return Check(tuple(faults), tuple(warnings(laid, pairs, dropped)), tuple(dropped), kept)


def _characters(published: str) -> Iterator[Problem]:
    for place in unpaired(published):
        yield Problem(
            Fault.BRACKET, "this bracket has no partner, or is in another", (place, place + 1)
        )
    for at in hollow(published):
        yield Problem(Fault.BRACKET, "this bracket is empty: write […] or words in it", at)
    for place in hidden(published):
        name = f"U+{ord(published[place]):04X}"
        yield Problem(
            Fault.HIDDEN, f"a character that cannot be seen ({name}): delete it", (place, place + 1)
        )


class _Reading:
    """An edited quote laid over what was said: what went, and what is wrong."""

    def __init__(
        self,
        text: str,
        speech: Sequence[Spoken],
        published: str,
        laid: Embedding,
        pairs: list[tuple[int, int]],
    ) -> None:
        self._text = text
        self._stops = [spoken.span.end for spoken in speech]
        self._published = published
        self._laid = laid
        self._words = laid.words
        self._pairs = pairs
        self._starts = [word.start for word in laid.words]
        self._bare = _without_brackets(published, laid).translate(_ALIKE)
        self._gaps = list(self._walk())
        """(words of the quote that match nothing, first and last place of what was dropped, whether
        that was allowed, what stands between), in order."""
        self._gone = {place for _, gone, _, _ in self._gaps for place in gone}
        self._gone_words: dict[str, list[int]] = {}
        for place in sorted(self._gone):
            self._gone_words.setdefault(self._words[place].folded, []).append(place)
        self._moved: set[int] = set()

    def _walk(self) -> Iterator[tuple[range, range, bool, list[Gap]]]:
        laid, pairs = self._laid, self._pairs
        here, there = pairs[0]
        legal = here == 0 and laid.may_begin(there)
        yield range(here), range(there), legal, laid.gaps[: here + 1]
        for (here, there), (next_here, next_there) in pairwise(pairs):
            gaps = laid.gaps[here + 1 : next_here + 1]
            legal = next_here == here + 1 and laid.may_follow(there, next_there, gaps[0])
            yield range(here + 1, next_here), range(there + 1, next_there), legal, gaps
        here, there = pairs[-1]
        legal = here == len(laid.pieces) - 1 and laid.may_end(there)
        rest = range(there + 1, len(self._words))
        yield range(here + 1, len(laid.pieces)), rest, legal, laid.gaps[here + 1 :]

    def word_problems(self) -> list[Problem]:
        """Words that were changed, added or moved, and words left out without a mark."""
        problems = []
        for extra, gone, legal, gaps in self._gaps:
            marked = any(gap.marks for gap in gaps)
            left = gone
            if extra:
                found, left = self._extra(extra, gone, marked)
                problems += found
            if left and not legal and not marked and not (extra and left != gone):
                problems.append(self._unmarked(left, gaps, extra))
        return [problem for problem in problems if not self._explained(problem)]

    def _extra(self, extra: range, gone: range, marked: bool) -> tuple[list[Problem], range]:
        """What is wrong with words of the quote that match nothing, and what of `gone` they do not
        explain."""
        pieces = self._laid.pieces
        first, last = pieces[extra[0]], pieces[extra[-1]]
        at = first.start, last.end
        shown = self._published[slice(*at)]
        place = self._elsewhere([pieces[i] for i in extra], gone)
        if place is not None:
            self._moved.update(range(place, place + len(extra)))
            span = self._span(range(place, place + len(extra)))
            return [
                Problem(Fault.ORDER, f"“{shown}” was said, but in another place", at, span)
            ], gone
        if gone and not marked:
            span = self._span(self._core(gone))
            was = _short(self._text[span.start : span.end])
            return [
                Problem(
                    Fault.CHANGED,
                    f"“{shown}” stands where “{was}” was said: put it in [brackets]",
                    at,
                    span,
                )
            ], range(0)
        return [
            Problem(Fault.ADDED, f"“{shown}” was not said here: put it in [brackets]", at)
        ], gone

    def _elsewhere(self, pieces: Sequence[Piece], here: range) -> int | None:
        """Where these words were said, one after the other, other than `here`."""
        wanted = [piece.exact.casefold() for piece in pieces]
        for place in self._gone_words.get(wanted[0], ()):
            stretch = range(place, place + len(wanted))
            if place in here or not self._gone.issuperset(stretch):
                continue
            if [self._words[i].folded for i in stretch] == wanted:
                return place
        return None

    def _unmarked(self, gone: range, gaps: list[Gap], extra: range) -> Problem:
        words = self._span(gone)
        shown = _short(self._text[words.start : words.end])
        at = self._laid.pieces[extra[0]].start if extra else self._place(gone)
        if any(gap.brackets for gap in gaps):
            message = (
                f"“{shown}” is more than a bracket can stand for ({REPLACED} words of one "
                "sentence): add […]"
            )
        else:
            message = f"“{shown}” was left out without a mark: put […] there"
        return Problem(Fault.UNMARKED, message, (at, at), words)

    def _explained(self, problem: Problem) -> bool:
        """Whether what is missing here was found in another place of the quote."""
        if problem.fault is not Fault.UNMARKED or problem.span is None:
            return False
        span = problem.span
        gone = range(bisect_left(self._starts, span.start), bisect_left(self._starts, span.end))
        return self._moved.issuperset(gone)

    def _core(self, gone: range) -> range:
        """A stretch that may not go as a whole, without what of it may go at its ends."""
        drops, start, stop = self._laid.drops, gone.start, gone.stop
        start = max(place for place in bits(drops.ends(start)) if place < stop)
        while (shorter := _filler_before(drops, stop)) > start:
            stop = shorter
        return range(start, stop)

    def punctuation(self) -> Iterator[Problem]:
        """Questions and exclamations that were made, and questions that were unmade."""
        laid, words = self._laid, self._words
        turn_ends = {word.turn: word.end for word in words}
        here, there = self._pairs[0]
        if "¿" in self._bare[: laid.pieces[here].start] and not self._begins_asking(there):
            at = (0, laid.pieces[here].start)
            yield Problem(Fault.PUNCTUATION, "“¿” makes a question of what was none", at)
        ends = [*self._pairs[1:], None]
        for (here, there), following in zip(self._pairs, ends, strict=True):
            if following is not None and following[0] != here + 1:
                continue
            start = laid.pieces[here].end
            stop = len(self._published) if following is None else laid.pieces[following[0]].start
            shown = self._bare[start:stop]
            last = self._turn_tail(turn_ends[words[there].turn])
            until = words[following[1]].start if following else last
            between = self._text[words[there].end : until].translate(_ALIKE)
            at = (start, stop)
            for mark, made in _MADE:
                if mark in shown and mark not in between:
                    yield Problem(Fault.PUNCTUATION, f"“{mark}” makes {made} of what was none", at)
            asked = "?" in self._tail(there) and "?" not in shown
            if asked and self._unmade(shown, following, there):
                yield Problem(
                    Fault.PUNCTUATION,
                    "a question mark is missing",
                    at,
                    Span(words[there].start, words[there].end),
                )

    def _begins_asking(self, place: int) -> bool:
        """Whether ¿ stands before a word."""
        before = self._words[place - 1].end if place else 0
        return "¿" in self._text[before : self._words[place].start]

    def _unmade(self, shown: str, following: tuple[int, int] | None, there: int) -> bool:
        """Whether what ended in a question mark goes on, or ends, as a statement. A passage that
        ends before the mark need not have it."""
        if following is not None:
            return True
        word = self._words[there]
        inside = "?" in self._tail(there)[: self._stops[word.turn] - word.end]
        return inside or "." in shown.replace("...", "")

    def _tail(self, place: int) -> str:
        """The punctuation that follows a word at once, of each kind in one form."""
        words = self._words
        end = self._turn_tail(words[place].end)
        if place + 1 < len(words) and words[place + 1].turn == words[place].turn:
            end = words[place + 1].start
        return self._text[words[place].end : end].translate(_ALIKE)

    def _turn_tail(self, end: int) -> int:
        """Where the punctuation ends that follows the last word of a turn."""
        while end < len(self._text) and not self._text[end].isalnum():
            if self._text[end] == "\n":
                break
            end += 1
        return end

    def dropped(self) -> list[Dropped]:
        """The stretches that went, each with the reason."""
        found = []
        last = len(self._gaps) - 1
        for number, (extra, gone, legal, gaps) in enumerate(self._gaps):
            if not gone:
                continue
            reasons = self._reasons(gone, legal, gaps, number in (0, last))
            at = self._place(gone) if not extra else self._laid.pieces[extra[0]].start
            shown = {piece.inside for gap in gaps for piece in gap.brackets}
            for why, group in groupby(gone, key=lambda place: reasons[place - gone.start]):
                stretch = list(group)
                for _, run in groupby(stretch, key=lambda place: self._words[place].turn):
                    places = [p for p in run if self._words[p].exact[1:-1] not in shown]
                    if places:
                        found.append(Dropped(self._span(range(places[0], places[-1] + 1)), why, at))
        joined = [
            Dropped(Span(self._words[there].start, self._words[there].end), Why.REPLACED, p.start)
            for here, there in self._pairs
            if (p := self._laid.pieces[here]).kind == "joined"
        ]
        return sorted([*found, *joined], key=lambda each: each.span)

    def _reasons(self, gone: range, legal: bool, gaps: list[Gap], edge: bool) -> list[Why]:
        words, drops = self._words, self._laid.drops
        marked = any(gap.marks for gap in gaps)
        if marked:
            return [Why.OMISSION] * len(gone)
        if not legal:
            core = self._core(gone)
            before, after = (range(gone.start, core.start), range(core.stop, gone.stop))
            return [
                *self._reasons(before, True, [], False),
                *[Why.UNMARKED] * len(core),
                *self._reasons(after, True, [], False),
            ]
        speaker = self._edge_speaker(gone) if edge else None
        fillers = {
            place
            for start, end in drops.fillers.items()
            if gone.start <= start and end <= gone.stop
            for place in range(start, end)
        }
        replaced = any(gap.brackets for gap in gaps)
        if replaced and not edge and drops.ends(gone.start) >> gone.stop & 1:
            replaced = False
        rest = Why.REPLACED if replaced else Why.REPEAT
        return [
            Why.OTHERS
            if speaker is not None and words[place].speaker != speaker
            else Why.FILLER
            if place in fillers
            else rest
            for place in gone
        ]

    def _edge_speaker(self, gone: range) -> str:
        """Who is quoted beside what was dropped at the beginning or the end."""
        place = self._pairs[0][1] if gone.start == 0 else self._pairs[-1][1]
        return self._words[place].speaker

    def _place(self, gone: range) -> int:
        """Where in the quote dropped words would stand: behind the word before them."""
        before = bisect_left(self._pairs, gone.start, key=lambda pair: pair[1]) - 1
        return self._laid.pieces[self._pairs[before][0]].end if before >= 0 else 0

    def _span(self, places: range) -> Span:
        return Span(self._words[places[0]].start, self._words[places[-1]].end)


def _filler_before(drops: Drops, stop: int) -> int:
    """Where the filler begins that ends at `stop`; -1 when there is none."""
    return next((start for start, end in drops.fillers.items() if end == stop), -1)


def _without_brackets(published: str, laid: Embedding) -> str:
    """The edited quote with blanks where brackets stand."""
    text = list(published)
    for gap in laid.gaps:
        for piece in gap.brackets:
            text[piece.start : piece.end] = " " * (piece.end - piece.start)
    return "".join(text)


def _short(text: str, most: int = 60) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
