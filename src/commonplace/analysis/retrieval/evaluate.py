"""The passages that a retrieval query asks for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.layout import Layout, layout, speech_of, together, touching
from commonplace.analysis.occurrences import occurrences
from commonplace.analysis.people_codes import passages
from commonplace.analysis.query.tree import QueryError
from commonplace.analysis.retrieval.naming import code_of
from commonplace.analysis.retrieval.parse import parse
from commonplace.analysis.retrieval.tree import (
    Both,
    Coded,
    Either,
    Node,
    Reach,
    Related,
    Relation,
    Said,
    parts,
)
from commonplace.analysis.scope import Scope
from commonplace.domain.sentences import sentences
from commonplace.project import Project

Place = tuple[int, int]
Places = list[Place]
"""Distinct stretches of a transcript in order, in code points."""

_WORD = re.compile(r"\S+")


class Found:
    """The passages of a project that a query asks for.

    Filters choose as everywhere; `where` of query and filters must both hold. Raises `QueryError`
    for a query that cannot be understood or names what is not there, and as `Scope` does.
    """

    def __init__(self, project: Project, query: str, filters: Filters | None = None) -> None:
        asked = filters or Filters()
        self.query = parse(query, project.codes.codebook())
        self._text = query
        if asked.where.strip() and self.query.where:
            raise FilterError("say 'where' once: in the query or with --where")
        self.scope = self._scope(project, asked)
        self._codes: dict[str, frozenset[str]] = {}
        self._said: dict[str, dict[str, Places]] = {}
        self._resolve(self.query.wanted)

    def places(self, document: str) -> Places:
        """The passages in one transcript, in order."""
        return _InTranscript(self, document).places(self.query.wanted)

    def codes(self, coded: Coded) -> frozenset[str]:
        """The code that is meant, with its sub-codes."""
        return self._codes[coded.name]

    def said(self, said: Said, document: str) -> Places:
        """Where a term is said."""
        if said.term not in self._said:
            self._said[said.term] = {
                found.document: [(start, end) for _, start, end in found.places]
                for found in occurrences(self.scope, said.term)
            }
        return self._said[said.term].get(document, [])

    @cached_property
    def speech(self) -> dict[str, list[int]]:
        """What those asked about say, by speaker."""
        heard = [voice.id for voices in self.scope.heard.values() for voice in voices]
        return speech_of(self.scope.project.connection, heard)

    def _scope(self, project: Project, asked: Filters) -> Scope:
        if not self.query.where:
            return Scope(project, asked)
        try:
            return Scope(project, replace(asked, where=self.query.where))
        except QueryError as error:
            shift = self.query.where_start
            raise QueryError(
                self._text, error.start + shift, error.end + shift, error.problem
            ) from None

    def _resolve(self, node: Node) -> None:
        """Finds every code that the query names, and refuses terms without a word."""
        if isinstance(node, Coded):
            code = code_of(self.scope.codebook, self._text, node)
            below = [code] if self.scope.filters.direct else self._below(code)
            self._codes[node.name] = frozenset(below)
        elif isinstance(node, Said):
            try:
                self.said(node, "")
            except FilterError as error:
                raise QueryError(self._text, node.start, node.end, str(error)) from None
        else:
            for part in parts(node):
                self._resolve(part)

    def _below(self, code: str) -> list[str]:
        return [below.id for below in self.scope.codebook.subtree(code)]


class _InTranscript:
    """Works a query out in one transcript."""

    def __init__(self, found: Found, document: str) -> None:
        self._found = found
        self._document = document
        self._connection = found.scope.project.connection

    def places(self, node: Node) -> Places:
        """The passages that a part of the query asks for."""
        if isinstance(node, Coded):
            wanted = self._found.codes(node)
            return [place for place, codes in self._coded if not wanted.isdisjoint(codes)]
        if isinstance(node, Said):
            return self._found.said(node, self._document)
        if isinstance(node, Either):
            return sorted({place for part in node.parts for place in self.places(part)})
        if isinstance(node, Both):
            return self._both(node)
        return self._related(node)

    @cached_property
    def _coded(self) -> list[tuple[Place, frozenset[str]]]:
        """Coded passages in which those asked about say something."""
        scope = self._found.scope
        every = passages(scope, self._document)
        if not scope.keeps_everything and every:
            heard = scope.heard[self._document]
            spoken = together(self._found.speech[v.id] for v in heard if v.id in self._found.speech)
            hits = touching(spoken, [p.start for p in every], [p.end for p in every])
            every = every if hits is None else [every[place] for place in hits]
        return [((p.start, p.end), p.codes) for p in every]

    def _both(self, node: Both) -> Places:
        found = self.places(node.parts[0])
        for part in node.parts[1:]:
            other = self.places(part)
            found = sorted({_hull(p, q) for p in found for q in _overlapping(p, other)})
        for part in node.but:
            without = self.places(part)
            found = [p for p in found if not any(_overlapping(p, without))]
        return found

    def _related(self, node: Related) -> Places:
        first, second = self.places(node.first), self.places(node.second)
        if not first or not second:
            return []
        if node.relation is Relation.OVERLAPS:
            return [p for p in first if any(_overlapping(p, second))]
        if node.relation is Relation.INSIDE:
            return [p for p in first if any(q[0] <= p[0] and p[1] <= q[1] for q in second)]
        reaches = self._reaches(node.reach)
        if node.relation is Relation.NEAR:
            near = self._candidates(second, node.reach)
            return sorted({_hull(p, q) for p in first for q in near(p) if reaches(p, q)})
        begins = [q[0] for q in second]
        hulls = set()
        for p in first:
            place = bisect_left(begins, p[1])
            if place < len(second) and reaches(p, second[place]):
                hulls.add(_hull(p, second[place]))
        return sorted(hulls)

    def _reaches(self, reach: Reach | int) -> Callable[[Place, Place], bool]:
        """Whether two passages are near enough."""
        if reach is Reach.TRANSCRIPT:
            return lambda *_: True
        if isinstance(reach, int):
            return lambda p, q: self._words_between(p, q) <= reach
        units = self._turns if reach is Reach.TURN else self._sentences
        ends = [end for _, end in units]

        def within(p: Place, q: Place) -> bool:
            start, end = _hull(p, q)
            place = bisect_left(ends, end)
            return place < len(units) and units[place][0] <= start

        return within

    def _candidates(self, places: Places, reach: Reach | int) -> Callable[[Place], Sequence[Place]]:
        """Which of the places may be near another: with a reach in words not all are looked at."""
        if not isinstance(reach, int):
            return lambda _: places
        starts = [start for start, _ in places]
        longest = max(end - start for start, end in places)
        begins = self._begins

        def near(p: Place) -> Sequence[Place]:
            before = bisect_left(begins, p[0]) - reach - 1
            after = bisect_left(begins, p[1]) + reach
            low = begins[before] - longest if before >= 0 else 0
            high = begins[after] + 1 if after < len(begins) else starts[-1] + 1
            return places[bisect_left(starts, low) : bisect_left(starts, high)]

        return near

    def _words_between(self, p: Place, q: Place) -> int:
        first, last = sorted((p, q))
        return bisect_left(self._begins, last[0]) - bisect_left(self._begins, first[1])

    @cached_property
    def _begins(self) -> list[int]:
        """Where words of speech begin."""
        return [
            match.start()
            for start, end in zip(self._layout.speech_starts, self._layout.ends, strict=True)
            for match in _WORD.finditer(self._words, start, end)
        ]

    @cached_property
    def _layout(self) -> Layout:
        return layout(self._connection, self._document)

    @cached_property
    def _words(self) -> str:
        return self._found.scope.project.documents.text(self._document)

    @cached_property
    def _turns(self) -> Places:
        return list(zip(self._layout.starts, self._layout.ends, strict=True))

    @cached_property
    def _sentences(self) -> Places:
        turns = zip(self._layout.speech_starts, self._layout.ends, strict=True)
        return [
            (start + span.start, start + span.end)
            for start, end in turns
            for span in sentences(self._words[start:end])
        ]


def _overlapping(p: Place, places: Places) -> Iterator[Place]:
    """Those of the places that share text with `p`."""
    for q in places:
        if q[0] >= p[1]:
            return
        if p[0] < q[1]:
            yield q


def _hull(p: Place, q: Place) -> Place:
    return min(p[0], q[0]), max(p[1], q[1])
