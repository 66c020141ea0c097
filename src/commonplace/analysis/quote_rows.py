"""The rows of a table of quotes, made a transcript at a time.

Everything that is the same for many quotes (paths, attributions, attributes) is made once; the
text of one transcript is held at a time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from commonplace.analysis.layout import Layout, layout
from commonplace.analysis.names import free_names
from commonplace.analysis.quote_desk import Desk
from commonplace.analysis.scope import Scope, Voice
from commonplace.domain.people import attribution
from commonplace.domain.quote import CONTEXT, context, published
from commonplace.domain.span import Span
from commonplace.domain.table import Column, Row

COLUMNS = (
    Column("quote_id"),
    Column("code"),
    Column("code_path"),
    Column("quote"),
    Column("published_quote"),
    Column("speaker"),
    Column("attribution"),
    Column("document"),
    Column("turn", "turns, from 1"),
    Column("start", "code points"),
    Column("end", "code points"),
    Column("before"),
    Column("after"),
    Column("other_codes"),
    Column("coder"),
    Column("origin"),
    Column("score", "confidence 0–1"),
    Column("coded_at", time=True),
    Column("memo"),
)

INTERVIEWER = "Interviewer"
NOT_KNOWN = "Not known"
"""Sources of speech in a quote beside others whose attribution is known."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of a quote's source: labels, attribution, attributes."""

    speaker: str
    attribution: str
    attributes: Row


@dataclass(frozen=True, slots=True)
class _Transcript:
    """What is needed of a transcript while its rows are made."""

    text: str
    turns: Layout
    voices: dict[str, Voice]
    heard: set[str]
    """Those of the voices who are asked about."""


