"""Whose habits are learnt, and what they have decided so far."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from commonplace.domain.codebook import Code
from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.project.suggestions import CHANGED, CORRECTED
from commonplace.suggest.changes import Entries, Rewordings
from commonplace.suggest.corpus import Corpus
from commonplace.suggest.labels import Decided, Mark, covered, lineages
from commonplace.suggest.segments import Segment

AUTOCODED = 0.5
"""Weight of a coding that came of a search, not of reading."""

ACCEPTED_UNREAD = 0.25
"""Weight of a suggestion that was accepted unread, with others of its confidence."""

ENOUGH_TO_FOLLOW = 3
"""Codings by hand in a transcript from which whoever made them is taken to have read as far as
they go."""

AGREED = 0.6
"""Kappa (Cohen 1960) from which two coders are taken to mean the same."""

LAST = 20
FEWEST = 10
QUIET_BELOW = 0.4
"""A code falls quiet when, of the last `LAST` decisions on it (`FEWEST` at least), a smaller
share was accepted."""

WAKE = 5
"""Codings by hand after which a quiet code speaks again: there is something new to learn."""

_READING = ("manual", "imported")
"""Origins of codings that are made by reading on."""

Place = tuple[str, int, int, str]
"""Transcript, start, end and code."""


@dataclass(frozen=True, slots=True)
class Teaching:
    """What there is to learn from, and what must not be proposed again.

    Learnt from is what `decided` holds, which may be other coders' as well; left alone is what
    this coder has rejected, or coded by themselves (`own`). `again` are rejected places whose
    codebook entry or words have changed since, and which of them: they may come back.
    """

    decided: Decided
    own: Sequence[Mark]
    again: Mapping[Place, str] = field(default_factory=dict)
    done: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The transcripts that this coder has marked done, each with the codes that were added or
    changed since: only these may be proposed there."""
    quiet: Mapping[str, float] = field(default_factory=dict)
    """The codes that keep quiet, and the share of their last decisions that was accepted."""


@dataclass(frozen=True, slots=True)
class _Coding:
    place: Place
    coder: str
    origin: str
    at: str
    unread: bool
    """Whether it is a suggestion that was accepted unread."""

    @property
    def mark(self) -> Mark:
        """What it teaches."""
        document, start, end, code = self.place
        found_by_search = self.origin == "autocode"
        return Mark(
            document,
            Span(start, end),
            code,
            weight=ACCEPTED_UNREAD if self.unread else AUTOCODED if found_by_search else 1.0,
            reading=self.origin in _READING,
            seen=not (self.unread or found_by_search),
        )


@dataclass(frozen=True, slots=True)
class _Verdict:
    place: Place
    verdict: str
    at: str


def teaching(project: Project, codes: Sequence[Code], found: Sequence[Segment]) -> Teaching:
    """What this coder has taught.

    Other coders' codings count as well once they agree on transcripts that both have read; they
    decide nothing for this coder, to whom the same passages may be proposed.
    """
    codings, done, entries = _codings(project), _done(project), Entries(project)
    mine = [coding for coding in codings if coding.coder == project.coder]
    own, finished = [coding.mark for coding in mine], done.get(project.coder, {})
    own_read = finished.keys() | _rows_of_tables(project)
    coded, read = [*own], set(own_read)
    marks: dict[str, list[Mark]] = {}
    for coding in codings:
        marks.setdefault(coding.coder, []).append(coding.mark)
    for other in sorted(marks.keys() - {project.coder}):
        both = own_read & done.get(other, {}).keys()
        if both and agreement(codes, found, both, own, marks[other]) >= AGREED:
            coded += marks[other]
            read |= done[other].keys()
    verdicts = _verdicts(project)
    rejected = [verdict for verdict in verdicts if verdict.verdict == "rejected"]
    again = dict.fromkeys(_reworded(project, rejected), CORRECTED)
    again |= {v.place: CHANGED for v in rejected if entries.changed(v.place[3], v.at)}
    progress = _progress(codings, mine, entries.added)
    return Teaching(
        decided=Decided(
            coded=coded,
            rejected=[
                Mark(document, Span(start, end), code)
                for document, start, end, code in (verdict.place for verdict in rejected)
                if (document, start, end, code) not in again
            ],
            read=frozenset(read),
            reached=_reached(progress),
            before=_before(entries.added, progress, finished),
        ),
        own=own,
        again=again,
        done={
            document: frozenset(code.id for code in codes if entries.changed(code.id, at))
            for document, at in finished.items()
        },
        quiet=quiet(
            [verdict for verdict in verdicts if not entries.changed(verdict.place[3], verdict.at)],
            [(coding.place[3], coding.at) for coding in mine if coding.origin == "manual"],
        ),
    )


def _codings(project: Project) -> list[_Coding]:
    """All coders' codings, in order of place."""
    rows = project.connection.execute(
        'SELECT document_id, start, "end", code_id, coder, origin, coded_at, id IN '
        "(SELECT coding_id FROM decisions WHERE NOT seen) FROM codings "
        'ORDER BY document_id, start, "end", code_id, coder'
    )
    return [_Coding(tuple(row[:4]), *row[4:]) for row in rows]


