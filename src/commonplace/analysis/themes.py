"""How often each theme occurs: passages, transcripts, people and words, each of how many."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from commonplace.analysis.filters import Filters
from commonplace.analysis.layout import Edges, speech_of, touching
from commonplace.analysis.names import free_names, natural
from commonplace.analysis.notes import noted
from commonplace.analysis.query.tree import NONE, folded
from commonplace.analysis.scope import Scope, Voice
from commonplace.analysis.union import WordCounter
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

DOCUMENT = "document"
"""Stands for the name of an attribute: each transcript is a group of its own."""
SPEAKER = "speaker"
"""As `DOCUMENT`, for each speaker of each transcript; an attribute of that name goes before."""
CODER = "coder"
"""As `SPEAKER`, for the codings of each coder: a passage that two of them coded is in both rows."""

_CODE = (Column("code"), Column("code_path"))
_COUNTS = (
    Column("quotes", "distinct passages"),
    Column("transcripts", "transcripts", of="transcripts_of"),
    Column("transcripts_of", "transcripts"),
    Column("participants", "people", of="participants_of"),
    Column("participants_of", "people"),
)
_WORDS = (
    Column("words", "words", of="words_of"),
    Column("words_of", "words"),
    Column("share_of_words", "share 0–1"),
)


def themes(
    project: Project,
    filters: Filters | None = None,
    *,
    by: str | None = None,
    words: bool = True,
) -> Table:
    """Theme frequencies: a row for each code, with its sub-codes counted in.

    `quotes` are distinct (transcript, start, end) that hold some speech of those asked about;
    `words` the words of that speech which begin in one of them, each word once. What a count is
    of depends on `where`, `documents`, `speakers` and `done` alone (`include_interviewer` adds
    the interviewers' words). `by` names an attribute: a row for each code and value, those of
    whom it is not known under `(none)`; someone whose value differs between transcripts counts
    under each. `DOCUMENT` makes a row for each code and transcript, `SPEAKER` for each code and
    speaker of a transcript, `CODER` for each code and whoever coded. Without `words` its three
    columns are left out, and no text is read.

    Raises `NotFoundError`, `FilterError` or `QueryError` for filters that name what is not there.
    """
    scope = Scope(project, filters or Filters())
    attribute = by if by is None or no_attribute(scope, by) else scope.attribute(by)
    columns = _CODE + _COUNTS + (_WORDS if words else ())
    by_coder = attribute == CODER and no_attribute(scope, CODER)
    if attribute is not None:
        (name,) = free_names([attribute], [column.name for column in columns])
        columns = (*_CODE, Column(name), *columns[len(_CODE) :])

    return Table(
        "themes",
        columns,
        lambda: _by_coder(scope, words) if by_coder else _rows(scope, attribute, words),
        lambda: _note(scope),
        brief=tuple(c.name for c in columns if c.name not in ("code", "words")),
    )


_Label = str | frozenset[str]
"""The code of a passage, or the codes of one that has several."""


@dataclass(slots=True)
class _Group:
    """Those who share a value of the attribute (or everyone), and what they are of."""

    voices: dict[str, list[Voice]] = field(default_factory=dict)
    """By transcript."""
    named: bool = False
    """Whether they are some of those asked about, for the value they share."""
    transcripts_of: int = 0
    participants_of: int = 0
    words_of: int = 0
    labels: Counter[_Label] = field(default_factory=Counter)
    """Passages by what they are coded with."""
    transcripts: Counter[str] = field(default_factory=Counter)
    """By code, as are the words."""
    people: dict[str, set[str]] = field(default_factory=dict)
    """The codes of each person's speech."""
    words: Counter[str] = field(default_factory=Counter)


def _rows(scope: Scope, attribute: str | None, words: bool) -> Iterator[Row]:
    groups = _groups(scope, attribute)
    closure = _Closure(scope)
    _count(scope, groups, closure, words)
    book = scope.codebook
    quotes = {value: closure.expand(group.labels) for value, group in groups.items()}
    participants = {
        value: Counter(chain.from_iterable(group.people.values()))
        for value, group in groups.items()
    }
    for code in scope.codes:
        for value, group in groups.items():
            row: Row = (
                quotes[value][code],
                group.transcripts[code],
                group.transcripts_of,
                participants[value][code],
                group.participants_of,
            )
            if words:
                share = group.words[code] / group.words_of if group.words_of else None
                row += (group.words[code], group.words_of, share)
            label: Row = (book[code].name, book.path(code))
            yield label + (() if attribute is None else (value,)) + row


def no_attribute(scope: Scope, by: str) -> bool:
    """Whether groups are something else than the values of an attribute."""
    known = {folded(name) for name in scope.attribute_names}
    return by == DOCUMENT or (by in (SPEAKER, CODER) and by not in known)


def _by_coder(scope: Scope, words: bool) -> Iterator[Row]:
    """The rows of each coder's codings, code by code."""
    found = scope.project.connection.execute(
        f"SELECT DISTINCT coder FROM codings WHERE {scope.condition} ORDER BY coder", scope.values
    ).fetchall()
    coders = [row[0] for row in found]
    alone = [Scope(scope.project, replace(scope.filters, coders=(coder,))) for coder in coders]
    for rows in zip(*(_rows(one, None, words) for one in alone), strict=True):
        for coder, row in zip(coders, rows, strict=True):
            yield (*row[: len(_CODE)], coder, *row[len(_CODE) :])


def _groups(scope: Scope, attribute: str | None) -> dict[str, _Group]:
    """Those asked about by value of the attribute, in order, with what counts will be of."""
    groups: dict[str, _Group] = {}
    if attribute is None:
        groups[""] = _Group(scope.heard)
    else:
        by_speaker = attribute == SPEAKER and no_attribute(scope, attribute)
        for document, voices in scope.heard.items():
            for voice in voices:
                value = (
                    scope.documents[document]
                    if attribute == DOCUMENT
                    else f"{voice.label}, {scope.documents[document]}"
                    if by_speaker
                    else scope.attributes(voice).get(attribute, "").strip() or NONE
                )
                group = groups.setdefault(value, _Group(named=True))
                group.voices.setdefault(document, []).append(voice)
        groups = {value: groups[value] for value in sorted(groups, key=_in_order)}
    for group in groups.values():
        spoken = [voice for voices in group.voices.values() for voice in voices]
        group.transcripts_of = (
            len(scope.documents)
            if attribute is None and not scope.chooses_people and not scope.withdrawn
            else len({voice.document for voice in spoken})
        )
        group.participants_of = len({v.person for v in spoken if not v.interviewer})
        group.words_of = sum(voice.words for voice in spoken)
    return groups


def _in_order(value: str) -> tuple[bool, list[tuple[int, str]]]:
    """Sorts by value, what is not known last."""
    return value == NONE, natural(value)


def _count(scope: Scope, groups: dict[str, _Group], closure: _Closure, words: bool) -> None:
    """Goes through the codings of each transcript once and counts them for every group."""
    everyone = [v.id for group in groups.values() for vs in group.voices.values() for v in vs]
    speech = speech_of(scope.project.connection, everyone)
    for passages in _passages(scope):
        document = passages.document
        counter: WordCounter | None = None
        for group in groups.values():
            voices = group.voices.get(document, [])
            if group.named and not voices:
                continue
            labels, codes = _heard(group, voices, speech, passages, closure)
            if scope.keeps_everything and not group.named:
                labels, codes = passages.labels, closure.of_all(set(passages.labels))
            group.labels.update(labels)
            group.transcripts.update(codes)
            if words and codes:
                if counter is None:
                    text = scope.project.documents.text(document)
                    rows = [closure[label] for label in passages.labels]
                    counter = WordCounter(text, passages.starts, passages.ends, rows)
                spoken = [speech[voice.id] for voice in voices if voice.id in speech]
                group.words.update(counter.words(spoken))


@dataclass(frozen=True, slots=True)
class _Passages:
    """A transcript's distinct coded passages; the lists run in step."""

    document: str
    starts: list[int]
    ends: list[int]
    labels: list[_Label]


def _heard(
    group: _Group,
    voices: Sequence[Voice],
    speech: dict[str, Edges],
    passages: _Passages,
    closure: _Closure,
) -> tuple[list[_Label], set[str]]:
    """The labels of the passages in which one of `voices` speaks, and the rows under which they
    count; notes for each of the voices the rows of what they say."""
    every, codes = False, set[str]()
    heard: set[int] = set()
    for voice in voices:
        if voice.id not in speech:
            continue
        hits = touching(speech[voice.id], passages.starts, passages.ends)
        if hits is None:
            said, every = set(passages.labels), True
        else:
            said = {passages.labels[index] for index in hits}
            heard.update(hits)
        rows = closure.of_all(said)
        codes |= rows
        if not voice.interviewer:
            group.people.setdefault(voice.person, set()).update(rows)
    if every:
        return passages.labels, codes
    return [passages.labels[index] for index in sorted(heard)], codes


class _Closure(dict[_Label, frozenset[str]]):
    """The rows under which a passage counts: its codes and, unless `direct`, those above."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        book, shown = scope.codebook, set(scope.codes)
        for code in book:
            line = [code] if scope.filters.direct else book.lineage(code.id)
            self[code.id] = frozenset(above.id for above in line) & shown

    def __missing__(self, label: _Label) -> frozenset[str]:
        if isinstance(label, str):  # a code that somebody has added a moment ago
            return frozenset()
        self[label] = found = frozenset[str]().union(*(self[code] for code in label))
        return found

    def of_all(self, labels: Iterable[_Label]) -> set[str]:
        """All rows under which one of the labels counts."""
        return set[str]().union(*map(self.__getitem__, labels))

    def expand(self, counts: Counter[_Label]) -> Counter[str]:
        """Counts by row, from counts by label."""
        expanded: Counter[str] = Counter()
        for label, count in counts.items():
            for code in self[label]:
                expanded[code] += count
        return expanded


def _passages(scope: Scope) -> Iterator[_Passages]:
    """The coded passages of each transcript that has some."""
    condition, values = scope.condition, scope.values
    if len(scope.documents) < _documents(scope):
        condition += " AND document_id IN (SELECT value FROM json_each(?))"
        values = [*values, json.dumps(list(scope.documents))]
    rows = scope.project.connection.execute(
        'SELECT document_id, json_array(json_group_array(start), json_group_array("end"), '
        f"json_group_array(code_id)) FROM codings WHERE {condition} GROUP BY document_id",
        values,
    )
    for document, columns in rows:
        starts, ends, codes = json.loads(columns)
        if len(set(zip(starts, ends, strict=True))) < len(starts):
            together: dict[tuple[int, int], list[str]] = {}
            for span, code in zip(zip(starts, ends, strict=True), codes, strict=True):
                together.setdefault(span, []).append(code)
            starts, ends = map(list, zip(*together, strict=True))
            codes = [c[0] if len(c) == 1 else frozenset(c) for c in together.values()]
        yield _Passages(document, starts, ends, codes)


def _documents(scope: Scope) -> int:
    return int(scope.project.connection.execute("SELECT count(*) FROM documents").fetchone()[0])


def _note(scope: Scope) -> list[str]:
    total = len(scope.transcripts)
    return noted(
        scope,
        "Quotes are distinct passages; words are those of the speech in them, each once.",
        f"{scope.marked_done()} of {total} transcripts are marked done.",
    )()