class QuoteRows:
    """Makes rows of quotes for `scope`; `columns` are those of the rows.

    `before` and `after` lie in the turns of the quote; `turn` counts from 1 and is the first;
    `speaker` names everyone who says something in the passage; `published_quote` holds only what
    those asked about say in it, and `attribution` names them all; attributes are those of the
    first interviewee asked about; `other_codes` are the other codes that anyone has applied to a
    passage that overlaps this one. Codes, people and memos are those of the moment at which this
    was made.
    """

    def __init__(self, scope: Scope, desk: Desk | None = None) -> None:
        self._scope = scope
        self._desk = desk
        self.attribute: Callable[[Voice], str] = self._attribute
        """What is said of whoever speaks; another rule may take its place before rows are made."""
        self._connection = scope.project.connection
        names = free_names(scope.attribute_names, [column.name for column in COLUMNS])
        self.columns = COLUMNS + tuple(Column(name) for name in names)
        book = scope.codebook
        self.codes = {code.id: (code.name, book.path(code.id)) for code in book}
        """Name and path of each code. One that is added meanwhile is passed over."""
        self._rank = {code.id: rank for rank, code in enumerate(book.in_reading_order())}
        self._memos = self._read_memos()
        self._nobody = _Said("", "", (None,) * len(names))

    @property
    def documents(self) -> Iterable[str]:
        """Ids of the transcripts that are asked about, in order."""
        return self._scope.documents

    def of(self, document: str, *, only: Collection[str] | None = None) -> Iterator[Row]:
        """The rows of one transcript, in order of place; of `only` these codings, if given."""
        scope = self._scope
        codings = self._connection.execute(
            'SELECT id, start, "end", code_id, coder, origin, score, coded_at, '
            f"{scope.condition} FROM codings WHERE document_id = ? "
            'ORDER BY start, "end", code_id, coder',
            (*scope.values, document),
        ).fetchall()
        codings = [coding for coding in codings if coding[3] in self.codes]
        if not any(coding[8] for coding in codings):
            return
        self.by_codebook(codings, lambda coding: coding[1:3], lambda coding: coding[3])
        others = self._others(codings)
        here = self._open(document)
        text, turns, name = here.text, here.turns, scope.documents[document]
        versions = {} if self._desk is None else self._desk.versions(document)
        closed = [] if self._desk is None else self._desk.closed(document)
        alone = {speaker: self._said([speaker], here) for speaker in here.heard}
        starts, speech_starts, ends = turns.starts, turns.speech_starts, turns.ends
        speakers, count, memos, codes = turns.speakers, len(turns.starts), self._memos, self.codes
        for coding, other in zip(codings, others, strict=True):
            id, start, end, code, coder, origin, score, coded_at, asked = coding
            if not asked or (only is not None and id not in only):
                continue
            quote = text[start:end]
            place = bisect_right(ends, start)
            if place < count and speech_starts[place] <= start and end <= ends[place]:
                found = alone.get(speakers[place])
                if found is None:
                    if not scope.keeps_everything:
                        continue
                    found = self._said([speakers[place]], here)
                said, before = quote, text[max(starts[place], start - CONTEXT) : start]
                after = text[end : min(ends[place], end + CONTEXT)]
            else:
                across = self._across(here, start, end)
                if across is None:
                    continue
                found, place, said, before, after = across
            if versions and (start, end) in versions and self._whole(here, start, end):
                said = versions[start, end]
            if closed:
                before, after = _open_context(closed, start, end, before, after)
            yield (
                id,
                *codes[code],
                quote,
                said,
                found.speaker,
                found.attribution,
                name,
                place + 1 if place >= 0 else None,
                start,
                end,
                before,
                after,
                other,
                coder,
                origin,
                score,
                coded_at,
                memos.get(id),
                *found.attributes,
            )

    def _attribute(self, voice: Voice) -> str:
        return attribution(self._scope.attributes(voice))

    def _whole(self, here: _Transcript, start: int, end: int) -> bool:
        """Whether everybody is asked about who may have a word in a published version."""
        if not self._scope.chooses_people:
            return True
        turns = here.turns
        return all(
            turns.speakers[place] in here.heard
            for place in turns.turns_in(start, end)
            if turns.speaks_in(place, start, end)
        )

    def by_codebook(
        self, items: list[_T], span: Callable[[_T], Any], code: Callable[[_T], str]
    ) -> None:
        """Puts items, sorted by span, into the codebook's order where spans are the same."""
        if len(set(map(span, items))) < len(items):
            items.sort(key=lambda item: (span(item), self._rank[code(item)]))

    def first_interviewee(self, document: str, turns: Layout, start: int, end: int) -> Voice:
        """The first interviewee asked about who says something in `[start, end)`."""
        heard = {v.id: v for v in self._scope.heard[document] if not v.interviewer}
        return next(
            heard[turns.speakers[place]]
            for place in turns.turns_in(start, end)
            if turns.speakers[place] in heard and turns.speaks_in(place, start, end)
        )

    def _open(self, document: str) -> _Transcript:
        scope = self._scope
        return _Transcript(
            scope.project.documents.text(document),
            layout(self._connection, document),
            {voice.id: voice for voice in scope.voices[document]},
            {voice.id for voice in scope.heard[document]},
        )

    def _across(
        self, here: _Transcript, start: int, end: int
    ) -> tuple[_Said, int, str, str, str] | None:
        """What is said of a passage that does not lie in the speech of one turn, its first turn,
        the speech in it, and its context; None when nobody asked about says anything in it."""
        turns = here.turns
        touched = turns.turns_in(start, end)
        spoken = [place for place in touched if turns.speaks_in(place, start, end)]
        if not self._scope.keeps_everything and not any(
            turns.speakers[place] in here.heard for place in spoken
        ):
            return None
        if self._scope.silenced(turns.speakers[place] for place in spoken):
            return None
        if not touched:
            return self._nobody, -1, "", "", ""
        named = dict.fromkeys(turns.speakers[place] for place in spoken or touched)
        span = Span(start, end)
        speeches = [
            (
                Span(turns.speech_starts[place], turns.ends[place]),
                turns.speakers[place] in here.heard,
            )
            for place in spoken
        ]
        within = Span(turns.starts[touched[0]], turns.ends[touched[-1]])
        return (
            self._said(named, here),
            (spoken or touched)[0],
            published(here.text, span, speeches),
            *context(here.text, span, within),
        )

    def _said(self, speakers: Iterable[str], here: _Transcript) -> _Said:
        """What is said of a passage in which these speak, in order."""
        present = [here.voices[id] for id in speakers if id in here.voices]
        labels = "; ".join(voice.label for voice in present)
        asked = [voice for voice in present if voice.id in here.heard]
        first = next((voice for voice in asked if not voice.interviewer), None)
        if first is None:
            return _Said(labels, "", self._nobody.attributes)
        known = self._scope.attributes(first)
        values = tuple(known.get(name) for name in self._scope.attribute_names)
        return _Said(labels, self._attribution(asked), values)

    def _attribution(self, voices: Iterable[Voice]) -> str:
        """The attributions of these, each once, in order; empty when nothing is known of anyone.

        Beside one that is known the others are told apart by `INTERVIEWER` and `NOT_KNOWN`: no
        words may pass for those of somebody else.
        """
        sources: dict[str, bool] = {}
        for voice in voices:
            known = "" if voice.interviewer else self.attribute(voice)
            sources[known or (INTERVIEWER if voice.interviewer else NOT_KNOWN)] = bool(known)
        return "; ".join(sources) if any(sources.values()) else ""

    def _others(self, codings: list[Any]) -> list[str]:
        """For each coding, the paths of the other codes on passages that overlap it."""
        found: list[set[str] | None] = [None] * len(codings)
        for index, (_, _, end, code, *_) in enumerate(codings):
            for later in range(index + 1, len(codings)):
                following = codings[later]
                if following[1] >= end:
                    break
                if following[3] == code:
                    continue
                found[index] = mine = found[index] or set()
                found[later] = theirs = found[later] or set()
                mine.add(following[3])
                theirs.add(code)
        rank, codes = self._rank, self.codes
        return [
            ""
            if not others
            else "; ".join(codes[o][1] for o in sorted(others, key=rank.__getitem__))
            for others in found
        ]

    def _read_memos(self) -> dict[str, str]:
        """The memos on codings, several on one in order of writing."""
        memos: dict[str, str] = {}
        for coding, text in self._connection.execute(
            "SELECT coding_id, text FROM memos WHERE coding_id IS NOT NULL ORDER BY written_at, id"
        ):
            memos[coding] = f"{memos[coding]}\n\n{text}" if coding in memos else text
        return memos


def _open_context(
    closed: list[tuple[int, int]], start: int, end: int, before: str, after: str
) -> tuple[str, str]:
    """What stands around `[start, end)`, as far as the nearest words that must not leave."""
    if place := bisect_left(closed, (start, 0)):
        before = before[max(0, min(closed[place - 1][1], start) - (start - len(before))) :]
    place = bisect_left(closed, (end, 0))
    if place and closed[place - 1][1] > end:
        after = ""
    elif place < len(closed):
        after = after[: closed[place][0] - end]
    return before, after
