"""Key words in context: every place where something is said, lined up to be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from commonplace.analysis.filters import Filters
from commonplace.analysis.notes import noted
from commonplace.analysis.occurrences import occurrences
from commonplace.analysis.people_codes import passages
from commonplace.analysis.scope import Scope
from commonplace.analysis.wording import TOKEN, fold, pattern
from commonplace.domain.people import attribution
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

COLUMNS = (
    Column("document"),
    Column("turn", "turns, from 1"),
    Column("speaker"),
    Column("attribution"),
    Column("start", "code points"),
    Column("end", "code points"),
    Column("left", ends_here=True),
    Column("keyword"),
    Column("right"),
)
CONTEXT = 10
"""Words of context on each side."""

_WORDS = re.compile(r"\S*[^\W_]\S*")


class Sort(StrEnum):
    """In which order the lines come."""

    DOCUMENT = "document"
    """By transcript and place."""
    LEFT = "left"
    """By the word before, then the one before that, and so on."""
    RIGHT = "right"
    """By the keyword and what follows it."""


def kwic(
    project: Project,
    term: str,
    filters: Filters | None = None,
    *,
    sort: Sort = Sort.DOCUMENT,
    context: int = CONTEXT,
) -> Table:
    """A row for each place where those asked about say a word or phrase.

    `*` in the term stands for any letters; upper and lower case and accents are alike. `left` and
    `right` are up to `context` words of the same turn, as they stand in the text. Filters on
    codings keep the places that lie in such a coding at least in part. Raises `FilterError` for a
    term without a word, and as `themes` does.
    """
    scope = Scope(project, filters or Filters())
    pattern(term)

    def rows() -> Iterable[Row]:
        lines = _lines(scope, term, context)
        if sort is Sort.DOCUMENT:
            return lines
        return sorted(lines, key=_by_left if sort is Sort.LEFT else _by_right)

    note = noted(scope, f"Where {term} is said.")
    return Table("kwic", COLUMNS, rows, note, brief=("keyword", "left", "right", "document"))


def _by_left(row: Row) -> tuple[list[str], list[str]]:
    return TOKEN.findall(fold(str(row[6])))[::-1], _by_right(row)


def _by_right(row: Row) -> list[str]:
    return TOKEN.findall(fold(f"{row[7]} {row[8]}"))


def _lines(scope: Scope, term: str, context: int) -> Iterator[Row]:
    choosy = bool(scope.values)
    for found in occurrences(scope, term):
        text, turns = found.text, found.turns
        voices = {voice.id: voice for voice in scope.heard[found.document]}
        coded = passages(scope, found.document) if choosy else []
        for place, start, end in found.places:
            if choosy and not any(p.start < end and start < p.end for p in coded):
                continue
            voice = voices[turns.speakers[place]]
            yield (
                scope.documents[found.document],
                place + 1,
                voice.label,
                attribution(scope.attributes(voice)),
                start,
                end,
                _before(text[turns.speech_starts[place] : start], context),
                text[start:end],
                _after(text[end : turns.ends[place]], context),
            )


def _before(text: str, words: int) -> str:
    """The end of `text`: that many words, and what separates them from what follows."""
    begins = [match.start() for match in _WORDS.finditer(text)]
    return text[begins[-words] :] if 0 < words < len(begins) else text if words else ""


def _after(text: str, words: int) -> str:
    """The beginning of `text`: that many words, and what separates them from what is before."""
    ends = [match.end() for match in _WORDS.finditer(text)]
    return text[: ends[words - 1]] if 0 < words < len(ends) else text if words else ""
