"""Who has been quoted how often, against how often they spoke: the answer to cherry-picking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from commonplace.analysis.filters import Filters
from commonplace.analysis.names import free_names, natural
from commonplace.analysis.notes import noted
from commonplace.analysis.people_codes import said_by
from commonplace.analysis.query.tree import NONE
from commonplace.analysis.quote_desk import Desk
from commonplace.analysis.quotes import known_mark, marks_of
from commonplace.analysis.scope import Scope
from commonplace.analysis.shares import wilson
from commonplace.domain.people import attribution_of_all
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

USED = ("used",)
"""The mark of what counts as quoted, unless told otherwise."""


@dataclass(slots=True)
class _Spoken:
    """What some people said, and what of it is quoted."""

    people: set[str] = field(default_factory=set)
    quoted_people: set[str] = field(default_factory=set)
    words: int = 0
    passages: set[tuple[str, int, int]] = field(default_factory=set)
    quoted: set[tuple[str, int, int]] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


def ledger(
    project: Project, filters: Filters | None = None, *, marks: Sequence[str] = USED
) -> Table:
    """A row for each participant: how much they said, and how much of it is quoted.

    `words` are all they said, of `words_of` by everybody asked about; `passages` the distinct coded
    passages in which they speak (filters on codings choose which); `quoted` the distinct passages
    that bear one of `marks` (see `quotes.MARKS`), of `quoted_of`; a quote of two people is in both
    rows. `uses` are the places in which these were printed. `expected` is what their share of the
    words would come to. `never` is whether somebody who spoke is not quoted at all, `quotable`
    whether they may be, in any interview of theirs. Those never quoted come first, then in order
    of words. Raises as `themes` does.
    """
    scope = Scope(project, filters or Filters())
    wanted = list(map(known_mark, marks))
    columns = (
        *(Column("participant"), Column("attribution"), Column("never")),
        Column("quotable"),
        *(Column("words", "words", of="words_of"), Column("words_of", "words")),
        *(Column("share_of_words", "share 0–1"), Column("passages", "distinct passages")),
        *(Column("quoted", "distinct passages", of="quoted_of"),),
        *(Column("quoted_of", "distinct passages"), Column("uses", "places")),
        *(Column("share_of_quoted", "share 0–1"), Column("expected", "distinct passages")),
    )

    def rows() -> Iterator[Row]:
        found, total, quoted = _spoken(scope, wanted, None)
        names = dict(project.connection.execute("SELECT id, name FROM people").fetchall())
        known = _attributions(scope)
        desk = Desk(scope)
        heard = (voice for voices in scope.heard.values() for voice in voices)
        quotable = {voice.person for voice in heard if not desk.consent(voice).refusal}
        people = sorted(
            found.items(),
            key=lambda item: (bool(item[1].quoted), -item[1].words, natural(names[item[0]])),
        )
        for person, said in people:
            share = said.words / total if total else None
            yield (
                names[person],
                known.get(person, ""),
                not said.quoted,
                person in quotable,
                said.words,
                total,
                share,
                len(said.passages),
                len(said.quoted),
                quoted,
                len(said.places),
                len(said.quoted) / quoted if quoted else None,
                None if share is None else share * quoted,
            )

    brief = (
        "participant",
        "quoted",
        "expected",
        "words",
        "never",
        "quotable",
        "passages",
        "attribution",
        "uses",
    )
    return Table("usage ledger", columns, rows, noted(scope, _what(wanted)), brief)


def ledger_by(
    project: Project,
    attribute: str,
    filters: Filters | None = None,
    *,
    marks: Sequence[str] = USED,
) -> Table:
    """A row for each value of an attribute of participants: their share of what was said and of
    what is quoted.

    Columns as in `ledger`, with `people`, of whom `people_quoted`. `quoted_low` and `quoted_high`
    are the 95 % interval of `share_of_quoted` (Wilson 1927); `verdict` is `over` or `under` where
    it leaves out `share_of_words`, else empty: with few quotes it always is. Quotes are chosen, not
    drawn, and come several from one person, so this is a yardstick and no test. Those of whom the
    attribute is not known are under `(none)`; someone whose value differs between transcripts is
    counted under each with what they said there. Raises as `themes` does.
    """
    scope = Scope(project, filters or Filters())
    name = scope.attribute(attribute)
    wanted = list(map(known_mark, marks))
    rest = (
        *(Column("people", "people"), Column("people_quoted", "people", of="people")),
        *(Column("words", "words", of="words_of"), Column("words_of", "words")),
        *(Column("share_of_words", "share 0–1"), Column("passages", "distinct passages")),
        *(Column("quoted", "distinct passages", of="quoted_of"),),
        *(Column("quoted_of", "distinct passages"), Column("share_of_quoted", "share 0–1")),
        *(Column("quoted_low", "share 0–1"), Column("quoted_high", "share 0–1")),
        Column("verdict"),
    )
    (free,) = free_names([name], [column.name for column in rest])

    def rows() -> Iterator[Row]:
        found, total, quoted = _spoken(scope, wanted, name)
        for value in sorted(found, key=lambda value: (value == NONE, natural(value))):
            said = found[value]
            share = said.words / total if total else None
            of_quoted, low, high = wilson(len(said.quoted), quoted)
            yield (
                value,
                len(said.people),
                len(said.quoted_people),
                said.words,
                total,
                share,
                len(said.passages),
                len(said.quoted),
                quoted,
                of_quoted,
                low,
                high,
                _verdict(share, low, high),
            )

    brief = (
        free,
        "people",
        "people_quoted",
        "share_of_words",
        "quoted",
        "share_of_quoted",
        "verdict",
    )
    note = noted(
        scope,
        _what(wanted),
        "Over and under: the 95 % interval (Wilson's) of their share of what is quoted leaves out "
        "their share of the words; a yardstick, no test.",
    )
    return Table("usage ledger", (Column(free), *rest), rows, note, brief)


def recalls(project: Project, *, today: str | None = None) -> Table:
    """A row for each use of a quote that must not be used any more: what was printed and is to be
    taken back, with the reason (see `Desk.withheld`), in order of transcript and place.

    The words are not in it, for they must not leave either.
    """
    scope = Scope(project, Filters())
    desk = Desk(scope, today=today)
    columns = (
        *(Column("used_in"), Column("reason"), Column("used_at"), Column("noted_by")),
        *(Column("quote_id"), Column("document")),
        *(Column("start", "code points"), Column("end", "code points")),
    )

    def rows() -> Iterator[Row]:
        for document, name in scope.documents.items():
            used = [place for place, r in desk.records.items() if place[0] == document and r.uses]
            withheld = desk.withheld(document, [place[1:] for place in used])
            for number, reason in sorted(withheld.items()):
                record = desk.records[used[number]]
                for use in record.uses:
                    yield (
                        *(use.place, reason, use.used_at, use.coder, record.id, name),
                        *(record.span.start, record.span.end),
                    )

    note = f"Held against the consents and the desk as of {desk.today}."
    return Table(
        "uses to take back", columns, rows, note, ("used_in", "reason", "document", "quote_id")
    )


def _spoken(
    scope: Scope, marks: Sequence[str], attribute: str | None
) -> tuple[dict[str, _Spoken], int, int]:
    """What is said and quoted, by person or by value of an attribute; all words, and all quotes."""
    found: dict[str, _Spoken] = {}
    by_voice: dict[str, tuple[str, str]] = {}
    for voice, passages in said_by(scope):
        if voice.interviewer:
            continue
        group = voice.person
        if attribute is not None:
            group = scope.attributes(voice).get(attribute, "").strip() or NONE
        said = found.setdefault(group, _Spoken())
        said.people.add(voice.person)
        said.words += voice.words
        said.passages.update((p.document, p.start, p.end) for p in passages)
        by_voice[voice.id] = group, voice.person
    quoted = _quoted(scope, marks, found, by_voice)
    return found, sum(said.words for said in found.values()), quoted


def _quoted(
    scope: Scope,
    marks: Sequence[str],
    found: dict[str, _Spoken],
    by_voice: dict[str, tuple[str, str]],
) -> int:
    """Notes who is quoted; returns the number of distinct quotes in which one of them speaks."""
    desk = Desk(scope)
    quotes: Counter[tuple[str, int, int]] = Counter()
    for place, record in desk.records.items():
        if marks_of(record).isdisjoint(marks):
            continue
        for speaker in dict.fromkeys(part.speaker for part in desk.speech(place)):
            if speaker not in by_voice:
                continue
            group, person = by_voice[speaker]
            said = found[group]
            said.quoted.add(place)
            said.quoted_people.add(person)
            said.places.update(use.place for use in record.uses)
            quotes[place] += 1
    return len(quotes)


def _attributions(scope: Scope) -> dict[str, str]:
    known: dict[str, list[dict[str, str]]] = {}
    for voices in scope.heard.values():
        for voice in voices:
            known.setdefault(voice.person, []).append(scope.attributes(voice))
    return {person: attribution_of_all(found) for person, found in known.items()}


def _verdict(share: float | None, low: float | None, high: float | None) -> str:
    if share is None or low is None or high is None:
        return ""
    return "under" if high < share else "over" if low > share else ""


def _what(marks: Sequence[str]) -> str:
    return (
        "Quoted: what is marked as used."
        if list(marks) == list(USED)
        else (f"Quoted: what is marked {' or '.join(marks)}.")
    )
