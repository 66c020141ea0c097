"""Coded passages as quotes: which there are, and in what order they are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import NamedTuple, TypeVar

from commonplace.analysis.attributions import Attributions, usual_template
from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import Layout, layout, speech_of, touching
from commonplace.analysis.names import natural
from commonplace.analysis.notes import noted
from commonplace.analysis.query.tree import NONE
from commonplace.analysis.quote_desk import Desk, left_out
from commonplace.analysis.quote_rows import QuoteRows
from commonplace.analysis.reprints import remark, reprints
from commonplace.analysis.scope import Scope, Voice
from commonplace.domain.attribution import K
from commonplace.domain.consent import HAS_WITHDRAWN
from commonplace.domain.desk import DeskQuote, Mark
from commonplace.domain.table import Row, Table
from commonplace.project import Project
from commonplace.project.errors import not_found
from commonplace.project.quotes import Place

PAGE = 8000
"""Quotes made at a time when they are asked for in an order other than that of the transcripts."""

IN_FULL = (
    f"Attributions say all that is known, and may tell of one person alone: --k {K} coarsens them."
)

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
    marks: Sequence[str] = (),
    attribution: str | None = None,
    k: int | None = None,
    today: str | None = None,
) -> Table:
    """A row for each coding in which those asked about say something, with all a report needs.

    What must not leave is left out, and the note says how much and why: see `Desk.withheld`.
    `published_quote` is the published version where there is one. `marks` (see `MARKS`) choose
    quotes by what the desk says of them, any of the marks will do. `attribution` is a template,
    for which at least `k` people (else `attribution.K`) must share what is said of each person:
    see `Attributions`; `k` alone stands for the usual template, as far as its attributes are known
    of anybody. `today` is the day (ISO 8601) that
    embargoes are held against.

    In order of transcript and place; with `balance`, an attribute, in turn from each of its
    values, and within a value in turn from each person, so that the first few are spread as
    widely as they can be; no passage comes back under another code before that person's others.
    `limit` is the most rows to give. The columns are `quote_rows.COLUMNS`, then one for each
    attribute of participants.

    Raises `NotFoundError`, `FilterError` or `QueryError` for filters that name what is not there,
    and `TemplateError`.
    """
    found = Quotes(
        project,
        filters,
        balance=balance,
        export=True,
        marks=marks,
        attribution=attribution,
        k=k,
        today=today,
    )
    return Table(
        "quotes",
        found.rows.columns,
        lambda: islice(found.stream(), limit),
        lambda: [
            *found.note(limit),
            found.edits(found.first(limit)),
            remark([*found.reprinting(found.first(limit)).values()]),
        ],
        brief=("code_path", "quote", "attribution", "document"),
    )


class Quotes:
    """The quotes that filters ask for, to be had one after another or page by page.

    `keys` is quick and says how many there are; `page` makes the rows that are shown. With
    `export` what must not leave is left out; without, everything is there, for whoever works on
    it. The other arguments are those of `quotes`.
    """

    def __init__(
        self,
        project: Project,
        filters: Filters | None = None,
        *,
        balance: str | None = None,
        export: bool = False,
        marks: Sequence[str] = (),
        attribution: str | None = None,
        k: int | None = None,
        today: str | None = None,
    ) -> None:
        self._scope = Scope(project, filters or Filters())
        self._project, self._connection = project, project.connection
        self._balance = None if balance is None else self._scope.attribute(balance)
        self._marks = frozenset(map(known_mark, marks))
        self.desk = Desk(self._scope, today=today)
        self._export = export
        self._restrained = export and self.desk.restrains
        self.withheld: dict[Place, str] = {}
        """Why passages were left out, as far as they have been looked at."""
        self.rows = QuoteRows(self._scope, self.desk)
        self._attributions: Attributions | None = None
        template = attribution
        if attribution is None and k is not None:
            template = usual_template(self._scope) or None
        if template is not None:
            self._attributions = Attributions(self._scope, self.desk, template, k, self._used)
            self.rows.attribute = self._attributions

    @property
    def coarsened(self) -> bool:
        """Whether attributions say no more of anybody than enough people share."""
        return self._attributions is not None

    def stream(self) -> Iterator[Row]:
        """All rows, in order; what is held at a time does not grow with their number."""
        if self._balance is None:
            for document in self._scope.documents:
                only = None
                if self._restrained or self._marks:
                    only = {key.id for key, _, _ in self._walk([document])}
                yield from self.rows.of(document, only=only)
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
            return [key for key, _, _ in self._walk()]
        spread: dict[str, dict[str, list[tuple[int, Key]]]] = {}
        times: Counter[tuple[str, int, int]] = Counter()
        for key, voice, _ in self._walk():
            known = {} if voice is None else self._scope.attributes(voice)
            value = known.get(self._balance, "").strip() or NONE
            person = "" if voice is None else voice.person
            passage = (key.document, key.start, key.end)
            spread.setdefault(value, {}).setdefault(person, []).append((times[passage], key))
            times[passage] += 1
        values = sorted(spread, key=lambda value: (value == NONE, natural(value)))
        return in_turn([in_turn(map(_fresh_first, spread[value].values())) for value in values])

    def first(self, limit: int | None) -> Iterator[Key]:
        """The same, so many of them, and no more in memory than their order asks for."""
        in_place = (key for key, _, _ in self._walk())
        yield from islice(in_place if self._balance is None else self.keys(), limit)

    def voiced(self) -> Iterator[tuple[Key, Voice | None]]:
        """All quotes in order of transcript and place, and who is the first interviewee in each."""
        for key, first, _ in self._walk():
            yield key, first

    def note(self, limit: int | None = None) -> list[str]:
        """Remarks on how many quotes there are, and what chose them."""
        count = distinct = 0
        last = None
        for key, *_ in self._walk():  # those of one passage follow each other
            passage = (key.document, key.start, key.end)
            distinct += passage != last
            last = passage
            count += 1
        parts = [f"{distinct} distinct quotes in {count} codings."]
        if limit is not None and limit < count:
            parts.append(f"Only the first {limit} codings are shown.")
        if self._balance is not None:
            parts.append(f"In turn by {self._balance}, then by person.")
        if self._marks:
            parts.append(f"Only what the desk has marked: {', '.join(sorted(self._marks))}.")
        if self._attributions is not None:
            parts.append(self._attributions.remark())
        elif self._export and usual_template(self._scope):
            parts.append(IN_FULL)
        parts.append(left_out(self.withheld.values()))
        return noted(self._scope, *parts)()

    def edits(self, keys: Iterable[Key]) -> str:
        """See `Desk.edits`; a passage with several codes counts once."""
        edited = self._edited()
        if not edited:
            return ""
        return self.desk.edits(
            ((key.document, key.start, key.end), key.id) for key in keys if key.document in edited
        )

    def reprinting(self, keys: Iterable[Key]) -> dict[Place, str]:
        """Those of these passages that print words which the published version of an overlapping
        one leaves out, each with the id of a quote; see `reprints`."""
        edited = self._edited()
        if not edited:
            return {}
        ids: dict[Place, str] = {}
        for key in keys:
            if key.document in edited:
                ids.setdefault((key.document, key.start, key.end), key.id)
        return {each.place: ids[each.place] for each in reprints(self._project, self.desk, ids)}

    def _edited(self) -> set[str]:
        """Transcripts of which a quote has a published version."""
        records = self.desk.records.items()
        return {place[0] for place, record in records if record.published is not None}

    def _walk(
        self, documents: Iterable[str] | None = None
    ) -> Iterator[tuple[Key, Voice | None, list[Voice]]]:
        """Each quote in order of transcript and place, who is its first interviewee, and all whose
        words it holds of those asked about."""
        scope = self._scope
        wanted = list(scope.documents if documents is None else documents)
        heard = [voice for document in wanted for voice in scope.heard[document]]
        speech = speech_of(self._connection, [voice.id for voice in heard])
        for document in wanted:
            rows = self._connection.execute(
                'SELECT id, document_id, start, "end", code_id FROM codings '
                f"WHERE document_id = ? AND {scope.condition} "
                'ORDER BY start, "end", code_id, coder',
                (document, *scope.values),
            )
            keys = [Key._make(row) for row in rows if row[4] in self.rows.codes]
            if self._marks:
                keys = [key for key in keys if self._is_marked(key)]
            self.rows.by_codebook(keys, lambda key: (key.start, key.end), lambda key: key.code)
            barred = self._barred(document, keys)
            for key, first, voices in self._spoken(keys, scope.heard[document], speech):
                place = (document, key.start, key.end)
                if place in barred:
                    self.withheld[place] = barred[place]
                else:
                    yield key, first, voices

    def _is_marked(self, key: Key) -> bool:
        record = self.desk.records.get((key.document, key.start, key.end))
        return record is not None and not self._marks.isdisjoint(marks_of(record))

    def _barred(self, document: str, keys: list[Key]) -> dict[Place, str]:
        """The passages of a transcript that must not be given, and why."""
        if not self._restrained and not self._scope.withdrawn:
            return {}
        barred = self.desk.withheld(document, [(key.start, key.end) for key in keys])
        return {
            (document, keys[place].start, keys[place].end): why
            for place, why in barred.items()
            if self._restrained or why == HAS_WITHDRAWN
        }

    def _used(self) -> Iterator[tuple[Place, list[Voice]]]:
        """The passages that are given, each with the interviewees whose words it holds."""
        for key, _, voices in self._walk():
            yield (key.document, key.start, key.end), voices

    def _spoken(
        self, keys: list[Key], voices: list[Voice], speech: dict[str, list[int]]
    ) -> Iterator[tuple[Key, Voice | None, list[Voice]]]:
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
            first = interviewees[0] if interviewees else None
            if len(interviewees) > 1:
                turns = turns or layout(self._connection, key.document)
                first = self.rows.first_interviewee(key.document, turns, key.start, key.end)
            yield key, first, interviewees


MARKS = (*map(str, Mark), "embargo", "edited", "used")
"""What quotes may be chosen by: marks of the desk, an embargo, a published version, a use."""


def known_mark(asked: str) -> str:
    """The mark of that name, case aside. Raises `NotFoundError`."""
    if asked.strip().casefold() not in MARKS:
        raise not_found("mark", asked, MARKS)
    return asked.strip().casefold()


def marks_of(record: DeskQuote) -> set[str]:
    """Those of `MARKS` that a record bears."""
    found = set(map(str, record.marks))
    for name, there in (
        ("embargo", record.embargo is not None),
        ("edited", record.published is not None),
        ("used", bool(record.uses)),
    ):
        if there:
            found.add(name)
    return found


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
