"""What an import would make of transcripts, shown for a person to judge."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from commonplace.cli.output import tell

if TYPE_CHECKING:
    from commonplace.domain.table import Table
    from commonplace.readers import Corrections
    from commonplace.workflows.import_transcripts import Result
    from commonplace.workflows.understood import Understood, Voice

_AT_MOST = 20
"""Transcripts that are shown one by one."""
_WIDTH = 72
_LABEL = 20


def as_records(table: Table, results: Sequence[Result]) -> list[dict[str, Any]]:
    """The rows of the table for JSON, with what was understood."""
    names = [column.name for column in table.columns]
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
