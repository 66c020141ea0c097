"""The quote desk and the consents as tables: what is on it, one quote, who agreed to what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from commonplace.analysis.filters import Filters
from commonplace.analysis.names import natural
from commonplace.analysis.notes import noted
from commonplace.analysis.quote_desk import Desk, check_version
from commonplace.analysis.quotes import marks_of
from commonplace.analysis.scope import Scope
from commonplace.domain.consent import ATTRIBUTES, HAS_WITHDRAWN, folded
from commonplace.domain.desk import DeskQuote
from commonplace.domain.published import Check
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project
from commonplace.project.quotes import Place


def desk(project: Project, *, today: str | None = None) -> Table:
    """A row for each passage of which the quote desk keeps something, in order of transcript and
    place.

    `check` is `passes`, `fails` or `overridden`, empty without a published version; `problems` and
    `warnings` are how many the check found; `held_back` is why it must not leave now, empty when it
    may. Of participants who have withdrawn no words are shown.
    """
    scope = Scope(project, Filters())
    known = Desk(scope, today=today)
    columns = (
        *(Column("quote_id"), Column("document")),
        *(Column("start", "code points"), Column("end", "code points")),
        *(Column("quote"), Column("published_quote"), Column("marks"), Column("embargo")),
        *(Column("check"), Column("problems", "problems"), Column("warnings", "warnings")),
        *(Column("uses", "places"), Column("used_in"), Column("held_back"), Column("note")),
    )

    def rows() -> Iterator[Row]:
        for document, name in scope.documents.items():
            places = [place for place in known.records if place[0] == document]
            withheld = known.withheld(document, [place[1:] for place in places])
            for number, place in enumerate(places):
                record, reason = known.records[place], withheld.get(number, "")
                found = known.check(place)
                shown = reason != HAS_WITHDRAWN
                words = project.documents.part(*place) if shown else None
                yield (
                    *(record.id, name, record.span.start, record.span.end, words),
                    record.published if shown else None,
                    ", ".join(sorted(marks_of(record))),
                    record.embargo,
                    verdict(record, found),
                    None if found is None else len(found.problems),
                    None if found is None else len(found.warnings),
                    len(record.uses),
                    "; ".join(use.place for use in record.uses),
                    reason,
                    record.note,
                )

    note = f"Held against the consents and the desk as of {known.today}."
    brief = ("quote_id", "quote", "marks", "check", "held_back", "document")
    return Table("quote desk", columns, rows, note, brief)


def verdict(record: DeskQuote, found: Check | None) -> str:
    """How a published version stands: `passes`, `fails`, `overridden`; empty without one."""
    if found is None:
        return ""
    if found.ok:
        return "passes"
    return "overridden" if record.override is not None else "fails"


def one_quote(project: Project, place: Place, *, today: str | None = None) -> dict[str, Any]:
    """Everything the desk knows of a passage: `quote`, `published_quote`, `marks`, `embargo`,
    `note`, `override`, `consent`, `uses`, `held_back`, and `check` as `checked` gives it."""
    scope = Scope(project, Filters())
    known = Desk(scope, today=today)
    record = known.records.get(place)
    reason = known.withheld(place[0], [place[1:]]).get(0, "")
    found = known.check(place)
    said: dict[str, Any] = {
        "document": scope.documents.get(place[0]),
        "start": place[1],
        "end": place[2],
        "quote": None if reason == HAS_WITHDRAWN else project.documents.part(*place),
        "published_quote": None,
        "marks": [],
        "embargo": None,
        "held_back": reason,
        "note": "",
        "override": None,
        "consent": {"quote": None, "name": None, "audio": None},
        "uses": [],
        "check": None if found is None else checked(found),
    }
    if record is None:
        return said
    return said | {
        "published_quote": None if reason == HAS_WITHDRAWN else record.published,
        "marks": sorted(marks_of(record)),
        "embargo": record.embargo,
        "note": record.note,
        "override": None
        if record.override is None
        else {
            "reason": record.override.reason,
            "coder": record.override.coder,
            "at": record.override.at,
        },
        "consent": {
            "quote": record.consent_quote,
            "name": record.consent_name,
            "audio": record.consent_audio,
        },
        "uses": [
            {"use_id": use.id, "place": use.place, "coder": use.coder, "used_at": use.used_at}
            for use in record.uses
        ],
    }


def checked(found: Check) -> dict[str, Any]:
    """What the check of a published version found: `ok`, `problems`, `warnings`, `dropped`.

    `at` counts in the published version, `start` and `end` in the transcript (code points).
    """
    return {
        "ok": found.ok,
        "problems": [
            {
                "fault": str(problem.fault),
                "message": problem.message,
                "at": list(problem.at),
                "start": problem.span.start if problem.span else None,
                "end": problem.span.end if problem.span else None,
            }
            for problem in found.problems
        ],
        "warnings": [
            {
                "concern": str(warning.concern),
                "message": warning.message,
                "at": list(warning.at),
                "start": warning.span.start,
                "end": warning.span.end,
            }
            for warning in found.warnings
        ],
        "dropped": [
            {"why": str(gone.why), "at": gone.at, "start": gone.span.start, "end": gone.span.end}
            for gone in found.dropped
        ],
    }


def tried(project: Project, place: Place, version: str) -> dict[str, Any]:
    """As `checked`, of a version that is not kept."""
    return checked(check_version(project, place, version))


def consents(project: Project) -> Table:
    """A row for each participant and transcript: what they agreed to, and what is doubtful.

    `quote`, `name` and `audio` are what holds; `doubts` says which values were missing or not
    understood, and how they were taken. Those with doubts and those who have withdrawn come first.
    """
    scope = Scope(project, Filters())
    known = Desk(scope)
    columns = (
        *(Column("participant"), Column("document"), Column("quote"), Column("name")),
        *(Column("audio"), Column("withdrawn"), Column("doubts")),
    )

    def rows() -> Iterator[Row]:
        names = dict(project.connection.execute("SELECT id, name FROM people").fetchall())
        made = []
        for document, voices in scope.voices.items():
            for voice in voices:
                if voice.interviewer:
                    continue
                agreed = known.consent(voice)
                doubts = "; ".join(agreed.doubts)
                name = names.get(voice.person, voice.label)
                first = not (agreed.withdrawn or doubts)
                row = (
                    *(name, scope.documents[document], agreed.quote and not agreed.withdrawn),
                    *(agreed.name, agreed.audio, agreed.withdrawn, doubts),
                )
                made.append((first, natural(name), scope.documents[document], row))
        for *_, row in sorted(made):
            yield row

    recorded = {folded(name) for name in scope.attribute_names}.intersection(ATTRIBUTES)
    said = ", ".join(name for name in ATTRIBUTES if name in recorded)
    note = f"Recorded: {said}." if said else "No consent is recorded: nothing is held back for it."
    return Table("consents", columns, rows, noted(scope, note))
