"""Coded passages as quotes: which there are, and in what order they are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import itemgetter
from typing import NamedTuple, TypeVar

from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import Layout, layout, speech_of, touching
from commonplace.analysis.names import natural
from commonplace.analysis.notes import noted
from commonplace.analysis.query.tree import NONE
from commonplace.analysis.quote_rows import QuoteRows
from commonplace.analysis.scope import Scope, Voice
from commonplace.domain.table import Row, Table
from commonplace.project import Project

PAGE = 8000
"""Quotes made at a time when they are asked for in an order other than that of the transcripts."""

_T = TypeVar("_T")


class Key(NamedTuple):
    """A quote before its words are looked up: a coding, and where it stands."""

    id: str
    document: str
    start: int
    end: int
    code: str


def quotes(
    project: Project,
    filters: Filters | None = None,
    *,
    balance: str | None = None,
    limit: int | None = None,
) -> Table:
    """A row for each coding in which those asked about say something, with all a report needs.

    In order of transcript and place; with `balance`, an attribute, in turn from each of its
    values, and within a value in turn from each person, so that the first few are spread as
    widely as they can be; no passage comes back under another code before that person's others.
    `limit` is the most rows to give. The columns are `quote_rows.COLUMNS`, then one for each
    attribute of participants.

    Raises `NotFoundError`, `FilterError` or `QueryError` for filters that name what is not there.
    """
    found = Quotes(project, filters, balance=balance)
    return Table(
        "quotes",
        found.rows.columns,
        lambda: islice(found.stream(), limit),
        lambda: found.note(limit),
        brief=("code_path", "quote", "attribution", "document"),
    )


class Quotes:
    """The quotes that filters ask for, to be had one after another or page by page.

    `keys` is quick and says how many there are; `page` makes the rows that are shown.
    """

    def __init__(
        self, project: Project, filters: Filters | None = None, *, balance: str | None = None
    ) -> None:
        self._scope = Scope(project, filters or Filters())
        self._connection = project.connection
        self._balance = None if balance is None else self._scope.attribute(balance)
        self.rows = QuoteRows(self._scope)

    def stream(self) -> Iterator[Row]:
        """All rows, in order; what is held at a time does not grow with their number."""
        if self._balance is None:
            for document in self._scope.documents:
                yield from self.rows.of(document)
            return
        keys = self.keys()
        for first in range(0, len(keys), PAGE):
            yield from self.page(keys[first : first + PAGE])

    def page(self, keys: Iterable[Key]) -> list[Row]:
        """The rows of these quotes, in their order; those removed meanwhile are left out."""
        asked = list(keys)
        by_document: dict[str, set[str]] = {}
        for key in asked:
            by_document.setdefault(key.document, set()).add(key.id)
        made = {
            row[0]: row
            for document, ids in by_document.items()
            for row in self.rows.of(document, only=ids)
        }
        return [made[key.id] for key in asked if key.id in made]

    def keys(self) -> list[Key]:
        """All quotes, in the order in which they are given."""
        if self._balance is None:
            return [key for key, _ in self._walk()]
        spread: dict[str, dict[str, list[tuple[int, Key]]]] = {}
        times: Counter[tuple[str, int, int]] = Counter()
        for key, voice in self._walk():
            known = {} if voice is None else self._scope.attributes(voice)
            value = known.get(self._balance, "").strip() or NONE
            person = "" if voice is None else voice.person
            passage = (key.document, key.start, key.end)
            spread.setdefault(value, {}).setdefault(person, []).append((times[passage], key))
            times[passage] += 1
        values = sorted(spread, key=lambda value: (value == NONE, natural(value)))
        return in_turn([in_turn(map(_fresh_first, spread[value].values())) for value in values])

    def note(self, limit: int | None = None) -> list[str]:
        """Remarks on how many quotes there are, and what chose them."""
        keys = self.keys()
        distinct = len({(key.document, key.start, key.end) for key in keys})
        parts = [f"{distinct} distinct quotes in {len(keys)} codings."]
        if limit is not None and limit < len(keys):
            parts.append(f"Only the first {limit} codings are shown.")
        if self._balance is not None:
            parts.append(f"In turn by {self._balance}, then by person.")
        return noted(self._scope, *parts)()

    def _walk(self) -> Iterator[tuple[Key, Voice | None]]:
        """Each quote in order of transcript and place, and who is its first interviewee."""
        scope = self._scope
        heard = [voice for voices in scope.heard.values() for voice in voices]
        speech = speech_of(self._connection, [voice.id for voice in heard])
        for document in scope.documents:
            rows = self._connection.execute(
                'SELECT id, document_id, start, "end", code_id FROM codings '
                f"WHERE document_id = ? AND {scope.condition} "
                'ORDER BY start, "end", code_id, coder',
                (document, *scope.values),
            )
            keys = [Key._make(row) for row in rows if row[4] in self.rows.codes]
            self.rows.by_codebook(keys, lambda key: (key.start, key.end), lambda key: key.code)
            yield from self._spoken(keys, scope.heard[document], speech)

    def _spoken(
        self, keys: list[Key], voices: list[Voice], speech: dict[str, list[int]]
    ) -> Iterator[tuple[Key, Voice | None]]:
        starts, ends = [key.start for key in keys], [key.end for key in keys]
        speakers: dict[int, list[Voice]] = {}
        for voice in voices:
            hits = touching(speech.get(voice.id, []), starts, ends)
            for index in range(len(keys)) if hits is None else hits:
                speakers.setdefault(index, []).append(voice)
        turns: Layout | None = None
        for index, key in enumerate(keys):
            present = speakers.get(index, [])
            if not present and not self._scope.keeps_everything:
                continue
            interviewees = [voice for voice in present if not voice.interviewer]
            if len(interviewees) > 1:
                turns = turns or layout(self._connection, key.document)
                first = self.rows.first_interviewee(key.document, turns, key.start, key.end)
                interviewees = [first]
            yield key, interviewees[0] if interviewees else None


def _fresh_first(found: list[tuple[int, Key]]) -> list[Key]:
    """The quotes of a person, a passage that has several codes again only after all others."""
    return [key for _, key in sorted(found, key=itemgetter(0))]


def in_turn(lists: Iterable[Iterable[_T]]) -> list[_T]:
    """One of each list, then the next of each, until all are used up."""
    going = [iter(each) for each in lists]
    taken: list[_T] = []
    while going:
        still = []
        for each in going:
            for item in each:
                taken.append(item)
                still.append(each)
                break
        going = still
    return taken
