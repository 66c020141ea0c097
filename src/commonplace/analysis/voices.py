"""Whose theme it is: themes that one person carries, and people who do not share in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import speech_of
from commonplace.analysis.names import natural
from commonplace.analysis.notes import noted
from commonplace.analysis.people_codes import Passage, rows_above, said_by
from commonplace.analysis.scope import Scope
from commonplace.analysis.union import WordCounter
from commonplace.domain.people import attribution
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

LOUD = 0.4
"""The share of a theme's quotes or words above which one person carries it."""


@dataclass(slots=True)
class _Theme:
    """What is said of a theme, by whom."""

    quotes: set[tuple[str, int, int]] = field(default_factory=set)
    quotes_by: Counter[str] = field(default_factory=Counter)
    words_by: Counter[str] = field(default_factory=Counter)


def loud_voices(
    project: Project, filters: Filters | None = None, *, more_than: float = LOUD
) -> Table:
    """A row for each theme that occurs: how much of it the person supplies who says most of it.

    `person` says most words of it; `person_quotes` of `quotes` are distinct passages in which they
    speak, `share_of_quotes` and `share_of_words` their parts, 0–1. `loud` is whether one of the
    two is above `more_than`: then the theme may be theirs alone. With one or two people it always
    is. Raises as `themes` does.
    """
    scope = Scope(project, filters or Filters())
    columns = (
        Column("code"),
        Column("code_path"),
        Column("participants", "people"),
        Column("person"),
        Column("attribution"),
        Column("person_quotes", "distinct passages", of="quotes"),
        Column("quotes", "distinct passages"),
        Column("person_words", "words", of="words"),
        Column("words", "words"),
        Column("share_of_quotes", "share 0–1"),
        Column("share_of_words", "share 0–1"),
        Column("loud"),
    )

    def rows() -> Iterator[Row]:
        names, book = _names(project), scope.codebook
        known = _attributions(scope)
        found = _themes(scope)
        for code in [code for code in scope.codes if code in found]:
            theme = found[code]
            words = theme.words_by.total()
            person = max(
                theme.quotes_by, key=lambda p: (theme.words_by[p], theme.quotes_by[p], names[p])
            )
            of_quotes = theme.quotes_by[person] / len(theme.quotes)
            of_words = theme.words_by[person] / words if words else None
            yield (
                book[code].name,
                book.path(code),
                len(theme.quotes_by),
                names[person],
                known.get(person, ""),
                theme.quotes_by[person],
                len(theme.quotes),
                theme.words_by[person],
                words,
                of_quotes,
                of_words,
                max(of_quotes, of_words or 0.0) > more_than,
            )

    note = noted(scope, f"Loud: more than {more_than:.0%} of quotes or words.")
    brief = ("code_path", "participants", "person", "person_quotes", "person_words", "loud")
    return Table("loud voices", columns, rows, note, brief)


def negative_cases(
    project: Project, code: str, filters: Filters | None = None, *, against: Sequence[str] = ()
) -> Table:
    """A row for each participant: whether they mention a theme, speak against it, or never do.

    `against` are codes (paths or unique names) that mark what runs counter to it, as
    `Change/Worsened` does to an improvement: `against` counts the theme's quotes that share text
    with a passage so coded, null where none is named. `stance` is `never`, `against` (all quotes
    are), `mixed` or `for`; without such codes `mentions` or `never`. `words_spoken` tells whether
    someone said much at all. Those who never mention it come first.

    Raises `NotFoundError` for a code that is none, and as `themes` does.
    """
    scope = Scope(project, filters or Filters())
    wanted = _with_below(scope, code)
    counter = {below for path in against for below in _with_below(scope, path)}
    columns = (
        Column("person"),
        Column("attribution"),
        Column("stance"),
        Column("quotes", "distinct passages"),
        Column("against", "distinct passages", of="quotes"),
        Column("transcripts", "transcripts"),
        Column("words_spoken", "words"),
    )

    def rows() -> Iterator[Row]:
        names, known = _names(project), _attributions(scope)
        quotes: Counter[str] = Counter()
        opposed: Counter[str] = Counter()
        words: Counter[str] = Counter()
        transcripts: dict[str, set[str]] = {}
        for voice, passages in said_by(scope):
            if voice.interviewer:
                continue
            words[voice.person] += voice.words
            transcripts.setdefault(voice.person, set()).add(voice.document)
            marks = [p for p in passages if not counter.isdisjoint(p.codes)]
            mine = [p for p in passages if not wanted.isdisjoint(p.codes)]
            quotes[voice.person] += len(mine)
            opposed[voice.person] += sum(_meets(p, marks) for p in mine)

        def row(person: str) -> Row:
            stance = _stance(quotes[person], opposed[person] if counter else None)
            return (
                names[person],
                known.get(person, ""),
                stance,
                quotes[person],
                opposed[person] if counter else None,
                len(transcripts[person]),
                words[person],
            )

        every = sorted(words, key=lambda p: (natural(names[p]), p))
        yield from sorted(map(row, every), key=lambda made: _STANCES.index(str(made[2])))

    marked = f", against it {', '.join(against)}" if against else ""
    note = f"Theme {scope.codebook.path(project.codes.find(code).id)}{marked}."
    return Table("negative cases", columns, rows, noted(scope, note))


_STANCES = ("never", "against", "mixed", "for", "mentions")


def _stance(quotes: int, against: int | None) -> str:
    if not quotes:
        return "never"
    if against is None:
        return "mentions"
    return "for" if against == 0 else "against" if against == quotes else "mixed"


def _meets(passage: Passage, marks: list[Passage]) -> bool:
    return any(mark.start < passage.end and passage.start < mark.end for mark in marks)


def _with_below(scope: Scope, path: str) -> set[str]:
    code = scope.project.codes.find(path).id
    if scope.filters.direct:
        return {code}
    return {below.id for below in scope.codebook.subtree(code)}


def _themes(scope: Scope) -> dict[str, _Theme]:
    """What is said of each theme, sub-codes counted in, by interviewees."""
    above = rows_above(scope)
    heard = [voice.id for voices in scope.heard.values() for voice in voices]
    speech = speech_of(scope.project.connection, heard)
    found: dict[str, _Theme] = {}
    document, text = "", ""
    for voice, passages in said_by(scope):
        if voice.interviewer or not passages:
            continue
        if voice.document != document:
            document, text = voice.document, scope.project.documents.text(voice.document)
        rows = [{row for code in p.codes for row in above.get(code, ())} for p in passages]
        starts, ends = [p.start for p in passages], [p.end for p in passages]
        words = WordCounter(text, starts, ends, rows).words([speech[voice.id]])
        for passage, codes in zip(passages, rows, strict=True):
            for code in codes:
                theme = found.setdefault(code, _Theme())
                theme.quotes.add((voice.document, passage.start, passage.end))
                theme.quotes_by[voice.person] += 1
        for code, count in words.items():
            found[code].words_by[voice.person] += count
    return found


def _names(project: Project) -> dict[str, str]:
    return dict(project.connection.execute("SELECT id, name FROM people"))


def _attributions(scope: Scope) -> dict[str, str]:
    """Role, programme and the like of each person, as of their first transcript."""
    known: dict[str, str] = {}
    for voices in scope.heard.values():
        for voice in voices:
            if not voice.interviewer:
                known.setdefault(voice.person, attribution(scope.attributes(voice)))
    return known
