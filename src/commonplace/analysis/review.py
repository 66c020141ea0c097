"""What a person needs to decide about a suggestion, and how their decisions went so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commonplace.analysis.shares import wilson
from commonplace.domain.span import Span
from commonplace.project import Project

AROUND = 2
"""Turns shown before and after."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Decisions of one coder."""

    today: int = 0
    decided: int = 0
    """All of them."""
    read: int = 0
    """Those that were decided one by one."""
    right: int = 0
    """Those of `read` that were accepted, with whatever stretch, under the code suggested."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.today + other.today,
            self.decided + other.decided,
            self.read + other.read,
            self.right + other.right,
        )

    @property
    def share(self) -> tuple[float | None, float | None, float | None]:
        """How many were right, with Wilson's 95 % interval, all 0–1; None of nothing."""
        return wilson(self.right, self.read)


def account(project: Project, since: str) -> Mapping[str, Tally]:
    """This coder's decisions by code (id); `today` are those from `since` on, ISO 8601 in UTC."""
    found: dict[str, Tally] = {}
    for code, verdict, seen, same, fresh, count in project.connection.execute(
        "SELECT d.code_id, d.verdict, d.seen, ifnull(c.code_id = d.code_id, 1), "
        "d.decided_at >= ?, count(*) FROM decisions d LEFT JOIN codings c ON c.id = d.coding_id "
        "WHERE d.coder = ? GROUP BY 1, 2, 3, 4, 5",
        (since, project.coder),
    ):
        right = seen and verdict != "rejected" and same
        found[code] = found.get(code, Tally()) + Tally(
            today=count if fresh else 0,
            decided=count,
            read=count if seen else 0,
            right=count if right else 0,
        )
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """A turn: who speaks, where it begins, and the words (of the speech alone)."""

    speaker: str
    interviewer: bool
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a transcript with the turns it lies in and those around them."""

    document: str
    """Name of the transcript."""
    turn: int
    """Number of the first turn it lies in, from 1; 0 where it lies in none."""
    span: Span
    said: tuple[Said, ...]

    @property
    def words(self) -> str:
        """The words of the stretch as far as they are speech, with a space between turns."""
        parts = []
        for turn in self.said:
            first, last = self.span.start - turn.start, self.span.end - turn.start
            parts.append(turn.text[max(0, first) : max(0, last)])
        return " ".join(part for part in parts if part.strip())


def passage(project: Project, document: str, span: Span, around: int = AROUND) -> Passage:
    """A stretch in context. Raises `NotFoundError` when the transcript is gone."""
    name = project.documents.find(document).name
    ask = project.connection.execute
    select = (
        'SELECT t.start, t.speech_start, t."end", s.label, s.interviewer FROM turns t '
        "JOIN speakers s ON s.id = t.speaker_id WHERE t.document_id = ? AND "
    )
    before = ask(
        f'{select} t."end" <= ? ORDER BY t.start DESC LIMIT ?', (document, span.start, around)
    ).fetchall()
    inside = ask(
        f'{select} t.start < ? AND t."end" > ? ORDER BY t.start', (document, span.end, span.start)
    ).fetchall()
    after = ask(
        f"{select} t.start >= ? ORDER BY t.start LIMIT ?", (document, span.end, around)
    ).fetchall()
    number = 0
    if inside:
        (number,) = ask(
            "SELECT count(*) FROM turns WHERE document_id = ? AND start <= ?",
            (document, inside[0][0]),
        ).fetchone()
    turns = [*reversed(before), *inside, *after]
    if not turns:
        return Passage(name, 0, span, ())
    first = min(turns[0][0], span.start)
    text = project.documents.part(document, first, max(turns[-1][2], span.end))
    return Passage(
        name,
        number,
        span,
        tuple(
            Said(label, bool(interviewer), speech, text[speech - first : end - first])
            for _, speech, end, label, interviewer in turns
        ),
    )


def quotes(project: Project, places: Mapping[str, tuple[str, Span]]) -> dict[str, str]:
    """The words at some places (transcript and stretch), by the keys given."""
    return {
        key: project.documents.part(document, span.start, span.end)
        for key, (document, span) in places.items()
    }