def _verdicts(project: Project) -> list[_Verdict]:
    """What this coder has decided about suggestions, the oldest first."""
    rows = project.connection.execute(
        'SELECT document_id, start, "end", code_id, verdict, decided_at FROM decisions '
        "WHERE coder = ? ORDER BY decided_at, id",
        (project.coder,),
    )
    return [_Verdict(tuple(row[:4]), *row[4:]) for row in rows]


def _done(project: Project) -> dict[str, dict[str, str]]:
    """When each coder marked which transcripts done."""
    found: dict[str, dict[str, str]] = {}
    for document, coder, at in project.connection.execute(
        "SELECT document_id, coder, done_at FROM done"
    ):
        found.setdefault(coder, {})[document] = at
    return found


def _progress(
    codings: Iterable[_Coding], mine: Iterable[_Coding], added: Mapping[str, str]
) -> list[tuple[str, int, str]]:
    """How far this coder had read when: transcript, end and time of what they coded in reading.

    What is imported comes with its codes, and bears the dates of another program.
    """
    imported = max(
        (added.get(coding.place[3], "") for coding in codings if coding.origin == "imported"),
        default="",
    )
    return [
        (
            coding.place[0],
            coding.place[2],
            max(coding.at, imported) if coding.origin == "imported" else coding.at,
        )
        for coding in mine
        if coding.origin in _READING
    ]


def _reached(places: Iterable[tuple[str, int, str]]) -> dict[str, int]:
    """How far each transcript was read, going by where codings end (transcript, end, time)."""
    ends: dict[str, list[int]] = {}
    for document, end, _ in places:
        ends.setdefault(document, []).append(end)
    return {document: max(e) for document, e in ends.items() if len(e) >= ENOUGH_TO_FOLLOW}


def _before(
    added: Mapping[str, str],
    places: Iterable[tuple[str, int, str]],
    finished: Mapping[str, str],
) -> dict[str, dict[str, int]]:
    """How far each transcript had been read when a code was added: to the end where it was done,
    or as far as what had been coded there by then."""
    found: dict[str, dict[str, int]] = {}
    ends = [*places, *((document, sys.maxsize, at) for document, at in finished.items())]
    for document, end, at in ends:
        for code, since in added.items():
            if at < since:
                there = found.setdefault(code, {})
                there[document] = max(end, there.get(document, 0))
    return found


def _reworded(project: Project, rejected: Sequence[_Verdict]) -> set[Place]:
    """The rejected places whose words were corrected afterwards."""
    if not rejected:
        return set()
    rewordings = Rewordings(project)
    return {
        one.place
        for one in rejected
        if rewordings.touched(one.place[0], Span(one.place[1], one.place[2]), one.at)
    }


def agreement(
    codes: Sequence[Code],
    found: Sequence[Segment],
    documents: Collection[str],
    one: Iterable[Mark],
    other: Iterable[Mark],
) -> float:
    """Cohen's kappa of two coders over all pairs of segment and code in these transcripts."""
    corpus, line = Corpus.of(found), lineages(codes)
    rows = np.flatnonzero(corpus.within(documents) & corpus.eligible)
    place = np.full(len(corpus), -1)
    place[rows] = np.arange(len(rows))
    both = []
    for marks in (one, other):
        there = np.zeros((len(rows), len(codes)), dtype=bool)
        for row, mark in covered(corpus, marks):
            if place[row] >= 0:
                there[place[row], line.get(mark.code, [])] = True
        both.append(there)
    if not both[0].size:
        return 0.0
    agreed = float((both[0] == both[1]).mean())
    first, second = float(both[0].mean()), float(both[1].mean())
    chance = first * second + (1 - first) * (1 - second)
    return (agreed - chance) / (1 - chance) if chance < 1 else 0.0


def quiet(
    verdicts: Sequence[_Verdict],
    by_hand: Iterable[tuple[str, str]],
) -> dict[str, float]:
    """The codes most of whose last suggestions were rejected, with the share accepted.

    `verdicts` are one coder's on the entries as they are now, the oldest first: what was decided
    under another entry says nothing. `by_hand` are (code, time) of their own codings.
    """
    by_code: dict[str, list[_Verdict]] = {}
    for verdict in verdicts:
        by_code.setdefault(verdict.place[3], []).append(verdict)
    since: dict[str, int] = {}
    for code, at in by_hand:
        if code in by_code and at > by_code[code][-1].at:
            since[code] = since.get(code, 0) + 1
    found = {}
    for code, decided in by_code.items():
        last = decided[-LAST:]
        share = sum(1 for verdict in last if verdict.verdict != "rejected") / len(last)
        if len(last) >= FEWEST and share < QUIET_BELOW and since.get(code, 0) < WAKE:
            found[code] = share
    return found


def _rows_of_tables(project: Project) -> set[str]:
    """Transcripts out of a table whose rows this coder's codings came with: read, all of them."""
    rows = project.connection.execute(
        "SELECT id FROM documents WHERE sha256 IN (SELECT d.sha256 FROM documents d "
        "JOIN codings c ON c.document_id = d.id WHERE c.origin = 'imported' AND c.coder = ?)",
        (project.coder,),
    )
    return {row[0] for row in rows}
