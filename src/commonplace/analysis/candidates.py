"""The passages of a theme as candidates for a report, held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import Layout, layout
from commonplace.analysis.query.tree import NONE
from commonplace.analysis.quote_desk import spoken
from commonplace.analysis.quotes import Key, Quotes
from commonplace.analysis.readability import Readable, readable
from commonplace.analysis.reprints import passed_over, reprints
from commonplace.analysis.scope import Scope, Voice
from commonplace.analysis.typicality import (
    Typical,
    Weights,
    likeness,
    rarity,
    typicality,
    weighted,
)
from commonplace.domain.codebook import Codebook
from commonplace.domain.people import ATTRIBUTION_ORDER
from commonplace.domain.published.tokens import words_of
from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.project.quotes import Place

TYPICAL, READABLE, NEW, ALIKE = 0.45, 0.25, 0.30, 0.25
"""What counts for how much: the share of the theme's quotes that are less typical, how well it
reads, the share of its attributes that no quote chosen before has; less how alike it is to one of
those (after Carbonell & Goldstein 1998)."""

FIT = 0.4
"""Readability below which a quote is proposed only when nothing better is left: below five words,
or cut at both ends and short."""

_DIRECTIONS = (
    {"improved", "worsened"},
    {"better", "worse"},
    {"positive", "negative"},
    {"for", "against"},
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may stand for a theme."""

    key: Key
    person: str
    traits: Mapping[str, str]
    """What it is varied over: attributes, transcript, standpoint; missing ones left out."""
    typical: Typical
    readable: Readable
    words: Weights

    @property
    def place(self) -> Place:
        """The passage."""
        return self.key.document, self.key.start, self.key.end


