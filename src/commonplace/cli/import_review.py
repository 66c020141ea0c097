"""What an import made of transcripts, or would make of them: shown for a person to judge."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from commonplace.cli.groups import finish
from commonplace.cli.output import complain, say, tell

if TYPE_CHECKING:
    from commonplace.domain.table import Row, Table
    from commonplace.readers import Corrections
    from commonplace.workflows.import_transcripts import Result
    from commonplace.workflows.understood import Understood, Voice

_AT_MOST = 20
"""Transcripts that are shown one by one."""
_WIDTH = 72
_LABEL = 20


def outcomes(results: Sequence[Result]) -> Table:
    """A row for each transcript, or for the file that gave none."""
    from commonplace.domain.table import Column, Table

    columns = (
        Column("file"),
        Column("outcome"),
        Column("document", ends_here=True),  # what differs within a table is the end
        Column("turns", "turns"),
        Column("speakers"),
        Column("interviewers"),
        Column("words", "words"),
        Column("codings", "codings"),
        Column("notes"),
    )
    brief = ("document", "outcome", "turns", "speakers", "words", "notes")
    return Table("import", columns, lambda: map(_row, results), brief=brief)


def _row(result: Result) -> Row:
    said = (
        (
            result.turns,
            "; ".join(result.speakers),
            "; ".join(result.interviewers),
            result.words,
            result.codings,
        )
        if result.turns
        else (None,) * 5
    )
    return (result.file, str(result.outcome), result.document, *said, "; ".join(result.notes))


def conclude(results: Sequence[Result], problems: Sequence[str]) -> None:
    """Lists what was refused, and ends: 1 when nothing came of it, 3 when only a part did."""
    from commonplace.workflows.import_transcripts import Outcome

    for result in results:
        if result.outcome is Outcome.IMPORTED and result.notes:
            say(f"{result.document}: {'; '.join(result.notes)}")
    refused = [result for result in results if result.outcome is Outcome.REFUSED]
    for result in refused:
        complain(f"refused: {_named(result)}")
    for result in results:
        if result.outcome is Outcome.COPY:
            complain(f"left out: {_named(result)}; --again yes imports it as well")
    for problem in problems:
        complain(problem)
    good = {Outcome.IMPORTED, Outcome.UNCHANGED, Outcome.COPY}
    if not any(result.outcome in good for result in results):
        complain("Error: nothing was imported; name transcripts, or a folder that holds some")
        finish(1)
    if refused or problems:
        finish(3)


def _named(result: Result) -> str:
    """Why, with the file's name before it."""
    reason = "; ".join(result.notes)
    return reason if reason.startswith(result.file) else f"{result.file}: {reason}"


def as_records(results: Sequence[Result]) -> list[dict[str, Any]]:
    """The rows of `outcomes` for JSON, with what was understood."""
    table = outcomes(results)
    names = table.header
    return [
        dict(zip(names, row, strict=True)) | _record(result.understood)
        for row, result in zip(table.rows(), results, strict=True)
    ]


def _record(found: Understood | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {
        "first_turns": [{"speaker": label, "speech": words} for label, words in found.first],
        "voices": [
            {"label": v.label, "interviewer": v.interviewer, "turns": v.turns, "words": v.words}
            for v in found.voices
        ],
        "alike": [{"labels": list(each.labels), "why": each.why} for each in found.alike],
    }


def show_understood(results: Sequence[Result]) -> None:
    """The transcripts one by one: first turns, speakers, and who may be one person."""
    found = [result.understood for result in results if result.understood]
    for each in found[:_AT_MOST]:
        _show(each)
    if len(found) > _AT_MOST:
        tell(f"\nand {len(found) - _AT_MOST} more: name them by themselves to see them")


def _show(found: Understood) -> None:
    tell(f"\n{found.document}")
    for label, words in found.first:
        said = shorten(words, _WIDTH, placeholder=" …") or words[:_WIDTH]
        tell(f"  {shorten(label or '(nobody named)', _LABEL, placeholder='…'):>{_LABEL}}  {said}")
    tell(f"  speakers: {', '.join(map(_voice, found.voices))}")
    for each in found.alike:
        tell(f"  one person? {each.why}: --same {shlex.quote('='.join(each.labels))}")


def _voice(voice: Voice) -> str:
    who = ", interviewer" if voice.interviewer else ""
    turns = "1 turn" if voice.turns == 1 else f"{voice.turns} turns"
    return f"{voice.label or '(nobody named)'} ({turns}, {voice.words} words{who})"


def in_words(corrections: Corrections) -> str:
    """What is remembered, as one sentence would say it."""
    said = [
        *(f"{label} is a speaker" for label in corrections.speakers),
        *(f"{label} is no speaker" for label in corrections.not_speakers),
        *(f"{label} interviews" for label in corrections.interviewers),
        *(f"{label} does not interview" for label in corrections.interviewees),
        *(f"{' and '.join(group)} are one person" for group in corrections.same),
    ]
    return "; ".join(said)