class Theme:
    """The passages of a theme, held against each other."""

    def __init__(
        self,
        project: Project,
        asked: Filters,
        found: Quotes,
        *,
        balance: str | None = None,
        standpoint: str | None = None,
        rare: Weights | None = None,
    ) -> None:
        self._project = project
        self._scope = Scope(project, asked)
        self._found = found
        self._balance = None if balance is None else self._scope.attribute(balance)
        self._standpoints = _standpoints(self._scope.codebook, standpoint, project)
        self.rare = rarity(self._all_words()) if rare is None else rare
        """How much each word tells, the same for all themes of the same transcripts."""
        self.candidates = self._candidates()
        """The passages that may be chosen, in order of transcript and place."""
        self.reprinting = self._reprinting()
        """Those of them that are passed over: the published version of a passage that shares
        their words says less."""

    def pick(self, limit: int) -> Iterator[tuple[Candidate, str]]:
        """The best set, one after the other, each with the reason."""
        places = range(len(self.candidates))
        left = [p for p in places if self.candidates[p].place not in self.reprinting]
        alike = [0.0] * len(places)
        chosen: list[Candidate] = []
        people: Counter[str] = Counter()
        values: Counter[str] = Counter()
        while left and len(chosen) < limit:
            fit = [p for p in left if self.candidates[p].readable.value >= FIT]
            turn = _rarest(fit or left, lambda place: values[self._value(self.candidates[place])])
            turn = _rarest(turn, lambda place: people[self.candidates[place].person])
            scores = [self._score(self.candidates[place], chosen, alike[place]) for place in turn]
            place = turn[scores.index(max(scores))]
            best = self.candidates[place]
            yield best, self._reason(best, chosen, people[best.person])
            left.remove(place)
            chosen.append(best)
            people[best.person] += 1
            values[self._value(best)] += 1
            for other in left:
                found = likeness(self.candidates[other].words, best.words)
                alike[other] = max(alike[other], found)

    def remarks(self) -> list[str]:
        """How quotes were chosen, from how many of how many people."""
        people = len({each.person for each in self.candidates})
        said = [
            f"Proposed from {len(self.candidates)} distinct quotes of {people} people: near the "
            "centre of the theme by their words, spread over people, and readable. They are "
            "proposals; whether they are fair is for a reader of the transcripts to say."
        ]
        if self._balance is not None:
            said.append(f"In turn by {self._balance}.")
        return [*said, passed_over(len(self.reprinting))]

    def _reprinting(self) -> set[Place]:
        places = [each.place for each in self.candidates]
        return {each.place for each in reprints(self._project, self._found.desk, places)}

    def _value(self, each: Candidate) -> str:
        return "" if self._balance is None else each.traits.get(self._balance, NONE)

    def _score(self, each: Candidate, chosen: Sequence[Candidate], alike: float) -> float:
        fresh = len(self._new(each, chosen)) / len(each.traits) if each.traits else 0.0
        worth = TYPICAL * each.typical.above + READABLE * each.readable.value + NEW * fresh
        return round(worth - ALIKE * alike, 9)

    @staticmethod
    def _new(each: Candidate, chosen: Sequence[Candidate]) -> list[str]:
        """The traits of a quote that none chosen before has."""
        return [
            name
            for name, value in each.traits.items()
            if all(other.traits.get(name) != value for other in chosen)
        ]

    def _reason(self, each: Candidate, chosen: Sequence[Candidate], before: int) -> str:
        share = each.typical.above
        if len(self.candidates) == 1:
            parts = ["the only quote of this theme"]
        else:
            near = "typical" if share >= 0.5 else "less typical"
            others = len(self.candidates) - 1
            what = "other quote" if others == 1 else "other quotes"
            parts = [f"{near}: nearer the centre than {round(share * others)} of {others} {what}"]
        # Beside a coarsened attribution a reason must not say what that leaves out.
        told = {"standpoint"} if self._found.coarsened else each.traits.keys() - {"document"}
        new = [n for n in self._new(each, chosen) if n in told]
        if chosen and new:
            parts.append("adds " + ", ".join(f"{name} {each.traits[name]}" for name in new))
        elif not chosen and each.traits.get("standpoint"):
            parts.append(f"standpoint {each.traits['standpoint']}")
        if before:
            parts.append("the same person again, after all others")
        parts.append(each.readable.said)
        return "; ".join(parts)

    def _candidates(self) -> list[Candidate]:
        passages: dict[tuple[str, int, int], tuple[Key, Voice]] = {}
        for key, first in self._found.voiced():
            if first is not None:
                passages.setdefault((key.document, key.start, key.end), (key, first))
        said, judged, marks = [], [], []
        for document, group in groupby(passages, key=itemgetter(0)):
            text = self._project.documents.text(document)
            turns = layout(self._project.connection, document)
            positions = self._positions(document)
            heard = {voice.id for voice in self._scope.heard[document] if not voice.interviewer}
            for _, start, end in group:
                parts = [p for p in spoken(turns, start, end) if p.speaker in heard]
                words = [w for p in parts for w in words_of(text[p.span.start : p.span.end])]
                said.append(weighted(words, self.rare))
                whole = [_turn(turns, p.span.start) for p in parts]
                judged.append(readable(text, parts, whole))
                marks.append(_overlapping(positions, start, end))
        held = typicality(said, [voice.person for _, voice in passages.values()])
        rows = zip(passages.values(), held, judged, said, marks, strict=True)
        return [
            Candidate(key, voice.person, self._traits(voice, mark), typical, reads, words)
            for (key, voice), typical, reads, words, mark in rows
        ]

    def _traits(self, voice: Voice, standpoint: str) -> dict[str, str]:
        known = self._scope.attributes(voice)
        names = dict.fromkeys([*ATTRIBUTION_ORDER, *([self._balance] if self._balance else [])])
        traits = {name: known[name] for name in names if known.get(name, "").strip()}
        traits["document"] = voice.document
        if standpoint:
            traits["standpoint"] = standpoint
        return traits

    def _positions(self, document: str) -> list[tuple[int, int, str]]:
        """Where somebody takes a standpoint in a transcript, and which."""
        if not self._standpoints:
            return []
        return [
            (start, end, self._standpoints[code])
            for start, end, code in self._project.connection.execute(
                'SELECT start, "end", code_id FROM codings WHERE document_id = ? '
                'ORDER BY start, "end", code_id',
                (document,),
            )
            if code in self._standpoints
        ]

    def _all_words(self) -> Iterator[list[str]]:
        """The words of every coded passage, of any theme."""
        connection = self._project.connection
        for document in self._scope.documents:
            spans = connection.execute(
                'SELECT DISTINCT start, "end" FROM codings WHERE document_id = ? '
                'ORDER BY start, "end"',
                (document,),
            ).fetchall()
            if not spans:
                continue
            text, turns = self._project.documents.text(document), layout(connection, document)
            for start, end in spans:
                yield [
                    word
                    for part in spoken(turns, start, end)
                    for word in words_of(text[part.span.start : part.span.end])
                ]


def _rarest(places: Sequence[int], times: Callable[[int], int]) -> list[int]:
    """Those of the places that were had the fewest times."""
    fewest = min(map(times, places))
    return [place for place in places if times(place) == fewest]


def _standpoints(book: Codebook, asked: str | None, project: Project) -> dict[str, str]:
    """The codes that say how people stand to a theme, each with what it says."""
    if asked is not None:
        parents = [project.codes.find(asked).id]
    else:
        parents = [
            code.id
            for code in book
            if any(
                pair <= {child.name.casefold() for child in book.children(code.id)}
                for pair in _DIRECTIONS
            )
        ][:1]
    named = {"improved", "worsened"}.union(*_DIRECTIONS)
    return {
        below.id: child.name
        for parent in parents
        for child in book.children(parent)
        if asked is not None or child.name.casefold() in named
        for below in book.subtree(child.id)
    }


def _overlapping(positions: Sequence[tuple[int, int, str]], start: int, end: int) -> str:
    """The standpoints taken in a passage, in words; empty for none."""
    found = {name for first, last, name in positions if first < end and start < last}
    return " and ".join(sorted(found))


def _turn(turns: Layout, offset: int) -> Span:
    """The speech of the turn in which something is said."""
    place = turns.turns_in(offset, offset + 1)[0]
    return Span(turns.speech_starts[place], turns.ends[place])
